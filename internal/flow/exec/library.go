package exec

import (
	"slices"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// What package builtin fills in a realm with.

// Locate says where the objects are made that are made from now on, until the next instruction: at something named.
func (m *Machine) Locate(name string) { m.ctx, m.at, m.made = nil, value.At{Name: name}, 0 }

// Decided is a value that is no choice; false if the state was split for it: the native returns Again.
func (m *Machine) Decided(s *state.State, v value.Value) (value.Value, bool) { return m.decided(s, v) }

// Whole reports whether an object is one of its variants, or splits the state by them.
func (m *Machine) Whole(s *state.State, v value.Value) bool { return m.whole(s, v) }

// Box is a primitive as an object.
func (m *Machine) Box(s *state.State, v value.Value) value.Value { return m.box(s, v) }

// Home is the object where the properties of a value are looked up first.
func (m *Machine) Home(v value.Value) value.Value { return m.home(v) }

// Put writes an own data property of an object that is no proxy; false if that ended the instruction.
func (m *Machine) Put(s *state.State, at value.Value, k value.Key, v value.Value) bool {
	return m.put(s, at, k, v, true)
}

// InRest reports whether a property may be among what an object has besides.
func InRest(o *value.Obj, k value.Key) bool { return inRest(o, k) }

// IndexOf is the array index that a key is, -1 if it is none.
func IndexOf(k value.Key) int { return index(k) }

// Arithmetic is a binary operator on primitives; class names the error that it is.
func (m *Machine) Arithmetic(op string, a, b value.Value) (v value.Value, class, text string) {
	return m.arithmetic(op, a, b)
}

// GivenUp is an open value behind a bound.
func (m *Machine) GivenUp(s *state.State, row, what string) value.Value { return m.bound(s, row, what) }

// Either ends a native with any of several results: the state is forked.
func (c *Call) Either(results ...value.Value) Result {
	return Result{kind: resultEither, args: results}
}

// either forks a state by the results that a native may have. Whether a loop around it takes another turn is not known then.
func (m *Machine) either(s *state.State, results []value.Value, to value.Return) {
	m.uncounted(s)
	parts := make([]*state.State, len(results))
	for n := range results {
		parts[n] = s
		if n < len(results)-1 {
			parts[n] = s.Fork()
		}
	}
	for n, part := range parts {
		m.finish(part, to, results[n])
	}
	m.Parts(parts)
}

// uncounted makes the turn of the innermost loop one that is not counted.
func (m *Machine) uncounted(s *state.State) {
	f := s.Top()
	if f.Ctx.Loops == 0 || f.Ctx.Turn == value.Many || f.Ctx.Turn == 0 {
		return
	}
	g := s.Frame()
	g.Ctx = m.Table.Loop(g.Ctx.Up, g.Ctx.At, value.Many)
}

// Absorb is the term of a rest that v may be part of too.
func (m *Machine) Absorb(rest *value.Term, v value.Value) *value.Term { return m.Table.Absorb(rest, v) }

// Item is a value among a rest: what was absorbed, or something open.
func (m *Machine) Item(s *state.State, rest *value.Term, name string) value.Value {
	open := value.OpenOf(m.Table.Term(m.ctx, value.Term{Op: "item", Name: name, Type: rest.Type, Parent: rest, Cause: rest.Cause, Args: []value.Value{value.OpenOf(rest)}}))
	if rest.Op != "rest" || len(rest.Args) == 0 {
		if rest.Op == "rest" && rest.Name == value.Only {
			return value.Undef
		}
		return open
	}
	texts, guards, vals := rest.Among()
	if rest.Name != value.Only || len(rest.Args) > mostOlder && len(texts) > 0 {
		vals = append(vals, open)
		texts, guards = nil, nil
	}
	key := "item " + name
	if len(texts) > 0 {
		key += " " + strconv.Itoa(rest.ID())
	}
	for _, text := range texts {
		vals = append(vals, value.Text(text))
	}
	if len(vals) > mostOlder {
		return m.bound(s, "earlier-values", "item "+name)
	}
	if len(vals) == 1 {
		return vals[0]
	}
	root := m.Table.Root(m.ctx, m.at.PC, key, len(vals), value.Origin{Key: "item", Cause: rest.Cause})
	if root.Implied == nil && slices.ContainsFunc(guards, func(g *value.Root) bool { return g != nil }) {
		root.Implied = make([]any, len(vals))
		for n, g := range guards {
			if g != nil {
				root.Implied[len(vals)-len(guards)+n] = g.Implied[0]
			}
		}
	}
	return value.ChoiceOf(root, vals)
}

// Sized reports whether a test has found something of how much is among a rest.
func (m *Machine) Sized(s *state.State, rest *value.Term) bool {
	return slices.ContainsFunc(s.Tests, func(t state.Test) bool { return derives(t.Term, rest) })
}

// Resized forgets what tests have found of a rest, when something is added to it or taken from it; nil of no rest.
func (m *Machine) Resized(s *state.State, rest *value.Term) {
	if rest != nil && m.Sized(s, rest) {
		s.Tests = slices.DeleteFunc(slices.Clone(s.Tests), func(t state.Test) bool { return derives(t.Term, rest) })
	}
}

// derives reports whether a term was computed from a rest.
func derives(t, rest *value.Term) bool {
	for ; t != nil; t = t.Parent {
		if t == rest {
			return true
		}
	}
	return false
}

// OneOf is a choice of values; open if there are too many.
func (m *Machine) OneOf(s *state.State, what string, vals []value.Value) value.Value {
	var all alternatives
	for _, v := range vals {
		all.add(s, v)
	}
	if len(all.vals) == 1 {
		return all.only()
	}
	if len(all.vals) > state.MaxAlternatives {
		return m.bound(s, "values", what)
	}
	return m.among(what, what, all)
}

// alternatives are values each of which something may be, with what it implies that it is.
type alternatives struct {
	vals    []value.Value
	implied []any
	// from are the values that they were taken from.
	from []value.Value
}

// add adds a value, or what it may be. What is added twice implies only what it implies both times.
func (a *alternatives) add(s *state.State, v value.Value) {
	v = s.Resolve(v)
	set := v.Set()
	if set == nil {
		a.put(v, nil, v)
		return
	}
	left := s.Left(set.Root)
	for n, x := range set.Values {
		if left&(1<<n) == 0 {
			continue
		}
		if n < len(set.Root.Implied) && set.Root.Implied[n] != nil {
			a.put(x, set.Root.Implied[n], v)
			continue
		}
		a.put(x, nil, v)
	}
}

func (a *alternatives) put(v value.Value, implied any, from value.Value) {
	for n, x := range a.vals {
		if value.Same(x, v) {
			if a.implied[n] != implied {
				a.implied[n] = nil
			}
			return
		}
	}
	a.vals, a.implied, a.from = append(a.vals, v), append(a.implied, implied), append(a.from, from)
}

// only is the one value that there is.
func (a *alternatives) only() value.Value {
	if a.implied[0] != nil {
		return a.from[0]
	}
	return a.vals[0]
}

// implies reports whether some alternative implies something.
func (a *alternatives) implies() bool {
	return slices.ContainsFunc(a.implied, func(x any) bool { return x != nil })
}

// among is a choice of alternatives.
func (m *Machine) among(what, origin string, a alternatives) value.Value {
	key := what
	for n, x := range a.implied {
		if x != nil {
			key += " " + strconv.Itoa(n) + ":" + strconv.Itoa(m.Table.Fact(x))
		}
	}
	root := m.Table.Root(m.ctx, m.at.PC, key, len(a.vals), value.Origin{Key: origin})
	if key != what && root.Implied == nil {
		root.Implied = a.implied
	}
	return value.ChoiceOf(root, a.vals)
}

// Here is the context of what is called, now or later, where the machine is.
func (m *Machine) Here() *value.Ctx {
	if m.made > 0 {
		return m.Table.Enter(m.Table.Enter(m.ctx, m.at), value.At{Name: "more", PC: m.made})
	}
	return m.Table.Enter(m.ctx, m.at)
}

// Later enqueues a call of a function without arguments.
func (m *Machine) Later(s *state.State, f value.Value) {
	s.Enqueue(state.Job{Func: f, Args: []value.Value{}, Ctx: m.Here()})
}

// IsConstructor reports whether a value can be called by new.
func (m *Machine) IsConstructor(s *state.State, v value.Value) bool {
	o := m.function(s, v)
	switch {
	case o == nil:
		return false
	case o.Class == value.ProxyObject:
		return m.IsConstructor(s, o.Data.(*value.Proxy).Target)
	case o.Fn.Bound != nil:
		return m.IsConstructor(s, o.Fn.Bound.Target)
	}
	return constructs(o.Fn)
}

// GetFrom looks a property up in an object and its prototypes, for a receiver; false if that ended the instruction.
func (m *Machine) GetFrom(s *state.State, at value.Value, k value.Key, receiver value.Value) (value.Value, bool) {
	return m.getFrom(s, at, k, receiver)
}

// Remove deletes an own property if it can be; goesOn is false if the instruction ended.
func (m *Machine) Remove(s *state.State, v value.Value, k value.Key) (done, goesOn bool) {
	return m.remove(s, v, k, false)
}

// SpreadOpen is Object.assign of something that is not known.
func (m *Machine) SpreadOpen(s *state.State, to, v value.Value) {
	if to.IsObject() {
		m.copies(s, to, v, nil, nil)
	}
}

// CopyPlain is Object.assign of an object without accessors to another: true.
func (m *Machine) CopyPlain(c *Call, to, from value.Value) Result {
	if !m.copies(c.S, to, from, nil, nil) {
		return Again()
	}
	return Done(value.True)
}
