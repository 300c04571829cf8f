package value

import (
	"math"
	"math/big"
)

// Kind is what a value is.
type Kind uint8

// The kinds of values. Absent, Uninit, Open and Choice are the analysis's own.
const (
	Undefined Kind = iota
	Null
	Bool
	Number
	String
	BigInt
	Symbol
	Object
	Open
	Choice
	Absent
	Uninit
)

// Value is a value. Two values are == only if they are the same; see Same for numbers.
type Value struct {
	kind Kind
	id   ID
	num  float64
	ref  any // string, *big.Int, *Sym, *Term or *Set
}

// ID names an object; 0 names none.
type ID uint32

// Sym is a symbol: its identity is the pointer's.
type Sym struct {
	Description string
	// WellKnown tells of Symbol.iterator and the like; Registered of Symbol.for.
	WellKnown, Registered bool
}

// The values that need no more.
var (
	Undef   = Value{}
	Nil     = Value{kind: Null}
	True    = Value{kind: Bool, num: 1}
	False   = Value{kind: Bool}
	Hole    = Value{kind: Absent}
	NotInit = Value{kind: Uninit}
	NaN     = Num(math.NaN())
)

// BoolOf is true or false.
func BoolOf(b bool) Value {
	if b {
		return True
	}
	return False
}

// Num is a number.
func Num(n float64) Value { return Value{kind: Number, num: n} }

// Text is a string.
func Text(s string) Value { return Value{kind: String, ref: s} }

// Big is a BigInt; n must not be changed any more.
func Big(n *big.Int) Value { return Value{kind: BigInt, ref: n} }

// SymbolOf is a symbol.
func SymbolOf(s *Sym) Value { return Value{kind: Symbol, ref: s} }

// Ref is an object.
func Ref(id ID) Value { return Value{kind: Object, id: id} }

// OpenOf is a value that is not known.
func OpenOf(t *Term) Value { return Value{kind: Open, ref: t} }

// Kind tells what the value is.
func (v Value) Kind() Kind { return v.kind }

// Bool is a boolean's value.
func (v Value) Bool() bool { return v.num != 0 }

// Num is a number's value.
func (v Value) Num() float64 { return v.num }

// Text is a string's value.
func (v Value) Text() string { s, _ := v.ref.(string); return s }

// Big is a BigInt's value, not to be changed.
func (v Value) Big() *big.Int { n, _ := v.ref.(*big.Int); return n }

// Symbol is a symbol's value.
func (v Value) Symbol() *Sym { s, _ := v.ref.(*Sym); return s }

// ID is an object's name, 0 for any other value.
func (v Value) ID() ID {
	if v.kind != Object {
		return 0
	}
	return v.id
}

// Term is an open value's.
func (v Value) Term() *Term { t, _ := v.ref.(*Term); return t }

// Set is a choice's.
func (v Value) Set() *Set { s, _ := v.ref.(*Set); return s }

// IsNullish reports whether the value is undefined or null.
func (v Value) IsNullish() bool { return v.kind == Undefined || v.kind == Null }

// IsObject reports whether the value is an object.
func (v Value) IsObject() bool { return v.kind == Object }

// Known reports whether the value is one of JavaScript's.
func (v Value) Known() bool { return v.kind < Open }

// IsPrimitive reports whether the value is one of JavaScript's, and no object.
func (v Value) IsPrimitive() bool { return v.kind < Object }

// Same is JavaScript's SameValue for known values; open ones are the same if they are the same term, choices if they are
// the same set.
func Same(a, b Value) bool {
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case Number:
		if a.num == b.num {
			return math.Signbit(a.num) == math.Signbit(b.num)
		}
		return a.num != a.num && b.num != b.num
	case BigInt:
		return a.Big().Cmp(b.Big()) == 0
	case Choice:
		return a.ref == b.ref || a.Set().equal(b.Set())
	}
	return a == b
}

// StrictEqual is ===, for known values.
func StrictEqual(a, b Value) bool {
	if a.kind == Number && b.kind == Number {
		return a.num == b.num
	}
	return Same(a, b)
}

// Truthy is ToBoolean; known tells whether it is certain, which it is for every known value.
func (v Value) Truthy() (truth, known bool) {
	switch v.kind {
	case Undefined, Null, Absent, Uninit:
		return false, true
	case Bool:
		return v.num != 0, true
	case Number:
		return v.num != 0 && v.num == v.num, true
	case String:
		return v.Text() != "", true
	case BigInt:
		return v.Big().Sign() != 0, true
	case Symbol, Object:
		return true, true
	case Open:
		return v.Term().Truthy()
	}
	return false, false
}

// TypeOf is what typeof says of a known value; of an object it is "object", which its owner corrects for functions.
func (v Value) TypeOf() string {
	switch v.kind {
	case Null, Object:
		return "object"
	case Bool:
		return "boolean"
	case Number:
		return "number"
	case String:
		return "string"
	case BigInt:
		return "bigint"
	case Symbol:
		return "symbol"
	}
	return "undefined"
}
