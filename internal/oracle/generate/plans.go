package generate

// How a program is laid out: what happens when it is opened, what on a tap, and what is shared between them.

import (
	"encoding/json"
	"strings"
)

// project writes a whole program.
func (m *maker) project() {
	m.ts, m.esm = m.chance(30), m.chance(40)
	if m.ts {
		m.esm = true
		m.trait("typescript")
	}
	plan := m.one("tap", "load", "load", "gate", "launch", "pages", "component", "queue", "resolver", "shared", "retry", "switch", "events")
	m.trait("plan %s", plan)
	map[string]func(){"tap": m.planTap, "load": m.planLoad, "gate": m.planGate, "launch": m.planLaunch, "pages": m.planPages,
		"component": m.planComponent, "queue": m.planQueue, "resolver": m.planResolver, "shared": m.planShared, "retry": m.planRetry, "switch": m.planSwitch, "events": m.planEvents}[plan]()
	for _, lib := range m.libraries {
		if len(lib.exports) > 0 {
			lib.module()
		}
	}
	m.writeApp()
}

func (m *maker) writeApp() {
	type object = map[string]any
	app := object{"pages": m.pages, "permission": object{
		"scope.record": object{"desc": "用于通话时让对方听到您的声音"}, "scope.camera": object{"desc": "用于视频通话时让对方看到您的画面"},
	}}
	if len(m.tabs) > 0 {
		var list []object
		for _, t := range m.tabs {
			list = append(list, object{"pagePath": t, "text": "页面"})
		}
		app["tabBar"] = object{"list": list}
	}
	text, err := json.MarshalIndent(app, "", "  ")
	if err != nil {
		panic(err)
	}
	m.files["app.json"] = string(text) + "\n"
	m.files["project.config.json"] = "{ \"appid\": \"wx5f1c8e0d7a3b6924\", \"compileType\": \"miniprogram\", \"libVersion\": \"3.3.4\" }\n"
	global := "globalData: { userInfo: null" + strings.Join(append([]string{""}, m.global...), ", ") + " },"
	if m.ts {
		global = strings.Replace(global, "null", "null as any", 1)
	}
	if m.files["app.js"] == "" && m.files["app.ts"] == "" {
		m.script("app", "App({\n"+strings.Join(append([]string{global}, m.app...), "\n\n")+"\n})\n")
	}
}

func (m *maker) style() string {
	s := m.one("await", "await", "then", "callbacks")
	m.trait("style %s", s)
	return s
}

// callPage begins a page that knows whom to call.
func (m *maker) callPage(path string) *unit {
	u := m.unit(path, true)
	m.pages = append(m.pages, path)
	return u
}

// load is a page's onLoad; it takes who calls whom from the query.
func (u *unit) load(extra string, async bool) {
	query := "{ me, myName, peer, peerName }" + u.m.ty(": any")
	body := "this.people = {\ncaller: { openid: me, nickname: myName },\nlistener: { openid: peer, nickname: peerName },\n}"
	if extra != "" {
		body += "\n" + extra
	}
	u.method("onLoad", query, body, async)
}

// noise adds what has nothing to do with calls.
func (u *unit) noise() {
	m := u.m
	if m.chance(30) {
		u.data = append(u.data, "keyword: ''")
		u.method("onInput", "e"+m.ty(": any"), "this.setData({ keyword: e.detail.value })", false)
		u.wxml = append(u.wxml, `<input value="{{keyword}}" bindinput="onInput" />`)
	}
	if m.chance(20) {
		u.data = append(u.data, "contacts: []")
		u.method("refresh", "", "wx.request({\nurl: 'https://care.example.com/contacts',\nsuccess: ({ data }"+m.ty(": any")+") => this.setData({ contacts: data.contacts }),\nfail: "+u.tell()+",\n})", false)
		u.tap("refresh", "刷新")
	}
}

// finish writes the page.
func (u *unit) finish() {
	u.noise()
	u.wxml = append(u.wxml, `<button open-type="openSetting">权限设置</button>`)
	u.page(`{ "navigationBarTitleText": "通话" }` + "\n")
}

// handler adds a tap that does steps.
func (u *unit) handler(text string, steps []step, names ...string) {
	name := u.m.name(names...)
	body, async := u.write(u.m.style(), steps)
	u.method(name, "", body, async)
	u.tap(name, text)
}

