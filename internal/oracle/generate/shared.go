package generate

// Plans in which something waits: a queue of jobs, a resolver that is kept, a promise that several share, and trying again.

import (
	"fmt"
	"strings"
)

// planQueue keeps jobs until enabling succeeded.
func (m *maker) planQueue() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	void := m.ty(": Array<() => void>")
	job := "job" + m.ty(": () => void")
	u.top = append(u.top, "let ready = false\nconst waiting"+void+" = []",
		"function whenReady("+job+") {\nif (ready) job()\nelse waiting.push(job)\n}")
	if m.chance(50) {
		u.top = append(u.top, "function open() {\nready = true\nwaiting.splice(0).forEach((job) => job())\n}")
	} else {
		u.top = append(u.top, "function open() {\nready = true\nwhile (waiting.length) {\nconst job = waiting.shift()\nif (job) job()\n}\n}")
	}
	open := step{code: "open()", conv: plain}
	steps := join3(u.guard(), u.asking(in), []step{u.enabling(in)})
	if m.oops("open the queue too early") {
		at := m.IntN(len(steps))
		steps = append(append(append([]step(nil), steps[:at]...), open), steps[at:]...)
	} else {
		steps = append(steps, open)
	}
	u.starting(steps)
	body, _ := u.write("callbacks", []step{u.joining()})
	name := m.name("call", "startCall", "onCall")
	u.method(name, "", "whenReady(() => {\n"+body+"\n})", false)
	u.tap(name, "呼叫")
	if m.chance(30) {
		f := flag{off: "ready = false"}
		u.ending(&f)
	}
	u.finish()
}

// planResolver keeps the resolver of a promise that taps wait for.
func (m *maker) planResolver() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	var opened, open string
	any, void := m.ty(": any"), m.ty("<void>")
	inPage := m.chance(50)
	if inPage {
		opened, open = "this.opened", "this.open()"
	} else {
		opened, open = "opened", "open()"
		u.top = append(u.top, "let open"+any+"\nconst opened = new Promise"+void+"((resolve) => {\nopen = resolve\n})")
	}
	steps := m.opening(join3(u.guard(), u.asking(in), []step{u.enabling(in)}), step{code: open, conv: plain})
	name := m.name("prepare", "goOnline", "init")
	body, async := u.write(m.style(), steps)
	u.method(name, "", body, async)
	begin := "this." + name + "()"
	if inPage {
		begin = "this.opened = new Promise" + void + "((resolve) => {\nthis.open = resolve\n})\n" + begin
	}
	u.load(begin, false)
	u.handler("呼叫", []step{{code: opened, conv: throws}, u.joining()}, "call", "startCall", "onCall")
	u.finish()
}

// opening are steps with one that lets others go on: at the end, or by mistake before.
func (m *maker) opening(steps []step, open step) []step {
	if m.oops("open too early") {
		at := m.IntN(len(steps))
		return append(append(append([]step(nil), steps[:at]...), open), steps[at:]...)
	}
	return append(steps, open)
}

// planShared starts once and lets everybody wait for the same promise.
func (m *maker) planShared() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	steps := join3(u.asking(in), []step{u.enabling(in)})
	start := m.name("start", "prepare", "setUp")
	body := u.throwing(steps)
	ready := m.name("ready", "starting")
	var wait string
	any := m.ty(": any")
	shape := m.one("page", "page", "module")
	m.trait("shared in %s", shape)
	swallow := ""
	if m.oops("swallow the refusal") {
		swallow = ".catch(" + u.tell() + ")"
	}
	if shape == "page" {
		u.method(start, "", body, true)
		once := m.name("ensureReady", "whenReady")
		u.method(once, "", m.one(
			fmt.Sprintf("this.%s ??= this.%s()%s\nreturn this.%[1]s", ready, start, swallow),
			fmt.Sprintf("if (!this.%s) this.%[1]s = this.%s()%s\nreturn this.%[1]s", ready, start, swallow)), false)
		wait = "this." + once + "()"
	} else {
		u.put(u, start, "", body, true)
		u.top = append(u.top, "let "+ready+any+" = null")
		once := m.name("ensureReady", "whenReady")
		reset := fmt.Sprintf(".catch((err%s) => {\n%s = null\nthrow err\n})", any, ready)
		if m.oops("swallow the refusal") {
			reset = fmt.Sprintf(".catch((err%s) => {\n%s = null\nconsole.warn(err)\n})", any, ready)
		}
		u.put(u, once, "", fmt.Sprintf("if (!%s) {\n%[1]s = %s()%s%s\n}\nreturn %[1]s", ready, start, swallow, reset), false)
		wait = once + "()"
	}
	if m.chance(60) {
		u.load("", false)
		u.method("onShow", "", wait+".catch("+u.tell()+")", false)
	} else {
		u.load("", false)
	}
	steps = join3(u.guard(), []step{{code: wait, conv: throws}, u.joining()})
	if m.oops("switch off before the join") {
		steps = join3(steps[:len(steps)-1], []step{call("setEnable1v1Chat", "enable: false"), steps[len(steps)-1]})
	}
	u.handler("呼叫", steps, "call", "startCall", "onCall")
	if m.chance(25) {
		f := flag{off: map[string]string{"page": "this." + ready + " = undefined", "module": ready + " = null"}[shape]}
		u.ending(&f)
	}
	u.finish()
}

