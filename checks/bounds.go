package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// What is said where the analysis met one of its bounds, or failed.

// Beyond says what a verdict, or a part of one, ended at: which bound was met at what, or that the analysis failed.
func Beyond(v flow.Verdict, what lang.Text) lang.Text {
	if v.Failure != "" {
		return lang.F(lang.T("%[1]s: voipcheck failed while following it, which is a fault of voipcheck (%[2]s)", "%[1]s：voipcheck 跟踪时出错，这是 voipcheck 自身的问题（%[2]s）"), what, v.Failure)
	}
	return lang.F(lang.T("%[1]s goes beyond what is followed: %[2]s", "%[1]s 超出了跟踪范围：%[2]s"), what, boundText(v))
}

// boundText says what the bound of a verdict counts, with its name.
func boundText(v flow.Verdict) lang.Text {
	said := lang.F(lang.T("more than %[1]d %[2]s (bound %[3]s)", "超过 %[1]d %[2]s（上限 %[3]s）"), v.Most, bounds[v.Bound], v.Bound)
	if v.Most == 0 {
		said = lang.F(lang.T("bound %s", "上限 %s"), v.Bound)
	}
	for _, b := range flow.Bounds() {
		if b.Name == v.Bound && b.Scale {
			return lang.F(lang.T("%s; limits.work in voipcheck.json raises it", "%s；可在 voipcheck.json 的 limits.work 中调高"), said)
		}
	}
	return said
}

// bounds say what each row of the table of bounds counts, after the number.
var bounds = map[string]lang.Text{
	"paths":               lang.T("paths through one entry point", "条经过同一入口的路径"),
	"steps":               lang.T("steps through one entry point", "步同一入口的执行"),
	"path-steps":          lang.T("steps on one path", "步同一路径的执行"),
	"aside-steps":         lang.T("steps in code that does not lead to the call", "步与通话无关的执行"),
	"beside-steps":        lang.T("steps in code that may grant something and does not lead to the call", "步可能取得授权但走不到通话的执行"),
	"runtime-steps":       lang.T("steps in a framework's own code", "步框架自身代码的执行"),
	"all-steps":           lang.T("steps in the whole mini-program", "步整个小程序的执行"),
	"run-steps":           lang.T("steps in the whole run", "步整次检查的执行"),
	"load-steps":          lang.T("steps to load one module", "步加载一个模块的执行"),
	"passes":              lang.T("passes over all entry points", "遍对所有入口的跟踪"),
	"calls":               lang.T("calls within each other", "层互相嵌套的调用"),
	"recursion":           lang.T("calls of a function within itself, with values that are not known", "层以未知值进行的递归调用"),
	"nesting":             lang.T("expressions within each other", "层互相嵌套的表达式"),
	"tasks":               lang.T("tasks on one path", "个同一路径上的任务"),
	"turns":               lang.T("turns of one loop", "次同一循环的执行"),
	"quiet-turns":         lang.T("turns of a loop that only computes", "次只做计算的循环"),
	"open-turns":          lang.T("turns of a loop whose end is not known", "次不知何时结束的循环"),
	"yields":              lang.T("values from one generator", "个由同一生成器产生的值"),
	"ticks":               lang.T("runs of one timer", "次同一定时器的执行"),
	"retries":             lang.T("repetitions of a call", "次重试"),
	"repeated-requests":   lang.T("repetitions of a request", "次重复的请求"),
	"same-calls":          lang.T("calls at one place", "次同一处的调用"),
	"same-requests":       lang.T("requests at one place", "次同一处的请求"),
	"all-requests":        lang.T("requests at one place in all", "次同一处的全部请求"),
	"waits":               lang.T("waits at one place for what is not known", "次在同一处等待未知结果"),
	"dispatches":          lang.T("methods looked up by a name that is not known", "次按未知名称查找方法"),
	"restarts":            lang.T("restarts of one entry point", "次对同一入口的重新跟踪"),
	"text":                lang.T("bytes of text put together", "字节拼接的文本"),
	"elements":            lang.T("elements of a list or properties of an object", "个列表元素或对象属性"),
	"keys":                lang.T("keys of a Map or Set", "个 Map 或 Set 的键"),
	"values":              lang.T("values that different runs write to it", "个由不同执行写入的值"),
	"growth":              lang.T("passes with another value each", "遍跟踪中每次都出现新值"),
	"recorded":            lang.T("values that one write may write", "个一次写入可能写入的值"),
	"alternatives":        lang.T("values of which it is one", "个可能的取值"),
	"nested-alternatives": lang.T("choices of values within each other", "层互相嵌套的可能取值"),
	"objects":             lang.T("objects to choose from", "个可选的对象"),
	"callees":             lang.T("functions that may be called", "个可能被调用的函数"),
	"starts":              lang.T("states in which it may begin", "种可能的开始状态"),
	"listeners":           lang.T("listeners of one event", "个同一事件的监听函数"),
	"gates":               lang.T("places that show it", "处显示它的位置"),
	"guards":              lang.T("conditions around it", "层外围条件"),
	"alike":               lang.T("handlers made at one place", "个在同一处产生的处理函数"),
	"rendered":            lang.T("components within each other", "层互相嵌套的组件"),
	"copied":              lang.T("objects within each other that are copied", "层被复制的嵌套对象"),
	"kept":                lang.T("properties to be searched", "个需要查找的属性"),
	"prototypes":          lang.T("prototypes of one object", "层原型"),
	"matched":             lang.T("bytes matched against a regular expression", "字节正则匹配的文本"),
	"json":                lang.T("values within each other in JSON", "层 JSON 嵌套"),
	"built-passes":        lang.T("passes over compiled code", "遍对编译产物的跟踪"),
	"inner":               lang.T("values within each other", "层互相嵌套的值"),
	"reexports":           lang.T("modules that re-export one another", "层互相转出的模块"),
	"frames":              lang.T("calls around it", "层外围调用"),
	"depth":               lang.T("definitions within each other", "层互相嵌套的定义"),
	"nested-components":   lang.T("components within each other", "层互相嵌套的组件"),
	"callers":             lang.T("callers to be searched", "个需要查找的调用者"),
	"trail":               lang.T("steps to show", "步展示的过程"),
	"shapes":              lang.T("values that a call is given", "个传给调用的值"),
	"option-values":       lang.T("constants that an option may be", "个选项可能的常量"),
	"related":             lang.T("values within each other to be searched", "层需要查找的嵌套值"),
}
