package script

// A lexer that knows strings, templates, regular expressions, comments and
// JSX, and judges nothing: it serves the depth check, the comments, and finding the
// ends of what the parsers only tell the start of. It never fails; of broken
// text it makes tokens as well as it can.

import (
	"bytes"
	"slices"
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
		tokens: make([]token, 0, min(len(text)/4+8, firstTokens)),
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
	if len(l.tokens) == cap(l.tokens) {
		l.tokens = slices.Grow(l.tokens, l.expected())
	}
	l.tokens = append(l.tokens, token{
		start: int32(start), end: int32(l.pos), match: -1,
		kind: kind, newline: l.newline, afterOperand: l.operand,
	})
	l.newline = false
	return len(l.tokens) - 1
}

// firstTokens is how many tokens there is room for at first; how close together they stand in a text is seen by then.
const firstTokens = 4096

// expected is how many more tokens the rest of the text has, if it is like what was read of it. A text that is written without blanks has
// more than twice as many as others, and a list of millions is not to be copied again and again.
func (l *lexer) expected() int {
	if l.pos == 0 {
		return firstTokens
	}
	return int(float64(len(l.tokens))*float64(len(l.text)-l.pos)/float64(l.pos)*1.05) + 16
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
	case c == '<' && (!l.operand || l.newline) && bytes.HasPrefix(l.text[l.pos:], []byte("<!--")):
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

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNameByte reports whether c can be part of an identifier; every byte
// beyond ASCII counts, white space is sorted out before.
func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c) || c == '_' || c == '$' || c == '\\' || c >= utf8.RuneSelf
}

func isSpaceRune(r rune) bool {
	return r == '\uFEFF' || r == '\u2028' || r == '\u2029' || r != '\u0085' && unicode.IsSpace(r)
}

// isNameRune reports whether a rune beyond ASCII can be part of an
// identifier: ID_Continue of Unicode's annex 31 and the two joiners, as
// ECMAScript has it (12.7, IdentifierPartChar).
func isNameRune(r rune) bool {
	if r == '\u200C' || r == '\u200D' {
		return true
	}
	return unicode.In(r, unicode.L, unicode.Nl, unicode.Other_ID_Start, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue) &&
		!unicode.In(r, unicode.Pattern_Syntax, unicode.Pattern_White_Space)
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
			if !isNameRune(r) {
				return pos
			}
			pos += size
		default:
			pos++
		}
	}
	return pos
}
