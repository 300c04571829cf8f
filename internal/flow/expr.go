package flow

import (
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

const maxNest = 9000 // expressions and statements within each other, over all calls

// eval evaluates an expression.
func (m *machine) eval(p *program, e *env, x script.Expr) value {
	m.tick()
	m.nest++
	if m.nest > maxNest {
		panic(cutOff{why: "code nested too deeply"})
	}
	v := m.evalNode(p, e, x)
	m.nest--
	return v
}

func (m *machine) evalNode(p *program, e *env, x script.Expr) value {
	switch x := x.(type) {
	case nil:
		return undefined
	case *script.Ident:
		return m.ident(p, e, x)
	case *script.String:
		return text(x.Value)
	case *script.Number:
		return number(x.Value)
	case *script.Bool:
		return boolean(x.Value)
	case *script.Null:
		return null
	case *script.RegExp:
		o := m.object(cRegExp)
		o.regexp = &regexp_{x.Pattern, x.Flags}
		return ref(o)
	case *script.Template:
		return m.template(p, e, x)
	case *script.ArrayLit:
		return m.arrayLit(p, e, x)
	case *script.ObjectLit:
		return m.objectLit(p, e, x)
	case *script.Func:
		return m.function(p, e, x, "")
	case *script.Class:
		return m.class(p, e, x, "")
	case *script.Member:
		return m.member(p, e, x)
	case *script.Index:
		return m.index(p, e, x)
	case *script.Call:
		v, _ := m.callExpr(p, e, x)
		return v
	case *script.New:
		f := m.eval(p, e, x.Callee)
		args, _ := m.args(p, e, x.Args)
		return m.construct(f, args, &frame{p, x})
	case *script.Chain:
		v, _ := m.chain(p, e, x.X)
		return v
	case *script.Unary:
		return m.unary(p, e, x)
	case *script.Update:
		return m.update(p, e, x)
	case *script.Binary:
		return m.binaryExprValue(x.Op, m.eval(p, e, x.L), m.eval(p, e, x.R))
	case *script.Logical:
		return m.logical(p, e, x)
	case *script.Assign:
		return m.assignExpr(p, e, x)
	case *script.Cond:
		return m.cond(p, e, x)
	case *script.Sequence:
		v := undefined
		for _, y := range x.Exprs {
			v = m.eval(p, e, y)
		}
		return v
	case *script.Spread:
		return m.eval(p, e, x.X)
	case *script.Await:
		v := m.eval(p, e, x.X)
		return m.awaitExpr(v)
	case *script.Yield:
		return m.yieldExpr(p, e, x)
	case *script.This:
		return m.thisValue(p, e)
	case *script.Super:
		return undefined
	case *script.MetaProperty:
		if x.Name == "new.target" {
			if f := e.function(); f != nil {
				return f.newTarget
			}
		}
		return m.unknown(nil)
	case *script.ImportCall:
		return m.importCall(p, m.eval(p, e, x.X), p.span(x))
	case *script.JSX:
		return m.jsx(p, e, x)
	}
	return m.unknown(nil)
}

func (m *machine) ident(p *program, e *env, x *script.Ident) value {
	if c := e.lookup(x.Name); c != nil {
		return m.read(c)
	}
	switch x.Name {
	case "undefined":
		return undefined
	case "NaN":
		return number(nan)
	case "Infinity":
		return number(inf)
	case "arguments":
		if f := e.function(); f != nil {
			return m.array(f.args)
		}
	}
	v := m.global(p, x.Name, p.span(x))
	if v.kind == kObject && v.obj.host != nil && v.obj.host.api != "" {
		at := p.span(x)
		v.at = &at
	}
	return v
}

func (m *machine) thisValue(p *program, e *env) value {
	if f := e.function(); f != nil {
		return f.this
	}
	return p.topThis()
}

func (m *machine) template(p *program, e *env, x *script.Template) value {
	if x.Tag != nil {
		tag := m.eval(p, e, x.Tag)
		args := []value{m.unknown(nil)}
		for _, y := range x.Exprs {
			args = append(args, m.eval(p, e, y))
		}
		return m.call(tag, undefined, args, &frame{p, x})
	}
	out := text(x.Quasis[0])
	for i, y := range x.Exprs {
		out = m.concat(out, m.eval(p, e, y))
		if i+1 < len(x.Quasis) {
			out = m.concat(out, text(x.Quasis[i+1]))
		}
	}
	return out
}

// concat joins two strings; of an unknown result the known start is kept.
func (m *machine) concat(a, b value) value {
	if a.kind == kSymbol && a.sym.root != nil || b.kind == kSymbol && b.sym.root != nil {
		if a.kind == kSymbol && a.sym.root != nil && !(b.kind == kSymbol && b.sym.root != nil) {
			return m.lift(a, func(a value) value { return m.concat(a, b) })
		}
		if !(a.kind == kSymbol && a.sym.root != nil) {
			return m.lift(b, func(b value) value { return m.concat(a, b) })
		}
		return m.unknown(nil)
	}
	s, okA := a.key()
	t, okB := b.key()
	switch {
	case okA && okB:
		out := text(s + t)
		out.know = a.know | b.know
		return out
	case okA:
		v := m.unknown(causeOf(b))
		v.sym.prefix, v.sym.hasPrefix = s, true
		if b.kind == kSymbol {
			v.sym.prefix += b.sym.prefix
		}
		return v
	case a.kind == kSymbol && a.sym.hasPrefix:
		v := m.unknown(a.sym.cause)
		v.sym.prefix, v.sym.hasPrefix = a.sym.prefix, true
		return v
	}
	if c := causeOf(a); c != nil {
		return m.unknown(c)
	}
	return m.unknown(causeOf(b))
}

func causeOf(v value) *unfollowed {
	if v.kind == kSymbol {
		return v.sym.cause
	}
	return nil
}

func (m *machine) arrayLit(p *program, e *env, x *script.ArrayLit) value {
	elems, open := m.args(p, e, x.Elems)
	v := m.array(elems)
	v.obj.at = p.span(x)
	v.obj.isOpen = open
	return v
}

// args evaluates arguments or elements; open tells that a spread of something unknown is among them.
func (m *machine) args(p *program, e *env, list []script.Expr) (vals []value, open bool) {
	for _, x := range list {
		switch x := x.(type) {
		case nil:
			vals = append(vals, undefined)
		case *script.Spread:
			more, ok := m.list(m.eval(p, e, x.X))
			vals = append(vals, more...)
			if !ok {
				open = true
			}
		default:
			vals = append(vals, m.eval(p, e, x))
		}
	}
	return vals, open
}

func (m *machine) objectLit(p *program, e *env, x *script.ObjectLit) value {
	o := m.object(cPlain)
	o.at = p.span(x)
	for _, prop := range x.Props {
		if prop.Kind == script.PropSpread {
			m.copyProps(o, m.eval(p, e, prop.Value))
			continue
		}
		name, ok := prop.Name, true
		if prop.Computed != nil {
			name, ok = m.known(m.eval(p, e, prop.Computed)).key()
		}
		var v value
		if f, isFunc := prop.Value.(*script.Func); isFunc {
			v = m.function(p, e, f, name)
			v.obj.fn.home = o
		} else {
			v = m.eval(p, e, prop.Value)
		}
		if !ok {
			o.isOpen = true
			continue
		}
		switch prop.Kind {
		case script.PropGet, script.PropSet:
			c := o.props[name]
			if c == nil {
				c = m.define(o, name, undefined)
			}
			if prop.Kind == script.PropGet {
				c.get = v.obj
			} else {
				c.set = v.obj
			}
		default:
			if name == "__proto__" && v.kind == kObject {
				o.proto = v.obj
				continue
			}
			m.define(o, name, v).key = p.loc(prop.KeyLoc)
			if prop.Method || prop.Shorthand || v.kind != kObject {
				continue
			}
		}
	}
	return ref(o)
}

// copyProps is Object.assign of one source, and the spread in an object literal.
func (m *machine) copyProps(o *object, from value) {
	from = m.known(from)
	switch {
	case from.kind == kObject:
		if from.obj.isOpen || from.obj.class == cProxy || from.obj.class == cHost {
			o.isOpen = true
			o.open = from.obj.open
		}
		if from.obj.module != nil {
			for _, name := range from.obj.module.names() {
				m.set(ref(o), name, m.get(from, name))
			}
			return
		}
		for _, k := range from.obj.keys {
			c := from.obj.props[k]
			if c == nil || m.absent(c) {
				continue
			}
			v := m.readProp(from, c)
			if o.serial == m.serial {
				m.define(o, k, v).key = c.key
			} else {
				m.set(ref(o), k, v)
			}
		}
	case from.kind == kSymbol:
		o.isOpen = true
		o.open = from.sym.cause
	}
}

func (m *machine) function(p *program, e *env, x *script.Func, name string) value {
	if x.Name != nil && x.Name.Name != "" {
		name = x.Name.Name
	}
	o := m.object(cFunction)
	o.at = p.span(x)
	m.a.closures[x] = o
	o.fn = &closure{node: x, prog: p, env: e, name: name}
	return ref(o)
}

func (m *machine) member(p *program, e *env, x *script.Member) value {
	if _, ok := x.Object.(*script.Super); ok {
		return m.superGet(p, e, x.Name)
	}
	return m.memberOf(p, m.eval(p, e, x.Object), x)
}

func (m *machine) memberOf(p *program, object value, x *script.Member) value {
	v := m.getAt(object, x.Name, p.loc(x.NameLoc), func() *unfollowed {
		return &unfollowed{name: dotted(x), at: p.loc(x.NameLoc)}
	})
	if v.kind == kObject && v.obj.host != nil && v.obj.host.api != "" {
		at := p.loc(x.NameLoc)
		v.at = &at
	}
	return v
}

func (m *machine) index(p *program, e *env, x *script.Index) value {
	var object value
	_, isSuper := x.Object.(*script.Super)
	if !isSuper {
		object = m.eval(p, e, x.Object)
	}
	key := m.eval(p, e, x.Key)
	if isSuper {
		if name, ok := key.key(); ok {
			return m.superGet(p, e, name)
		}
		return m.unknown(nil)
	}
	return m.indexOf(p, object, key, x)
}

func (m *machine) indexOf(p *program, object, key value, x *script.Index) value {
	key = m.known(key)
	name, ok := key.key()
	if !ok {
		if key.kind == kObject && key.obj.class == cBoxed {
			name = key.obj.name // a well-known symbol
		} else {
			return m.getUnknownKey(object, p, x)
		}
	}
	v := m.getAt(object, name, p.span(x.Key), func() *unfollowed {
		return &unfollowed{name: dotted(x), at: p.span(x.Key)}
	})
	if v.kind == kObject && v.obj.host != nil && v.obj.host.api != "" {
		at := p.span(x.Key)
		v.at = &at
	}
	return v
}

// getUnknownKey reads a property whose name is not known: one of those that are there, or none.
func (m *machine) getUnknownKey(object value, p *program, x *script.Index) value {
	object = m.known(object)
	if object.kind == kSymbol {
		return m.derive(object.sym, "[]")
	}
	if object.kind == kObject && (object.obj.class == cHost || object.obj.class == cAuth) {
		return m.unknown(&unfollowed{name: dotted(x), at: p.span(x.Key)})
	}
	if object.kind == kObject && !object.obj.isOpen {
		var vals []value
		if object.obj.class == cArray {
			vals = append(vals, object.obj.elems...)
		}
		for _, k := range object.obj.keys {
			if c := object.obj.props[k]; c != nil && !m.absent(c) {
				vals = append(vals, m.readProp(object, c))
			}
		}
		functions := false
		for _, v := range vals {
			functions = functions || v.isFunction()
		}
		if functions && len(vals) <= 16 {
			return m.anyOf(vals, make([]facts, len(vals)), nil, "")
		}
	}
	return m.unknown(nil)
}

// chain evaluates the inside of an optional chain; short tells that a ?. found nothing.
func (m *machine) chain(p *program, e *env, x script.Expr) (v value, short bool) {
	switch x := x.(type) {
	case *script.Member:
		object, short := m.chain(p, e, x.Object)
		if short || x.Optional && m.nothing(object) {
			return undefined, true
		}
		return m.memberOf(p, object, x), false
	case *script.Index:
		object, short := m.chain(p, e, x.Object)
		if short || x.Optional && m.nothing(object) {
			return undefined, true
		}
		return m.indexOf(p, object, m.eval(p, e, x.Key), x), false
	case *script.Call:
		return m.callExpr(p, e, x)
	}
	if m.isSuper(x) {
		return undefined, false
	}
	return m.eval(p, e, x), false
}

func (m *machine) isSuper(x script.Expr) bool {
	_, ok := x.(*script.Super)
	return ok
}

// nothing decides whether v is null or undefined, for ?. and ??. What is not known is taken to be there.
func (m *machine) nothing(v value) bool {
	v = m.known(v)
	return v.isNullish() && v.blank == nil
}

// callExpr evaluates a call, in or outside an optional chain.
func (m *machine) callExpr(p *program, e *env, x *script.Call) (v value, short bool) {
	var f, this value
	fr := &frame{p, x}
	switch callee := x.Callee.(type) {
	case *script.Super:
		args, _ := m.args(p, e, x.Args)
		return m.superCall(p, e, args, fr), false
	case *script.Member:
		if m.isSuper(callee.Object) {
			f, this = m.superGet(p, e, callee.Name), m.thisValue(p, e)
			break
		}
		this, short = m.chain(p, e, callee.Object)
		if short || callee.Optional && m.nothing(this) {
			return undefined, true
		}
		this = m.known(this)
		f = m.memberOf(p, this, callee)
	case *script.Index:
		this, short = m.chain(p, e, callee.Object)
		if short || callee.Optional && m.nothing(this) {
			return undefined, true
		}
		this = m.known(this)
		f = m.indexOf(p, this, m.eval(p, e, callee.Key), callee)
	default:
		f, short = m.chain(p, e, x.Callee)
		if short {
			return undefined, true
		}
	}
	if x.Optional {
		if f = m.known(f); f.isNullish() {
			return undefined, true
		}
	}
	if special, ok := m.specialCall(p, e, f, x, fr); ok {
		return special, false
	}
	args, _ := m.args(p, e, x.Args)
	return m.call(f, this, args, fr), false
}

func (m *machine) unary(p *program, e *env, x *script.Unary) value {
	if x.Op == "typeof" {
		if id, ok := x.X.(*script.Ident); ok && e.lookup(id.Name) == nil && !m.isGlobal(id.Name) {
			return text("undefined")
		}
	}
	if x.Op == "delete" {
		m.delete(p, e, x.X)
		return yes
	}
	v := m.eval(p, e, x.X)
	return m.lift(v, func(v value) value {
		out := m.unaryValue(x.Op, v)
		out.know = v.know
		return out
	})
}

func (m *machine) unaryValue(op string, v value) value {
	if op == "void" {
		return undefined
	}
	if v.kind == kSymbol || v.blank != nil && v.isBlank() && op != "typeof" {
		if op == "!" {
			return m.not(v)
		}
		if v.kind == kSymbol {
			return m.derive(v.sym, op)
		}
		return m.unknown(nil)
	}
	switch op {
	case "!":
		return boolean(!v.constTruth())
	case "typeof":
		return text(typeOf(v))
	case "-", "+", "~":
		n, ok := toNumber(v)
		if !ok {
			return m.unknown(nil)
		}
		switch op {
		case "-":
			n = -n
		case "~":
			n = float64(^int32(int64(n)))
		}
		return number(n)
	}
	return m.unknown(nil)
}

// not negates a value of which only the truth matters: it is decided when, and if, something depends on it.
func (m *machine) not(v value) value {
	m.a.symbols++
	return value{kind: kSymbol, sym: &symbol{id: m.a.symbols, cause: causeOf(v), not: &v}}
}

func typeOf(v value) string {
	switch v.kind {
	case kUndefined:
		return "undefined"
	case kBool:
		return "boolean"
	case kNumber:
		return "number"
	case kString:
		return "string"
	case kObject:
		if v.isFunction() {
			return "function"
		}
		if v.obj.class == cProxy && v.obj.proxy.target.isFunction() {
			return "function"
		}
	}
	return "object"
}

func toNumber(v value) (float64, bool) {
	switch v.kind {
	case kNumber:
		return v.num, true
	case kBool:
		if v.bool {
			return 1, true
		}
		return 0, true
	case kNull:
		return 0, true
	case kUndefined:
		return nan, true
	case kString:
		s := strings.TrimSpace(v.str)
		if s == "" {
			return 0, true
		}
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			return n, true
		}
		return nan, true
	}
	return 0, false
}

