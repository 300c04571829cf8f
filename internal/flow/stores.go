package flow

// What the preludes of state libraries need of the machine: values as a component has them that is being rendered, and
// what cannot be known.

var storeFunctions map[string]nativeFunc

func init() {
	storeFunctions = map[string]nativeFunc{
		// __rendered(get) is what a hook returns that selects from a state.
		"__rendered": func(m *machine, _ value, args []value, _ *frame) value {
			again := func(m *machine) value { return m.call(arg(args, 0), undefined, nil, nil) }
			return m.asRendered(again(m), again)
		},
		// __unseen(f) hands over a function that is run when something changes that is not followed.
		"__unseen": func(m *machine, _ value, args []value, _ *frame) value {
			m.handOver(args, &unfollowed{name: "subscribe", stored: true}, nil)
			return m.unknown(nil)
		},
		// __unknown(name) is a value of which nothing is known, because of what has the name.
		"__unknown": func(m *machine, _ value, args []value, _ *frame) value {
			name, _ := m.known(arg(args, 0)).key()
			cause := &unfollowed{name: name}
			if fr := m.ownFrame(); fr != nil {
				cause.at = calleeSpan(fr)
			}
			return m.unknown(cause)
		},
		"__isClass": func(m *machine, _ value, args []value, _ *frame) value {
			f := m.known(arg(args, 0))
			return boolean(f.kind == kObject && f.obj.fn != nil && f.obj.fn.class != nil)
		},
	}
}
