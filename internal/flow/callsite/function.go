package callsite

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
)

// What functions return, who calls them, and what modules export.

// maxCallers is how many callers of a function are looked at for what they hand over; that of more is Unknown.
const maxCallers = 50

// caller is a call of a function of the project.
type caller struct {
	in   *file
	call *script.Call
}

// parameter is what all callers of a function hand over, when they are known and hand over the same.
func (c *Code) parameter(b *binding, w write) *Value {
	callers, all := c.callersOf(b.in, w.param)
	if len(callers) == 0 || len(callers) > maxCallers || usesArguments(w.param) {
		return unknown
	}
	var out *Value
	var alts []*Value
	for _, call := range callers {
		v, known := c.argument(call, w)
		if !known {
			all = false
			continue
		}
		for _, name := range w.path {
			v = c.prop(v, name)
		}
		v = c.defaulted(b.in, v, w.def)
		if v.isConstant() && !v.NeverAssigned {
			alts = append(alts, v)
		}
		if out == nil {
			out = v
		} else {
			out = merge(out, v)
		}
	}
	if all && out.Kind != Unknown && !out.NeverAssigned {
		return out
	}
	v := &Value{Alts: distinct(alts)}
	for _, alt := range alts {
		v.Given = append(v.Given, given(alt)...)
	}
	return v
}

func distinct(values []*Value) []*Value {
	var out []*Value
	for _, v := range values {
		if !slices.ContainsFunc(out, v.equal) {
			out = append(out, v)
		}
	}
	return out
}

// argument is what a call hands over as a parameter.
func (c *Code) argument(call caller, w write) (v *Value, known bool) {
	for i, arg := range call.call.Args {
		if _, spread := arg.(*script.Spread); spread {
			return unknown, false
		}
		if i == w.index {
			return c.eval(call.in, arg), true
		}
	}
	return &Value{Kind: Undefined, At: call.in.span(call.call)}, true
}

// callersOf finds the calls of a function; all tells that there are no others.
func (c *Code) callersOf(f *file, fn *script.Func) (callers []caller, all bool) {
	switch up := f.parent[fn].(type) {
	case *script.FuncDecl:
		if fn.Name == nil {
			return nil, false
		}
		return c.callersBy(f, f.variableNamed(fn))
	case *script.Declarator:
		if id, ok := up.Target.(*script.Ident); ok && up.Value == script.Expr(fn) {
			return c.callersBy(f, f.refs[id])
		}
	case *script.Export:
		return c.callersFrom(f, "default", fn.Name == nil)
	case *script.Assign:
		for name, e := range f.exports {
			if e.expr == script.Expr(fn) {
				return c.callersFrom(f, name, true)
			}
		}
	case *script.Property:
		return c.callersOfMethod(f, up), false
	case *script.ClassMember:
		return c.callersOnThis(f, fn, up.Name), false
	}
	return nil, false
}

// variableNamed is the binding of a function declaration.
func (f *file) variableNamed(fn *script.Func) *binding {
	if b := f.top.names[fn.Name.Name]; b != nil && b.fn == fn {
		return b
	}
	return f.refs[fn.Name]
}

// callersBy finds the calls of a function by its variable.
func (c *Code) callersBy(f *file, b *binding) (callers []caller, all bool) {
	if b == nil || len(b.writes) > 1 {
		return nil, false
	}
	all = true
	for _, use := range b.uses {
		switch up := f.parent[use].(type) {
		case *script.Call:
			if up.Callee == script.Expr(use) {
				callers = append(callers, caller{f, up})
				continue
			}
			all = false
		default:
			all = all && b.shared && isExport(up)
		}
	}
	if b.shared {
		for name, e := range f.exports {
			if e.binding == b {
				more, whole := c.callersFrom(f, name, true)
				callers, all = append(callers, more...), all && whole
			}
		}
	}
	return inOrder(callers), all
}

func isExport(n script.Node) bool {
	_, ok := n.(*script.Export)
	return ok
}

func inOrder(callers []caller) []caller {
	slices.SortFunc(callers, func(a, b caller) int {
		switch x, y := a.in.span(a.call), b.in.span(b.call); {
		case x.Before(y):
			return -1
		case y.Before(x):
			return 1
		}
		return 0
	})
	return callers
}

// callersFrom finds the calls in other files of what a module exports under a name.
func (c *Code) callersFrom(f *file, name string, all bool) ([]caller, bool) {
	var callers []caller
	if f.script.UnresolvedImport != "" || len(f.stars) > 0 {
		all = false
	}
	c.findImporters()
	for _, b := range c.importers[f] {
		switch {
		case b.imported == name:
			found, whole := c.callersBy(b.in, b)
			callers, all = append(callers, found...), all && whole
		case b.imported == "*" || b.imported == "default" && f.whole:
			found, whole := c.callersOfMember(b, name)
			callers, all = append(callers, found...), all && whole
		}
	}
	for _, r := range c.required[f] {
		found, whole := c.callersOfRequired(r, name)
		callers, all = append(callers, found...), all && whole
	}
	return callers, all
}

