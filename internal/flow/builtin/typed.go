package builtin

import (
	"math"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Functions of primitives say what they take, a letter for this and for each argument:
//
//	.  as it is
//	s  a string; S: likewise, but undefined stays
//	n  a number; N: likewise, but undefined stays
//	i  a number without a fraction, NaN counts as 0; I: likewise, but undefined stays
//	t  for this: a string, of anything but undefined and null
//	*  as the one before, for all that follow
//
// Objects among them are converted by the prelude, since that may run code of the program.

// pure computes a result of primitives: a[0] is this.
type pure func(c *exec.Call, a []value.Value) exec.Result

// typed defines a function of primitives. gives is the type of its result where something is open.
func (l *library) typed(on value.Value, name string, length int, takes, gives string, run pure) value.Value {
	return l.method(on, name, length, l.takes(name, takes, gives, run))
}

func (l *library) takes(name, takes, gives string, run pure) exec.Run {
	return func(c *exec.Call) exec.Result {
		vals := make([]value.Value, 1, len(takes)+len(c.Args))
		vals[0] = c.This
		vals = append(vals, c.Args...)
		for n := len(vals); n < len(takes) && takes[n] != '*' && (n+1 == len(takes) || takes[n+1] != '*'); n++ {
			vals = append(vals, value.Undef)
		}
		open := false
		for n := range vals {
			kind := kindAt(takes, n)
			if kind == '.' {
				continue
			}
			if vals[n].IsObject() {
				if wrapped, ok := l.plainText(c, vals[n]); ok && n == 0 {
					vals[n] = wrapped
				} else {
					return l.coerces(c, takes)
				}
			}
			v, class, text := convert(vals[n], kind, name)
			if class != "" {
				return c.Error(class, text)
			}
			vals[n] = v
			open = open || v.Kind() == value.Open
		}
		if open {
			return exec.Done(c.M.Table.Derived("call", name, gives, vals...))
		}
		return run(c, vals)
	}
}

// plainText is the string that an object made of one stands for, if nothing of the program decides on its conversion.
func (l *library) plainText(c *exec.Call, v value.Value) (value.Value, bool) {
	o := c.S.Obj(v.ID())
	if p, ok := o.Data.(value.Value); ok && o.Class == value.BoxedObject && o.Proto == l.r.String && p.Kind() == value.String && o.Props.Len() == 0 {
		return p, true
	}
	return v, false
}

func kindAt(takes string, n int) byte {
	switch {
	case n < len(takes) && takes[n] != '*':
		return takes[n]
	case takes[len(takes)-1] == '*':
		return takes[len(takes)-2]
	}
	return '.'
}

// coerces has the prelude convert what a function is called with, and call it again.
func (l *library) coerces(c *exec.Call, takes string) exec.Result {
	return exec.Calls(l.r.Helper("coerce"), value.Undef, c.Func, c.This, c.M.Array(c.S, c.Args), value.Text(takes), c.NewTarget)
}

// convert makes a primitive, or something open, what a letter says; class and text are the error that it is instead.
func convert(v value.Value, kind byte, name string) (out value.Value, class, text string) {
	k := v.Kind()
	switch kind {
	case 't':
		if v.IsNullish() {
			return v, "TypeError", "String.prototype." + name + " called on null or undefined"
		}
	case 'S', 'N', 'I':
		if k == value.Undefined {
			return v, "", ""
		}
	}
	if k == value.Open {
		return v, "", ""
	}
	switch kind {
	case 't', 's', 'S':
		if k == value.Symbol {
			return v, "TypeError", "Cannot convert a Symbol value to a string"
		}
		if k == value.String {
			return v, "", ""
		}
		return value.Text(exec.ToText(v)), "", ""
	}
	switch k {
	case value.Symbol:
		return v, "TypeError", "Cannot convert a Symbol value to a number"
	case value.BigInt:
		return v, "TypeError", "Cannot convert a BigInt value to a number"
	}
	n := exec.ToNumber(v)
	if kind == 'i' || kind == 'I' {
		n = ecma.ToInteger(n)
	}
	return value.Num(n), "", ""
}

// number is an argument's value, or if it is undefined another.
func number(v value.Value, otherwise float64) float64 {
	if v.Kind() == value.Undefined {
		return otherwise
	}
	return v.Num()
}

func done(v value.Value) exec.Result { return exec.Done(v) }
func text(s string) exec.Result      { return exec.Done(value.Text(s)) }
func num(n float64) exec.Result      { return exec.Done(value.Num(n)) }
func boolean(b bool) exec.Result     { return exec.Done(value.BoolOf(b)) }
func isWhole(n float64) bool         { return n == math.Trunc(n) && !math.IsInf(n, 0) }

// known is a text, or something open where it could not be computed: the reason is that it holds half a letter.
func (l *library) known(c *exec.Call, name, s string, ok bool) exec.Result {
	if ok {
		return text(s)
	}
	return exec.Done(l.input(c, name+" of half a letter", "string"))
}
