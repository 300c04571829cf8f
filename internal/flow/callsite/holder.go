package callsite

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Pages, components, the app and classes: what this means in their methods, and the fields that it holds.

// holder is what this is in some functions: what the options of a page, component or app make, or an instance of a class.
type holder struct {
	in   *file
	node script.Node // the options, or the class
	// data is where its fields start: the value of data, and of state or globalData in their place.
	parts map[string]script.Expr
	// own are its other properties, and fields of classes.
	own map[string]script.Expr
	// open tells that it has more than is written there: behaviors, mixins, what it inherits, spreads.
	open bool
	// properties are handed over by templates.
	properties map[string]bool
	// flat tells that its data are its own properties: this.name for data() { return { name } }.
	flat bool
	app  bool

	// events are what the code does to it through this, by the field; those of all fields under "".
	events map[string][]event
}

// makers are the functions that make pages, components and apps of their options.
var makers = map[string]bool{
	"Page": true, "Component": true, "App": true, "createPage": true, "createComponent": true, "createApp": true, "defineComponent": true,
}

// groups are the options that hold methods.
var groups = map[string]bool{
	"methods": true, "lifetimes": true, "pageLifetimes": true, "computed": true, "watch": true, "observers": true, "events": true, "hooks": true,
}

// this is what this means where it stands.
func (c *Code) this(f *file, x *script.This) *Value {
	if h := c.holderAt(f, x); h != nil {
		return &Value{holder: h}
	}
	return unknown
}

// holderAt finds what this means at a node.
func (c *Code) holderAt(f *file, n script.Node) *holder {
	for up := f.parent[n]; up != nil; n, up = up, f.parent[up] {
		switch x := up.(type) {
		case *script.Func:
			if !x.Arrow {
				return c.holderOf(f, x)
			}
		case *script.ClassMember:
			if x.Value == n && x.Field && !x.Static {
				return c.holderOfClass(f, x)
			}
		}
	}
	return nil
}

// holderOf finds what this means in a method.
func (c *Code) holderOf(f *file, fn *script.Func) *holder {
	switch up := f.parent[fn].(type) {
	case *script.ClassMember:
		if !up.Static {
			return c.holderOfClass(f, up)
		}
	case *script.Property:
		options, ok := f.parent[up].(*script.ObjectLit)
		for ok {
			group, within := f.parent[options].(*script.Property)
			if !within || !groups[group.Name] {
				break
			}
			options, ok = f.parent[group].(*script.ObjectLit)
		}
		if ok {
			return c.holderOfOptions(f, options)
		}
	}
	return nil
}

func (c *Code) holderOfOptions(f *file, options *script.ObjectLit) *holder {
	if h, ok := c.holders[options]; ok {
		return h
	}
	c.holders[options] = nil
	h := &holder{in: f, node: options, parts: map[string]script.Expr{}, own: map[string]script.Expr{}, properties: map[string]bool{}}
	switch up := f.parent[options].(type) {
	case *script.Call:
		name := lastName(up.Callee)
		m, member := up.Callee.(*script.Member)
		if !makers[name] && (!member || name != "page" && name != "component" && name != "app" && name != "extend" || lastName(m.Object) == "") {
			return nil
		}
		h.app = name == "App" || name == "createApp" || name == "app"
		id, native := up.Callee.(*script.Ident)
		h.open = native && f.refs[id] != nil && f.refs[id].from == "" // a function of the project's, which may add to them
		h.flat = !native || name != "Page" && name != "Component" && name != "App"
	case *script.Export:
		if !c.isUnit(f) {
			return nil
		}
		h.flat = true
		h.app = c.project.App != nil && c.project.App.Script == f.script
	default:
		return nil
	}
	for _, p := range options.Props {
		h.option(p)
	}
	c.holders[options] = h
	return h
}

func (c *Code) isUnit(f *file) bool { return len(c.units[f.script]) > 0 }

