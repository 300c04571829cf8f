package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Bounds that hold unless whoever runs the machine sets others.
const (
	mostDepth    = 1500
	mostElements = 10_000
	mostText     = 1 << 18
	mostObjects  = 20_000
)

// New fills in a realm: it returns a machine whose Host is still to be set, and the state that every execution begins from.
func New(table *value.Table) (*exec.Machine, *state.State) {
	m := &exec.Machine{Table: table, Most: Usual}
	l := &library{m: m, s: state.New(nil), r: &exec.Realm{Helpers: map[string]value.Value{}, Intrinsics: map[string]*value.Native{}, Errors: map[string]value.Value{}},
		named: map[string]value.Value{}, symbols: map[value.ID]*value.Sym{}, registered: map[string]*value.Sym{}, nameless: map[*value.Sym]bool{}}
	m.Realm = l.r
	l.r.Iterator, l.r.AsyncIterator = symIterator, symAsyncIterator
	m.Locate("library")
	l.roots()
	for _, fill := range []func(){l.intrinsics, l.objects, l.functions, l.errors, l.iterators, l.arrays, l.strings, l.numbers, l.booleans, l.symbolObjects, l.bigints,
		l.maths, l.texts, l.jsons, l.dates, l.regexps, l.collections, l.promises, l.generators, l.reflects, l.globals, l.buffers} {
		fill()
	}
	l.preludes()
	m.Built(l.s)
	return m, l.s.Fork()
}

// library fills in a realm.
type library struct {
	m *exec.Machine
	s *state.State
	r *exec.Realm
	// named are the objects that preludes ask for by name: constructors and prototypes.
	named map[string]value.Value
	// symbols are those that programs made, by the objects that stand for them; registered those of Symbol.for.
	symbols    map[value.ID]*value.Sym
	registered map[string]*value.Sym
	// nameless are the symbols without a description.
	nameless map[*value.Sym]bool
}

// roots makes the objects that all others need: the prototypes.
func (l *library) roots() {
	r := l.r
	r.Object = l.m.Alloc(l.s, &value.Obj{Proto: value.Nil})
	r.Function = l.m.Alloc(l.s, &value.Obj{Class: value.FunctionObject, Proto: r.Object, Fn: &value.Closure{Native: &value.Native{Run: exec.Raw(func(*exec.Call) exec.Result { return exec.Done(value.Undef) })}}})
	r.Array = l.m.Alloc(l.s, &value.Obj{Class: value.ArrayObject, Proto: r.Object})
	r.String = l.boxed(value.Text(""))
	r.Number = l.boxed(value.Num(0))
	r.Boolean = l.boxed(value.False)
	for _, p := range []*value.Value{&r.Symbol, &r.BigInt, &r.Promise, &r.RegExp, &r.Date, &r.Map, &r.Set, &r.WeakMap, &r.WeakSet} {
		*p = l.object()
	}
	r.Global = l.object()
	l.named["Object.prototype"], l.named["Function.prototype"], l.named["Array.prototype"] = r.Object, r.Function, r.Array
}

func (l *library) boxed(v value.Value) value.Value {
	return l.m.Alloc(l.s, &value.Obj{Class: value.BoxedObject, Proto: l.r.Object, Data: v})
}

// object makes an empty object.
func (l *library) object() value.Value { return l.m.Object(l.s) }

// inherits makes an empty object with a prototype.
func (l *library) inherits(proto value.Value) value.Value {
	return l.m.Alloc(l.s, &value.Obj{Proto: proto})
}

// define gives an object a property that is not enumerable.
func (l *library) define(on value.Value, key string, v value.Value) {
	l.s.Edit(on.ID()).Define(value.Prop{Key: keyNamed(key), Value: v, Flags: value.Hidden})
}

// constant gives an object a property that cannot be changed.
func (l *library) constant(on value.Value, key string, v value.Value) {
	l.s.Edit(on.ID()).Define(value.Prop{Key: keyNamed(key), Value: v, Flags: value.Hidden | value.ReadOnly | value.Pinned})
}

// tag is what Object.prototype.toString says of the objects of a prototype.
func (l *library) tag(on value.Value, tag string) {
	l.s.Edit(on.ID()).Define(value.Prop{Key: value.Key{Sym: symToStringTag}, Value: value.Text(tag), Flags: value.Hidden | value.ReadOnly})
}

// keyNamed is the key that a name of this package stands for: "@@iterator" for a well-known symbol.
func keyNamed(name string) value.Key {
	if len(name) > 2 && name[:2] == "@@" {
		return value.Key{Sym: wellKnown[name[2:]]}
	}
	return value.Named(name)
}

// function makes a function object.
func (l *library) function(name string, length int, run any) value.Value {
	if len(name) > 2 && name[:2] == "@@" {
		name = "[Symbol." + name[2:] + "]"
	}
	return l.m.Native(l.s, &value.Native{Name: name, Length: length, Run: run})
}

// method defines a function on an object; its arguments are decided.
func (l *library) method(on value.Value, name string, length int, run exec.Run) value.Value {
	f := l.function(name, length, run)
	l.define(on, name, f)
	return f
}

// raw defines a function that takes choices as they are.
func (l *library) raw(on value.Value, name string, length int, run exec.Raw) value.Value {
	f := l.function(name, length, run)
	l.define(on, name, f)
	return f
}

// getter defines an accessor without a setter.
func (l *library) getter(on value.Value, name string, run exec.Run) {
	f := l.function("get "+name, 0, run)
	l.s.Edit(on.ID()).Define(value.Prop{Key: keyNamed(name), Get: f, Flags: value.Hidden | value.Accessor})
}

// constructor defines a global function that can be called by new, with the prototype of what it makes.
func (l *library) constructor(name string, length int, proto value.Value, run exec.Run) value.Value {
	f := l.m.Native(l.s, &value.Native{Name: name, Length: length, Constructs: true, Run: run})
	l.constant(f, "prototype", proto)
	l.define(proto, "constructor", f)
	l.define(l.r.Global, name, f)
	l.named[name], l.named[name+".prototype"] = f, proto
	return f
}

// species defines the accessor Symbol.species of a constructor.
func (l *library) species(on value.Value) {
	l.getter(on, "@@species", func(c *exec.Call) exec.Result { return exec.Done(c.This) })
}

// derived is an open result of a call.
func derived(c *exec.Call, name, typ string) exec.Result {
	return exec.Done(c.M.Table.Derived("call", name, typ, append([]value.Value{c.This}, c.Args...)...))
}

// input is something that can be anything: the clock, the locale, chance. at tells equal ones apart.
func (l *library) input(c *exec.Call, name, typ string) value.Value {
	return value.OpenOf(l.m.Table.Term(c.Ctx, value.Term{Op: "input", Name: name, At: c.At, Type: typ}))
}

// hand continues a function of the library in the helper of that name: its this, then its arguments.
func (l *library) hand(c *exec.Call, name string) exec.Result {
	return exec.Calls(l.r.Helper(name), c.This, c.Args...)
}

// anyOpen reports whether a value among some is open.
func anyOpen(vals ...value.Value) bool {
	for _, v := range vals {
		if v.Kind() == value.Open {
			return true
		}
	}
	return false
}
