package exec

import (
	"math/big"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// operates carries out operators and conversions.
func (m *Machine) operates(s *state.State, f *value.Frame, i *ir.Instr) {
	a := s.Resolve(f.Regs[i.A])
	if i.Op == ir.Binary || i.Op == ir.Unary && i.Name == "!" {
		m.weighed(s, a)
	}
	if i.Op == ir.Binary {
		m.binary(s, i, a, s.Resolve(f.Regs[i.B]))
		return
	}
	if a.Kind() == value.Choice {
		if v, ok := m.mapped(s, a, func(x value.Value) (value.Value, bool) {
			if i.Op == ir.Unary && i.Name == "typeof" && x.IsObject() {
				return value.Text(m.TypeOf(s, x)), true
			}
			if !x.IsPrimitive() {
				if i.Op == ir.Unary && i.Name == "!" && x.IsObject() {
					return value.False, true
				}
				return x, false
			}
			v, class, _ := unary(i, x)
			return v, class == ""
		}); ok {
			store(s, i, v)
			return
		}
		m.splitOn(s, a)
		return
	}
	m.unaryOf(s, i, a)
}

// mapped applies a function to each alternative of a choice; false where it cannot be for one of them.
func (m *Machine) mapped(s *state.State, v value.Value, f func(value.Value) (value.Value, bool)) (value.Value, bool) {
	set := v.Set()
	left := s.Left(set.Root)
	out := make([]value.Value, len(set.Values))
	for n, x := range set.Values {
		if left&(1<<n) == 0 {
			out[n] = x
			continue
		}
		y, ok := f(s.Resolve(x))
		if !ok {
			return v, false
		}
		out[n] = y
	}
	return value.ChoiceOf(set.Root, out), true
}

func (m *Machine) unaryOf(s *state.State, i *ir.Instr, a value.Value) {
	switch a.Kind() {
	case value.Open:
		store(s, i, m.unaryOpen(s, i, a))
		return
	case value.Object:
		switch {
		case i.Op == ir.Unary && i.Name == "typeof":
			store(s, i, value.Text(m.TypeOf(s, a)))
		case i.Op == ir.Unary && i.Name == "!":
			store(s, i, value.False)
		default:
			name := map[ir.Op]string{ir.ToNumeric: "toNumeric", ir.ToKey: "toKey", ir.ToString: "toString"}[i.Op]
			if name == "" {
				name = "unary" + i.Name
			}
			m.call(s, m.Realm.Helper(name), value.Undef, []value.Value{a}, value.Return{}, i.Node)
		}
		return
	}
	v, class, text := unary(i, a)
	if class != "" {
		m.Throw(s, class, text)
		return
	}
	store(s, i, v)
}

// TypeOf is typeof of a known value.
func (m *Machine) TypeOf(s *state.State, v value.Value) string {
	if m.IsFunction(s, v) {
		return "function"
	}
	return v.TypeOf()
}

func (m *Machine) unaryOpen(s *state.State, i *ir.Instr, a value.Value) value.Value {
	t := a.Term()
	switch i.Op {
	case ir.ToNumeric, ir.Increment:
		return m.Table.Derived("number", "", "number", a)
	case ir.ToKey:
		return a
	case ir.ToString:
		if t.Type == "string" {
			return a
		}
		return m.Table.Derived("string", "", "string", a)
	}
	switch i.Name {
	case "typeof":
		if t.Type != "" {
			return value.Text(t.Type)
		}
		return m.Table.Derived("typeof", "", "string", a)
	case "!":
		if truth, known := t.Truthy(); known {
			return value.BoolOf(!truth)
		}
		switch s.Test(t).Truth {
		case state.Truthy:
			return value.False
		case state.Falsy:
			return value.True
		}
		return m.Table.Derived("!", "", "boolean", a)
	case "void":
		return value.Undef
	}
	return m.Table.Derived(i.Name, "", "number", a)
}

// unary is the result for a primitive, or the class and text of the error that it is.
func unary(i *ir.Instr, a value.Value) (v value.Value, class, text string) {
	switch i.Op {
	case ir.ToKey:
		if a.Kind() == value.Symbol {
			return a, "", ""
		}
		return value.Text(ToText(a)), "", ""
	case ir.ToString:
		if a.Kind() == value.Symbol {
			return a, "TypeError", "Cannot convert a Symbol value to a string"
		}
		return value.Text(ToText(a)), "", ""
	case ir.Increment:
		if a.Kind() == value.BigInt {
			return value.Big(new(big.Int).Add(a.Big(), big.NewInt(int64(i.N)))), "", ""
		}
		return value.Num(a.Num() + float64(i.N)), "", ""
	}
	switch i.Name {
	case "!":
		truth, _ := a.Truthy()
		return value.BoolOf(!truth), "", ""
	case "typeof":
		return value.Text(a.TypeOf()), "", ""
	case "void":
		return value.Undef, "", ""
	}
	if a.Kind() == value.Symbol {
		return a, "TypeError", "Cannot convert a Symbol value to a number"
	}
	if a.Kind() == value.BigInt {
		switch i.Name {
		case "+":
			return a, "TypeError", "Cannot convert a BigInt value to a number"
		case "-":
			return value.Big(new(big.Int).Neg(a.Big())), "", ""
		case "~":
			return value.Big(new(big.Int).Not(a.Big())), "", ""
		}
		return a, "", ""
	}
	n := ToNumber(a)
	switch i.Name {
	case "-":
		return value.Num(-n), "", ""
	case "~":
		return value.Num(float64(^ecma.ToInt32(n))), "", ""
	}
	return value.Num(n), "", ""
}

func (m *Machine) binary(s *state.State, i *ir.Instr, a, b value.Value) {
	identity := i.Name == "===" || i.Name == "!=="
	for n, x := range []value.Value{a, b} {
		if x.Kind() != value.Choice {
			continue
		}
		other := b
		if n == 1 {
			other = a
		}
		if other.Kind() != value.Choice {
			if v, ok := m.mapped(s, x, func(y value.Value) (value.Value, bool) {
				l, r := y, other
				if n == 1 {
					l, r = other, y
				}
				if identity && l.Known() && r.Known() {
					return value.BoolOf(value.StrictEqual(l, r) == (i.Name == "===")), true
				}
				if !l.IsPrimitive() || !r.IsPrimitive() {
					return y, false
				}
				v, class, _ := m.arithmetic(i.Name, l, r)
				return v, class == ""
			}); ok {
				store(s, i, v)
				return
			}
		}
		m.splitOn(s, x)
		return
	}
	switch {
	case i.Name == "in":
		m.in(s, i, a, b)
	case i.Name == "instanceof":
		m.instanceOf(s, i, a, b)
	case identity && a == b && a.IsObject() && s.Obj(a.ID()).Many:
		store(s, i, m.Table.Derived("===", "", "boolean", a, b))
	case identity && a.Known() && b.Known():
		store(s, i, value.BoolOf(value.StrictEqual(a, b) == (i.Name == "===")))
	case a.Kind() == value.Open || b.Kind() == value.Open:
		store(s, i, m.binaryOpen(s, i.Name, a, b))
	case a.IsObject() || b.IsObject():
		m.binaryObjects(s, i, a, b)
	default:
		v, class, text := m.arithmetic(i.Name, a, b)
		if class != "" {
			m.Throw(s, class, text)
			return
		}
		store(s, i, v)
	}
}

// binaryObjects compares by identity, or converts by a prelude.
func (m *Machine) binaryObjects(s *state.State, i *ir.Instr, a, b value.Value) {
	if i.Name == "==" || i.Name == "!=" {
		equal, known := false, true
		switch {
		case a.IsObject() && b.IsObject():
			equal = a == b
		case a.IsNullish() || b.IsNullish():
		default:
			known = false
		}
		if known {
			store(s, i, value.BoolOf(equal == (i.Name == "==")))
			return
		}
	}
	m.call(s, m.Realm.Helper("binary"+i.Name), value.Undef, []value.Value{a, b}, value.Return{}, i.Node)
}

// binaryOpen is the result where an operand is not known: what can be told by its type or prefix, else something open.
func (m *Machine) binaryOpen(s *state.State, op string, a, b value.Value) value.Value {
	switch op {
	case "==", "!=", "===", "!==":
		if equal, known := m.equalOpen(s, op, a, b); known {
			return value.BoolOf(equal == (op == "==" || op == "==="))
		}
		// The test is named by its positive form, so that a test of the other is the same.
		v := m.Table.Derived(strings.Replace(op, "!", "=", 1), "", "boolean", a, b)
		if op[0] == '!' {
			return m.Table.Derived("!", "", "boolean", v)
		}
		return v
	case "<", ">", "<=", ">=":
		return m.Table.Derived(op, "", "boolean", a, b)
	case "+":
		typ, prefix := "", ""
		if t := typeOf(a); t == "string" || typeOf(b) == "string" {
			typ = "string"
			switch {
			case a.Kind() == value.String:
				prefix = a.Text()
			case a.Kind() == value.Open && t == "string":
				prefix = a.Term().Prefix
			}
		} else if t == "number" && typeOf(b) == "number" {
			typ = "number"
		}
		v := m.Table.Derived("+", "", typ, a, b)
		if prefix == "" {
			return v
		}
		like := *v.Term()
		like.Prefix = prefix
		return value.OpenOf(m.Table.Term(nil, like))
	}
	return m.Table.Derived(op, "", "number", a, b)
}

func typeOf(v value.Value) string {
	if v.Kind() == value.Open {
		return v.Term().Type
	}
	return v.TypeOf()
}

// equalOpen tells whether two values, one of which is open, are certainly equal or not.
func (m *Machine) equalOpen(s *state.State, op string, a, b value.Value) (equal, known bool) {
	if a == b && typeOf(a) != "number" && typeOf(a) != "" && !a.Term().Loose {
		return true, true
	}
	if a.Kind() != value.Open {
		a, b = b, a
	}
	t := a.Term()
	ta, tb := t.Type, typeOf(b)
	strict := op == "===" || op == "!=="
	if ta != "" && tb != "" && ta != tb && (strict || b.IsNullish()) {
		if !(b.Kind() == value.Null && ta == "object") && !(ta == "object" && tb == "function") && !(ta == "function" && tb == "object") {
			return false, true
		}
	}
	if b.IsNullish() && (s.Test(t).Truth == state.Truthy) {
		return false, true
	}
	if b.Kind() == value.String && t.Prefix != "" && !strings.HasPrefix(b.Text(), t.Prefix) && strict {
		return false, true
	}
	return false, false
}

func (m *Machine) in(s *state.State, i *ir.Instr, a, b value.Value) {
	switch {
	case b.Kind() == value.Open || a.Kind() == value.Open:
		store(s, i, m.Table.Derived("in", "", "boolean", a, b))
	case !b.IsObject():
		m.Throw(s, "TypeError", "Cannot use 'in' operator to search for a key in "+ToText(b))
	case a.IsObject():
		m.call(s, m.Realm.Helper("binaryin"), value.Undef, []value.Value{a, b}, value.Return{}, i.Node)
	default:
		k, _ := KeyOf(a)
		if v, ok := m.Has(s, b, k); ok {
			store(s, i, v)
		}
	}
}

func (m *Machine) instanceOf(s *state.State, i *ir.Instr, a, b value.Value) {
	if b.Kind() == value.Open {
		store(s, i, m.Table.Derived("instanceof", "", "boolean", a, b))
		return
	}
	if !b.IsObject() {
		m.Throw(s, "TypeError", "Right-hand side of 'instanceof' is not callable")
		return
	}
	if a.Kind() == value.Open {
		store(s, i, m.Table.Derived("instanceof", "", "boolean", a, b))
		return
	}
	m.call(s, m.Realm.Helper("binaryinstanceof"), value.Undef, []value.Value{a, b}, value.Return{}, i.Node)
}
