package flow

import (
	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Calls that no run came by, found by their text alone, and what all calls are given as far as their text tells.

// addWritten reads the text of the code: it adds the calls that no run came by, in functions that were never made or behind
// tests that never hold, and notes of every call what it is given as it is written.
func (a *analysis) addWritten() {
	var programs []callsite.Program
	for _, p := range a.loadedAll {
		programs = append(programs, callsite.Program{Script: p.script, Syntax: p.syntax})
	}
	code := callsite.New(a.project, programs, hostNames, reported[:3])
	all := code.Calls()
	calls := map[*script.Call]*callsite.Call{}
	for _, c := range all {
		calls[c.Node] = c
	}
	for _, p := range a.loadedAll {
		a.addUnseen(p, calls)
	}
	a.noteWritten(code, all)
}

// addUnseen adds the calls of a file that no run came by.
func (a *analysis) addUnseen(p *program, calls map[*script.Call]*callsite.Call) {
	off := offConstants(p)
	visit := func(n script.Node) {
		script.Walk(n, func(x script.Node) bool {
			if switchedOff(x, off) {
				return false
			}
			if s, ok := x.(*script.String); ok && a.cut != nil && isOneOf(reported, s.Value) {
				a.hide(API(s.Value), p.span(s)) // what was not followed to its end may call it by this name
			}
			call, ok := x.(*script.Call)
			if !ok {
				return true
			}
			c := calls[call]
			if c == nil || c.API == "" {
				if name := methodOn(call); isOneOf(reported, name) && !a.named[call] {
					a.hide(API(name), nameSpan(p, call.Callee)) // what it is called on was never seen
				}
				return true
			}
			a.addCall(p, c)
			return true
		})
	}
	for _, s := range p.syntax.Body {
		visit(s)
	}
}

// addCall adds a call that no run came by.
func (a *analysis) addCall(p *program, c *callsite.Call) {
	api := API(c.API)
	if s := a.sites[siteKey{c.Name.File, c.Name.Start, api}]; s != nil && (s.seen || s.cut != nil) {
		return
	}
	ran := a.notLoaded(p, c.Node).at.IsZero()
	for _, f := range c.Inside {
		ran = ran && a.ran[f]
	}
	if ran && c.Indirect {
		return // what it does is reported where it is done
	}
	s := a.siteAt(api, p, c.Name, c.Expr)
	s.reached = ran && !s.orphan
	if n := len(c.Inside); s.reached && n > 0 && api != Authorize && !onlyDisables(c.Node) {
		s.behind, s.stuck = true, a.waitsBefore(p, c.Inside[n-1], c.Node)
	}
	if s.cut = a.cut; s.cut != nil {
		s.reached = false
	}
}

// switchedOff reports whether a piece of code is switched off where it stands: if (false), or a constant of the file.
func switchedOff(n script.Node, constants map[string]bool) bool {
	test := script.Expr(nil)
	switch n := n.(type) {
	case *script.If:
		if n.Else == nil {
			test = n.Test
		}
	case *script.Logical:
		if n.Op == "&&" {
			test = n.L
		}
	}
	if id, ok := test.(*script.Ident); ok {
		return constants[id.Name]
	}
	off, ok := test.(*script.Bool)
	return ok && !off.Value
}

// offConstants lists the constants at the top level of a file that are false.
func offConstants(p *program) map[string]bool {
	out := map[string]bool{}
	for _, s := range p.syntax.Body {
		decl, ok := s.(*script.VarDecl)
		if !ok || decl.Kind != "const" {
			continue
		}
		for _, d := range decl.Decls {
			id, named := d.Target.(*script.Ident)
			if off, ok := d.Value.(*script.Bool); ok && named && !off.Value {
				out[id.Name] = true
			}
		}
	}
	return out
}

// onlyDisables reports whether a call says in so many words that it switches the feature off.
func onlyDisables(call *script.Call) bool {
	if len(call.Args) == 0 {
		return false
	}
	options, ok := call.Args[0].(*script.ObjectLit)
	if !ok {
		return false
	}
	for _, prop := range options.Props {
		if b, ok := prop.Value.(*script.Bool); ok && prop.Name == "enable" {
			return !b.Value
		}
	}
	return false
}

// hide notes a call by the name of a reported function on something which is not followed; the first of them is kept.
func (a *analysis) hide(api API, at source.Span) {
	if first, ok := a.hidden[api]; ok && !before(at, first) {
		return
	}
	a.hidden[api] = at
}

// methodOn returns the name of a method that is called on anything but this.
func methodOn(call *script.Call) string {
	x := call.Callee
	if c, ok := x.(*script.Chain); ok {
		x = c.X
	}
	if member, ok := x.(*script.Member); ok {
		if _, own := member.Object.(*script.This); !own {
			return member.Name
		}
	}
	return ""
}

// waitsBefore is the last thing before a call that its function waits for, where a path ended with nothing coming of it, and something may.
func (a *analysis) waitsBefore(p *program, f *script.Func, call script.Node) *unfollowed {
	inside, before := p.span(f), p.span(call)
	var last *unfollowed
	for at, s := range a.asleep {
		if !s.never && at.File == inside.File && inside.Start <= at.Start && at.Start < before.Start && (last == nil || at.Start > last.at.Start) {
			last = s.on
		}
	}
	return last
}
