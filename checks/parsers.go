package checks

// What the parsers of JSON and JavaScript say, in Chinese, and where their English is that of programmers of parsers in plainer
// words. What is not known here stays as it is.

import (
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// parserWords turn a parser's word into Chinese, and into better English where that is given, the first that fits.
var parserWords = []struct {
	says   *regexp.Regexp
	zh, en string
}{
	{regexp.MustCompile(`^unexpected end of JSON input$`), "文件没有写完整", "the file ends too early"},
	{regexp.MustCompile(`^invalid character (.+) looking for beginning of object key string$`), "此处应为带双引号的键名，却是 $1", "a key in double quotes is expected here, not $1"},
	{regexp.MustCompile(`^invalid character (.+) looking for beginning of value$`), "此处应为一个值，却是 $1", "a value is expected here, not $1"},
	{regexp.MustCompile(`^invalid character (.+) after object key:value pair$`), "一项写完后应为逗号或 }，却是 $1", "a comma or } is expected here, not $1"},
	{regexp.MustCompile(`^invalid character (.+) after array element$`), "数组元素之后应为逗号或 ]，却是 $1", "a comma or ] is expected here, not $1"},
	{regexp.MustCompile(`^invalid character (.+) after object key$`), "键名之后应为冒号，却是 $1", "a colon is expected after the key, not $1"},
	{regexp.MustCompile(`^invalid character (.+) after top-level value$`), "内容结束后多出了 $1", "$1 follows the end of the value"},
	{regexp.MustCompile(`^invalid character (.+) in string literal$`), "字符串里不能有 $1", "a string cannot hold $1"},
	{regexp.MustCompile(`^invalid character (.+) in string escape code$`), "字符串里的转义写法不对：$1", "$1 is not a valid escape in a string"},
	{regexp.MustCompile(`^invalid character (.+) in (?:numeric literal|exponent.*|literal .*)$`), "写法不对：$1", "$1 is not allowed here"},
	{regexp.MustCompile(`^nested too deeply.*$`), "嵌套层数过多", ""},
	{regexp.MustCompile(`^the code is nested too deeply.*$`), "代码嵌套层数过多", ""},
	{regexp.MustCompile(`^it is larger than (\d+) bytes; (\S+) in (\S+) raises this$`), "它大于 $1 字节；可在 $3 的 $2 中调高", ""},
	{regexp.MustCompile(`^parsing takes longer than (\S+); (\S+) in (\S+) raises this$`), "解析时间超过 $1；可在 $3 的 $2 中调高", ""},
	{regexp.MustCompile(`^not an object$`), "最外层不是对象", ""},
	{regexp.MustCompile(`^(<.+>) has no end$`), "$1 没有结束标签", ""},
	{regexp.MustCompile(`^(</.*>) ends nothing$`), "$1 没有对应的开始标签", ""},
	{regexp.MustCompile(`^(<.+) is not finished$`), "$1 标签没有写完", ""},
	{regexp.MustCompile(`^the value has no closing quote$`), "属性值缺少右引号", ""},
	{regexp.MustCompile(`^the comment has no end$`), "注释没有结束", ""},
	{regexp.MustCompile(`^Expected (.+) but found end of file$`), "此处应为 $1，文件却已结束", ""},
	{regexp.MustCompile(`^Expected (.+) but found (.+)$`), "此处应为 $1，却是 $2", ""},
	{regexp.MustCompile(`^Unexpected end of file$`), "文件没有写完整", ""},
	{regexp.MustCompile(`^(?:Unexpected|Syntax error) (".*"|\S+)$`), "多出了 $1", ""},
	{regexp.MustCompile(`^Unterminated string literal.*$`), "字符串没有结束", ""},
	{regexp.MustCompile(`^Unterminated template literal.*$`), "模板字符串没有结束", ""},
	{regexp.MustCompile(`^Unterminated regular expression.*$`), "正则表达式没有结束", ""},
	{regexp.MustCompile(`^Invalid assignment target$`), "不能给它赋值", ""},
	{regexp.MustCompile(`^"await" can only be used inside an "async" function$`), "await 只能写在 async 函数里", ""},
}

// limitWord is what is said of code beyond a limit, in both languages.
func limitWord(why string) lang.Text {
	for _, w := range parserWords {
		if w.says.MatchString(why) {
			return lang.T(why, w.says.ReplaceAllString(why, w.zh))
		}
	}
	return same(why)
}

// syntaxWord is a parser's word in both languages, or a general one where it said nothing.
func syntaxWord(why string) lang.Text {
	why = strings.Join(strings.Fields(why), " ")
	if why == "" {
		return lang.T("syntax error", "语法错误")
	}
	for _, w := range parserWords {
		if w.says.MatchString(why) {
			zh := w.says.ReplaceAllString(why, w.zh)
			for _, word := range [][2]string{{"end of file", "文件结尾"}, {"identifier", "标识符"}, {"expression", "表达式"}} {
				zh = strings.ReplaceAll(zh, word[0], word[1])
			}
			if w.en != "" {
				why = w.says.ReplaceAllString(why, w.en)
			}
			return lang.T(short(why), short(zh))
		}
	}
	return same(short(why))
}
