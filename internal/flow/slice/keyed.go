package slice

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// Methods that are called by a name that is computed: handlers[type](), this[name]().

// contents are the functions, and the names of such, that an object has under its properties.
type contents struct {
	funcs []*ir.Func
	names []string
	// wild tells that it has something under a name that is computed.
	wild bool
}

func (c *contents) add(h held) {
	if c == nil {
		return
	}
	for _, f := range h.funcs {
		if !slices.Contains(c.funcs, f) {
			c.funcs = append(c.funcs, f)
		}
	}
	for _, name := range h.names {
		if !slices.Contains(c.names, name) {
			c.names = append(c.names, name)
		}
	}
}

// within is what is put into the object that a name leads to.
func (s *Slice) within(name string) *contents {
	if s.filled[name] == nil {
		s.filled[name] = &contents{}
		s.objects[name] = append(s.objects[name], s.filled[name])
	}
	return s.filled[name]
}

// keyedMatters reports whether a method of an object which is called by a computed name may be one that matters.
func (s *Slice) keyedMatters(f *ir.Func, of held) bool {
	switch {
	case of.of:
		return s.methods[f.Module] == nil || slices.ContainsFunc(f.Module.Funcs, func(g *ir.Func) bool { return g.Outer != nil && s.matters[g] })
	case of.object != nil && s.contentsMatter(of.object):
		return true
	}
	known := of.object != nil
	seen := map[string]bool{}
	for todo := slices.Clone(of.from); len(todo) > 0; {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[name] {
			continue
		}
		seen[name] = true
		for _, c := range s.objects[name] {
			known = true
			if s.contentsMatter(c) {
				return true
			}
		}
		for from := range s.aliases[name] {
			todo = append(todo, from)
		}
	}
	// What modules export is not all known by name.
	return !known && (seen["*"] || seen["exports"])
}

func (s *Slice) contentsMatter(c *contents) bool {
	return slices.ContainsFunc(c.funcs, func(f *ir.Func) bool { return s.matters[f] }) || slices.ContainsFunc(c.names, func(name string) bool { return s.called[name] })
}
