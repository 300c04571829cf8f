package platform

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What a framework's code means. The platform asks this while it starts a program, and knows no framework by name.

// Library is JavaScript that says what packages mean. Its files are CommonJS modules that may use the functions named $$ of intrinsics.go, and
// that may require each other by their names, and packages.
type Library struct {
	// Files holds them.
	Files fs.FS
	// Packages tells by its specifier which file stands for a package.
	Packages map[string]Package
}

// Package is what stands for a package: what a file exports, or with Export a part of it.
type Package struct{ File, Export string }

// Framework is what code means that is written with a framework: data, and JavaScript that runs like the project's own. A component runs once, while the
// program is started, to register its entry points; its state is in the objects that it makes.
type Framework struct {
	// Name is the framework as the project's model names it.
	Name miniprogram.Framework
	// Libraries are the framework's own and those that it stands on. Of a file or package that several have the first counts.
	Libraries []*Library
	// Prelude is the file that makes the app, pages and components. A unit is a number, its kind "app", "page" or "component". It exports, each only if it is needed:
	//
	//	load(unit, kind, top)
	//	  runs top, the top level of a unit's file. What else the file needs has been loaded.
	//	main(exports)
	//	  is given what the main module exports, after it was loaded and before pages are.
	//	make(unit, kind, exported, locals)
	//	  makes the instance of a unit of which its file exported something by default. Where the file is a <script setup>, locals has the names of its top
	//	  level as properties. It returns undefined where the unit is made in another manner, or an object:
	//	    instance  what getApp and selectors give, and what methods are looked up on;
	//	    scope     what the names in the template are properties of;
	//	    open      true if nobody knows which methods it has;
	//	    entries   a list of its entry points besides methods that its template names:
	//	      {kind, name, f, self, args, event, when, own, raised}
	//	      kind is "lifecycle", "handler" or "observer". f is called on self with args, a list. Where it is run from a template, when lists conditions,
	//	      all of which hold then: [f, not, scope], a function that is called on scope, and whether it is false instead. own is the function of
	//	      the project that f runs, where it is not f itself: f is a method of the prelude.
	//	act(unit, route, what)
	//	  runs an entry point that $$parts or $$enters have found, of a unit whose code makes elements: what is there at the end of a route through them.
	//	called(props), referred(element, ref)
	//	  are a component that shows what its property f returns, and what gives a ref what it refers to and returns the element.
	Prelude string
	// Main are the names of the main module, which stands beside the app.
	Main []string
	// Life are the functions that the framework runs by itself, by kind of unit.
	Life map[miniprogram.UnitKind][]Stage
	// Imports are packages of which a build may import what a name means by itself (unplugin-auto-import).
	Imports []string
	// Constants are the names of variables and properties that a build puts values in the place of: what they rule out is no part of the program.
	Constants []string
	// Hosts are the global names of objects that hand on the platform's functions.
	Hosts []string
}

// Stage is a function of the lifecycle.
type Stage struct {
	Name string
	// Once tells that it runs once for each instance; First that it has begun before any other code of the instance runs, after those that
	// stand before it.
	Once, First bool
}

// Constants are those of the project's framework.
func (p *Program) Constants() []string {
	if p.framework == nil {
		return nil
	}
	return p.framework.Constants
}

// kinds are the kinds of units as preludes name them.
var kinds = map[miniprogram.UnitKind]string{miniprogram.AppUnit: "app", miniprogram.PageUnit: "page", miniprogram.ComponentUnit: "component"}

// choose takes the framework of the project.
func (p *Program) choose(all []*Framework) {
	p.libraries = []*Library{library}
	for _, f := range all {
		switch {
		case f.Name != p.project.Framework:
		case f.Name == miniprogram.Native:
			p.libraries = append(slices.Clone(f.Libraries), library)
		default:
			p.framework = f
		}
	}
	if p.framework != nil {
		p.libraries = append(slices.Clone(p.framework.Libraries), library)
		p.made = p.library(p.framework.Prelude)
		p.begin(p.made)
		for _, spec := range p.framework.Imports {
			if k := p.packageModel(spec); k != nil && !k.begun {
				p.begin(k)
			}
		}
		if p.maker("act") != value.Undef {
			p.machine.Realm.Helpers["element"] = p.machine.Native(p.base, p.machine.Realm.Intrinsics["element"])
		}
	}
	p.numbers = map[*miniprogram.Script]int{}
	for n, u := range p.allUnits() {
		if _, ok := p.numbers[u.Script]; !ok && u.Script != nil {
			p.numbers[u.Script] = n
		}
	}
}

