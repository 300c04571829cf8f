package miniprogram

// Conditional compilation as uni-app defines it, evaluated for WeChat: what is left out is
// blanked, so that places stay as they are. Source: uniapp.dcloud.net.cn, tutorial/platform.html.

import (
	"bytes"
	"strings"
)

// conditions are the names that hold when a program is built for WeChat.
type conditions map[string]bool

// weixinConditions are those of uni-app for a version of Vue.
func weixinConditions(vue int) conditions {
	c := conditions{"MP": true, "MP-WEIXIN": true, "VUE2": vue == 2, "VUE3": vue == 3, "UNI-APP": true}
	return c
}

var (
	markHash  = []byte("#")
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

// blankUnmet returns text with the parts blanked that are left out under c; text itself
// when there are none.
func blankUnmet(text []byte, c conditions) []byte {
	found := directives(text)
	if len(found) == 0 {
		return text
	}
	out := text
	// open are the conditions around a place: from is where the part in force began to be
	// left out, or -1.
	type level struct {
		met  bool
		from int
	}
	var open []level
	for _, d := range found {
		switch d.kind {
		case markIf, markNotIf:
			met := c.hold(d.condition) == (d.kind == markIf)
			l := level{met: met, from: -1}
			if !met {
				l.from = d.end
			}
			open = append(open, l)
		case markElse:
			if len(open) == 0 {
				continue
			}
			l := &open[len(open)-1]
			if l.from >= 0 {
				out = blankRange(out, text, l.from, d.start)
				l.from = -1
			} else {
				l.from = d.end
			}
		case markEnd:
			if len(open) == 0 {
				continue
			}
			l := open[len(open)-1]
			open = open[:len(open)-1]
			if l.from >= 0 {
				out = blankRange(out, text, l.from, d.start)
			}
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
	each(text, markHash, func(at int) {
		d, ok := directiveAt(text, at)
		if ok && (len(out) == 0 || d.start >= out[len(out)-1].end) {
			out = append(out, d)
		}
	})
	return out
}

// directiveAt reads the directive whose "#" stands at.
func directiveAt(text []byte, at int) (directive, bool) {
	start := at
	for start > 0 && (text[start-1] == ' ' || text[start-1] == '\t') {
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
	if end == "" {
		return directive{}, false
	}
	rest := text[at+1:]
	n := bytes.Index(rest, []byte(end))
	stop := at + 1 + n + len(end)
	if n < 0 {
		n, stop = len(rest), len(text)
	}
	if end == "\n" && n >= 0 && stop > at+1+n {
		stop = at + 1 + n // the line end stays
	}
	body := strings.TrimSpace(string(rest[:n]))
	for _, kind := range []string{markNotIf, markIf, markEnd, markElse} {
		if condition, ok := strings.CutPrefix(body, kind); ok && (condition == "" || !isWordByte(condition[0])) {
			return directive{kind: kind, start: start, end: stop, condition: strings.TrimSpace(condition)}, true
		}
	}
	return directive{}, false
}

// hold evaluates a condition: names joined by || and &&, with ! and parentheses.
func (c conditions) hold(condition string) bool {
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
