package script

// Decorators. Compiled away they would take their classes apart, so they
// are taken out before, parsed by themselves, and hung where they belong.

import (
	"bytes"
	"sort"
)

// decorators returns the ranges of the decorators, from @ to after the call.
func (x *lexed) decorators() [][2]int {
	var found [][2]int
	for i := 0; i+1 < len(x.tokens); i++ {
		t := x.tokens[i]
		if t.kind != tokPunct || x.text[t.start] != '@' {
			continue
		}
		last := x.decoratorEnd(i + 1)
		if last <= i {
			continue
		}
		found = append(found, [2]int{int(t.start), int(x.tokens[last].end)})
		i = last
	}
	return found
}

// decoratorEnd returns the last token of the decorator whose expression starts at token
// i: a name, dotted names or an expression in parentheses, and a call.
func (x *lexed) decoratorEnd(i int) int {
	if x.is(i, "(") {
		return int(x.tokens[i].match)
	}
	if x.tokens[i].kind != tokName {
		return -1
	}
	for i+2 < len(x.tokens) && x.is(i+1, ".") && x.tokens[i+2].kind == tokName {
		i += 2
	}
	open := i + 1
	if x.is(open, "<") { // type arguments
		depth := 0
		for ; open < len(x.tokens); open++ {
			if x.is(open, "<") {
				depth++
			} else if x.is(open, ">") {
				if depth--; depth == 0 {
					open++
					break
				}
			} else if x.is(open, ";") || x.is(open, "{") {
				break
			}
		}
	}
	if x.is(open, "(") && int(x.tokens[open].match) > open {
		return int(x.tokens[open].match)
	}
	return i
}

// is reports whether token i is the operator op.
func (x *lexed) is(i int, op string) bool {
	return i >= 0 && i < len(x.tokens) && x.tokens[i].kind == tokPunct && x.textOf(i) == op
}

// parseDecorated parses a text with decorators.
func parseDecorated(x *lexed, dialect Dialect, ranges [][2]int) (*Program, *failure) {
	without := bytes.Clone(x.text)
	for _, r := range ranges {
		copy(without[r[0]:], Blank(x.text[r[0]:r[1]], nil))
	}
	p, err := parseLexed(x, without, dialect)
	if err != nil {
		return nil, err
	}
	// Each becomes a statement of its own: the @ gives way to a semicolon.
	only := Blank(x.text, ranges)
	for _, r := range ranges {
		only[r[0]] = ';'
	}
	d, err := parseLexed(lex(only, dialect), only, dialect)
	if err != nil {
		return nil, err
	}
	var list []Expr
	for _, s := range d.Body {
		if e, ok := s.(*ExprStmt); ok {
			list = append(list, e.X)
		}
	}
	hang(p, list)
	return p, nil
}

// decorated is what decorators can belong to: those before start, and those of parameters, inside.
type decorated struct {
	start, inside int
	to            *[]Expr
}

// hang gives each decorator to the class or member that follows it, or whose parameters it is among.
func hang(p *Program, list []Expr) {
	var targets []decorated
	WalkProgram(p, func(n Node) bool {
		if k, ok := n.(*Class); ok {
			targets = append(targets, decorated{k.Start, k.Start, &k.Decorators})
			for _, m := range k.Members {
				targets = append(targets, decorated{m.Start, parametersEnd(m), &m.Decorators})
			}
		}
		return true
	})
	sort.SliceStable(targets, func(i, j int) bool { return targets[i].start < targets[j].start })
	for _, x := range list {
		at := x.Range()
		next := sort.Search(len(targets), func(i int) bool { return targets[i].start >= at.End })
		if next > 0 && targets[next-1].inside > at.Start {
			next--
		}
		if next < len(targets) {
			*targets[next].to = append(*targets[next].to, x)
		}
	}
}

// parametersEnd returns a place in the member that is after its decorators.
func parametersEnd(m *ClassMember) int {
	if f, ok := m.Value.(*Func); ok && len(f.Params) > 0 && !m.Field {
		return f.Params[len(f.Params)-1].Range().Start
	}
	return m.Start
}
