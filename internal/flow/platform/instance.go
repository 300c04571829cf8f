package platform

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What instances of pages and components have to do with each other: properties that are handed over, events, selectors.

// instanceOf is the instance that an object is; nil if it is none.
func (p *Program) instanceOf(v value.Value) *instance {
	for _, u := range p.allUnits() {
		if i := p.units[u]; i != nil && i.object == v {
			return i
		}
	}
	return nil
}

// Instance reports whether an object is a page, a component or the app: of their methods a name that is not known need not be one.
func (p *Program) Instance(v value.Value) bool { return v == p.app || p.instanceOf(v) != nil }

// handing is an attribute that hands something to a property.
type handing struct {
	user *instance
	// f computes it from the user's data; undefined where it is a text.
	f    value.Value
	text string
}

// allProperties is the attribute v-bind, which hands over the properties of an object.
const allProperties = "vBind"

// handings are what the users of a component hand to one of its properties; ok is false where that is not known.
func (p *Program) handings(unit *miniprogram.Unit, name string) (out []handing, ok bool) {
	for _, u := range p.users[unit] {
		user := p.units[u]
		if u.Template == nil || u.Template.Unread || user == nil {
			return nil, false
		}
		for n := range u.Template.Attributes {
			at := &u.Template.Attributes[n]
			if at.Component != unit {
				continue
			}
			if at.Name == allProperties || at.Name == name && at.Given && at.Dynamic {
				return nil, false
			}
			if at.Name != name {
				continue
			}
			h := handing{user: user, f: p.attribute(at), text: at.Value}
			if h.f == value.Undef && strings.Contains(at.Value, "{{") {
				return nil, false
			}
			out = append(out, h)
		}
	}
	return out, true
}

// handed is what the users of a component hand to one of its properties: of several, or of none in one place, each may be the case.
func (p *Program) handed(c *exec.Call) exec.Result {
	units := p.allUnits()
	n := int(c.Arg(0).Num())
	if n < 0 || n >= len(units) {
		return exec.Done(p.input(nil, "property", ""))
	}
	name := c.Arg(1).Text()
	all, ok := p.handings(units[n], name)
	switch {
	case !ok:
		return exec.Done(p.input(nil, name, ""))
	case len(all) == 0:
		return exec.Done(c.Arg(2))
	}
	at, ok := p.which(c, n, "handed "+name, len(all))
	if !ok {
		return exec.Again()
	}
	if h := all[at]; h.f != value.Undef {
		return exec.Calls(h.f, h.user.scope)
	}
	return exec.Done(value.Text(all[at].text))
}

// which is one of n things, each of which may be the case; false if the state was split for it. For the same place and name it is the same.
func (p *Program) which(c *exec.Call, place int, name string, n int) (int, bool) {
	if n == 1 {
		return 0, true
	}
	if n > state.MaxAlternatives {
		c.S.Facts = c.S.Facts.(Facts).unsure(p.cause("alternatives", name, c.At))
		n = state.MaxAlternatives
	}
	root := p.table.Root(nil, place, name, n, value.Origin{Key: name})
	numbers := make([]value.Value, n)
	for k := range numbers {
		numbers[k] = value.Num(float64(k))
	}
	v := c.S.Resolve(value.ChoiceOf(root, numbers))
	if v.Kind() == value.Choice {
		c.M.SplitOn(c.S, v)
		return 0, false
	}
	return int(v.Num()), true
}

// handedOver takes a property's value as one that was just handed over. Whether its first value counts as a change is not known.
func (p *Program) handedOver(c *exec.Call) exec.Result {
	if v := c.Arg(0); v.IsPrimitive() && value.Same(v, c.Arg(1)) {
		c.S.Facts = c.S.Facts.(Facts).unsure(p.cause("", "observer", p.here(c.S)))
	}
	return exec.Done(value.Undef)
}

