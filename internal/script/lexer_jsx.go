package script

// The lexer between and inside JSX tags.

import "bytes"

// startsElement reports whether the "<" at the current place, where an
// expression may start, opens a JSX element, and not TypeScript's generic arrow.
func (l *lexer) startsElement() bool {
	last := l.lastText()
	if len(last) == 0 || bytes.Equal(last, []byte(";")) || bytes.Equal(last, []byte("}")) {
		return false
	}
	if bytes.Equal(last, []byte("{")) && !(len(l.open) > 1 && l.jsxBrace()) {
		return false
	}
	i := l.pos + 1
	if i < len(l.text) && l.text[i] == '>' {
		return l.closesLater("", i)
	}
	end := tagNameEnd(l.text, i)
	if end == i || isDigit(l.text[i]) {
		return false
	}
	name := string(l.text[i:end])
	next := skipBlank(l.text, end)
	if l.tsx && next < len(l.text) {
		if l.text[next] == ',' || bytes.HasPrefix(l.text[next:], []byte("extends ")) {
			return false
		}
	}
	if l.closesLater(name, end) {
		return true
	}
	if next < len(l.text) && l.text[next] == '>' {
		return false
	}
	return l.selfEnd > end
}

// closesLater reports whether a closing tag of the name follows from.
func (l *lexer) closesLater(name string, from int) bool {
	if l.closers == nil {
		l.closers = map[string]int{}
		l.selfEnd = bytes.LastIndex(l.text, []byte("/>"))
		for i := 0; i < len(l.text); {
			j := bytes.Index(l.text[i:], []byte("</"))
			if j < 0 {
				break
			}
			start := skipBlank(l.text, i+j+2)
			l.closers[string(l.text[start:tagNameEnd(l.text, start)])] = i + j
			i += j + 2
		}
	}
	return l.closers[name] > from
}

// tagNameEnd returns the end of a JSX tag's or attribute's name.
func tagNameEnd(text []byte, pos int) int {
	for pos < len(text) && (isNameByte(text[pos]) || text[pos] == '-' || text[pos] == '.' || text[pos] == ':') {
		pos++
	}
	return pos
}

func skipBlank(text []byte, pos int) int {
	for pos < len(text) && (text[pos] == ' ' || text[pos] == '\t' || text[pos] == '\n' || text[pos] == '\r') {
		pos++
	}
	return pos
}

// openTag reads the "<" of an element and its name.
func (l *lexer) openTag() {
	l.element = true
	start := l.pos
	l.pos++
	tok := l.emit(tokPunct, start)
	l.push(tok, 'T', true)
	l.operand = false
	l.tagName()
	if l.at(0) == '<' {
		l.typeArguments()
	}
}

// typeArguments skips what stands between < and > after the name of an element.
func (l *lexer) typeArguments() {
	depth := 0
	for i := l.pos; i < min(len(l.text), l.pos+2000); i++ {
		if c := l.text[i]; c == '<' {
			depth++
		} else if c == '>' && l.text[i-1] != '=' {
			if depth--; depth == 0 {
				l.pos = i + 1
				return
			}
		}
	}
}

// tagName reads the name of a tag or attribute; a.b is three tokens, a-b and a:b are one.
func (l *lexer) tagName() {
	end := tagNameEnd(l.text, l.pos)
	for l.pos < end {
		start := l.pos
		if l.text[start] == '.' {
			l.pos++
			l.emit(tokPunct, start)
			continue
		}
		if i := bytes.IndexByte(l.text[start:end], '.'); i > 0 {
			l.pos = start + i
		} else {
			l.pos = end
		}
		l.emit(tokName, start)
	}
}

// tag reads one piece inside an opening tag.
func (l *lexer) tag() {
	if c := l.text[l.pos]; c != '<' && c != '-' && l.space() {
		return
	}
	start := l.pos
	switch c := l.text[l.pos]; {
	case c == '"' || c == '\'':
		l.pos++
		if i := bytes.IndexByte(l.text[l.pos:], c); i >= 0 {
			l.pos += i + 1
		} else {
			l.pos = len(l.text)
		}
		l.emit(tokString, start)
	case c == '{':
		l.pos++
		l.push(l.emit(tokPunct, start), '{', true)
		l.operand = false
	case c == '/' && skipBlank(l.text, l.pos+1) < len(l.text) && l.text[skipBlank(l.text, l.pos+1)] == '>':
		l.pos++
		l.emit(tokPunct, start)
		l.pos = skipBlank(l.text, l.pos)
		start = l.pos
		l.pos++
		l.finish(l.emit(tokPunct, start))
	case c == '>':
		l.pos++
		l.emit(tokPunct, start)
		l.top().kind = 'C'
	case c == '<':
		l.openTag()
	case tagNameEnd(l.text, l.pos) > l.pos:
		l.tagName()
	default:
		l.pos++
		l.emit(tokPunct, start)
	}
}

// finish ends the innermost element with the token tok.
func (l *lexer) finish(tok int) {
	b := l.open[len(l.open)-1]
	l.open = l.open[:len(l.open)-1]
	l.tokens[b.token].match = int32(tok)
	l.tokens[tok].match = int32(b.token)
	l.tokens[tok].closes = true
	l.operand = true
}

// children reads one piece between an opening and its closing tag.
func (l *lexer) children() {
	start := l.pos
	switch l.text[l.pos] {
	case '{':
		l.pos++
		l.push(l.emit(tokPunct, start), '{', true)
		l.operand = false
	case '<':
		if after := skipBlank(l.text, l.pos+1); after < len(l.text) && l.text[after] == '/' {
			l.pos++
			l.emit(tokPunct, start)
			l.pos = after + 1
			l.emit(tokPunct, after)
			l.pos = skipBlank(l.text, l.pos)
			l.tagName()
			l.pos = skipBlank(l.text, l.pos)
			start = l.pos
			if l.at(0) == '>' {
				l.pos++
			}
			l.finish(l.emit(tokPunct, start))
			return
		}
		l.openTag()
	default:
		end := bytes.IndexAny(l.text[l.pos:], "{<")
		if end < 0 {
			end = len(l.text) - l.pos
		}
		l.pos += end
		l.emit(tokText, start)
	}
}
