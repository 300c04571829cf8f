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

// readCalls notes what functions call that is found by no name of its own.
func (s *Slice) readCalls() {
	for f, x := range s.funcs {
		n := &namer{s: s, f: f}
		for _, name := range x.gives {
			for _, tuple := range s.tuples[name] {
				x.writes[tuple] = true // whoever has it may call it
			}
		}
		for _, h := range x.calls {
			if h.keyed {
				x.keyed = append(x.keyed, h)
			}
			if h.tuple != "" {
				x.writes[h.tuple] = true
			}
			for _, name := range h.names {
				if n.owner(name) == nil && !strings.HasPrefix(name, "arguments@") {
					x.names[name] = true
				}
				s.readTaken(x, name, map[string]bool{})
			}
		}
	}
}

// readTaken notes what a name may hold that was taken by a computed name, or that settles a promise.
func (s *Slice) readTaken(x *facts, name string, seen map[string]bool) {
	if seen[name] {
		return
	}
	seen[name] = true
	x.keyed = append(x.keyed, s.taken[name]...)
	for _, tuple := range s.tuples[name] {
		x.writes[tuple] = true
	}
	x.settles = x.settles || s.settlers[name]
	for from := range s.aliases[name] {
		s.readTaken(x, from, seen)
	}
}
