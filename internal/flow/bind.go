package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// bindMode tells what binding a pattern does with the names in it.
type bindMode uint8

const (
	bindDeclare bindMode = iota // make a new variable in the scope
	bindInit                    // give the scope's let variable its first value
	bindConst                   // the same, for good
	bindAssign                  // assign to what is there
)

// declare makes a variable.
func (m *machine) declare(e *env, name string, v value) *cell {
	c := &cell{val: v, serial: m.serial, seq: m.event()}
	if m.serial != 0 && e.made.file != nil {
		c.name, c.scope = name, &e.made
	}
	e.vars.put(name, c)
	return c
}

// initialize gives a hoisted variable of the scope its first value.
func (m *machine) initialize(e *env, name string, v value) *cell {
	c := e.vars.get(name)
	if c == nil {
		return m.declare(e, name, v)
	}
	c.unset = false
	if c.serial != m.serial {
		m.assign(c, v)
		return c
	}
	c.val = v
	return c
}

// bind gives the names of a pattern the parts of a value.
func (m *machine) bind(p *program, e *env, target script.Expr, v value, mode bindMode) {
	switch t := target.(type) {
	case *script.Ident:
		switch mode {
		case bindDeclare:
			m.declare(e, t.Name, v)
		case bindInit:
			m.initialize(e, t.Name, v)
		case bindConst:
			c := m.initialize(e, t.Name, v)
			c.frozen, c.constant = true, true
		default:
			if c := e.lookup(t.Name); c != nil && c.constant {
				m.raises("TypeError", p.span(t))
			}
			m.assignName(e, t.Name, v)
		}
	case *script.Assign:
		if t.Op != "=" {
			return
		}
		v = m.withDefault(p, e, v, t.Value, t.Target)
		m.bind(p, e, t.Target, v, mode)
	case *script.ArrayLit:
		m.bindArray(p, e, t, v, mode)
	case *script.ObjectLit:
		m.bindObject(p, e, t, v, mode)
	case *script.Member:
		m.set(m.eval(p, e, t.Object), t.Name, v)
	case *script.Index:
		object := m.eval(p, e, t.Object)
		m.setKey(object, m.eval(p, e, t.Key), v)
	case *script.Spread:
		m.bind(p, e, t.X, v, mode)
	}
}

// withDefault is the value of a parameter or pattern part that has a default.
func (m *machine) withDefault(p *program, e *env, v value, def script.Expr, target script.Expr) value {
	v = m.known(v)
	switch {
	case v.kind == kUndefined:
		return m.evalNamed(p, e, def, target)
	case v.kind == kSymbol:
		// Unknown arguments are taken to be given.
		return v
	}
	return v
}

func (m *machine) bindArray(p *program, e *env, t *script.ArrayLit, v value, mode bindMode) {
	v = m.known(v)
	m.iterable(v, p.span(t))
	items, ok := m.list(v)
	item := func(i int) value {
		if i < len(items) {
			return items[i]
		}
		if ok {
			return undefined
		}
		if v.kind == kSymbol {
			return m.derive(v.sym, strconv.Itoa(i))
		}
		return m.unknown(causeOf(v))
	}
	for i, x := range t.Elems {
		switch x := x.(type) {
		case nil:
		case *script.Spread:
			rest := []value{}
			if i < len(items) {
				rest = items[i:]
			}
			a := m.array(rest)
			a.obj.isOpen = !ok
			m.bind(p, e, x.X, a, mode)
		default:
			m.bind(p, e, x, item(i), mode)
		}
	}
}

