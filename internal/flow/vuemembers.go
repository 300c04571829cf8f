package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// What Vue gives to every instance: $emit, $refs and the like.

// vueMember reads what Vue gives to every instance.
func (m *machine) vueMember(o *object, name string) (value, bool) {
	i := o.unit
	if m.a.project.Framework == miniprogram.Wepy {
		if v, ok := m.wepyMember(o, name); ok {
			return v, true
		}
	}
	switch name {
	case "$emit":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.trigger(i, arg(args, 0), arg(args, 1), undefined, fr)
			return undefined
		}), true
	case "$parent", "$root":
		if owner, ok := m.owner(i); ok && name == "$parent" {
			return owner, true
		}
	case "$watch":
		return m.native(name, func(m *machine, _ value, args []value, _ *frame) value {
			m.watchField(i, arg(args, 0), arg(args, 1))
			return m.unknown(nil)
		}), true
	case "$nextTick", "$forceUpdate":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.handOver(args, nil, fr)
			return m.promiseOf(undefined)
		}), true
	case "$set":
		return m.native(name, func(m *machine, _ value, args []value, _ *frame) value {
			m.setKey(arg(args, 0), arg(args, 1), arg(args, 2))
			return undefined
		}), true
	case "$refs":
		p := m.baseObject(cProxy)
		handler := m.baseObject(cPlain)
		m.define(handler, "get", m.native("get", func(m *machine, _ value, _ []value, _ *frame) value { return m.selected(i) }))
		p.put().proxy = &proxy{undefined, ref(handler)}
		return ref(p), true
	case "$data", "$scope": // the platform's own instance, which uni-app keeps beside Vue's
		return ref(o), true
	case "$store":
		if m.a.store != nil {
			return ref(m.a.store), true
		}
		return m.unknown(&unfollowed{name: "this.$store"}), true
	case "$on", "$once":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.handOver(args, &unfollowed{name: "this." + name, stored: true, at: calleeSpan(fr)}, fr)
			return undefined
		}), true
	}
	if strings.HasPrefix(name, "$") {
		if p := m.a.proto; p != nil {
			if c := p.props[name]; c != nil {
				return m.read(c), true
			}
		}
		return m.unknown(&unfollowed{name: "this." + name}), true
	}
	return undefined, false
}

// watchField is this.$watch(source, callback): the callback is given what the source is.
func (m *machine) watchField(i *instance, source, callback value) {
	f := m.known(callback)
	if f.kind == kObject && !f.isFunction() {
		f = m.known(m.get(f, "handler"))
	}
	if !f.isFunction() || !m.once(nil, f.obj.fn) {
		return
	}
	ctx := m.ctx
	m.later(func() {
		m.task(ctx, func() {
			v := m.known(source)
			if path, ok := v.key(); ok && v.kind == kString {
				v = ref(i.object)
				for _, part := range strings.Split(path, ".") {
					v = m.get(v, part)
				}
			} else {
				v = m.sourceValue(v)
			}
			m.call(f, ref(i.object), []value{v, m.unknown(nil)}, nil)
		})
	})
}