// maker is a function that the framework's prelude exports; undefined if it does not.
func (p *Program) maker(name string) value.Value {
	if p.made == nil {
		return value.Undef
	}
	return p.property(p.base, p.exportsOf(p.base, p.made), name)
}

// library is the module of a file of the libraries.
func (p *Program) library(file string) *module {
	name := "library " + file
	if k := p.packages[name]; k != nil {
		return k
	}
	for _, l := range p.libraries {
		if text, err := fs.ReadFile(l.Files, file); err == nil {
			p.packages[name] = p.adoptPrelude(path.Base(file), text)
			return p.packages[name]
		}
	}
	panic("no library has the file " + file)
}

// main runs the main module, which stands beside the app.
func (p *Program) main() {
	if p.framework == nil || p.project.App == nil || p.project.App.Script == nil {
		return
	}
	dir := path.Dir(p.project.App.Script.File.Path)
	for _, s := range p.project.Scripts {
		if path.Dir(s.File.Path) != dir || !slices.Contains(p.framework.Main, path.Base(s.File.Path)) {
			continue
		}
		p.start(s)
		if k, f := p.modules[s], p.maker("main"); k != nil && f != value.Undef {
			p.invoke(f, p.namespace(p.base, k))
		}
		return
	}
}

// make makes the instance of a unit as the framework does; nil where it does not.
func (p *Program) make(n int, u *miniprogram.Unit) *instance {
	f := p.maker("make")
	if f == value.Undef || u.Script == nil || p.modules[u.Script] == nil || p.modules[u.Script].threw {
		return nil
	}
	k := p.modules[u.Script]
	exported, locals := p.importedDefault(k), value.Undef
	if u.Script.Setup {
		locals = p.locals(k)
	}
	p.machine.At(p.table.Enter(nil, value.At{Name: "unit", PC: n}), "make")
	p.entry, p.starting = loadEntry+u.Script.File.Path, u
	p.base.Trail = nil
	p.base.Note(Step{Kind: "module", Name: path.Base(u.Script.File.Path)}, source.Span{File: u.Script.File})
	facts := p.base.Facts.(Facts)
	p.base.Facts = p.sureOf(u, facts)
	made := p.invoke(f, value.Num(float64(n)), value.Text(kinds[u.Kind]), exported, locals)
	p.dry = false
	p.base.Facts, p.starting = facts, nil
	of := func(name string) value.Value { return p.property(p.base, made, name) }
	if !made.IsObject() || !of("instance").IsObject() {
		return nil
	}
	i := &instance{unit: u, object: of("instance"), scope: of("scope"), open: of("open") == value.True, at: source.Span{File: u.Script.File}, told: true}
	for _, v := range p.elements(of("entries")) {
		i.life = append(i.life, p.lifecycleOf(v))
	}
	if u.Kind == miniprogram.AppUnit {
		p.app = i.object
	}
	return i
}

// lifecycleOf is an entry point as a prelude tells it.
func (p *Program) lifecycleOf(v value.Value) lifecycle {
	of := func(name string) value.Value { return p.property(p.base, v, name) }
	text := func(name string) string {
		if x := of(name); x.Kind() == value.String {
			return x.Text()
		}
		return ""
	}
	out := lifecycle{kind: text("kind"), name: text("name"), event: text("event"), f: of("f"), own: of("own"), self: of("self"), args: p.elements(of("args"))}
	if out.own == value.Undef {
		out.own = out.f
	}
	var at place
	for _, c := range p.elements(of("when")) {
		if x := p.elements(c); len(x) == 3 {
			at = append(at, condition{x[0], x[1] == value.True, x[2]})
		}
	}
	if len(at) > 0 {
		out.when = []place{at}
	}
	return out
}

// elements are those of an array in the base state: of one that paths have left differently, those that it has on any.
func (p *Program) elements(v value.Value) []value.Value {
	if v = p.base.Resolve(v); !v.IsObject() || p.base.Obj(v.ID()) == nil {
		return nil
	}
	var out []value.Value
	o := p.base.Obj(v.ID())
	if o.Variants == nil {
		for _, x := range o.Elems {
			out = append(out, p.base.Resolve(x))
		}
		return out
	}
	for _, o := range o.Variants.Objs {
		for _, x := range o.Elems {
			if x = p.base.Resolve(x); !slices.ContainsFunc(out, func(y value.Value) bool { return value.Same(x, y) }) {
				out = append(out, x)
			}
		}
	}
	return out
}