func (m *machine) bindObject(p *program, e *env, t *script.ObjectLit, v value, mode bindMode) {
	taken := map[string]bool{}
	for _, prop := range t.Props {
		if prop.Kind == script.PropSpread {
			rest := m.object(cPlain)
			m.copyProps(rest, v)
			for name := range taken {
				delete(rest.props, name)
			}
			kept := rest.keys[:0]
			for _, k := range rest.keys {
				if !taken[k] {
					kept = append(kept, k)
				}
			}
			rest.keys = kept
			m.bind(p, e, prop.Value, ref(rest), mode)
			continue
		}
		name, ok := prop.Name, true
		if prop.Computed != nil {
			name, ok = m.known(m.eval(p, e, prop.Computed)).key()
		}
		if !ok {
			m.bind(p, e, prop.Value, m.unknown(nil), mode)
			continue
		}
		taken[name] = true
		if m.certainlyNothing(v) {
			m.raises("TypeError", p.loc(prop.KeyLoc))
		}
		part := m.getAt(v, name, p.loc(prop.KeyLoc), func() *unfollowed {
			return &unfollowed{name: name, at: p.loc(prop.KeyLoc)}
		})
		if part.kind == kObject && part.obj.host != nil && part.obj.host.api != "" {
			part = part.withPlace(p.loc(prop.KeyLoc))
		}
		m.bind(p, e, prop.Value, part, mode)
	}
}

// assignName assigns to a variable; to one that does not exist, as sloppy code does, a global one.
func (m *machine) assignName(e *env, name string, v value) {
	c := e.lookup(name)
	if c == nil {
		m.setGlobal(name, v)
		return
	}
	if m.replacesItself(e, name, c, v) {
		m.replace(c, v)
		return
	}
	m.assign(c, v)
}

func (m *machine) assignExpr(p *program, e *env, x *script.Assign) value {
	if x.Op == "=" {
		var v value
		switch t := x.Target.(type) {
		case *script.Member:
			if m.isSuper(t.Object) {
				return m.eval(p, e, x.Value)
			}
			object := m.eval(p, e, t.Object)
			v = m.evalNamed(p, e, x.Value, t)
			if m.certainlyNothing(object) {
				m.raises("TypeError", p.span(t))
			}
			m.setAt(object, t.Name, v, p.loc(t.NameLoc))
		case *script.Index:
			object := m.eval(p, e, t.Object)
			key := m.eval(p, e, t.Key)
			v = m.eval(p, e, x.Value)
			m.setKey(object, key, v)
		default:
			v = m.evalNamed(p, e, x.Value, x.Target)
			if sum, ok := x.Value.(*script.Binary); ok && sameName(sum.L, x.Target) {
				v = m.counted(e, x.Target, v)
			}
			m.bind(p, e, x.Target, v, bindAssign)
		}
		return v
	}
	op := strings.TrimSuffix(x.Op, "=")
	if t, ok := x.Target.(*script.Index); ok && !m.isSuper(t.Object) && !isOneOf([]string{"&&", "||", "??"}, op) {
		object := m.eval(p, e, t.Object)
		key := m.eval(p, e, t.Key)
		v := m.binary(op, m.indexOf(p, object, key, t), m.eval(p, e, x.Value))
		m.setKey(object, key, v)
		return v
	}
	old := m.eval(p, e, x.Target)
	switch op {
	case "&&", "||", "??":
		take := triBoth
		if op == "??" {
			old = m.known(old)
			if old.kind != kSymbol {
				take = triOf(old.isNullish())
			}
		} else if take = m.branch(old, p, e, x.Value); take != triBoth && op == "||" {
			take = triYes + triNo - take
		}
		switch take {
		case triNo:
			return old
		case triBoth:
			v := m.either(old, m.weakly(func() value { return m.eval(p, e, x.Value) }))
			m.bind(p, e, x.Target, v, bindAssign)
			return v
		}
		v := m.eval(p, e, x.Value)
		m.bind(p, e, x.Target, v, bindAssign)
		return v
	}
	v := m.counted(e, x.Target, m.binary(op, old, m.eval(p, e, x.Value)))
	m.bind(p, e, x.Target, v, bindAssign)
	return v
}

func (m *machine) update(p *program, e *env, x *script.Update) value {
	old := m.eval(p, e, x.X)
	op := "+"
	if x.Op == "--" {
		op = "-"
	}
	v := m.counted(e, x.X, m.binary(op, m.unaryPlus(old), number(1)))
	m.bind(p, e, x.X, v, bindAssign)
	if x.Prefix {
		return v
	}
	return old
}

