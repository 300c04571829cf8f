package slice

import (
	"fmt"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// What functions are handed, by names: a call of run(f) puts f under "to run", and the arguments of each function that goes under run are that.

const (
	// to comes before the name that is called.
	to = "to "
	// mostHanded is through how many calls something is followed that is handed on.
	mostHanded = 2
)

// argument is the name of what a function is handed.
func argument(f *ir.Func) string { return fmt.Sprintf("arguments@%d.%d", f.Module.Index, f.ID) }

// tuple is the name of what is taken out of one list where it is taken apart: a function among it may change the rest.
func tuple(f *ir.Func, pc int) string {
	return fmt.Sprintf("tuple@%d.%d.%d", f.Module.Index, f.ID, pc)
}

// handOver lets functions find among their arguments what calls by their names are handed.
func (s *Slice) handOver() {
	for f, x := range s.funcs {
		for _, name := range x.goes {
			s.alias(argument(f), to+name)
		}
	}
	for changed := true; changed; {
		changed = false
		for name, of := range s.aliases {
			if !s.handed[name] || strings.Count(name, to) >= mostHanded {
				continue
			}
			for from := range of {
				if !s.aliases[to+from][to+name] {
					s.alias(to+from, to+name)
					s.handed[from], changed = true, true
				}
			}
		}
	}
}

// takeOut lets what is taken out of something be what is taken out of all that it may be.
func (s *Slice) takeOut() {
	var todo []string
	seen := map[string]bool{}
	add := func(name string) {
		if strings.HasPrefix(name, element) && !seen[name] {
			seen[name] = true
			todo = append(todo, name)
		}
	}
	for name, of := range s.aliases {
		add(name)
		for from := range of {
			add(from)
		}
	}
	for _, x := range s.funcs {
		for _, h := range x.calls {
			for _, name := range h.names {
				add(name)
			}
		}
	}
	for len(todo) > 0 {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for from := range s.aliases[strings.TrimPrefix(name, element)] {
			if strings.Count(from, element) < mostElements {
				s.alias(name, element+from)
				add(element + from)
			}
		}
	}
}

// readCalls notes what functions call that is found by no name of its own.
func (s *Slice) readCalls() {
	settlers := s.spreadSettlers()
	for f, x := range s.funcs {
		n := &namer{s: s, f: f}
		for _, name := range x.gives {
			s.changes(x, name) // whoever has it may call it
		}
		for _, h := range x.calls {
			if h.tuple != "" {
				x.writes[h.tuple] = true
			}
			for _, name := range h.names {
				if owner := n.owner(name); owner == nil && !strings.HasPrefix(name, "arguments@") || owner != nil && s.listed[argument(owner)] || s.listed[name] {
					x.names[name] = true
				}
				s.changes(x, name)
				for from := range s.aliases[name] {
					s.changes(x, from)
				}
				x.settles = x.settles || settlers[name]
			}
		}
	}
}

// changes notes that a function may change what goes with what it calls by a name.
func (s *Slice) changes(x *facts, name string) {
	for _, tuple := range s.tuples[name] {
		x.writes[tuple] = true
	}
}

// spreadSettlers are the names that may hold what settles a promise.
func (s *Slice) spreadSettlers() map[string]bool {
	by := map[string][]string{}
	for name, of := range s.aliases {
		for from := range of {
			by[from] = append(by[from], name)
		}
	}
	out := map[string]bool{}
	todo := sortedNames(s.settlers)
	for len(todo) > 0 {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !out[name] {
			out[name] = true
			todo = append(todo, by[name]...)
		}
	}
	return out
}
