package platform

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/slice"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// What can matter to the calls of interest: the rest is not followed, or in one order only.

// calls are the functions whose calls are what all is about.
var calls = []string{"authorize", "setEnable1v1Chat", "join1v1Chat", "openSetting", "startRecord", "joinVoIPChat"}

// slice finds the functions that matter.
func (p *Program) slice() {
	var conditions, modules []*ir.Module
	for _, u := range p.allUnits() {
		if u.Template == nil {
			continue
		}
		for _, b := range u.Template.Bindings {
			conditions = append(conditions, p.tests(b.Shown)...)
		}
		for _, use := range u.Template.Uses {
			conditions = append(conditions, p.tests(use.Shown)...)
		}
	}
	for _, k := range p.byCode {
		if k != p.prelude {
			modules = append(modules, k.code)
		}
	}
	p.sliced = slice.New(modules, conditions, calls...)
}

// tests are the expressions on which something in a template is there.
func (p *Program) tests(shown miniprogram.Shown) []*ir.Module {
	var out []*ir.Module
	for _, c := range shown.When {
		if f := p.expression(c.Code, shown.Locals); f != value.Undef {
			out = append(out, p.base.Obj(f.ID()).Fn.Code.Module)
		}
	}
	return out
}

// matters reports whether a function can matter: one that is written in the project and that the slice leaves out cannot.
func (p *Program) matters(s *state.State, f value.Value) bool {
	f = s.Resolve(f)
	if !f.IsObject() {
		return f.Kind() == value.Open && f.Term().Cause != nil
	}
	o := s.Obj(f.ID())
	if o == nil || o.Fn == nil || o.Variants != nil {
		return true
	}
	switch {
	case o.Fn.Bound != nil:
		return p.matters(s, o.Fn.Bound.Target)
	case o.Fn.Code != nil:
		return p.codeMatters(o.Fn.Code)
	}
	// Of natives only those that settle a promise are known.
	if to, ok := o.Data.(value.Value); ok && len(o.Elems) == 1 {
		return p.promiseMatters(s, to, 0)
	}
	return true
}

func (p *Program) codeMatters(f *ir.Func) bool {
	return p.sliced == nil || f.Module.Prelude || p.sliced.Matters(f)
}

// longestChain is how many promises are looked through that follow each other.
const longestChain = 12

// promiseMatters reports whether what waits for a promise can matter.
func (p *Program) promiseMatters(s *state.State, v value.Value, depth int) bool {
	if !v.IsObject() {
		return false
	}
	o := s.Obj(v.ID())
	d, _ := o.Data.(*value.Promise)
	if d == nil || o.Variants != nil || depth > longestChain {
		return true
	}
	for _, r := range d.Reactions {
		switch {
		case r.Frame != nil:
			if p.codeMatters(r.Frame.Code) || p.promiseMatters(s, r.Frame.Return.Object, depth+1) {
				return true
			}
		case r.OnFulfilled.IsObject() && p.matters(s, r.OnFulfilled), r.OnRejected.IsObject() && p.matters(s, r.OnRejected):
			return true
		}
		if r.Derived != 0 && p.promiseMatters(s, value.Ref(r.Derived), depth+1) {
			return true
		}
	}
	return false
}

// weighs reports whether what a task leads to can matter.
func (p *Program) weighs(s *state.State, t *state.Task) bool {
	if r, ok := t.Data.(request); ok {
		if r.site != 0 || r.row.grants != 0 {
			return true
		}
		return p.matters(s, t.Values[reqSuccess]) || p.matters(s, t.Values[reqFail]) || p.matters(s, t.Values[reqComplete]) || p.promiseMatters(s, t.Values[reqPromise], 0)
	}
	return p.matters(s, t.Values[0])
}
