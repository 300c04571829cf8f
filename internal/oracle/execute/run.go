package execute

// One process of the program: its runtime, its modules, and what goes on in them.

import (
	_ "embed" // the prelude
	"fmt"
	"strings"
	"time"

	"github.com/grafana/sobek"
)

//go:embed prelude.js
var preludeText string

var prelude = sobek.MustCompile("platform", preludeText, false)

// run is a process.
type run struct {
	*session
	rt      *sobek.Runtime
	modules map[string]*sobek.Object // module objects
	current string                   // the page or component whose module is being run
	host    map[string]sobek.Callable

	soon      []event    // lifecycle steps and answers that nothing can overtake but answers
	quick     []*request // with one foreseeable answer each
	asked     []*request
	timers    []*timer
	clock     int64 // ms since the start
	nextTimer int64
	pages     []*page
	resting   map[string]*page // tabs that were left, by their paths
	away      bool             // the user has left
	listeners map[string][]sobek.Value
	unhandled map[*sobek.Promise]bool

	enabled, ending bool // ending: switched off, and not answered yet
	ended, again    bool // the process is over; the program starts once more
}

// event is something that can happen.
type event struct {
	what string
	run  func()
}

type timer struct {
	id, due, every int64
	left           int
	fn             sobek.Value
	args           []sobek.Value
}

type page struct {
	path   string
	record sobek.Value
}

// patience is how long one step of a program may take before it counts as hanging. It decides no verdict: a program
// that hangs is not judged.
const patience = 10 * time.Second

func (s *session) start() *run {
	r := &run{session: s, rt: sobek.New(), modules: map[string]*sobek.Object{}, host: map[string]sobek.Callable{},
		listeners: map[string][]sobek.Value{}, resting: map[string]*page{}, unhandled: map[*sobek.Promise]bool{}}
	r.rt.SetTimeSource(func() time.Time { return time.UnixMilli(1767225600000 + r.clock) })
	r.rt.SetRandSource(func() float64 {
		if r.pick("Math.random()", option{what: "0.2"}, option{what: "0.8", cost: 1}) == 0 {
			return 0.2
		}
		return 0.8
	})
	r.rt.SetPromiseRejectionTracker(func(p *sobek.Promise, op sobek.PromiseRejectionOperation) {
		if op == sobek.PromiseRejectionReject {
			r.unhandled[p] = true
		} else {
			delete(r.unhandled, p)
		}
	})
	r.globals()
	return r
}

// run runs the process to its end and reports whether the user starts the program once more.
func (r *run) run() bool {
	r.task(r.load)
	query := r.rt.ToValue(r.rt.NewDynamicObject(&input{r: r, name: "query"}))
	opening := r.openingPage()
	options := func() sobek.Value {
		return r.object("path", opening, "query", query, "scene", 1001, "referrerInfo", r.rt.NewObject(), "shareTicket", "")
	}
	r.task(func() {
		r.call("app", r.rt.ToValue("onLaunch"), options())
		r.call("app", r.rt.ToValue("onShow"), options())
	})
	r.later(opening+" is opened", func() { r.open(opening, query) })
	for !r.ended && !r.result.Hung && r.step() {
		next := r.next()
		if next == nil {
			return false
		}
		r.task(next)
	}
	return r.again && !r.result.Hung
}

// task runs something as the event loop does: the jobs of promises after it.
func (r *run) task(f func()) {
	watch := time.AfterFunc(patience, func() { r.rt.Interrupt("it takes too long") })
	defer watch.Stop()
	run, _ := sobek.AssertFunction(r.rt.ToValue(func(sobek.FunctionCall) sobek.Value {
		f()
		return sobek.Undefined()
	}))
	if _, err := run(sobek.Undefined()); err != nil {
		r.failedWith(err)
	}
	if len(r.unhandled) > 0 {
		r.rejections()
	}
}

// rejections tells the program of rejected promises that nothing handles.
func (r *run) rejections() {
	n := 0
	for p := range r.unhandled {
		n++
		if o, ok := p.Result().(*sobek.Object); ok && strings.HasSuffix(o.ClassName(), "Error") {
			r.wrong(o)
		}
	}
	r.unhandled = map[*sobek.Promise]bool{}
	if r.program.watches {
		for ; n > 0; n-- {
			r.task(func() {
				r.call("app", r.rt.ToValue("onUnhandledRejection"), r.object("reason", "rejected"))
				r.fire("UnhandledRejection", r.object("reason", "rejected"))
			})
		}
	}
}

// failedWith notes what ended a task.
func (r *run) failedWith(err error) {
	if _, interrupted := err.(*sobek.InterruptedError); interrupted { //nolint:errorlint // what the runtime returns is not wrapped
		r.result.Hung = true
		return
	}
	if e, ok := err.(*sobek.Exception); ok { //nolint:errorlint // as above
		r.wrong(e.Value())
		return
	}
	r.result.fault(err.Error())
}