func join3(parts ...[]step) []step {
	var all []step
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// switchOff ends enabling, and clears the flag that tells of it.
func (u *unit) switchOff(f *flag) string {
	m := u.m
	off := func(more ...string) string {
		return "wx.setEnable1v1Chat({\n" + join("enable: false", append(more, "fail: "+u.tell())...) + ",\n})"
	}
	if f == nil || m.oops("leave the flag set when switching off") {
		return off()
	}
	switch m.one("before", "before", "success", "complete", "after") {
	case "success":
		return off("success: () => {\n" + f.off + "\n}")
	case "complete":
		return off("complete: () => {\n" + f.off + "\n}")
	case "after":
		return off() + "\n" + f.off
	}
	return f.off + "\n" + off()
}

// ending adds a way to switch off: a tap, or leaving the page.
func (u *unit) ending(f *flag) {
	m := u.m
	if !m.chance(45) {
		return
	}
	m.trait("switches off")
	body := u.switchOff(f)
	if f != nil && f.get != "" && m.chance(40) {
		body = "if (!" + bracketed(f.get) + ") return\n" + body
	}
	switch m.one("tap", "tap", "hide", "unload", "app") {
	case "tap":
		name := m.name("stop", "turnOff", "goOffline")
		u.method(name, "", body, false)
		u.tap(name, "停止接听")
	case "hide":
		u.method("onHide", "", body, false)
	case "app":
		if f != nil && f.kind == "global" && !strings.Contains(body, "tell") {
			m.member("onHide", strings.ReplaceAll(body, "getApp()", "this"), false)
			return
		}
		u.method("onHide", "", body, false)
	default:
		u.method("onUnload", "", body, false)
	}
}

// planTap does everything on one tap.
func (m *maker) planTap() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	steps := join3(u.guard(), u.asking(in), []step{u.enabling(in)})
	if m.oops("switch off before the join") {
		steps = append(steps, call("setEnable1v1Chat", "enable: false"))
	}
	u.load("", false)
	u.handler("呼叫", append(steps, u.joining()), "call", "startCall", "onCall")
	u.finish()
}

// starting adds what makes the page ready when it is opened or shown.
func (u *unit) starting(steps []step) {
	m := u.m
	name := m.name("prepare", "goOnline", "init")
	body, async := u.write(m.style(), steps)
	u.method(name, "", body, async)
	switch m.one("load", "show", "show", "ready") {
	case "load":
		u.load("this."+name+"()", false)
	case "show":
		u.load("", false)
		u.method("onShow", "", "this."+name+"()", false)
	default:
		u.load("", false)
		u.method("onReady", "", "this."+name+"()", false)
	}
}

// planLoad enables when the page is opened, and joins on a tap.
func (m *maker) planLoad() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	f := u.flag("enabled", "online", "voipReady")
	u.starting(m.noted(join3(u.guard(), u.asking(in), []step{u.enabling(in)}), f))
	u.handler("呼叫", m.asked(f, u.joining()), "call", "startCall", "onCall")
	u.ending(&f)
	u.finish()
}

// planGate asks on one tap, and enables and joins on another.
func (m *maker) planGate() {
	u := m.callPage("pages/call/call")
	in := m.place(u)
	f := u.flag("granted", "authorized", "mediaReady")
	u.load("", false)
	u.handler("授权", m.noted(u.asking(in), f), "onAuthorize", "grant", "askPermission")
	u.handler("呼叫", m.asked(f, join3(u.guard(), []step{u.enabling(in), u.joining()})...), "call", "startCall", "onCall")
	u.finish()
}

// planLaunch enables when the program starts.
func (m *maker) planLaunch() {
	app := m.unit("app", false)
	in := m.place(app)
	u := m.callPage("pages/call/call")
	shape := m.one("flag", "promise")
	m.trait("launch %s", shape)
	steps := join3(app.guard(), app.asking(in), []step{app.enabling(in)})
	u.load("", false)
	if shape == "flag" {
		name := m.name("enabled", "online")
		m.global = append(m.global, name+": false")
		f := flag{name: name, kind: "global", get: "getApp().globalData." + name, on: "this.globalData." + name + " = true", off: "getApp().globalData." + name + " = false"}
		body, async := app.write(m.style(), m.noted(steps, f))
		m.member("onLaunch", body, async)
		u.handler("呼叫", m.asked(f, u.joining()), "call", "startCall", "onCall")
		u.ending(&f)
	} else {
		body := app.throwing(steps)
		m.member("start", body, true)
		m.member("onLaunch", "this.ready = this.start()\nthis.ready.catch("+app.tell()+")", false)
		wait := step{code: "getApp().ready", conv: throws}
		if m.oops("swallow the refusal") {
			m.app[len(m.app)-1] = strings.Replace(m.app[len(m.app)-1], "this.start()", "this.start().catch("+app.tell()+")", 1)
		}
		u.handler("呼叫", []step{wait, u.joining()}, "call", "startCall", "onCall")
	}
	global := "globalData: { userInfo: null" + strings.Join(append([]string{""}, m.global...), ", ") + " },"
	m.script("app", app.head()+strings.Join(app.top, "\n\n")+"\n\nApp({\n"+strings.Join(append([]string{global}, m.app...), "\n\n")+"\n})\n")
	u.finish()
}

