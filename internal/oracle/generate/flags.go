package generate

// Where programs note that something has been reached.

import "fmt"

// flag is such a place.
type flag struct {
	name string
	kind string
	get  string
	on   string // the statements that set it, and that clear it
	off  string
}

// flag makes one that a page's methods use.
func (u *unit) flag(names ...string) flag {
	return u.flagOf(u.m.one("data", "data", "module", "global", "storage", "closure", "class", "object", "field"), names...)
}

// flagOf makes one of that kind.
func (u *unit) flagOf(kind string, names ...string) flag {
	m := u.m
	f := flag{name: m.name(names...), kind: kind}
	m.trait("flag in %s", kind)
	switch kind {
	case "data":
		u.data = append(u.data, f.name+": false")
		f.get = "this.data." + f.name
		f.on, f.off = "this.setData({ "+f.name+": true })", "this.setData({ "+f.name+": false })"
	case "field":
		f.get, f.on, f.off = "this."+f.name, "this."+f.name+" = true", "this."+f.name+" = false"
		if m.chance(50) {
			u.members = append([]string{f.name + ": false,"}, u.members...)
		}
	case "module":
		u.top = append(u.top, "let "+f.name+" = false")
		f.get, f.on, f.off = f.name, f.name+" = true", f.name+" = false"
	case "global":
		m.global = append(m.global, f.name+": false")
		at := "getApp().globalData." + f.name
		f.get, f.on, f.off = at, at+" = true", at+" = false"
	case "storage":
		f.get = "wx.getStorageSync('" + f.name + "')"
		f.on, f.off = "wx.setStorageSync('"+f.name+"', true)", "wx.removeStorageSync('"+f.name+"')"
		if m.chance(40) {
			f.get += " === true"
			f.off = "wx.setStorageSync('" + f.name + "', false)"
		}
	case "closure":
		n := m.name("session", "status", "memory")
		u.top = append(u.top, fmt.Sprintf("const %s = (() => {\nlet %s = false\nreturn {\nmark(value%s) {\n%[2]s = value\n},\nholds: () => %[2]s,\n}\n})()", n, f.name, m.ty(": boolean")))
		f.get, f.on, f.off = n+".holds()", n+".mark(true)", n+".mark(false)"
	case "class":
		n := m.name("Permission", "VoipState", "Readiness")
		v := m.name("state", "readiness", "permission")
		u.top = append(u.top, fmt.Sprintf("class %s {\n%s = false\n\nmark(value%s) {\nthis.%[2]s = value\n}\n\nget ready() {\nreturn this.%[2]s\n}\n}\n\nconst %[4]s = new %[1]s()", n, f.name, m.ty(": boolean"), v))
		f.get, f.on, f.off = v+".ready", v+".mark(true)", v+".mark(false)"
		if m.chance(40) {
			f.get, f.on, f.off = v+"."+f.name, v+"."+f.name+" = true", v+"."+f.name+" = false"
		}
	case "object":
		lib := m.library("utils/" + m.name("state", "shared", "store"))
		n := m.name("state", "shared", "store")
		lib.top = append(lib.top, "const "+n+" = { "+f.name+": false, count: 0 }")
		lib.exports = append(lib.exports, n)
		u.use(lib.path, n)
		f.get, f.on, f.off = n+"."+f.name, n+"."+f.name+" = true", n+"."+f.name+" = false"
	}
	return f
}

// set is the step that sets it.
func (f flag) set() step { return step{code: f.on, conv: plain} }

// holds is the step that asks for it.
func (f flag) holds() step { return step{code: f.get, conv: test} }

// noted are steps that set a flag after them: at the end, or by mistake before.
func (m *maker) noted(steps []step, f flag) []step {
	if m.oops("set the flag too early") {
		at := m.IntN(len(steps))
		return append(append(append([]step(nil), steps[:at]...), f.set()), steps[at:]...)
	}
	return append(steps, f.set())
}

// asked are steps behind a test of a flag.
func (m *maker) asked(f flag, steps ...step) []step {
	if m.oops("do not ask for the flag") {
		return steps
	}
	return append([]step{f.holds()}, steps...)
}
