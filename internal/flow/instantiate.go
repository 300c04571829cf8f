package flow

// The first run of a project: its files are loaded and an instance of each page and component
// is made.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// units are the app and the pages and components, in order.
func (a *analysis) units() []*miniprogram.Unit {
	var out []*miniprogram.Unit
	if a.project.App != nil {
		out = append(out, a.project.App)
	}
	return append(out, a.project.Units...)
}

// loadAll loads every script that takes part, and makes the instances of what they register.
func (a *analysis) loadAll(m *machine) {
	byScript := map[*miniprogram.Script]*miniprogram.Unit{}
	var scripts []*miniprogram.Script
	for _, u := range a.units() {
		if u.Script == nil {
			continue
		}
		byScript[u.Script] = u
		if u.Kind == miniprogram.AppUnit || a.parts[u.Script] {
			scripts = append(scripts, u.Script)
		}
	}
	for _, s := range scripts {
		m.loadUnit(s, byScript[s])
		if byScript[s].Kind == miniprogram.AppUnit {
			// Pages ask for the app while they are loaded, and find it complete.
			a.instantiateAll(m, byScript)
		}
	}
	// What is left is imported by nothing that runs. It is of interest only for the calls that stand in it.
	a.aside = true
	for _, s := range a.project.Scripts {
		if byScript[s] == nil && s.Names&(miniprogram.NameEnable|miniprogram.NameJoin) != 0 {
			m.loadUnit(s, nil)
		}
	}
	a.aside = false
	a.instantiateAll(m, byScript)
}

// instantiateAll makes the instances of what has been registered and has none.
func (a *analysis) instantiateAll(m *machine, byScript map[*miniprogram.Script]*miniprogram.Unit) {
	for _, r := range a.registrations {
		if r.module == nil || r.instance != nil {
			continue
		}
		unit := byScript[r.module.prog.script]
		if unit == nil || a.instances[unit] != nil {
			continue
		}
		m.outside(func() { r.instance = m.instantiate(r, unit) })
		a.models(r.instance, unit)
		a.instances[unit] = r.instance
		if unit.Kind == miniprogram.AppUnit {
			a.app = r.instance
		}
	}
}

// models notes the fields that two-way bindings of the template write.
func (a *analysis) models(i *instance, u *miniprogram.Unit) {
	if u.Template == nil {
		return
	}
	for _, name := range u.Template.Models {
		o := i.data
		parts := strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
		for n, part := range parts {
			if n == len(parts)-1 {
				a.history(o, part).assigned = true
				break
			}
			c := o.props[part]
			if c == nil || c.val.kind != kObject {
				break
			}
			o = c.val.obj
		}
	}
}

// loadUnit loads a script that may register a page, component or app.
func (m *machine) loadUnit(s *miniprogram.Script, u *miniprogram.Unit) {
	if k, ok := m.a.modules[s]; ok {
		if k != nil && u != nil {
			k.unit = u
		}
		return
	}
	p := m.a.program(s)
	if p == nil {
		m.a.modules[s] = nil
		return
	}
	k := m.newModule(p)
	k.unit = u
	m.a.modules[s] = k
	if p.runtime {
		return
	}
	if u == nil || m.a.project.Framework == miniprogram.Native {
		m.outside(func() { m.evaluate(k) })
		return
	}
	m.loadComponent(k, u, s)
}

// instanceObject makes the object of an instance. The app's is there before its script is loaded, since
// other scripts ask for it while they are.
func (a *analysis) instanceObject(m *machine, u *miniprogram.Unit) *object {
	if u == nil || u.Kind != miniprogram.AppUnit {
		return m.baseObject(cPlain)
	}
	if a.appObject == nil {
		a.appObject = m.baseObject(cPlain)
		a.appObject.field = true
	}
	return a.appObject
}

// appInstance is what getApp returns.
func (a *analysis) appInstance(m *machine) value {
	if u := a.project.App; u != nil && u.Script != nil {
		if k, loaded := a.modules[u.Script]; loaded && k == nil {
			return m.unknown(&unfollowed{name: "getApp"}) // it cannot be parsed
		}
		return ref(a.instanceObject(m, u))
	}
	return m.unknown(nil)
}
