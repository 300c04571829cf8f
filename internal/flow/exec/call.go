package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Call is a call of a native.
type Call struct {
	M *Machine
	S *state.State
	// Func is the function object, This and Args what it is called with: no choices, unless the native is Raw.
	Func, This value.Value
	Args       []value.Value
	// NewTarget is undefined unless it is called by new.
	NewTarget value.Value
	// Node is the call in the code, nil where no code makes it; At its place. Ctx is its context.
	Node script.Node
	At   source.Span
	Ctx  *value.Ctx
}

// Arg is an argument, or undefined.
func (c *Call) Arg(n int) value.Value {
	if n < len(c.Args) {
		return c.Args[n]
	}
	return value.Undef
}

// Run carries out a native.
type Run func(c *Call) Result

// Raw is a Run that takes choices as they are.
type Raw func(c *Call) Result

// Result is how a native ends.
type Result struct {
	kind resultKind
	v    value.Value
	this value.Value
	args []value.Value
}

type resultKind uint8

const (
	resultValue resultKind = iota
	resultThrow
	resultCall
	resultNew
	resultAgain
	resultEither
	resultGoesOn
)

// Done returns v.
func Done(v value.Value) Result { return Result{v: v} }

// Throws ends a native with an exception.
func Throws(v value.Value) Result { return Result{kind: resultThrow, v: v} }

// Calls hands the call over to another function, whose result is the native's.
func Calls(f, this value.Value, args ...value.Value) Result {
	return Result{kind: resultCall, v: f, this: this, args: args}
}

// Constructs hands over to new f(args).
func Constructs(f value.Value, args ...value.Value) Result {
	return Result{kind: resultNew, v: f, args: args}
}

// Again says that the state was split or otherwise taken care of.
func Again() Result { return Result{kind: resultAgain} }

// Error ends a native with a new error.
func (c *Call) Error(class, text string) Result { return Throws(c.M.NewError(c.S, class, text)) }

// calls carries out the instructions that call.
func (m *Machine) calls(s *state.State, f *value.Frame, i *ir.Instr) {
	args := make([]value.Value, 0, len(i.Args))
	switch i.Op {
	case ir.CallSpread, ir.NewSpread, ir.SuperCallSpread:
		if !m.whole(s, f.Regs[i.C]) {
			return
		}
		list := s.Obj(f.Regs[i.C].ID())
		if list == nil || list.Rest != nil {
			cause := value.OpenOf(m.Table.Term(m.ctx, value.Term{Op: "any"}))
			if list != nil {
				cause = value.OpenOf(list.Rest)
			}
			args = append(args, cause, cause, cause)
		} else {
			args = append(args, list.Elems...)
		}
	default:
		for _, r := range i.Args {
			args = append(args, f.Regs[r])
		}
	}
	to := value.Return{Kind: value.ToRegister}
	switch i.Op {
	case ir.Intrinsic:
		n := m.Realm.Intrinsics[i.Name]
		if n == nil {
			panic("no intrinsic $$" + i.Name)
		}
		m.native(s, n, value.Undef, value.Undef, args, value.Undef, to, i.Node)
	case ir.Call, ir.CallSpread:
		callee, ok := m.decided(s, f.Regs[i.A])
		if !ok {
			return
		}
		m.call(s, callee, reg(f, i.B), args, to, i.Node)
	case ir.New, ir.NewSpread:
		callee, ok := m.decided(s, f.Regs[i.A])
		if !ok {
			return
		}
		m.construct(s, callee, args, callee, to, i.Node)
	default:
		m.superCall(s, f, args, i)
	}
}

// Invoke calls a function whose result is that of the instruction. A native that ends at once yields its result.
func (m *Machine) Invoke(s *state.State, f, this value.Value, args []value.Value) (value.Value, bool) {
	m.call(s, f, this, args, value.Return{Kind: value.ToRegister}, nil)
	return value.Undef, false
}

