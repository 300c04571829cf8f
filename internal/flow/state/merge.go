package state

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Key tells where a state is and what holds there: states with different keys are never merged.
type Key struct {
	Where string
	Facts any
	// Apart tells states apart that must not meet otherwise.
	Apart int
	// Outstanding tells that states meet whatever is outstanding.
	Outstanding bool
	// Waited tells that others may have run since its entry point began.
	Waited bool
}

// Key is the state's.
func (s *State) Key() Key {
	out := make([]byte, 0, 16+16*len(s.Stack)+24*len(s.Micro)+8*len(s.Tasks))
	for _, f := range s.Stack {
		out = frameKey(out, f)
	}
	out = append(out, '|')
	for i := range s.Micro {
		j := &s.Micro[i]
		out = frameKey(out, j.Frame)
		out = binary.AppendUvarint(out, uint64(j.Func.ID()))
		out = binary.AppendUvarint(out, uint64(j.Derived))
		out = binary.AppendUvarint(out, uint64(j.Ctx.ID()))
		out = append(out, byte(j.Func.Kind()), bit(j.Rejected), bit(j.Many))
	}
	out = append(out, '|')
	for _, t := range s.Tasks {
		out = append(append(out, t.Key...), 0, bit(t.Many))
		out = binary.AppendUvarint(out, uint64(t.Ctx.ID()))
	}
	return Key{Where: string(out), Facts: s.Facts}
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func frameKey(out []byte, f *value.Frame) []byte {
	if f == nil {
		return append(out, 0)
	}
	out = append(out, 1)
	out = binary.AppendUvarint(out, uint64(f.Code.Module.Index))
	out = binary.AppendUvarint(out, uint64(f.Code.ID))
	out = binary.AppendUvarint(out, uint64(f.PC))
	out = binary.AppendUvarint(out, uint64(f.Ctx.ID()))
	return binary.AppendUvarint(out, uint64(f.Env))
}

// Options say how states are merged.
type Options struct {
	Table *value.Table
	// Apart tells of a place that states which differ in it are not merged: a discriminator. nil for none.
	Apart func(place string) bool
	// Alternatives is how many values a place may have before it is open; Wide that numbers and strings become open at once, as in a
	// loop whose turns are not counted.
	Alternatives int
	Wide         bool
	// Meet is what two alternatives imply that have the same value; nil where none imply anything.
	Meet func(a, b any) any
	// Keep tells of two alternatives that have the same value whether they are kept apart by what they imply; nil for never.
	Keep func(a, b any) bool
	// Facts are what tells apart what alternatives imply: comparable.
	Facts func(implied any) any
	// Outstanding tells that states may differ in what is outstanding: the tasks of each may then be there.
	Outstanding bool
	// Cause is the cause of what becomes open because there are too many alternatives.
	Cause func(place string) *value.Cause
}

// Merge makes one state of several with the same key, or says at which place it cannot. Those given are not changed, and may be used
// no more but as what they are.
func Merge(o Options, states []*State) (merged *State, apart string) {
	first := states[0]
	g := &grouping{o: o, states: states, made: map[*value.Root]bool{}}
	if len(first.Stack) > 0 {
		f := first.Top()
		g.ctx, g.at = f.Ctx, f.PC
	}
	out := first.Fork()
	for _, s := range states[1:] {
		s.owner = &value.Owner{}
	}
	g.out = out
	if !g.heaps() || !g.frames() || !g.queues() {
		return nil, g.apart
	}
	out.Picks = slices.DeleteFunc(commonPicks(states), func(p Pick) bool { return g.made[p.Root] })
	out.Tests = commonTests(states)
	out.Trail = &Trail{Up: first.Trail, Len: first.Trail.len() + 1}
	for _, s := range states[1:] {
		out.Trail.Also = append(out.Trail.Also, s.Trail)
		out.Steps, out.Clock, out.Turn = max(out.Steps, s.Steps), max(out.Clock, s.Clock), min(out.Turn, s.Turn)
	}
	return out, ""
}

func (t *Trail) len() int {
	if t == nil {
		return 0
	}
	return t.Len
}

// grouping is the work of Merge.
type grouping struct {
	o      Options
	states []*State
	out    *State
	ctx    *value.Ctx
	at     int
	apart  string
	// made are the roots of what differs: what was decided of them the last time that paths met here does not hold.
	made map[*value.Root]bool
}

func (g *grouping) fail(place string) bool {
	g.apart = place
	return false
}

// values merges what the states have at a place. Absent stands for nothing being there.
func (g *grouping) values(place string, vals []value.Value) (value.Value, bool) {
	same := true
	for i := range vals {
		// What a state has decided already is that.
		vals[i] = g.states[i].Resolve(vals[i])
		same = same && value.Same(vals[i], vals[0])
	}
	if same {
		return vals[0], true
	}
	if g.o.Apart != nil && g.o.Apart(place) {
		return value.Undef, g.fail(place)
	}
	var alts alternatives
	for i, v := range vals {
		g.flatten(&alts, g.states[i], v, nil)
	}
	alts = g.opened(place, alts)
	if len(alts.vals) == 1 && alts.implied[0] == nil {
		return alts.vals[0], true
	}
	if first := vals[0]; first.Kind() == value.Choice && g.states[0].Left(first.Set().Root) == all(first.Set().Root.N) && g.are(&alts, first.Set()) {
		return first, true
	}
	if wide, ok := g.widened(place, alts.vals); ok {
		return wide, true
	}
	root := g.o.Table.Root(g.ctx, g.at, place+g.signature(alts), len(alts.vals), value.Origin{Key: place})
	if alts.imply() {
		root.Implied = alts.implied
	}
	g.made[root] = true
	return value.ChoiceOf(root, alts.vals), true
}

// alternatives are values, each once, with what each implies: nil for nothing.
type alternatives struct {
	vals    []value.Value
	implied []any
}

// flatten adds the values that a value may be in a state; implied is what it implies that it is this one.
func (g *grouping) flatten(a *alternatives, s *State, v value.Value, implied any) {
	v = s.Resolve(v)
	if v.Kind() != value.Choice {
		for n, x := range a.vals {
			if value.Same(x, v) && (g.o.Keep == nil || !g.o.Keep(a.implied[n], implied)) {
				a.implied[n] = g.meet(a.implied[n], implied)
				return
			}
		}
		a.vals, a.implied = append(a.vals, v), append(a.implied, implied)
		return
	}
	set := v.Set()
	left := s.Left(set.Root)
	for n, x := range set.Values {
		if left&(1<<n) == 0 {
			continue
		}
		of := implied
		if len(set.Root.Implied) > n && set.Root.Implied[n] != nil {
			of = set.Root.Implied[n]
		}
		g.flatten(a, s, x, of)
	}
}

// meet is what two alternatives with the same value imply.
func (g *grouping) meet(a, b any) any {
	if a == nil || b == nil || g.o.Meet == nil {
		return nil
	}
	return g.o.Meet(a, b)
}

// facts tell apart what alternatives imply.
func (g *grouping) facts(implied any) any {
	if implied == nil || g.o.Facts == nil {
		return implied
	}
	return g.o.Facts(implied)
}

// imply reports whether any of the alternatives implies something.
func (a *alternatives) imply() bool {
	return slices.ContainsFunc(a.implied, func(x any) bool { return x != nil })
}

// are reports whether the alternatives are what a choice has, and imply what its do.
func (g *grouping) are(a *alternatives, s *value.Set) bool {
	for n, v := range a.vals {
		of := slices.IndexFunc(s.Values, func(x value.Value) bool { return value.Same(x, v) })
		if of < 0 {
			return false
		}
		var implied any
		if len(s.Root.Implied) > of {
			implied = s.Root.Implied[of]
		}
		if g.facts(implied) != g.facts(a.implied[n]) {
			return false
		}
	}
	return true
}

// opened makes one of several values that can be anything, and one of those that were given up for one cause.
func (g *grouping) opened(place string, a alternatives) alternatives {
	var out alternatives
	at := map[*value.Cause]int{}
	for i, v := range a.vals {
		n, seen := 0, false
		if v.Kind() == value.Open {
			n, seen = at[v.Term().Cause]
			at[v.Term().Cause] = len(out.vals)
		}
		if !seen {
			out.vals, out.implied = append(out.vals, v), append(out.implied, a.implied[i])
			continue
		}
		t, o := v.Term(), out.vals[n].Term()
		at[t.Cause] = n
		like := value.Term{Op: "any", Name: place, Type: o.Type, Cause: t.Cause}
		if t.Type != o.Type {
			like.Type = ""
		}
		if t.Prefix == o.Prefix {
			like.Prefix = t.Prefix
		}
		out.vals[n], out.implied[n] = value.OpenOf(g.o.Table.Term(g.ctx, like)), g.meet(out.implied[n], a.implied[i])
	}
	return out
}

// signature tells choices of different values at a place apart.
func (g *grouping) signature(a alternatives) string {
	out := []byte("=")
	for n, v := range a.vals {
		switch v.Kind() {
		case value.Object:
			out = fmt.Appendf(out, " #%d", v.ID())
		case value.Number, value.Bool:
			out = fmt.Appendf(out, " %v", v.Num())
		case value.String:
			out = fmt.Appendf(out, " %q", v.Text())
		case value.BigInt:
			out = fmt.Appendf(out, " %vn", v.Big())
		case value.Open:
			out = fmt.Appendf(out, " ?%d", v.Term().ID())
		default:
			out = fmt.Appendf(out, " %d", v.Kind())
		}
		if a.implied[n] != nil {
			out = fmt.Appendf(out, ":%v", g.facts(a.implied[n]))
		}
	}
	return string(out)
}

// widened is what too many values become.
func (g *grouping) widened(place string, vals []value.Value) (value.Value, bool) {
	if !g.o.Wide && len(vals) <= g.o.Alternatives {
		return value.Undef, false
	}
	typ, primitive := "", true
	for i, v := range vals {
		t := v.TypeOf()
		if v.Kind() == value.Open {
			t = v.Term().Type
		}
		primitive = primitive && (v.IsPrimitive() || v.Kind() == value.Open && v.Term().Cause == nil && t != "" && t != "object" && t != "function")
		if i == 0 {
			typ = t
		} else if t != typ {
			typ = ""
		}
	}
	if primitive && (typ == "number" || typ == "string" || typ == "bigint") {
		return value.OpenOf(g.o.Table.Term(g.ctx, value.Term{Op: "any", Name: place, Type: typ})), true
	}
	if len(vals) <= g.o.Alternatives {
		return value.Undef, false
	}
	return value.OpenOf(g.o.Table.Term(g.ctx, value.Term{Op: "given-up", Name: place, Cause: g.o.Cause(place)})), true
}

// frames merges the stacks.
func (g *grouping) frames() bool {
	for n := range g.out.Stack {
		list := make([]*value.Frame, len(g.states))
		for i, s := range g.states {
			list[i] = s.Stack[n]
		}
		f, ok := g.frame(fmt.Sprintf("frame %d", n), list)
		if !ok {
			return false
		}
		g.out.Stack[n] = f
	}
	return true
}

func (g *grouping) frame(place string, list []*value.Frame) (*value.Frame, bool) {
	first := list[0]
	same := true
	for _, f := range list[1:] {
		if f == nil || first == nil {
			if f != first {
				return nil, g.fail(place)
			}
			continue
		}
		same = same && f == first
		if f.Code != first.Code || f.PC != first.PC || f.Ctx != first.Ctx || f.Env != first.Env || f.Return.Kind != first.Return.Kind || !value.Same(f.Return.Object, first.Return.Object) || len(f.Args) != len(first.Args) || !value.Same(f.Func, first.Func) || !value.Same(f.Home, first.Home) || !value.Same(f.NewTarget, first.NewTarget) {
			return nil, g.fail(place)
		}
	}
	if same {
		return first, true
	}
	out := value.NewFrame(g.out.owner, *first)
	out.Regs = append([]value.Value(nil), first.Regs...)
	vals := make([]value.Value, len(list))
	pick := func(name string, get func(*value.Frame) value.Value) (value.Value, bool) {
		for i, f := range list {
			vals[i] = get(f)
		}
		return g.values(name, vals)
	}
	var ok bool
	for r := range out.Regs {
		if out.Regs[r], ok = pick(fmt.Sprintf("%s r%d", place, r), func(f *value.Frame) value.Value { return f.Regs[r] }); !ok {
			return nil, false
		}
	}
	if out.This, ok = pick(place+" this", func(f *value.Frame) value.Value { return f.This }); !ok {
		return nil, false
	}
	out.Args = make([]value.Value, len(first.Args))
	for n := range out.Args {
		if out.Args[n], ok = pick(fmt.Sprintf("%s arg %d", place, n), func(f *value.Frame) value.Value { return f.Args[n] }); !ok {
			return nil, false
		}
	}
	return out, true
}

// commonPicks are the alternatives that are left in some of the states, of the roots that all of them have decided on.
func commonPicks(states []*State) []Pick {
	var out []Pick
	for _, p := range states[0].Picks {
		left := p.Left
		for _, s := range states[1:] {
			left |= s.Left(p.Root)
		}
		if left != all(p.Root.N) {
			out = append(out, Pick{p.Root, left})
		}
	}
	return out
}

// commonTests are the findings that the states share.
func commonTests(states []*State) []Test {
	var out []Test
	for _, t := range states[0].Tests {
		shared := true
		for _, s := range states[1:] {
			o := s.Test(t.Term)
			if o.Truth != t.Truth || o.Is != t.Is || !value.Same(o.Value, t.Value) || !slices.EqualFunc(o.Values, t.Values, value.Same) {
				shared = false
				break
			}
		}
		if shared {
			out = append(out, t)
		}
	}
	return out
}
