package script

// Places: where in the original text a node of the parsed text stands. Parsed
// directly the two texts are one; lowered text leads back through its source map,
// and what the map does not say is found in the original's tokens.

import (
	"sort"

	"github.com/grafana/sobek/file"
)

// places finds original places of one parsed text.
type places struct {
	original *lexed
	parsed   *lexed
	m        sourceMap // nil when parsed is the original
	shift    int       // what was put before the parsed text
	names    map[string]bool
}

// offset returns the place of the parser's index in the parsed text.
func (p *places) offset(idx file.Idx) int {
	return max(0, min(int(idx)-1-p.shift, len(p.parsed.text)))
}

// at returns the original place of the token that starts at offset in the parsed text.
func (p *places) at(offset int) int {
	if p.m == nil {
		return offset
	}
	if i := p.token(offset); i >= 0 {
		return int(p.original.tokens[i].start)
	}
	return 0
}

// token returns the index of the original's token that the token at offset in the
// parsed text was made from, or -1.
func (p *places) token(offset int) int {
	if p.m == nil {
		return p.original.tokenAt(offset)
	}
	i := p.m.find(offset)
	if i < 0 || len(p.original.tokens) == 0 {
		return -1
	}
	first := min(p.original.tokenAt(p.m[i].original), len(p.original.tokens)-1)
	at := p.parsed.tokenAt(offset)
	if at >= len(p.parsed.tokens) {
		return first
	}
	// The map marks where an expression or statement starts. What has the same text nearby is
	// the token itself; else the token was invented, and belongs to what the map says.
	text := p.parsed.textOf(at)
	if p.m[i].generated == offset && p.parsed.tokens[at].kind == tokPunct {
		return first // the compiler may have put it there, as the parentheses of (x) => y
	}
	window := 3
	if p.m[i].generated != offset {
		window += 3 * (at - p.parsed.tokenAt(p.m[i].generated))
	}
	for j := first; j < len(p.original.tokens) && j < first+min(window, 64); j++ {
		if p.same(j, text, j == first) {
			return j
		}
	}
	return first
}

// same reports whether the original's token j is the one that is written text in the
// lowered text, perhaps otherwise. Where the map leads to it a string needs no proof.
func (p *places) same(j int, text string, led bool) bool {
	got := p.original.textOf(j)
	if got == text {
		return true
	}
	quoted := len(text) > 1 && (text[0] == '"' || text[0] == '\'' || text[0] == '`')
	switch p.original.tokens[j].kind {
	case tokName:
		return p.base(text) == got || quoted && text[1:len(text)-1] == got
	case tokString:
		return quoted && (led || len(got) > 1 && got[1:len(got)-1] == text[1:len(text)-1])
	}
	return false
}

// base returns the name that the compiler made another of by a number, because it was
// taken in an outer scope: names that the original does not hold are such.
func (p *places) base(name string) string {
	if p.m == nil || name == "" || !isDigit(name[len(name)-1]) {
		return name
	}
	if p.names == nil {
		p.names = map[string]bool{}
		for i, t := range p.original.tokens {
			if t.kind == tokName {
				p.names[p.original.textOf(i)] = true
			}
		}
	}
	if p.names[name] {
		return name
	}
	base := name
	for base != "" && isDigit(base[len(base)-1]) {
		base = base[:len(base)-1]
		if p.names[base] {
			return base
		}
	}
	return name
}

// tokenAt returns the index of the first token that ends after offset.
func (x *lexed) tokenAt(offset int) int {
	return sort.Search(len(x.tokens), func(i int) bool { return int(x.tokens[i].end) > offset })
}

func (x *lexed) textOf(i int) string {
	t := x.tokens[i]
	return string(x.text[t.start:t.end])
}

// end returns the end of the token that starts at the original place.
func (p *places) end(start int) int {
	x := p.original
	if start < len(x.text) && isNameByte(x.text[start]) && !isDigit(x.text[start]) {
		return nameEnd(x.text, start)
	}
	if i := x.tokenAt(start); i < len(x.tokens) && int(x.tokens[i].start) <= start {
		return int(x.tokens[i].end)
	}
	return start
}

// closing returns the place after the bracket that the parser found at idx, which closes
// the bracket opener, expected at the original place open; otherwise is returned for what was invented.
func (p *places) closing(idx file.Idx, open int, opener byte, otherwise int) int {
	if p.m == nil {
		return min(p.offset(idx)+1, len(p.original.text))
	}
	x := p.original
	if i := x.tokenAt(open); i < len(x.tokens) {
		if t := x.tokens[i]; int(t.start) == open && x.text[open] == opener && t.match > int32(i) {
			return int(x.tokens[t.match].end)
		}
	}
	closer := map[byte]byte{'(': ')', '[': ']', '{': '}'}[opener]
	if i := p.token(p.offset(idx)); i >= 0 {
		if t := x.tokens[i]; x.text[t.start] == closer {
			return int(t.end)
		}
	}
	return otherwise
}

// after returns the place of the first byte at or after pos that is neither white space nor comment.
func (x *lexed) after(pos int) int {
	for pos < len(x.text) {
		c := x.text[pos]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			pos++
		case c == '/' || c == '<' || c >= 0x80 || c == '-' || c == '\v' || c == '\f':
			i := sort.Search(len(x.comments), func(i int) bool { return x.comments[i].Start >= pos })
			if i < len(x.comments) && x.comments[i].Start == pos {
				pos = x.comments[i].End
				continue
			}
			if c == '/' || c == '<' || c == '-' {
				return pos
			}
			if i := x.tokenAt(pos); i < len(x.tokens) {
				return max(pos, int(x.tokens[i].start))
			}
			return len(x.text)
		default:
			return pos
		}
	}
	return pos
}

// before returns the place after the last byte before pos that is neither white space nor comment.
func (x *lexed) before(pos int) int {
	for pos > 0 {
		c := x.text[pos-1]
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			pos--
			continue
		}
		i := sort.Search(len(x.comments), func(i int) bool { return x.comments[i].End >= pos })
		if i < len(x.comments) && x.comments[i].End == pos {
			pos = x.comments[i].Start
			continue
		}
		return pos
	}
	return 0
}

// outer widens the place of an operand by the parentheses around it.
func (p *places) outer(at Loc) Loc {
	x := p.original
	for {
		end := x.after(at.End)
		if end >= len(x.text) || x.text[end] != ')' {
			return at
		}
		start := x.before(at.Start)
		if start == 0 || x.text[start-1] != '(' {
			return at
		}
		at = Loc{start - 1, end + 1}
	}
}

// semicolon returns the place after the semicolon that follows end, or end.
func (p *places) semicolon(end int) int {
	x := p.original
	if i := x.after(end); i < len(x.text) && x.text[i] == ';' {
		return i + 1
	}
	return end
}
