package flow

// React's hooks and contexts, and packages that wrap components.

// newContext is createContext(value).
func newContext(m *machine, _ value, args []value, _ *frame) value {
	v := m.known(arg(args, 0))
	if v.isNullish() {
		v = m.unknown(&unfollowed{name: "useContext"})
	}
	current := &cell{val: v, frozen: true}
	context := m.object(cPlain)
	for _, name := range []string{"provider", "consumer"} {
		o := m.object(cPlain)
		o.name = name
		o.props = map[string]*cell{"current": current}
		m.define(context, map[string]string{"provider": "Provider", "consumer": "Consumer"}[name], ref(o))
	}
	context.name = "context"
	context.props = setCell(context.props, "current", current)
	return ref(context)
}

// useContext is the value that is provided, which may come to be known later.
func useContext(m *machine, _ value, args []value, _ *frame) value {
	v := m.contextOf(arg(args, 0))
	if v.kind == kSymbol && v.sym.cause == nil {
		return m.unknown(&unfollowed{name: "useContext"})
	}
	return v
}

func (m *machine) contextOf(context value) value {
	if context = m.known(context); context.kind != kObject || context.obj.props["current"] == nil {
		return m.unknown(nil)
	}
	c := context.obj.props["current"]
	v := c.val
	if v.kind == kSymbol {
		v = v.withLive(c)
	}
	return v
}

// wrapperFunctions are those of packages that give a component further properties, and show it as it is.
var wrapperFunctions map[string]nativeFunc

// reactFunctions are React's hooks and the like.
var reactFunctions map[string]nativeFunc

func init() {
	identity := func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }
	state := func(m *machine, _ value, args []value, fr *frame) value {
		initial := m.known(arg(args, 0))
		if initial.isFunction() {
			initial = m.call(initial, undefined, nil, nil)
		}
		place := &cell{val: initial, seq: m.event(), serial: m.serial, name: "state", top: true}
		if fr != nil {
			place.key = calleeSpan(fr)
		}
		set := m.native("setState", func(m *machine, _ value, args []value, _ *frame) value {
			v := m.known(arg(args, 0))
			if v.isFunction() {
				v = m.call(v, undefined, []value{m.read(place)}, nil)
			}
			m.assign(place, v)
			return undefined
		})
		return m.array([]value{undefined.withLive(place), set})
	}
	effect := func(m *machine, _ value, args []value, _ *frame) value {
		if i := m.a.rendering; i != nil && m.serial == 0 {
			if f := m.known(arg(args, 0)); f.isFunction() {
				i.addLife("useEffect", f, false)
			}
		}
		return undefined
	}
	reactFunctions = map[string]nativeFunc{
		"useState": state, "useEffect": effect, "useLayoutEffect": effect, "useInsertionEffect": effect, "useMount": effect, "useEffectOnce": effect,
		"useCallback": identity, "memo": identity, "forwardRef": identity, "useMemoizedFn": identity, "useEvent": identity, "useLatest": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.object(cPlain)
			m.define(o, "current", arg(args, 0))
			return ref(o)
		},
		"useMemo": func(m *machine, _ value, args []value, _ *frame) value {
			return m.stayLive(m.call(arg(args, 0), undefined, nil, nil), func(m *machine) value {
				return m.call(arg(args, 0), undefined, nil, nil)
			})
		},
		"useRef": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.object(cPlain)
			o.field = true
			m.define(o, "current", arg(args, 0))
			return ref(o)
		},
		"useReducer": func(m *machine, _ value, args []value, fr *frame) value {
			reducer := arg(args, 0)
			place := &cell{val: arg(args, 1), seq: m.event(), serial: m.serial, name: "state", top: true}
			dispatch := m.native("dispatch", func(m *machine, _ value, args []value, _ *frame) value {
				m.assign(place, m.call(reducer, undefined, []value{m.read(place), arg(args, 0)}, nil))
				return undefined
			})
			return m.array([]value{undefined.withLive(place), dispatch})
		},
		"useContext": useContext, "use": useContext, "createContext": newContext,
		"createElement": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
		"useImperativeHandle": func(m *machine, _ value, args []value, _ *frame) value {
			handle := m.call(arg(args, 1), undefined, nil, nil)
			switch to := m.known(arg(args, 0)); {
			case to.isFunction():
				m.call(to, undefined, []value{handle}, nil)
			case to.kind == kObject:
				m.define(to.obj, "current", handle)
			}
			return undefined
		},
		"useRouter": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
	}
	wrapper := func(m *machine, _ value, _ []value, _ *frame) value { return m.native("wrapped", identity) }
	wrapperFunctions = map[string]nativeFunc{"connect": wrapper, "inject": wrapper, "observer": identity, "withRouter": identity}
	for _, l := range frameworkLife {
		if len(l.name) > 3 && l.name[:3] == "use" && reactFunctions[l.name] == nil {
			reactFunctions[l.name] = hook(l.name)
		}
	}
}