// callersOfMember finds the calls namespace.name().
func (c *Code) callersOfMember(b *binding, name string) (callers []caller, all bool) {
	all = true
	for _, use := range b.uses {
		m, ok := b.in.parent[use].(*script.Member)
		if !ok {
			all = false
			continue
		}
		if m.Name != name {
			continue
		}
		if call, ok := b.in.parent[m].(*script.Call); ok && call.Callee == script.Expr(m) {
			callers = append(callers, caller{b.in, call})
		} else {
			all = false
		}
	}
	return callers, all
}

// callersOfRequired finds the calls of a name of what require returns.
func (c *Code) callersOfRequired(r required, name string) ([]caller, bool) {
	r.in.index()
	switch up := r.in.parent[r.call].(type) {
	case *script.Declarator:
		switch target := up.Target.(type) {
		case *script.Ident:
			if b := r.in.refs[target]; b != nil {
				return c.callersOfMember(b, name)
			}
		case *script.ObjectLit:
			for _, p := range target.Props {
				if id, ok := p.Value.(*script.Ident); ok && p.Name == name {
					return c.callersBy(r.in, r.in.refs[id])
				}
			}
			return nil, true
		}
	case *script.Member:
		if call, ok := r.in.parent[up].(*script.Call); ok && up.Name == name && call.Callee == script.Expr(up) {
			return []caller{{r.in, call}}, true
		}
	}
	return nil, false
}

// callersOfMethod finds the calls of a function in an object literal: of a page's methods on this, of a table's by its variable.
func (c *Code) callersOfMethod(f *file, p *script.Property) []caller {
	fn, ok := p.Value.(*script.Func)
	if !ok || p.Name == "" {
		return nil
	}
	if c.holderOf(f, fn) != nil {
		return c.callersOnThis(f, fn, p.Name)
	}
	table, ok := f.parent[p].(*script.ObjectLit)
	if !ok {
		return nil
	}
	var out []caller
	switch up := f.parent[table].(type) {
	case *script.Declarator:
		if id, ok := up.Target.(*script.Ident); ok && f.refs[id] != nil {
			out, _ = c.callersOfMember(f.refs[id], p.Name)
			for name, e := range f.exports {
				if e.binding == f.refs[id] {
					out = append(out, c.callersThrough(f, name, p.Name)...)
				}
			}
		}
	case *script.Export:
		out = c.callersThrough(f, "default", p.Name)
	case *script.Assign:
		if f.whole && f.exports["default"].expr == script.Expr(table) {
			out, _ = c.callersFrom(f, p.Name, true)
		}
	}
	return inOrder(out)
}

// callersThrough finds the calls of a method of the object that a module exports.
func (c *Code) callersThrough(f *file, exported, name string) []caller {
	c.findImporters()
	var out []caller
	for _, b := range c.importers[f] {
		if b.imported == exported {
			found, _ := c.callersOfMember(b, name)
			out = append(out, found...)
		}
	}
	return out
}

// callersOnThis finds the calls this.name() in the methods around.
func (c *Code) callersOnThis(f *file, fn *script.Func, name string) []caller {
	h := c.holderOf(f, fn)
	if h == nil {
		return nil
	}
	var out []caller
	for _, m := range c.calls[name] {
		if m.in == f && c.eval(f, m.on).holder == h {
			out = append(out, caller{f, m.call})
		}
	}
	return out
}

// result is what a call returns.
func (c *Code) result(f *file, x *script.Call) *Value {
	at := f.span(x)
	switch name := pathRoot(x.Callee); {
	case name == "require" && len(x.Args) == 1:
		if spec, ok := x.Args[0].(*script.String); ok {
			return c.module(f, spec.Value)
		}
	case name == "Object.assign" && len(x.Args) > 0:
		v := &Value{Kind: Object, At: at, Inside: f.around(x)}
		for _, arg := range x.Args {
			v = v.spread(c.eval(f, spreadOf(arg)))
		}
		if base := c.eval(f, x.Args[0]); base.Kind == Object {
			v.At = base.At
		}
		return v
	case name == "getApp":
		return c.appObject()
	case (name == "reactive" || name == "shallowReactive" || name == "Object.freeze" || name == "toRaw" || name == "readonly") && len(x.Args) == 1:
		return c.eval(f, x.Args[0])
	}
	if host := c.handedHost(f, x); host != "" {
		return &Value{Kind: Func, host: host, wrapped: !isBind(x)}
	}
	callee := c.eval(f, x.Callee)
	if callee.fn == nil || callee.fn.Generator || callee.fn.Async {
		return &Value{At: at}
	}
	return c.returned(callee)
}

