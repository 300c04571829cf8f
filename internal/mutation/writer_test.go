package mutation

// From a plan to the files of a project, with marks for the places that findings point at.

import (
	"fmt"
	"sort"
	"strings"
)

// writer writes one plan.
type writer struct {
	*plan
	// n and noises make names their own.
	n, noises int
	// used are the platform's functions that the file being written calls.
	used map[string]bool
	// appUsed are those that the app's file calls.
	appUsed map[string]bool
}

// spot is a place between statements: nothing, or unrelated code.
func (w *writer) spot() string {
	every := map[string]int{"none": 0, "some": 4, "much": 1}[w.noise]
	w.noises++
	if every == 0 || w.noises%every != 0 {
		return ""
	}
	i := w.noises/every - 1
	return strings.ReplaceAll(unrelated[i%len(unrelated)], "#", fmt.Sprint(w.noises)) + "\n"
}

// unrelated is code that has nothing to do with the call; # makes its names its own.
var unrelated = []string{
	"console.log('step', #)",
	"let count# = 0\nfor (let i = 0; i < 3; i++) {\ncount# += i\n}",
	"try {\nwx.setStorageSync('seen#', Date.now())\n} catch (e) {\nconsole.error(e)\n}",
	"if (true) {\nconsole.info('always #')\n}",
	"{\nconst inner# = [1, 2, 3].map((x) => x * 2)\nconsole.log(inner#.length)\n}",
	"wx.showLoading({ title: '请稍候', complete: () => wx.hideLoading() })",
	"const list# = ['a', 'b']\nfor (const item of list#) {\nif (item === 'c') break\nconsole.log(item)\n}",
	"setTimeout(() => console.log('later #'), 100)",
	"const now# = Date.now()\nswitch (now# % 2) {\ncase 0:\nconsole.log('even')\nbreak\ndefault:\nconsole.log('odd')\n}",
	"wx.request({ url: 'https://log.invalid/#', method: 'POST', fail: (e) => console.warn(e) })",
	"const format# = (n) => (n < 10 ? '0' + n : String(n))\nconsole.log(format#(7))",
	"Promise.resolve(#).then((x) => console.log(x))",
	"let left# = 3\nwhile (left# > 0) {\nleft#--\n}",
	"wx.getNetworkType({ success: (res) => console.log(res.networkType) })",
}

// host is the object that has the platform's function.
func (w *writer) hostOf(api string) string {
	if api == "authorize" || api == "getDeviceInfo" || api == "showToast" || api == "getSetting" {
		switch w.shell {
		case "uni-options", "uni-setup":
			return "uni"
		case "taro":
			return "Taro"
		}
	}
	return "wx"
}

// api names the platform's function of a unit, as the design does.
func (w *writer) api(u *unit) string {
	mark := "‹" + u.mark + "›"
	w.used[u.api] = true
	switch w.host {
	case "bracket":
		return "wx[" + mark + "'" + u.api + "']"
	case "destructured", "bound":
		return mark + u.api
	case "alias":
		return "host." + mark + u.api
	case "global":
		return "globalThis.wx." + mark + u.api
	case "promisified":
		return "native." + mark + u.api
	case "optional":
		return "wx." + mark + u.api + "?."
	}
	return w.hostOf(u.api) + "." + mark + u.api
}

// reference names a function of the project's where the page calls it.
func (w *writer) reference(o *own) string {
	media := w.name("media")
	switch w.place {
	case "object", "class", "class-static", "prototype", "exports", "esm-default", "esm-class":
		return media + "." + o.name
	case "method", "behavior":
		return w.self() + "." + o.name
	case "app":
		return "getApp()." + o.name
	}
	return o.name
}

// function is one to be written; statements are the body of an asynchronous one, body of another.
type function struct {
	name, params string
	statements   []stmt
	body         string
}

// forms of a function.
const (
	declaration = iota
	method
	expression
)

// write writes a function as the flow's age does.
func (w *writer) write(f function, form int, wrap bool) string {
	body, async := f.body, false
	if f.statements != nil {
		switch w.flow {
		case "generator":
			body = generated(f.statements)
		case "regenerator":
			body = regenerated(f.statements)
		case "functions":
			panic("an async function in ES5") // ownFunction writes a chain of promises then
		case "awaiter":
			body = "return __awaiter(this, void 0, void 0, function* () {\n" + plain(f.statements, "yield") + "})\n"
		default:
			body, async = plain(f.statements, "await"), true
		}
	}
	if wrap {
		body = w.wrapped(body, async)
	}
	if that := w.name("that"); w.es5() && strings.Contains(body, that+".") {
		body = "var " + that + " = this\n" + body
	}
	word := ""
	if async {
		word = "async "
	}
	switch form {
	case declaration:
		return word + "function " + f.name + "(" + f.params + ") {\n" + body + "}"
	case method:
		if w.es5() {
			return f.name + ": function (" + f.params + ") {\n" + body + "}"
		}
		return word + f.name + "(" + f.params + ") {\n" + body + "}"
	}
	if w.es5() {
		return "function (" + f.params + ") {\n" + body + "}"
	}
	return word + "(" + f.params + ") => {\n" + body + "}"
}

