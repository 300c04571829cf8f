package generate

// Steps of what a function does, and how each is written in the style of the function: with callbacks, with
// chains of promises, or with await.

import (
	"fmt"
	"strings"
)

// How a function tells its outcome.
const (
	throws   = "throws"   // a promise that rejects
	boolean  = "boolean"  // a promise of true or false
	result   = "result"   // a promise of { ok }
	callback = "callback" // (done, failed)
	node     = "node"     // (err) => …
	plain    = "plain"    // something that is done at once
	test     = "test"     // an expression that has to be true
)

// step is one thing to do.
type step struct {
	code string // an expression; for wx functions the name
	conv string
	// wx is the function of the platform that the step calls itself, with the fields of its options.
	wx, fields string
	// last steps have nothing after them.
	last bool
}

// call is a step that calls a function of the platform.
func call(wx, fields string) step { return step{wx: wx, fields: fields} }

func (s step) options(more ...string) string {
	var parts []string
	if s.fields != "" {
		parts = append(parts, s.fields)
	}
	parts = append(parts, more...)
	return "{ " + strings.Join(parts, ", ") + " }"
}

// promise is a step's promise, and how it tells its outcome.
func (s step) promise() (string, string) {
	if s.wx != "" {
		return "wx." + s.wx + "(" + s.options() + ")", throws
	}
	return s.code, s.conv
}

// write writes steps in a style.
func (u *unit) write(style string, steps []step) (body string, async bool) {
	switch style {
	case "await":
		return u.awaited(steps), true
	case "then":
		return u.chained(steps), false
	}
	return u.nested(steps), false
}

// nested writes steps with callbacks.
func (u *unit) nested(steps []step) string {
	if len(steps) == 0 {
		return ""
	}
	m, s := u.m, steps[0]
	rest := u.nested(steps[1:])
	tell := u.tell()
	switch {
	case s.conv == plain:
		return s.code + "\n" + rest
	case s.conv == test:
		return u.tested(s.code, rest)
	case s.wx != "" && rest == "":
		return "wx." + s.wx + "(" + s.options(m.one("fail: "+tell, "fail: (err"+m.ty(": any")+") => "+tell+"(err)")) + ")"
	case s.wx != "":
		return u.called(s, rest)
	case s.conv == callback:
		switch {
		case m.oops("go on after a failure"):
			next := m.name("next", "proceed", "goOn")
			return "const " + next + " = () => {\n" + rest + "\n}\n" + s.call(next, next)
		case m.oops("do not wait"):
			return s.call("() => {}", tell) + "\n" + rest
		}
		return s.call("() => {\n"+rest+"\n}", tell)
	case s.conv == node:
		switch {
		case m.oops("do not look at the error"):
			return s.call("() => {\n" + rest + "\n}")
		case m.oops("test the wrong way round"):
			return s.call("(err" + m.ty(": any") + ") => {\nif (!err) return " + tell + "(err)\n" + rest + "\n}")
		}
		return s.call("(err" + m.ty(": any") + ") => {\nif (err) return " + tell + "(err)\n" + rest + "\n}")
	}
	code, conv := s.promise()
	switch conv {
	case boolean, result:
		param := map[string]string{boolean: "ok", result: "{ ok }"}[conv]
		if m.ts {
			param = map[string]string{boolean: "ok: boolean", result: "{ ok }: { ok: boolean }"}[conv]
		}
		return code + ".then((" + param + ") => {\n" + u.tested("ok", rest) + "\n})"
	}
	switch {
	case m.oops("swallow the refusal"):
		return code + "\n.catch(" + tell + ")\n.then(() => {\n" + rest + "\n})"
	case m.oops("go on in finally"):
		return code + "\n.catch(" + tell + ")\n.finally(() => {\n" + rest + "\n})"
	case m.oops("do not wait"):
		return code + ".catch(" + tell + ")\n" + rest
	case m.chance(50):
		return code + ".then(() => {\n" + rest + "\n}, " + tell + ")"
	}
	return code + "\n.then(() => {\n" + rest + "\n})\n.catch(" + tell + ")"
}