// attribute is the function of an attribute's expression; undefined where it is no single expression.
func (p *Program) attribute(at *miniprogram.Attribute) value.Value {
	if f, ok := p.attributes[at]; ok {
		return f
	}
	p.attributes[at] = value.Undef
	code, open := strings.CutPrefix(strings.TrimSpace(at.Value), "{{")
	code, closed := strings.CutSuffix(code, "}}")
	if open != closed || !open && !at.Dynamic || strings.Contains(code, "{{") {
		return value.Undef
	}
	text := []byte("(" + code + ")")
	name := "attribute of " + at.At.File.Path
	p.attributes[at] = p.expression(&miniprogram.Script{File: source.NewFile(name, name, text), Text: text}, at.Locals)
	return p.attributes[at]
}

// receiver is a handler that an event comes to.
type receiver struct {
	user   *instance
	f      value.Value
	name   string
	inline bool
}

// trigger runs one of the handlers that an event of a component comes to, with what holds here.
func (p *Program) trigger(c *exec.Call) exec.Result {
	of, name := p.instanceOf(c.Arg(0)), c.Arg(1)
	if of == nil || name.Kind() != value.String {
		return exec.Done(value.Undef)
	}
	told := func(what string) bool {
		v := p.property(c.S, c.Arg(3), what)
		return c.Arg(3).IsObject() && v != value.Undef && v != value.False
	}
	all := p.receivers(nil, of.unit, name.Text(), told("bubbles"), told("composed"), 0)
	if len(all) == 0 {
		return exec.Done(value.Undef)
	}
	at, ok := p.which(c, c.M.Where().ID(), "trigger "+name.Text(), len(all))
	if !ok {
		return exec.Again()
	}
	event := p.answer(c.S, []value.Prop{{Key: value.Named("type"), Value: name}, {Key: value.Named("detail"), Value: c.Arg(2)}})
	return p.receive(c, of, all[at], name.Text(), event)
}

// raise is trigger with an event of which the handlers are given a list of arguments as they are.
func (p *Program) raise(c *exec.Call) exec.Result {
	of, name := p.instanceOf(c.Arg(0)), c.Arg(1)
	if of == nil || name.Kind() != value.String {
		return exec.Done(value.Undef)
	}
	all := p.receivers(nil, of.unit, name.Text(), false, false, 0)
	if len(all) == 0 {
		return exec.Done(value.Undef)
	}
	at, ok := p.which(c, c.M.Where().ID(), "raise "+name.Text(), len(all))
	if !ok {
		return exec.Again()
	}
	var args []value.Value
	if list := c.Arg(2); list.IsObject() {
		args = c.S.Obj(list.ID()).Elems
	}
	return p.receive(c, of, all[at], name.Text(), args...)
}

// receive runs the handler that an event of an instance comes to.
func (p *Program) receive(c *exec.Call, of *instance, r receiver, event string, args ...value.Value) exec.Result {
	if p.watching != nil {
		if at := p.calledAt(c.S); !at.IsZero() {
			c.S.Note(Step{Kind: "trigger", Name: event}, at)
		}
		step, place := p.beginning("handler", r.name, event, r.f, of.at)
		c.S.Note(step, place)
	}
	if r.inline {
		return exec.Calls(p.helpers["inline"], value.Undef, append([]value.Value{r.user.scope, r.f}, args...)...)
	}
	return exec.Calls(r.f, r.user.object, args...)
}

// calledAt is the place of the name that the innermost call of the project's code calls by.
func (p *Program) calledAt(s *state.State) source.Span {
	for n := len(s.Stack) - 1; n >= 0; n-- {
		f := s.Stack[n]
		if node := f.Code.Code[f.PC].Node; node != nil && !f.Code.Module.Prelude {
			at, _ := nameIn(node)
			return spanIn(f, at)
		}
	}
	return source.Span{}
}

// outermost is how many components within components an event is followed out of.
const outermost = 8

