package callsite

import (
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// What writes the fields of pages, components and the app.

func itoa(n int) string { return strconv.Itoa(n) }

// fieldWrites is what the code gives a field.
type fieldWrites struct {
	any   bool
	given []*Value
}

func (w *fieldWrites) add(v *Value) {
	w.any = true
	w.given = append(w.given, given(v)...)
}

// writesTo finds everything that may write a field; open tells that something may which cannot be seen.
func (c *Code) writesTo(h *holder, part string, path []string) (w fieldWrites, open bool) {
	full := path
	if part != "" {
		full = append([]string{part}, path...)
	}
	c.follow(h)
	c.sortWrites()
	if c.sorting || c.scatteredOn[h] || c.scatteredIn[h.in] || c.scatteredIn[nil] && h.app {
		return w, true
	}
	for _, list := range [][]event{h.events[path[0]], h.events[""]} {
		for _, e := range list {
			open = c.eventOn(h, e, full, &w) || open
		}
	}
	for _, of := range []*holder{h, nil} {
		for _, name := range []string{path[0], ""} {
			for _, s := range c.settersOf[setKey{of, name}] {
				open = c.setterOn(h, s, part, path, &w) || open
			}
		}
	}
	for _, name := range path {
		for _, a := range c.assigns[name] {
			if a.on && c.mayBe(h, a.in, a.target) || !a.on && c.foreign(h, a.in, a.target) {
				v := unknown
				if a.value != nil && name == path[len(path)-1] {
					v = c.eval(a.in, a.value)
				}
				w.add(v)
			}
		}
	}
	return w, open
}

// setKey finds what may write a field of a holder: nil stands for what may be any, "" for what may write any field.
type setKey struct {
	of    *holder
	field string
}

// sortWrites sorts, once, the calls of setData and the like by what they are called on and which fields they name, and finds
// what is written to under names that nobody knows. What is evaluated meanwhile may be written by any of them.
func (c *Code) sortWrites() {
	if c.settersOf != nil {
		return
	}
	c.settersOf, c.scatteredOn, c.scatteredIn = map[setKey][]setter{}, map[*holder]bool{}, map[*file]bool{}
	c.sorting = true
	defer func() { c.sorting = false }()
	for _, s := range c.setters {
		on := c.eval(s.in, s.on)
		merges := lastName(s.call.Callee) == "assign" && on.holder == nil && !strings.Contains(pathRoot(s.on), "globalData")
		if on.Kind == Object || merges { // what is handed to a function that merges objects escapes where it is handed over
			continue
		}
		names := namedIn(s.fields)
		if on.holder != nil && len(on.path) > 0 {
			names = map[string]bool{on.path[0]: true}
		}
		for name := range names {
			c.settersOf[setKey{on.holder, name}] = append(c.settersOf[setKey{on.holder, name}], s)
		}
	}
	for _, s := range c.scattered {
		v := c.eval(s.in, s.target)
		switch {
		case v.holder != nil:
			c.scatteredOn[v.holder] = true
		case v.Kind != Unknown:
		case rootsInHolder(s.target):
			c.scatteredIn[s.in] = true
		case strings.Contains(pathRoot(s.target), "globalData"):
			c.scatteredIn[nil] = true
		}
	}
}

// namedIn are the fields that an object literal names; "" stands for any where not all can be told.
func namedIn(fields script.Expr) map[string]bool {
	if f, ok := fields.(*script.Func); ok && f.Result != nil {
		fields = f.Result
	}
	literal, ok := fields.(*script.ObjectLit)
	if !ok {
		return map[string]bool{"": true}
	}
	names := map[string]bool{}
	for _, p := range literal.Props {
		if keys := keysIn(p.Name); len(keys) > 0 && p.Computed == nil && p.Kind != script.PropSpread {
			names[keys[0]] = true
		} else {
			names[""] = true
		}
	}
	return names
}

// keysIn is the path that a key of setData names: a.b[0].
func keysIn(name string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(name, "[", ".["), func(r rune) bool { return r == '.' })
}

// follow finds, once, what the code does to a holder through this.
func (c *Code) follow(h *holder) {
	if h.events != nil {
		return
	}
	h.events = map[string][]event{}
	script.Walk(h.node, func(n script.Node) bool {
		if x, ok := n.(*script.This); ok && c.holderAt(h.in, x) == h {
			c.trace(h.in, x, nil, func(e event) {
				name := fieldIn(e.path)
				h.events[name] = append(h.events[name], e)
			})
		}
		return true
	})
}

// fieldIn is the field that a path from this begins with, "" where it may be any.
func fieldIn(path []string) string {
	if len(path) > 0 && isPart[path[0]] {
		path = path[1:]
	}
	if len(path) == 0 || path[0] == anyName {
		return ""
	}
	return path[0]
}

// isPart tells of the properties of this that hold fields.
var isPart = map[string]bool{"data": true, "$data": true, "state": true, "globalData": true}

// eventOn is what an event does to a field; it reports whether anything may write it afterwards.
func (c *Code) eventOn(h *holder, e event, full []string, w *fieldWrites) bool {
	path := e.path
	if h.flat && len(path) > 0 && (path[0] == "$data" || path[0] == "data" && h.parts["data"] != nil && len(full) > 0 && full[0] != "data") {
		path = path[1:]
	}
	switch e.kind {
	case escapes:
		return prefixOf(path, full)
	case isCalled:
		if len(path) < 2 { // its own methods
			return false
		}
		return prefixOf(path[:len(path)-1], full)
	}
	switch {
	case !prefixOf(path, full) && !prefixOf(full, path):
	case e.value == nil:
		w.add(unknown)
	default:
		v := c.eval(e.in, e.value)
		for _, name := range full[min(len(path), len(full)):] {
			v = c.prop(v, name)
		}
		if len(path) > len(full) {
			v = unknown
		}
		w.add(v)
	}
	return false
}

