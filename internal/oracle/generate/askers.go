package generate

// Functions of the program's own: one that asks for a scope, one that asks for both, one that enables, and the
// module that they live in.

import (
	"fmt"
	"strings"
)

// scopes are both, or what somebody forgot one of.
func (m *maker) scopes() []string {
	list := []string{"'scope.record'", "'scope.camera'"}
	if m.chance(30) {
		list[0], list[1] = list[1], list[0]
	}
	if m.oops("drop a scope") {
		return list[:1]
	}
	return list
}

// place decides where the functions live: in the page's file, or in a module.
func (m *maker) place(u *unit) *unit {
	if m.chance(50) {
		return u
	}
	return m.library("utils/" + m.name("voip", "permission", "call"))
}

// put adds a function to a unit, to be used in another one.
func (u *unit) put(in *unit, name, params, body string, async bool) {
	m := u.m
	word := ""
	if async {
		word = "async "
	}
	if m.chance(30) {
		in.top = append(in.top, "const "+name+" = "+word+"("+params+") => {\n"+body+"\n}")
	} else {
		in.top = append(in.top, word+"function "+name+"("+params+") {\n"+body+"\n}")
	}
	if in != u {
		in.exports = append(in.exports, name)
		u.use(in.path, name)
	}
}

// asker writes a function that asks for one scope and returns its name and convention.
func (u *unit) asker() (name, conv string) {
	m := u.m
	name = m.name("ask", "authorize", "requestScope", "ensureScope")
	scope := "scope" + m.ty(": string")
	any := m.ty("<any>")
	shape := m.one("promise", "promise", "boolean", "boolean", "native", "settings", "settings", "async", "result")
	m.trait("asker %s", shape)
	switch shape {
	case "promise":
		switch {
		case m.oops("resolve on failure"):
			u.put(u, name, scope, "return new Promise"+any+"((resolve) => {\nwx.authorize({ scope, success: resolve, fail: resolve })\n})", false)
		case m.oops("complete instead of success"):
			u.put(u, name, scope, "return new Promise"+any+"((resolve, reject) => {\nwx.authorize({ scope, complete: resolve, fail: reject })\n})", false)
		default:
			u.put(u, name, scope, "return new Promise"+any+"((resolve, reject) => {\nwx.authorize({ scope, success: resolve, fail: reject })\n})", false)
		}
		return name, throws
	case "boolean":
		fail := "fail: () => resolve(false)"
		if m.oops("resolve true on failure") {
			fail = "fail: () => resolve(true)"
		}
		if m.oops("resolve the error on failure") {
			fail = "fail: resolve"
		}
		u.put(u, name, scope, "return new Promise"+any+"((resolve) => {\nwx.authorize({\nscope,\nsuccess: () => resolve(true),\n"+fail+",\n})\n})", false)
		return name, boolean
	case "native":
		if m.oops("swallow the refusal") {
			u.put(u, name, scope, "return wx.authorize({ scope }).catch(() => {})", false)
		} else {
			u.put(u, name, scope, "return wx.authorize({ scope })", false)
		}
		return name, throws
	case "result":
		ok := "ok: false"
		if m.oops("resolve true on failure") {
			ok = "ok: true"
		}
		u.put(u, name, scope, "return wx.authorize({ scope }).then(() => ({ ok: true }), () => ({ "+ok+" }))", false)
		return name, result
	case "settings":
		u.put(u, name, scope, u.settings(), false)
		return name, boolean
	}
	stop := "return false"
	if m.oops("resolve true on failure") {
		stop = "return true"
	}
	u.put(u, name, scope, "try {\nawait wx.authorize({ scope })\nreturn true\n} catch (err) {\nconsole.warn(err)\n"+stop+"\n}", true)
	return name, boolean
}

// settings looks at what the user decided before, and leads to the settings.
func (u *unit) settings() string {
	m := u.m
	res, any := "res"+m.ty(": any"), m.ty("<boolean>")
	has := "res.authSetting[scope]"
	if m.oops("test the wrong way round") {
		has = "!" + has
	}
	if m.oops("take what was never asked for granted") {
		has = "res.authSetting[scope] !== false"
	}
	again := "resolve(false)"
	if m.chance(40) {
		reopened := "resolve(!!again.authSetting[scope])"
		if m.oops("do not look at the settings") {
			reopened = "resolve(true)"
		}
		again = "wx.openSetting({\nsuccess: (again" + m.ty(": any") + ") => " + reopened + ",\nfail: () => resolve(false),\n})"
	}
	return "return new Promise" + any + "((resolve) => {\nwx.getSetting({\nsuccess: (" + res + ") => {\nif (" + has + ") {\nresolve(true)\nreturn\n}\n" +
		"wx.authorize({\nscope,\nsuccess: () => resolve(true),\nfail: () => {\n" + again + "\n},\n})\n},\nfail: () => resolve(false),\n})\n})"
}

