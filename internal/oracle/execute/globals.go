package execute

// What a program finds besides the language.

import "github.com/grafana/sobek"

func (r *run) globals() {
	global := r.rt.GlobalObject()
	wx := r.rt.NewDynamicObject(&wxObject{r: r, set: map[string]sobek.Value{}})
	r.set(global, "wx", wx)
	console := r.rt.NewObject()
	for _, name := range []string{"log", "info", "warn", "error", "debug", "trace", "group", "groupEnd", "time", "timeEnd"} {
		r.set(console, name, func(sobek.FunctionCall) sobek.Value { return sobek.Undefined() })
	}
	r.set(global, "console", console)
	r.set(global, "global", global)
	r.set(global, "__wxConfig", r.object("envVersion", "release"))
	r.set(global, "setTimeout", func(call sobek.FunctionCall) sobek.Value { return r.timer(call, false) })
	r.set(global, "setInterval", func(call sobek.FunctionCall) sobek.Value { return r.timer(call, true) })
	clear := func(call sobek.FunctionCall) sobek.Value {
		id := call.Argument(0).ToInteger()
		for i, t := range r.timers {
			if t.id == id {
				r.timers = append(r.timers[:i:i], r.timers[i+1:]...)
				break
			}
		}
		return sobek.Undefined()
	}
	r.set(global, "clearTimeout", clear)
	r.set(global, "clearInterval", clear)
	r.set(global, "queueMicrotask", func(call sobek.FunctionCall) sobek.Value {
		p, resolve, _ := r.rt.NewPromise()
		_ = resolve(sobek.Undefined())
		o := r.rt.ToValue(p).(*sobek.Object)
		then, _ := sobek.AssertFunction(o.Get("then"))
		_, _ = then(o, call.Argument(0))
		return sobek.Undefined()
	})
	r.prelude(global)
}

// turns is how often an interval fires.
const turns = 3

func (r *run) timer(call sobek.FunctionCall, repeats bool) sobek.Value {
	r.nextTimer++
	delay := max(call.Argument(1).ToInteger(), 0)
	t := &timer{id: r.nextTimer, due: r.clock + delay, fn: call.Argument(0), left: 1}
	if len(call.Arguments) > 2 {
		t.args = call.Arguments[2:]
	}
	if repeats {
		t.every, t.left = max(delay, 1), turns
	}
	r.timers = append(r.timers, t)
	return r.rt.ToValue(t.id)
}

// due is the timer that fires next, or nil.
func (r *run) due() *timer {
	var first *timer
	for _, t := range r.timers {
		if first == nil || t.due < first.due {
			first = t
		}
	}
	return first
}

func (r *run) tick(t *timer) {
	r.clock = max(r.clock, t.due)
	t.left--
	if t.left > 0 {
		t.due = r.clock + t.every
	} else {
		for i := range r.timers {
			if r.timers[i] == t {
				r.timers = append(r.timers[:i:i], r.timers[i+1:]...)
				break
			}
		}
	}
	r.call("guarded", t.fn, r.rt.ToValue(r.list(t.args)))
}

func (r *run) list(values []sobek.Value) *sobek.Object {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v
	}
	return r.rt.NewArray(all...)
}

// prelude runs the part of the platform that is written in JavaScript.
func (r *run) prelude(global *sobek.Object) {
	host := r.rt.NewObject()
	r.set(host, "wide", r.bounds.Wide)
	r.set(host, "current", func(sobek.FunctionCall) sobek.Value { return r.rt.ToValue(r.current) })
	r.set(host, "nodes", func(call sobek.FunctionCall) sobek.Value { return r.nodes(call.Argument(0).String()) })
	r.set(host, "failed", func(call sobek.FunctionCall) sobek.Value {
		r.wrong(call.Argument(0))
		r.call("app", r.rt.ToValue("onError"), r.rt.ToValue("error"))
		return sobek.Undefined()
	})
	r.set(host, "soon", func(call sobek.FunctionCall) sobek.Value {
		f := call.Argument(1)
		r.later(call.Argument(0).String(), func() { r.call("guarded", f, r.list(nil)) })
		return sobek.Undefined()
	})
	r.set(host, "pages", func(sobek.FunctionCall) sobek.Value {
		all := make([]sobek.Value, len(r.pages))
		for i, p := range r.pages {
			all[i] = p.record
		}
		return r.list(all)
	})
	r.set(host, "detail", func(call sobek.FunctionCall) sobek.Value {
		return r.detail(call.Argument(0).String(), call.Argument(1).String())
	})
	r.set(host, "object", func(call sobek.FunctionCall) sobek.Value {
		return r.rt.NewDynamicObject(&stub{r: r, set: map[string]sobek.Value{}})
	})
	r.set(host, "navigate", func(call sobek.FunctionCall) sobek.Value {
		r.navigate(call.Argument(0).String(), call.Argument(1).String(), nil)
		return sobek.Undefined()
	})
	made, err := r.rt.RunProgram(prelude)
	if err != nil {
		panic(err)
	}
	call, _ := sobek.AssertFunction(made)
	face, err := call(sobek.Undefined(), host, global)
	if err != nil {
		panic(err)
	}
	o := face.(*sobek.Object)
	for _, name := range o.Keys() {
		r.host[name], _ = sobek.AssertFunction(o.Get(name))
	}
}

// nodes is the template of a page or component.
func (r *run) nodes(name string) sobek.Value {
	text, ok := r.program.templates[name]
	if !ok {
		text = "[]"
	}
	v, err := r.host["parse"](sobek.Undefined(), r.rt.ToValue(text))
	if err != nil {
		panic(err)
	}
	return v
}