// option takes one of the options.
func (h *holder) option(p *script.Property) {
	switch {
	case p.Kind == script.PropSpread || p.Computed != nil || p.Name == "behaviors" || p.Name == "mixins" || p.Name == "extends":
		h.open = true
	case p.Name == "data" || p.Name == "globalData":
		h.parts[p.Name] = p.Value
	case p.Name == "properties" || p.Name == "props":
		names, ok := p.Value.(*script.ObjectLit)
		if !ok {
			h.open = true
			return
		}
		for _, name := range names.Props {
			h.properties[name.Name] = true
			h.open = h.open || name.Name == ""
		}
	case p.Name == "computed" || p.Name == "methods" || p.Name == "inject":
		names, ok := p.Value.(*script.ObjectLit)
		if !ok {
			h.open = true
			return
		}
		for _, name := range names.Props {
			h.own[name.Name] = nil
			h.open = h.open || name.Kind == script.PropSpread
			if p.Name == "methods" && name.Kind == script.PropInit {
				h.own[name.Name] = name.Value
			}
		}
	case p.Name == "setup":
		h.open = true
	case p.Kind == script.PropInit:
		h.own[p.Name] = p.Value
	default:
		h.own[p.Name] = nil
	}
}

func (c *Code) holderOfClass(f *file, member *script.ClassMember) *holder {
	class, ok := f.parent[member].(*script.Class)
	if !ok {
		return nil
	}
	if h, ok := c.holders[class]; ok {
		return h
	}
	h := &holder{in: f, node: class, parts: map[string]script.Expr{}, own: map[string]script.Expr{}, properties: map[string]bool{}, flat: true}
	h.open = class.Super != nil && !componentClasses[lastName(class.Super)] || len(class.Decorators) > 0
	for _, m := range class.Members {
		switch {
		case m.Static || m.Block:
		case m.Computed != nil:
			h.open = true
		case len(m.Decorators) > 0 || m.Kind != script.PropInit:
			h.own[m.Name] = nil
		case m.Field && (m.Name == "data" || m.Name == "state" || m.Name == "globalData"):
			h.parts[m.Name] = m.Value
		default:
			h.own[m.Name] = m.Value
		}
	}
	c.holders[class] = h
	return h
}

// componentClasses are those whose instances have no fields of their own beside state and props.
var componentClasses = map[string]bool{"Component": true, "PureComponent": true, "page": true, "component": true, "app": true}

// appObject is what getApp() returns.
func (c *Code) appObject() *Value {
	if c.app == nil {
		c.app = unknown
		c.app = c.findApp()
	}
	return c.app
}

func (c *Code) findApp() *Value {
	app := c.project.App
	if app == nil || app.Script == nil || c.byScript[app.Script] == nil {
		return unknown
	}
	f := c.byScript[app.Script]
	f.index()
	var found *holder
	script.WalkProgram(f.syntax, func(n script.Node) bool {
		if o, ok := n.(*script.ObjectLit); ok && found == nil {
			if h := c.holderOfOptions(f, o); h != nil && h.app {
				found = h
			}
		}
		return found == nil
	})
	if found == nil {
		return unknown
	}
	return &Value{holder: found}
}

// field is a field of a holder, or of a part of one.
func (c *Code) field(of *Value, name string) *Value {
	path := more(of.path, name)
	h := of.holder
	if len(of.path) == 0 && of.part == "" {
		if _, isPart := h.parts[name]; isPart || name == "data" && !h.flat || name == "globalData" && h.app {
			return &Value{holder: h, part: name}
		}
	}
	v := c.held(h, of.part, path)
	if (v.Kind == Unknown || v.Kind == Object) && v.fn == nil {
		known := *v
		known.holder, known.part, known.path = h, of.part, path
		return &known
	}
	return v
}

// held is what a field holds, of those that nothing or nothing else assigns.
func (c *Code) held(h *holder, part string, path []string) *Value {
	key := strings.Join(path, ".") + "\x00" + part + "\x00" + h.in.span(h.node).File.Path + "\x00" + itoa(h.node.Range().Start)
	if v, ok := c.fields[key]; ok {
		return v
	}
	c.fields[key] = unknown
	v := c.fieldOf(h, part, path)
	if c.fields[key] = v; c.sorting {
		delete(c.fields, key)
	}
	return v
}

