package flow

import "strings"

// The functions of Vue's packages that a component's code calls, refs among them.

// newRef makes what ref(v) returns.
func (m *machine) newRef(v value) value {
	o := m.object(cPlain)
	o.name, o.field = "ref", true
	m.define(o, "value", v)
	return ref(o)
}

// vueFunctions are the functions of the packages vue and @dcloudio/uni-app.
var vueFunctions map[string]nativeFunc

func init() {
	identity := func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }
	newRefOf := func(m *machine, _ value, args []value, _ *frame) value { return m.newRef(arg(args, 0)) }
	getter := func(m *machine, _ value, args []value, _ *frame) value {
		f := m.known(arg(args, 0))
		v := m.newRef(undefined)
		if f.kind == kObject && !f.isFunction() {
			if set := m.known(m.get(f, "set")); set.isFunction() {
				m.accessor(v.obj, "value", undefined, set)
			}
			f = m.known(m.get(f, "get"))
		}
		if f.isFunction() {
			m.accessor(v.obj, "value", f, undefined)
		} else {
			m.define(v.obj, "value", m.unknown(causeOf(f)))
		}
		return v
	}
	markField := func(m *machine, _ value, args []value, _ *frame) value {
		v := m.known(arg(args, 0))
		if v.kind == kObject && v.obj.class == cPlain {
			v.obj.field = true
		}
		return v
	}
	unknownResult := func(m *machine, _ value, args []value, fr *frame) value {
		m.handOver(args, nil, fr)
		return m.unknown(nil)
	}
	vueFunctions = map[string]nativeFunc{
		"ref": newRefOf, "shallowRef": newRefOf, "customRef": unknownResult, "reactive": markField, "shallowReactive": markField, "readonly": identity, "shallowReadonly": identity,
		"toRaw": identity, "markRaw": identity, "computed": getter, "defineComponent": identity, "defineAsyncComponent": unknownResult,
		"watch": watcher(1), "watchEffect": watcher(0), "watchPostEffect": watcher(0), "watchSyncEffect": watcher(0),
		"unref":   func(m *machine, _ value, args []value, _ *frame) value { return m.unwrap(arg(args, 0)) },
		"toValue": func(m *machine, _ value, args []value, _ *frame) value { return m.unwrap(arg(args, 0)) },
		"isRef": func(m *machine, _ value, args []value, _ *frame) value {
			v := m.known(arg(args, 0))
			return boolean(v.kind == kObject && v.obj.name == "ref")
		},
		"toRef": func(m *machine, _ value, args []value, _ *frame) value {
			v := m.known(arg(args, 0))
			if k, ok := arg(args, 1).key(); ok && v.kind == kObject && v.obj.props[k] != nil {
				return m.refTo(v.obj.props[k])
			}
			return m.newRef(m.unknown(nil))
		},
		"toRefs": refsOf, "storeToRefs": refsOf,
		"nextTick": func(m *machine, _ value, args []value, fr *frame) value {
			m.handOver(args, nil, fr)
			return m.promiseOf(undefined)
		},
		"getCurrentInstance": currentInstance, "inject": inject, "provide": provide, "useSlots": unknownResult, "useAttrs": unknownResult, "h": unknownResult,
		"defineProps": func(m *machine, _ value, args []value, _ *frame) value {
			if i := m.a.rendering; i != nil {
				i.handed = m.propNames(arg(args, 0))
			}
			return m.unknown(nil) // a property that is read twice is the same
		},
		"useTemplateRef": func(m *machine, _ value, _ []value, _ *frame) value {
			if i := m.a.rendering; i != nil {
				return m.newRef(m.selected(i))
			}
			return m.newRef(m.unknown(nil))
		},
		"withDefaults": identity, "defineExpose": func(m *machine, _ value, args []value, fr *frame) value {
			if i := m.a.rendering; i != nil && m.serial == 0 {
				m.copyProps(i.object, arg(args, 0))
			}
			return undefined
		},
		"defineModel":   func(m *machine, _ value, _ []value, _ *frame) value { return m.newRef(m.unknown(nil)) },
		"defineOptions": unknownResult, "defineSlots": unknownResult,
		"defineEmits": func(m *machine, _ value, _ []value, _ *frame) value {
			i := m.a.rendering
			return m.native("emit", func(m *machine, _ value, args []value, fr *frame) value {
				if i != nil {
					m.trigger(i, arg(args, 0), arg(args, 1), undefined, fr)
				}
				return undefined
			})
		},
		"createApp": appFactory, "createSSRApp": appFactory,
	}
	for _, l := range frameworkLife {
		if strings.HasPrefix(l.name, "on") || strings.HasPrefix(l.name, "use") {
			if vueFunctions[l.name] == nil {
				vueFunctions[l.name] = hook(l.name)
			}
		}
	}
	makeMpxFunctions()
}

// propNames are the names of declared properties; "" is among them where there may be others: they are declared as a type.
func (m *machine) propNames(declared value) []string {
	o := m.known(declared)
	if o.kind != kObject || o.obj.isOpen {
		return []string{""}
	}
	if o.obj.class != cArray {
		return o.obj.keys
	}
	var names []string
	items, _ := m.list(o)
	for _, item := range items {
		name, _ := m.known(item).key()
		names = append(names, name)
	}
	return names
}

func refsOf(m *machine, _ value, args []value, _ *frame) value {
	v := m.known(arg(args, 0))
	out := m.object(cPlain)
	if v.kind != kObject {
		out.isOpen = true
		return ref(out)
	}
	out.isOpen, out.open = v.obj.isOpen, v.obj.open
	for _, k := range v.obj.keys {
		c := v.obj.props[k]
		if c == nil || m.absent(c) {
			continue
		}
		if c.val.kind == kObject && c.val.obj.name == "ref" {
			m.define(out, k, c.val)
			continue
		}
		m.define(out, k, m.refTo(c))
	}
	return ref(out)
}

// refTo is a ref whose value is the place c.
func (m *machine) refTo(c *cell) value {
	o := m.object(cPlain)
	o.name, o.field = "ref", true
	o.props = map[string]*cell{"value": c}
	o.keys = []string{"value"}
	return ref(o)
}

func (m *machine) unwrap(v value) value {
	v = m.known(v)
	if v.kind == kObject && v.obj.name == "ref" {
		return m.get(v, "value")
	}
	return v
}
