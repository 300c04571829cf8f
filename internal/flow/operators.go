package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/script"
)

// The operators that take values apart from where they stand: unary, logical and conditional ones.

func (m *machine) unary(p *program, e *env, x *script.Unary) value {
	if x.Op == "typeof" {
		if id, ok := x.X.(*script.Ident); ok && e.lookup(id.Name) == nil && !m.isGlobal(id.Name) {
			return text("undefined")
		}
	}
	if x.Op == "delete" {
		m.delete(p, e, x.X)
		return yes
	}
	return m.unaryOf(x.Op, m.eval(p, e, x.X))
}

func (m *machine) unaryOf(op string, v value) value {
	return m.lift(v, func(v value) value {
		out := m.unaryValue(op, v)
		out.know = v.know
		return out
	})
}

func (m *machine) unaryValue(op string, v value) value {
	if op == "void" {
		return undefined
	}
	if v.kind == kSymbol || v.blank() != nil && v.isBlank() && op != "typeof" {
		if op == "!" {
			return m.not(v)
		}
		if v.kind == kSymbol {
			return m.derive(v.sym, op)
		}
		return m.unknown(nil)
	}
	switch op {
	case "!":
		if v.kind == kObject && v.obj.in().failOf != nil {
			m.a.now.of(v.obj.in().failOf).handled = true // as in decide
		}
		return boolean(!v.constTruth())
	case "typeof":
		return text(typeOf(v))
	case "-", "+", "~":
		n, ok := m.toNumber(v)
		if !ok {
			return m.unknown(nil)
		}
		switch op {
		case "-":
			n = -n
		case "~":
			n = float64(^ecma.ToInt32(n))
		}
		return number(n)
	}
	return m.unknown(nil)
}

// not negates a value of which only the truth matters: it is decided when, and if, something depends on it.
func (m *machine) not(v value) value {
	m.a.symbols++
	return value{kind: kSymbol, sym: &symbol{id: m.a.symbols, cause: causeOf(v), not: &v}}
}

func typeOf(v value) string {
	switch v.kind {
	case kUndefined:
		return "undefined"
	case kBool:
		return "boolean"
	case kNumber:
		return "number"
	case kString:
		return "string"
	case kObject:
		if v.obj.class == cBoxed && strings.HasPrefix(v.obj.name, symbolMark) {
			return "symbol"
		}
		if v.obj.host != nil && namespaces[v.obj.host.name] {
			return "object"
		}
		if v.isFunction() {
			return "function"
		}
		if v.obj.class == cProxy && v.obj.in().proxy.target.isFunction() {
			return "function"
		}
	}
	return "object"
}

func toNumber(v value) (float64, bool) {
	switch v.kind {
	case kNumber:
		return v.num, true
	case kBool:
		if v.bool {
			return 1, true
		}
		return 0, true
	case kNull:
		return 0, true
	case kUndefined:
		return nan, true
	case kString:
		return ecma.NumberOf(v.str), true
	}
	return 0, false
}

func (m *machine) logical(p *program, e *env, x *script.Logical) value {
	return m.logicalFrom(p, e, x, m.eval(p, e, x.L), false)
}

// truth evaluates an expression of which nobody asks more than whether it counts as true.
func (m *machine) truth(p *program, e *env, x script.Expr) value {
	if l, ok := x.(*script.Logical); ok && l.Op != "??" {
		return m.logicalFrom(p, e, l, m.truth(p, e, l.L), true)
	}
	return m.eval(p, e, x)
}

// logicalFrom is logical with its left side evaluated. truth tells that only the truth of the result is asked for.
func (m *machine) logicalFrom(p *program, e *env, x *script.Logical, left value, truth bool) value {
	if x.Op == "??" {
		left = m.known(left)
		if left.kind == kSymbol {
			right := m.weakly(func() value { return m.eval(p, e, x.R) })
			_ = right
			return left
		}
		if left.isNullish() {
			return m.eval(p, e, x.R)
		}
		return left
	}
	answer := m.branch(left, p, e, x.R)
	m.a.takes(x, answer)
	if answer == triBoth && !m.joined() && left.pretends() {
		answer = m.decide(left) // it must not be forgotten that the way is only supposed
	}
	if answer == triBoth {
		var right value
		m.under(p, e, x.L, x.Op == "&&", func() { right = m.weakly(func() value { return m.eval(p, e, x.R) }) })
		if m.joined() || !m.telling(right) {
			if x.Op == "&&" && left.isPlainUnknown() || truth {
				if right.kind != kSymbol && right.blank() == nil && right.constTruth() == (x.Op == "||") {
					return right // whatever the left side is: a retry that was the last
				}
			}
			if x.Op == "&&" {
				return m.chosen(left, right, left)
			}
			return m.chosen(left, left, right)
		}
		answer = m.decide(left)
	}
	switch {
	case (answer == triYes) == (x.Op == "&&"):
		return m.eval(p, e, x.R)
	}
	if left.kind == kSymbol {
		left = m.settled(left)
	}
	return left
}