// call calls a function; to says what is done with its result.
func (m *Machine) call(s *state.State, f, this value.Value, args []value.Value, to value.Return, node script.Node) {
	f = s.Resolve(f)
	if f.Kind() == value.Open {
		m.openCall(s, f, this, args, value.Undef, to, node)
		return
	}
	o := m.function(s, f)
	if o != nil && o.Since != nil {
		m.Host.Chosen(s, o.Since, 1)
	}
	switch {
	case o == nil:
		m.throwTo(s, to, m.NewError(s, "TypeError", calleeText(node)+" is not a function"))
	case o.Class == value.ProxyObject:
		p := o.Data.(*value.Proxy)
		m.call(s, m.Realm.Helper("proxy_apply"), value.Undef, []value.Value{p.Target, p.Handler, this, m.Array(s, args)}, to, node)
	case o.Fn.Bound != nil:
		b := o.Fn.Bound
		m.call(s, b.Target, b.This, append(b.Args[:len(b.Args):len(b.Args)], args...), to, node)
	case o.Fn.Native != nil:
		m.native(s, o.Fn.Native, f, this, args, value.Undef, to, node)
	case o.Fn.Code.Ctor:
		m.throwTo(s, to, m.NewError(s, "TypeError", "Class constructor "+o.Fn.Code.Name+" cannot be invoked without 'new'"))
	default:
		if m.Observer.Entered != nil && node != nil {
			m.Observer.Entered(s, o.Fn.Code, node)
		}
		m.enter(s, f, o.Fn, this, args, value.Undef, to)
	}
}

// function is a callable object, nil for anything else.
func (m *Machine) function(s *state.State, v value.Value) *value.Obj {
	if !v.IsObject() {
		return nil
	}
	o := s.Obj(v.ID())
	if o.Class == value.ProxyObject && o.Variants != nil {
		return m.function(s, o.Variants.Objs[0].Data.(*value.Proxy).Target)
	}
	if o.Class == value.ProxyObject && m.function(s, o.Data.(*value.Proxy).Target) == nil {
		return nil
	}
	if o.Class != value.FunctionObject && o.Class != value.ProxyObject {
		return nil
	}
	return o
}

// IsFunction reports whether a value can be called.
func (m *Machine) IsFunction(s *state.State, v value.Value) bool { return m.function(s, v) != nil }

func calleeText(n script.Node) string {
	switch n := n.(type) {
	case *script.Call:
		return calleeText(n.Callee)
	case *script.New:
		return calleeText(n.Callee)
	case *script.Ident:
		return n.Name
	case *script.Member:
		return calleeText(n.Object) + "." + n.Name
	case *script.This:
		return "this"
	}
	return "(intermediate value)"
}

// enter pushes the frame of a function that is written in JavaScript.
func (m *Machine) enter(s *state.State, f value.Value, c *value.Closure, this value.Value, args []value.Value, target value.Value, to value.Return) {
	code := c.Code
	if len(s.Stack) >= m.Most.Depth || m.bottomless(s, code, this, args) {
		m.finish(s, to, m.bound(s, "calls", code.Name))
		return
	}
	fr := value.Frame{Code: code, Regs: make([]value.Value, code.Regs), Env: c.Env, This: this, Func: f, NewTarget: target, Home: c.Home, Args: args, Ctx: m.entered(s, code), Return: to}
	switch {
	case code.Arrow:
		fr.This, fr.NewTarget = c.This, c.NewTarget
		if c.Func.IsObject() {
			fr.Func = c.Func
		}
	case !code.Strict && this.IsNullish():
		fr.This = m.Realm.Global
	case !code.Strict && this.IsPrimitive():
		fr.This = m.box(s, this)
	}
	switch {
	case code.Generator:
		m.newGenerator(s, f, fr, to)
	case code.Async:
		p := m.NewPromise(s)
		m.finish(s, to, p)
		fr.Return = value.Return{Kind: value.ToPromise, Object: p}
		s.Push(fr)
	default:
		s.Push(fr)
	}
	if fr.Ctx.Turn == value.Many {
		m.Joins = m.Joins || m.JoinsAgain
		m.turn(s, fr.Ctx)
	}
}

// box is a primitive as an object.
func (m *Machine) box(s *state.State, v value.Value) value.Value {
	return m.Alloc(s, &value.Obj{Class: value.BoxedObject, Proto: m.home(v), Data: v})
}

