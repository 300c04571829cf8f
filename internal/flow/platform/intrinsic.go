package platform

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What prelude/page.js calls.

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func (p *Program) intrinsic(name string) *value.Native {
	run := map[string]exec.Run{
		"later": func(c *exec.Call) exec.Result {
			p.later(c, "callback", false, c.Arg(0))
			return exec.Done(value.Undef)
		},
		"path": func(c *exec.Call) exec.Result { return exec.Done(p.path(c.S, c.Arg(0))) },
		"input": func(c *exec.Call) exec.Result {
			return exec.Done(p.input(c.M.Where(), c.Arg(0).Text(), c.Arg(1).Text()))
		},
		"handed": p.handed,
		"opened": func(c *exec.Call) exec.Result {
			p.opened[c.Arg(0).Text()] = true
			return exec.Done(value.Undef)
		},
		"ungated":  func(c *exec.Call) exec.Result { return exec.Done(value.BoolOf(p.ungated[c.Arg(0).Text()])) },
		"trigger":  p.trigger,
		"selected": func(c *exec.Call) exec.Result { return exec.Done(p.input(c.M.Where(), "component", "object")) },
		"channel":  func(c *exec.Call) exec.Result { return exec.Done(p.input(c.M.Where(), "event channel", "object")) },
	}[name]
	return &value.Native{Name: name, Run: run}
}

// path is a key of setData as the names and indices that it leads through; undefined where it is a plain name, or not known.
func (p *Program) path(s *state.State, key value.Value) value.Value {
	if key.Kind() != value.String || !strings.ContainsAny(key.Text(), ".[") {
		return value.Undef
	}
	var parts []value.Value
	for part := range strings.SplitSeq(strings.ReplaceAll(key.Text(), "[", "."), ".") {
		part = strings.TrimSuffix(part, "]")
		if n, err := strconv.Atoi(part); err == nil {
			parts = append(parts, value.Num(float64(n)))
		} else if part != "" {
			parts = append(parts, value.Text(part))
		}
	}
	return p.machine.Array(s, parts)
}

// handed is what the users of a component hand to one of its properties: of several, or of none in one place, each may be the case.
func (p *Program) handed(c *exec.Call) exec.Result {
	units := p.allUnits()
	n := int(c.Arg(0).Num())
	if n < 0 || n >= len(units) {
		return exec.Done(p.input(nil, "property", ""))
	}
	unit, name := units[n], c.Arg(1).Text()
	fs, users := []value.Value{}, []value.Value{}
	for _, u := range p.users[unit] {
		user := p.units[u]
		if u.Template == nil || u.Template.Unread || user == nil {
			return exec.Done(p.input(nil, name, ""))
		}
		for n := range u.Template.Attributes {
			at := &u.Template.Attributes[n]
			if at.Component != unit || at.Name != name {
				continue
			}
			f := p.attribute(at)
			if f == value.Undef {
				return exec.Done(p.input(nil, name, ""))
			}
			fs, users = append(fs, f), append(users, user.object)
		}
	}
	switch len(fs) {
	case 0:
		return exec.Done(c.Arg(2))
	case 1:
		return p.evaluated(c.S, fs[0], users[0])
	}
	root := p.table.Root(nil, n, "handed "+name, len(fs), value.Origin{Key: name})
	f := c.S.Resolve(value.ChoiceOf(root, fs))
	if f.Kind() == value.Choice {
		c.M.SplitOn(c.S, f)
		return exec.Again()
	}
	return p.evaluated(c.S, f, c.S.Resolve(value.ChoiceOf(root, users)))
}

func (p *Program) evaluated(s *state.State, f, user value.Value) exec.Result {
	p.bring(s, p.byCode[p.base.Obj(f.ID()).Fn.Code.Module]) // it may have been read while the state went on
	return exec.Calls(f, p.property(s, user, "data"))
}

// attribute is the function of an attribute's expression; undefined where it is no single expression.
func (p *Program) attribute(at *miniprogram.Attribute) value.Value {
	if f, ok := p.attributes[at]; ok {
		return f
	}
	p.attributes[at] = value.Undef
	code, open := strings.CutPrefix(strings.TrimSpace(at.Value), "{{")
	code, closed := strings.CutSuffix(code, "}}")
	if !open || !closed || strings.Contains(code, "{{") {
		return value.Undef
	}
	text := []byte("(" + code + ")")
	name := "attribute of " + at.At.File.Path
	p.attributes[at] = p.expression(&miniprogram.Script{File: source.NewFile(name, name, text), Text: text}, nil)
	return p.attributes[at]
}

// trigger runs the handlers that the users of a component bind to an event, with what holds here.
func (p *Program) trigger(c *exec.Call) exec.Result {
	var of *instance
	for _, u := range p.allUnits() {
		if i := p.units[u]; i != nil && i.object == c.Arg(0) {
			of = i
		}
	}
	name := c.Arg(1)
	if of == nil || name.Kind() != value.String {
		return exec.Done(value.Undef)
	}
	type bound struct {
		user *instance
		f    value.Value
	}
	var all []bound
	for _, u := range p.users[of.unit] {
		user := p.units[u]
		if u.Template == nil || user == nil {
			continue
		}
		for _, b := range u.Template.Bindings {
			if b.Component != of.unit || b.Event != name.Text() || b.Handler == "" {
				continue
			}
			if f := p.method(user, b.Handler); f != value.Undef && !slices.ContainsFunc(all, func(o bound) bool { return o.f == f }) {
				all = append(all, bound{user, f})
			}
		}
	}
	if len(all) == 0 {
		return exec.Done(value.Undef)
	}
	event := p.answer(c.S, []value.Prop{{Key: value.Named("type"), Value: name}, {Key: value.Named("detail"), Value: c.Arg(2)}})
	raise := func(f, user value.Value) exec.Result {
		if p.watching != nil {
			c.S.Note(Step{Kind: "trigger", Name: name.Text()}, p.calledAt(c.S))
			step, at := p.beginning("handler", p.nameOf(user, f), name.Text(), f, of.at)
			c.S.Note(step, at)
		}
		return exec.Calls(f, user, event)
	}
	if len(all) == 1 {
		return raise(all[0].f, all[0].user.object)
	}
	// Each is the one on some page.
	root := p.table.Root(c.M.Where(), 0, "trigger", len(all), value.Origin{Key: name.Text()})
	fs, users := make([]value.Value, len(all)), make([]value.Value, len(all))
	for n, b := range all {
		fs[n], users[n] = b.f, b.user.object
	}
	f := c.S.Resolve(value.ChoiceOf(root, fs))
	if f.Kind() == value.Choice {
		c.M.SplitOn(c.S, f)
		return exec.Again()
	}
	return raise(f, c.S.Resolve(value.ChoiceOf(root, users)))
}

// nameOf is the name of a method of an instance.
func (p *Program) nameOf(instance, f value.Value) string {
	for _, q := range p.base.Obj(instance.ID()).Props.All() {
		if p.base.Resolve(q.Value) == f {
			return q.Key.Name
		}
	}
	return ""
}

// calledAt is the place of the name that the innermost call of the project's code calls by.
func (p *Program) calledAt(s *state.State) source.Span {
	for n := len(s.Stack) - 1; n >= 0; n-- {
		f := s.Stack[n]
		if node := f.Code.Code[f.PC].Node; node != nil && !f.Code.Module.Prelude {
			at, _ := nameIn(node, "")
			return source.Span{File: f.Code.Module.Program.File, Start: at.Start, End: at.End}
		}
	}
	return source.Span{}
}
