package flow

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// loadComponent loads the script of a page, component or app of a framework, and makes its instance.
func (m *machine) loadComponent(k *module, u *miniprogram.Unit, s *miniprogram.Script) {
	a := m.a
	for _, tag := range sortedKeys(u.Components) {
		// A component that this one imports has to be one by then, and no mere module.
		if c := u.Components[tag]; c != nil && c.Script != nil && a.parts[c.Script] {
			m.loadUnit(c.Script, c)
		}
	}
	a.setEnvironment(m)
	i := &instance{unit: u, methods: map[string]value{}, at: source.Span{File: s.File}}
	i.kind = map[miniprogram.UnitKind]RegistrationKind{miniprogram.AppUnit: AppRegistration, miniprogram.PageUnit: PageRegistration, miniprogram.ComponentUnit: ComponentRegistration}[u.Kind]
	registered := len(a.registrations)
	i.object = a.instanceObject(m, u)
	i.object.unit, i.object.field, i.object.owner = i, true, i
	i.object.proto = a.vueProto(m)
	i.data = i.object
	outer := a.rendering
	a.rendering = i
	defer func() { a.rendering = outer }()
	m.outside(func() { m.evaluate(k) })
	if len(a.registrations) > registered {
		// It registers itself. Native components among others do it as everywhere; mpx's options are like Vue's.
		if a.project.Framework != miniprogram.Mpx {
			return
		}
		r := a.registrations[len(a.registrations)-1]
		a.registrations = a.registrations[:registered]
		m.fillRegistered(i, r)
		a.instances[u] = i
		a.models(i, u)
		if u.Kind == miniprogram.AppUnit {
			a.app = i
		}
		return
	}
	m.outside(func() {
		if s.Setup {
			m.adoptSetup(i, k)
		}
		options := undefined
		if c := k.export(m, "default", 0); c != nil && k.es {
			options = m.known(m.read(c))
		} else if !k.es {
			options = m.known(m.read(k.cjs))
		}
		switch {
		case a.project.Framework == miniprogram.Taro && options.isFunction():
			m.render(i, options)
		case options.kind == kObject && options.obj.fn != nil && options.obj.fn.class != nil:
			m.fillVue(i, options, 0)
		case options.kind == kObject && !options.isFunction() && options.obj.class == cPlain:
			m.fillVue(i, options, 0)
		case options.kind == kSymbol:
			i.isOpen, i.open = true, causeOf(options)
			i.object.isOpen = true
			if a.project.Framework == miniprogram.Taro {
				for _, f := range m.wrapped(k) {
					m.render(i, f)
				}
			}
		}
	})
	a.instances[u] = i
	m.mixIn(i)
	for _, g := range a.mixins {
		m.applyMixin(i, g)
	}
	a.models(i, u)
	if u.Kind == miniprogram.AppUnit {
		a.app = i
		m.loadMain(s)
	}
}

// setEnvironment makes known what a build for WeChat replaces by constants.
func (a *analysis) setEnvironment(m *machine) {
	if a.globals["process"] != nil {
		return
	}
	environment := m.baseObject(cPlain)
	environment.isOpen = true
	m.define(environment, "TARO_ENV", text("weapp"))
	m.define(environment, "UNI_PLATFORM", text("mp-weixin"))
	m.define(environment, "VUE_APP_PLATFORM", text("mp-weixin"))
	process := m.baseObject(cPlain)
	process.isOpen = true
	m.define(process, "env", ref(environment))
	a.globals["process"] = &cell{val: ref(process), name: "process", frozen: true}
	if a.project.Framework == miniprogram.Mpx {
		a.globals["__mpx_mode__"] = &cell{val: text("wx"), name: "__mpx_mode__", frozen: true}
	}
}

// loadMain runs the main module of a uni-app project, which stands beside its App: what it says holds for every page.
func (m *machine) loadMain(app *miniprogram.Script) {
	a := m.a
	if a.project.Framework != miniprogram.UniApp {
		return
	}
	dir := path.Dir(app.File.Path)
	for _, s := range a.project.Scripts {
		if base := path.Base(s.File.Path); path.Dir(s.File.Path) != dir || base != "main.js" && base != "main.ts" {
			continue
		}
		k := m.load(s)
		if k == nil {
			return
		}
		// On Vue 3 the platform asks it for the app.
		if c := k.exports["createApp"]; c != nil {
			m.outside(func() {
				if f := m.known(m.read(c)); f.isFunction() {
					m.call(f, undefined, nil, nil)
				}
			})
		}
		return
	}
}