func (m *maker) member(name, body string, async bool) {
	word := ""
	if async {
		word = "async "
	}
	m.app = append(m.app, word+name+"() {\n"+body+"\n},")
}

// throwing writes steps with await; what fails rejects.
func (u *unit) throwing(steps []step) string {
	m := u.m
	var lines []string
	for _, s := range steps {
		switch s.conv {
		case plain:
			lines = append(lines, strings.Replace(s.code, ") return", ") throw new Error('devtools')", 1))
			continue
		}
		code, conv := u.asPromise(s)
		switch {
		case conv == boolean:
			lines = append(lines, "if (!(await "+code+")) throw new Error('refused')")
		case conv == result:
			lines = append(lines, "if (!(await "+code+").ok) throw new Error('refused')")
		case m.oops("do not wait"):
			lines = append(lines, code)
		case m.oops("catch and go on"):
			lines = append(lines, "await "+code+".catch(() => null)")
		default:
			lines = append(lines, "await "+code)
		}
	}
	return strings.Join(lines, "\n")
}

// planPages asks and enables on one page, and joins on another.
func (m *maker) planPages() {
	home := m.callPage("pages/home/home")
	u := m.callPage("pages/call/call")
	in := m.place(home)
	open := "wx.navigateTo({ url: '/pages/call/call?me=o1&myName=a&peer=o2&peerName=b' })"
	if m.chance(25) {
		open = "wx.redirectTo({ url: '/pages/call/call?me=o1&myName=a&peer=o2&peerName=b' })"
	}
	steps := join3(home.guard(), home.asking(in))
	onHome := m.chance(60)
	if onHome {
		steps = append(steps, home.enabling(in))
	}
	if m.oops("open the page too early") {
		steps = append([]step{{code: open, conv: plain}}, steps...)
	} else {
		steps = append(steps, step{code: open, conv: plain})
	}
	home.handler("进入通话", steps, "enter", "openCall")
	if m.oops("another way to the page") {
		home.wxml = append(home.wxml, `<navigator url="/pages/call/call?me=o1&myName=a&peer=o2&peerName=b">直接进入</navigator>`)
	}
	home.noise()
	home.page("{}\n")
	var last []step
	if !onHome {
		last = append(last, u.enabling(u))
	}
	last = append(last, u.joining())
	if m.chance(50) {
		u.load("", false)
		u.handler("呼叫", last, "call", "startCall", "onCall")
	} else {
		body, async := u.write(m.style(), last)
		u.load(body, async)
	}
	if m.oops("share the page") {
		u.method("onShareAppMessage", "", "return { title: '通话', path: '/pages/call/call' }", false)
	}
	u.finish()
}

// planComponent asks in a component, whose event the page waits for.
func (m *maker) planComponent() {
	path := "components/" + m.one("gate/gate", "permission/permission")
	c := m.unit(path, true)
	in := m.place(c)
	trigger := step{code: "this.triggerEvent('granted')", conv: plain}
	steps := c.asking(in)
	if m.oops("trigger the event too early") {
		steps = append([]step{trigger}, steps...)
	} else {
		steps = append(steps, trigger)
	}
	name := m.name("ask", "onTap", "request")
	body, async := c.write(m.style(), steps)
	c.method(name, "", body, async)
	m.script(path, c.head()+strings.Join(append(c.top, ""), "\n\n")+"Component({\nproperties: { text: String },\n\nmethods: {\n"+strings.Join(c.members, "\n\n")+"\n},\n})\n")
	m.files[path+".wxml"] = "<button bindtap=\"" + name + "\">{{text}}</button>\n"
	m.files[path+".json"] = "{ \"component\": true }\n"
	u := m.callPage("pages/call/call")
	u.load("", false)
	handler := m.name("onGranted", "proceed", "afterGrant")
	if m.chance(50) {
		body, async = u.write(m.style(), join3(u.guard(), []step{u.enabling(u), u.joining()}))
		u.method(handler, "", body, async)
	} else {
		f := u.flag("granted", "authorized")
		u.method(handler, "", f.on, false)
		u.handler("呼叫", m.asked(f, join3(u.guard(), []step{u.enabling(u), u.joining()})...), "call", "startCall")
	}
	tag := path[strings.LastIndex(path, "/")+1:]
	u.wxml = append(u.wxml, "<"+tag+" text=\"允许\" bind:granted=\""+handler+"\" />")
	if m.oops("bind the handler to a tap too") {
		u.tap(handler, "跳过")
	}
	u.noise()
	u.wxml = append(u.wxml, `<button open-type="openSetting">权限设置</button>`)
	u.page("{ \"usingComponents\": { \"" + tag + "\": \"/" + path + "\" } }\n")
}
