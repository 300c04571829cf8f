package mutation

// From units to statements: nested callbacks, chains of promises, and what async functions hold.

import (
	"fmt"
	"strings"
)

// kind is how a unit tells its outcome: "api", a convention that rejects or calls back, or one
// that gives a value.
func (u *unit) kind() string {
	if u.together != nil {
		return "promise"
	}
	if u.own == nil {
		return "api"
	}
	switch u.own.convention {
	case "promise", "async", "constructor":
		return "promise"
	case "boolean", "boolean-then", "boolean-constructor":
		return "boolean"
	}
	return u.own.convention
}

// value tells of a kind whose outcome is a value that has to be looked at.
func value(kind string) bool {
	switch kind {
	case "boolean", "error-first", "status", "result":
		return true
	}
	return false
}

// outcome is how a value of that kind is taken, and how its failure is told.
func outcome(kind string, swallows int) (param, failed string) {
	switch kind {
	case "boolean":
		param, failed = "ok", "!ok"
	case "error-first":
		param, failed = "[err]", "err"
	case "status":
		param, failed = "status", "status !== 'granted'"
	case "result":
		param, failed = "{ ok }", "!ok"
	}
	switch swallows {
	case 1:
		return param, ""
	case 2:
		inverse := map[string]string{"!ok": "ok", "err": "!err", "status !== 'granted'": "status === 'granted'"}
		return param, inverse[failed]
	}
	return param, failed
}

// fn is a function expression; the body is statements.
func (w *writer) fn(params, body string) string {
	body = strings.TrimSpace(body)
	if w.es5() {
		return "function (" + params + ") {\n" + body + "\n}"
	}
	return "(" + params + ") => {\n" + body + "\n}"
}

// giving is a function expression that returns a value.
func (w *writer) giving(params, result string) string {
	spot := w.spot()
	if w.es5() || spot != "" {
		return w.fn(params, spot+"return "+result)
	}
	if strings.HasPrefix(result, "{") {
		result = "(" + result + ")"
	}
	return "(" + params + ") => " + result
}

// invoke is the call as the convention's own expression; callbacks are its further arguments.
func (w *writer) invoke(u *unit, callbacks ...string) string {
	if u.together != nil {
		return u.together.promise(w)
	}
	if u.own == nil {
		return w.api(u) + "(" + w.given(u, callbacks...) + ")"
	}
	args := callbacks
	if u.own.param != "" {
		args = append([]string{u.arg}, callbacks...)
	}
	return w.reference(u.own) + "(" + strings.Join(args, ", ") + ")"
}

// promise is the call as an expression whose promise is the outcome, rejected for a failure unless
// the convention gives a value.
func (w *writer) promise(u *unit) string {
	switch u.kind() {
	case "callback":
		return "new Promise(" + w.fn("resolve, reject", w.invoke(u, "resolve", "reject")) + ")"
	case "node":
		test := "if (err) return reject(err)\nresolve()"
		switch u.swallows {
		case 1:
			test = "resolve()"
		case 2:
			test = "if (!err) return reject(err)\nresolve()"
		}
		return "new Promise(" + w.fn("resolve, reject", w.invoke(u, w.fn("err", test))) + ")"
	}
	return w.invoke(u)
}

// fire is the call as a statement that nothing waits for and whose failure is handled.
func (w *writer) fire(u *unit, fail string) string {
	switch kind := u.kind(); {
	case kind == "api" && (w.callbackStyle() || u.mixed):
		return w.invoke(u, "fail: "+fail)
	case kind == "callback":
		return w.invoke(u, w.fn("", ""), fail)
	case kind == "node":
		return w.invoke(u, w.fn("err", "if (err) "+w.name("tell")+"(err)"))
	case value(kind):
		return w.invoke(u)
	}
	return w.call(u) + ".catch(" + fail + ")"
}

// call is the call where a statement begins: no expression before it may take it for its own.
func (w *writer) call(u *unit, callbacks ...string) string {
	x := w.invoke(u, callbacks...)
	if x[0] == '[' || x[0] == '(' {
		return ";" + x
	}
	return x
}