// call is the code of a call with arguments after those that it has.
func (s step) call(args ...string) string {
	open := strings.TrimSuffix(s.code, ")")
	if !strings.HasSuffix(open, "(") {
		open += ", "
	}
	return open + strings.Join(args, ", ") + ")"
}

// called writes a call of the platform with callbacks.
func (u *unit) called(s step, rest string) string {
	m, tell := u.m, u.tell()
	on := func(fields ...string) string { return "wx." + s.wx + "({\n" + join(s.fields, fields...) + ",\n})" }
	success := m.one("success: () => {\n"+rest+"\n}", "success: () => {\n"+rest+"\n}", "success: (res"+m.ty(": any")+") => {\nconsole.log(res)\n"+rest+"\n}")
	switch {
	case m.oops("complete instead of success"):
		return on("complete: () => {\n"+rest+"\n}", "fail: "+tell)
	case m.oops("go on after a failure"):
		next := m.name("next", "proceed", "goOn")
		return "const " + next + " = () => {\n" + rest + "\n}\n" + on("success: "+next, "fail: "+next)
	case m.oops("do not wait"):
		return on("fail: "+tell) + "\n" + rest
	case m.chance(15):
		return on("complete: (res" + m.ty(": any") + ") => {\nif (res.errMsg !== '" + s.wx + ":ok') return " + tell + "(res)\n" + rest + "\n}")
	}
	return on(success, "fail: "+tell)
}

func join(first string, rest ...string) string {
	if first == "" {
		return strings.Join(rest, ",\n")
	}
	return first + ",\n" + strings.Join(rest, ",\n")
}

// tested writes what is done where a test holds.
func (u *unit) tested(test, rest string) string {
	m := u.m
	stop := m.one("wx.showToast({ icon: 'none', title: '请先授权' })\nreturn", "return", u.tell()+"(new Error('not ready'))\nreturn")
	switch {
	case m.oops("test the wrong way round"):
		return "if (" + test + ") {\n" + stop + "\n}\n" + rest
	case m.oops("skip the check"):
		return "if (!" + bracketed(test) + ") console.warn('not ready')\n" + rest
	case rest != "" && m.chance(25):
		return "if (" + test + ") {\n" + rest + "\n} else {\nwx.showToast({ icon: 'none', title: '请先授权' })\n}"
	}
	return strings.TrimSuffix("if (!"+bracketed(test)+") {\n"+stop+"\n}\n"+rest, "\n")
}

func bracketed(test string) string {
	if strings.Contains(test, " ") && !(strings.HasPrefix(test, "(") && strings.HasSuffix(test, ")")) {
		return "(" + test + ")"
	}
	return test
}

// asPromise makes a promise of what takes callbacks.
func (u *unit) asPromise(s step) (code, conv string) {
	m := u.m
	any, void := m.ty(": any"), m.ty("<void>")
	switch s.conv {
	case callback:
		if m.oops("resolve on failure") {
			return "new Promise" + void + "((resolve) => " + s.call("() => resolve()", "() => resolve()") + ")", throws
		}
		return "new Promise" + void + "((resolve, reject) => " + s.call("() => resolve()", "reject") + ")", throws
	case node:
		if m.oops("do not look at the error") {
			return "new Promise" + void + "((resolve) => " + s.call("() => resolve()") + ")", throws
		}
		return "new Promise" + void + "((resolve, reject) => " + s.call("(err"+any+") => (err ? reject(err) : resolve())") + ")", throws
	}
	return s.promise()
}

// awaited writes steps with await.
func (u *unit) awaited(steps []step) string {
	m := u.m
	var b strings.Builder
	for _, s := range steps {
		switch s.conv {
		case plain:
			b.WriteString(s.code + "\n")
			continue
		case test:
			b.WriteString(u.tested(s.code, "") + "\n")
			continue
		}
		b.WriteString(u.awaitedStep(s) + "\n")
	}
	body := strings.TrimSuffix(b.String(), "\n")
	if strings.Contains(body, "await ") && m.chance(75) {
		finally := ""
		if m.chance(20) {
			finally = " finally {\nwx.hideLoading()\n}"
		}
		return "try {\n" + body + "\n} catch (err) {\n" + u.tell() + "(err)\n}" + finally
	}
	return body
}

