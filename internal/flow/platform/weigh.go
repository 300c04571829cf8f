package platform

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/slice"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What can matter to the calls of interest: the rest is not followed, or in one order only.

// interest are the functions whose calls are what all is about, those that are reported and that show grants, and the functions that open pages.
func interest() (calls, openers []string) {
	for _, name := range sortedKeys(rows) {
		switch r := rows[name]; {
		case r.report || r.grants != 0 || len(r.shows) > 0:
			calls = append(calls, name)
		case r.opens:
			openers = append(openers, name)
		}
	}
	return calls, openers
}

// pages is what the slice has to know of pages.
func (p *Program) pages(openers []string) slice.Pages {
	out := slice.Pages{Openers: openers}
	at := map[string]*slice.Page{}
	var paths []string
	for _, u := range p.project.Units {
		if u.Kind != miniprogram.PageUnit {
			continue
		}
		paths = append(paths, u.Path)
		if p.opensItself(u) {
			continue
		}
		page := &slice.Page{}
		seen := map[*miniprogram.Unit]bool{}
		var add func(u *miniprogram.Unit)
		add = func(u *miniprogram.Unit) {
			if u == nil || seen[u] {
				return
			}
			seen[u] = true
			if k := p.modules[u.Script]; k != nil {
				page.Modules = append(page.Modules, k.code)
			}
			for _, c := range u.Components {
				add(c)
			}
		}
		add(u)
		at[u.Path] = page
		out.All = append(out.All, page)
	}
	out.At = func(text string) (found []*slice.Page, known bool) {
		url, _, whole := strings.Cut(text, "?")
		for strings.HasPrefix(url, "../") || strings.HasPrefix(url, "./") {
			_, url, _ = strings.Cut(url, "/")
		}
		url = strings.TrimPrefix(url, "/")
		for _, path := range paths {
			if path == url || strings.HasSuffix(path, "/"+url) || !whole && url != "" && strings.HasPrefix(path, url) {
				known = true
				if page := at[path]; page != nil {
					found = append(found, page)
				}
			}
		}
		return found, known
	}
	return out
}

// slice finds the functions that matter.
func (p *Program) slice() {
	calls, openers := interest()
	o := slice.Options{Calls: calls, Pages: p.pages(openers), Writers: writers, Fills: p.framework != nil, Platform: sortedKeys(p.Hosts())}
	o.Path = func(m *ir.Module) string { return p.byCode[m].script.File.Path }
	for _, u := range p.allUnits() {
		if k := p.modules[u.Script]; k != nil {
			o.Instances = append(o.Instances, k.code)
		}
		if u.Template == nil {
			continue
		}
		for _, b := range p.bindings(u.Template) {
			o.Tests = append(o.Tests, p.tests(b.Guards)...)
			switch {
			case b.Handler != "":
				o.Links = append(o.Links, slice.Link{From: []string{b.Handler}, Calls: []string{b.Event}})
			case b.Inline != nil && p.inlines[b.Inline].IsObject():
				o.Links = append(o.Links, slice.Link{From: slice.Names(p.base.Obj(p.inlines[b.Inline].ID()).Fn.Code.Module), Calls: []string{b.Event}})
			}
		}
		for _, use := range u.Template.Uses {
			o.Tests = append(o.Tests, p.tests(use.Guards)...)
		}
		for n := range u.Template.Attributes {
			at := &u.Template.Attributes[n]
			if f := p.attribute(at); f != value.Undef {
				// A property is what the expression says; one that is a function is called by its name.
				names := slice.Names(p.base.Obj(f.ID()).Fn.Code.Module)
				o.Links = append(o.Links, slice.Link{From: []string{at.Name}, Writes: names}, slice.Link{From: names, Calls: []string{at.Name}})
			}
		}
	}
	for _, u := range p.allUnits() {
		if i := p.units[u]; i != nil {
			for _, watch := range i.observers {
				o.Links = append(o.Links, p.watches(i, watch))
			}
		}
	}
	for _, v := range slices.Concat(p.vouched.Grants, p.vouched.Enables) {
		o.Calls = append(o.Calls, v.Func)
	}
	var modules []*ir.Module
	for _, k := range p.byCode {
		if !k.code.Prelude {
			modules = append(modules, k.code)
		}
	}
	slices.SortFunc(modules, func(a, b *ir.Module) int { return a.Index - b.Index })
	p.sliced = slice.New(modules, o)
}

