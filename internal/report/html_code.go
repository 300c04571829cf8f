package report

// Code on the page: each line with its words in colour, and the part that is pointed at.

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// htmlLine is a line of code with the part that is pointed at.
type htmlLine struct {
	// Number is the line's; 0 for one that a fix adds. Sign is that of a diff: "+", "-", "" for what stays and outside of diffs.
	Number                int
	Sign                  string
	Before, Marked, After []htmlToken
}

// htmlToken is a piece of a line. Its class is k, s, n, c, p or t for a keyword, a string, a number, a comment, a key or a tag; ""
// for anything else.
type htmlToken struct{ Class, Text string }

// codeWidth is how many columns of a line the page shows.
const codeWidth = 160

// htmlLineOf splits a line of a frame by its columns.
func htmlLineOf(line frameLine, file string) htmlLine {
	out := htmlLine{Number: line.number}
	column := 0
	for _, t := range tokens(line.text, file) {
		var before, marked, after strings.Builder
		for _, c := range terminal.Cells(t.Text) {
			switch {
			case column < line.from || line.from == line.to:
				before.WriteString(c.Text)
			case column < line.to:
				marked.WriteString(c.Text)
			default:
				after.WriteString(c.Text)
			}
			column += c.Width
		}
		for _, part := range []struct {
			to   *[]htmlToken
			text string
		}{{&out.Before, before.String()}, {&out.Marked, marked.String()}, {&out.After, after.String()}} {
			if part.text != "" {
				*part.to = append(*part.to, htmlToken{t.Class, part.text})
			}
		}
	}
	return out
}

// htmlFrame is the code around a place.
func htmlFrame(at source.Span) []htmlLine {
	var out []htmlLine
	for _, line := range frame(at, codeWidth) {
		out = append(out, htmlLineOf(line, at.File.Path))
	}
	return out
}

// htmlCode is the code around a step. Where a function begins the line is what there is to see.
func htmlCode(at source.Span) []htmlLine {
	if at.End-at.Start <= 1 {
		line := at.File.Text[at.Start:]
		if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
			line = line[:end]
		}
		if at.End = at.Start + len(line); len(line) == 0 {
			return nil
		}
	}
	return htmlFrame(at)
}

// htmlPatch is a line of a fix.
func htmlPatch(l patchLine, file string) htmlLine {
	if l.sign == '@' {
		return htmlLine{Before: []htmlToken{{"", "…"}}}
	}
	return htmlLine{Number: l.number, Sign: strings.TrimSpace(string(l.sign)), Before: tokens(l.shown(codeWidth), file)}
}

// tokens splits a line of code into its pieces, by its text alone: what began on a line before is not known.
func tokens(line, file string) []htmlToken {
	s := scanner{line: line, start: -1}
	switch path.Ext(file) {
	case ".wxml", ".vue", ".mpx", ".wpy", ".html":
		s.markup = true
		s.strings = path.Ext(file) != ".wxml"
	default:
		s.strings = true
	}
	for s.at < len(line) {
		if class, n := s.next(); n > 0 {
			s.plain()
			s.out = append(s.out, htmlToken{class, line[s.at : s.at+n]})
			s.at += n
			continue
		}
		if s.start < 0 {
			s.start = s.at
		}
		_, n := utf8.DecodeRuneInString(line[s.at:])
		s.at += n
	}
	s.plain()
	return s.out
}

// scanner goes through a line of code.
type scanner struct {
	line string
	at   int
	// start is where what has no class began, -1 where nothing has.
	start int
	out   []htmlToken
	// markup tells of files with tags, strings that a quote begins a string wherever it is.
	markup, strings bool
}

// plain ends what has no class.
func (s *scanner) plain() {
	if s.start >= 0 {
		s.out = append(s.out, htmlToken{"", s.line[s.start:s.at]})
		s.start = -1
	}
}

// next is the piece with a class that begins here, 0 bytes long where none does.
func (s *scanner) next() (class string, n int) {
	rest := s.line[s.at:]
	switch c := rest[0]; {
	case strings.HasPrefix(rest, "//") && !s.after(':'):
		return "c", len(rest)
	case strings.HasPrefix(rest, "/*"):
		return "c", through(rest, "*/")
	case strings.HasPrefix(rest, "<!--"):
		return "c", through(rest, "-->")
	case c == '<' && s.markup:
		return "t", tagLength(rest)
	case (c == '"' || c == '\'' || c == '`') && (s.strings || s.after('=')):
		n = stringLength(rest)
		if strings.HasPrefix(strings.TrimLeft(rest[n:], " "), ":") {
			return "p", n
		}
		return "s", n
	case s.at > 0 && isWord(s.line[s.at-1]):
		return "", 0
	case c >= '0' && c <= '9':
		return "n", wordLength(rest)
	case isWord(c):
		if n = wordLength(rest); keywords[rest[:n]] && !s.after('.') {
			return "k", n
		}
	}
	return "", 0
}

// after tells that c stands right before.
func (s *scanner) after(c byte) bool { return s.at > 0 && s.line[s.at-1] == c }

// through is the length of text up to the end of mark, or of all.
func through(text, mark string) int {
	if i := strings.Index(text, mark); i >= 0 {
		return i + len(mark)
	}
	return len(text)
}

// tagLength is the length of "<name" or "</name", 0 where it is neither.
func tagLength(text string) int {
	n := 1
	if n < len(text) && text[n] == '/' {
		n++
	}
	name := n
	for n < len(text) && (isWord(text[n]) || text[n] == '-') {
		n++
	}
	if n == name {
		return 0
	}
	return n
}

// stringLength is the length of a string literal, up to the end of the line where it does not end.
func stringLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[0]:
			return i + 1
		}
	}
	return len(text)
}

func wordLength(text string) int {
	n := 0
	for n < len(text) && isWord(text[n]) {
		n++
	}
	return n
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

// keywords are words of JavaScript and TypeScript that mean the same everywhere.
var keywords = wordSet(`async await break case catch class const continue default delete do else export extends false finally for from
	function if import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var
	void while yield`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
