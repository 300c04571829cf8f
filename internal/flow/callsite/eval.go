package callsite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// maxDepth is how deep evaluation goes: what lies deeper is Unknown.
const maxDepth = 200

// eval tells what an expression is. It never returns nil.
func (c *Code) eval(f *file, x script.Expr) *Value {
	if x == nil {
		return unknown
	}
	if v, ok := c.values[x]; ok {
		return v
	}
	if c.pending[x] || c.depth > maxDepth {
		return unknown
	}
	f.index()
	c.pending[x] = true
	c.depth++
	v := c.expr(f, x)
	c.depth--
	delete(c.pending, x)
	if v.Kind == Unknown && v.Same == 0 && v.fn == nil && v.holder == nil {
		if key := f.keyOfPath(x); key != "" {
			known := *v
			known.Same = c.sameOf(key)
			v = &known
		}
	}
	c.values[x] = v
	return v
}

func (c *Code) sameOf(key string) int {
	if c.same[key] == 0 {
		c.lastSame++
		c.same[key] = c.lastSame
	}
	return c.same[key]
}

// keyOfPath names what an expression reads, so that equal names within one statement are the same value; "" where it may differ each time.
func (f *file) keyOfPath(x script.Expr) string {
	root := pathRoot(x)
	if root == "" {
		return ""
	}
	if id, ok := x.(*script.Ident); ok && f.refs[id] != nil && len(f.refs[id].writes) == 1 {
		return fmt.Sprintf("%s:%p", root, f.refs[id])
	}
	n := script.Node(x)
	for {
		if _, ok := n.(script.Stmt); ok || n == nil {
			break
		}
		n = f.parent[n]
	}
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%s@%s:%d", root, f.syntax.File.Path, n.Range().Start)
}

// pathRoot writes a chain of members without calls.
func pathRoot(x script.Expr) string {
	switch x := x.(type) {
	case *script.Ident:
		return x.Name
	case *script.This:
		return "this"
	case *script.Chain:
		return pathRoot(x.X)
	case *script.Member:
		if of := pathRoot(x.Object); of != "" {
			return of + "." + x.Name
		}
	}
	return ""
}

func (c *Code) expr(f *file, x script.Expr) *Value {
	at := f.span(x)
	switch x := x.(type) {
	case *script.String:
		return &Value{Kind: String, Str: x.Value, At: at}
	case *script.Number:
		return &Value{Kind: Number, Num: x.Value, At: at}
	case *script.Bool:
		return &Value{Kind: Bool, Bool: x.Value, At: at}
	case *script.Null:
		return &Value{Kind: Null, At: at}
	case *script.Func:
		return &Value{Kind: Func, At: at, fn: x, home: f}
	case *script.Class:
		return &Value{Kind: Func, At: at}
	case *script.ArrayLit:
		return &Value{Kind: Array, At: at}
	case *script.ObjectLit:
		return c.object(f, x)
	case *script.Template:
		return c.template(f, x)
	case *script.Unary:
		return c.unary(f, x)
	case *script.Binary:
		return c.binary(f, x)
	case *script.Logical:
		return c.logical(f, x)
	case *script.Cond:
		return merge(c.eval(f, x.Then), c.eval(f, x.Else))
	case *script.Sequence:
		if len(x.Exprs) > 0 {
			return c.eval(f, x.Exprs[len(x.Exprs)-1])
		}
	case *script.Chain:
		return c.eval(f, x.X)
	case *script.Await:
		return c.awaited(f, x.X)
	case *script.Assign:
		if x.Op == "=" {
			return c.eval(f, x.Value)
		}
	case *script.Ident:
		return c.name(f, x)
	case *script.This:
		return c.this(f, x)
	case *script.Member:
		return c.member(f, x.Object, x.Name, x)
	case *script.Index:
		if key := c.eval(f, x.Key); key.Kind == String {
			return c.member(f, x.Object, key.Str, x)
		}
	case *script.Call:
		return c.result(f, x)
	}
	return &Value{At: at}
}

func (c *Code) template(f *file, x *script.Template) *Value {
	if x.Tag != nil {
		return &Value{At: f.span(x)}
	}
	var text strings.Builder
	for i, quasi := range x.Quasis {
		text.WriteString(quasi)
		if i < len(x.Exprs) {
			v := c.eval(f, x.Exprs[i])
			if v.Kind != String || text.Len()+len(v.Str) > 1<<12 {
				return &Value{At: f.span(x)}
			}
			text.WriteString(v.Str)
		}
	}
	return &Value{Kind: String, Str: text.String(), At: f.span(x)}
}