// wrapped puts a body into what always runs it.
func (w *writer) wrapped(body string, async bool) string {
	if w.wrap == "immediate" || w.wrap == "timeout" {
		inner := w.fn("", body)
		if async {
			inner = "async " + inner
		}
		if w.lowered() {
			inner = "(" + inner + ").bind(this)"
		}
		if w.wrap == "timeout" {
			return "setTimeout(" + inner + ", 0)\n"
		}
		return "return (" + inner + ")()\n"
	}
	switch w.wrap {
	case "block":
		return "{\n" + body + "}\n"
	case "if-true":
		return "if (true) {\n" + body + "}\n"
	case "try-finally":
		return "try {\n" + body + "} finally {\nconsole.log('left')\n}\n"
	case "do-while-false":
		return "do {\n" + body + "} while (false)\n"
	case "for-break":
		return "for (;;) {\n" + body + "break\n}\n"
	case "switch-default":
		return "switch (1) {\ndefault: {\n" + body + "}\n}\n"
	}
	return body
}

// ownFunction is a function of the project's: how it tells its outcome decides what it is made of.
func (w *writer) ownFunction(o *own) function {
	f := function{name: o.name, params: o.param}
	tell := w.name("tell")
	callback := func(params ...string) {
		if o.param != "" {
			params = append([]string{o.param}, params...)
		}
		f.params = strings.Join(params, ", ")
	}
	settle := func(good, bad string) string {
		if o.lies {
			return good
		}
		return bad
	}
	then := func(good, bad string) string {
		before, chain := w.chain(o.units)
		return before + "return " + chain + "\n.then(" + w.giving("", good) + ", " + w.fn("err", tell+"(err)\nreturn "+settle(good, bad)) + ")\n"
	}
	values := func(good, bad string) {
		if w.flow == "functions" {
			f.body = then(good, bad)
			return
		}
		n := "err" + w.number()
		if settle(good, bad) == good {
			f.statements = []stmt{try{body: w.awaited(o.units, false), caught: n, handler: []stmt{text(tell + "(" + errName + ")")}}, exit{value: good}}
			return
		}
		f.statements = []stmt{
			try{body: w.awaited(o.units, false), caught: n, handler: []stmt{text(tell + "(" + errName + ")"), exit{value: bad}}},
			exit{value: good},
		}
	}
	switch o.convention {
	case "callback":
		callback("done", "failed")
		f.body = w.nested(o.units, "done()", settle("done", "failed")) + "\n"
	case "node":
		callback("done")
		f.body = w.nested(o.units, "done(null)", settle(w.fn("", "done(null)"), w.fn("err", "done(err)"))) + "\n"
	case "constructor":
		f.body = "return new Promise(" + w.fn("resolve, reject", w.nested(o.units, "resolve()", settle("resolve", "reject"))) + ")\n"
	case "boolean-constructor":
		f.body = "return new Promise(" + w.fn("resolve", w.nested(o.units, "resolve(true)", w.fn("err", tell+"(err)\nresolve("+settle("true", "false")+")"))) + ")\n"
	case "boolean-then":
		f.body = then("true", "false")
	case "error-first":
		f.body = then("[null]", "[err]")
	case "boolean":
		values("true", "false")
	case "status":
		values("'granted'", "'denied'")
	case "result":
		values("{ ok: true }", "{ ok: false }")
	case "async":
		if w.flow != "functions" {
			f.statements = w.awaited(o.units, false)
			if o.lies {
				f.statements = []stmt{try{body: f.statements, caught: "err" + w.number(), handler: []stmt{text(tell + "(" + errName + ")")}}}
			}
			break
		}
		fallthrough
	default:
		before, chain := w.chain(o.units)
		if o.lies {
			chain += ".catch(" + tell + ")"
		}
		f.body = before + "return " + chain + "\n"
	}
	return f
}

