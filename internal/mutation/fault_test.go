package mutation

// Everything that the rules name, done to a plan, and the finding that it has to give.

import "strings"

// want is an expected finding. reasons are those that may be given; a mark of "" is any place.
type want struct {
	rule    string
	reasons []string
	mark    string
}

// fault breaks a plan and tells what that has to give; nil when it does not apply.
type fault struct {
	name  string
	apply func(p *plan) []want
}

func one(rule, reason, mark string) []want {
	w := want{rule: rule, mark: mark}
	if reason != "" {
		w.reasons = strings.Split(reason, "|")
	}
	return []want{w}
}

// list is a sequence of units that can be changed: the page's, or an own function's.
type list struct{ units *[]*unit }

func (p *plan) lists() []list {
	out := []list{{&p.units}}
	for _, u := range p.units {
		if u.own != nil {
			out = append(out, list{&u.own.units})
			break
		}
	}
	return out
}

// asks tells that a unit asks, for the scope or for any.
func asks(u *unit, scope string) bool {
	if u.together != nil {
		return true
	}
	if u.own == nil {
		return u.api == "authorize" && (scope == "" || u.mark == "ask."+scope)
	}
	if u.own.param == "scope" {
		return scope == "" || u.arg == "'scope."+scope+"'"
	}
	for _, inner := range u.own.units {
		if asks(inner, scope) {
			return true
		}
	}
	return false
}

// enables and joins tell what a unit does, itself or inside.
func enables(u *unit) bool { return does(u, "setEnable1v1Chat") }

func joins(u *unit) bool { return does(u, "join1v1Chat") }

func does(u *unit, api string) bool {
	if u.own == nil {
		return u.api == api
	}
	for _, inner := range u.own.units {
		if inner.api == api {
			return true
		}
	}
	return false
}

// only tells that asking is all that a unit does.
func only(u *unit) bool { return asks(u, "") && !enables(u) && !joins(u) }

// both tells that a unit asks for both scopes.
func both(u *unit) bool { return u.together != nil || u.own != nil && u.own.param != "scope" }

// index returns where the first unit is that the test is for, or -1.
func (l list) index(test func(*unit) bool) int {
	for i, u := range *l.units {
		if test(u) {
			return i
		}
	}
	return -1
}

func (l list) remove(test func(*unit) bool) bool {
	var kept []*unit
	for _, u := range *l.units {
		if !test(u) {
			kept = append(kept, u)
		}
	}
	changed := len(kept) < len(*l.units)
	*l.units = kept
	return changed
}

// move puts the unit at from before the one at to.
func (l list) move(from, to int) {
	units := *l.units
	u := units[from]
	rest := append(append([]*unit{}, units[:from]...), units[from+1:]...)
	*l.units = append(append(append([]*unit{}, rest[:to]...), u), rest[to:]...)
}

// inner picks the list at that depth: 0 the page's, 1 the own function's.
func (p *plan) inner(depth int) (list, bool) {
	ls := p.lists()
	if depth >= len(ls) {
		return list{}, false
	}
	return ls[depth], true
}

// each gives the fault for the page's list and for the own function's.
func each(name string, apply func(p *plan, l list) []want) []fault {
	at := func(depth int) func(p *plan) []want {
		return func(p *plan) []want {
			l, ok := p.inner(depth)
			if !ok || depth == 1 && p.part == "ask" && strings.HasPrefix(name, "ask dropped") {
				return nil
			}
			return apply(p, l)
		}
	}
	return []fault{{name, at(0)}, {name + ", in a function of its own", at(1)}}
}

const (
	before = "authorize-before-enable"
	after  = "join-after-enable"
)

// swallowings are how a failure goes on: as success does, in another way too, or instead of it.
var swallowings = []string{"swallowed", "swallowed or inverted", "only goes on"}

// branches tells of a unit that goes different ways for success and failure, not by a value.
func branches(u *unit) bool { return !value(u.kind()) && u.kind() != "node" }

