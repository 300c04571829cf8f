package callsite

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// What the code does to the object that a variable holds before it is used.

// changed is the object of a variable where it is read.
func (c *Code) changed(b *binding, v *Value, use *script.Ident) *Value {
	if b.fn != nil || b.from != "" {
		return v
	}
	if v = c.afterTemplate(b, v); len(b.uses) == 0 {
		return v
	}
	events := c.eventsOf(b)
	if b.looked += len(events); b.looked > maxEvents {
		return v.opened()
	}
	order := b.order(use)
	for _, e := range events {
		if e.by != use {
			v = c.after(v, e, e.in == b.in && order.before(e.at), e.in == b.in && order.past(e.at))
		}
	}
	return v
}

// maxEvents is how many things done to the object of one variable are looked at, all its uses together. Beyond, it may hold anything.
const maxEvents = 1_000_000

// eventsOf finds, once, what the code does to the object of a variable.
func (c *Code) eventsOf(b *binding) []event {
	if !b.traced {
		b.traced = true
		for _, use := range b.uses {
			c.trace(b.in, use, nil, func(e event) {
				e.by = use
				b.events = append(b.events, e)
			})
		}
	}
	return b.events
}

// afterTemplate is the object of a variable that a template may write.
func (c *Code) afterTemplate(b *binding, v *Value) *Value {
	if !c.isUnit(b.in) || c.project.Framework == miniprogram.Native || !c.modelled(b.in, b.name) {
		return v
	}
	return v.opened()
}

// after is the object after an event, which is certain to have happened, or certain to come too late.
func (c *Code) after(v *Value, e event, certain, late bool) *Value {
	switch {
	case late:
		return v
	case e.kind == escapes || len(e.path) == 0:
		return v.openedAt(e.path)
	case e.kind == isCalled:
		if f := v.at(e.path); f.Kind == Func && (f.host != "" || f.fn != nil && !usesThis(f.fn)) {
			return v
		}
		return v.openedAt(e.path[:len(e.path)-1])
	}
	key := Prop{Name: e.path[len(e.path)-1], Key: e.in.span(e.at), Value: unknown}
	if a, ok := e.at.(*script.Assign); ok {
		if m, ok := a.Target.(*script.Member); ok {
			key.Key = e.in.loc(m.NameLoc)
		}
	}
	var given []*Value
	if e.value != nil {
		value := c.eval(e.in, e.value)
		if certain {
			key.Value, key.expr, key.in = value, e.value, e.in
		} else if value.Kind == String {
			given = []*Value{value}
		}
	} else {
		certain = false
	}
	return v.written(e.path, key, certain, given)
}

// at is the part of an object at a path.
func (v *Value) at(path []string) *Value {
	for _, name := range path {
		p := v.Prop(name)
		if v.Kind != Object || p == nil {
			return unknown
		}
		v = p.Value
	}
	return v
}

// openedAt is the object where the part at the path is no longer known.
func (v *Value) openedAt(path []string) *Value {
	if v.Kind != Object {
		return v
	}
	if len(path) == 0 {
		return v.opened()
	}
	p := v.Prop(path[0])
	if p == nil {
		return v
	}
	changed := *p
	changed.Value, changed.expr = p.Value.openedAt(path[1:]), nil
	if p.Value.Kind == Array {
		changed.Value = unknown
	}
	return v.with(changed)
}

// written is the object after the property at the path was written: certainly, or perhaps.
func (v *Value) written(path []string, to Prop, certain bool, given []*Value) *Value {
	if v.Kind != Object {
		return v
	}
	if path[0] == anyName {
		return v.opened()
	}
	p := v.Prop(path[0])
	if len(path) > 1 {
		if p == nil {
			return v
		}
		changed := *p
		changed.Value, changed.expr = p.Value.written(path[1:], to, certain, given), nil
		return v.with(changed)
	}
	if certain {
		return v.with(to)
	}
	out := *v
	perhaps := &Value{Given: given}
	if p == nil {
		out.Open = true
		return out.with(Prop{Name: path[0], Key: to.Key, Value: perhaps})
	}
	changed := *p
	perhaps.At = p.Value.At
	changed.Value, changed.expr = perhaps, nil
	return out.with(changed)
}

// order tells which statements come before a use whatever happens: those of the block in which the variable is declared.
type order struct {
	in *file
	// list is what the statements stand in, from where the variable is declared, until where the statement begins that uses it;
	// end is where that one ends.
	list             script.Node
	known            bool
	from, until, end int
	// later tells that the use is in a function, which may run after what comes behind it.
	later bool
}

func (b *binding) order(use *script.Ident) order {
	o := order{in: b.in}
	if len(b.writes) != 1 || use == nil {
		return o
	}
	decl, ok := b.writes[0].at.(*script.Declarator)
	if !ok {
		return o
	}
	st := b.in.parent[decl]
	o.list, o.from = b.in.parent[st], st.Range().End
	if e, ok := o.list.(*script.Export); ok {
		o.list = b.in.parent[e]
	}
	if _, loop := o.list.(*script.For); loop {
		return o
	}
	n := script.Node(use)
	for n != nil && b.in.parent[n] != o.list {
		switch f := n.(type) {
		case *script.Func:
			o.later = true
			if _, hoisted := b.in.parent[f].(*script.FuncDecl); hoisted && o.list != nil {
				return o
			}
		}
		n = b.in.parent[n]
	}
	if n == nil {
		return o
	}
	o.known, o.until, o.end = true, n.Range().Start, n.Range().End
	if o.list == nil && o.later {
		o.until = len(b.in.syntax.File.Text) // what stands at the top of a module has run
		o.end = o.until
	}
	return o
}

// stands reports whether a node is a statement of the list itself.
func (o order) stands(n script.Node) bool {
	st, ok := o.in.parent[n].(*script.ExprStmt)
	return ok && o.in.parent[st] == o.list
}

func (o order) before(n script.Node) bool {
	at := n.Range().Start
	return o.known && o.stands(n) && o.from <= at && at < o.until
}

// past reports whether a node runs only after the use: further down in the same run of the block. Within the statement that uses it,
// a, b may do anything to it first.
func (o order) past(n script.Node) bool {
	return o.known && !o.later && n.Range().Start >= o.end && !o.inFunction(n) && o.list != nil
}

func (o order) inFunction(n script.Node) bool {
	for ; n != nil && n != o.list; n = o.in.parent[n] {
		if _, ok := n.(*script.Func); ok {
			return true
		}
	}
	return n == nil
}

func usesThis(f *script.Func) bool {
	found := false
	script.Walk(f, func(n script.Node) bool {
		if _, ok := n.(*script.This); ok {
			found = true
		}
		return !found
	})
	return found
}