// watches says that who writes a field that an observer watches runs the observer. A field that is computed stands for those that it is computed from.
func (p *Program) watches(i *instance, o observer) slice.Link {
	var l slice.Link
	if o.f.Kind() == value.String {
		l.From = []string{o.f.Text()}
	} else if f := p.base.Obj(o.f.ID()); f != nil && f.Fn != nil {
		l.Func = f.Fn.Code
	}
	data := p.base.Obj(i.scope.ID())
	for _, field := range o.fields {
		l.Writes = append(l.Writes, slice.Parts(field)...)
		if data == nil {
			continue
		}
		if q := data.Props.Get(value.Named(field)); q != nil && q.Flags&value.Accessor != 0 {
			// What it is computed from is read by its getter, which goes by its name.
			l.Calls = append(l.Calls, field)
		}
	}
	return l
}

// tests are the expressions on which something in a template is there.
func (p *Program) tests(shown miniprogram.Guards) []*ir.Module {
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
	if set := f.Set(); set != nil {
		return slices.ContainsFunc(set.Values, func(x value.Value) bool { return p.matters(s, x) })
	}
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
		return p.codeMatters(o.Fn.Code) || p.captures(s, o.Fn.Code, o.Fn.Env, 0)
	}
	// Of natives only those that settle a promise are known.
	if to, ok := o.Data.(value.Value); ok && len(o.Elems) == 1 {
		return p.promiseMatters(s, to, 0)
	}
	return true
}

// mostWrapped is how many functions are looked through that are wrapped in each other.
const mostWrapped = 8

// captures reports whether what code has of the arguments of a function around it is a function that can matter.
func (p *Program) captures(s *state.State, f *ir.Func, env value.ID, depth int) bool {
	if p.sliced == nil || f.Module.Prelude {
		return false
	}
	slots := p.sliced.Captured(f)
	if len(slots) == 0 {
		return false
	}
	for ; env != 0; env = s.Obj(env).Proto.ID() {
		o := s.Obj(env)
		if o == nil || o.Class != value.EnvObject {
			return false
		}
		for _, slot := range slots {
			if slot < len(o.Elems) && p.handedMatters(s, o.Elems[slot], depth) {
				return true
			}
		}
		if !o.Proto.IsObject() {
			return false
		}
	}
	return false
}