// flowFaults break what waits for what.
func flowFaults() []fault {
	var out []fault
	for _, scope := range []string{"record", "camera"} {
		out = append(out, each("ask dropped: "+scope, func(p *plan, l list) []want {
			if !l.remove(func(u *unit) bool { return !both(u) && asks(u, scope) }) {
				return nil
			}
			return one(before, "scope-missing", "enable")
		})...)
		out = append(out, each("ask not awaited: "+scope, func(p *plan, l list) []want {
			i := l.index(func(u *unit) bool { return only(u) && asks(u, scope) })
			if i < 0 || both(l.at(i)) && scope == "camera" {
				return nil
			}
			(*l.units)[i].floats = true
			return one(before, p.reason("not-awaited"), "enable")
		})...)
		for i, how := range swallowings {
			n := i + 1
			out = append(out, each("refusal "+how+": "+scope, func(p *plan, l list) []want {
				i := l.index(func(u *unit) bool { return only(u) && asks(u, scope) })
				if i < 0 || both(l.at(i)) && scope == "camera" || n == 3 && !branches(l.at(i)) {
					return nil
				}
				(*l.units)[i].swallows = n
				return one(before, p.reason("refusal-continues"), "enable")
			})...)
		}
	}
	out = append(out, each("asks dropped: both", func(p *plan, l list) []want {
		if p.part == "ask" && l.units != &p.units || !l.remove(only) {
			return nil
		}
		return one(before, "never-asked", "enable")
	})...)
	out = append(out, each("ask awaited with a callback", func(p *plan, l list) []want {
		i := l.index(func(u *unit) bool { return u.own == nil && u.together == nil && u.api == "authorize" })
		inside := l.units != &p.units
		async := !inside && strings.HasPrefix(p.flow, "await") || !inside && p.lowered() ||
			inside && !p.callbackStyle() && p.flow != "then" && (p.convention == "async" || p.convention == "boolean" || p.convention == "status" || p.convention == "result")
		if i < 0 || !async || p.host == "promisified" {
			return nil
		}
		(*l.units)[i].floats, (*l.units)[i].mixed = true, true
		return one(before, p.reason("not-awaited"), "enable")
	})...)
	out = append(out, fault{"enable awaited with a callback", func(p *plan) []want {
		l, _ := p.inner(0)
		i := l.index(func(u *unit) bool { return u.own == nil && enables(u) })
		if i < 0 || !strings.HasPrefix(p.flow, "await") && !p.lowered() || p.host == "promisified" {
			return nil
		}
		l.at(i).floats, l.at(i).mixed = true, true
		return one(after, "not-awaited", "join")
	}})
	out = append(out, each("enable before ask", func(p *plan, l list) []want {
		from, to := l.index(enables), l.index(only)
		if from < 0 || to < 0 || to > from {
			return nil
		}
		l.move(from, to)
		return one(before, p.reason("asked-after"), "enable")
	})...)
	out = append(out, each("enable between asks", func(p *plan, l list) []want {
		from, to := l.index(enables), l.index(func(u *unit) bool { return asks(u, "camera") })
		if from < 0 || to < 1 || to > from {
			return nil
		}
		l.move(from, to)
		return one(before, p.reason("asked-after"), "enable")
	})...)
	out = append(out, fault{"failure told as success", func(p *plan) []want {
		for _, u := range p.units {
			if u.own == nil {
				continue
			}
			u.own.lies = true
			switch {
			case joins(u):
				return nil
			case enables(u) && asks(u, ""):
				return one(after, "failure-continues|never-enabled", "join")
			case enables(u):
				return one(after, "failure-continues", "join")
			}
			return one(before, p.reason("refusal-continues"), "enable")
		}
		return nil
	}})
	out = append(out, fault{"ask on another way only", func(p *plan) []want {
		if p.flow != "await" && p.flow != "await-each" && p.flow != "awaiter" {
			return nil
		}
		l, _ := p.inner(0)
		i := l.index(only)
		if i < 0 || value(l.at(i).kind()) {
			return nil
		}
		l.at(i).sometimes = true
		return one(before, p.reason("other-path"), "enable")
	}})
	out = append(out, fault{"asked by what is not there", func(p *plan) []want {
		switch {
		case p.ownFunction() == nil:
			return nil
		case p.place == "commonjs", p.place == "exports", p.place == "esm", p.place == "esm-default", p.place == "esm-class":
		default:
			return nil // it lives in the page's own file, or behind another of the project
		}
		p.missing = true
		switch p.part {
		case "ask", "ensure":
			return one("authorize-unproven", "", "enable")
		case "prepare", "enable":
			return one("join-unproven", "", "join")
		}
		return nil
	}})
	out = append(out, each("enable dropped", func(p *plan, l list) []want {
		if !l.remove(func(u *unit) bool { return enables(u) && !asks(u, "") && !joins(u) }) {
			return nil
		}
		return one(after, "never-enabled", "join")
	})...)
	out = append(out, each("enable not awaited", func(p *plan, l list) []want {
		i := l.index(func(u *unit) bool { return enables(u) && !joins(u) })
		if i < 0 {
			return nil
		}
		l.at(i).floats = true
		return one(after, "not-awaited", "join")
	})...)
	for i, how := range swallowings {
		n := i + 1
		out = append(out, each("failure of enable "+how, func(p *plan, l list) []want {
			i := l.index(func(u *unit) bool { return enables(u) && !joins(u) })
			if i < 0 || n == 3 && !branches(l.at(i)) {
				return nil
			}
			l.at(i).swallows = n
			if asks(l.at(i), "") {
				return one(after, "failure-continues|never-enabled", "join")
			}
			return one(after, "failure-continues", "join")
		})...)
	}
	out = append(out, each("join before enable", func(p *plan, l list) []want {
		from, to := l.index(joins), l.index(enables)
		if from < 0 || to < 0 || from == to {
			return nil
		}
		l.move(from, to)
		return one(after, "never-enabled|not-awaited", "join")
	})...)
	out = append(out, each("disabled again", func(p *plan, l list) []want {
		i := l.index(func(u *unit) bool { return u.own == nil && enables(u) })
		if i < 0 {
			return nil
		}
		off := &unit{api: "setEnable1v1Chat", mark: "disable", props: []string{"enable: false"}}
		*l.units = append(append(append([]*unit{}, (*l.units)[:i+1]...), off), (*l.units)[i+1:]...)
		return one(after, "disabled", "join")
	})...)
	out = append(out, fault{"users never assigned", func(p *plan) []want {
		if p.design.people != "data" {
			return nil
		}
		p.kept = false
		return []want{
			{"join-openid", []string{"never-assigned"}, "caller.openid"}, {"join-openid", []string{"never-assigned"}, "listener.openid"},
			{"join-nickname", []string{"never-assigned"}, "caller.nickname"}, {"join-nickname", []string{"never-assigned"}, "listener.nickname"},
		}
	}})
	for _, f := range [][3]string{
		{"me", "join-openid", "caller.openid"}, {"myName", "join-nickname", "caller.nickname"},
		{"peer", "join-openid", "listener.openid"}, {"peerName", "join-nickname", "listener.nickname"},
	} {
		out = append(out, fault{"one field never assigned", func(p *plan) []want {
			if p.design.people != "data" {
				return nil
			}
			p.left = f[0]
			return one(f[1], "never-assigned", f[2])
		}})
	}
	return out
}