// planRetry tries several times, or asks the user to.
func (m *maker) planRetry() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	e := u.ensurer(in)
	code, conv := u.asPromise(e)
	attempt := m.name("tryAll", "attempt", "persuade")
	ok := "(await " + code + ")"
	switch conv {
	case throws:
		ok = "(await " + code + ".then(() => true, () => false))"
	case result:
		ok += ".ok"
	}
	give := "return false"
	if m.oops("give up and go on") {
		give = "return true"
	}
	shape := m.one("loop", "modal", "recursion")
	m.trait("retry by %s", shape)
	switch shape {
	case "loop":
		u.put(u, attempt, "", "for (let left = 2; left > 0; left--) {\nif "+ok+" return true\n}\n"+give, true)
	case "modal":
		u.put(u, attempt, "", "while (!"+ok+") {\nconst { confirm } = (await wx.showModal({ title: '需要授权', content: '再试一次？' }))"+m.ty(" as any")+"\nif (!confirm) "+give+"\n}\nreturn true", true)
	default:
		u.put(u, attempt, "left"+m.ty(": number")+" = 2", "if (left === 0) {\n"+give+"\n}\nif "+ok+" return true\nreturn "+attempt+"(left - 1)", true)
	}
	u.load("", false)
	u.handler("呼叫", join3(u.guard(), []step{{code: attempt + "()", conv: boolean}, u.enabling(in), u.joining()}), "call", "startCall", "onCall")
	u.finish()
}

// planSwitch lets the user turn enabling on and off, and remembers which.
func (m *maker) planSwitch() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	f := u.flag("online", "enabled", "reachable")
	name := m.name("toggle", "onSwitch", "changeOnline")
	shape := m.one("switch", "button", "branches")
	m.trait("turned by %s", shape)
	remember := "success: () => {\nif (on) {\n" + f.on + "\n} else {\n" + f.off + "\n}\n}"
	switch {
	case m.oops("remember in complete"):
		remember = strings.Replace(remember, "success", "complete", 1)
	case m.oops("never forget"):
		remember = "success: () => {\n" + f.on + "\n}"
	}
	turn := "wx.setEnable1v1Chat({\nenable: on,\n" + remember + ",\nfail: " + u.tell() + ",\n})"
	read := "const on = !" + bracketed(f.get)
	params := ""
	if shape == "switch" {
		read, params = "const on = e.detail.value", "e"+m.ty(": any")
	}
	ask := u.throwing(u.asking(in))
	body := read + "\ntry {\nif (on) {\n" + ask + "\n}\n" + turn + "\n} catch (err) {\n" + u.tell() + "(err)\n}"
	if shape == "branches" {
		body = "try {\nif (" + f.get + ") {\n" + u.switchOff(&f) + "\nreturn\n}\n" + ask + "\nwx.setEnable1v1Chat({ enable: true, success: () => {\n" + f.on + "\n}, fail: " + u.tell() + " })\n} catch (err) {\n" + u.tell() + "(err)\n}"
	}
	if m.oops("no guard against DevTools") {
		m.trait("unguarded")
	} else {
		body = "if (wx.getDeviceInfo().platform === 'devtools') return\n" + body
	}
	u.method(name, params, body, true)
	if shape == "switch" {
		u.wxml = append(u.wxml, `<switch bindchange="`+name+`" />`)
	} else {
		u.tap(name, "在线")
	}
	u.load("", false)
	u.handler("呼叫", m.asked(f, u.joining()), "call", "startCall", "onCall")
	u.finish()
}

// planEvents lets modules tell each other what happened with a small event bus of their own.
func (m *maker) planEvents() {
	u := m.callPage("pages/call/call")
	in := m.library("utils/" + m.name("voip", "service"))
	bus := m.library("utils/" + m.name("bus", "events"))
	any := m.ty(": any")
	bus.top = append(bus.top, "const listeners"+m.ty(": Record<string, Array<(arg?: any) => void>>")+" = {}",
		"function on(name"+m.ty(": string")+", f"+any+") {\n(listeners[name] = listeners[name] || []).push(f)\n}",
		"function emit(name"+m.ty(": string")+", arg"+m.ty("?: any")+") {\n(listeners[name] || []).forEach((f) => f(arg))\n}")
	bus.exports = append(bus.exports, "on", "emit")
	in.use(bus.path, "emit")
	u.use(bus.path, "on")
	emit := step{code: "emit('ready')", conv: plain}
	start := m.name("start", "connect")
	body, async := in.write(m.style(), m.opening(join3(in.guard(), in.asking(in), []step{in.enabling(in)}), emit))
	u.put(in, start, "", body, async)
	f := u.flagOf(m.one("data", "field", "module"), "ready", "online")
	u.load("on('ready', () => {\n"+f.on+"\n})\n"+start+"()", false)
	u.handler("呼叫", m.asked(f, u.joining()), "call", "startCall", "onCall")
	u.ending(&f)
	u.finish()
}
