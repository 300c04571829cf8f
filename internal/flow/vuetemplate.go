package flow

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// The code that stands in a Vue template: inline handlers, and the scope in which they run.

// inlineEntry is an inline handler of a template: @tap="call(me, peer)".
func (a *analysis) inlineEntry(u *miniprogram.Unit, i *instance, b *miniprogram.Binding, starts []start) *entry {
	s := b.Inline
	syntax := a.inlineSyntax(s, b.Value.Start)
	if syntax == nil {
		return nil
	}
	p := a.adopt(syntax, s)
	e := &entry{kind: StepHandler, name: shorten(strings.TrimSpace(b.Value.Text())), detail: b.Event, at: b.Attr, unit: u, inst: i, starts: starts, rank: 2000}
	for _, st := range syntax.Body {
		e.code = append(e.code, piece{p, st})
	}
	e.run = func(m *machine) {
		scope := m.templateScope(i)
		m.declare(scope, "$event", m.eventObject())
		for _, name := range b.Guards.Locals {
			scope.vars.put(name, &cell{val: m.eventObject(), frozen: true})
		}
		var last value
		for _, st := range syntax.Body {
			if x, ok := st.(*script.ExprStmt); ok {
				last = m.eval(p, scope, x.X)
				continue
			}
			m.exec(p, scope, st)
		}
		if last.isFunction() {
			m.call(last, ref(i.object), []value{m.eventObject()}, nil)
		}
	}
	return e
}

// inlineSyntax parses an inline handler that begins at an offset; nil when it cannot be parsed, which is noted once.
func (a *analysis) inlineSyntax(s *miniprogram.Script, at int) *script.Program {
	if p, known := a.programs[s]; known {
		if p == nil {
			return nil
		}
		return p.syntax
	}
	syntax, err := script.Parse(s.File, s.Text, s.Dialect)
	if err == nil {
		return syntax
	}
	a.programs[s] = nil
	if a.project.Framework != miniprogram.UniApp {
		return nil // others have a language of their own there
	}
	if whole := append(slices.Clone(s.Text), ')'); at > 0 { // function (e) {} is no statement
		whole[at-1] = '('
		if syntax, second := script.Parse(s.File, whole, s.Dialect); second == nil {
			delete(a.programs, s)
			return syntax
		}
	}
	a.failures = append(a.failures, ParseError{At: err.At, Why: err.Why, Limit: err.Kind != script.Broken})
	return nil
}

// templateScope is the scope in which a template's code runs: the members of the instance.
func (m *machine) templateScope(i *instance) *env {
	scope := &env{parent: i.scope, call: &activation{this: ref(i.object)}, seq: m.event()}
	for _, name := range i.object.keys {
		c := i.object.props[name]
		if c == nil || m.absent(c) {
			continue
		}
		scope.vars.put(name, &cell{frozen: true, name: name, made: lazily(func() value {
			v := m.readProp(ref(i.object), c)
			if v.isFunction() {
				return m.bindFunction(v, []value{ref(i.object)})
			}
			return v
		})})
	}
	if i.scope != nil {
		for name, c := range i.scope.vars.all() {
			if !c.waits() && c.val.kind == kObject && c.val.obj.name == "ref" {
				scope.vars.put(name, c.val.obj.props["value"])
				if r := c.val; r.obj.props["value"].getter() != nil { // computed
					scope.vars.put(name, &cell{frozen: true, name: name, made: lazily(func() value { return m.get(r, "value") })})
				}
			}
		}
	}
	for _, name := range []string{"$emit", "$refs", "$store"} {
		if v, ok := m.vueMember(i.object, name); ok {
			scope.vars.put(name, &cell{val: v, frozen: true})
		}
	}
	return scope
}

// adopt makes a program of code that is no file of its own.
func (a *analysis) adopt(syntax *script.Program, s *miniprogram.Script) *program {
	if p, ok := a.programs[s]; ok && p != nil {
		return p
	}
	p := &program{syntax: syntax, script: s, varNames: map[script.Node][]string{}, infos: map[script.Node]*nodeInfo{}, words: a.words}
	a.programs[s] = p
	script.WalkProgram(syntax, func(n script.Node) bool {
		if f, ok := n.(*script.Func); ok {
			a.owner[f] = p
		}
		return true
	})
	return p
}
