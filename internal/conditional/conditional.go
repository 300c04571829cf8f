// Package conditional evaluates uni-app's conditional compilation (#ifdef, #ifndef, #else, #endif in comments). What is left
// out is blanked, so that offsets stay as they are. Source: uniapp.dcloud.net.cn, tutorial/platform.html.
package conditional

import (
	"bytes"
	"strings"
)

// Conditions are the names that hold when a program is built for a platform.
type Conditions map[string]bool

// Weixin are the names that hold for WeChat, with a version of Vue.
func Weixin(vue int) Conditions {
	return Conditions{"MP": true, "MP-WEIXIN": true, "VUE2": vue == 2, "VUE3": vue == 3, "UNI-APP": true}
}

var (
	markIf    = "ifdef"
	markNotIf = "ifndef"
	markElse  = "else"
	markEnd   = "endif"
)

// directive is one #ifdef, #ifndef, #else or #endif in a comment.
type directive struct {
	kind       string
	start, end int // the comment
	condition  string
}

// Blank returns text with the parts blanked that are left out under c; text itself
// when there are none.
func Blank(text []byte, c Conditions) []byte {
	found := directives(text)
	if len(found) == 0 {
		return text
	}
	out := text
	// open are the conditions around a place: from is where the part in force began to be
	// left out, or -1.
	type level struct{ from int }
	var open []level
	unmet := 0 // how many of them leave the place out
	for _, d := range found {
		if d.kind == markIf || d.kind == markNotIf {
			l := level{from: -1}
			if c.hold(d.condition) != (d.kind == markIf) {
				l.from = d.end
				unmet++
			}
			open = append(open, l)
			continue
		}
		if len(open) == 0 {
			continue
		}
		l := &open[len(open)-1]
		switch {
		case l.from >= 0:
			// Inside a part that is left out there is nothing left to blank.
			if unmet--; unmet == 0 {
				out = blankRange(out, text, l.from, d.start)
			}
			l.from = -1
		case d.kind == markElse:
			l.from = d.end
			unmet++
		}
		if d.kind == markEnd {
			open = open[:len(open)-1]
		}
	}
	return out
}

// blankRange blanks out[start:end]; out is copied from text first when it is text itself.
func blankRange(out, text []byte, start, end int) []byte {
	if &out[0] == &text[0] {
		out = bytes.Clone(text)
	}
	for i := start; i < end; i++ {
		if out[i] != '\n' && out[i] != '\r' {
			out[i] = ' '
		}
	}
	return out
}

// directives finds the comments that steer compilation, in order.
func directives(text []byte) []directive {
	if !bytes.Contains(text, []byte(markEnd)) {
		return nil
	}
	var out []directive
	after := 0
	for at := 0; ; at++ {
		n := bytes.IndexByte(text[at:], '#')
		if n < 0 {
			return out
		}
		at += n
		if d, ok := directiveAt(text, at, after); ok {
			out, after = append(out, d), d.end
		}
	}
}

// directiveAt reads the directive whose "#" stands at, in a comment that begins not before after.
func directiveAt(text []byte, at, after int) (directive, bool) {
	start := at
	for start > after && (text[start-1] == ' ' || text[start-1] == '\t') {
		start--
	}
	end := ""
	for _, opening := range [][2]string{{"//", "\n"}, {"/*", "*/"}, {"<!--", "-->"}} {
		if bytes.HasSuffix(text[:start], []byte(opening[0])) {
			start -= len(opening[0])
			end = opening[1]
			break
		}
	}
	if end == "" || start < after {
		return directive{}, false
	}
	kind, from := directiveKind(text, at+1)
	if kind == "" {
		return directive{}, false
	}
	n := bytes.Index(text[from:], []byte(end))
	if n < 0 {
		return directive{kind: kind, start: start, end: len(text), condition: strings.TrimSpace(string(text[from:]))}, true
	}
	stop := from + n + len(end)
	if end == "\n" {
		stop = from + n // the line end stays
	}
	return directive{kind: kind, start: start, end: stop, condition: strings.TrimSpace(string(text[from : from+n]))}, true
}

// directiveKind returns the word after the "#", and the offset after it; "" when it is no directive's.
func directiveKind(text []byte, at int) (string, int) {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t') {
		at++
	}
	for _, kind := range []string{markNotIf, markIf, markEnd, markElse} {
		end := at + len(kind)
		if bytes.HasPrefix(text[at:], []byte(kind)) && (end == len(text) || !isWordByte(text[end])) {
			return kind, end
		}
	}
	return "", at
}

// hold evaluates a condition: names joined by || and &&, with ! and parentheses.
func (c Conditions) hold(condition string) bool {
	for _, alternative := range strings.Split(strings.NewReplacer("(", " ", ")", " ").Replace(condition), "||") {
		all := true
		for _, name := range strings.Split(alternative, "&&") {
			name = strings.TrimSpace(name)
			name, negated := strings.CutPrefix(name, "!")
			name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
			if c[name] == negated {
				all = false
			}
		}
		if all {
			return true
		}
	}
	return false
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}
