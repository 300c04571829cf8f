package flow

import (
	"bytes"
	"regexp"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// The runtimes of frameworks in what their compilers put out. They are large, and following them leads nowhere: what they do
// with the code of the project is not followed, and what they hand on of the platform is the platform's.

// runtimeSize is how large a file with a framework's runtime is at least, in bytes, and runtimeModule a module of it in a bundle.
const (
	runtimeSize   = 12 << 10
	runtimeModule = 4 << 10
)

// runtimeMarks are words that stand in the runtimes of Vue 3, Vue 2 and React, whoever minified them, and in no program that uses them.
var runtimeMarks = [][]byte{[]byte("__v_isRef"), []byte("__v_skip"), []byte("__ob__"), []byte("_isVue"), []byte("memoizedState"), []byte("$$typeof")}

// isBundle reports whether a file is a table of modules: it puts them on webpack's list of chunks, global.webpackJsonp = global.webpackJsonp || [].
func isBundle(text []byte) bool { return bundled.Match(text) }

var bundled = regexp.MustCompile(`webpackJsonp\w*["']?\]?\s*\|\|\s*\[\]`)

// isRuntime reports whether a file is a framework's runtime: it is marked as one and names nothing of the feature but in tables of names.
func isRuntime(syntax *script.Program, s *miniprogram.Script) bool {
	if len(s.Text) < runtimeSize || s.Setup || isBundle(s.Text) {
		return false
	}
	marked := false
	for _, mark := range runtimeMarks {
		marked = marked || bytes.Contains(s.Text, mark)
	}
	if !marked {
		return false
	}
	plain := true
	script.WalkProgram(syntax, func(n script.Node) bool {
		plain = plain && !namesFeature(n)
		return plain
	})
	return plain
}

// namesFeature reports whether a node is a name of the feature: of a variable or a property, and no mere text.
func namesFeature(n script.Node) bool {
	switch n := n.(type) {
	case *script.Ident:
		return isOneOf(seedNames, n.Name)
	case *script.Member:
		return isOneOf(seedNames, n.Name)
	case *script.Property:
		return isOneOf(seedNames, n.Name)
	}
	return false
}

// foreign reports whether a function is a module of a bundle that is too large to be followed and names nothing of the feature.
func (m *machine) foreign(c *closure) bool {
	f := c.node
	if !c.prog.bundle || f.Arrow && f.Result != nil || len(f.Params) > 3 {
		return false
	}
	if r := f.Range(); r.End-r.Start < runtimeModule {
		return false
	}
	if known, ok := m.a.foreignFuncs[f]; ok {
		return known
	}
	foreign := true
	script.Walk(f, func(n script.Node) bool {
		foreign = foreign && !namesFeature(n)
		return foreign
	})
	m.a.foreignFuncs[f] = foreign
	return foreign
}

// passOver is what remains of a call of a foreign module: what it exports is the runtime's.
func (m *machine) passOver(c *closure, args []value) value {
	cause := &unfollowed{name: "webpack", at: c.prog.span(c.node), runtime: true}
	for _, a := range args {
		a = m.known(a)
		if a.kind != kObject || a.obj.class != cPlain || a.isFunction() {
			continue
		}
		if a.obj.props["exports"] != nil {
			m.set(a, "exports", m.unknown(cause))
		}
		a.obj.isOpen, a.obj.open = true, cause
	}
	return m.unknown(cause)
}

// runtimeMember is a property of what a runtime exports: the functions of the platform are those.
func (m *machine) runtimeMember(name string) (value, bool) {
	if !runtimeFunctions[name] {
		return undefined, false
	}
	return m.hostMember(m.a.hostObject(m, "wx").obj, name), true
}

// runtimeFunctions are the functions of the platform that the feature needs.
var runtimeFunctions = map[string]bool{
	"authorize": true, "getSetting": true, "openSetting": true, "setEnable1v1Chat": true, "join1v1Chat": true, "canIUse": true,
	"getSystemInfo": true, "getSystemInfoSync": true, "getDeviceInfo": true, "getAppBaseInfo": true, "showToast": true, "showModal": true,
	"navigateTo": true, "redirectTo": true, "reLaunch": true, "switchTab": true, "getStorageSync": true, "setStorageSync": true, "removeStorageSync": true,
}

// wide are words by which code reaches what outlives it without being given it.
var wide = []string{"getApp", "getCurrentPages", "globalData", "require", "wx", "uni", "globalThis"}

// inert reports whether running a function of which nothing is known what it is given changes nothing that matters: it names
// nothing of the feature, and nothing of the code around it. Such are the modules of a bundle.
func (m *machine) inert(c *closure) bool {
	if c.target != nil || c.this.kind == kObject {
		return false
	}
	if known, ok := m.a.inertFuncs[c.node]; ok {
		return known
	}
	inert := true
	for name := range c.prog.names(c.node) {
		if isOneOf(seedNames, name) || isOneOf(wide, name) {
			inert = false
			break
		}
	}
	if inert {
		own := declaredIn(c.node)
		script.Walk(c.node, func(n script.Node) bool {
			if id, ok := n.(*script.Ident); ok && !own[id.Name] && c.env.lookup(id.Name) != nil {
				inert = false
			}
			return inert
		})
	}
	m.a.inertFuncs[c.node] = inert
	return inert
}

// declaredIn lists the names that a function declares, at any depth.
func declaredIn(f *script.Func) map[string]bool {
	own := map[string]bool{}
	add := func(target script.Expr) {
		for _, name := range names(target) {
			own[name] = true
		}
	}
	script.Walk(f, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			for _, p := range n.Params {
				add(p)
			}
			if n.Name != nil {
				own[n.Name.Name] = true
			}
		case *script.Declarator:
			add(n.Target)
		case *script.ClassDecl:
			if n.Class.Name != nil {
				own[n.Class.Name.Name] = true
			}
		case *script.Try:
			if n.Param != nil {
				add(n.Param)
			}
		case *script.ForIn:
			add(n.Target)
		}
		return true
	})
	return own
}
