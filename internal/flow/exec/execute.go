package exec

import (
	"math/big"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// reg is a register's value.
func reg(f *value.Frame, r ir.Reg) value.Value {
	if r == ir.None {
		return value.Undef
	}
	return f.Regs[r]
}

// store ends an instruction with a result.
func store(s *state.State, i *ir.Instr, v value.Value) {
	f := s.Frame()
	if i.Dst != ir.None {
		f.Regs[i.Dst] = v
	}
	f.PC++
}

// next ends an instruction without one.
func next(s *state.State) { s.Frame().PC++ }

// jump ends an instruction by going to pc.
func jump(s *state.State, pc int) { s.Frame().PC = pc }

// execute carries out the instruction that the innermost frame is at.
func (m *Machine) execute(s *state.State, f *value.Frame) {
	i := &f.Code.Code[f.PC]
	switch i.Op {
	case ir.Nop:
		next(s)
	case ir.Const:
		store(s, i, constant(i.Const))
	case ir.Move:
		store(s, i, f.Regs[i.A])
	case ir.Jump:
		jump(s, i.N)
	case ir.JumpIf, ir.JumpIfNot:
		m.branch(s, f, i)
	case ir.JumpNullish, ir.JumpUndefined:
		m.branchNullish(s, f, i)
	case ir.Return:
		if f.Return.Kind != value.ToPromise || m.whole(s, f.Return.Object) {
			m.returned(s, reg(f, i.A))
		}
	case ir.Throw:
		m.throw(s, f.Regs[i.A])
	case ir.ThrowError:
		text, _ := i.Const.(string)
		m.Throw(s, i.Name, text)
	case ir.EndFinally:
		m.endFinally(s, f, i)
	case ir.LoopEnter, ir.LoopHead, ir.LoopExit:
		m.loop(s, f, i)
	case ir.Call, ir.CallSpread, ir.New, ir.NewSpread, ir.SuperCall, ir.SuperCallSpread, ir.Intrinsic:
		m.calls(s, f, i)
	case ir.Await, ir.Yield, ir.Start:
		m.waits(s, f, i)
	case ir.Iter, ir.IterNext, ir.IterClose, ir.IterCall, ir.IterResult, ir.ForIn:
		m.iterates(s, f, i)
	case ir.Unary, ir.Binary, ir.ToNumeric, ir.ToKey, ir.ToString, ir.Increment:
		m.operates(s, f, i)
	case ir.Get, ir.GetElem, ir.Set, ir.SetElem, ir.Delete, ir.DeleteElem, ir.GetSuper, ir.SetSuper, ir.HasPrivate:
		m.accesses(s, f, i)
	case ir.GiveUp:
		store(s, i, m.bound(s, "", i.Name))
	default:
		if !m.variables(s, f, i) {
			m.makes(s, f, i)
		}
	}
}

func constant(c any) value.Value {
	switch c := c.(type) {
	case float64:
		return value.Num(c)
	case string:
		return value.Text(c)
	case bool:
		return value.BoolOf(c)
	case *big.Int:
		return value.Big(c)
	case nil:
		return value.Nil
	}
	return value.Undef
}

// branch goes one way or the other, or both where it is not known which.
func (m *Machine) branch(s *state.State, f *value.Frame, i *ir.Instr) {
	v := s.Resolve(f.Regs[i.A])
	m.weighed(s, v)
	to := func(s *state.State, truth bool) {
		if truth == (i.Op == ir.JumpIf) {
			jump(s, i.N)
		} else {
			next(s)
		}
	}
	switch v.Kind() {
	case value.Choice:
		m.branchChoice(s, v, i, to)
		return
	case value.Open:
		m.branchOpen(s, v, i, to)
		return
	}
	truth, _ := v.Truthy()
	if m.Observer.Tested != nil {
		m.Observer.Tested(s, i.Node, v, truth)
	}
	to(s, truth)
}

func (m *Machine) weighed(s *state.State, v value.Value) {
	if m.Observer.Weighed != nil && v.Kind() >= value.Object {
		m.Observer.Weighed(s, v)
	}
}

// branchChoice parts the alternatives by their truth.
func (m *Machine) branchChoice(s *state.State, v value.Value, i *ir.Instr, to func(*state.State, bool)) {
	set := v.Set()
	left := s.Left(set.Root)
	var yes, no uint64
	for n, x := range set.Values {
		if left&(1<<n) == 0 {
			continue
		}
		x = s.Resolve(x)
		truth, known := x.Truthy()
		if !known {
			m.splitOn(s, v)
			return
		}
		if truth {
			yes |= 1 << n
		} else {
			no |= 1 << n
		}
	}
	switch {
	case no == 0 || yes == 0:
		if m.Observer.Tested != nil {
			m.Observer.Tested(s, i.Node, value.BoolOf(no == 0), no == 0)
		}
		to(s, no == 0)
	default:
		m.many(s)
		m.splitLeft(s, set.Root, []uint64{yes, no}, func(part *state.State, n int) {
			m.Host.Branched(part, i.Node, v, n == 0)
			to(part, n == 0)
		})
	}
}

// branchOpen forks on a test of something that is not known.
func (m *Machine) branchOpen(s *state.State, v value.Value, i *ir.Instr, to func(*state.State, bool)) {
	t := v.Term()
	truth, known := t.Truthy()
	if !known {
		switch s.Test(t).Truth {
		case state.Truthy:
			truth, known = true, true
		case state.Falsy:
			truth, known = false, true
		}
	}
	if known {
		if m.Observer.Tested != nil {
			m.Observer.Tested(s, i.Node, value.BoolOf(truth), truth)
		}
		to(s, truth)
		return
	}
	if t.Cause != nil && s.Top().Ctx.Turn > 1 {
		m.uncounted(s)
	}
	m.many(s)
	yes, no := s.Fork(), s
	for _, part := range []*state.State{yes, no} {
		m.assume(part, t, part == yes)
		m.Host.Branched(part, i.Node, v, part == yes)
		to(part, part == yes)
	}
	m.Parts([]*state.State{yes, no})
}

// assume keeps what a test of a term found, and what that says of what the term is made of.
func (m *Machine) assume(s *state.State, t *value.Term, truth bool) {
	if t.Loose {
		return
	}
	x := s.Test(t)
	x.Truth = state.Falsy
	if truth {
		x.Truth = state.Truthy
	}
	s.Learn(x)
	if g := guarded(t, truth); g != nil {
		m.Host.Chosen(s, g, 1)
	}
	switch {
	case t.Op == "!" && len(t.Args) == 1 && t.Args[0].Kind() == value.Open:
		m.assume(s, t.Args[0].Term(), !truth)
	case (t.Op == "===" || t.Op == "==") && truth, (t.Op == "!==" || t.Op == "!=") && !truth:
		a, b := t.Args[0], t.Args[1]
		if a.Kind() != value.Open {
			a, b = b, a
		}
		if a.Kind() == value.Open && b.IsPrimitive() && (t.Op == "===" || t.Op == "!==" || !b.IsNullish()) {
			y := s.Test(a.Term())
			y.Is, y.Value = true, b
			s.Learn(y)
		}
	}
}

// guarded is what is the case where a test comes out so: that something is among a list, by whether it is or by its index.
func guarded(t *value.Term, truth bool) *value.Root {
	if truth && t.Type == "boolean" && t.Op == "call" {
		return t.Guard
	}
	if len(t.Args) == 0 || t.Args[0].Kind() != value.Open || t.Args[0].Term().Guard == nil {
		return nil
	}
	other := value.Undef
	if len(t.Args) > 1 {
		other = t.Args[1]
	}
	is := false
	switch t.Op {
	case "~":
		is = truth
	case ">=":
		is = truth && other == value.Num(0)
	case ">":
		is = truth && other == value.Num(-1)
	case "<":
		is = !truth && other == value.Num(0)
	case "===", "==":
		is = !truth && other == value.Num(-1)
	}
	if !is {
		return nil
	}
	return t.Args[0].Term().Guard
}

func (m *Machine) branchNullish(s *state.State, f *value.Frame, i *ir.Instr) {
	v, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	test := func(s *state.State, is bool) {
		if is {
			jump(s, i.N)
		} else {
			next(s)
		}
	}
	if v.Kind() == value.Open {
		t := v.Term()
		if truth, known := t.Truthy(); known && truth || s.Test(t).Truth == state.Truthy {
			test(s, false)
			return
		}
		name := "nullish"
		if i.Op == ir.JumpUndefined {
			name = "undefined"
		}
		what := m.Table.Derived(name, "", "boolean", v).Term()
		switch s.Test(what).Truth {
		case state.Truthy:
			test(s, true)
		case state.Falsy:
			test(s, false)
		default:
			m.many(s)
			yes, no := s.Fork(), s
			m.assume(yes, what, true)
			m.assume(no, what, false)
			m.assume(yes, t, false)
			test(yes, true)
			test(no, false)
			m.Parts([]*state.State{yes, no})
		}
		return
	}
	if i.Op == ir.JumpNullish {
		test(s, v.IsNullish())
	} else {
		test(s, v.Kind() == value.Undefined)
	}
}

// endFinally goes on as the block before it would have.
func (m *Machine) endFinally(s *state.State, f *value.Frame, i *ir.Instr) {
	kind, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	switch k := int(kind.Num()); k {
	case 0:
		next(s)
	case 1:
		m.throw(s, f.Regs[i.B])
	case 2:
		if i.N != 0 {
			jump(s, i.N)
			return
		}
		m.returned(s, f.Regs[i.B])
	default:
		jump(s, i.Targets[k-3])
	}
}

// loop enters a loop, its next turn, or leaves it.
func (m *Machine) loop(s *state.State, f *value.Frame, i *ir.Instr) {
	g := s.Frame()
	at := value.At{Module: f.Code.Module.Index, Func: f.Code.ID, PC: -1 - i.N}
	switch i.Op {
	case ir.LoopEnter:
		g.Ctx = m.Table.Loop(g.Ctx, at, 0)
	case ir.LoopHead:
		switch {
		case g.Ctx.Turn == mostCounted:
			g.Ctx = m.Table.Loop(g.Ctx.Up, at, value.Many)
			m.Joins = m.Joins || m.JoinsAgain
		case g.Ctx.Turn != value.Many:
			g.Ctx = m.Table.Loop(g.Ctx.Up, at, g.Ctx.Turn+1)
		default:
			m.turn(s, g.Ctx)
			g = s.Frame()
		}
	case ir.LoopExit:
		g.Ctx = g.Ctx.Up
	}
	g.PC++
}

// mostTurns is how many turns of a loop are counted in which something is not known that does not decide by itself whether there is another: it
// may decide by what it makes the code do. mostRetries is how many where the loop's form counts nothing, mostCounted how many are counted at all.
const (
	mostTurns   = 12
	mostRetries = 3
	mostCounted = 400
)

// many makes the turn of the innermost loop one that is not counted, since whether there is another is not known.
func (m *Machine) many(s *state.State) {
	f := s.Top()
	if f.Ctx.Loops == 0 || f.Ctx.Turn == value.Many || f.Ctx.Turn == 0 {
		return
	}
	most := mostTurns
	if !f.Code.Module.Prelude && f.Code.Module.Retries[-1-f.Ctx.At.PC] {
		most = mostRetries
	}
	if i := &f.Code.Code[f.PC]; f.Ctx.Turn < most && !m.decidesLoop(f, i) {
		return
	}
	g := s.Frame()
	g.Ctx = m.Table.Loop(g.Ctx.Up, g.Ctx.At, value.Many)
}

// decidesLoop reports whether a branch leads out of the innermost loop.
func (m *Machine) decidesLoop(f *value.Frame, i *ir.Instr) bool {
	loop := -1 - f.Ctx.At.PC
	for _, pc := range []int{i.N, f.PC + 1} {
		for n := 0; n < 4 && pc < len(f.Code.Code); n++ {
			to := &f.Code.Code[pc]
			if to.Op == ir.LoopExit && to.N == loop {
				return true
			}
			if to.Op != ir.Jump {
				break
			}
			pc = to.N
		}
	}
	return false
}
