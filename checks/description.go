package checks

// Which texts are no description of a purpose: samples, template words, and noise.

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
)

// samples are pieces that only sample texts have: the guide's, the documentation's, and those of forms.
var samples = []string{
	"你的描述内容", "您的描述内容", "描述内容", "解释为何需要", "效果展示",
	"请填写", "请输入", "请补充", "请描述", "请修改", "待填写", "待补充", "待完善", "待定", "此处填写", "这里填写", "此处描述", "在此填写", "填写用途", "填写说明", "填写描述", "示例文字", "示例文案", "占位",
	"todo", "tbd", "fixme", "lorem", "ipsum", "placeholder", "yourdesc", "describewhy", "explainwhy", "descriptionhere", "deschere", "changeme", "fillin", "asdf", "qwer",
}

// hollow are words of which no number, in whatever order, says what something is used for.
var hollow = func() []string {
	words := []string{
		"描述", "说明", "内容", "文字", "文案", "信息", "用途", "权限", "授权", "示例", "样例", "例子", "测试", "默认", "模板", "标题", "名称", "备注", "这是", "这里", "此处", "一段", "一个", "无", "暂无", "没有", "空", "理由", "原因", "简介", "仅供", "一下",
		"录音", "麦克风", "相机", "摄像头", "照相机", "声音", "音频", "摄像", "你的", "您的", "我的", "的", "某", "啊",
		"description", "descriptions", "describe", "desc", "test", "testing", "tests", "demo", "sample", "example", "text", "string", "content", "message", "title", "name", "value", "foo", "bar", "baz", "foobar", "hello", "world",
		"record", "recording", "recorder", "camera", "microphone", "mic", "audio", "permission", "permissions", "scope", "scopes", "authorize", "authorization", "auth", "purpose", "usage", "reason", "default", "temp", "tmp", "none", "null", "undefined", "nil", "na", "true", "false", "abc", "abcd", "qaz", "asd", "qwe", "zxc", "blah", "what", "why", "the", "a", "an", "your", "my", "our", "this", "is", "here", "some", "any", "of", "it",
	}
	// Longer words first, so that 麦克风权限 is cut as its words stand.
	sort.SliceStable(words, func(i, j int) bool { return len(words[i]) > len(words[j]) })
	return words
}()

// crosses are x standing for what is to be filled in: 用于xx功能, XXX, ××. An x within a word is none.
var crosses = regexp.MustCompile(`(?i)(^|[^a-z])x{2,}([^a-z]|$)|×{2,}|[*＊]{2,}|_{2,}|<[^>]*>|\{\{|\$\{`)

// saysNothing tells of a desc that says no purpose: sample text, a template's words, or noise.
func saysNothing(desc string) bool {
	if crosses.MatchString(desc) {
		return true
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, desc)
	for _, sample := range samples {
		if strings.Contains(letters, sample) {
			return true
		}
	}
	return repeats(letters) || tiny(letters) || allHollow(desc)
}

// repeats tells of a text that is made of one letter or of two.
func repeats(letters string) bool {
	seen := map[rune]bool{}
	n := 0
	for _, r := range letters {
		seen[r] = true
		n++
	}
	return len(seen) <= 1 || len(seen) == 2 && n >= 4
}

// tiny tells of letters too few to be a word.
func tiny(letters string) bool {
	n, ascii := 0, true
	for _, r := range letters {
		n++
		ascii = ascii && r < 0x80
	}
	return n < 2 || ascii && n < 3
}

// allHollow tells that nothing is left of a text when the words that say nothing are taken out.
func allHollow(desc string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(desc), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !hollowWord(word) {
			return false
		}
	}
	return true
}

// hollowWord tells of a Latin word in the list, or of Chinese text that is a row of words in it.
func hollowWord(word string) bool {
	for word != "" {
		rest := word
		for _, h := range hollow {
			// A Latin word counts whole only: "recordings" is not "record" and something.
			if strings.HasPrefix(word, h) && (h[0] >= 0x80 || len(h) == len(word) || word[len(h)] >= 0x80) {
				rest = word[len(h):]
				break
			}
		}
		if rest == word {
			return false
		}
		word = rest
	}
	return true
}
