package platform

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Site is a place where a reported function is called.
type Site struct {
	API string
	// Name is the place of the function's name, Expr that of the call.
	Name, Expr source.Span
	// Module is the code that it stands in.
	Module *ir.Module
	// Views are the manners in which it was come by, each once, in order.
	Views []View
	// After are the scopes that some path asks for after it has come by, and whether it enables then.
	After Held

	number int
	// seen is what each entry point shows of it.
	seen map[string]*Seen
}

// Number tells sites apart: it is what steps and requests name them by.
func (s *Site) Number() int { return s.number }

// Enables reports whether some call there may switch the feature on; Asks are the scopes that some call asks for.
func (s *Site) Enables() bool {
	for _, o := range s.seen {
		if o.Enables {
			return true
		}
	}
	return false
}

// Asks are those of an authorization.
func (s *Site) Asks() Held {
	out := Held(0)
	for _, o := range s.seen {
		out |= o.Asks
	}
	return out
}

// View is one manner in which a site was come by.
type View struct {
	Facts Facts
	Entry string
	Trail *state.Trail
	// Options is what the call is given, as it was in the state.
	Disables bool
}

// Step is a step of a trail.
type Step struct {
	// Kind and what it is about: Name and Detail, or the site of a request, by its number. Scopes are those that a test found granted.
	Kind   string
	Name   string
	Detail string
	Site   int
	Scopes Held
	// Before tells that it is a step of the path that has left what this one goes on from.
	Before bool
}

// Off is the detail of a step that switches the feature off.
const Off = "off"

func (p *Program) note(s *state.State, step Step) {
	if step.Kind == "" {
		return
	}
	at := source.Span{}
	if step.Site != 0 {
		at = p.Sites[step.Site-1].Name
	}
	s.Note(step, at)
}

// outcomeOf is the kind of step that the end of a request is.
func outcomeOf(r request, ok bool) string {
	switch {
	case r.row.name == "authorize" && ok:
		return "granted"
	case r.row.name == "authorize":
		return "refused"
	case r.disables:
		return "disabled"
	case r.row.name != "setEnable1v1Chat":
		return "" // nothing depends on it
	case ok:
		return "enabled"
	}
	return "failed"
}

// reach notes that a state has come by a call of a reported function, and returns its site.
func (p *Program) reach(c *exec.Call, api string, req *request) int {
	name, expr, module := p.place(c, api)
	site := p.site(api, name, expr, module)
	p.given(c.S, site, c.Arg(0))
	f := c.S.Facts.(Facts)
	switch api {
	case "authorize":
		for n := range p.Sites {
			if f.Passed&(1<<(n%64)) != 0 {
				p.Sites[n].After |= req.asks
			}
		}
		p.seen(site).Asks |= req.asks
		f.Asked |= req.asks
		p.Asked |= req.asks
		for i, sc := range scopes {
			if req.asks&sc.held != 0 && f.Held&sc.held == 0 {
				f.Asks[i] = Request{Pending, site.number}
			}
		}
		c.S.Facts = f
		p.note(c.S, Step{Kind: "ask", Name: req.names, Site: site.number})
		p.askedLate(c.S, req.asks)
		p.view(c.S, site, false)
		return site.number
	case "setEnable1v1Chat":
		seen := p.seen(site)
		seen.Enables, seen.Disables = seen.Enables || req.enables, seen.Disables || req.disables
		p.view(c.S, site, req.disables)
		step := Step{Kind: "enable", Site: site.number}
		if req.disables {
			step.Detail = Off
		}
		p.note(c.S, step)
		if req.disables {
			f.Held &^= Enabled
			f.Enable = Request{Disabled, site.number}
			p.Disables = true
		} else {
			if f.Held&Both != Both {
				f.Passed |= 1 << ((site.number - 1) % 64)
			}
			f.Enable = Request{Pending, site.number}
			for n := range p.Sites {
				if f.Passed&(1<<(n%64)) != 0 {
					p.Sites[n].After |= Enabled
				}
			}
			p.askedLate(c.S, Enabled)
		}
	case "join1v1Chat":
		p.view(c.S, site, false)
		if f.Held&Enabled == 0 && f.Enable.Progress == NotTried && len(c.S.Tasks) > 0 { // what was begun and not waited for may enable
			f.Passed |= 1 << ((site.number - 1) % 64)
		}
		p.note(c.S, Step{Kind: "join", Site: site.number})
	default:
		p.view(c.S, site, false)
	}
	c.S.Facts = f
	return site.number
}