// frameworkEntries lists the entry points that a framework's templates make.
func (a *analysis) frameworkEntries(u *miniprogram.Unit, i *instance, starts []start, usable gate) []*entry {
	var out []*entry
	if u.Template != nil {
		for n := range u.Template.Bindings {
			b := &u.Template.Bindings[n]
			if b.Inline == nil {
				continue
			}
			from := starts
			if b.Component != nil && !nativeEvents[b.Event] {
				if triggered := a.triggers[triggerKey{b.Component, b.Event}]; triggered != nil {
					from = triggered
				} else {
					from = doubted(starts, a.raisedUnseen(b, nil))
				}
			}
			if e := a.inlineEntry(u, i, b, from); e != nil {
				e.gates = gatesOf(usable, a.bindingGate(i, []miniprogram.Guards{b.Guards}))
				out = append(out, e)
			}
		}
	}
	out = append(out, a.handedEntries(u, i, starts, usable)...)
	out = append(out, a.eventEntries(u, i, starts)...)
	for _, h := range i.jsx {
		e := &entry{kind: StepHandler, name: handlerName(h.f), detail: h.event, at: h.at, unit: u, inst: i, starts: starts, rank: 2000, gates: gatesOf(h.gate()), code: piecesOf(h.f)}
		e.run = func(m *machine) {
			if i.open != nil {
				// What wraps the component decides when it is shown.
				m.mayHold(&unfollowed{name: i.open.name, at: i.open.at, stored: true})
			}
			m.call(h.f, undefined, []value{m.eventObject()}, nil)
		}
		out = append(out, e)
	}
	return out
}

// handedEntries lists the methods that a Vue template hands to components as properties, :on-pick="pick", which run them when
// they please.
func (a *analysis) handedEntries(u *miniprogram.Unit, i *instance, starts []start, usable gate) []*entry {
	if u.Template == nil || a.project.Framework != miniprogram.UniApp && a.project.Framework != miniprogram.Taro {
		return nil
	}
	var out []*entry
	handed := map[string]bool{}
	for _, at := range u.Template.Attributes {
		name := strings.TrimSpace(at.Value)
		f, ok := i.methods[name]
		if !at.Dynamic || !ok || handed[name] {
			continue
		}
		handed[name] = true
		unseen := a.raisedUnseen(&miniprogram.Binding{Event: at.Name, Component: at.Component, Attr: at.At}, nil)
		e := &entry{kind: StepHandler, name: name, detail: at.Name, at: functionSpan(f, i.at), unit: u, inst: i, starts: doubted(starts, unseen), rank: 2000, gates: gatesOf(usable), code: piecesOf(f)}
		e.run = func(m *machine) { m.call(f, ref(i.object), []value{m.unknown(nil)}, nil) }
		out = append(out, e)
	}
	return out
}

func handlerName(f value) string {
	if f.obj.fn != nil && f.obj.fn.name != "" {
		return f.obj.fn.name
	}
	return "handler"
}

// frameworkFunction returns a function that the project's framework provides, by name.
func (a *analysis) frameworkFunction(name string) nativeFunc {
	switch a.project.Framework {
	case miniprogram.Taro:
		if f := reactFunctions[name]; f != nil {
			return f
		}
		return vueFunctions[name]
	case miniprogram.UniApp, miniprogram.Wepy:
		return vueFunctions[name]
	case miniprogram.Mpx:
		return mpxFunctions[name]
	}
	return nil
}

