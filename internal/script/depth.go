package script

// How deeply a text can nest, told from its tokens before a parser sees it: the
// parsers recurse, and a Go stack that overflows cannot be recovered from.

// nesting is the upper bound of a text's depth.
type nesting struct {
	brackets, bracketsAt int // the deepest brackets, and where
	heads, headsAt       int // the deepest sum of brackets and of what nests statements and functions without them
	chain, chainAt       int // the deepest sum of these and of operators
	arrows, arrowsAt     int // the deepest nesting of arrow functions within the parameters of one another
	eithers, eithersAt   int // the deepest nesting of arrow functions that follow a?(b):
}

// level is what an open bracket holds so far.
type level struct {
	heads     int // if, else, while, do, =>, labels since a statement began
	operators int // operators since an expression began
	ended     bool
	arrow     bool // the parameters of an arrow function
	either    bool // a?(b): was read last, and no end of an expression since
	eithers   int  // arrow functions after such
	token     int  // the bracket
}

// measure computes the nesting of the tokens.
func (x *lexed) measure() nesting {
	var n nesting
	levels := make([]level, 1, 64)
	heads, operators, arrows, eithers, hidden := 0, 0, 0, 0, 0
	for i := range x.tokens {
		t := &x.tokens[i]
		top := &levels[len(levels)-1]
		if x.beginsStatement(i, top) {
			heads -= top.heads
			operators -= top.operators
			eithers -= top.eithers
			top.heads, top.operators, top.eithers, top.either = 0, 0, 0, false
		}
		top.ended = false
		switch x.effect(i) {
		case endsItem:
			operators -= top.operators
			eithers -= top.eithers
			top.operators, top.eithers, top.either = 0, 0, false
		case endsStatement:
			operators -= top.operators
			eithers -= top.eithers
			top.operators, top.eithers, top.either = 0, 0, false
			top.ended = true
		case head:
			top.heads++
			heads++
			if top.either && string(x.text[t.start:t.end]) == "=>" {
				top.eithers++
				eithers++
				top.either = false
			}
		case operator:
			top.operators++
			operators++
		}
		for t.closes && len(levels) > 1 {
			l := levels[len(levels)-1]
			levels = levels[:len(levels)-1]
			heads -= l.heads
			operators -= l.operators
			eithers -= l.eithers
			if l.arrow {
				arrows--
			}
			// What the lexer found left open inside ends here too.
			if l.token == int(t.match) || t.kind == tokTemplate && x.tokens[l.token].kind == tokTemplate {
				break
			}
		}
		if x.closesEither(i) {
			levels[len(levels)-1].either = true
		}
		if t.opens {
			l := level{token: i, arrow: x.opensArrow(i)}
			if l.arrow {
				arrows++
			}
			levels = append(levels, l)
		}
		if t.kind == tokRegExp {
			hidden += hiddenBrackets(x.text[t.start:t.end])
		}
		if d := len(levels) - 1 + hidden; d > n.brackets {
			n.brackets, n.bracketsAt = d, int(t.start)
		}
		if d := len(levels) - 1 + hidden + heads; d > n.heads {
			n.heads, n.headsAt = d, int(t.start)
		}
		if d := len(levels) - 1 + hidden + heads + operators; d > n.chain {
			n.chain, n.chainAt = d, int(t.start)
		}
		if arrows > n.arrows {
			n.arrows, n.arrowsAt = arrows, int(t.start)
		}
		if eithers > n.eithers {
			n.eithers, n.eithersAt = eithers, int(t.start)
		}
	}
	return n
}

type effect int

const (
	operand effect = iota
	operator
	head
	endsItem
	endsStatement
)

// effect tells what a token does to the depth at its level.
func (x *lexed) effect(i int) effect {
	t := x.tokens[i]
	switch t.kind {
	case tokPunct:
		switch x.text[t.start] {
		case ',':
			return endsItem
		case ';':
			return endsStatement
		case ')', ']', '}':
			return operand
		case ':':
			if x.label(i) {
				return head
			}
		case '=':
			if t.end-t.start == 2 && x.text[t.end-1] == '>' {
				return head
			}
		}
		return operator
	case tokName:
		switch string(x.text[t.start:t.end]) {
		case "if":
			if !x.word(i-1, "else") {
				return head
			}
		case "else", "while", "do", "for", "with":
			return head
		case "case":
			return endsItem
		case "typeof", "void", "delete", "new", "await", "yield", "in", "instanceof", "async", "return", "throw", "function",
			"class", "extends", "as", "satisfies":
			return operator
		}
		if i > 0 && x.tokens[i-1].kind == tokName {
			return operator // one of TypeScript's words that are none elsewhere: declare, abstract, keyof
		}
	case tokTemplate:
		if t.afterOperand && x.text[t.start] == '`' {
			return operator
		}
	}
	return operand
}

// label reports whether the colon at i follows a label.
func (x *lexed) label(i int) bool {
	if i == 0 || x.tokens[i-1].kind != tokName {
		return false
	}
	if i == 1 {
		return true
	}
	before := x.tokens[i-2]
	switch x.text[before.start] {
	case ';', '{', '}', ':', ')':
		return before.kind == tokPunct
	}
	return false
}

// beginsStatement reports whether the token begins a statement, so that
// nothing before it on its level contains it.
func (x *lexed) beginsStatement(i int, top *level) bool {
	if i == 0 {
		return false
	}
	t, prev := x.tokens[i], x.tokens[i-1]
	if t.kind == tokPunct || t.kind == tokTemplate || t.kind == tokRegExp || t.kind == tokText {
		return top.ended && !(t.kind == tokPunct && x.text[t.start] == '}')
	}
	word := string(x.text[t.start:t.end])
	if top.ended {
		return word != "else" && word != "while"
	}
	switch word {
	case "in", "instanceof", "of", "as", "satisfies", "else", "catch", "finally", "while", "from":
		return false
	}
	if prev.kind == tokPunct && x.text[prev.start] == '}' {
		return true
	}
	return t.newline && t.afterOperand
}

// opensArrow reports whether the parenthesis holds the parameters of an arrow function.
func (x *lexed) opensArrow(i int) bool {
	t := x.tokens[i]
	if x.text[t.start] != '(' || t.match < 0 || int(t.match)+1 >= len(x.tokens) {
		return false
	}
	next := x.tokens[t.match+1]
	return string(x.text[next.start:next.end]) == "=>"
}

// closesEither reports whether the token ends the parenthesis of a?(b): which may be a value, or the parameters of an arrow
// function with its type.
func (x *lexed) closesEither(i int) bool {
	t := x.tokens[i]
	if x.text[t.start] != ')' || t.match < 1 || i+1 >= len(x.tokens) || x.text[x.tokens[i+1].start] != ':' {
		return false
	}
	before := x.tokens[t.match-1]
	return string(x.text[before.start:before.end]) == "?"
}

// hiddenBrackets counts the brackets that what was taken for a regular expression leaves
// open, in case it is none. Those of real ones are balanced but for escapes and classes.
func hiddenBrackets(text []byte) int {
	open, inClass := 0, 0
	class := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\\':
			i++
		case '[':
			if class {
				inClass++
			}
			class = true
		case ']':
			class = false
		case '(', '{':
			if class {
				inClass++
			} else {
				open++
			}
		case ')', '}':
			if !class {
				open--
			}
		}
	}
	if inClass > 8 {
		open += inClass
	}
	return max(open, 0)
}