// awaited is what waiting for an expression gives: of the project's own asynchronous functions, what they return.
func (c *Code) awaited(f *file, x script.Expr) *Value {
	call, ok := x.(*script.Call)
	if !ok {
		if v := c.eval(f, x); v.Kind == Object && !v.Open && v.Prop("then") == nil {
			return v
		}
		return unknown
	}
	callee := c.eval(f, call.Callee)
	if callee.fn != nil && !callee.fn.Generator {
		return c.returned(callee)
	}
	return unknown
}

// returned is what all the returns of a function agree on.
func (c *Code) returned(callee *Value) *Value {
	if callee.fn.Result != nil {
		return c.eval(callee.home, callee.fn.Result)
	}
	var out *Value
	for _, x := range returns(callee.fn) {
		v := &Value{Kind: Undefined}
		if x != nil {
			v = c.eval(callee.home, x)
		}
		if out == nil {
			out = v
		} else {
			out = merge(out, v)
		}
	}
	if out == nil || out.isConstant() {
		return unknown
	}
	return out
}

// returns lists what a function returns.
func returns(fn *script.Func) []script.Expr {
	var out []script.Expr
	for _, s := range fn.Body {
		script.Walk(s, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Func:
				return false
			case *script.Return:
				out = append(out, n.X)
			}
			return true
		})
	}
	return out
}

func isBind(x *script.Call) bool {
	m, ok := x.Callee.(*script.Member)
	return ok && m.Name == "bind"
}

// handedHost is the platform's function that a call binds or wraps: wx.authorize.bind(wx), promisify(wx.authorize).
func (c *Code) handedHost(f *file, x *script.Call) string {
	if m, ok := x.Callee.(*script.Member); ok && m.Name == "bind" {
		return c.eval(f, m.Object).host
	}
	if !c.names(x) {
		return ""
	}
	for _, arg := range x.Args {
		if v := c.eval(f, arg); v.host != "" {
			return v.host
		}
		if s, ok := arg.(*script.String); ok && len(x.Args) == 1 && slices.Contains(c.apis, s.Value) {
			return s.Value
		}
	}
	return ""
}

// packages are those that hand on the platform's functions.
var packages = map[string]bool{"@tarojs/taro": true, "@mpxjs/core": true, "@mpxjs/api-proxy": true, "wepy": true, "@wepy/core": true}

// imported is what an import stands for.
func (c *Code) imported(b *binding) *Value {
	m := c.module(b.in, b.from)
	if b.imported == "*" || m.platform && b.imported == "default" {
		return m
	}
	if m.module != nil && b.imported == "default" && m.module.whole {
		return c.export(m.module, "default")
	}
	return c.prop(m, b.imported)
}

// module is the namespace of the module that a specifier leads to.
func (c *Code) module(f *file, spec string) *Value {
	if packages[spec] {
		return &Value{platform: true}
	}
	to := c.byScript[c.project.Resolve(f.script, spec).Script]
	if to == nil {
		return unknown
	}
	to.index()
	if to.whole {
		return c.export(to, "default")
	}
	return &Value{module: to}
}

// export is what a module exports under a name.
func (c *Code) export(f *file, name string) *Value {
	e, ok := f.exports[name]
	switch {
	case !ok && len(f.stars) > 0 && c.depth < maxDepth:
		c.depth++
		defer func() { c.depth-- }()
		for _, spec := range f.stars {
			if m := c.module(f, spec); m.module != nil && m.module != f {
				if v := c.export(m.module, name); v != unknown {
					return v
				}
			}
		}
		return unknown
	case !ok:
		return unknown
	case e.from != "":
		if e.name == "*" {
			return c.module(f, e.from)
		}
		if c.depth > maxDepth {
			return unknown
		}
		c.depth++
		defer func() { c.depth-- }()
		return c.prop(c.module(f, e.from), e.name)
	case e.binding != nil:
		v := c.use(f, e.binding, nil)
		if v.Kind == Object {
			return c.changed(e.binding, v, nil)
		}
		return v
	}
	return c.eval(f, e.expr)
}

// findImporters finds, once, which file imports which.
func (c *Code) findImporters() {
	if c.importers != nil {
		return
	}
	c.importers, c.required = map[*file][]*binding{}, map[*file][]required{}
	for _, f := range c.files {
		f.index()
		for _, s := range f.syntax.Body {
			i, ok := s.(*script.Import)
			if !ok {
				continue
			}
			to := c.byScript[c.project.Resolve(f.script, i.From).Script]
			for _, n := range i.Names {
				if b := f.top.names[n.Local]; to != nil && b != nil {
					c.importers[to] = append(c.importers[to], b)
				}
			}
		}
	}
	for _, m := range c.requires {
		spec, ok := m.call.Args[0].(*script.String)
		if !ok {
			continue
		}
		if to := c.byScript[c.project.Resolve(m.in.script, spec.Value).Script]; to != nil {
			c.required[to] = append(c.required[to], m)
		}
	}
}