func (u *unit) awaitedStep(s step) string {
	m := u.m
	code, conv := u.asPromise(s)
	switch conv {
	case boolean, result:
		return u.checked(code, conv)
	}
	switch {
	case m.oops("do not wait"):
		return code
	case m.oops("swallow the refusal"):
		return "await " + code + ".catch(" + m.one(u.tell(), "() => {}", "(err"+m.ty(": any")+") => console.warn(err)") + ")"
	case s.wx != "" && m.oops("await a call with callbacks"):
		return "await wx." + s.wx + "(" + s.options("fail: "+u.tell()) + ")"
	case m.oops("catch and go on"):
		return "try {\nawait " + code + "\n} catch (err) {\nconsole.warn(err)\n}"
	case m.chance(12):
		ok := m.name("ok", "done", "passed")
		return "const " + ok + " = await " + code + ".then(() => true, () => false)\n" + u.tested(ok, "")
	case s.wx != "" && m.chance(10):
		return fmt.Sprintf("const res%d = await %s\nif (res%[1]d.errMsg !== '%[3]s:ok') return", m.number(), code, s.wx)
	}
	return "await " + code
}

// checked waits for an answer and looks at it.
func (u *unit) checked(code, conv string) string {
	m := u.m
	answer := "await " + code
	if m.oops("do not wait") {
		answer = code
	}
	if conv == result {
		if m.oops("test the object, not its field") {
			n := m.name("res", "outcome")
			return "const " + n + " = " + answer + "\n" + u.tested(n, "")
		}
		if m.ts {
			answer = "(" + answer + " as any)"
		} else {
			answer = "(" + answer + ")"
		}
		n := m.name("res", "outcome")
		return "const " + n + " = " + answer + "\n" + u.tested(n+".ok", "")
	}
	if m.chance(50) {
		n := m.name("ok", "granted", "allowed")
		return "const " + n + " = " + answer + "\n" + u.tested(n, "")
	}
	return u.tested("("+answer+")", "")
}

func (m *maker) number() int {
	m.names["#"]++
	return m.names["#"]
}

// chained writes steps as a chain of promises.
func (u *unit) chained(steps []step) string {
	m := u.m
	var before, chain strings.Builder
	link := func(code string) {
		switch {
		case chain.Len() == 0:
			chain.WriteString(code)
		case m.oops("do not return the promise"):
			chain.WriteString("\n.then(() => {\n" + code + "\n})")
		case m.chance(40):
			chain.WriteString("\n.then(() => {\nreturn " + code + "\n})")
		default:
			chain.WriteString("\n.then(() => " + code + ")")
		}
	}
	for _, s := range steps {
		switch {
		case s.conv == plain && chain.Len() == 0:
			before.WriteString(s.code + "\n")
			continue
		case s.conv == plain:
			chain.WriteString("\n.then(() => {\n" + s.code + "\n})")
			continue
		case s.conv == test && chain.Len() == 0:
			before.WriteString(u.tested(s.code, "") + "\n")
			continue
		case s.conv == test:
			chain.WriteString("\n.then(() => {\n" + u.demanded(s.code) + "\n})")
			continue
		}
		code, conv := u.asPromise(s)
		link(code)
		switch conv {
		case boolean:
			chain.WriteString("\n.then((ok" + m.ty(": boolean") + ") => {\n" + u.demanded("ok") + "\n})")
		case result:
			chain.WriteString("\n.then((res" + m.ty(": { ok: boolean }") + ") => {\n" + u.demanded("res.ok") + "\n})")
		default:
			if !s.last && m.oops("swallow the refusal") {
				chain.WriteString("\n.catch(" + u.tell() + ")")
			}
		}
	}
	if chain.Len() == 0 {
		return before.String()
	}
	return before.String() + m.one("", "return ") + chain.String() + "\n.catch(" + u.tell() + ")"
}

// demanded stops a chain where a test does not hold.
func (u *unit) demanded(test string) string {
	m := u.m
	switch {
	case m.oops("test the wrong way round"):
		return "if (" + test + ") throw new Error('refused')"
	case m.oops("skip the check"):
		return "console.log(" + test + ")"
	}
	return "if (!" + bracketed(test) + ") throw new Error('refused')"
}
