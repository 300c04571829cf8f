package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Construct makes new f(args) of a call, with another new.target.
func (c *Call) Construct(f value.Value, args []value.Value, target value.Value) Result {
	c.M.construct(c.S, f, args, target, value.Return{Kind: value.ToRegister}, c.Node)
	return Again()
}

// construct calls a function by new.
func (m *Machine) construct(s *state.State, f value.Value, args []value.Value, target value.Value, to value.Return, node script.Node) {
	f = s.Resolve(f)
	if f.Kind() == value.Open {
		m.openCall(s, f, value.Undef, args, f, to, node)
		return
	}
	o := m.function(s, f)
	if o == nil || o.Class == value.FunctionObject && !constructs(o.Fn) {
		m.throwTo(s, to, m.NewError(s, "TypeError", calleeText(node)+" is not a constructor"))
		return
	}
	switch {
	case o.Class == value.ProxyObject:
		p := o.Data.(*value.Proxy)
		m.call(s, m.Realm.Helper("proxy_construct"), value.Undef, []value.Value{p.Target, p.Handler, m.Array(s, args), target}, to, node)
	case o.Fn.Bound != nil:
		b := o.Fn.Bound
		if target == f {
			target = b.Target
		}
		m.construct(s, b.Target, append(b.Args[:len(b.Args):len(b.Args)], args...), target, to, node)
	case o.Fn.Native != nil:
		m.native(s, o.Fn.Native, f, value.Undef, args, target, to, node)
	case o.Fn.Code.Derived:
		m.enter(s, f, o.Fn, value.NotInit, args, target, value.Return{Kind: value.ToConstruct, Class: to.Class})
	default:
		proto := m.ProtoOf(s, target, m.Realm.Object)
		this := m.Alloc(s, &value.Obj{Proto: proto})
		m.enter(s, f, o.Fn, this, args, target, value.Return{Kind: value.ToConstruct, Object: this, Class: to.Class})
		m.initFields(s, this, o.Fn)
	}
}

func constructs(c *value.Closure) bool {
	switch {
	case c.Native != nil:
		return c.Native.Constructs
	case c.Code != nil:
		return !c.Code.Method && !c.Code.Arrow && !c.Code.Async && !c.Code.Generator
	}
	return true
}

// ProtoOf is the prototype of the objects that new.target makes.
func (m *Machine) ProtoOf(s *state.State, target, usual value.Value) value.Value {
	for at := target; at.IsObject(); {
		if p, ok := m.own(s, at, value.Named("prototype")); ok {
			if v := s.Resolve(p.Value); v.IsObject() {
				return v
			}
			return usual
		}
		at = s.Resolve(s.Obj(at.ID()).Proto)
	}
	return usual
}

// initFields runs the function that initialises the fields of a class before the constructor, whose frame is on the stack.
func (m *Machine) initFields(s *state.State, this value.Value, c *value.Closure) {
	if !c.Fields.IsObject() {
		return
	}
	f := s.Obj(c.Fields.ID()).Fn
	m.made++
	fr := value.Frame{Code: f.Code, Regs: make([]value.Value, f.Code.Regs), Env: f.Env, This: this, Func: c.Fields, Home: f.Home, Ctx: m.Table.Enter(m.ctx, value.At{Name: "fields", PC: int(c.Fields.ID())}), Return: value.Return{Kind: value.ToFields}}
	s.Push(fr)
}

// superCall carries out super(...).
func (m *Machine) superCall(s *state.State, f *value.Frame, args []value.Value, i *ir.Instr) {
	fn := s.Obj(f.Func.ID())
	parent := s.Resolve(fn.Proto)
	if parent.Kind() == value.Open {
		// What is extended is not known: the instance may have anything.
		proto := m.ProtoOf(s, f.NewTarget, m.Realm.Object)
		this := m.Alloc(s, &value.Obj{Proto: proto, Rest: parent.Term()})
		m.finish(s, value.Return{Class: f.Func}, this)
		return
	}
	m.construct(s, parent, args, f.NewTarget, value.Return{Class: f.Func}, i.Node)
}
