package ir

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/script"
)

// TestSize checks that frames and code stay small where programs are long or nested.
func TestSize(t *testing.T) {
	repeat := strings.Repeat
	for _, c := range []struct {
		name, code string
		// regs and instructions are the most that any function may have.
		regs, instructions int
	}{
		{"chain", "a" + repeat(".then(x => x)", 1000), 4, 6000},
		{"optional chain", "a" + repeat("?.b.c(1)", 500), 6, 6000},
		{"sum", "function f(a) { return a" + repeat(" + a", 5000) + "; }", 3, 11000},
		{"branches", "function f(a) { " + repeat("if (a) a(1); else ", 500) + "a(); }", 4, 3000},
		{"cases", "function f(a) { switch (a) { " + repeat("case a(1): a(2); break;", 1000) + " } }", 5, 12000},
		{"statements", "function f(a) {" + repeat("try { const [x = a, ...y] = a; x(y); } finally { a() }", 500) + "}", 16, 20000},
		{"loops", "function f(a) {" + repeat("for (const x of a) { if (x) return 1; a(() => x);", 400) + repeat("}", 400) + "}", 400, 4000},
		{"nested try", "function f(a) {" + repeat("try { if (a()) return 1;", 400) + repeat("} finally { a() }", 400) + "}", 800, 4000},
	} {
		m := lowered(c.name, []byte(c.code), script.JavaScript)
		if m == nil {
			t.Errorf("%s cannot be parsed", c.name)
			continue
		}
		for _, why := range verify(m) {
			t.Errorf("%s: %s", c.name, why)
		}
		for _, f := range m.Funcs {
			if f.Regs > c.regs || len(f.Code) > c.instructions {
				t.Errorf("%s: func %d %q has %d registers, %d instructions", c.name, f.ID, f.Name, f.Regs, len(f.Code))
			}
		}
	}
}