// ensurer is a step that asks for both scopes with a function of its own.
func (u *unit) ensurer(in *unit) step {
	m := u.m
	name := m.name("ensureMedia", "prepareMedia", "checkPermission", "askAll")
	list := m.scopes()
	scopes := "[" + strings.Join(list, ", ") + "]"
	if m.chance(35) {
		constant := m.name("SCOPES", "NEEDED")
		in.top = append(in.top, "const "+constant+" = "+scopes)
		scopes = constant
	}
	shape := m.one("sequence", "sequence", "loop", "all", "reduce", "recursion", "callbacks", "callbacks", "node", "jobs", "combined", "missing", "count")
	m.trait("both by %s", shape)
	switch shape {
	case "callbacks", "node":
		return u.ensureCallbacks(in, name, list, shape)
	case "combined":
		scope := strings.ReplaceAll(strings.Join(list, ","), "'", "")
		if m.oops("swallow the refusal") {
			u.put(in, name, "", "return wx.authorize({ scope: '"+scope+"' }).catch("+in.tell()+")", false)
			return step{code: name + "()", conv: throws}
		}
		u.put(in, name, "", "return wx.authorize({ scope: '"+scope+"' })", false)
		return step{code: name + "()", conv: throws}
	case "missing":
		return u.ensureMissing(in, name, scopes)
	case "count":
		return u.ensureCount(in, name, scopes)
	}
	ask, conv := in.asker()
	if conv == throws {
		return u.ensureThrows(in, name, ask, scopes, list, shape)
	}
	ok := "(await " + ask + "(scope))"
	if conv == result {
		ok = "(await " + ask + "(scope)).ok"
	}
	return u.ensureBoolean(in, name, ask, ok, conv, scopes, shape)
}

// ensureThrows asks for both; a refusal rejects.
func (u *unit) ensureThrows(in *unit, name, ask, scopes string, list []string, shape string) step {
	m := u.m
	asked := "await " + ask + "(scope)"
	if m.oops("do not wait") {
		asked = ask + "(scope)"
	}
	if m.oops("swallow the refusal") {
		asked += ".catch(() => {})"
	}
	switch shape {
	case "all":
		how := "all"
		if m.oops("not all") {
			how = m.one("any", "allSettled", "race")
		}
		arg := ask
		if m.chance(40) {
			arg = "(scope) => " + ask + "(scope)"
		}
		u.put(in, name, "", "return Promise."+how+"("+scopes+".map("+arg+"))", false)
	case "reduce":
		body := scopes + ".reduce(\n(chain" + m.ty(": Promise<any>") + ", scope) => chain.then(() => " + ask + "(scope)),\nPromise.resolve()\n)"
		if m.oops("do not return the promise") {
			u.put(in, name, "", body+"\nreturn Promise.resolve()", false)
		} else {
			u.put(in, name, "", "return "+body, false)
		}
	case "recursion":
		u.put(in, name, "rest"+m.ty(": string[]")+" = "+scopes, "if (!rest.length) return Promise.resolve()\nreturn "+ask+"(rest[0]).then(() => "+name+"(rest.slice(1)))", false)
	case "jobs":
		jobs := "const jobs = " + scopes + ".map((scope) => () => " + ask + "(scope))\n"
		loop := "while (jobs.length) {\nconst job = jobs.shift()\nawait job()\n}"
		if m.oops("do not wait") {
			loop = "jobs.forEach(async (job) => {\nawait job()\n})"
		}
		u.put(in, name, "", jobs+loop, true)
	case "loop":
		u.put(in, name, "", m.one("for (const scope of "+scopes+") {\n"+asked+"\n}",
			"const scopes = "+scopes+"\nfor (let i = 0; i < scopes.length; i++) {\nconst scope = scopes[i]\n"+asked+"\n}"), true)
	default:
		var lines []string
		for _, scope := range list {
			lines = append(lines, strings.Replace(asked, "(scope)", "("+scope+")", 1))
		}
		u.put(in, name, "", strings.Join(lines, "\n"), true)
	}
	return step{code: name + "()", conv: throws}
}

