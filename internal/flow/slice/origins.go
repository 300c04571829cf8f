package slice

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// origins tells which names the values in a function's registers are made of. A node is a value that a register is given: by an instruction, or by
// one of several where paths meet. The code is read once, in order; what a jump back brings is added to the nodes of where it leads.
type origins struct {
	f *ir.Func
	// now is the node of each register, none where it was given nothing yet. The first nodes are the registers' own, each for all that
	// the register is given anywhere: exceptions may come from any place.
	now []int
	// met are the nodes of the registers where paths meet, saved what registers have where a jump leads that nothing else leads to.
	met   map[int]map[ir.Reg]int
	saved map[int][]int
	nodes []origin
	calls []called
}

// origin is a value: the names that it was loaded by, and what it was made of, or what was put into it.
type origin struct {
	names []string
	uses  []int
	// text tells that it is a text as it stands in the code, this that it is the function's this; object that it is an object made there.
	text, this, object bool
	// copy tells that it is what its uses are: one of several, where paths meet.
	copy bool
}

// none is no node.
const none = -1

// called is a call: what is called and on what, what it is handed.
type called struct {
	callee, on int
	args       []int
}

func newOrigins(f *ir.Func) *origins {
	o := &origins{f: f, now: make([]int, f.Regs), met: map[int]map[ir.Reg]int{}, saved: map[int][]int{}, nodes: make([]origin, f.Regs)}
	for r := range o.now {
		o.now[r] = none
	}
	return o
}

// meeting are the nodes of the registers that may still be read where paths meet.
func (o *origins) meeting(pc int) map[ir.Reg]int {
	if nodes := o.met[pc]; nodes != nil {
		return nodes
	}
	nodes := make(map[ir.Reg]int, len(o.f.Live[pc]))
	handles := slices.ContainsFunc(o.f.Handlers, func(h ir.Handler) bool { return h.Target == pc })
	for _, r := range o.f.Live[pc] {
		nodes[r] = len(o.nodes)
		x := origin{copy: true}
		if handles {
			x.uses = []int{int(r)}
		}
		o.nodes = append(o.nodes, x)
	}
	o.met[pc] = nodes
	return nodes
}

// come comes to an instruction.
func (o *origins) come(pc int) {
	if o.f.Joins[pc] {
		nodes := o.meeting(pc)
		for r := range o.now {
			if n, ok := nodes[ir.Reg(r)]; ok {
				o.now[r] = n
			} else {
				o.now[r] = none
			}
		}
		return
	}
	if saved := o.saved[pc]; saved != nil {
		copy(o.now, saved)
		delete(o.saved, pc)
	}
}

// leave hands on what registers have to where an instruction leads.
func (o *origins) leave(pc int) {
	o.f.Successors(pc, func(to int) {
		if !o.f.Joins[to] {
			if to != pc+1 {
				o.saved[to] = slices.Clone(o.now)
			}
			return
		}
		for r, n := range o.meeting(to) {
			if from := o.now[r]; from != none && from != n {
				o.nodes[n].uses = append(o.nodes[n].uses, from)
			}
		}
	})
}

// node is what a register has.
func (o *origins) node(r ir.Reg) int {
	switch {
	case r < 0 || int(r) >= len(o.now):
		return none
	case o.now[r] == none:
		return int(r)
	}
	return o.now[r]
}

// add adds the node of a register.
func (o *origins) add(nodes []int, r ir.Reg) []int {
	if n := o.node(r); n != none {
		return append(nodes, n)
	}
	return nodes
}

// isThis reports whether a register has the function's this.
func (o *origins) isThis(r ir.Reg) bool {
	n := o.node(r)
	return n != none && o.nodes[n].this
}

func (o *origins) call(i *ir.Instr) {
	c := called{callee: o.node(i.A), on: o.node(i.B)}
	c.args = o.add(c.args, i.C)
	for _, r := range i.Args {
		c.args = o.add(c.args, r)
	}
	o.calls = append(o.calls, c)
}

// execute notes what an instruction gives to a register, or puts into the object of one.
func (o *origins) execute(i *ir.Instr, names []string, this bool) {
	into := ir.None
	switch i.Op {
	case ir.Define, ir.SetElem:
		into = i.C
	case ir.Set, ir.Append, ir.AppendAll, ir.CopyProps, ir.SetProto:
		into = i.B
	}
	if n := o.node(i.A); into != ir.None && n != none {
		o.nodes[n].uses = o.add(o.nodes[n].uses, into)
	}
	if i.Dst < 0 || int(i.Dst) >= len(o.now) {
		return
	}
	x := origin{names: names, text: i.Op == ir.Const, this: this, object: i.Op == ir.NewObject}
	switch i.Op {
	case ir.Move:
		x.copy = true
		if n := o.node(i.A); n != none {
			x.this, x.text, x.object = o.nodes[n].this, o.nodes[n].text, o.nodes[n].object
		}
	case ir.Closure, ir.Class:
		x.names = nil // a function is none of the names that it goes under
	}
	x.uses = o.from(i)
	o.nodes = append(o.nodes, x)
	o.now[i.Dst] = len(o.nodes) - 1
	o.nodes[i.Dst].uses = append(o.nodes[i.Dst].uses, o.now[i.Dst])
}

// from are the nodes that the result of an instruction is made of.
func (o *origins) from(i *ir.Instr) []int {
	var from []int
	from = o.add(from, i.A)
	switch {
	case i.Op == ir.Binary:
		// A text that something is compared with is no name.
		for _, r := range []ir.Reg{i.A, i.B} {
			if n := o.node(r); n != none && o.nodes[n].text {
				from = slices.DeleteFunc(from, func(x int) bool { return x == n })
			} else if r == i.B {
				from = o.add(from, r)
			}
		}
	case i.Op == ir.Call && slices.Contains(o.loaded(o.node(i.A)), told):
	default:
		from = o.add(o.add(from, i.B), i.C)
		for _, r := range i.Args {
			from = o.add(from, r)
		}
	}
	return from
}

// loaded are the names that a node was loaded by.
func (o *origins) loaded(n int) []string {
	if n == none {
		return nil
	}
	if !o.nodes[n].copy {
		return o.nodes[n].names
	}
	var out []string
	seen := map[int]bool{}
	for todo := []int{n}; len(todo) > 0; {
		n, todo = todo[len(todo)-1], todo[:len(todo)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		out = append(out, o.nodes[n].names...)
		if o.nodes[n].copy {
			todo = append(todo, o.nodes[n].uses...)
		}
	}
	return out
}

// names gathers the names that nodes are made of.
func (o *origins) names(from []int, names map[string]bool) {
	seen := make([]bool, len(o.nodes))
	todo := slices.Clone(from)
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == none || seen[n] {
			continue
		}
		seen[n] = true
		for _, name := range o.nodes[n].names {
			names[name] = true
		}
		todo = append(todo, o.nodes[n].uses...)
	}
}