func (c *Code) unary(f *file, x *script.Unary) *Value {
	at := f.span(x)
	switch x.Op {
	case "void":
		return &Value{Kind: Undefined, At: at}
	case "!":
		if t := truth(c.eval(f, x.X)); t != 0 {
			return &Value{Kind: Bool, Bool: t < 0, At: at}
		}
	case "-":
		if v := c.eval(f, x.X); v.Kind == Number {
			return &Value{Kind: Number, Num: -v.Num, At: at}
		}
	}
	return &Value{At: at}
}

// truth is 1 for what counts as true, -1 for what counts as false, 0 when that is not known.
func truth(v *Value) int {
	yes := true
	switch v.Kind {
	case Unknown:
		return 0
	case Undefined, Null:
		yes = false
	case Bool:
		yes = v.Bool
	case Number:
		yes = v.Num != 0
	case String:
		yes = v.Str != ""
	}
	switch {
	case v.NeverAssigned:
		return 0
	case yes:
		return 1
	}
	return -1
}

func (c *Code) binary(f *file, x *script.Binary) *Value {
	l, r := c.eval(f, x.L), c.eval(f, x.R)
	if x.Op == "+" && l.Kind == String && r.Kind == String && len(l.Str)+len(r.Str) < 1<<12 {
		return &Value{Kind: String, Str: l.Str + r.Str, At: f.span(x)}
	}
	return &Value{At: f.span(x)}
}

// logical evaluates && || ??. A constant on the right is given where the left is not there.
func (c *Code) logical(f *file, x *script.Logical) *Value {
	l, r := c.eval(f, x.L), c.eval(f, x.R)
	t := truth(l)
	if x.Op == "??" {
		t = 1
		if l.Kind == Undefined || l.Kind == Null {
			t = -1
		} else if l.Kind == Unknown {
			t = 0
		}
	}
	switch {
	case t == 0:
		if x.Op == "&&" {
			return &Value{At: f.span(x), Given: given(r)}
		}
		return &Value{At: f.span(x), Given: append(slices.Clone(l.Given), given(r)...)}
	case x.Op == "&&" && t > 0, x.Op != "&&" && t < 0:
		return r
	}
	return l
}

func (c *Code) object(f *file, x *script.ObjectLit) *Value {
	v := &Value{Kind: Object, At: f.span(x), Inside: f.around(x)}
	names := map[string]int{}
	put := func(p Prop) {
		if i, known := names[p.Name]; known {
			v.Props[i] = p
			return
		}
		names[p.Name] = len(v.Props)
		v.Props = append(v.Props, p)
	}
	for _, p := range x.Props {
		switch {
		case p.Kind == script.PropSpread:
			of := c.eval(f, spreadOf(p.Value))
			if of.Kind == Unknown || of.Kind == Object && of.Open {
				v = v.opened()
			}
			for _, given := range of.Props {
				put(given)
			}
		case p.Name == "__proto__":
			v.Open = true
		case p.Kind != script.PropInit:
			put(Prop{Name: p.Name, Key: f.loc(p.KeyLoc), Value: unknown})
		case p.Computed != nil:
			if key := c.eval(f, p.Computed); key.Kind == String {
				put(Prop{Name: key.Str, Key: f.span(p.Computed), Value: c.eval(f, p.Value), expr: p.Value, in: f})
			} else {
				v = v.opened()
			}
		default:
			put(Prop{Name: p.Name, Key: f.loc(p.KeyLoc), Value: c.eval(f, p.Value), expr: p.Value, in: f})
		}
	}
	return v
}

func spreadOf(x script.Expr) script.Expr {
	if s, ok := x.(*script.Spread); ok {
		return s.X
	}
	return x
}

// around lists the functions that a node stands in, the outermost first.
func (f *file) around(n script.Node) []*script.Func {
	var out []*script.Func
	for ; n != nil; n = f.parent[n] {
		if fn, ok := n.(*script.Func); ok {
			out = append(out, fn)
		}
	}
	slices.Reverse(out)
	return out
}