// nested sequences with callbacks. After the last comes done; a failure goes to fail, a function expression.
func (w *writer) nested(units []*unit, done, fail string) string {
	if len(units) == 0 {
		return done
	}
	u := units[0]
	if u.floats {
		return w.spot() + w.fire(u, fail) + "\n" + w.nested(units[1:], done, fail)
	}
	rest := w.spot() + w.nested(units[1:], done, fail)
	after := strings.TrimSpace(rest) != ""
	kind := u.kind()
	if value(kind) {
		param, failed := outcome(kind, u.swallows)
		test := ""
		if failed != "" {
			test = "if (" + failed + ") return\n"
		}
		if !after {
			return w.invoke(u)
		}
		return w.invoke(u) + ".then(" + w.fn(param, test+rest) + ")"
	}
	next := "next" + w.number()
	switch kind {
	case "api":
		switch {
		case u.silent && after:
			return w.invoke(u, "success: "+w.fn("", rest))
		case u.silent:
			return w.invoke(u)
		case !after:
			return w.invoke(u, "fail: "+fail)
		case u.swallows == 1:
			return w.invoke(u, "complete: "+w.fn("", rest))
		case u.swallows == 2:
			return "const " + next + " = " + w.fn("", rest) + "\n" + w.call(u, "success: "+next, "fail: "+next)
		case u.swallows == 3:
			return w.invoke(u, "success: "+fail, "fail: "+w.fn("", rest))
		}
		return w.invoke(u, "success: "+w.fn("", rest), "fail: "+fail)
	case "callback":
		switch {
		case u.swallows == 3:
			return w.invoke(u, fail, w.fn("", rest))
		case u.swallows > 0:
			return "const " + next + " = " + w.fn("", rest) + "\n" + w.call(u, next, next)
		}
		if u.silent {
			fail = w.fn("", "")
		}
		return w.invoke(u, w.fn("", rest), fail)
	case "node":
		test := "if (err) return " + w.name("tell") + "(err)\n"
		switch u.swallows {
		case 1:
			test = ""
		case 2:
			test = "if (!err) return\n"
		}
		return w.invoke(u, w.fn("err", test+rest))
	}
	switch {
	case u.silent:
		return w.call(u) + ".then(" + w.fn("", rest) + ")"
	case u.swallows == 1:
		return w.call(u) + ".catch(" + w.name("tell") + ").then(" + w.fn("", rest) + ")"
	case u.swallows == 2:
		return "const " + next + " = " + w.fn("", rest) + "\n" + w.call(u) + ".then(" + next + ", " + next + ")"
	case u.swallows == 3:
		return w.call(u) + ".then(" + fail + ", " + w.fn("", rest) + ")"
	}
	return w.call(u) + ".then(" + w.fn("", rest) + ", " + fail + ")"
}

// chain sequences with then: statements before it, and the promise of the whole.
func (w *writer) chain(units []*unit) (before, chain string) {
	var pending string // statements that run where the next one is called
	for _, u := range units {
		if u.floats {
			pending += w.fire(u, w.name("tell")) + "\n"
			continue
		}
		x := w.promise(u)
		if u.swallows > 0 && !value(u.kind()) && u.kind() != "node" {
			switch u.swallows {
			case 1:
				x += ".catch(" + w.name("tell") + ")"
			case 2:
				x += ".then(null, " + w.name("tell") + ")"
			case 3:
				x += ".then(" + w.fn("", "throw new Error('allowed')") + ", " + w.name("tell") + ")"
			}
		}
		switch {
		case chain == "":
			before, chain = w.spot()+pending, x
		case pending != "":
			chain += "\n.then(" + w.fn("", pending+"return "+x) + ")"
		default:
			chain += "\n.then(" + w.giving("", x) + ")"
		}
		pending = ""
		if kind := u.kind(); value(kind) {
			param, failed := outcome(kind, u.swallows)
			if failed != "" {
				chain += ".then(" + w.fn(param, "if ("+failed+") throw new Error('refused')") + ")"
			}
		}
	}
	if chain == "" {
		return before + pending, "Promise.resolve()"
	}
	if pending != "" {
		chain += "\n.then(" + w.fn("", pending) + ")"
	}
	return before, chain
}

// awaited sequences as an async function does; each tells that every unit has a try of its own.
func (w *writer) awaited(units []*unit, each bool) []stmt {
	var out []stmt
	for _, u := range units {
		out = append(out, text(w.spot()))
		out = append(out, w.awaitedUnit(u, each)...)
	}
	return out
}

func (w *writer) awaitedUnit(u *unit, each bool) []stmt {
	if u.sometimes {
		always := *u
		always.sometimes = false
		return []stmt{block{"wx.getStorageSync('first')", w.awaitedUnit(&always, each)}}
	}
	tell := w.name("tell")
	if u.floats {
		if u.mixed {
			return []stmt{await("", w.invoke(u, "fail: "+tell))}
		}
		return []stmt{text(w.fire(u, tell))}
	}
	kind := u.kind()
	if value(kind) {
		n := w.number()
		name := map[string]string{"boolean": "ok", "error-first": "pair", "status": "status", "result": "result"}[kind] + n
		_, failed := outcome(kind, u.swallows)
		if failed == "" {
			return []stmt{await("", w.invoke(u))}
		}
		for _, pair := range [][2]string{{"ok", name}, {"err", name + "[0]"}, {"status", name}} {
			if kind == "result" {
				pair[1] = name + ".ok"
			}
			if strings.Contains(failed, pair[0]) {
				failed = strings.ReplaceAll(failed, pair[0], pair[1])
				break
			}
		}
		return []stmt{await(name, w.invoke(u)), exit{test: failed}}
	}
	x := w.promise(u)
	if kind == "node" {
		u = &unit{silent: u.silent}
	}
	switch {
	case u.swallows == 1:
		return []stmt{await("", x+".catch("+tell+")")}
	case u.swallows == 2:
		return []stmt{try{body: []stmt{await("", x)}, caught: "err" + w.number(), handler: []stmt{text(tell + "(" + errName + ")")}}}
	case u.swallows == 3:
		return []stmt{try{body: []stmt{await("", x), exit{}}, caught: "err" + w.number(), handler: []stmt{text(tell + "(" + errName + ")")}}}
	case each && !u.silent:
		return []stmt{try{body: []stmt{await("", x)}, caught: "err" + w.number(), handler: []stmt{text(tell + "(" + errName + ")"), exit{}}}}
	}
	return []stmt{await("", x)}
}

func (w *writer) number() string {
	w.n++
	return fmt.Sprint(w.n)
}
