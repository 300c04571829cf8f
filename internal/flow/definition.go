package flow

import "github.com/voipcheck/voipcheck/internal/script"

// What behaviors make of the definitions that use them (docs framework/custom-component/extend.html), and what packages
// add to an instance that is there.

// deepDefinition ends the reading of a definition that holds others too deep within each other.
func (m *machine) deepDefinition(depth int) {
	if depth > m.most(boundDepth) {
		m.end(boundDepth)
	}
}

// filterDefinition lets the behaviors that a definition uses look at it. What they return is added to it: so do the
// behaviors of packages whose meaning is known.
func (m *machine) filterDefinition(i *instance, options value, depth int) {
	options = m.known(options)
	if options.kind != kObject {
		return
	}
	m.deepDefinition(depth)
	c := m.find(options.obj, "behaviors")
	if c == nil {
		return
	}
	list, _ := m.list(m.readProp(options, c))
	for _, b := range list {
		if b = m.known(b); b.kind != kObject || b.obj.class != cBehavior {
			continue
		}
		filter := m.known(m.get(m.get(b, "options"), "definitionFilter"))
		if !filter.isFunction() {
			continue
		}
		if more := m.known(m.call(filter, undefined, []value{options}, nil)); more.kind == kObject && more.obj.class == cPlain {
			m.fillComponent(i, more, depth+1)
		}
	}
}

// extendInstance adds members to a page or component that is there: __extend(instance, members). They stay, for the handlers
// of its template are among them.
func extendInstance(m *machine, _ value, args []value, fr *frame) value {
	target, members := m.known(arg(args, 0)), arg(args, 1)
	if target.kind != kObject || target.obj.unit == nil || fr == nil {
		m.handOver(args, nil, fr)
		return undefined
	}
	i := target.obj.unit
	by := m.calling()
	if i.extended[by] {
		return undefined
	}
	if i.extended == nil {
		i.extended = map[script.Node]bool{}
	}
	i.extended[by] = true
	m.a.blind++
	m.a.extended++
	m.outside(func() { m.fillComponent(i, members, 1) })
	return undefined
}
