package platform

import (
	"slices"
	"sort"

	"github.com/tidwall/gjson"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// module is a file that has been lowered.
type module struct {
	script *miniprogram.Script
	code   *ir.Module
	// env is the environment of its top level, object what require returns as module.
	env    value.ID
	object value.Value
	top    value.Value
	begun  bool
	// lazily tells that what it imports within functions has been loaded.
	lazily bool
	// threw tells, of a file of a framework, that its top level ends in an exception: what it exports is never used.
	threw bool
	// assigned are the names of the properties that functions are assigned to, once they are asked for.
	assigned map[*script.Func]string
	// compilers are the places of the functions that a compiler wrote, once they are asked for.
	compilers []script.Loc
	// links are what the specifiers of its imports lead to.
	links map[string]*link
}

// link is what a specifier leads to: a module, or a value.
type link struct {
	module *module
	value  value.Value
	name   string
	at     source.Span
	// broken is the file that it leads to and that cannot be parsed.
	broken *source.File
}

// loadPrelude runs the platform's own JavaScript.
func (p *Program) loadPrelude() {
	text, err := preludes.ReadFile("prelude/page.js")
	if err != nil {
		panic(err)
	}
	p.prelude = p.adoptPrelude("platform.js", text)
	p.begin(p.prelude)
	exports := p.exportsOf(p.base, p.prelude)
	for _, q := range p.base.Obj(exports.ID()).Props.All() {
		p.helpers[q.Key.Name] = q.Value
	}
}

// module is a script as a module; nil if it cannot be parsed.
func (p *Program) module(s *miniprogram.Script) *module {
	if k, ok := p.modules[s]; ok {
		return k
	}
	if s.Broken != nil {
		p.modules[s] = nil
		p.Failures = append(p.Failures, &ParseFailure{Script: s, At: s.Broken.At, Why: s.Broken.Why})
		return nil
	}
	syntax, err := p.parse.Parse(s.File, s.Text, s.Dialect)
	if err != nil {
		p.modules[s] = nil
		p.Failures = append(p.Failures, &ParseFailure{s, err.At, err.Why, err.Kind != script.Broken})
		return nil
	}
	if p.maker("act") != value.Undef {
		deferShown(syntax)
	}
	code := ir.Lower(syntax, false)
	p.vouchFor(code)
	k := p.adopt(s, code)
	p.loaded = append(p.loaded, k)
	return k
}

// adopt makes a module of code.
func (p *Program) adopt(s *miniprogram.Script, code *ir.Module) *module {
	code.Index = len(p.byCode) + 1
	k := &module{script: s, code: code, links: map[string]*link{}}
	p.modules[s], p.byCode[code] = k, k
	p.bring(p.base, k)
	return k
}

// bring gives a state a module's environment and the objects that its code sees of itself, unless it has them.
func (p *Program) bring(s *state.State, k *module) {
	if k.env != 0 && s.Heap.Get(k.env) != nil {
		return
	}
	name := func(what string) value.ID {
		return p.table.Allocate(nil, value.At{Name: what + " of module", Module: k.code.Index}, 0)
	}
	put := func(what string, o *value.Obj) value.Value {
		id := name(what)
		s.Put(id, o)
		return value.Ref(id)
	}
	r := p.machine.Realm
	exports := put("exports", &value.Obj{Proto: r.Object})
	object := &value.Obj{Proto: r.Object}
	object.Define(value.Prop{Key: value.Named("exports"), Value: exports})
	k.object = put("module", object)
	native := &value.Native{Name: "require", Length: 1, Run: exec.Run(func(c *exec.Call) exec.Result { return p.require(c, k) })}
	elems := make([]value.Value, len(k.code.Names))
	for n := range elems {
		elems[n] = value.NotInit
	}
	require := &value.Obj{Class: value.FunctionObject, Proto: r.Function, Fn: &value.Closure{Native: native}}
	async := &value.Native{Name: "async", Length: 1, Run: exec.Run(func(c *exec.Call) exec.Result { return p.ImportCall(c, k.code, c.Arg(0)) })}
	require.Define(value.Prop{Key: value.Named("async"), Value: put("require.async", &value.Obj{Class: value.FunctionObject, Proto: r.Function, Fn: &value.Closure{Native: async}})})
	elems[ir.SlotRequire] = put("require", require)
	elems[ir.SlotModule], elems[ir.SlotExports] = k.object, exports
	k.env = put("environment", &value.Obj{Class: value.EnvObject, Proto: value.Nil, Elems: elems}).ID()
	this := exports
	if k.code.ESM {
		this = value.Undef
	}
	k.top = put("top level", &value.Obj{Class: value.FunctionObject, Proto: r.Function, Fn: &value.Closure{Code: k.code.Top, Env: k.env, This: this}})
}

// link is what a specifier in a module leads to.
func (p *Program) link(k *module, spec string, at script.Node) *link {
	if l := k.links[spec]; l != nil {
		return l
	}
	l := &link{name: spec}
	if at != nil {
		r := at.Range()
		l.at = source.Span{File: k.script.File, Start: r.Start, End: r.End}
	}
	k.links[spec] = l
	if k == p.prelude {
		return l
	}
	if k.code.Prelude {
		if l.module = p.packageModel(spec); l.module == nil {
			l.module = p.library(spec)
		}
		return l
	}
	r := p.project.Resolve(k.script, spec)
	if r.Script == nil && r.JSON == nil && !r.Data || r.Script != nil && isPackageFile(r.Script.File.Path) {
		// What a well-known package means is known better than its code tells.
		l.module = p.packageModel(spec)
	}
	switch {
	case l.module != nil:
		return l
	case r.Script != nil:
		if l.module = p.module(r.Script); l.module == nil {
			l.broken = r.Script.File
		}
	case r.JSON != nil:
		l.value = p.fromJSON(gjson.ParseBytes(r.JSON.Text), 0)
		return l
	case r.Data:
		l.value = p.input(nil, spec, "")
		return l
	}
	if l.module == nil {
		l.value = p.unresolved(l, l.name)
	}
	return l
}

// unresolved is what is imported from where nothing can be followed.
func (p *Program) unresolved(l *link, name string) value.Value {
	cause := p.causeOf(value.Cause{Name: name, At: l.at, Broken: l.broken})
	return value.OpenOf(p.table.Term(nil, value.Term{Op: "given-up", Name: name, At: l.at, Cause: cause}))
}

// The kinds of causes: a flag in the storage, which outlives what it tells of; a page of which nobody knows what opens it; a function of which nobody
// knows when it is called.
const (
	Stored = "stored"
	Opened = "opened"
	Handed = "handed"
)

// cause is the cause that something was not followed, because of a bound or, where that is "", of the code; the same for the same reason.
func (p *Program) cause(bound, name string, at source.Span) *value.Cause {
	return p.causeOf(value.Cause{Bound: bound, Name: name, At: at})
}

// causeOf is a cause that is the same for the same reason.
func (p *Program) causeOf(c value.Cause) *value.Cause {
	c.May = uint32(Both | Enabled)
	if known := p.causes[c]; known != nil {
		return known
	}
	p.causes[c] = &c
	return &c
}

// require is CommonJS's require.
func (p *Program) require(c *exec.Call, k *module) exec.Result {
	spec := c.Arg(0)
	if spec.Kind() != value.String {
		return exec.Done(p.unresolved(&link{at: c.At}, "require"))
	}
	l := p.link(k, spec.Text(), c.Node)
	if l.module == nil {
		return exec.Done(l.value)
	}
	p.bring(c.S, l.module)
	switch {
	case !l.module.begun:
		l.module.begun = true
		return exec.Calls(p.helpers["require"], value.Undef, l.module.top, p.moduleOf(c.S, l.module))
	case l.module.code.ESM:
		return exec.Done(p.namespace(c.S, l.module))
	}
	return exec.Done(p.exportsOf(c.S, l.module))
}

// wrapped is an object whose exports are a module's namespace.
func (p *Program) wrapped(s *state.State, k *module) value.Value {
	return p.machine.Object(s, value.Prop{Key: value.Named("exports"), Value: p.namespace(s, k)})
}

// exportsOf is module.exports of a module.
func (p *Program) exportsOf(s *state.State, k *module) value.Value {
	if q := s.Obj(k.object.ID()).Props.Get(value.Named("exports")); q != nil {
		return s.Resolve(q.Value)
	}
	return value.Undef
}

// namespace is a module's namespace object.
func (p *Program) namespace(s *state.State, k *module) value.Value {
	id := p.table.Allocate(nil, value.At{Name: "namespace", PC: k.code.Index}, 0)
	if s.Obj(id) == nil {
		s.Put(id, &value.Obj{Class: value.NamespaceObject, Proto: value.Nil, Data: &value.Namespace{Module: k.code}})
	}
	return value.Ref(id)
}

// Import is what an import is bound to.
func (p *Program) Import(s *state.State, m *ir.Module, n int) value.Value {
	k := p.byCode[m]
	i := m.Imports[n]
	if l := p.link(k, i.From, i.At); p.loading && l.module != nil && !l.module.begun && p.isUsed(k, l.module) {
		return value.Undef
	}
	return p.imported(s, p.link(k, i.From, i.At), i.Imported)
}

func (p *Program) imported(s *state.State, l *link, name string) value.Value {
	if l.module == nil {
		switch {
		case l.value.Kind() == value.Open && l.value.Term().Op == "given-up":
			if name == "default" || name == "*" {
				return l.value
			}
			return p.unresolved(l, name)
		case name == "*" || name == "default":
			return l.value
		}
		return p.property(s, l.value, name)
	}
	k := l.module
	p.bring(s, k)
	if !k.code.ESM {
		return p.importedCommon(s, k, name)
	}
	if name == "*" {
		return p.namespace(s, k)
	}
	if v, ok := p.export(s, k, name, map[*module]bool{}); ok {
		return v
	}
	return value.Undef
}

// importedCommon is an import of a CommonJS module.
func (p *Program) importedCommon(s *state.State, k *module, name string) value.Value {
	v := p.exportsOf(s, k)
	esModule := v.IsObject() && p.property(s, v, "__esModule") == value.True
	if name == "*" || name == "default" && !esModule {
		return v
	}
	return p.exported(s, v, name)
}

// exported is a property of what a CommonJS module exports, which may be the platform's object.
func (p *Program) exported(s *state.State, v value.Value, name string) value.Value {
	if out := p.property(s, v, name); out != value.Undef || !v.IsObject() || s.Obj(v.ID()).Class != value.HostObject {
		return out
	}
	out, _ := p.Property(s, s.Obj(v.ID()), value.Named(name))
	return out
}

// export is what a module exports under a name.
func (p *Program) export(s *state.State, k *module, name string, seen map[*module]bool) (value.Value, bool) {
	if seen[k] {
		return value.Undef, false
	}
	seen[k] = true
	p.bring(s, k)
	for _, e := range k.code.Exports {
		if e.Name != name {
			continue
		}
		switch {
		case e.Import > 0:
			i := k.code.Imports[e.Import-1]
			return p.imported(s, p.link(k, i.From, i.At), i.Imported), true
		case e.From != "":
			return p.imported(s, p.link(k, e.From, nil), e.Imported), true
		}
		return s.Obj(k.env).Elems[e.Slot], true
	}
	if name == "default" {
		return value.Undef, false
	}
	for _, e := range k.code.Exports {
		if e.Name != "" || e.From == "" {
			continue
		}
		l := p.link(k, e.From, nil)
		if l.module == nil {
			if l.value.Kind() == value.Open {
				return p.imported(s, l, name), true
			}
			continue
		}
		if !l.module.code.ESM {
			if v := p.exported(s, p.exportsOf(s, l.module), name); v != value.Undef {
				return v, true
			}
			continue
		}
		if v, ok := p.export(s, l.module, name, seen); ok {
			return v, true
		}
	}
	return value.Undef, false
}

// Export is a property of a namespace object.
func (p *Program) Export(s *state.State, m *ir.Module, name string) (value.Value, bool) {
	if name == "__esModule" {
		return value.True, true
	}
	return p.export(s, p.byCode[m], name, map[*module]bool{})
}

// Exports are the names that a module exports.
func (p *Program) Exports(_ *state.State, m *ir.Module) []string {
	var out []string
	seen := map[*module]bool{}
	var visit func(k *module)
	visit = func(k *module) {
		if k == nil || seen[k] {
			return
		}
		seen[k] = true
		for _, e := range k.code.Exports {
			if e.Name != "" {
				out = append(out, e.Name)
			} else if e.From != "" {
				visit(p.link(k, e.From, nil).module)
			}
		}
	}
	visit(p.byCode[m])
	sort.Strings(out)
	return slices.Compact(out)
}

// ImportCall is import(specifier), and require.async of it: a promise that may fail where another subpackage has to be fetched.
func (p *Program) ImportCall(c *exec.Call, m *ir.Module, spec value.Value) exec.Result {
	if spec.Kind() != value.String {
		promise := c.M.NewPromise(c.S)
		c.M.Settle(c.S, promise, value.Fulfilled, p.unresolved(&link{at: c.At}, "import"))
		return exec.Done(promise)
	}
	k := p.byCode[m]
	if l := p.link(k, spec.Text(), c.Node); l.module != nil && !l.module.begun {
		p.bring(c.S, l.module)
		l.module.begun = true
		return exec.Calls(p.helpers["fetched"], value.Undef, l.module.top, p.moduleOf(c.S, l.module))
	}
	promise := c.M.NewPromise(c.S)
	c.M.Settle(c.S, promise, value.Fulfilled, p.imported(c.S, p.link(k, spec.Text(), c.Node), "*"))
	return exec.Done(promise)
}

// moduleOf is what require returns the exports of, once a module's top level has run.
func (p *Program) moduleOf(s *state.State, k *module) value.Value {
	if k.code.ESM {
		return p.wrapped(s, k)
	}
	return k.object
}

// requirePlugin is what a plugin exports, whose code is not in the repository.
func (p *Program) requirePlugin(c *exec.Call) exec.Result {
	return exec.Done(p.unresolved(&link{at: c.At}, "requirePlugin"))
}

// deepestJSON bounds the nesting of JSON that is imported.
const deepestJSON = 64

func (p *Program) fromJSON(r gjson.Result, depth int) value.Value {
	switch {
	case depth > deepestJSON:
		return value.OpenOf(p.table.Term(nil, value.Term{Op: "given-up", Name: "JSON", Cause: p.cause("json", "JSON", source.Span{})}))
	case r.IsObject():
		o := p.machine.Object(p.base)
		r.ForEach(func(k, v gjson.Result) bool {
			x := p.fromJSON(v, depth+1)
			p.base.Edit(o.ID()).Define(value.Prop{Key: value.Named(k.String()), Value: x})
			return true
		})
		return o
	case r.IsArray():
		var elems []value.Value
		r.ForEach(func(_, v gjson.Result) bool {
			elems = append(elems, p.fromJSON(v, depth+1))
			return true
		})
		return p.machine.Array(p.base, elems)
	}
	switch r.Type {
	case gjson.True:
		return value.True
	case gjson.False:
		return value.False
	case gjson.Number:
		return value.Num(r.Num)
	case gjson.String:
		return value.Text(r.Str)
	}
	return value.Nil
}