// handedMatters reports whether a value that a wrapper has is a function that can matter.
func (p *Program) handedMatters(s *state.State, v value.Value, depth int) bool {
	v = s.Resolve(v)
	if set := v.Set(); set != nil {
		return slices.ContainsFunc(set.Values, func(x value.Value) bool { return p.handedMatters(s, x, depth) })
	}
	if !v.IsObject() {
		return false
	}
	o := s.Obj(v.ID())
	switch {
	case o == nil || o.Fn == nil:
		return false
	case depth >= mostWrapped:
		return true
	case o.Fn.Bound != nil:
		return p.handedMatters(s, o.Fn.Bound.Target, depth+1)
	case o.Fn.Code != nil:
		return p.codeMatters(o.Fn.Code) || p.captures(s, o.Fn.Code, o.Fn.Env, depth+1)
	}
	return false
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
			if p.frameMatters(s, r.Frame) || p.promiseMatters(s, r.Frame.Return.Object, depth+1) {
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

// frameMatters reports whether a function that waits can matter when it goes on.
func (p *Program) frameMatters(s *state.State, f *value.Frame) bool {
	return p.codeMatters(f.Code) || p.captures(s, f.Code, f.Env, 0) || slices.ContainsFunc(f.Regs, func(v value.Value) bool { return p.handedMatters(s, v, 1) })
}

// weighs reports whether what a task leads to can matter.
func (p *Program) weighs(s *state.State, t *state.Task) bool {
	if r, ok := t.Data.(request); ok {
		if r.site != 0 || r.row.grants != 0 {
			return true
		}
		return p.matters(s, t.Values[reqSuccess]) || p.matters(s, t.Values[reqFail]) || p.matters(s, t.Values[reqComplete]) || p.promiseMatters(s, t.Values[reqPromise], 0)
	}
	if d, ok := t.Data.(callback); ok && d.other && p.matters(s, t.Values[1]) {
		return true
	}
	return p.matters(s, t.Values[0])
}

// leftOut is the code of an entry point that is left out, with its cause.
type leftOut struct {
	code  []*ir.Func
	cause *value.Cause
}

// Weight is why an entry point matters.
type Weight uint8

// It may lead to a call of interest; it writes what others test; it writes what calls are given.
const (
	Leads Weight = iota
	Writes
	Tells
)

// weight is why an entry point matters.
func (p *Program) weight(b beginning) Weight {
	var code []*ir.Func
	if b.found != nil {
		if b.found.others {
			return Leads
		}
		code = b.found.code
	} else if c := codeOf(p.base, b.f); c == nil || p.captures(p.base, c, p.base.Obj(b.f.ID()).Fn.Env, 0) {
		return Leads
	} else {
		code = []*ir.Func{c}
	}
	switch {
	case slices.ContainsFunc(code, p.codeReaches):
		return Leads
	case slices.ContainsFunc(code, p.sliced.Matters):
		return Writes
	}
	return Tells
}

// tellsValues reports whether a function writes what calls are given.
func (p *Program) tellsValues(f value.Value) bool {
	c := codeOf(p.base, f)
	return c != nil && p.sliced != nil && p.sliced.Tells(c)
}

func (p *Program) codeReaches(f *ir.Func) bool {
	return p.sliced == nil || f.Module.Prelude || p.sliced.Reaches(f)
}

// leave leaves an entry point out.
func (p *Program) leave(b beginning) {
	_, at := p.beginning(b.kind, b.name, b.event, b.f, source.Span{})
	out := leftOut{}
	if p.weight(b) != Tells {
		out.cause = p.cause("writing", b.name, at)
	}
	if b.found != nil {
		out.code = b.found.code
	} else if code := codeOf(p.base, b.f); code != nil {
		out.code = []*ir.Func{code}
	}
	p.leftOut = append(p.leftOut, out)
}

// leaveOpen makes what functions write that are not followed something that nobody knows: the fields of instances and the variables of modules.
func (p *Program) leaveOpen() {
	p.Entries()
	code := slices.Clone(p.asideCode)
	for _, f := range p.aside {
		if c := codeOf(p.base, f); c != nil {
			code = append(code, c)
		}
	}
	for _, u := range p.allUnits() {
		if i := p.units[u]; i != nil && u.Template != nil && i.scope.IsObject() && p.base.Obj(i.scope.ID()) != nil {
			for _, name := range u.Template.Models {
				name, _, _ = strings.Cut(name, ".")
				p.openField(i.scope, name, false, nil) // the user writes it
			}
		}
	}
	p.leaveOpenOf(code, nil)
	for _, l := range p.leftOut {
		p.leaveOpenOf(l.code, l.cause)
	}
}

// leaveOpenOf does so for what some functions write; cause is why they are not followed, nil where that does not matter.
func (p *Program) leaveOpenOf(code []*ir.Func, cause *value.Cause) {
	outside, wild := p.sliced.Outside(code)
	names := sortedKeys(outside)
	for _, u := range p.allUnits() {
		i := p.units[u]
		if i == nil {
			continue
		}
		for n, v := range []value.Value{i.object, i.scope, p.property(p.base, i.object, "globalData")} {
			if !v.IsObject() || p.base.Obj(v.ID()) == nil {
				continue
			}
			for _, name := range names {
				p.openField(v, name, n == 0, cause)
			}
			if k := p.modules[u.Script]; n == 1 && k != nil && wild[k.code] != nil {
				cause := cause
				if cause == nil {
					cause = p.causeOf(value.Cause{Kind: Handed, Name: "this.setData", At: placeOf(wild[k.code])})
				}
				for _, q := range p.base.Obj(v.ID()).Props.All() {
					p.openField(v, q.Key.Name, false, cause)
				}
			}
		}
	}
	for _, k := range p.loaded {
		for slot, name := range k.code.Names {
			if slot < ir.SlotsOfModule || !outside[name] {
				continue
			}
			if o := p.base.Obj(k.env); o != nil && slot < len(o.Elems) && p.opens(o.Elems[slot]) {
				p.base.Edit(k.env).Elems[slot] = p.outside(name, cause)
			}
		}
	}
}

// openField makes a field of an object something that nobody knows. A field that it has not is added where others may read it: it is what
// the platform's own are told from.
func (p *Program) openField(v value.Value, name string, own bool, cause *value.Cause) {
	q := p.base.Obj(v.ID()).Props.Get(value.Named(name))
	switch {
	case q == nil && own && p.property(p.base, v, name) != value.Undef:
		return // of the prototype: setData and the like
	case q != nil && (q.Flags&value.Accessor != 0 || !p.opens(q.Value)):
		return
	}
	p.base.Edit(v.ID()).Define(value.Prop{Key: value.Named(name), Value: p.outside(name, cause)})
}

// outside is what code writes under a name that is not followed.
func (p *Program) outside(name string, cause *value.Cause) value.Value {
	t := p.table.Term(nil, value.Term{Op: "outside", Name: name, Cause: cause})
	p.outsides[t.ID()] = true
	return value.OpenOf(t)
}

// Outside reports whether an unknown value, by what tells it apart, is one that code writes which is not followed: its text may tell more.
func (p *Program) Outside(same int) bool { return p.outsides[same] }

// opens reports whether a value may be replaced by code that is not followed: functions are not, since they would matter.
func (p *Program) opens(v value.Value) bool {
	v = p.base.Resolve(v)
	return v.Kind() != value.Absent && v != value.NotInit && !p.machine.IsFunction(p.base, v)
}
