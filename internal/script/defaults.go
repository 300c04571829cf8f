package script

// Defaults of array elements inside patterns that have a default themselves,
// ({ a: [b = 1] = [] }) => b, which sobek refuses. They are taken out, parsed by
// themselves, and put back.

import (
	"bytes"
	"sort"
)

// refusedDefault is what sobek says of them.
const refusedDefault = "Invalid destructuring binding target"

// elementDefault is a default in an array pattern: where its target starts, its = and its end.
type elementDefault struct {
	target, assign, end int
}

// elementDefaults returns the defaults of all elements of array patterns, outermost first.
func (x *lexed) elementDefaults() []elementDefault {
	var found []elementDefault
	taken := make([]bool, len(x.text))
	for i, t := range x.tokens {
		if t.kind != tokPunct || x.text[t.start] != '[' || t.afterOperand || int(t.match) <= i || taken[t.start] {
			continue
		}
		for j := i + 1; j < int(t.match); j++ {
			target := j
			if m := int(x.tokens[j].match); m > j {
				target = m
			}
			next := x.itemEnd(j, int(t.match))
			if x.is(target+1, "=") && target+1 < next {
				d := elementDefault{int(x.tokens[j].start), int(x.tokens[target+1].start), int(x.tokens[next-1].end)}
				for k := d.assign; k < d.end; k++ {
					taken[k] = true
				}
				found = append(found, d)
			}
			j = next
		}
	}
	return found
}

// itemEnd returns the index of the comma that ends the item at token i of a list that ends at end.
func (x *lexed) itemEnd(i, end int) int {
	for ; i < end; i++ {
		if m := int(x.tokens[i].match); m > i {
			i = m
		}
		if x.is(i, ",") {
			return i
		}
	}
	return end
}

// parseWithoutDefaults parses text without the defaults and puts them back.
func parseWithoutDefaults(x *lexed, text []byte, c *converter) (*Program, *failure) {
	defaults := x.elementDefaults()
	sort.Slice(defaults, func(i, j int) bool { return defaults[i].assign < defaults[j].assign })
	if len(defaults) == 0 {
		return nil, &failure{why: refusedDefault}
	}
	without := bytes.Clone(text)
	only := Blank(text, nil)
	for _, d := range defaults {
		copy(without[d.assign:d.end], Blank(text[d.assign:d.end], nil))
		// Each is a statement of its own, in the brackets of an array.
		copy(only[d.assign+1:d.end], text[d.assign+1:d.end])
		only[d.assign-1], only[d.assign], only[d.end] = ';', '[', ']'
	}
	values := *c
	p, err := convertSobek(x, without, c)
	if err != nil {
		return nil, err
	}
	v, err := convertSobek(x, only, &values)
	if err != nil {
		return nil, err
	}
	restore(p, c, defaults, v)
	return p, nil
}

// restore gives the elements whose defaults were taken out these of the program v.
func restore(p *Program, c *converter, defaults []elementDefault, v *Program) {
	byTarget := map[int]Expr{}
	i := 0
	for _, s := range v.Body {
		if e, ok := s.(*ExprStmt); ok && i < len(defaults) {
			if a, ok := e.X.(*ArrayLit); ok && len(a.Elems) == 1 {
				byTarget[c.at(defaults[i].target)] = a.Elems[0]
			}
			i++
		}
	}
	WalkProgram(p, func(n Node) bool {
		a, ok := n.(*ArrayLit)
		if !ok {
			return true
		}
		for i, e := range a.Elems {
			if e == nil {
				continue
			}
			at := e.Range()
			if value := byTarget[at.Start]; value != nil {
				a.Elems[i] = &Assign{Loc{at.Start, c.outer(value.Range()).End}.forwards(), "=", e, value}
			}
		}
		return true
	})
}
