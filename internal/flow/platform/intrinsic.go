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
		"property": func(c *exec.Call) exec.Result { return exec.Done(p.propertyOf(c.S, c.Arg(0), c.Arg(1))) },
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

// propertyOf is what a component's property is: its default as long as nobody hands one over, or what somebody does.
func (p *Program) propertyOf(s *state.State, name, definition value.Value) value.Value {
	return p.input(p.table.Enter(nil, value.At{Name: "property " + name.Text()}), name.Text(), "")
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
	if len(all) == 1 {
		return exec.Calls(all[0].f, all[0].user.object, event)
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
	return exec.Calls(f, c.S.Resolve(value.ChoiceOf(root, users)), event)
}

// Units are the units of the project that have an instance.
func (p *Program) Units() []*miniprogram.Unit {
	var out []*miniprogram.Unit
	for _, u := range p.allUnits() {
		if p.units[u] != nil {
			out = append(out, u)
		}
	}
	return out
}