// ensureBoolean asks for both and returns whether both were granted.
func (u *unit) ensureBoolean(in *unit, name, ask, ok, conv, scopes, shape string) step {
	m := u.m
	switch shape {
	case "all", "jobs":
		how := m.one("every", "every", "reduce")
		read := "(r" + m.ty(": any") + ") => r"
		if conv == result {
			read = "(r" + m.ty(": any") + ") => r.ok"
		}
		judge := "results.every(" + read + ")"
		if how == "reduce" {
			value := "r"
			if conv == result {
				value = "r.ok"
			}
			judge = "results.reduce((all" + m.ty(": boolean") + ", r" + m.ty(": any") + ") => all && " + value + ", true)"
		}
		if m.oops("some instead of every") {
			judge = "results.some(" + read + ")"
		}
		if m.oops("count what is there") {
			judge = "results.length === 2"
		}
		u.put(in, name, "", "const results = await Promise.all("+scopes+".map((scope) => "+ask+"(scope)))\nreturn "+judge, true)
	case "recursion":
		u.put(in, name, "rest"+m.ty(": string[]")+" = "+scopes, "if (rest.length === 0) return true\nconst [scope, ...more] = rest\nif (!"+ok+") return false\nreturn "+name+"(more)", true)
	default:
		stop := "return false"
		if m.oops("break and say yes") {
			stop = "break"
		}
		not := "!"
		if m.oops("test the wrong way round") {
			not = ""
		}
		u.put(in, name, "", "for (const scope of "+scopes+") {\nif ("+not+ok+") "+stop+"\n}\nreturn true", true)
	}
	return step{code: name + "()", conv: boolean}
}

// ensureMissing asks for what the settings say is missing.
func (u *unit) ensureMissing(in *unit, name, scopes string) step {
	m := u.m
	filter := "!authSetting[scope]"
	if m.oops("test the wrong way round") {
		filter = "authSetting[scope]"
	}
	ask, conv := in.asker()
	res := m.ty(" as any")
	read := "const { authSetting } = await wx.getSetting()" + res + "\nconst missing = " + scopes + ".filter((scope) => " + filter + ")\n"
	if conv == throws {
		u.put(in, name, "", read+"for (const scope of missing) await "+ask+"(scope)", true)
		return step{code: name + "()", conv: throws}
	}
	ok := "(await " + ask + "(scope))"
	if conv == result {
		ok += ".ok"
	}
	u.put(in, name, "", read+"for (const scope of missing) {\nif (!"+ok+") return false\n}\nreturn true", true)
	return step{code: name + "()", conv: boolean}
}

// ensureCount counts what was granted.
func (u *unit) ensureCount(in *unit, name, scopes string) step {
	m := u.m
	enough := "count === scopes.length"
	if m.oops("one is enough") {
		enough = "count > 0"
	}
	where := "success: () => {\ncount += 1\n},\ncomplete: () => {\nasked += 1\nif (asked === scopes.length) "
	if m.oops("count in complete") {
		where = "complete: () => {\ncount += 1\nasked += 1\nif (asked === scopes.length) "
	}
	body := "const scopes = " + scopes + "\nlet count = 0\nlet asked = 0\n" +
		"scopes.forEach((scope) => {\nwx.authorize({\nscope,\n" + where + "done(" + enough + ")\n},\n})\n})"
	u.put(in, name, "done"+m.ty(": (ok: boolean) => void"), body, false)
	return step{code: "new Promise" + m.ty("<boolean>") + "((resolve) => " + name + "(resolve))", conv: boolean}
}