func (c *Code) fieldOf(h *holder, part string, path []string) *Value {
	start, known := c.start(h, part, path)
	if start != nil && start.Kind == Func {
		return start
	}
	writes, open := c.writesTo(h, part, path)
	if open || !known || h.properties[path[0]] || c.modelled(h.in, path[0]) {
		return &Value{Given: writes.given}
	}
	switch {
	case writes.any:
		return &Value{Given: writes.given}
	case start.isBlank():
		blank := *start
		blank.NeverAssigned, blank.Field = true, path[len(path)-1]
		return &blank
	case start.Kind == Object:
		return c.fieldsOf(h, part, path, start)
	case start.isConstant():
		return start
	}
	return unknown
}

// fieldsOf is an object that a field starts with, with what its own fields hold.
func (c *Code) fieldsOf(h *holder, part string, path []string, start *Value) *Value {
	if len(path) > maxAliases {
		return unknown
	}
	out := *start
	out.Props = slices.Clone(start.Props)
	for i, p := range out.Props {
		out.Props[i].Value, out.Props[i].expr = c.held(h, part, more(path, p.Name)), nil
	}
	return &out
}

// start is what a field starts with; known tells that nobody can have added to it from elsewhere.
func (c *Code) start(h *holder, part string, path []string) (v *Value, known bool) {
	if part == "" {
		if x, own := h.own[path[0]]; own {
			if x == nil {
				return unknown, false
			}
			v, known = c.within(c.eval(h.in, x), path[1:])
			return v, known && !h.open
		}
		data, ok := h.parts["data"]
		if !h.flat || !ok {
			return unknown, false // the platform and frameworks give it more than is written
		}
		start := c.dataOf(h, data)
		if start.Prop(path[0]) == nil {
			return unknown, false
		}
		v, known = c.within(start, path)
		return v, known && !h.open
	}
	x := h.parts[part]
	if x == nil {
		return &Value{Kind: Undefined}, !h.open && part == "data"
	}
	v, known = c.within(c.dataOf(h, x), path)
	return v, known && !h.open
}

// dataOf is the object of data: { … } or data() { return { … } }.
func (c *Code) dataOf(h *holder, x script.Expr) *Value {
	v := c.eval(h.in, x)
	if v.fn == nil {
		return v
	}
	if v.fn.Result != nil {
		return c.eval(h.in, v.fn.Result)
	}
	if all := returns(v.fn); len(all) == 1 {
		return c.eval(h.in, all[0])
	}
	return unknown
}

// within follows a path of property names into a value, and tells whether what is there is known.
func (c *Code) within(v *Value, path []string) (*Value, bool) {
	for _, name := range path {
		if v.Kind == Undefined || v.Kind == Object && !v.Open && v.Prop(name) == nil {
			return &Value{Kind: Undefined, At: v.At}, true
		}
		if v = c.prop(v, name); v.Kind == Unknown {
			return v, false
		}
	}
	return v, v.Kind != Unknown
}

// modelled reports whether a template may write a name.
func (c *Code) modelled(f *file, name string) bool {
	for _, u := range c.units[f.script] {
		if u.Template == nil {
			if c.project.Framework == miniprogram.Native || c.project.Framework == miniprogram.UniApp {
				if u.Kind != miniprogram.AppUnit {
					return true
				}
			}
			continue
		}
		if u.Template.Unread {
			return true
		}
		for _, m := range u.Template.Models {
			if root, _, _ := strings.Cut(m, "."); root == name || m == name {
				return true
			}
		}
		for _, b := range u.Template.Bindings {
			if b.Inline != nil && strings.Contains(string(b.Inline.Text), name) {
				return true
			}
		}
	}
	return false
}

// inTemplate reports whether a variable of a <script setup> may be written by its template.
func (c *Code) inTemplate(b *binding) bool {
	return b.in.script.Setup && b.in.top.names[b.name] == b && !b.fixed && c.modelled(b.in, b.name)
}
