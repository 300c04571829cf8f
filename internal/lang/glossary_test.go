package lang_test

// One term for one thing: the glossary in CONTRIBUTING.md says which words are used and which are not, and everything that the
// program says is held to it.

import (
	"go/ast"
	"go/parser"
	"os"
	"regexp"
	"strings"
	"testing"
)

// retired are the words that a language does not use, each with the term that it uses instead.
type retired struct {
	word *regexp.Regexp
	term string
}

// glossary reads the table of CONTRIBUTING.md: term, not in English, 术语, not in Chinese. The words that are not used stand in
// backquotes.
func glossary(text string) (en, zh []retired) {
	quoted := regexp.MustCompile("`([^`]+)`")
	_, table, _ := strings.Cut(text, "\n## Glossary\n")
	table, _, _ = strings.Cut(table, "\n## ")
	for line := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 6 {
			continue
		}
		for _, w := range quoted.FindAllStringSubmatch(cells[2], -1) {
			en = append(en, retired{regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(w[1]) + `\b`), strings.TrimSpace(cells[1])})
		}
		for _, w := range quoted.FindAllStringSubmatch(cells[4], -1) {
			zh = append(zh, retired{regexp.MustCompile(regexp.QuoteMeta(w[1])), strings.TrimSpace(cells[3])})
		}
	}
	return en, zh
}

// broken lists what a text says otherwise than the glossary wants.
func broken(text string, words []retired) []string {
	var out []string
	for _, r := range words {
		if found := r.word.FindString(text); found != "" {
			out = append(out, found+" (use "+r.term+")")
		}
	}
	return out
}

func TestGlossary(t *testing.T) {
	text, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	en, zh := glossary(string(text))
	if len(en) < 20 || len(zh) < 20 {
		t.Fatalf("the glossary has %d English and %d Chinese words that are not used: the table is not what this test reads", len(en), len(zh))
	}
	counts := map[bool]int{}
	eachText(t, func(at, text string, isChinese bool) {
		counts[isChinese]++
		words := en
		if isChinese {
			words = zh
		}
		for _, said := range broken(text, words) {
			t.Errorf("%s: %s: %q", at, said, text)
		}
	})
	if counts[true] < 400 || counts[false] < 400 {
		t.Errorf("only %d Chinese and %d English texts found: the search is broken", counts[true], counts[false])
	}
}

// TestGlossaryFindsTexts: what is said in the parts of a value, or beside other arguments, is held to the glossary too.
func TestGlossaryFindsTexts(t *testing.T) {
	for code, want := range map[string]string{
		`plural{"1 way", "%d ways", "%d 条路径"}`:            "1 way|%d ways|%d 条路径",
		`T{x: "文件", y: "file"}`:                           "文件|file",
		`f(a, "one", "一")`:                                "one|一",
		`[]string{"相机", "camera"}`:                        "",
		`f("one", "two")`:                                 "",
		`[]t{{re, "缺少 $1", "$1 is missing"}}`:             "缺少 $1|$1 is missing",
		`map[k]string{lang.EN: "a " + "b", lang.ZH: "甲"}`: "a b|甲",
	} {
		e, err := parser.ParseExpr(code)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		ast.Inspect(e, func(n ast.Node) bool {
			got = append(got, textsOf(n)...)
			return true
		})
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q", code, got)
		}
	}
}

func TestGlossaryFindsWords(t *testing.T) {
	en, zh := glossary("# x\n\n## Glossary\n\n| term | not | 术语 | 不用 |\n|---|---|---|---|\n| path | `way` | 路径 | `方式`, `途径` |\n\n## Next\n| a | `b` | c | `d` |\n")
	if len(en) != 1 || len(zh) != 2 {
		t.Fatalf("%d and %d words", len(en), len(zh))
	}
	for text, want := range map[string]int{"On this Way to it": 1, "always": 0, "a path": 0} {
		if got := broken(text, en); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	if got := broken("另一途径", zh); len(got) != 1 || got[0] != "途径 (use 路径)" {
		t.Errorf("%q", got)
	}
}