// sameEvent reports whether two names mean the same event: callPeer is call-peer.
func sameEvent(a, b string) bool {
	return a == b || strings.EqualFold(strings.ReplaceAll(a, "-", ""), strings.ReplaceAll(b, "-", "")) && (strings.Contains(a, "-") || strings.Contains(b, "-"))
}

// receivers adds the handlers that an event comes to: those at the component, if it bubbles those around it in the same template, and if it is composed those
// around the component that this template is of.
func (p *Program) receivers(out []receiver, unit *miniprogram.Unit, event string, bubbles, composed bool, depth int) []receiver {
	for _, u := range p.users[unit] {
		user := p.units[u]
		if u.Template == nil || user == nil {
			continue
		}
		bound := p.bindings(u.Template)
		for n := range bound {
			b := &bound[n]
			if b.Component != unit && !bubbles || !sameEvent(b.Event, event) {
				continue
			}
			f, name, inline := p.runs(user, b)
			if f != value.Undef && !slices.ContainsFunc(out, func(o receiver) bool { return o.f == f }) {
				out = append(out, receiver{user, f, name, inline})
			}
		}
		if bubbles && composed && depth < outermost {
			out = p.receivers(out, u, event, true, true, depth+1)
		}
	}
	return out
}

// selected is a component that a selector finds in the template of an instance: one of those that it may mean.
func (p *Program) selected(c *exec.Call) exec.Result {
	of := p.instanceOf(c.Arg(0))
	if of == nil || of.unit.Template == nil {
		return exec.Done(p.input(c.M.Where(), "component", "object"))
	}
	var vals []value.Value
	for _, n := range []string{selectorText(c.Arg(1)), ""} {
		for _, use := range of.unit.Template.Uses {
			i := p.units[use.Component]
			if use.Component == nil || i == nil || n != "" && !p.carries(of.unit, use.Component, n) {
				continue
			}
			if !slices.Contains(vals, i.object) {
				vals = append(vals, i.object)
			}
		}
		if len(vals) > 0 {
			return exec.Done(c.M.OneOf(c.S, "selectComponent", vals))
		}
	}
	return exec.Done(p.input(c.M.Where(), "component", "object"))
}

func selectorText(v value.Value) string {
	if v.Kind() == value.String {
		return v.Text()
	}
	return ""
}

// carries reports whether some use of a component in a template has the id or class of a selector.
func (p *Program) carries(in, unit *miniprogram.Unit, selector string) bool {
	name := "class"
	switch selector[0] {
	case '~':
		for tag, c := range in.Components {
			if c == unit && sameEvent(tag, selector[1:]) {
				return true
			}
		}
		return false
	case '#':
		name = "id"
	case '@':
		name = "ref"
	}
	for _, at := range in.Template.Attributes {
		if at.Component == unit && at.Name == name && slices.Contains(strings.Fields(at.Value), selector[1:]) {
			return true
		}
	}
	return false
}

// owner is what has a component in its template.
func (p *Program) owner(c *exec.Call) exec.Result {
	var vals []value.Value
	if of := p.instanceOf(c.Arg(0)); of != nil {
		for _, u := range p.users[of.unit] {
			if i := p.units[u]; i != nil {
				vals = append(vals, i.object)
			}
		}
	}
	if len(vals) == 0 {
		return exec.Done(p.input(c.M.Where(), "owner", "object"))
	}
	return exec.Done(c.M.OneOf(c.S, "selectOwnerComponent", vals))
}

// openPages is what getCurrentPages returns: any of the pages, in any order, and nobody knows how many.
func (p *Program) openPages(c *exec.Call) exec.Result {
	var rest *value.Term
	for _, u := range p.project.Units {
		if i := p.units[u]; i != nil && u.Kind == miniprogram.PageUnit {
			rest = c.M.Absorb(rest, i.object)
		}
	}
	if rest == nil {
		return exec.Done(p.input(nil, "getCurrentPages", "object"))
	}
	return exec.Done(c.M.Alloc(c.S, &value.Obj{Class: value.ArrayObject, Proto: c.M.Realm.Array, Rest: rest}))
}
