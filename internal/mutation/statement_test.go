package mutation

// The statements of an async function, and how build tools of four ages write them.

import (
	"fmt"
	"strings"
)

// stmt is one of text, awaits, exit, try.
type stmt any

type text string

// awaits waits for a promise and keeps its value, when it has a name.
type awaits struct{ name, promise string }

// exit returns, where the test holds if there is one.
type exit struct{ test, value string }

type try struct {
	body    []stmt
	caught  string
	handler []stmt
}

func await(name, promise string) stmt { return awaits{name, promise} }

// errName stands in a handler for what was caught.
const errName = "‹›ERR"

// plain writes the statements with a word for await.
func plain(stmts []stmt, word string) string {
	var b strings.Builder
	for _, s := range stmts {
		switch s := s.(type) {
		case text:
			if strings.TrimSpace(string(s)) != "" {
				b.WriteString(strings.TrimRight(string(s), "\n") + "\n")
			}
		case awaits:
			if s.name != "" {
				b.WriteString("const " + s.name + " = ")
			}
			b.WriteString(word + " " + s.promise + "\n")
		case exit:
			if s.test != "" {
				b.WriteString("if (" + s.test + ") ")
			}
			b.WriteString(strings.TrimSpace("return "+s.value) + "\n")
		case block:
			b.WriteString("if (" + s.test + ") {\n" + plain(s.body, word) + "}\n")
		case otherwise:
			b.WriteString("if (" + s.test + ") {\nreturn\n} else {\n" + plain(s.body, word) + "}\n")
		case try:
			b.WriteString("try {\n" + plain(s.body, word) + "} catch (" + s.caught + ") {\n" +
				strings.ReplaceAll(plain(s.handler, word), errName, s.caught) + "}\n")
		}
	}
	return b.String()
}

// machine compiles statements to the cases of a state machine.
type machine struct {
	regenerator bool
	b           strings.Builder
	label       int
	hoisted     []string
	tries       []string
}

// sent is what a state machine was resumed with.
func (m *machine) sent() string {
	if m.regenerator {
		return "_context.sent"
	}
	return "_a.sent()"
}

func (m *machine) next() int { m.label++; return m.label }

func (m *machine) stmts(stmts []stmt, caught string) {
	line := func(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }
	for _, s := range stmts {
		switch s := s.(type) {
		case text:
			if t := strings.TrimSpace(string(s)); t != "" {
				line("%s", strings.ReplaceAll(t, errName, caught))
			}
		case awaits:
			to := m.next()
			if m.regenerator {
				line("_context.next = %d;\nreturn %s;\ncase %d:", to, s.promise, to)
			} else {
				line("return [4 /*yield*/, %s];\ncase %d:", s.promise, to)
			}
			if s.name != "" {
				m.hoisted = append(m.hoisted, s.name)
				line("%s = %s;", s.name, m.sent())
			} else if !m.regenerator {
				line("_a.sent();")
			}
		case exit:
			m.exit(s, line)
		case try:
			m.try(s, line)
		}
	}
}

func (m *machine) exit(s exit, line func(string, ...any)) {
	if !m.regenerator {
		test, value := "", ""
		if s.test != "" {
			test = "if (" + s.test + ")\n"
		}
		if s.value != "" {
			value = ", " + s.value
		}
		line("%sreturn [2 /*return*/%s];", test, value)
		return
	}
	value := ""
	if s.value != "" {
		value = ", " + s.value
	}
	if s.test == "" {
		line(`return _context.abrupt("return"%s);`, value)
		return
	}
	to := m.next()
	line("if (!(%s)) {\n_context.next = %d;\nbreak;\n}\nreturn _context.abrupt(\"return\"%s);\ncase %d:", s.test, to, value, to)
}

func (m *machine) try(s try, line func(string, ...any)) {
	m.hoisted = append(m.hoisted, s.caught)
	start := m.next()
	if m.regenerator {
		line("case %d:", start)
	} else {
		line("_a.label = %d;\ncase %d:", start, start)
	}
	inner := &machine{regenerator: m.regenerator, label: m.label}
	inner.stmts(s.body, "")
	handler := inner.next()
	after := &machine{regenerator: m.regenerator, label: inner.label}
	after.stmts(s.handler, s.caught)
	end := after.next()
	m.label = end
	m.hoisted = append(append(m.hoisted, inner.hoisted...), after.hoisted...)
	if m.regenerator {
		// The outer one first: the innermost is looked for from the end.
		m.tries = append(m.tries, fmt.Sprintf("[%d, %d]", start, handler))
	}
	m.tries = append(append(m.tries, inner.tries...), after.tries...)
	if m.regenerator {
		line("_context.prev = %d;\n%s_context.next = %d;\nbreak;", start, inner.b.String(), end)
		line("case %d:\n_context.prev = %d;\n_context.t0 = _context[\"catch\"](%d);\n%s = _context.t0;\n%scase %d:",
			handler, handler, start, s.caught, after.b.String(), end)
		return
	}
	line("_a.trys.push([%d, %d, , %d]);\n%sreturn [3 /*break*/, %d];", start, handler, end, inner.b.String(), end)
	line("case %d:\n%s = %s;\n%sreturn [3 /*break*/, %d];\ncase %d:", handler, s.caught, m.sent(), after.b.String(), end, end)
}

// generated writes the statements as the TypeScript compiler does for ES5: the body of a plain function.
func generated(stmts []stmt) string {
	m := &machine{}
	m.stmts(stmts, "")
	hoisted := ""
	if len(m.hoisted) > 0 {
		hoisted = "var " + strings.Join(m.hoisted, ", ") + ";\n"
	}
	return "return __awaiter(this, void 0, void 0, function () {\n" + hoisted + "return __generator(this, function (_a) {\nswitch (_a.label) {\ncase 0:\n" +
		m.b.String() + "return [2 /*return*/];\n}\n});\n});\n"
}

// regenerated writes them as Babel does.
func regenerated(stmts []stmt) string {
	m := &machine{regenerator: true}
	m.stmts(stmts, "")
	hoisted := ""
	if len(m.hoisted) > 0 {
		hoisted = "var " + strings.Join(m.hoisted, ", ") + ";\n"
	}
	tries := ""
	if len(m.tries) > 0 {
		tries = ", null, [" + strings.Join(m.tries, ", ") + "]"
	}
	return "return _asyncToGenerator(/*#__PURE__*/_regenerator.default.mark(function _callee() {\n" + hoisted +
		"return _regenerator.default.wrap(function _callee$(_context) {\nwhile (1) switch (_context.prev = _context.next) {\ncase 0:\n" +
		m.b.String() + "case \"end\":\nreturn _context.stop();\n}\n}, _callee" + tries + ");\n}))();\n"
}
