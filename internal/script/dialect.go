package script

// What sobek does not know of JavaScript, written so that it does, at the same
// places: for await, and async generators as methods of objects.

import "bytes"

// rewritten is what was changed in a text before sobek saw it, by places in that text.
type rewritten struct {
	forAwait   map[int]bool // a for whose await was blanked out
	generators map[int]bool // an async method whose * was blanked out
	yields     map[int]bool // a yield in one, now await, or null when it yields nothing; true for yield*
}

// forSobek returns the text of x as sobek can read it, and what was changed.
func (x *lexed) forSobek() ([]byte, rewritten) {
	r := rewritten{map[int]bool{}, map[int]bool{}, map[int]bool{}}
	var text []byte
	write := func(i int, s string) {
		if text == nil {
			text = bytes.Clone(x.text)
		}
		copy(text[x.tokens[i].start:x.tokens[i].end], s)
	}
	for i := 0; i+2 < len(x.tokens); i++ {
		if x.tokens[i].kind != tokName {
			continue
		}
		switch {
		case x.word(i, "for") && x.word(i+1, "await") && x.is(i+2, "("):
			r.forAwait[int(x.tokens[i].start)] = true
			write(i+1, "     ")
		case x.word(i, "async") && x.is(i+1, "*") && (x.is(i-1, "{") || x.is(i-1, ",")):
			r.generators[int(x.tokens[i].start)] = true
			write(i+1, " ")
			for _, j := range x.yieldsOf(i + 2) {
				at := int(x.tokens[j].start)
				switch {
				case x.is(j+1, "*"):
					r.yields[at] = true
					write(j, "await")
					write(j+1, " ")
				case x.yieldsNothing(j):
					r.yields[at] = false
					write(j, "null ")
				default:
					r.yields[at] = false
					write(j, "await")
				}
			}
		}
	}
	if text == nil {
		text = x.text
	}
	return text, r
}

// word reports whether token i is the name w.
func (x *lexed) word(i int, w string) bool {
	return i >= 0 && i < len(x.tokens) && x.tokens[i].kind == tokName && x.textOf(i) == w
}

// yieldsOf returns the tokens yield of the method whose key is token i, without those of functions inside.
func (x *lexed) yieldsOf(i int) []int {
	if m := int(x.tokens[i].match); m > i {
		i = m // [key]
	}
	if !x.is(i+1, "(") || int(x.tokens[i+1].match) <= i {
		return nil
	}
	open := int(x.tokens[i+1].match) + 1
	if !x.is(open, "{") {
		return nil
	}
	var found []int
	for j := open; j < int(x.tokens[open].match); j++ {
		switch {
		case x.word(j, "function"):
			for j < len(x.tokens) && !x.is(j, "{") {
				j++
			}
			if j < len(x.tokens) && int(x.tokens[j].match) > j {
				j = int(x.tokens[j].match)
			}
		case x.word(j, "yield"):
			found = append(found, j)
		}
	}
	return found
}

// yieldsNothing reports whether no operand follows the yield at token i.
func (x *lexed) yieldsNothing(i int) bool {
	if i+1 >= len(x.tokens) || x.tokens[i+1].newline {
		return true
	}
	t := x.tokens[i+1]
	return t.kind == tokPunct && bytes.IndexByte([]byte(";)}],:"), x.text[t.start]) >= 0
}