func (p *Program) site(api string, name, expr source.Span, m *ir.Module) *Site {
	for _, s := range p.Sites {
		if s.API == api && s.Name == name {
			return s
		}
	}
	s := &Site{API: api, Name: name, Expr: expr, Module: m, number: len(p.Sites) + 1}
	p.Sites = append(p.Sites, s)
	return s
}

func (p *Program) view(s *state.State, site *Site, disables bool) {
	if p.watching != nil {
		p.watched(s, site)
		return
	}
	v := View{Facts: s.Facts.(Facts), Entry: p.entry, Trail: s.Trail, Disables: disables}
	if !slices.ContainsFunc(site.Views, func(o View) bool {
		return o.Facts == v.Facts && o.Entry == v.Entry && o.Disables == v.Disables
	}) {
		site.Views = append(site.Views, v)
	}
}

// place finds where a call of a function stands in the code: the innermost call on the stack that names it or something that it goes by, else the
// innermost that mentions it, else the innermost.
func (p *Program) place(c *exec.Call, api string) (name, expr source.Span, m *ir.Module) {
	var mentioned script.Loc
	mentioning := -1
	for n := len(c.S.Stack) - 1; n >= 0; n-- {
		f := c.S.Stack[n]
		node := f.Code.Code[f.PC].Node
		if f.Code.Module.Prelude || node == nil {
			continue
		}
		at, called := nameIn(node)
		if m == nil {
			name, expr, m = spanIn(f, at), spanIn(f, node.Range()), f.Code.Module
		}
		if called == api || p.sliced != nil && p.sliced.Alias(called, api) {
			return spanIn(f, at), spanIn(f, node.Range()), f.Code.Module
		}
		if mentioning < 0 {
			if at, ok := mention(node, api); ok {
				mentioned, mentioning = at, n
			}
		}
	}
	if mentioning >= 0 {
		f := c.S.Stack[mentioning]
		return spanIn(f, mentioned), spanIn(f, f.Code.Code[f.PC].Node.Range()), f.Code.Module
	}
	return name, expr, m
}

func spanIn(f *value.Frame, l script.Loc) source.Span {
	return source.Span{File: f.Code.Module.Program.File, Start: l.Start, End: l.End}
}

// mention is where a call mentions a function by name, but for the functions that are written in it.
func mention(call script.Node, api string) (at script.Loc, ok bool) {
	script.Walk(call, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			return false
		case *script.Member:
			if n.Name == api && !ok {
				at, ok = n.NameLoc, true
			}
		case *script.String:
			if n.Value == api && !ok {
				at, ok = n.Loc, true
			}
		}
		return !ok
	})
	return at, ok
}

// nameIn is where a call names its callee, and the name; "" where that has none.
func nameIn(n script.Node) (at script.Loc, name string) {
	x := callee(n)
	for x != nil {
		switch y := x.(type) {
		case *script.Chain:
			x = y.X
			continue
		case *script.Sequence:
			if len(y.Exprs) > 0 {
				x = y.Exprs[len(y.Exprs)-1]
				continue
			}
		case *script.Ident:
			return y.Loc, y.Name
		case *script.Member:
			if y.Name == "call" || y.Name == "apply" || y.Name == "bind" {
				x = y.Object
				continue
			}
			return y.NameLoc, y.Name
		case *script.Index:
			if s, ok := y.Key.(*script.String); ok {
				return s.Loc, s.Value
			}
			return y.Key.Range(), ""
		}
		return x.Range(), ""
	}
	return n.Range(), ""
}

func callee(n script.Node) script.Expr {
	switch x := n.(type) {
	case *script.Call:
		return x.Callee
	case *script.New:
		return x.Callee
	case *script.Template:
		return x.Tag
	}
	return nil
}
