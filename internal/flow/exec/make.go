package exec

import (
	"slices"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Array makes an array.
func (m *Machine) Array(s *state.State, elems []value.Value) value.Value {
	return m.Alloc(s, &value.Obj{Class: value.ArrayObject, Proto: m.Realm.Array, Elems: append([]value.Value(nil), elems...)})
}

// Object makes an object with the given properties.
func (m *Machine) Object(s *state.State, props ...value.Prop) value.Value {
	o := &value.Obj{Proto: m.Realm.Object}
	for _, p := range props {
		o.Define(p)
	}
	return m.Alloc(s, o)
}

// Native makes a function object of a native.
func (m *Machine) Native(s *state.State, n *value.Native) value.Value {
	return m.Alloc(s, &value.Obj{Class: value.FunctionObject, Proto: m.Realm.Function, Fn: &value.Closure{Native: n}})
}

// makes carries out what makes objects, functions and classes.
func (m *Machine) makes(s *state.State, f *value.Frame, i *ir.Instr) {
	if i.A != ir.None && f.Regs[i.A].IsObject() && !m.whole(s, f.Regs[i.A]) {
		return
	}
	switch i.Op {
	case ir.NewObject:
		store(s, i, m.Object(s))
	case ir.NewArray:
		store(s, i, m.Array(s, nil))
	case ir.RegExp:
		flags, _ := i.Const.(string)
		store(s, i, m.NewRegExp(s, i.Name, flags))
	case ir.Template:
		m.template(s, i)
	case ir.Append:
		v := value.Hole
		if i.B != ir.None {
			v = f.Regs[i.B]
		}
		e := s.Edit(f.Regs[i.A].ID())
		if e.Rest != nil {
			e.Rest = m.Absorb(e.Rest, v)
		} else {
			e.Elems = append(e.Elems, v)
		}
		next(s)
	case ir.AppendAll:
		m.appendAll(s, f, i)
	case ir.Define:
		m.defines(s, f, i)
	case ir.SetProto:
		if v := s.Resolve(f.Regs[i.B]); v.IsObject() || v.Kind() == value.Null || v.Kind() == value.Open {
			s.Edit(f.Regs[i.A].ID()).Proto = v
		}
		next(s)
	case ir.CopyProps:
		m.copyProps(s, f, i)
	case ir.RestProps:
		m.restProps(s, f, i)
	case ir.Closure:
		store(s, i, m.closure(s, f, i))
	case ir.Class:
		m.class(s, f, i)
	case ir.SetFields:
		e := s.Edit(f.Regs[i.A].ID())
		fn := *e.Fn
		fn.Fields = f.Regs[i.B]
		e.Fn = &fn
		next(s)
	case ir.SetName:
		m.setName(s, f, i)
	case ir.ImportCall:
		v, ok := m.decided(s, f.Regs[i.A])
		if !ok {
			return
		}
		c := &Call{M: m, S: s, Node: i.Node, At: Span(f), Ctx: m.ctx}
		m.end(s, m.Host.ImportCall(c, f.Code.Module, v), value.Return{}, i.Node)
	case ir.ImportMeta:
		store(s, i, value.OpenOf(m.Table.Term(nil, value.Term{Op: "input", Name: "import.meta", Type: "object"})))
	case ir.JSX:
		args := []value.Value{reg(f, i.A), reg(f, i.B)}
		for _, r := range i.Args {
			args = append(args, f.Regs[r])
		}
		m.call(s, m.Realm.Helper("element"), value.Undef, args, value.Return{}, i.Node)
	default:
		panic("no such instruction: " + strconv.Itoa(int(i.Op)))
	}
}

// NewRegExp makes a regular expression.
func (m *Machine) NewRegExp(s *state.State, pattern, flags string) value.Value {
	o := &value.Obj{Class: value.RegExpObject, Proto: m.Realm.RegExp, Data: &value.RegExp{Pattern: pattern, Flags: flags}}
	o.Define(value.Prop{Key: value.Named("lastIndex"), Value: value.Num(0), Flags: value.Hidden | value.Pinned})
	return m.Alloc(s, o)
}

// template is the strings of a tagged template: made once, whatever the context.
func (m *Machine) template(s *state.State, i *ir.Instr) {
	m.ctx, m.made = nil, 0
	if id := m.Table.Allocate(nil, m.at, 0); s.Obj(id) != nil {
		store(s, i, value.Ref(id))
		return
	}
	texts, _ := i.Const.(ir.TemplateStrings)
	list := func(texts []string) value.Value {
		var elems []value.Value
		for _, t := range texts {
			elems = append(elems, value.Text(t))
		}
		return m.Array(s, elems)
	}
	strings, raw := list(texts.Cooked), list(texts.Raw)
	e := s.Edit(raw.ID())
	e.Fixed, e.Frozen = true, true
	e = s.Edit(strings.ID())
	e.Define(value.Prop{Key: value.Named("raw"), Value: raw, Flags: value.Hidden | value.ReadOnly | value.Pinned})
	e.Fixed, e.Frozen = true, true
	store(s, i, strings)
}

func (m *Machine) appendAll(s *state.State, f *value.Frame, i *ir.Instr) {
	v, ok := m.decided(s, f.Regs[i.B])
	if !ok {
		return
	}
	to := f.Regs[i.A]
	if i.N == 1 {
		m.appendRest(s, to, v, i)
		return
	}
	switch {
	case v.Kind() == value.Open:
		e := s.Edit(to.ID())
		if e.Rest == nil {
			e.Rest = m.Table.Derived("item", "", "", v).Term()
		}
		next(s)
	case m.plainIterable(s, v):
		from := s.Obj(v.ID())
		e := s.Edit(to.ID())
		s.Steps += len(from.Elems) / copiedForStep
		if len(e.Elems)+len(from.Elems) > m.Most.Elements {
			e.Rest = m.bound(s, "elements", "").Term()
			next(s)
			return
		}
		for _, x := range from.Elems {
			if x.Kind() == value.Absent {
				x = value.Undef
			}
			e.Elems = append(e.Elems, x)
		}
		if from.Rest != nil {
			e.Rest = from.Rest
		}
		next(s)
	default:
		m.call(s, m.Realm.Helper("appendAll"), value.Undef, []value.Value{to, v}, value.Return{Kind: value.ToNothing}, i.Node)
	}
}

// appendRest adds what is left of an iterator to an array.
func (m *Machine) appendRest(s *state.State, to, it value.Value, i *ir.Instr) {
	if it.Kind() == value.Open {
		e := s.Edit(to.ID())
		e.Rest = m.Absorb(e.Rest, m.Table.Derived("item", "", "", it))
		next(s)
		return
	}
	d, own := s.Obj(it.ID()).Data.(*value.Iterator)
	if !own {
		m.call(s, m.Realm.Helper("appendRest"), value.Undef, []value.Value{to, it}, value.Return{Kind: value.ToNothing}, i.Node)
		return
	}
	for {
		v, ok := m.Step(s, it)
		if !ok {
			break
		}
		e := s.Edit(to.ID())
		e.Elems = append(e.Elems, v)
	}
	if d.Of.IsObject() {
		if rest := s.Obj(d.Of.ID()).Rest; rest != nil {
			e := s.Edit(to.ID())
			e.Rest = rest
		}
	}
	next(s)
}

// defines gives an object an own property.
func (m *Machine) defines(s *state.State, f *value.Frame, i *ir.Instr) {
	k := value.Named(i.Name)
	if i.Name == "" && i.B != ir.None {
		v, ok := m.decided(s, f.Regs[i.B])
		if !ok {
			return
		}
		var known bool
		if k, known = KeyOf(v); !known {
			e := s.Edit(f.Regs[i.A].ID())
			if e.Rest == nil {
				e.Rest = m.Table.Derived("rest", "", "", v).Term()
			}
			e.Rest = m.Absorb(e.Rest, f.Regs[i.C])
			next(s)
			return
		}
	}
	v := reg(f, i.C)
	flags := value.Flags(0)
	if i.N == 1 || k.IsPrivate() {
		flags = value.Hidden
	}
	e := s.Edit(f.Regs[i.A].ID())
	p := value.Prop{Key: k, Value: v, Flags: flags}
	if i.M == ir.DefineGetter || i.M == ir.DefineSetter {
		p = value.Prop{Key: k, Flags: flags | value.Accessor}
		if old := e.Props.Get(k); old != nil && old.Flags&value.Accessor != 0 {
			p.Get, p.Set = old.Get, old.Set
		}
		if i.M == ir.DefineGetter {
			p.Get = v
		} else {
			p.Set = v
		}
	}
	if n := index(k); indexed(e) && n >= 0 && n < len(e.Elems) {
		e.Elems[n] = v
	} else {
		e.Define(p)
	}
	next(s)
}

// copyProps does what spreading an object into a literal does.
func (m *Machine) copyProps(s *state.State, f *value.Frame, i *ir.Instr) {
	v, ok := m.decided(s, f.Regs[i.B])
	if !ok {
		return
	}
	if m.copies(s, f.Regs[i.A], v, nil, i) {
		next(s)
	}
}

// copiedForStep is how many properties or elements that are copied are worth an instruction.
const copiedForStep = 8

// copies defines the own enumerable properties of v on to; false if that ended the instruction.
func (m *Machine) copies(s *state.State, to, v value.Value, but []value.Key, i *ir.Instr) bool {
	switch {
	case v.Kind() == value.Open:
		e := s.Edit(to.ID())
		if e.Rest == nil {
			e.Rest = v.Term()
		}
		// What was there may be another now.
		for _, p := range e.Props.All() {
			if p.Flags&value.Accessor == 0 {
				p.Value = m.overwritten(v, p)
				e.Define(p)
			}
		}
		return true
	case v.Kind() == value.String:
		v = m.box(s, v)
	case !v.IsObject():
		return true
	}
	o := s.Obj(v.ID())
	if o.Class == value.ProxyObject || slices.ContainsFunc(o.Props.All(), func(p value.Prop) bool { return p.Flags&(value.Accessor|value.Hidden) == value.Accessor }) {
		names := make([]value.Value, len(but))
		for n, k := range but {
			names[n] = keyValue(k)
		}
		m.call(s, m.Realm.Helper("copyProps"), value.Undef, []value.Value{to, v, m.Array(s, names)}, value.Return{Kind: value.ToNothing}, i.Node)
		return false
	}
	keys := m.OwnKeys(s, v)
	s.Steps += len(keys) / copiedForStep
	for _, k := range keys {
		p, there := m.own(s, v, k)
		if !there || p.Flags&value.Hidden != 0 || slices.Contains(but, k) {
			continue
		}
		x := value.Prop{Key: k, Value: p.Value, Flags: p.Flags & value.Maybe}
		e := s.Edit(to.ID())
		if old := e.Props.Get(k); x.Flags != 0 && old != nil {
			var ok bool
			if x.Value, ok = m.decided(s, p.Value); !ok {
				return false
			}
			if x.Flags = 0; x.Value.Kind() == value.Absent {
				continue
			}
		}
		if indexed(e) {
			m.put(s, to, k, x.Value, false)
			continue
		}
		e.Define(x)
	}
	if o.Rest != nil {
		e := s.Edit(to.ID())
		if e.Rest == nil {
			e.Rest = o.Rest
		}
	}
	return true
}

// overwritten is a property after something open was spread over it.
func (m *Machine) overwritten(v value.Value, p value.Prop) value.Value {
	return value.ChoiceOf(m.Table.Root(m.ctx, m.at.PC, "spread "+keyName(p.Key), 2, value.Origin{Key: keyName(p.Key), Cause: v.Term().Cause}),
		[]value.Value{p.Value, m.Table.Derived("get", keyName(p.Key), "", v)})
}

func (m *Machine) restProps(s *state.State, f *value.Frame, i *ir.Instr) {
	v, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	if v.IsNullish() {
		m.Throw(s, "TypeError", "Cannot destructure '"+kindName(v)+"' as it is "+kindName(v)+".")
		return
	}
	var but []value.Key
	for _, r := range i.Args {
		k, ok := m.decided(s, f.Regs[r])
		if !ok {
			return
		}
		if key, known := KeyOf(k); known {
			but = append(but, key)
		}
	}
	to := m.Object(s)
	if !m.copies(s, to, v, but, i) {
		// The helper's result is dropped: what it fills is this.
		f := s.Stack[len(s.Stack)-2]
		g := value.EditFrame(s.Owner(), f)
		g.Regs[i.Dst] = to
		s.Stack[len(s.Stack)-2] = g
		return
	}
	store(s, i, to)
}
