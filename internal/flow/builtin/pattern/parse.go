package pattern

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// ErrOpen is for expressions that are not computed.
var ErrOpen = errors.New("a regular expression that is not computed")

// SyntaxError is an expression that the language refuses.
type SyntaxError string

func (e SyntaxError) Error() string { return string(e) }

// node is a part of an expression.
type node interface{}

type (
	char     struct{ r rune }
	anyChar  struct{}
	set      struct{ *class }
	sequence []node
	choices  []node
	group    struct {
		body node
		// index is the number of the capturing group, 0 for one that captures nothing.
		index int
	}
	repeat struct {
		body     node
		min, max int // max is -1 for no end
		lazy     bool
		// The groups within: first to last.
		first, last int
	}
	assertion struct{ kind byte } // ^ $ b B
	look      struct {
		body        node
		behind, not bool
		first, last int
	}
	backref struct {
		index int
		name  string
	}
)

// class is a set of characters.
type class struct {
	not    bool
	ranges []span
	tables []*unicode.RangeTable
	nots   []*unicode.RangeTable
}

type span struct{ lo, hi rune }

// Deepest is how many groups may stand within each other, MostGroups how many there may be in all.
const (
	Deepest    = 200
	MostGroups = 1000
)

// parser reads an expression.
type parser struct {
	src                        []rune
	at, depth                  int
	unicode, ignoreCase, multi bool
	groups, total              int
	names                      []string
	named                      bool
}

func (p *parser) fail(why string) { panic(SyntaxError("Invalid regular expression: " + why)) }

func (p *parser) more() bool { return p.at < len(p.src) }

func (p *parser) peek() rune {
	if p.more() {
		return p.src[p.at]
	}
	return -1
}

func (p *parser) eat(s string) bool {
	r := []rune(s)
	if p.at+len(r) > len(p.src) {
		return false
	}
	for i := range r {
		if p.src[p.at+i] != r[i] {
			return false
		}
	}
	p.at += len(r)
	return true
}

// count counts the groups before anything refers to them.
func (p *parser) count() {
	inClass := false
	for i := 0; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case '[':
			inClass = true
		case ']':
			inClass = false
		case '(':
			if inClass {
				continue
			}
			if i+1 >= len(p.src) || p.src[i+1] != '?' {
				p.total++
			} else if i+3 < len(p.src) && p.src[i+2] == '<' && p.src[i+3] != '=' && p.src[i+3] != '!' {
				p.total++
				p.named = true
			}
		}
	}
	if p.total > MostGroups {
		panic(ErrOpen)
	}
}