// ownFunction is the project's function that the page calls, if there is one.
func (p *plan) ownFunction() *own {
	for _, u := range p.units {
		if u.own != nil {
			return u.own
		}
	}
	return nil
}

func (l list) at(i int) *unit { return (*l.units)[i] }

// failRule is the rule for a failure that nothing handles.
var failRule = map[string]string{
	"authorize": "authorize-fail-handled", "setEnable1v1Chat": "enable-fail-handled", "join1v1Chat": "join-fail-handled",
}

// exposed are the findings when nothing handles a unit's failure.
func exposed(u *unit) []want {
	switch kind := u.kind(); {
	case kind == "api":
		return []want{{rule: failRule[u.api], mark: u.mark}}
	case value(kind) || kind == "node":
		return nil
	}
	var out []want
	units := []*unit{u}
	if u.own != nil {
		units = u.own.units
	}
	for _, inner := range units {
		marks := []string{inner.mark}
		if inner.together != nil {
			marks = inner.together.asked()
		}
		for _, mark := range marks {
			out = append(out, want{rule: failRule[inner.api], mark: mark})
		}
	}
	return out
}

func handlingFaults() []fault {
	all := func(p *plan) []want {
		var out []want
		seen := map[string]bool{}
		for _, u := range p.units {
			for _, w := range exposed(u) {
				if !seen[w.mark] {
					seen[w.mark] = true
					out = append(out, w)
				}
			}
		}
		return out
	}
	out := []fault{
		{"no failure handled", func(p *plan) []want {
			p.silent = true
			if p.callbackStyle() {
				for _, u := range p.units {
					u.silent = true
				}
			}
			return all(p)
		}},
		{"handler empty", func(p *plan) []want {
			if p.callbackStyle() || p.flow == "await-each" {
				return nil
			}
			p.hollow = true
			for _, u := range p.units {
				if u.kind() == "node" {
					return nil // its error is looked at
				}
			}
			return all(p)
		}},
	}
	for i := range 4 {
		out = append(out, fault{"one failure not handled", func(p *plan) []want {
			if !p.callbackStyle() || i >= len(p.units) || p.part == "ask" && i < 2 {
				return nil
			}
			p.units[i].silent = true
			return exposed(p.units[i])
		}})
	}
	return out
}