func (m *machine) logical(p *program, e *env, x *script.Logical) value {
	left := m.eval(p, e, x.L)
	if x.Op == "??" {
		left = m.known(left)
		if left.kind == kSymbol {
			right := m.weakly(func() value { return m.eval(p, e, x.R) })
			_ = right
			return left
		}
		if left.isNullish() {
			return m.eval(p, e, x.R)
		}
		return left
	}
	switch answer := m.branch(left, p, e, x.R); {
	case answer == triBoth:
		right := m.weakly(func() value { return m.eval(p, e, x.R) })
		return m.either(left, right)
	case (answer == triYes) == (x.Op == "&&"):
		return m.eval(p, e, x.R)
	}
	if left.kind == kSymbol {
		left = m.settled(left)
	}
	return left
}

// settled returns a value whose truth has been decided; what is still not known about it stays unknown.
func (m *machine) settled(v value) value {
	if v.kind == kSymbol && v.sym.root != nil {
		if mask := m.mask(v.sym.root); mask&(mask-1) == 0 {
			return m.known(v)
		}
	}
	return v
}

func (m *machine) cond(p *program, e *env, x *script.Cond) value {
	test := m.eval(p, e, x.Test)
	switch m.branch(test, p, e, x.Then, x.Else) {
	case triYes:
		m.noteBranch(p, x.Test, test, true)
		return m.eval(p, e, x.Then)
	case triNo:
		m.noteBranch(p, x.Test, test, false)
		return m.eval(p, e, x.Else)
	}
	a := m.weakly(func() value { return m.eval(p, e, x.Then) })
	b := m.weakly(func() value { return m.eval(p, e, x.Else) })
	return m.either(a, b)
}

