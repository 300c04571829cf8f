package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// What a component computes from its state while it renders is computed anew whenever the state changes.

// stayLive makes an unknown value one that is computed anew by each run that reads it; again is nil where that cannot be done.
func (m *machine) stayLive(v value, again func(m *machine) value) value {
	if again == nil || !m.renders() || v.kind != kSymbol || v.live() != nil || v.sym.cause != nil {
		return v
	}
	return v.withLive(&cell{made: &computed{each: again}})
}

// anew evaluates an expression of a component's code once more; nil when that would do more than compute.
func (m *machine) anew(p *program, e *env, x script.Expr) func(m *machine) value {
	if !repeatable(x) {
		return nil
	}
	return func(m *machine) value { return m.eval(p, e, x) }
}

// repeatable reports whether an expression computes a value and does nothing else, as far as can be seen.
func repeatable(x script.Expr) bool {
	plain := true
	script.Walk(x, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Await, *script.Yield, *script.Assign, *script.Update, *script.New, *script.JSX, *script.ImportCall, *script.Class:
			plain = false
		case *script.Func:
			plain = plain && !n.Async && !n.Generator && n.Result != nil
		case *script.Call:
			name, _ := calleeName(n)
			plain = plain && !strings.HasPrefix(name, "use") && !isOneOf(reported, name)
		}
		return plain
	})
	return plain
}