// counted is the new value of a counter. Where ways are taken together, what is done once in the analysis may be done any
// number of times.
func (m *machine) counted(e *env, target script.Expr, v value) value {
	if m.weak == 0 || !v.isNumeric() {
		return v
	}
	seq := 0
	switch t := target.(type) {
	case *script.Ident:
		if c := e.lookup(t.Name); c != nil {
			seq = c.seq
		}
	case *script.Member:
		if id, ok := t.Object.(*script.Ident); ok {
			if c := e.lookup(id.Name); c != nil {
				seq = c.seq
			}
		}
	}
	if seq >= m.weak {
		return v
	}
	return m.unknown(nil)
}

// sameName reports whether two expressions are the same variable.
func sameName(a, b script.Expr) bool {
	x, ok := a.(*script.Ident)
	y, also := b.(*script.Ident)
	return ok && also && x.Name == y.Name
}

func (m *machine) unaryPlus(v value) value {
	return m.lift(v, func(v value) value {
		if n, ok := m.toNumber(v); ok && v.kind != kSymbol {
			out := number(n)
			out.know = v.know
			return out
		}
		return m.unknown(causeOf(v))
	})
}

func (m *machine) delete(p *program, e *env, x script.Expr) {
	switch x := x.(type) {
	case *script.Member:
		m.remove(m.known(m.eval(p, e, x.Object)), x.Name)
	case *script.Index:
		object := m.known(m.eval(p, e, x.Object))
		key := m.known(m.eval(p, e, x.Key))
		if name, ok := key.key(); ok {
			m.remove(object, name)
			return
		}
		m.setKey(object, key, undefined)
	}
}

// remove takes a property off an object; one that outlives the way keeps it, with no value.
func (m *machine) remove(v value, name string) {
	if v.kind != kObject || v.obj.class != cPlain || v.obj.serial != m.serial || m.weak != 0 && v.obj.seq < m.weak {
		m.set(v, name, undefined)
		return
	}
	delete(v.obj.props, name)
	v.obj.keys = slices.DeleteFunc(v.obj.keys, func(k string) bool { return k == name })
}

// hoist declares what a function's body declares: its functions, and its var variables.
func (m *machine) hoist(p *program, e *env, f script.Node, body []script.Stmt) {
	for _, name := range p.vars(f, body) {
		if e.vars.get(name) == nil {
			m.declare(e, name, undefined)
		}
	}
	m.hoistBlock(p, e, body)
}

// hoistBlock declares the functions, classes and let and const variables of a block.
func (m *machine) hoistBlock(p *program, e *env, body []script.Stmt) {
	for _, s := range body {
		if x, ok := s.(*script.Export); ok && x.Decl != nil {
			s = x.Decl
		}
		switch s := s.(type) {
		case *script.FuncDecl:
			if s.Func.Name != nil {
				v := m.function(p, e, s.Func, "")
				if c := e.vars.get(s.Func.Name.Name); c != nil && c.serial == m.serial {
					c.val = v
				} else {
					m.declare(e, s.Func.Name.Name, v)
				}
			}
		case *script.ClassDecl:
			if s.Class.Name != nil {
				m.declare(e, s.Class.Name.Name, undefined)
			}
		case *script.VarDecl:
			if s.Kind != "var" {
				for _, d := range s.Decls {
					for _, name := range names(d.Target) {
						m.declare(e, name, undefined).unset = true
					}
				}
			}
		}
	}
}

// names lists the variables that a pattern binds.
func names(target script.Expr) []string {
	switch t := target.(type) {
	case *script.Ident:
		return []string{t.Name}
	case *script.Assign:
		return names(t.Target)
	case *script.Spread:
		return names(t.X)
	case *script.ArrayLit:
		var out []string
		for _, x := range t.Elems {
			if x != nil {
				out = append(out, names(x)...)
			}
		}
		return out
	case *script.ObjectLit:
		var out []string
		for _, prop := range t.Props {
			out = append(out, names(prop.Value)...)
		}
		return out
	}
	return nil
}
