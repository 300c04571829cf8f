package execute

// Requests: calls of the platform that answer later. Each has several outcomes; which one comes, and when, is chosen.

import "github.com/grafana/sobek"

// request is a call that was not answered yet.
type request struct {
	name                    string
	prompts                 bool // the user sees a dialog until it is answered
	outcomes                func() []outcome
	success, fail, complete sobek.Value
	resolve, reject         func(any) error
}

// outcome is one way for a request to end.
type outcome struct {
	option
	ok     bool
	effect func()                // on the platform
	fields func(o *sobek.Object) // of the result
}

// ok is an outcome with success.
func ok(what string) outcome { return outcome{option: option{what: what}, ok: true} }

// refusal is an outcome with failure.
func failure(what string) outcome { return outcome{option: option{what: what, cost: 1}} }

// doubtfully makes an outcome one that nobody expects.
func doubtfully(o outcome) outcome {
	o.doubtful, o.cost = true, 2
	return o
}

// always are outcomes that do not depend on anything.
func always(o ...outcome) func() []outcome { return func() []outcome { return o } }

// ask makes a request of a call. Given a callback it returns no promise.
func (r *run) ask(name string, call sobek.FunctionCall, outcomes func() []outcome) (*request, sobek.Value) {
	q := &request{name: name, outcomes: outcomes}
	given := false
	if o, isObject := call.Argument(0).(*sobek.Object); isObject {
		callback := func(name string) sobek.Value {
			if v := o.Get(name); v != nil {
				if _, callable := sobek.AssertFunction(v); callable {
					given = true
					return v
				}
			}
			return nil
		}
		q.success, q.fail, q.complete = callback("success"), callback("fail"), callback("complete")
	}
	if given {
		return q, sobek.Undefined()
	}
	p, resolve, reject := r.rt.NewPromise()
	q.resolve, q.reject = resolve, reject
	return q, r.rt.ToValue(p)
}

// answer chooses a request's outcome and tells the program.
func (r *run) answer(q *request) {
	for i := range r.asked {
		if r.asked[i] == q {
			r.asked = append(r.asked[:i:i], r.asked[i+1:]...)
			break
		}
	}
	outcomes := q.outcomes()
	options := make([]option, len(outcomes))
	for i, o := range outcomes {
		options[i] = o.option
		if !o.ok && r.failed[q.name] && !o.doubtful {
			options[i].cost = 0
		}
	}
	options[0].cost = 0
	o := outcomes[r.pick(q.name, options...)]
	r.failed[q.name] = r.failed[q.name] || !o.ok
	if o.effect != nil {
		o.effect()
	}
	result := r.rt.NewObject()
	if o.ok {
		r.set(result, "errMsg", q.name+":ok")
	} else {
		r.set(result, "errMsg", q.name+":fail")
		r.set(result, "errCode", -1)
	}
	if o.fields != nil {
		o.fields(result)
	}
	tell := func(f sobek.Value) {
		if f != nil {
			r.call("guarded", f, r.list([]sobek.Value{result}))
		}
	}
	if o.ok {
		tell(q.success)
	} else {
		tell(q.fail)
	}
	tell(q.complete)
	switch {
	case q.resolve == nil:
	case o.ok:
		_ = q.resolve(result)
	default:
		_ = q.reject(result)
	}
}
