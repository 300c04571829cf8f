package suppress

// Where a comment that suppresses can stand.

import (
	"bytes"
	"strings"

	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Insertion puts a comment into a file that silences the rule at a place, for a reason. code is the file's code, nil where it has
// none: then it is markup. It reports false where no comment can stand, as in text that is shown.
func Insertion(at source.Span, code *miniprogram.Script, rule, reason string) (edit.Replacement, bool) {
	said := word + " " + rule + " -- " + reason
	start, end := at.File.Extent(at.From().Line)
	if code == nil || !bytes.Equal(at.File.Text[start:at.Start], code.Text[start:at.Start]) {
		return inMarkup(at, said)
	}
	indent := indentation(at.File.Text[start:end])
	for _, r := range []edit.Replacement{
		{Start: start, End: start, New: indent + "// " + said + ending(at.File.Text, end)},
		{Start: end, End: end, New: " // " + said},
		{Start: at.Start, End: at.Start, New: "/* " + said + " */ "},
	} {
		if isComment(code, r) {
			return r, true
		}
	}
	return edit.Replacement{}, false
}

// isComment tells that an insertion makes one more comment of the code, and nothing else.
func isComment(code *miniprogram.Script, r edit.Replacement) bool {
	text, _ := edit.Apply(code.Text, [][]edit.Replacement{{r}})
	before, after := script.Comments(code.Text, code.Dialect), script.Comments(text, code.Dialect)
	if len(after) != len(before)+1 {
		return false
	}
	for _, c := range after {
		if r.Start <= c.Start && c.End <= r.Start+len(r.New) {
			return true
		}
	}
	return false
}

// inMarkup puts the comment before the tag that the place lies in.
func inMarkup(at source.Span, said string) (edit.Replacement, bool) {
	text := at.File.Text
	tag := tagStart(text, at.Start)
	if tag < 0 {
		return edit.Replacement{}, false
	}
	start, end := at.File.Extent(at.File.Position(tag).Line)
	comment := "<!-- " + said + " -->"
	if indent := indentation(text[start:end]); start+len(indent) == tag {
		comment += ending(text, end) + indent
	}
	return edit.Replacement{Start: tag, End: tag, New: comment}, true
}

// tagStart is where the tag begins that a place lies in, -1 where it lies in none.
func tagStart(text []byte, at int) int {
	for i := min(at, len(text)-1); i >= 0; i-- {
		if text[i] != '<' || i+1 >= len(text) || !letter(text[i+1]) {
			continue
		}
		if end := tagEnd(text, i); end > i && end >= at {
			return i
		}
	}
	return -1
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func indentation(line []byte) string {
	return string(line[:len(line)-len(strings.TrimLeft(string(line), " \t"))])
}

// ending is the end of the line that ends at an offset, or the first of the text.
func ending(text []byte, at int) string {
	rest := text[at:]
	if len(rest) == 0 {
		rest = text
	}
	if i := bytes.IndexByte(rest, '\n'); i > 0 && rest[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
