package script

// The single tokens of JavaScript and TypeScript.

import "unicode/utf8"

func (l *lexer) name() {
	start := l.pos
	if l.text[l.pos] == '#' {
		l.pos++
	}
	l.pos = nameEnd(l.text, l.pos)
	if l.pos == start {
		_, size := utf8.DecodeRune(l.text[l.pos:])
		l.pos += size
	}
	tok := l.emit(tokName, start)
	l.operand = true
	if !l.afterDot(tok) && operatorWords[string(l.text[start:l.pos])] {
		l.operand = false
	}
}

// afterDot reports whether the token is a member's name.
func (l *lexer) afterDot(tok int) bool {
	return tok > 0 && (l.is(tok-1, ".") || l.is(tok-1, "?."))
}

func (l *lexer) is(tok int, text string) bool {
	if tok < 0 || tok >= len(l.tokens) {
		return false
	}
	t := l.tokens[tok]
	return t.kind != tokString && string(l.text[t.start:t.end]) == text
}

// operatorWords are the words that an expression follows.
var operatorWords = map[string]bool{
	"return": true, "typeof": true, "instanceof": true, "in": true, "of": true, "new": true, "delete": true,
	"void": true, "throw": true, "case": true, "do": true, "else": true, "yield": true, "await": true,
	"extends": true, "default": true, "try": true, "finally": true, "as": true, "satisfies": true,
}

// headWords are the words whose parentheses a statement follows.
var headWords = map[string]bool{"if": true, "while": true, "for": true, "with": true}

func (l *lexer) number() {
	start := l.pos
	hex := l.text[l.pos] == '0' && (l.at(1)|0x20 == 'x' || l.at(1)|0x20 == 'b' || l.at(1)|0x20 == 'o')
	dot := false
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		switch {
		case c == '.' && !dot && !hex:
			dot = true
		case (c == '+' || c == '-') && !hex && l.pos > start && l.text[l.pos-1]|0x20 == 'e':
		case isNameByte(c) && c < utf8.RuneSelf && c != '\\':
		default:
			l.emit(tokNumber, start)
			l.operand = true
			return
		}
		l.pos++
	}
	l.emit(tokNumber, start)
	l.operand = true
}

// quoted reads a string. One that does not end ends with its line.
func (l *lexer) quoted(quote byte) {
	start := l.pos
	l.pos++
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		if c == '\n' || c == '\r' {
			break
		}
		l.pos++
		if c == quote {
			break
		}
		if c == '\\' && l.pos < len(l.text) {
			if l.text[l.pos] == '\r' && l.at(1) == '\n' {
				l.pos++
			}
			l.pos++
		}
	}
	l.emit(tokString, start)
	l.operand = true
}

func (l *lexer) template() {
	start := l.pos
	l.pos++
	if l.templatePiece() {
		l.push(l.emit(tokTemplate, start), '`', true)
		l.operand = false
		return
	}
	l.emit(tokTemplate, start)
	l.operand = true
}

// templatePiece reads to after the next ${, and reports true, or to the end of the template.
func (l *lexer) templatePiece() bool {
	for l.pos < len(l.text) {
		switch l.text[l.pos] {
		case '\\':
			l.pos++
		case '`':
			l.pos++
			return false
		case '$':
			if l.at(1) == '{' {
				l.pos += 2
				return true
			}
		}
		l.pos++
	}
	l.pos = len(l.text)
	return false
}

func (l *lexer) regexp() {
	start := l.pos
	l.pos++
	class := false
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		if c == '\n' || c == '\r' {
			break
		}
		l.pos++
		if c == '\\' && l.pos < len(l.text) && l.text[l.pos] != '\n' && l.text[l.pos] != '\r' {
			l.pos++
		} else if c == '[' {
			class = true
		} else if c == ']' {
			class = false
		} else if c == '/' && !class {
			l.pos = nameEnd(l.text, l.pos)
			break
		}
	}
	l.emit(tokRegExp, start)
	l.operand = true
}