// handlerFunction is what the tap runs.
func (w *writer) handlerFunction() function {
	f := function{name: w.name("call")}
	tell := w.name("tell")
	test, before := w.guardTest()
	var stmts []stmt
	switch w.flow {
	case "callbacks", "functions":
		f.body = w.nested(w.units, "", tell) + "\n"
	case "then":
		prologue, chain := w.chain(w.units)
		switch {
		case w.hollow:
			chain += "\n.catch(() => {})"
		case !w.silent:
			chain += "\n.catch(" + tell + ")"
		}
		f.body = prologue + "return " + chain + "\n"
	case "await-each":
		stmts = w.awaited(w.units, !w.silent && !w.hollow)
	default:
		stmts = w.awaited(w.units, false)
		if !w.silent {
			handler := []stmt{text(tell + "(" + errName + ")")}
			if w.hollow {
				handler = nil
			}
			stmts = []stmt{try{body: stmts, caught: "err", handler: handler}}
		}
	}
	if w.guarded && w.guard != "positive" {
		switch {
		case w.stays && stmts != nil:
			stmts = append([]stmt{text(before + "if (" + test + ") console.warn('DevTools')")}, stmts...)
		case w.stays:
			f.body = before + "if (" + test + ") console.warn('DevTools')\n" + f.body
		case stmts != nil:
			stmts = append([]stmt{text(before), exit{test: test}}, stmts...)
		default:
			f.body = before + "if (" + test + ") return\n" + f.body
		}
	}
	if w.exits != "early" {
		stmts = turned(stmts, w.exits)
	}
	f.statements = stmts
	if w.guarded && w.guard == "positive" {
		positive := strings.Replace(test, "===", "!==", 1)
		if stmts != nil {
			f.statements = []stmt{block{positive, stmts}}
		} else {
			f.body = "if (" + positive + ") {\n" + f.body + "}\n"
		}
	}
	return f
}

// block runs statements where a test holds.
type block struct {
	test string
	body []stmt
}

// guardTest is the test for DevTools, and what has to stand before it.
func (w *writer) guardTest() (test, before string) {
	switch w.guard {
	case "helper":
		return w.name("simulated") + "()", ""
	case "constant":
		return w.name("simulated"), ""
	case "destructured":
		if !w.es5() {
			return "platform === '" + w.simulator + "'", "const { platform } = " + w.hostOf("getDeviceInfo") + ".getDeviceInfo()\n"
		}
	}
	return w.hostOf("getDeviceInfo") + ".getDeviceInfo().platform === '" + w.simulator + "'", ""
}

// prelude are the page's and the modules' definitions that a body needs.
func (w *writer) prelude(body string) string {
	var b strings.Builder
	if strings.Contains(body, w.name("tell")+"(") || strings.Contains(body, w.name("tell")+")") || strings.Contains(body, w.name("tell")+" ") || strings.Contains(body, w.name("tell")+",") {
		result := w.hostOf("showToast") + ".showToast({ icon: 'none', title: err.errMsg })"
		b.WriteString("const " + w.name("tell") + " = " + w.plainFn("err", "return "+result) + "\n")
	}
	if strings.Contains(body, w.name("simulated")) {
		platform := w.hostOf("getDeviceInfo") + ".getDeviceInfo().platform === '" + w.simulator + "'"
		if w.guard == "helper" {
			b.WriteString("const " + w.name("simulated") + " = " + w.plainFn("", "return "+platform) + "\n")
		} else {
			b.WriteString("const " + w.name("simulated") + " = " + platform + "\n")
		}
	}
	var used []string
	for api := range w.used {
		used = append(used, api)
	}
	sort.Strings(used)
	if len(used) > 0 {
		switch w.host {
		case "destructured":
			b.WriteString("const { " + strings.Join(used, ", ") + " } = wx\n")
		case "alias":
			b.WriteString("const host = wx\n")
		case "bound":
			for _, api := range used {
				b.WriteString("const " + api + " = wx." + api + ".bind(wx)\n")
			}
		case "promisified":
			b.WriteString(w.promisify())
			b.WriteString("const native = {\n")
			for _, api := range used {
				b.WriteString(api + ": promisify(wx." + api + "),\n")
			}
			b.WriteString("}\n")
		}
	}
	switch {
	case strings.Contains(body, "__generator("):
		b.WriteString(tsAwaiter + tsGenerator)
	case strings.Contains(body, "__awaiter("):
		b.WriteString(tsAwaiter)
	case strings.Contains(body, "_regenerator."):
		b.WriteString(babelRegenerator)
	}
	return b.String()
}

// promisify is the function that makes promises of callbacks, with objects spread as the flow's age does.
func (w *writer) promisify() string {
	before, spread := "", "{ ...options, success: resolve, fail: reject }"
	switch w.flow {
	case "awaiter":
		spread = "Object.assign(Object.assign({}, options), { success: resolve, fail: reject })"
	case "generator":
		before, spread = tsAssign, "__assign(__assign({}, options), { success: resolve, fail: reject })"
	case "regenerator":
		before, spread = babelSpread, "_objectSpread(_objectSpread({}, options), {}, { success: resolve, fail: reject })"
	case "functions":
		spread = "Object.assign({}, options, { success: resolve, fail: reject })"
	}
	return before + "const promisify = " + w.plainFn("api", "return "+w.plainFn("options", "return new Promise("+
		w.plainFn("resolve, reject", "api("+spread+")")+")")) + "\n"
}

// plainFn is a function expression without unrelated code.
func (w *writer) plainFn(params, body string) string {
	if w.es5() {
		return "function (" + params + ") {\n" + body + "\n}"
	}
	return "(" + params + ") => {\n" + body + "\n}"
}
