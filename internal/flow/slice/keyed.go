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
	// parts are what it has the elements of.
	parts []held
	// wild tells that it has something under a name that is computed.
	wild bool
}

func (c *contents) add(h held) {
	if c == nil {
		return
	}
	if h.keyed || h.object != nil {
		c.parts = append(c.parts, h)
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

// keyed reports whether a function calls a method by a computed name that may be one of some functions, or go by one of some names.
func (s *Slice) keyed(f *ir.Func, funcs map[*ir.Func]bool, names map[string]bool) bool {
	return slices.ContainsFunc(s.funcs[f].keyed, func(of held) bool { return s.keyedIn(f, of, funcs, names) })
}

func (s *Slice) keyedIn(f *ir.Func, of held, funcs map[*ir.Func]bool, names map[string]bool) bool {
	seen, looked := map[string]bool{}, map[*contents]bool{}
	for todo := []held{of}; len(todo) > 0; {
		h := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if h.of && (s.methods[f.Module] == nil || slices.ContainsFunc(f.Module.Funcs, func(g *ir.Func) bool { return g.Outer != nil && funcs[g] })) {
			return true
		}
		objects := []*contents{h.object}
		for from := slices.Concat(h.from, h.names); len(from) > 0; {
			name := from[len(from)-1]
			from = from[:len(from)-1]
			if seen[name] {
				continue
			}
			seen[name] = true
			objects = append(objects, s.objects[name]...)
			todo = append(todo, s.taken[name]...)
			for other := range s.aliases[name] {
				from = append(from, other)
			}
		}
		for _, c := range objects {
			if c == nil || looked[c] {
				continue
			}
			if looked[c] = true; c.has(funcs, names) {
				return true
			}
			todo = append(todo, c.parts...)
		}
	}
	return false
}

// has reports whether one of some functions, or what goes by one of some names, is in an object.
func (c *contents) has(funcs map[*ir.Func]bool, names map[string]bool) bool {
	return slices.ContainsFunc(c.funcs, func(f *ir.Func) bool { return funcs[f] }) || slices.ContainsFunc(c.names, func(name string) bool { return names[name] })
}