// branch decides a test. Where neither side matters to the feature both are taken together.
func (m *machine) branch(v value, p *program, e *env, parts ...script.Node) tri {
	if !m.joined() && m.undecided(v) && !m.a.matters(m, p, e, parts) {
		return triBoth
	}
	return m.decide(v)
}

// undecided reports whether the truth of v is open and knowing it would establish nothing.
func (m *machine) undecided(v value) bool {
	switch {
	case v.kind == kSymbol && v.sym.not != nil:
		return m.undecided(*v.sym.not)
	case v.kind == kSymbol && v.sym.root == nil:
		_, decided := m.truths[v.sym.id]
		return !decided
	case v.kind == kSymbol:
		mask := m.mask(v.sym.root)
		if mask&(mask-1) == 0 {
			return false
		}
		for i := range v.sym.root.n {
			if v.sym.root.facts[i] != 0 {
				return false
			}
		}
		return true
	case v.blank != nil && v.isBlank():
		_, decided := m.blanks[v.blank]
		return !decided
	}
	return false
}

// noteBranch puts a test on the witness when its outcome was not a matter of course: a value that came
// out of a failure, for instance.
func (m *machine) noteBranch(p *program, test script.Node, v value, taken bool) {
	if m.joined() {
		return
	}
	kind := StepFalsy
	if taken {
		kind = StepTruthy
	}
	if v.kind == kObject && m.ctx.anyFailed() || v.kind == kSymbol || v.kind == kBool && m.ctx.anyFailed() {
		m.ctx.note(kind, shorten(p.span(test).Text()), "", p.span(test))
	}
}

