package script

// A lexer that knows strings, templates, regular expressions, comments and
// JSX, and judges nothing: it serves the depth check, the comments, and finding the
// ends of what the parsers only tell the start of. It never fails; of broken
// text it makes tokens as well as it can.

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokName     tokenKind = iota // identifier, keyword, #private, name in a JSX tag
	tokNumber                    //
	tokString                    // with its quotes
	tokTemplate                  // `...`, or a piece: `...${  }...${  }...`
	tokRegExp                    // with its flags
	tokPunct                     //
	tokText                      // text between JSX tags
)

// token is one token of the text [start, end). match is the index of the token that
// closes or opens the bracket this one is, or -1; for the "<" of a JSX element it is the
// last ">" of the element.
type token struct {
	start, end, match int32
	kind              tokenKind
	newline           bool // a line ends between the previous token and this one
	afterOperand      bool // the previous token ended an expression
	opens, closes     bool // a bracket, a ${ or a JSX element; the middle of a template does both
}

// bracket is an open bracket while lexing.
type bracket struct {
	token   int
	kind    byte // ( [ { ` for ${, T in a JSX tag, C between JSX tags
	operand bool // its closing ends an expression
	ternary int  // ? that wait for their :
}

type lexer struct {
	text     []byte
	jsx      bool
	tsx      bool
	pos      int
	tokens   []token
	comments []Comment
	open     []bracket
	operand  bool // the last token ended an expression
	newline  bool
	closers  map[string]int // last place of "</name"
	selfEnd  int            // last place of "/>", once closers is there
	element  bool           // a JSX element was found
}

const (
	maxOpen     = 20000 // brackets open at once; no parser sees what has more, so lexing stops there
	maxMismatch = 64    // brackets that one closing bracket may leave open inside
)

// lexed is a text with its tokens.
type lexed struct {
	text     []byte
	tokens   []token
	comments []Comment
	jsx      bool // JSX was seen
}

// lex splits text into tokens.
func lex(text []byte, dialect Dialect) *lexed {
	l := &lexer{
		text:   text,
		jsx:    dialect != TypeScript,
		tsx:    dialect == TypeScriptJSX,
		tokens: make([]token, 0, len(text)/4+8),
	}
	l.hashbang()
	for l.pos < len(l.text) && len(l.open) < maxOpen {
		l.step()
	}
	return &lexed{text: text, tokens: l.tokens, comments: l.comments, jsx: l.element}
}

// step reads one token, comment or run of white space.
func (l *lexer) step() {
	switch top := l.top(); {
	case top != nil && top.kind == 'C':
		l.children()
		return
	case top != nil && top.kind == 'T':
		l.tag()
		return
	}
	if l.space() {
		return
	}
	c := l.text[l.pos]
	switch {
	case isNameByte(c) && !isDigit(c), c == '#':
		l.name()
	case isDigit(c), c == '.' && l.pos+1 < len(l.text) && isDigit(l.text[l.pos+1]):
		l.number()
	case c == '"' || c == '\'':
		l.quoted(c)
	case c == '`':
		l.template()
	case c == '/' && !l.operand:
		l.regexp()
	case c == '<' && l.jsx && !l.operand && l.startsElement():
		l.openTag()
	default:
		l.punct(c)
	}
}

func (l *lexer) top() *bracket {
	if len(l.open) == 0 {
		return nil
	}
	return &l.open[len(l.open)-1]
}

// emit adds the token from start to the current position.
func (l *lexer) emit(kind tokenKind, start int) int {
	l.tokens = append(l.tokens, token{
		start: int32(start), end: int32(l.pos), match: -1,
		kind: kind, newline: l.newline, afterOperand: l.operand,
	})
	l.newline = false
	return len(l.tokens) - 1
}

func (l *lexer) push(tok int, kind byte, operand bool) {
	l.tokens[tok].opens = true
	l.open = append(l.open, bracket{token: tok, kind: kind, operand: operand})
}

