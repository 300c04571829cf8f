package generate

// Plans in which something waits: a queue of jobs, a resolver that is kept, a promise that several share, and trying again.

import "fmt"

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
