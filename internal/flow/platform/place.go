package platform

import (
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Places in templates: what is there only where conditions hold.

// place is where something stands in templates: all its conditions have to hold for it to be there.
type place []condition

// condition is a function of the scope of a template, or with not its opposite.
type condition struct {
	f   value.Value
	not bool
	of  value.Value
}

// mostPlaces is how many places are told apart; with more, something is taken to be there.
const mostPlaces = 48

// placesOf are the places where a component is used; nil where it may be there whatever holds, and for pages.
func (p *Program) placesOf(u *miniprogram.Unit, depth int) []place {
	if u.Kind != miniprogram.ComponentUnit || depth > outermost {
		return nil
	}
	var out []place
	for _, user := range p.users[u] {
		i := p.units[user]
		if user.Template == nil || user.Template.Unread || i == nil {
			return nil
		}
		var shown []miniprogram.Guards
		for _, use := range user.Template.Uses {
			if use.Component == u {
				shown = append(shown, use.Guards)
			}
		}
		there := within(p.shownAt(shown, i), p.placesOf(user, depth+1))
		if len(there) == 0 {
			return nil
		}
		out = append(out, there...)
	}
	return out
}

// shownAt are the places of what stands in the template of an instance; nil where one of them has no condition.
func (p *Program) shownAt(shown []miniprogram.Guards, i *instance) []place {
	var out []place
	for _, s := range shown {
		var at place
		for _, c := range s.When {
			if f := p.expression(c.Code, s.Locals); f != value.Undef {
				at = append(at, condition{f, c.Not, i.scope})
			}
		}
		if len(at) == 0 {
			return nil
		}
		out = append(out, at)
	}
	return out
}

// within are places in a template that is itself at one of others; nil of either stands for anywhere.
func within(inner, outer []place) []place {
	switch {
	case len(inner) == 0:
		return outer
	case len(outer) == 0:
		return inner
	}
	var out []place
	for _, a := range inner {
		for _, b := range outer {
			out = append(out, append(a[:len(a):len(a)], b...))
		}
	}
	if len(out) > mostPlaces {
		return nil
	}
	return out
}

// placesList is places as prelude/page.js takes them.
func (p *Program) placesList(s *state.State, places []place) value.Value {
	var out []value.Value
	for _, at := range places {
		var list []value.Value
		for _, c := range at {
			list = append(list, p.machine.Array(s, []value.Value{c.f, value.BoolOf(c.not), c.of}))
		}
		out = append(out, p.machine.Array(s, list))
	}
	return p.machine.Array(s, out)
}