func (c *context) anyFailed() bool {
	return c.asks[0].progress == failed || c.asks[1].progress == failed || c.enable.progress == failed
}

// weakly evaluates something that may or may not happen: what it writes is only possible, what it learns is forgotten.
func (m *machine) weakly(f func() value) (v value) {
	m.weakStatement(func() completion {
		v = f()
		return completion{}
	})
	return v
}

// weakStatement is weakly for statements. An exception is an ending like any other.
func (m *machine) weakStatement(f func() completion) (c completion) {
	saved, join, weak := m.ctx, m.join, m.weak
	m.join++
	m.weak = m.event()
	ret := m.ret
	nest, depth, frames := m.nest, m.depth, m.frames
	func() {
		defer func() {
			switch r := recover().(type) {
			case nil:
			case jsThrow:
				c = completion{kind: cThrow, val: r.val}
				m.ret = ret
			default:
				panic(r)
			}
		}()
		c = f()
	}()
	m.join, m.weak, m.nest, m.depth, m.frames = join, weak, nest, depth, frames
	m.ctx = saved
	return c
}

// bothWays runs two ways of a statement weakly and takes them together.
func (m *machine) bothWays(f, g func() completion) completion {
	a := m.weakStatement(f)
	b := completion{}
	if g != nil {
		b = m.weakStatement(g)
	}
	if a.kind == cNormal || b.kind == cNormal {
		m.stash(a)
		m.stash(b)
		return completion{}
	}
	if a.kind == cThrow {
		a, b = b, a
	}
	if b.kind != a.kind {
		m.stash(b)
		return a
	}
	if a.kind == cReturn {
		m.stash(b)
	}
	return a
}

// stash keeps the value that one of several ways taken together returned.
func (m *machine) stash(c completion) {
	if c.kind == cReturn {
		m.ret = append(m.ret[:len(m.ret):len(m.ret)], c.val)
	}
}

func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