// spread adds what another object has.
func (v *Value) spread(of *Value) *Value {
	switch of.Kind {
	case Object:
		if of.Open {
			v = v.opened()
		}
		for _, p := range of.Props {
			v = v.with(p)
		}
		return v
	case Unknown:
		return v.opened()
	}
	return v
}

// name evaluates a variable.
func (c *Code) name(f *file, x *script.Ident) *Value {
	b := f.refs[x]
	if b == nil {
		switch {
		case x.Name == "undefined":
			return &Value{Kind: Undefined, At: f.span(x)}
		case c.hosts[x.Name], x.Name == "globalThis":
			return &Value{platform: true}
		}
		return &Value{At: f.span(x)}
	}
	return c.use(f, b, x)
}

// use is the value of a variable where it is read.
func (c *Code) use(f *file, b *binding, x *script.Ident) *Value {
	switch {
	case b.from != "":
		return c.imported(b)
	case b.fn != nil && len(b.writes) == 0:
		return &Value{Kind: Func, At: f.span(b.fn), fn: b.fn, home: b.in}
	case b.class != nil:
		return &Value{Kind: Func}
	}
	v, ok := c.settled[b]
	if !ok {
		c.settled[b] = unknown // what refers to itself
		v = c.initial(b)
		c.settled[b] = v
	}
	if v.Kind == Object && x != nil {
		return c.changed(b, v, x)
	}
	return v
}

// initial is the value that a variable has from its only assignment; of several, the constants among them.
func (c *Code) initial(b *binding) *Value {
	switch {
	case len(b.writes) == 0 && c.inTemplate(b):
		return unknown
	case len(b.writes) == 0:
		// let x; that nothing assigns.
		return &Value{Kind: Undefined, NeverAssigned: true, Field: b.name}
	case len(b.writes) > 1:
		out := &Value{}
		for i, w := range b.writes {
			// What it starts with is there to be replaced.
			if _, first := w.at.(*script.Declarator); w.opaque || w.param != nil || first && i == 0 {
				continue
			}
			out.Given = append(out.Given, given(c.taken(b.in, w))...)
		}
		return out
	}
	w := b.writes[0]
	switch {
	case w.opaque:
		return unknown
	case w.param != nil:
		return c.parameter(b, w)
	case b.pattern != nil:
		return c.hook(b, w)
	}
	v := c.taken(b.in, w)
	_, declared := w.at.(*script.Declarator)
	switch {
	case c.inTemplate(b), !declared && v.isConstant():
		return &Value{Given: given(v)} // it may be read before
	case v.isBlank() && !b.fixed && len(w.path) == 0:
		blank := *v
		blank.NeverAssigned, blank.Field = true, b.name
		return &blank
	}
	return v
}

// taken is what a pattern takes out of a value.
func (c *Code) taken(f *file, w write) *Value {
	v := c.eval(f, w.from)
	for _, name := range w.path {
		v = c.prop(v, name)
	}
	return c.defaulted(f, v, w.def)
}

// defaulted is a value, or what stands in for it where it is undefined.
func (c *Code) defaulted(f *file, v *Value, def script.Expr) *Value {
	switch {
	case def == nil:
		return v
	case v.Kind == Undefined:
		return c.eval(f, def)
	case v.Kind == Unknown:
		return &Value{Given: append(slices.Clone(v.Given), given(c.eval(f, def))...)}
	}
	return v
}

// member evaluates object.name.
func (c *Code) member(f *file, object script.Expr, name string, x script.Expr) *Value {
	if id, ok := object.(*script.Ident); ok && name == "value" {
		if v, ok := c.reference(f, id); ok {
			return v
		}
	}
	v := c.prop(c.eval(f, object), name)
	if v == unknown {
		return &Value{At: f.span(x)}
	}
	return v
}

// prop is a property of a value.
func (c *Code) prop(v *Value, name string) *Value {
	switch {
	case v.platform:
		if slices.Contains(c.apis, name) {
			return &Value{Kind: Func, host: name}
		}
		if c.hosts[name] {
			return v // globalThis.wx
		}
		return unknown
	case v.module != nil:
		return c.export(v.module, name)
	case v.holder != nil:
		return c.field(v, name)
	case v.Kind == Object:
		if p := v.Prop(name); p != nil {
			return p.Value
		}
		if !v.Open {
			return &Value{Kind: Undefined}
		}
	}
	return unknown
}