// ensureCallbacks asks for both and tells through callbacks.
func (u *unit) ensureCallbacks(in *unit, name string, list []string, shape string) step {
	m := u.m
	done, failed, conv := "done()", "failed", callback
	params := "done" + m.ty(": () => void") + ", failed" + m.ty(": (err: any) => void")
	if shape == "node" {
		done, failed, conv = "done(null)", "done", node
		params = "done" + m.ty(": (err: any) => void")
	}
	body := done
	for i := len(list) - 1; i >= 0; i-- {
		outcome := "success: () => {\n" + body + "\n},\nfail: " + failed
		if shape == "node" {
			outcome = "success: () => {\n" + body + "\n},\nfail: (err" + m.ty(": any") + ") => done(err)"
		}
		switch {
		case m.oops("complete instead of success"):
			outcome = "complete: () => {\n" + body + "\n},\nfail: " + failed
		case m.oops("call back on failure"):
			outcome = "success: () => {\n" + body + "\n},\nfail: () => {\n" + body + "\n}"
		}
		body = "wx.authorize({\nscope: " + list[i] + ",\n" + outcome + ",\n})"
	}
	u.put(in, name, params, body, false)
	return step{code: name + "()", conv: conv}
}

// asking are the steps that ask for both scopes.
func (u *unit) asking(in *unit) []step {
	m := u.m
	if m.chance(70) {
		return []step{u.ensurer(in)}
	}
	var steps []step
	for _, scope := range m.scopes() {
		steps = append(steps, call("authorize", "scope: "+scope))
	}
	m.trait("both inline")
	return steps
}

// enabling is the step that enables.
func (u *unit) enabling(in *unit) step {
	m := u.m
	if m.chance(60) {
		return call("setEnable1v1Chat", m.one("enable: true", "enable: true", "enable: true, backgroundType: 0"))
	}
	name := m.name("enableVoip", "openVoip", "turnOn")
	shape := m.one("promise", "native", "boolean", "callbacks")
	m.trait("enabler %s", shape)
	head := "wx.setEnable1v1Chat({\nenable: true,\n"
	void := m.ty("<any>")
	switch shape {
	case "promise":
		outcome := "success: resolve,\nfail: reject"
		switch {
		case m.oops("resolve on failure"):
			outcome = "success: resolve,\nfail: resolve"
		case m.oops("complete instead of success"):
			outcome = "complete: resolve"
		}
		u.put(in, name, "", "return new Promise"+void+"((resolve, reject) => {\n"+head+outcome+",\n})\n})", false)
		return step{code: name + "()", conv: throws}
	case "native":
		if m.oops("do not return the promise") {
			u.put(in, name, "", "wx.setEnable1v1Chat({ enable: true })", true)
		} else {
			u.put(in, name, "", "return wx.setEnable1v1Chat({ enable: true })", false)
		}
		return step{code: name + "()", conv: throws}
	case "boolean":
		fail := "false"
		if m.oops("resolve true on failure") {
			fail = "true"
		}
		u.put(in, name, "", "return new Promise"+m.ty("<boolean>")+"((resolve) => {\n"+head+"success: () => resolve(true),\nfail: () => resolve("+fail+"),\n})\n})", false)
		return step{code: name + "()", conv: boolean}
	}
	outcome := "success: () => done(),\nfail: failed"
	if m.oops("call back on failure") {
		outcome = "success: () => done(),\nfail: () => done()"
	}
	u.put(in, name, "done"+m.ty(": () => void")+", failed"+m.ty(": (err: any) => void"), head+outcome+",\n})", false)
	return step{code: name + "()", conv: callback}
}

// joining is the step that joins.
func (u *unit) joining() step {
	s := call("join1v1Chat", "...this.people")
	if u.m.chance(40) {
		s = call("join1v1Chat", "caller: this.people.caller, listener: this.people.listener, roomType: '"+u.m.one("video", "voice")+"'")
	}
	s.last = true
	return s
}

// guard keeps DevTools out.
func (u *unit) guard() []step {
	m := u.m
	if m.oops("no guard against DevTools") {
		return nil
	}
	read := m.one("wx.getDeviceInfo().platform", "wx.getSystemInfoSync().platform")
	switch m.one("inline", "inline", "constant", "function") {
	case "constant":
		n := m.name("isDevtools", "inDevtools")
		u.top = append(u.top, "const "+n+" = "+read+" === 'devtools'")
		return []step{{code: "if (" + n + ") return", conv: plain}}
	case "function":
		n := m.name("onPhone", "isPhone")
		u.put(u, n, "", "return "+read+" !== 'devtools'", false)
		return []step{{code: "if (!" + n + "()) return", conv: plain}}
	}
	return []step{{code: fmt.Sprintf("if (%s === 'devtools') return", read), conv: plain}}
}
