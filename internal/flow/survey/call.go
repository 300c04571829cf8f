package survey

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Calls are the calls of reported functions that are written in code which is not switched off, in order. Those by the name of one of them on
// something of which nobody can tell by the text what it is have no API.
func (s *Survey) Calls(code *callsite.Code) []*callsite.Call {
	live := map[script.Node]bool{}
	for _, f := range s.Files {
		constants := offConstants(f)
		script.WalkProgram(f.Syntax, func(n script.Node) bool {
			if switchedOff(n, constants) {
				return false
			}
			if _, ok := n.(*script.Call); ok {
				live[n] = true
			}
			return true
		})
	}
	var out []*callsite.Call
	for _, c := range code.Calls() {
		if live[c.Node] {
			out = append(out, c)
		}
	}
	return out
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
func offConstants(f *File) map[string]bool {
	out := map[string]bool{}
	for _, s := range f.Syntax.Body {
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

// OnlyDisables reports whether a call says in so many words that it switches the feature off.
func OnlyDisables(call *script.Call) bool {
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

// MethodOn is the name of a reported function that is called on anything but this, "" for other calls.
func MethodOn(call *script.Call) flow.API {
	x := call.Callee
	if c, ok := x.(*script.Chain); ok {
		x = c.X
	}
	member, ok := x.(*script.Member)
	if !ok {
		return ""
	}
	if _, own := member.Object.(*script.This); own {
		return ""
	}
	switch api := flow.API(member.Name); api {
	case flow.Authorize, flow.SetEnable, flow.Join, flow.OpenSetting:
		return api
	}
	return ""
}