// prefixOf reports whether a path leads to where another begins.
func prefixOf(path, of []string) bool {
	if len(path) > len(of) {
		return false
	}
	for i, name := range path {
		if name != of[i] && name != anyName {
			return false
		}
	}
	return true
}

// setterOn is what setData and the like do to a field.
func (c *Code) setterOn(h *holder, s setter, part string, path []string, w *fieldWrites) bool {
	on, at := c.eval(s.in, s.on), path
	if on.holder == h && len(on.path) > 0 {
		if on.part != part || !prefixOf(on.path, path) {
			return false
		}
		at = path[len(on.path):]
	}
	fields := c.eval(s.in, s.fields)
	if fields.fn != nil {
		fields = c.returned(fields)
	}
	if fields.Kind != Object {
		return !fields.isConstant()
	}
	for _, p := range fields.Props {
		keys := keysIn(p.Name)
		switch {
		case prefixOf(keys, at):
			v := p.Value
			for _, name := range at[len(keys):] {
				v = c.prop(v, name)
			}
			w.add(v)
		case prefixOf(at, keys):
			w.add(unknown)
		}
	}
	return fields.Open
}

// mayBe reports whether an expression may be a holder, or a part of one.
func (c *Code) mayBe(h *holder, f *file, x script.Expr) bool {
	v := c.eval(f, x)
	return v.holder == h || v.holder == nil && v.Kind == Unknown
}

// foreign reports whether the object whose member is written may be a holder, or a part of one, that is come by in another way
// than through this.
func (c *Code) foreign(h *holder, f *file, member script.Expr) bool {
	object := member
	switch x := member.(type) {
	case *script.Member:
		object = x.Object
	case *script.Index:
		object = x.Object
	}
	v := c.eval(f, object)
	switch {
	case v.holder == h:
		// What is written through this is among the events.
		return !c.throughThis(object)
	case v.holder != nil, v.Kind != Unknown, v.platform, v.module != nil:
		return false
	}
	return true
}

// throughThis reports whether an expression begins with this.
func (c *Code) throughThis(x script.Expr) bool {
	switch x := x.(type) {
	case *script.This:
		return true
	case *script.Member:
		return c.throughThis(x.Object)
	case *script.Index:
		return c.throughThis(x.Object)
	case *script.Chain:
		return c.throughThis(x.X)
	}
	return false
}

// rootsInHolder tells of what may be a part of a page that was taken out of it: a variable is none unless it is evaluated to one.
func rootsInHolder(x script.Expr) bool {
	return slices.Contains([]string{"this", "that", "self", "_this"}, strings.SplitN(pathRoot(x), ".", 2)[0])
}

// hook is a variable out of an array pattern: the state of a React component.
func (c *Code) hook(b *binding, w write) *Value {
	call, ok := w.from.(*script.Call)
	if !ok || lastName(call.Callee) != "useState" || len(w.path) != 1 || w.path[0] != "[0]" {
		return unknown
	}
	start := &Value{Kind: Undefined, At: b.in.span(call)}
	if len(call.Args) > 0 {
		start = c.eval(b.in, call.Args[0])
	}
	writes := fieldWrites{}
	if len(b.pattern.Elems) > 1 && b.pattern.Elems[1] != nil {
		id, ok := b.pattern.Elems[1].(*script.Ident)
		if !ok || b.in.refs[id] == nil {
			return unknown
		}
		for _, use := range b.in.refs[id].uses {
			set, ok := b.in.parent[use].(*script.Call)
			if !ok || set.Callee != script.Expr(use) || len(set.Args) != 1 {
				writes.add(unknown)
				continue
			}
			writes.add(c.eval(b.in, set.Args[0]))
		}
	}
	return settled(start, writes, b.name)
}

// settled is what is known of a place that starts with a value and that the code writes so.
func settled(start *Value, w fieldWrites, name string) *Value {
	switch {
	case w.any:
		return &Value{Given: w.given}
	case start.isBlank():
		blank := *start
		blank.NeverAssigned, blank.Field = true, name
		return &blank
	case start.isConstant():
		return start
	}
	return unknown
}

// refs are the functions that make a reference: its value is read and written as .value.
var refs = map[string]bool{"ref": true, "shallowRef": true}

// reference is the value of const name = ref(start).
func (c *Code) reference(f *file, id *script.Ident) (*Value, bool) {
	b := f.refs[id]
	if b == nil || len(b.writes) != 1 || b.writes[0].from == nil || len(b.writes[0].path) > 0 {
		return nil, false
	}
	call, ok := b.writes[0].from.(*script.Call)
	if !ok || !refs[pathRoot(call.Callee)] {
		return nil, false
	}
	if v, ok := c.settled[b]; ok && v != unknown {
		return v, true
	}
	start := &Value{Kind: Undefined, At: b.in.span(call)}
	if len(call.Args) > 0 {
		start = c.eval(b.in, call.Args[0])
	}
	var w fieldWrites
	if b.shared || b.in.top.names[b.name] == b && c.isUnit(b.in) && c.modelled(b.in, b.name) {
		w.add(unknown)
	}
	for _, use := range b.uses {
		m, ok := b.in.parent[use].(*script.Member)
		if !ok || m.Name != "value" {
			w.add(unknown)
			continue
		}
		c.trace(b.in, m, nil, func(e event) {
			switch {
			case e.kind == isWritten && len(e.path) == 0 && e.value != nil:
				w.add(c.eval(e.in, e.value))
			case start.isConstant() && e.kind != isWritten:
			default:
				w.add(unknown)
			}
		})
	}
	v := settled(start, w, b.name)
	c.settled[b] = v
	return v, true
}
