package flow

// Stores of zustand: a state that functions of the store replace in part, and hooks that select from it.

var zustandFunctions map[string]nativeFunc

func init() {
	first := func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }
	zustandFunctions = map[string]nativeFunc{
		"create": zustandCreate, "createStore": zustandCreate, "createWithEqualityFn": zustandCreate,
		"persist": first, "devtools": first, "immer": first, "subscribeWithSelector": first,
		"createJSONStorage": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
		"useShallow":        first,
		"useStore": func(m *machine, _ value, args []value, fr *frame) value {
			return m.call(arg(args, 0), undefined, args[min(1, len(args)):], fr)
		},
	}
}

// zustandCreate is create((set, get) => state), and create()(…), as TypeScript has it.
func zustandCreate(m *machine, _ value, args []value, _ *frame) value {
	init := m.known(arg(args, 0))
	if !init.isFunction() {
		return m.native("create", zustandCreate)
	}
	state := ref(m.object(cPlain))
	state.obj.field = true
	get := m.native("getState", func(*machine, value, []value, *frame) value { return state })
	set := m.native("setState", func(m *machine, _ value, args []value, _ *frame) value {
		patch := m.known(arg(args, 0))
		if patch.isFunction() {
			patch = m.known(m.call(patch, undefined, []value{state}, nil))
		}
		m.copyProps(state.obj, patch)
		return undefined
	})
	use := m.native("useStore", func(m *machine, _ value, args []value, _ *frame) value {
		selector := m.known(arg(args, 0))
		if !selector.isFunction() {
			return m.asRendered(state, nil)
		}
		again := func(m *machine) value { return m.call(selector, undefined, []value{state}, nil) }
		return m.asRendered(again(m), again)
	})
	m.define(use.obj, "getState", get)
	m.define(use.obj, "setState", set)
	m.define(use.obj, "subscribe", m.native("subscribe", func(m *machine, _ value, args []value, fr *frame) value {
		cause := &unfollowed{name: "subscribe", stored: true}
		if fr != nil {
			cause.at = calleeSpan(fr)
		}
		m.handOver(args, cause, fr)
		return m.unknown(nil)
	}))
	m.copyProps(state.obj, m.known(m.call(init, undefined, []value{set, get, use}, nil)))
	markState(state.obj, 0)
	return use
}

// asRendered is a value as a component that is being rendered has it: what it is changes with the state. again computes it.
func (m *machine) asRendered(v value, again func(m *machine) value) value {
	v = m.known(v)
	switch {
	case !m.renders() || v.isFunction():
		return v
	case v.kind == kObject && v.obj.class == cPlain:
		view := m.object(cPlain)
		view.isOpen, view.open = v.obj.isOpen, v.obj.open
		for _, k := range v.obj.keys {
			c := v.obj.props[k]
			switch {
			case c == nil || m.absent(c):
			case again != nil && !v.obj.field:
				// It is put together anew each time: state => ({ granted: state.granted }).
				part := func(m *machine) value { return m.get(m.known(again(m)), k) }
				m.define(view, k, m.asRendered(m.readProp(v, c), part))
			case c.getter() != nil || c.val.isFunction():
				m.define(view, k, m.readProp(v, c))
			default:
				m.define(view, k, undefined.withLive(c))
			}
		}
		return ref(view)
	case again != nil && v.kind != kObject:
		return m.stayLive(m.unknown(nil), again)
	}
	return v
}
