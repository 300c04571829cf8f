package checks

// Changes to calls that are a proposal, not a repair: what to tell a user is the author's to say, so that none
// of them is safe.

import (
	"bytes"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// callSite is where a call stands in the syntax of its file.
type callSite struct {
	call *script.Call
	// statement is the whole statement when it is nothing but the call, awaited or not; else nil.
	statement *script.ExprStmt
	awaited   bool
	// unused tells that the call is what a callback of the platform returns, which nobody looks at.
	unused bool
	// beforeElse tells that an else follows, which an if in front of the statement would take.
	beforeElse bool
}

// fileSyntax is what fixes look up in a file.
type fileSyntax struct {
	// calls are where calls stand, by where they begin and end.
	calls map[script.Loc]*callSite
	// strings are the values of properties that are string literals, by where the key begins.
	strings map[int]script.Loc
}

// syntaxOf is the syntax of a file; nothing is in it when the file cannot be parsed.
func (p *Pass) syntaxOf(f *source.File) *fileSyntax {
	if known := p.syntax[f]; known != nil {
		return known
	}
	known := &fileSyntax{map[script.Loc]*callSite{}, map[int]script.Loc{}}
	if p.syntax == nil {
		p.syntax = map[*source.File]*fileSyntax{}
	}
	p.syntax[f] = known
	for _, s := range p.Project.Scripts {
		if s.File != f {
			continue
		}
		if program, err := script.Parse(s.File, s.Text, s.Dialect); err == nil {
			script.WalkProgram(program, func(n script.Node) bool {
				known.add(n)
				return true
			})
		}
	}
	return known
}

// add notes a node, what is around a call before the call itself.
func (f *fileSyntax) add(n script.Node) {
	at := func(c *script.Call) *callSite {
		if f.calls[c.Loc] == nil {
			f.calls[c.Loc] = &callSite{call: c}
		}
		return f.calls[c.Loc]
	}
	switch n := n.(type) {
	case *script.Call:
		at(n)
	case *script.ExprStmt:
		x, awaited := n.X, false
		if a, ok := x.(*script.Await); ok {
			x, awaited = a.X, true
		}
		if c, ok := x.(*script.Call); ok {
			s := at(c)
			s.statement, s.awaited = n, awaited
		}
	case *script.Property:
		f.property(n, at)
	case *script.If:
		if s, ok := n.Then.(*script.ExprStmt); ok && n.Else != nil {
			if c, ok := s.X.(*script.Call); ok {
				at(c).beforeElse = true
			}
		}
	}
}

func (f *fileSyntax) property(n *script.Property, at func(*script.Call) *callSite) {
	switch v := n.Value.(type) {
	case *script.String:
		f.strings[n.KeyLoc.Start] = v.Loc
	case *script.Func:
		if c, ok := v.Result.(*script.Call); ok && (n.Name == "success" || n.Name == "fail" || n.Name == "complete") {
			at(c).unused = true
		}
	}
}

// site is where a call stands, or nil, and how it names the platform: "wx.".
func (p *Pass) site(call *flow.Call) (*callSite, string) {
	s := p.syntaxOf(call.Name.File).calls[script.Loc{Start: call.Expr.Start, End: call.Expr.End}]
	if s == nil {
		return nil, ""
	}
	member, ok := s.call.Callee.(*script.Member)
	if !ok || member.Optional {
		return nil, ""
	}
	host, ok := member.Object.(*script.Ident)
	if !ok {
		return nil, ""
	}
	return s, host.Name + "."
}

// failureFix gives a call a handler that tells the user. A call whose promise somebody uses would lose it, and
// is left alone.
func (p *Pass) failureFix(call *flow.Call, said string) *Fix {
	s, host := p.site(call)
	if s == nil || len(s.call.Args) != 1 {
		return nil
	}
	object, ok := s.call.Args[0].(*script.ObjectLit)
	if !ok {
		return nil
	}
	callbacks := false
	for _, prop := range object.Props {
		switch prop.Name {
		case "fail", "complete":
			return nil
		case "success":
			callbacks = true
		}
	}
	if !callbacks && !s.unused && (s.statement == nil || s.awaited) {
		return nil
	}
	edit, ok := lastProperty(call.Name.File, object, "fail: (err) => "+host+"showToast({ title: '"+said+"' + err.errMsg, icon: 'none' })")
	if !ok {
		return nil
	}
	return &Fix{Title: lang.T("add a fail handler that shows the error", "补上 fail，提示错误信息"), Edits: []Edit{edit}}
}

// lastProperty puts a property at the end of an object literal, on a line of its own where the others have one.
func lastProperty(f *source.File, object *script.ObjectLit, property string) (Edit, bool) {
	text := f.Text
	if len(object.Props) == 0 {
		return Edit{At: source.Span{File: f, Start: object.Start, End: object.End}, New: "{ " + property + " }"}, object.End-object.Start == 2
	}
	last := object.Props[len(object.Props)-1]
	between := text[last.End : object.End-1]
	after := bytes.TrimRight(between, " \t\r\n")
	comma, trailing := ",", false
	switch string(bytes.TrimSpace(after)) {
	case "":
	case ",":
		comma, trailing = "", true
	default:
		return Edit{}, false // a comment: where it belongs is for its author to say
	}
	line := bytes.LastIndexByte(text[:last.Start], '\n') + 1
	indent := text[line:last.Start]
	separator := " "
	if len(bytes.TrimSpace(indent)) == 0 && bytes.IndexByte(text[object.Start:last.Start], '\n') >= 0 {
		separator = "\n" + string(indent)
		if line >= 2 && text[line-2] == '\r' {
			separator = "\r" + separator
		}
	}
	at := last.End + len(after)
	if trailing && separator != " " {
		property += ","
	}
	return Edit{At: source.Span{File: f, Start: at, End: at}, New: comma + separator + property}, true
}

// guardFix makes an enabling that is a statement of its own depend on not running in DevTools.
func (p *Pass) guardFix(call *flow.Call) *Fix {
	s, host := p.site(call)
	if s == nil || s.statement == nil || s.beforeElse {
		return nil
	}
	at := source.Span{File: call.Name.File, Start: s.statement.Start, End: s.statement.Start}
	return &Fix{
		Title: lang.T("skip it in DevTools", "在微信开发者工具里跳过"),
		Edits: []Edit{{At: at, New: "if (" + host + "getDeviceInfo().platform !== 'devtools') "}},
	}
}