// importedDefault is what a module exports by default.
func (p *Program) importedDefault(k *module) value.Value {
	v := p.imported(p.base, &link{module: k}, "default")
	if v == value.NotInit {
		return value.Undef
	}
	return v
}

// locals is an object that has the variables of a module's top level as its properties.
func (p *Program) locals(k *module) value.Value {
	p.machine.At(p.table.Enter(nil, value.At{Name: "locals", Module: k.code.Index}), "locals")
	o := &value.Obj{Proto: value.Nil}
	for slot, name := range k.code.Names {
		if slot < ir.SlotsOfModule || name == "" {
			continue
		}
		get := &value.Native{Name: name, Run: exec.Raw(func(c *exec.Call) exec.Result { return exec.Done(initialised(c.S.Obj(k.env).Elems[slot])) })}
		set := &value.Native{Name: name, Length: 1, Run: exec.Raw(func(c *exec.Call) exec.Result {
			c.S.Edit(k.env).Elems[slot] = c.Arg(0)
			return exec.Done(value.Undef)
		})}
		o.Define(value.Prop{Key: value.Named(name), Flags: value.Accessor, Get: p.machine.Native(p.base, get), Set: p.machine.Native(p.base, set)})
	}
	for n, i := range k.code.Imports {
		if i.Local == "" {
			continue
		}
		get := &value.Native{Name: i.Local, Run: exec.Raw(func(c *exec.Call) exec.Result { return exec.Done(initialised(p.Import(c.S, k.code, n))) })}
		o.Define(value.Prop{Key: value.Named(i.Local), Flags: value.Accessor, Get: p.machine.Native(p.base, get)})
	}
	return p.machine.Alloc(p.base, o)
}

func initialised(v value.Value) value.Value {
	if v == value.NotInit {
		return value.Undef
	}
	return v
}

// stage says that what runs now is a function that the framework calls by itself: $$stage(name, f).
func (p *Program) stage(c *exec.Call) exec.Result {
	if p.begins {
		c.S.Trail = nil
		c.S.Note(p.beginning("lifecycle", c.Arg(0).Text(), "", c.Arg(1), p.calledAt(c.S)))
	}
	return exec.Done(value.Undef)
}

// settingUp says that a unit is there only when its code has come to its end: $$settingUp(unit). Then that calls $$isSetUp(unit).
func (p *Program) settingUp(c *exec.Call) exec.Result {
	p.setUp[p.allUnits()[int(c.Arg(0).Num())]] = &[]Start{}
	return exec.Done(value.Undef)
}

func (p *Program) isSetUp(c *exec.Call) exec.Result {
	if p.watching != nil {
		return exec.Done(value.Undef)
	}
	f := c.S.Facts.(Facts)
	f.Passed, f.Failing = 0, 0
	starts := p.setUp[p.allUnits()[int(c.Arg(0).Num())]]
	*starts = join(*starts, []Start{{Facts: f, Trail: c.S.Trail}})
	return exec.Done(value.Undef)
}

// host is an object that hands on the platform's functions in a manner of its own: $$host(name, style).
func (p *Program) host(c *exec.Call) exec.Result {
	style := map[string]Style{"": Usual, "callbacks": Callbacks, "promised": Promised, "promises": Promises, "pairs": Pairs}
	name := ""
	if c.Arg(1).Kind() == value.String {
		name = c.Arg(1).Text()
	}
	how, ok := style[name]
	if !ok {
		panic(fmt.Sprintf("there is no style %q", name))
	}
	return exec.Done(p.hostObject(c.S, host{c.Arg(0).Text(), how}))
}

// lifeNames are the names of the functions of the lifecycle that a kind of unit has: $$life(kind).
func (p *Program) lifeNames(c *exec.Call) exec.Result {
	var out []value.Value
	for kind, name := range kinds {
		if name != c.Arg(0).Text() {
			continue
		}
		for _, s := range p.framework.Life[kind] {
			out = append(out, value.Text(s.Name))
		}
	}
	return exec.Done(c.M.Array(c.S, out))
}