// test evaluates the test of a statement. Where it matters which of its parts run, how the parts of the test turn out is
// decided one after the other: taken together they are more ways, since each of its values may come from each of them.
func (m *machine) test(p *program, e *env, x script.Expr, parts []script.Node) value {
	l, ok := x.(*script.Logical)
	if !ok || l.Op == "??" || m.joined() {
		return m.truth(p, e, x)
	}
	left := m.test(p, e, l.L, parts)
	if left.kind != kSymbol || left.sym.root == nil || !m.a.matters(m, p, e, parts) {
		return m.logicalFrom(p, e, l, left, true)
	}
	if (m.decide(left) == triYes) == (l.Op == "&&") {
		return m.test(p, e, l.R, parts)
	}
	return m.settled(left)
}

// settled returns a value whose truth has been decided; what is still not known about it stays unknown.
func (m *machine) settled(v value) value {
	if v.kind == kSymbol && v.sym.root != nil {
		if mask := m.mask(v.sym.root); mask&(mask-1) == 0 {
			return m.known(v)
		}
	}
	return v
}

// chosen is yes where test counts as true and no where it does not, and tells as much as test does.
func (m *machine) chosen(test, yes, no value) value {
	if m.joined() {
		// No way here supposes that a field is filled which nothing fills.
		if test = m.actual(test); test.kind == kBool || test.blank() != nil && test.isBlank() {
			if test.constTruth() {
				return yes
			}
			return no
		}
	}
	if test.kind != kSymbol {
		return m.either(yes, no)
	}
	if test.sym.not != nil {
		return m.chosen(*test.sym.not, no, yes)
	}
	if test.sym.root == nil || yes.kind == kSymbol && !same(yes, test) || no.kind == kSymbol && !same(no, test) {
		return m.either(yes, no)
	}
	return m.lift(test, func(alt value) value {
		if alt.kind == kSymbol || alt.blank() != nil && alt.isBlank() {
			return m.unknown(causeOf(alt))
		}
		side := no
		if alt.constTruth() {
			side = yes
		}
		if same(side, test) {
			return alt
		}
		side.know |= alt.know
		return side
	})
}

func (m *machine) cond(p *program, e *env, x *script.Cond) value {
	test := m.eval(p, e, x.Test)
	if v, ok := m.tabulated(p, e, x, test); ok {
		return v
	}
	answer := m.branch(test, p, e, x.Then, x.Else)
	m.a.takes(x, answer)
	if answer == triBoth {
		var a, b value
		m.under(p, e, x.Test, true, func() { a = m.weakly(func() value { return m.eval(p, e, x.Then) }) })
		m.under(p, e, x.Test, false, func() { b = m.weakly(func() value { return m.eval(p, e, x.Else) }) })
		if m.joined() || !m.telling(a) && !m.telling(b) {
			return m.chosen(test, a, b)
		}
		answer = m.decide(test)
	}
	m.noteBranch(p, x.Test, test, answer == triYes)
	if answer == triYes {
		return m.eval(p, e, x.Then)
	}
	return m.eval(p, e, x.Else)
}

// tabulated is a conditional expression that only names what is the case: granted ? 'yes' : 'no'. Nothing has to be decided
// for it as long as nobody looks at the name.
func (m *machine) tabulated(p *program, e *env, x *script.Cond, test value) (value, bool) {
	if m.joined() || test.kind != kSymbol || test.sym.root == nil || !isLabel(x.Then) || !isLabel(x.Else) {
		return undefined, false
	}
	r := test.sym.root
	mask := m.mask(r)
	if mask&(mask-1) == 0 {
		return undefined, false
	}
	a, okA := m.label(p, e, x.Then, r)
	b, okB := m.label(p, e, x.Else, r)
	if !okA || !okB {
		return undefined, false
	}
	vals := make([]value, len(test.sym.vals))
	for i, v := range test.sym.vals {
		if mask&(1<<i) == 0 {
			continue
		}
		if v.kind == kSymbol || v.blank() != nil {
			return undefined, false
		}
		side := b
		if v.constTruth() {
			side = a
		}
		if side.kind == kSymbol {
			side = side.sym.vals[i]
		}
		vals[i] = side
	}
	return m.oneOf(r, vals, nil), true
}

// label evaluates one side of such an expression; ok is false where it hangs on anything but r.
func (m *machine) label(p *program, e *env, x script.Expr, r *root) (v value, ok bool) {
	cond, nested := x.(*script.Cond)
	if !nested {
		return m.eval(p, e, x), true
	}
	test := m.eval(p, e, cond.Test)
	switch {
	case test.kind != kSymbol && test.blank() == nil && test.constTruth():
		return m.label(p, e, cond.Then, r)
	case test.kind != kSymbol && test.blank() == nil:
		return m.label(p, e, cond.Else, r)
	case test.kind == kSymbol && test.sym.root == r:
		return m.tabulated(p, e, cond, test)
	}
	return undefined, false
}

// isLabel reports whether an expression is a literal, or chooses between some by comparing values.
func isLabel(x script.Expr) bool {
	switch x := x.(type) {
	case *script.String, *script.Number, *script.Bool, *script.Null:
		return true
	case *script.Unary:
		_, literal := x.X.(*script.Number)
		return literal
	case *script.Cond:
		return isComparison(x.Test) && isLabel(x.Then) && isLabel(x.Else)
	}
	return false
}

func isComparison(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Ident, *script.String, *script.Number, *script.Bool, *script.Null:
		return true
	case *script.Unary:
		return x.Op == "!" && isComparison(x.X)
	case *script.Binary:
		return isComparison(x.L) && isComparison(x.R)
	}
	return false
}