func (p *parser) disjunction() node {
	if p.depth++; p.depth > Deepest {
		panic(ErrOpen)
	}
	defer func() { p.depth-- }()
	out := choices{p.alternative()}
	for p.eat("|") {
		out = append(out, p.alternative())
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

func (p *parser) alternative() node {
	var out sequence
	for p.more() && p.peek() != '|' && p.peek() != ')' {
		first := p.groups + 1
		n, quantifiable := p.term()
		if quantifiable {
			n = p.quantified(n, first)
		}
		out = append(out, n)
	}
	return out
}

func (p *parser) term() (n node, quantifiable bool) {
	r := p.src[p.at]
	switch r {
	case '^', '$':
		p.at++
		return assertion{byte(r)}, false
	case '(':
		return p.parenthesis()
	case '.':
		p.at++
		return anyChar{}, true
	case '[':
		return set{p.class()}, true
	case '\\':
		return p.escape()
	case '*', '+', '?':
		p.fail("Nothing to repeat")
	case '{':
		if _, _, ok := p.braces(); ok || p.unicode {
			p.fail("Nothing to repeat")
		}
	case '}', ']':
		if p.unicode {
			p.fail("Lone quantifier brackets")
		}
	}
	p.at++
	return char{r}, true
}

func (p *parser) parenthesis() (n node, quantifiable bool) {
	p.at++
	close := func() {
		if !p.eat(")") {
			p.fail("Unterminated group")
		}
	}
	first := p.groups + 1
	switch {
	case p.eat("?:"):
		body := p.disjunction()
		close()
		return group{body: body}, true
	case p.eat("?="), p.eat("?!"):
		not := p.src[p.at-1] == '!'
		body := p.disjunction()
		close()
		return look{body: body, not: not, first: first, last: p.groups}, !p.unicode
	case p.eat("?<="), p.eat("?<!"):
		not := p.src[p.at-1] == '!'
		body := p.disjunction()
		close()
		return look{body: body, behind: true, not: not, first: first, last: p.groups}, false
	}
	name := ""
	if p.eat("?<") {
		name = p.groupName()
		for _, other := range p.names {
			if other == name {
				p.fail("Duplicate capture group name")
			}
		}
	} else if p.peek() == '?' {
		p.fail("Invalid group")
	}
	p.groups++
	index := p.groups
	p.names = append(p.names, name)
	body := p.disjunction()
	close()
	return group{body: body, index: index}, true
}

func (p *parser) groupName() string {
	var b strings.Builder
	for p.more() && p.peek() != '>' {
		r := p.src[p.at]
		if r == '\\' {
			panic(ErrOpen)
		}
		if !unicode.IsLetter(r) && r != '_' && r != '$' && (b.Len() == 0 || !unicode.IsDigit(r)) {
			p.fail("Invalid capture group name")
		}
		b.WriteRune(r)
		p.at++
	}
	if !p.eat(">") || b.Len() == 0 {
		p.fail("Invalid capture group name")
	}
	return b.String()
}

// braces reads {n}, {n,} or {n,m}; nothing is read if there is none.
func (p *parser) braces() (min, max int, ok bool) {
	start := p.at
	number := func() (int, bool) {
		n, any := 0, false
		for p.more() && p.peek() >= '0' && p.peek() <= '9' {
			if n < 1<<28 {
				n = n*10 + int(p.peek()-'0')
			}
			any = true
			p.at++
		}
		return n, any
	}
	defer func() {
		if !ok {
			p.at = start
		}
	}()
	if !p.eat("{") {
		return 0, 0, false
	}
	if min, ok = number(); !ok {
		return 0, 0, false
	}
	max = min
	if p.eat(",") {
		if max, ok = number(); !ok {
			max = -1
		}
	}
	ok = p.eat("}")
	return min, max, ok
}

func (p *parser) quantified(n node, first int) node {
	min, max := 0, -1
	switch {
	case p.eat("*"):
	case p.eat("+"):
		min = 1
	case p.eat("?"):
		max = 1
	default:
		var ok bool
		if min, max, ok = p.braces(); !ok {
			if p.unicode && p.peek() == '{' {
				p.fail("Incomplete quantifier")
			}
			return n
		}
		if max >= 0 && max < min {
			p.fail("numbers out of order in {} quantifier")
		}
	}
	return repeat{body: n, min: min, max: max, lazy: p.eat("?"), first: first, last: p.groups}
}

// parse reads an expression.
func parse(source, flags string) (n node, p *parser, err error) {
	defer func() {
		switch why := recover().(type) {
		case nil:
		case SyntaxError:
			err = why
		case error:
			if !errors.Is(why, ErrOpen) {
				panic(why)
			}
			err = why
		default:
			panic(why)
		}
	}()
	for i, f := range flags {
		if !strings.ContainsRune("dgimsuvy", f) || strings.ContainsRune(flags[:i], f) {
			return nil, nil, SyntaxError(fmt.Sprintf("Invalid flags supplied to RegExp constructor '%s'", flags))
		}
	}
	if strings.Contains(flags, "v") {
		if strings.Contains(flags, "u") {
			return nil, nil, SyntaxError("Invalid flags supplied to RegExp constructor")
		}
		return nil, nil, ErrOpen
	}
	p = &parser{src: []rune(source), unicode: strings.Contains(flags, "u"), ignoreCase: strings.Contains(flags, "i"), multi: strings.Contains(flags, "m")}
	if !p.unicode {
		p.src = pairs(p.src)
	}
	p.count()
	n = p.disjunction()
	if p.more() {
		p.fail("Unmatched ')'")
	}
	return n, p, nil
}

// pairs replaces letters of two code units by these, as expressions without the flag u see them.
func pairs(src []rune) []rune {
	out := make([]rune, 0, len(src))
	for _, r := range src {
		if r > 0xffff {
			r -= 0x10000
			out = append(out, 0xd800+r>>10, 0xdc00+r&0x3ff)
			continue
		}
		out = append(out, r)
	}
	return out
}