// frameworkPackage returns a package of a framework as far as it is modelled.
func (a *analysis) frameworkPackage(m *machine, spec string, at source.Span) *imported {
	var functions map[string]nativeFunc
	host := false
	switch name := packageName(spec); {
	case name == "vue" || name == "@vue/composition-api" || name == "@dcloudio/uni-app" || name == "@vue/runtime-core" || name == "@tarojs/plugin-framework-vue3":
		functions = vueFunctions
	case name == "react" || name == "preact" || name == "nervjs" || name == "ahooks" || name == "@tarojs/plugin-framework-react":
		functions = reactFunctions
	case name == "@tarojs/taro" || name == "@tarojs/taro-h5" || name == "@tarojs/runtime":
		functions, host = reactFunctions, true
	case strings.HasPrefix(name, "@mpxjs/"):
		return a.mpxPackage(m, spec, at)
	case name == "wepy" || name == "@wepy/core" || name == "@wepy/use-promisify":
		return a.wepyPackage(m, spec, at)
	case busPackages[name]:
		functions = busFunctions
	case name == "zustand":
		functions = zustandFunctions
	case name == "mobx-react" || name == "mobx-react-lite" || name == "@tarojs/mobx":
		functions = wrapperFunctions
	case strings.HasPrefix(name, "@tarojs/components"):
		v := m.unknown(nil)
		return &imported{whole: &v}
	default:
		return nil
	}
	o := m.baseObject(cPlain)
	o.isOpen, o.open = true, &unfollowed{name: spec, at: at}
	if name := packageName(spec); name == "ahooks" || name == "@tarojs/runtime" {
		o.open = &unfollowed{name: spec, at: at}
	}
	for name, f := range functions {
		o.props = setCell(o.props, name, &cell{val: m.native(name, f), frozen: true})
	}
	whole := ref(o)
	switch {
	case host:
		// Taro's own object is the platform's, with the hooks.
		kinds := m.baseObject(cPlain)
		for _, kind := range []string{"WEAPP", "WEB", "RN", "SWAN", "ALIPAY", "TT", "QQ", "JD"} {
			m.define(kinds, kind, text(kind))
		}
		a.overridden[taroHost+".ENV_TYPE"] = ref(kinds)
		a.overridden[taroHost+".getEnv"] = m.native("getEnv", func(*machine, value, []value, *frame) value { return text("WEAPP") })
		o.props = setCell(o.props, "default", &cell{val: a.hostObject(m, taroHost), frozen: true})
		// All else that it exports by name is a function of the platform.
		o.proto = a.hostObject(m, taroHost).obj
	case functions["TinyEmitter"] != nil:
		made := o.props["TinyEmitter"]
		if spec == "tiny-emitter/instance" {
			made = &cell{val: m.newBus(), frozen: true}
		}
		o.props = setCell(o.props, "default", made)
	case functions["createStore"] != nil:
		o.props = setCell(o.props, "default", o.props["create"])
	case functions["useState"] != nil:
		o.props = setCell(o.props, "default", &cell{val: whole, frozen: true})
		base := m.baseObject(cFunction)
		base.fn = &closure{node: emptyFunc, prog: &program{syntax: &script.Program{File: source.NewFile("react", "react", nil)}, varNames: map[script.Node][]string{}, infos: map[script.Node]*nodeInfo{}, words: a.words}, env: &env{}, name: "Component"}
		for _, name := range []string{"Component", "PureComponent"} {
			o.props = setCell(o.props, name, &cell{val: ref(base), frozen: true})
		}
	default:
		o.props = setCell(o.props, "default", &cell{val: ref(a.vueConstructor(m)), frozen: true})
	}
	return &imported{whole: &whole}
}

var emptyFunc = &script.Func{}

// adoptMember copies a member of a setup store: a ref becomes a property with its value.
func adoptMember(m *machine, _ value, args []value, _ *frame) value {
	to, key, from := m.known(arg(args, 0)), arg(args, 1), m.known(arg(args, 2))
	name, ok := key.key()
	if to.kind != kObject || from.kind != kObject || !ok {
		return undefined
	}
	v := m.known(m.get(from, name))
	if v.kind == kObject && v.obj.name == "ref" {
		to.obj.props = setCell(to.obj.props, name, v.obj.props["value"])
		to.obj.keys = append(to.obj.keys, name)
		return undefined
	}
	m.set(to, name, v)
	return undefined
}

// markState notes that objects are the program's state.
func markState(o *object, depth int) {
	if depth > boundInner.usual() || o.field {
		return
	}
	o.field = true
	for _, k := range o.keys {
		if c := o.props[k]; c != nil && c.val.kind == kObject && c.val.obj.class == cPlain && c.getter() == nil {
			c.val.obj.put().holder = c
			markState(c.val.obj, depth+1)
		}
	}
}

// specialCall evaluates calls that are more than calls.
func (m *machine) specialCall(*program, *env, value, *script.Call, *frame) (value, bool) {
	return undefined, false
}