// native runs a function that is written in Go.
func (m *Machine) native(s *state.State, n *value.Native, f, this value.Value, args []value.Value, target value.Value, to value.Return, node script.Node) {
	c := &Call{M: m, S: s, Func: f, This: this, Args: args, NewTarget: target, Node: node, Ctx: m.ctx}
	if len(s.Stack) > 0 {
		c.At = Span(s.Top())
	}
	var r Result
	switch run := n.Run.(type) {
	case Raw:
		r = run(c)
	case Run:
		if !c.decide() {
			return
		}
		r = run(c)
	}
	m.end(s, r, to, node)
}

// decide makes this and the arguments values that are no choices.
func (c *Call) decide() bool {
	var ok bool
	if c.This, ok = c.M.decided(c.S, c.This); !ok {
		return false
	}
	for n := range c.Args {
		if c.Args[n].Kind() < value.Object {
			continue
		}
		v, ok := c.M.decided(c.S, c.Args[n])
		if !ok {
			return false
		}
		if v != c.Args[n] {
			c.Args = append([]value.Value(nil), c.Args...)
			c.Args[n] = v
		}
	}
	return true
}

// end does what a native's result says.
func (m *Machine) end(s *state.State, r Result, to value.Return, node script.Node) {
	switch r.kind {
	case resultValue:
		m.finish(s, to, r.v)
	case resultThrow:
		m.throwTo(s, to, r.v)
	case resultCall:
		m.made++
		m.call(s, r.v, r.this, r.args, to, node)
	case resultNew:
		m.made++
		m.construct(s, r.v, r.args, r.v, to, node)
	case resultEither:
		m.either(s, r.args, to)
	case resultGoesOn:
		m.finish(s, to, r.v)
		m.drain(s, r.this)
	}
}

func (m *Machine) openCall(s *state.State, f, this value.Value, args []value.Value, target value.Value, to value.Return, node script.Node) {
	c := &Call{M: m, S: s, Func: f, This: this, Args: args, NewTarget: target, Node: node, Ctx: m.ctx}
	if len(s.Stack) > 0 {
		c.At = Span(s.Top())
	}
	if f.Term().Cause != nil {
		// It may have changed all that is not known for a cause.
		s.Unlearn(func(t *value.Term) bool { return t.Cause != nil })
	}
	m.end(s, m.Host.Open(c), to, node)
}

// finish gives the result of a call to whom it is for. The frame of the function has been taken off the stack.
func (m *Machine) finish(s *state.State, to value.Return, v value.Value) {
	switch to.Kind {
	case value.ToRegister:
		f := s.Top()
		store(s, &f.Code.Code[f.PC], v)
		if to.Class.IsObject() {
			m.initFields(s, v, s.Obj(to.Class.ID()).Fn)
		}
	case value.ToNothing:
		next(s)
	case value.ToConstruct:
		if !v.IsObject() {
			v = to.Object
		}
		m.finish(s, value.Return{Class: to.Class}, v)
	case value.ToPromise:
		m.Settle(s, to.Object, value.Fulfilled, v)
	case value.ToGenerator:
		m.generatorEnds(s, to.Object, v)
	case value.ToBranch:
		f := s.Top()
		i := &f.Code.Code[f.PC]
		if v.Kind() == value.Absent {
			atEnd(s, i)
		} else {
			store(s, i, v)
		}
	case value.ToTest:
		truth, _ := s.Resolve(v).Truthy()
		m.finish(s, value.Return{}, value.BoolOf(truth))
	}
}

// throwTo gives an exception to whom the result of a call is for.
func (m *Machine) throwTo(s *state.State, to value.Return, v value.Value) {
	switch to.Kind {
	case value.ToPromise:
		m.Settle(s, to.Object, value.Rejected, v)
	case value.ToJob:
		m.Host.Uncaught(s, v)
	case value.ToGenerator:
		m.generatorThrows(s, to.Object, v)
	default:
		m.throw(s, v)
	}
}

// returned ends the innermost frame with a result.
func (m *Machine) returned(s *state.State, v value.Value) {
	f := s.Pop()
	if f.Code.Derived && f.Code.Ctor && f.Return.Kind == value.ToConstruct && !v.IsObject() {
		// Lowering returns this from the constructor of a derived class: here super() was not called.
		m.throwTo(s, value.Return{}, m.NewError(s, "ReferenceError", "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"))
		return
	}
	m.finish(s, f.Return, v)
}
