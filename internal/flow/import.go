package flow

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What imports and requires lead to.

// imported is what an import specifier leads to.
type imported struct {
	module *module
	whole  *value // of what is no module of the program: JSON, a modelled package, an unknown one
	cause  *unfollowed
	parts  map[string]value
}

// resolve finds the file that a specifier leads to, and notes that from imports it.
func (a *analysis) resolve(from *miniprogram.Script, spec string) miniprogram.Resolution {
	r := a.project.Resolve(from, spec)
	if r.Script != nil && !slices.Contains(a.imports[from], r.Script) {
		a.imports[from] = append(a.imports[from], r.Script)
		a.importing++
	}
	return r
}

// importOf finds what a specifier leads to.
func (a *analysis) importOf(m *machine, from *miniprogram.Script, spec string, at source.Span) *imported {
	r := a.resolve(from, spec)
	if r.Script != nil && isPackageFile("/"+r.Script.File.Path) {
		// What a well-known package means is known better than its code tells.
		if i := a.model(m, spec, at); i != nil {
			return i
		}
	}
	switch {
	case r.Script != nil:
		if k := m.load(r.Script); k != nil && k.prog.runtime {
			cause := &unfollowed{name: spec, at: at, runtime: true}
			v := m.unknown(cause)
			return &imported{whole: &v, cause: cause, parts: map[string]value{}}
		} else if k != nil {
			return &imported{module: k}
		}
	case r.JSON != nil:
		var v value
		m.outside(func() { v = m.fromJSON(gjson.ParseBytes(r.JSON.Text), 0) })
		return &imported{whole: &v}
	case r.Data:
		v := m.unknown(nil)
		return &imported{whole: &v}
	}
	if i := a.model(m, spec, at); i != nil {
		return i
	}
	cause := &unfollowed{name: spec, at: at}
	if r.Script != nil {
		cause.broken = r.Script.File
	}
	v := m.unknown(cause)
	return &imported{whole: &v, cause: cause, parts: map[string]value{}}
}

// isPackageFile reports whether a file belongs to an installed package, or one that DevTools has built.
func isPackageFile(path string) bool {
	return strings.Contains(path, "/node_modules/") || strings.Contains(path, "/miniprogram_npm/")
}

// member reads an import by its name: default, * or a name.
func (i *imported) member(m *machine, name string) value {
	if i.module != nil {
		switch {
		case name == "*":
			if !i.module.es {
				return m.read(i.module.cjs)
			}
			return ref(i.module.object)
		case name == "default" && !i.module.es:
			v := m.read(i.module.cjs)
			if v.kind == kObject {
				if c := v.obj.props["__esModule"]; c != nil {
					return m.get(v, "default")
				}
			}
			return v
		}
		return i.module.get(m, name)
	}
	if i.cause != nil {
		v, ok := i.parts[name]
		if !ok {
			label := name
			if name == "default" || name == "*" {
				label = i.cause.name
			}
			v = m.unknown(&unfollowed{name: label, at: i.cause.at, runtime: i.cause.runtime, broken: i.cause.broken})
			i.parts[name] = v
		}
		return v
	}
	if name == "*" {
		return *i.whole
	}
	if name == "default" && (i.whole.kind != kObject || i.whole.obj.props["default"] == nil) {
		return *i.whole
	}
	return m.get(*i.whole, name)
}

// require is CommonJS's require.
func (m *machine) require(p *program, spec value, at source.Span) value {
	name, ok := m.known(spec).key()
	if !ok {
		return m.unknown(&unfollowed{name: "require", at: at})
	}
	i := m.a.importOf(m, p.script, name, at)
	if i.module != nil {
		if at := i.module.stop.at; !at.IsZero() && m.weak == 0 {
			e := m.newError("Error", m.unknown(nil))
			e.obj.at = at
			m.hosted = max(0, m.hosted-1) // it is the module that throws
			m.throw(e)
		}
		return i.member(m, "*")
	}
	return *i.whole
}

// importCall is import(x): a promise of the module.
func (m *machine) importCall(p *program, spec value, at source.Span) value {
	v := undefined
	m.attempt(func() { v = m.promiseOf(m.require(p, spec, at)) }, func(e value) {
		q, out := m.newPromise()
		m.settle(q, rejected, e)
		v = out
	})
	return v
}

func (m *machine) fromJSON(r gjson.Result, depth int) value {
	switch {
	case depth > m.most(boundJSON):
		return m.unknown(m.gaveUpHere(boundJSON, ""))
	case r.IsObject():
		o := m.baseObject(cPlain)
		n := 0
		r.ForEach(func(k, v gjson.Result) bool {
			if n++; n > m.most(boundElements) {
				m.openUp(o, boundElements)
				return false
			}
			m.define(o, k.String(), m.fromJSON(v, depth+1))
			return true
		})
		return ref(o)
	case r.IsArray():
		o := m.baseObject(cArray)
		r.ForEach(func(_, v gjson.Result) bool {
			if len(o.elems) >= m.most(boundElements) {
				m.openUp(o, boundElements)
				return false
			}
			o.elems = append(o.elems, m.fromJSON(v, depth+1))
			return true
		})
		return ref(o)
	}
	switch r.Type {
	case gjson.True:
		return yes
	case gjson.False:
		return no
	case gjson.Number:
		return number(r.Num)
	case gjson.String:
		return text(r.Str)
	}
	return null
}

// specifier cuts query and sub-path from a package specifier: "@scope/x/lib/y" gives "@scope/x".
func packageName(spec string) string {
	parts := strings.Split(spec, "/")
	if strings.HasPrefix(spec, "@") && len(parts) > 1 {
		return strings.Join(parts[:2], "/")
	}
	return parts[0]
}