func (l *lexer) punct(c byte) {
	start := l.pos
	l.pos += punctLength(l.text[l.pos:])
	switch c {
	case '(':
		head := len(l.tokens) > 0 && !l.afterDot(len(l.tokens)-1) && l.tokens[len(l.tokens)-1].kind == tokName &&
			headWords[string(l.lastText())]
		if len(l.tokens) > 1 && string(l.lastText()) == "await" && l.is(len(l.tokens)-2, "for") {
			head = true
		}
		l.push(l.emit(tokPunct, start), '(', !head)
		l.operand = false
	case '[':
		l.push(l.emit(tokPunct, start), '[', true)
		l.operand = false
	case '{':
		operand := l.opensExpression()
		l.push(l.emit(tokPunct, start), '{', operand)
		l.operand = false
	case ')', ']', '}':
		l.closing(c, start)
	case '+', '-':
		tok := l.emit(tokPunct, start)
		if !l.is(tok, "++") && !l.is(tok, "--") {
			l.operand = false
		}
	default:
		tok := l.emit(tokPunct, start)
		if top := l.top(); top != nil {
			if l.is(tok, "?") {
				top.ternary++
			} else if c == ':' && top.ternary > 0 {
				top.ternary--
				l.operand = false
				return
			}
		}
		// TypeScript's x! keeps being an operand; !x starts where none is.
		if !(c == '!' && l.operand && l.is(tok, "!")) {
			l.operand = false
		}
	}
}

func (l *lexer) lastText() []byte {
	if len(l.tokens) == 0 {
		return nil
	}
	t := l.tokens[len(l.tokens)-1]
	return l.text[t.start:t.end]
}

func (l *lexer) closing(c byte, start int) {
	top := l.top()
	if c == '}' && top != nil && top.kind == '`' {
		more := l.templatePiece()
		tok := l.emit(tokTemplate, start)
		l.close(tok, '`')
		l.operand = !more
		if more {
			// This piece closes one ${ and opens the next; match leads forwards.
			l.push(tok, '`', true)
		}
		return
	}
	tok := l.emit(tokPunct, start)
	opener := map[byte]byte{')': '(', ']': '[', '}': '{'}[c]
	operand, ok := l.close(tok, opener)
	l.operand = operand
	if !ok && c == '}' {
		l.operand = false
	}
}

// opensExpression reports whether the "{" at the current place begins an object, not a block.
func (l *lexer) opensExpression() bool {
	if l.operand || len(l.tokens) == 0 {
		return false
	}
	last := l.tokens[len(l.tokens)-1]
	switch string(l.text[last.start:last.end]) {
	case ";", "}", ")", "=>", "else", "do", "try", "finally":
		return false
	case "{":
		return len(l.open) > 1 && l.open[len(l.open)-2].kind != '{' && l.jsxBrace()
	case ":":
		top := l.top()
		return top != nil && top.operand || l.ternaryColon()
	}
	return true
}

// jsxBrace reports whether the innermost "{" holds an expression of JSX.
func (l *lexer) jsxBrace() bool {
	k := l.open[len(l.open)-2].kind
	return k == 'T' || k == 'C'
}

// ternaryColon reports whether the last ":" belonged to a "?": it did when the
// level is not one of statements.
func (l *lexer) ternaryColon() bool {
	top := l.top()
	return top != nil && top.kind != '{'
}

// punctLength returns the length of the operator at the start of text.
func punctLength(text []byte) int {
	c := text[0]
	next := func(i int) byte {
		if i < len(text) {
			return text[i]
		}
		return 0
	}
	switch c {
	case '.':
		if next(1) == '.' && next(2) == '.' {
			return 3
		}
	case '?':
		if next(1) == '.' && !isDigit(next(2)) {
			return 2
		}
		if next(1) == '?' {
			if next(2) == '=' {
				return 3
			}
			return 2
		}
	case '=':
		if next(1) == '>' {
			return 2
		}
		if next(1) == '=' {
			if next(2) == '=' {
				return 3
			}
			return 2
		}
	case '!':
		if next(1) == '=' {
			if next(2) == '=' {
				return 3
			}
			return 2
		}
	case '+', '-', '*', '&', '|', '<':
		if next(1) == c {
			if next(2) == '=' && c != '+' && c != '-' {
				return 3
			}
			return 2
		}
		if next(1) == '=' {
			return 2
		}
	case '%', '^', '/':
		if next(1) == '=' {
			return 2
		}
	}
	if c >= utf8.RuneSelf {
		_, size := utf8.DecodeRune(text)
		return size
	}
	return 1
}
