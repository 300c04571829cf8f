package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// site is a place in the code where a reported function is called, with everything that the runs showed of it.
type site struct {
	api   API
	at    source.Span // the function's name
	expr  source.Span // the call
	prog  *program
	units map[*miniprogram.Unit]bool
	order int

	reached bool
	orphan  bool // reached only by running code that nothing runs

	written []*callsite.Value // what it is given by its text
	asked   []ScopeUse        // the scopes in that
	unnamed bool

	observed // in the pass being made, by the entry points that are done with

	cut *unfollowed // why an entry point that may lead here could not be followed to its end
	// behind tells that the function around it runs, but on no way that was followed comes to it.
	behind bool
	// stuck is what the function waits for before it, on every way.
	stuck *unfollowed
}

func (s *site) name() string { return string(s.api) }

// siteKey finds a site again.
type siteKey struct {
	file  *source.File
	start int
	api   API
}

// place finds where a call of api stands in the code: the innermost call that names it, or the call that runs it.
func (m *machine) place(api API, fr *frame) (p *program, at, expr source.Span) {
	var frames []frame
	if fr != nil {
		frames = append(frames, *fr)
	}
	for c := m.frames; c != nil && len(frames) < m.most(boundFrames); c = c.up {
		frames = append(frames, c.frame)
	}
	for _, f := range frames {
		if at, ok := namedIn(f, string(api)); ok {
			return f.prog, at, f.prog.span(f.call)
		}
		m.a.meetCode()
		if name, ok := calleeName(f.call); ok && m.a.aliases[name][string(api)] {
			return f.prog, calleeSpan(&f), f.prog.span(f.call)
		}
	}
	for _, f := range frames {
		if at, ok := mentions(f, string(api)); ok {
			return f.prog, at, f.prog.span(f.call)
		}
	}
	if m.lastNamed != nil && fr != nil {
		return fr.prog, *m.lastNamed, *m.lastNamed
	}
	if fr == nil {
		return nil, source.Span{}, source.Span{}
	}
	return fr.prog, calleeSpan(fr), fr.prog.span(fr.call)
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

func calleeName(n script.Node) (string, bool) {
	switch x := callee(n).(type) {
	case *script.Ident:
		return x.Name, true
	case *script.Member:
		return x.Name, true
	case *script.Sequence:
		if len(x.Exprs) > 0 {
			if m, ok := x.Exprs[len(x.Exprs)-1].(*script.Member); ok {
				return m.Name, true
			}
		}
	}
	return "", false
}

// namedIn reports whether a call's callee is named api, and where.
func namedIn(f frame, api string) (source.Span, bool) {
	x := callee(f.call)
	for {
		switch y := x.(type) {
		case *script.Chain:
			x = y.X
			continue
		case *script.Sequence:
			if n := len(y.Exprs); n > 0 {
				x = y.Exprs[n-1]
				continue
			}
		case *script.Ident:
			return f.prog.span(y), y.Name == api
		case *script.Member:
			if y.Name == api {
				return f.prog.loc(y.NameLoc), true
			}
			if y.Name == "call" || y.Name == "apply" {
				x = y.Object
				continue
			}
		case *script.Index:
			if s, ok := y.Key.(*script.String); ok && s.Value == api {
				return f.prog.span(s), true
			}
		}
		return source.Span{}, false
	}
}

// mentions finds api's name among a call's callee and arguments, not in functions written there.
func mentions(f frame, api string) (at source.Span, ok bool) {
	script.Walk(f.call, func(n script.Node) bool {
		if ok {
			return false
		}
		switch n := n.(type) {
		case *script.Func:
			return false
		case *script.Member:
			if n.Name == api {
				at, ok = f.prog.loc(n.NameLoc), true
			}
		case *script.String:
			if n.Value == api {
				at, ok = f.prog.span(n), true
			}
		}
		return !ok
	})
	return at, ok
}

// site finds or makes the site of a call.
func (m *machine) site(api API, fr *frame) *site {
	p, at, expr := m.place(api, fr)
	if p == nil {
		return nil
	}
	return m.a.siteAt(api, p, at, expr)
}

func (a *analysis) siteAt(api API, p *program, at, expr source.Span) *site {
	key := siteKey{at.File, at.Start, api}
	s := a.sites[key]
	if s == nil {
		s = &site{api: api, at: at, expr: expr, prog: p, units: map[*miniprogram.Unit]bool{}, observed: newObserved(), order: len(a.sites)}
		a.sites[key] = s
	}
	return s
}

// view begins a view of the call being reached.
func (m *machine) view() *view {
	return &view{maybe: m.ctx.maybe, trail: m.ctx.trail, entry: m.entry}
}

// knownScopes are the scopes that exist (docs framework/open-ability/authorize.html).
var knownScopes = map[string]bool{
	"scope.userInfo": true, "scope.userLocation": true, "scope.userFuzzyLocation": true, "scope.userLocationBackground": true, "scope.werun": true,
	"scope.writePhotosAlbum": true, "scope.record": true, "scope.camera": true, "scope.bluetooth": true, "scope.addPhoneContact": true,
	"scope.addPhoneCalendar": true, "scope.address": true, "scope.invoiceTitle": true, "scope.invoice": true,
}

func factNames(f facts) string {
	var out []string
	for i, bit := range scopeFacts {
		if f&bit != 0 {
			out = append(out, "scope."+scopeNames[i])
		}
	}
	return strings.Join(out, ", ")
}
