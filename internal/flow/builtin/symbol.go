package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// wellKnown are the symbols that the language itself uses.
var wellKnown = map[string]*value.Sym{}

func known(name string) *value.Sym {
	s := &value.Sym{Description: "Symbol." + name, WellKnown: true}
	wellKnown[name] = s
	return s
}

var (
	symIterator      = known("iterator")
	symAsyncIterator = known("asyncIterator")
	symToStringTag   = known("toStringTag")
	_                = known("hasInstance")
	_                = known("toPrimitive")
	_                = known("species")
	_                = known("isConcatSpreadable")
	_                = known("match")
	_                = known("matchAll")
	_                = known("replace")
	_                = known("search")
	_                = known("split")
	_                = known("unscopables")
)

func (l *library) symbolObjects() {
	p := l.r.Symbol
	f := l.constructor("Symbol", 0, p, l.takes("Symbol", ".S", "symbol", func(c *exec.Call, a []value.Value) exec.Result {
		if !c.NewTarget.IsNullish() {
			return c.Error("TypeError", "Symbol is not a constructor")
		}
		return done(value.SymbolOf(l.newSymbol(c, a[1])))
	}))
	for _, name := range []string{"iterator", "asyncIterator", "toStringTag", "hasInstance", "toPrimitive", "species", "isConcatSpreadable", "match", "matchAll", "replace", "search", "split", "unscopables"} {
		l.constant(f, name, value.SymbolOf(wellKnown[name]))
	}
	l.typed(f, "for", 1, ".s", "symbol", func(c *exec.Call, a []value.Value) exec.Result {
		name := a[1].Text()
		if l.registered[name] == nil {
			l.registered[name] = &value.Sym{Description: name, Registered: true}
		}
		return done(value.SymbolOf(l.registered[name]))
	})
	l.method(f, "keyFor", 1, func(c *exec.Call) exec.Result {
		s := c.Arg(0).Symbol()
		switch {
		case c.Arg(0).Kind() == value.Open:
			return derived(c, "keyFor", "")
		case s == nil:
			return c.Error("TypeError", "not a symbol")
		case !s.Registered:
			return done(value.Undef)
		}
		return text(s.Description)
	})
	l.method(p, "toString", 0, l.ofSymbol(func(s *value.Sym) value.Value { return value.Text("Symbol(" + s.Description + ")") }))
	l.method(p, "valueOf", 0, l.ofSymbol(func(s *value.Sym) value.Value { return value.SymbolOf(s) }))
	l.getter(p, "description", l.ofSymbol(func(s *value.Sym) value.Value {
		if l.nameless[s] {
			return value.Undef
		}
		return value.Text(s.Description)
	}))
	prim := l.function("[Symbol.toPrimitive]", 1, l.ofSymbol(func(s *value.Sym) value.Value { return value.SymbolOf(s) }))
	l.s.Edit(p.ID()).Define(value.Prop{Key: keyNamed("@@toPrimitive"), Value: prim, Flags: value.Hidden | value.ReadOnly})
	l.tag(p, "Symbol")
}

// newSymbol makes a symbol. What is made at the same place in the same execution is the same symbol, as objects are.
func (l *library) newSymbol(c *exec.Call, description value.Value) *value.Sym {
	id := c.M.Alloc(c.S, &value.Obj{Proto: value.Nil}).ID()
	if l.symbols[id] == nil || id == 0 {
		s := &value.Sym{}
		if description.Kind() == value.String {
			s.Description = description.Text()
		} else {
			l.nameless[s] = true
		}
		l.symbols[id] = s
	}
	return l.symbols[id]
}

// ofSymbol is a function of the symbol that this is.
func (l *library) ofSymbol(f func(*value.Sym) value.Value) exec.Run {
	return func(c *exec.Call) exec.Result {
		v := c.This
		if v.IsObject() {
			v, _ = c.S.Obj(v.ID()).Data.(value.Value)
		}
		if v.Kind() == value.Open {
			return derived(c, "symbol", "")
		}
		if v.Kind() != value.Symbol {
			return c.Error("TypeError", "not a symbol")
		}
		return done(f(v.Symbol()))
	}
}
