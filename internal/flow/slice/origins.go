package slice

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// origins tells which names the values in a function's registers are made of. What a register is given along straight code is told apart; where
// paths meet, it may have been given any.
type origins struct {
	f *ir.Func
	// now is the node of each register: the register's own, or that of what it was given last. A register's own node stands for all.
	now []int
	// loads are the names that a node was loaded by, uses the nodes that it was made of, or that were put into it.
	loads [][]string
	uses  [][]int
	calls []called
}

// called is a call: what is called, and what it is handed.
type called struct {
	callee int
	args   []int
}

func newOrigins(f *ir.Func) *origins {
	o := &origins{f: f, now: make([]int, f.Regs), loads: make([][]string, f.Regs), uses: make([][]int, f.Regs)}
	o.meet()
	return o
}

// meet makes each register what it may have been given anywhere.
func (o *origins) meet() {
	for r := range o.now {
		o.now[r] = r
	}
}

// come comes to an instruction.
func (o *origins) come(pc int) {
	after := false
	if pc > 0 {
		switch o.f.Code[pc-1].Op {
		case ir.Jump, ir.Return, ir.Throw, ir.ThrowError, ir.EndFinally:
			after = true
		}
	}
	if after || o.f.Joins[pc] || slices.ContainsFunc(o.f.Handlers, func(h ir.Handler) bool { return h.Target == pc }) {
		o.meet()
	}
}

// add adds the node of a register.
func (o *origins) add(nodes []int, r ir.Reg) []int {
	if r < 0 || int(r) >= len(o.now) {
		return nodes
	}
	return append(nodes, o.now[r])
}

func (o *origins) call(i *ir.Instr) {
	if i.Op == ir.Await || i.A == ir.None {
		return
	}
	c := called{callee: o.now[i.A]}
	c.args = o.add(c.args, i.C)
	for _, r := range i.Args {
		c.args = o.add(c.args, r)
	}
	o.calls = append(o.calls, c)
}

// execute notes what an instruction gives to a register, or puts into the object of one.
func (o *origins) execute(i *ir.Instr, names ...string) {
	into := ir.None
	switch i.Op {
	case ir.Define, ir.SetElem:
		into = i.C
	case ir.Set, ir.Append, ir.AppendAll, ir.CopyProps, ir.SetProto:
		into = i.B
	}
	if into != ir.None && i.A >= 0 && int(i.A) < len(o.now) {
		o.uses[o.now[i.A]] = o.add(o.uses[o.now[i.A]], into)
	}
	if i.Dst < 0 || int(i.Dst) >= len(o.now) {
		return
	}
	var from []int
	from = o.add(from, i.A)
	if i.Op != ir.Call || i.A == ir.None || !slices.Contains(o.loads[o.now[i.A]], told) {
		from = o.add(o.add(from, i.B), i.C)
		for _, r := range i.Args {
			from = o.add(from, r)
		}
	}
	node := len(o.uses)
	o.uses, o.loads = append(o.uses, from), append(o.loads, nil)
	o.loads[node] = names
	// The register's own node stands for this, too.
	own := int(i.Dst)
	o.uses[own] = append(o.uses[own], node)
	o.loads[own] = append(o.loads[own], o.loads[node]...)
	o.now[own] = node
}

// names gathers the names that nodes are made of.
func (o *origins) names(from []int, names map[string]bool) {
	seen := make([]bool, len(o.uses))
	todo := slices.Clone(from)
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		for _, name := range o.loads[n] {
			names[name] = true
		}
		todo = append(todo, o.uses[n]...)
	}
}