// wrong notes an exception that nothing caught, if the language threw it: others are the program's business.
func (r *run) wrong(v sobek.Value) {
	o, ok := v.(*sobek.Object)
	if !ok {
		return
	}
	name := ""
	if n := o.Get("name"); n != nil {
		name = n.String()
	}
	switch name {
	case "TypeError", "ReferenceError", "SyntaxError", "RangeError", "Error":
		text := o.String()
		if stack := o.Get("stack"); stack != nil {
			text = stack.String()
		}
		if strings.Contains(text, missing) {
			r.result.Partial = true
		}
		if name != "Error" {
			r.result.fault(text)
		}
	}
}

// load runs the modules of the app, of the pages and of their components.
func (r *run) load() {
	if file := r.program.script("app"); file != "" {
		r.entry("app", file)
	}
	for _, name := range r.program.order() {
		if file := r.program.script(name); file != "" {
			r.entry(name, file)
		}
	}
}

func (r *run) entry(name, file string) {
	r.current = name
	if ex := r.rt.Try(func() { r.module(file) }); ex != nil {
		r.failedWith(ex)
	}
	r.current = ""
}

// order is the order in which modules are run: the components of a page before it.
func (p *Program) order() []string {
	var all []string
	seen := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		uses := p.uses[name]
		for _, tag := range sorted(uses) {
			add(uses[tag])
		}
		all = append(all, name)
	}
	for _, page := range p.pages {
		add(page)
	}
	return all
}

// module is what a file exports; it is run when it is first asked for.
func (r *run) module(file string) sobek.Value {
	if m, ok := r.modules[file]; ok {
		return m.Get("exports")
	}
	m := r.rt.NewObject()
	exports := r.rt.NewObject()
	r.set(m, "exports", exports)
	r.modules[file] = m
	if strings.HasSuffix(file, ".json") {
		parsed, err := r.host["parse"](sobek.Undefined(), r.rt.ToValue(r.program.files[file]))
		if err != nil {
			panic(r.rt.NewTypeError(err.Error()))
		}
		return parsed
	}
	wrapper, err := r.rt.RunProgram(r.program.modules[file])
	if err != nil {
		panic(err)
	}
	call, _ := sobek.AssertFunction(wrapper)
	if _, err := call(sobek.Undefined(), exports, r.require(file), m); err != nil {
		panic(err)
	}
	return m.Get("exports")
}

// missing is what is said of a module that cannot be found.
const missing = "is not in the program"

// require is the function of that name in a module.
func (r *run) require(from string) sobek.Value {
	find := func(call sobek.FunctionCall) sobek.Value {
		to := call.Argument(0).String()
		file := r.program.resolve(from, to)
		if file == "" {
			panic(r.rt.NewTypeError("%s %s", to, missing))
		}
		return r.module(file)
	}
	later := func(call sobek.FunctionCall) sobek.Value {
		p, resolve, reject := r.rt.NewPromise()
		r.later("a module arrives", func() {
			var exports sobek.Value
			if ex := r.rt.Try(func() { exports = find(call) }); ex != nil {
				_ = reject(ex.Value())
				return
			}
			_ = resolve(exports)
			if _, callable := sobek.AssertFunction(call.Argument(1)); callable {
				r.call("guarded", call.Argument(1), r.list([]sobek.Value{exports}))
			}
		})
		return r.rt.ToValue(p)
	}
	f := r.rt.ToValue(func(call sobek.FunctionCall) sobek.Value {
		if _, callable := sobek.AssertFunction(call.Argument(1)); callable {
			later(call)
			return sobek.Undefined()
		}
		return find(call)
	}).(*sobek.Object)
	r.set(f, "async", later)
	return f
}

// later adds a step that comes next.
func (r *run) later(what string, f func()) { r.soon = append(r.soon, event{what, f}) }

// call calls a function of the prelude.
func (r *run) call(name string, args ...sobek.Value) sobek.Value {
	v, err := r.host[name](sobek.Undefined(), args...)
	if err != nil {
		if e, ok := err.(*sobek.InterruptedError); ok { //nolint:errorlint // what the runtime returns is not wrapped
			panic(e)
		}
		r.failedWith(err)
		return sobek.Undefined()
	}
	return v
}

func (r *run) set(o *sobek.Object, name string, v any) {
	if err := o.Set(name, v); err != nil {
		panic(fmt.Sprintf("setting %s: %v", name, err))
	}
}

// object makes an object of names and values in turn.
func (r *run) object(fields ...any) *sobek.Object {
	o := r.rt.NewObject()
	for i := 0; i+1 < len(fields); i += 2 {
		r.set(o, fields[i].(string), fields[i+1])
	}
	return o
}

// places are the program's own frames on the stack, the innermost first.
func (r *run) places() []Place {
	var out []Place
	for _, f := range r.rt.CaptureCallStack(0, nil) {
		at := f.Position()
		name := at.Filename
		if name == "" {
			name = f.SrcName()
		}
		if _, ok := r.program.modules[strings.TrimPrefix(name, r.program.root)]; ok && at.Line > 0 {
			out = append(out, Place{name, at.Line, at.Column})
		}
	}
	return out
}
