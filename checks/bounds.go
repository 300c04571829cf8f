package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// What is said where the analysis met one of its bounds, or failed.

// Beyond says what a verdict, or a part of one, ended at: which bound was met at what, or that the analysis failed.
func Beyond(v flow.Verdict, what lang.Text) lang.Text {
	if v.Failure != "" {
		return lang.F(lang.T("%[1]s: voipcheck failed while following it, which is a bug in voipcheck (%[2]s)", "%[1]s：voipcheck 在跟踪时出错，这是 voipcheck 自身的缺陷（%[2]s）"), what, v.Failure)
	}
	return lang.F(lang.T("%[1]s exceeds a limit of the analysis: %[2]s", "%[1]s 超出了分析的上限：%[2]s"), what, boundText(v))
}

// boundText says what the bound of a verdict counts, with its name.
func boundText(v flow.Verdict) lang.Text {
	said := lang.F(lang.T("more than %[1]d %[2]s (limit %[3]s)", "%[2]s超过 %[1]d（上限 %[3]s）"), v.Most, bounds[v.Bound], v.Bound)
	if v.Most == 0 {
		said = lang.F(lang.T("limit %s", "上限 %s"), v.Bound)
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
	"paths":               lang.T("paths from one entry point", "同一入口的路径数"),
	"steps":               lang.T("steps from one entry point", "同一入口的执行步数"),
	"path-steps":          lang.T("steps on one path", "同一路径的执行步数"),
	"aside-steps":         lang.T("steps in code that does not lead to the call", "与通话无关的代码的执行步数"),
	"beside-steps":        lang.T("steps in code that may obtain a grant but does not lead to the call", "可能取得授权、但走不到通话的代码的执行步数"),
	"runtime-steps":       lang.T("steps in a framework's own code", "框架自身代码的执行步数"),
	"all-steps":           lang.T("steps in the whole mini-program", "整个小程序的执行步数"),
	"run-steps":           lang.T("steps in the whole run", "整次检查的执行步数"),
	"load-steps":          lang.T("steps to load one module", "加载一个模块的执行步数"),
	"passes":              lang.T("passes over all entry points", "对所有入口的跟踪遍数"),
	"calls":               lang.T("nested calls", "调用的嵌套层数"),
	"recursion":           lang.T("recursive calls with values that are not known", "以未知值递归调用的层数"),
	"nesting":             lang.T("nested expressions", "表达式的嵌套层数"),
	"tasks":               lang.T("tasks on one path", "同一路径上的任务数"),
	"turns":               lang.T("iterations of one loop", "同一循环的次数"),
	"quiet-turns":         lang.T("iterations of a loop that only computes", "纯计算循环的次数"),
	"open-turns":          lang.T("iterations of a loop whose end is not known", "结束条件未知的循环的次数"),
	"yields":              lang.T("values from one generator", "同一生成器产生的值的个数"),
	"ticks":               lang.T("runs of one timer", "同一定时器的执行次数"),
	"retries":             lang.T("repetitions of a call", "同一调用的重试次数"),
	"repeated-requests":   lang.T("repetitions of a request", "同一申请的重复次数"),
	"same-calls":          lang.T("calls at one place", "同一位置的调用次数"),
	"same-requests":       lang.T("requests at one place", "同一位置的申请次数"),
	"all-requests":        lang.T("requests at one place in total", "同一位置的申请总次数"),
	"waits":               lang.T("waits at one place for an unknown result", "同一位置等待未知结果的次数"),
	"dispatches":          lang.T("methods looked up by an unknown name", "按未知名称查找方法的次数"),
	"restarts":            lang.T("restarts of one entry point", "同一入口重新跟踪的次数"),
	"text":                lang.T("bytes of concatenated text", "拼接文本的字节数"),
	"elements":            lang.T("elements of an array or properties of an object", "数组元素或对象属性的个数"),
	"keys":                lang.T("keys of a Map or Set", "Map 或 Set 的键的个数"),
	"values":              lang.T("values that different runs write to it", "不同执行写入的值的个数"),
	"growth":              lang.T("passes with a new value each", "每遍都出现新值的跟踪遍数"),
	"recorded":            lang.T("values that one assignment may write", "一次写入可能的值的个数"),
	"alternatives":        lang.T("possible values", "可能取值的个数"),
	"nested-alternatives": lang.T("nested choices of values", "可能取值的嵌套层数"),
	"objects":             lang.T("objects to choose from", "可选对象的个数"),
	"callees":             lang.T("functions that may be called", "可能调用的函数的个数"),
	"starts":              lang.T("states in which it may begin", "可能的初始状态的个数"),
	"listeners":           lang.T("listeners of one event", "同一事件的监听函数的个数"),
	"gates":               lang.T("places that show it", "展示它的位置的个数"),
	"guards":              lang.T("enclosing conditions", "外层条件的层数"),
	"alike":               lang.T("handlers created at one place", "同一位置创建的处理函数的个数"),
	"rendered":            lang.T("nested components", "组件的嵌套层数"),
	"copied":              lang.T("nested objects that are copied", "复制对象的嵌套层数"),
	"kept":                lang.T("properties to search", "需要查找的属性的个数"),
	"prototypes":          lang.T("prototypes of one object", "同一对象的原型层数"),
	"matched":             lang.T("bytes matched against a regular expression", "正则匹配文本的字节数"),
	"json":                lang.T("nested values in JSON", "JSON 的嵌套层数"),
	"built-passes":        lang.T("passes over compiled code", "对编译产物的跟踪遍数"),
	"inner":               lang.T("nested values", "值的嵌套层数"),
	"reexports":           lang.T("modules that re-export one another", "模块互相转出的层数"),
	"frames":              lang.T("enclosing calls", "外层调用的层数"),
	"depth":               lang.T("nested definitions", "定义的嵌套层数"),
	"nested-components":   lang.T("nested components", "组件的嵌套层数"),
	"callers":             lang.T("callers to search", "需要查找的调用者的个数"),
	"trail":               lang.T("steps to show", "展示的步骤数"),
	"shapes":              lang.T("arguments of a call", "调用参数的个数"),
	"option-values":       lang.T("constants that an option may be", "参数可能的常量的个数"),
	"related":             lang.T("nested values to search", "需要查找的值的嵌套层数"),
}
