package flow

// What uni-app makes of the platform's promises: pairs on Vue 2, and whatever interceptors of the project make of them.
// Source: uniapp.dcloud.net.cn, api/#api-promise-化 and api/interceptor.

// interceptor is the returnValue of uni.addInterceptor: it is given what functions return. api is the one function that it is
// for, "" for all.
type interceptor struct {
	api string
	f   value
}

// addInterceptor is uni.addInterceptor({ returnValue }) or uni.addInterceptor('authorize', { returnValue }).
func addInterceptor(m *machine, _ value, args []value, fr *frame) value {
	api, handlers := "", m.known(arg(args, 0))
	if name, ok := handlers.key(); ok {
		api, handlers = name, m.known(arg(args, 1))
	}
	if m.serial == 0 && handlers.kind == kObject {
		if f := m.known(m.get(handlers, "returnValue")); f.isFunction() {
			m.a.interceptors = append(m.a.interceptors, interceptor{api, f})
		}
	}
	m.handOver(args, nil, fr)
	return undefined
}

// handedBack is what a function of uni returns where the platform's returns a promise.
func (m *machine) handedBack(api string, v value, fr *frame) value {
	var through []value
	for _, i := range m.a.interceptors {
		if i.api == "" || i.api == api {
			through = append(through, i.f)
		}
	}
	if m.a.project.VueVersion == 2 {
		v = m.pairs(v, len(through) > 0)
	}
	for _, f := range through {
		v = m.call(f, undefined, []value{v}, fr)
	}
	return v
}

// nothingCame is the undefined that stands for the result of a call that failed: to read a property of it ends the way with
// an exception. Other values that are undefined may be so because not everything is known of them.
var nothingCame = value{kind: kUndefined, aside: &aside{}}

// pairs makes of a promise one that is always fulfilled, with [error, result]: uni's promises on Vue 2. Where an interceptor
// comes between, that it looks at the error handles no failure: whoever is told of it next does.
func (m *machine) pairs(v value, between bool) value {
	p, out := m.newPromise()
	p.obj.at = v.obj.at
	m.when(v.obj.promise, func(q *promise) {
		if q.state == rejected {
			switch {
			case between && q.val.kind == kObject:
				q.val.obj.put().failOf, q.val.obj.put().passes = nil, q.failOf
			case q.failOf != nil:
				// Whoever tests the error handles the failure.
				m.a.now.of(q.failOf).dropped = true
			}
			m.settle(p, fulfilled, m.array([]value{q.val, nothingCame}))
			return
		}
		m.settle(p, fulfilled, m.array([]value{null, q.val}))
	})
	return out
}
