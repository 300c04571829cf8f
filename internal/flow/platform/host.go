package platform

import (
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What the machine asks of the platform, and the globals that it brings.

// host is the data of a host object: how its functions answer.
type host struct {
	name  string
	style Style
}

// function names a function of a host object.
type function struct {
	of   host
	name string
}

// install puts the platform's globals into the base state.
func (p *Program) install() {
	m, s := p.machine, p.base
	m.Observer = exec.Observer{Coverage: exec.NewCoverage(), Entered: p.entered, Tested: p.tested, Raised: p.raised, Waiting: p.waits}
	p.watchFailures(&m.Observer)
	ctx := p.table.Enter(nil, value.At{Name: "platform"})
	m.At(ctx, "install")
	p.wx = m.Alloc(s, &value.Obj{Class: value.HostObject, Proto: m.Realm.Object, Data: host{"wx", Usual}})
	p.storage, p.app = m.Object(s).ID(), m.Object(s)
	global := func(name string, v value.Value) {
		s.Edit(m.Realm.Global.ID()).Define(value.Prop{Key: value.Named(name), Value: v, Flags: value.Hidden})
	}
	function := func(name string, length int, run any) {
		global(name, m.Native(s, &value.Native{Name: name, Length: length, Constructs: name == "Page" || name == "Component", Run: run}))
	}
	global("wx", p.wx)
	for _, kind := range []string{"App", "Page", "Component"} {
		function(kind, 1, exec.Run(func(c *exec.Call) exec.Result {
			if kind == "Component" && len(c.Args) == 0 {
				return exec.Calls(p.helpers["chain"], value.Undef, value.Text(kind))
			}
			return p.registers(c, kind, c.Arg(0))
		}))
	}
	function("Behavior", 1, exec.Run(func(c *exec.Call) exec.Result {
		if len(c.Args) == 0 {
			return exec.Calls(p.helpers["chain"], value.Undef, value.Text("Behavior"))
		}
		return exec.Done(p.behavior(c, c.Arg(0)))
	}))
	function("getApp", 0, exec.Run(func(c *exec.Call) exec.Result {
		if p.project.App == nil || p.project.App.Script == nil {
			return exec.Done(p.input(nil, "getApp", "object"))
		}
		return exec.Done(p.app)
	}))
	function("getCurrentPages", 0, exec.Run(p.openPages))
	function("requirePlugin", 1, exec.Run(p.requirePlugin))
	function("setTimeout", 2, p.timer(false))
	function("setInterval", 2, p.timer(true))
	function("clearTimeout", 1, exec.Run(p.clear))
	function("clearInterval", 1, exec.Run(p.clear))
	console := &value.Obj{Proto: m.Realm.Object}
	for _, name := range strings.Fields("log info warn error debug group groupEnd time timeEnd trace table dir assert count") {
		console.Define(value.Prop{Key: value.Named(name), Value: m.Native(s, &value.Native{Name: name, Run: exec.Raw(func(*exec.Call) exec.Result { return exec.Done(value.Undef) })})})
	}
	global("console", m.Alloc(s, console))
	for name, run := range p.intrinsics() {
		if m.Realm.Intrinsics[name] != nil {
			panic("there are two intrinsics " + name)
		}
		m.Realm.Intrinsics[name] = &value.Native{Name: name, Run: run}
	}
	m.Realm.Intrinsics["element"] = &value.Native{Name: "element", Run: exec.Raw(p.newElement)}
	m.Realm.Intrinsics["succeeds"] = &value.Native{Name: "succeeds", Run: exec.Raw(p.succeeds)}
}

// behavior is what Behavior returns of its options.
func (p *Program) behavior(c *exec.Call, options value.Value) value.Value {
	return c.M.Object(c.S, value.Prop{Key: value.Named("$behavior"), Value: options})
}

// registers takes the options that App, Page or Component is called with.
func (p *Program) registers(c *exec.Call, kind string, options value.Value) exec.Result {
	if p.loading {
		for n := len(c.S.Stack) - 1; n >= 0; n-- {
			if f := c.S.Stack[n]; f.Code == f.Code.Module.Top && p.byCode[f.Code.Module] != nil {
				p.registry = append(p.registry, &registration{kind, options, p.byCode[f.Code.Module], c.At})
				if kind == "App" {
					// Whatever runs from now on may ask for it.
					return exec.Calls(p.helpers["makeApp"], value.Undef, options, p.app)
				}
				break
			}
		}
	}
	return exec.Done(value.Undef)
}

// Global is a variable that the global object has not: what a build imports by itself where a name is used that nothing declares.
func (p *Program) Global(s *state.State, name string) (value.Value, bool) {
	if p.framework == nil || name == "default" {
		return value.Undef, false
	}
	for _, spec := range p.framework.Imports {
		k := p.packages[spec]
		if k == nil {
			continue
		}
		if v := p.exportsOf(s, k); v.IsObject() && s.Obj(v.ID()).Props.Get(value.Named(name)) != nil {
			return p.property(s, v, name), true
		}
	}
	return value.Undef, false
}

// Property is a function of a host object: the same each time.
func (p *Program) Property(s *state.State, o *value.Obj, k value.Key) (value.Value, bool) {
	h, ok := o.Data.(host)
	if !ok || k.Sym != nil {
		return value.Undef, false
	}
	if k.Name == "env" || k.Name == "cloud" || k.Name == "then" || k.Name == "default" {
		if k.Name == "cloud" {
			return p.hostObject(s, host{h.name + ".cloud", h.style}), true
		}
		return value.Undef, false
	}
	id := p.table.Allocate(nil, value.At{Name: h.name + "." + k.Name, PC: int(h.style)}, 0)
	if s.Obj(id) == nil {
		s.Put(id, &value.Obj{Class: value.FunctionObject, Proto: p.machine.Realm.Function, Fn: &value.Closure{Native: p.native(h, k.Name)}})
	}
	return value.Ref(id), true
}

func (p *Program) hostObject(s *state.State, h host) value.Value {
	id := p.table.Allocate(nil, value.At{Name: h.name, PC: int(h.style)}, 0)
	if s.Obj(id) == nil {
		s.Put(id, &value.Obj{Class: value.HostObject, Proto: p.machine.Realm.Object, Data: h})
	}
	return value.Ref(id)
}

// native is a function of a host object: the same each time, so that states which asked for it can be merged.
func (p *Program) native(h host, name string) *value.Native {
	key := function{h, name}
	if n := p.natives[key]; n != nil {
		return n
	}
	n := &value.Native{Name: name, Length: 1}
	p.natives[key] = n
	r := rows[name]
	if strings.Contains(h.name, ".") {
		r = nil // wx.cloud
	}
	if r == nil {
		r = &row{name: name}
		if answersNow(name) {
			r.now = func(p *Program, c *exec.Call) exec.Result {
				p.listen(c, name)
				return exec.Done(p.input(c.M.Where(), name, ""))
			}
		}
	}
	n.Run = exec.Run(func(c *exec.Call) exec.Result {
		through := p.through[h.name]
		if through == value.Undef || r.now != nil {
			return p.call(c, r, h)
		}
		args := slices.Clone(c.Args)
		itself := &value.Native{Name: name, Run: exec.Run(func(c *exec.Call) exec.Result {
			c.Args = args
			return p.call(c, r, h)
		})}
		return exec.Calls(through, value.Undef, value.Text(name), c.M.Native(c.S, itself))
	})
	return n
}

// intercepts lets the requests of a host object go through a function, which is given the name and what makes the request: $$intercepts(host, f).
func (p *Program) intercepts(c *exec.Call) exec.Result {
	name := c.Arg(0).Text()
	if p.through[name] == value.Undef {
		p.through[name] = c.Arg(1)
		for _, e := range p.Entries() {
			p.reopened[e.Name] = true
		}
	}
	return exec.Done(value.Undef)
}

// Keys are the names that going over wx gives.
func (p *Program) Keys(*state.State, *value.Obj) []string {
	out := strings.Fields("request login getUserInfo getUserProfile checkSession getNetworkType scanCode chooseImage chooseMedia uploadFile downloadFile navigateBack")
	for name := range rows {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// Chosen learns what the alternatives that are left have in common.
func (p *Program) Chosen(s *state.State, root *value.Root, left uint64) {
	if len(root.Implied) == 0 {
		return
	}
	var common *implied
	var writers []*state.Trail // by whom the alternatives were left
	for n, x := range root.Implied {
		if left&(1<<n) == 0 {
			continue
		}
		i := implied{}
		switch x := x.(type) {
		case implied:
			i = x
		case explore.Implied:
			if x.Facts != nil {
				i = x.Facts.(implied)
				writers = append(writers, x.Trail)
			}
		}
		if common == nil {
			common = &i
		} else {
			*common = meet(*common, i)
		}
	}
	if common == nil {
		return
	}
	if common.stored && common.maybe == nil {
		common.maybe = p.causeOf(value.Cause{Kind: Stored, Name: "getStorageSync", At: p.here(s)})
	}
	p.TellsDevice = p.TellsDevice || common.held&Device != 0
	f := s.Facts.(Facts)
	before := f.Held
	asked, enabling := f.Asks, f.Enable
	f.learn(*common)
	s.Facts = f
	if p.watching != nil && (f.Asks != asked || f.Enable != enabling) {
		p.leftBy(s, writers, f)
	}
	if gained := f.Held &^ before & Both; gained != 0 && p.watching != nil {
		s.Note(Step{Kind: "tested", Scopes: gained}, source.Span{}) // the test that comes next tells where
	}
}

// Divide divides alternatives that are so in DevTools only from the others.
func (p *Program) Divide(root *value.Root, left uint64) []uint64 {
	var there uint64
	for n, x := range root.Implied {
		if i, ok := x.(explore.Implied); ok {
			x = i.Facts
		}
		if left&(1<<n) != 0 && simulated(x) {
			there |= 1 << n
		}
	}
	if there == 0 || there == left {
		return []uint64{left}
	}
	return []uint64{left &^ there, there}
}

// Branched notes which way a test went.
func (p *Program) Branched(s *state.State, node script.Node, v value.Value, truth bool) {
	p.tested(s, node, v, truth)
	if v.Kind() != value.Open {
		return
	}
	// Which path the program takes behind a bound is not known, nor what was handed over or written when nobody knows. A test of what the code leaves
	// open otherwise is one that may go either way.
	f := s.Facts.(Facts)
	if c := v.Term().Cause; c != nil && (c.Bound != "" || c.Kind == Handed) && f.Maybe == nil {
		f.Maybe = c
		s.Facts = f
	}
}

// Uncaught ends a path.
func (p *Program) Uncaught(s *state.State, v value.Value) {
	if p.Trace != nil {
		p.Trace("uncaught in " + p.entry + ": " + exec.ToText(p.property(s, v, "message")))
	}
}

// Bound is the cause for a bound that was met.
func (p *Program) Bound(s *state.State, bound, what string) *value.Cause {
	at := p.here(s)
	if what == "" {
		what = bound
		if len(s.Stack) > 0 && s.Top().Code.Name != "" {
			what = s.Top().Code.Name
		}
	}
	return p.cause(bound, what, at)
}