// close pops the bracket that the token tok closes, and drops what was left
// open inside it. A closer of nothing is passed over.
func (l *lexer) close(tok int, kind byte) (operand, ok bool) {
	for i := len(l.open) - 1; i >= max(0, len(l.open)-maxMismatch); i-- {
		if l.open[i].kind != kind {
			if k := l.open[i].kind; k == 'T' || k == 'C' || k == '`' {
				break // code does not close what is outside its ${} or {}
			}
			continue
		}
		b := l.open[i]
		l.open = l.open[:i]
		l.tokens[tok].match = int32(b.token)
		l.tokens[tok].closes = true
		l.tokens[b.token].match = int32(tok)
		return b.operand, true
	}
	return true, false
}

func (l *lexer) hashbang() {
	if bytes.HasPrefix(l.text, []byte("#!")) {
		l.pos = 2
		l.lineComment(0, 2)
	}
}

// space skips white space or one comment, and reports whether there was any.
func (l *lexer) space() bool {
	c := l.text[l.pos]
	switch {
	case c == '\n' || c == '\r':
		l.newline = true
		l.pos++
	case c == ' ' || c == '\t' || c == '\v' || c == '\f':
		l.pos++
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRune(l.text[l.pos:])
		if !isSpaceRune(r) {
			return false
		}
		if r == '\u2028' || r == '\u2029' {
			l.newline = true
		}
		l.pos += size
	case c == '/' && l.at(1) == '/':
		start := l.pos
		l.pos += 2
		l.lineComment(start, start+2)
	case c == '/' && l.at(1) == '*':
		l.blockComment()
	case c == '<' && !l.operand && bytes.HasPrefix(l.text[l.pos:], []byte("<!--")):
		start := l.pos
		l.pos += 4
		l.lineComment(start, start+4)
	case c == '-' && (l.newline || len(l.tokens) == 0) && bytes.HasPrefix(l.text[l.pos:], []byte("-->")):
		start := l.pos
		l.pos += 3
		l.lineComment(start, start+3)
	default:
		return false
	}
	return true
}

func (l *lexer) at(ahead int) byte {
	if l.pos+ahead < len(l.text) {
		return l.text[l.pos+ahead]
	}
	return 0
}

func (l *lexer) lineComment(start, from int) {
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		if c == '\n' || c == '\r' {
			break
		}
		if c == 0xE2 {
			if r, _ := utf8.DecodeRune(l.text[l.pos:]); r == '\u2028' || r == '\u2029' {
				break
			}
		}
		l.pos++
	}
	l.comments = append(l.comments, Comment{Loc: Loc{start, l.pos}, Text: string(l.text[from:l.pos])})
}

func (l *lexer) blockComment() {
	start := l.pos
	end, after := len(l.text), len(l.text)
	if i := bytes.Index(l.text[start+2:], []byte("*/")); i >= 0 {
		end = start + 2 + i
		after = end + 2
	}
	l.pos = after
	inside := l.text[start+2 : end]
	if bytes.ContainsAny(inside, "\n\r\u2028\u2029") {
		l.newline = true
	}
	l.comments = append(l.comments, Comment{Loc: Loc{start, after}, Text: string(inside), Block: true})
}

func (l *lexer) name() {
	start := l.pos
	if l.text[l.pos] == '#' {
		l.pos++
	}
	l.pos = nameEnd(l.text, l.pos)
	if l.pos == start {
		l.pos++
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

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNameByte reports whether c can be part of an identifier; every byte
// beyond ASCII counts, white space is sorted out before.
func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c) || c == '_' || c == '$' || c == '\\' || c >= utf8.RuneSelf
}

func isSpaceRune(r rune) bool {
	return r == '\uFEFF' || r == '\u2028' || r == '\u2029' || r != '\u0085' && unicode.IsSpace(r)
}

// nameEnd returns the end of the identifier that starts at pos.
func nameEnd(text []byte, pos int) int {
	for pos < len(text) {
		c := text[pos]
		if !isNameByte(c) {
			break
		}
		switch {
		case c == '\\':
			if pos+2 < len(text) && text[pos+1] == 'u' && text[pos+2] == '{' {
				if i := bytes.IndexByte(text[pos:], '}'); i >= 0 && i < 16 {
					pos += i
				}
			}
			pos++
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(text[pos:])
			if isSpaceRune(r) || unicode.IsPunct(r) && r != '\u203F' && r != '\u2040' && !unicode.Is(unicode.Pc, r) || unicode.Is(unicode.Pattern_Syntax, r) {
				return pos
			}
			pos += size
		default:
			pos++
		}
	}
	return pos
}
