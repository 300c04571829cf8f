package flow

// What is lost where an entry point is not followed to its end: the values that the rest of its ways would have written, and
// the pages that they would have opened. Nobody may say of such a place that nothing fills it.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// loss is the code of an entry point that was not followed to its end.
type loss struct {
	entry    *entry // nil for a module that was not loaded to its end
	from     *miniprogram.Script
	cause    *unfollowed
	programs map[*program]bool
	names    *program // what is written, where that is less than the programs write
}

// lose notes what an entry point may have done that was not followed.
func (a *analysis) lose(e *entry) {
	if from := e.script(); from != nil {
		a.loseFrom(from, e, e.cut)
	}
}

// loseFrom notes what code that begins in a file may have done that was not followed.
func (a *analysis) loseFrom(from *miniprogram.Script, e *entry, cause *unfollowed) {
	if a.lost[from] != nil {
		return
	}
	l := &loss{entry: e, from: from, cause: cause, programs: map[*program]bool{}}
	for _, s := range a.closureOf(from) {
		if p := a.programs[s]; p != nil {
			l.programs[p] = true
			a.anywhere = a.anywhere || p.navigates()
		}
	}
	a.lost[from] = l
	a.losses = append(a.losses, l)
}

// script is the file in which an entry point begins; nil when it is not known.
func (e *entry) script() *miniprogram.Script {
	if e.unit != nil {
		return e.unit.Script
	}
	return e.from
}

// closureOf lists a script and all that it imports.
func (a *analysis) closureOf(s *miniprogram.Script) []*miniprogram.Script {
	out, seen := []*miniprogram.Script{s}, map[*miniprogram.Script]bool{s: true}
	for i := 0; i < len(out); i++ {
		for _, to := range a.imports[out[i]] {
			if !seen[to] {
				seen[to] = true
				out = append(out, to)
			}
		}
	}
	return out
}

// mayBeLost returns why it is not known what a place holds, when what was not followed may write it.
func (a *analysis) mayBeLost(h *history) *unfollowed {
	for ; h.lost == nil && h.searched < len(a.losses); h.searched++ {
		l := a.losses[h.searched]
		for p := range l.programs {
			writes := p
			if l.names != nil {
				writes = l.names
			}
			if writes.assigns(h.name, h.object == nil) && l.reaches(h, p) {
				h.lost = &unfollowed{name: l.cause.name, at: l.cause.at, stored: true, bound: l.cause.bound, most: l.cause.most, failure: l.cause.failure}
			}
		}
	}
	return h.lost
}

// reaches reports whether a program of the loss can come by the place: a page's fields are its own code's, and that of
// who looks for pages.
func (l *loss) reaches(h *history, p *program) bool {
	switch {
	case h.object == nil:
		return h.at.File == nil || h.at.File == p.syntax.File
	case h.object.owner == nil:
		return true
	}
	u := h.object.owner.unit
	if l.entry != nil && u == l.entry.unit || u != nil && u.Script == l.from {
		return true
	}
	if u != nil && u.Kind == miniprogram.AppUnit {
		return p.mentions("getApp")
	}
	return p.mentions("getCurrentPages")
}

// assigns reports whether a program writes a property of that name, or one whose name is not written there; or a variable.
func (p *program) assigns(name string, variable bool) bool {
	if p.assigned == nil {
		p.assigned, p.rebound = map[string]bool{}, map[string]int{}
		script.WalkProgram(p.syntax, func(n script.Node) bool {
			p.noteWrites(n)
			return true
		})
	}
	if variable && name != "" {
		return p.rebound[name] > 0 // no name of a property that is put together is a variable's
	}
	return p.assigned[name] || p.assigned[anyName]
}

// noteWrites notes what a node of the code writes.
func (p *program) noteWrites(n script.Node) {
	switch n := n.(type) {
	case *script.Assign:
		p.noteTarget(n.Target)
	case *script.Update:
		p.noteTarget(n.X)
	case *script.ForIn:
		p.noteTarget(n.Target)
	case *script.FuncDecl:
		p.exceptItself(n.Func)
	case *script.Property:
		// Of an object that setData or Object.assign may be given: its name may be a path.
		for _, part := range strings.FieldsFunc(n.Name, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
			p.assigned[part] = true
		}
		if n.Computed != nil {
			p.assigned[anyName] = true
		}
	case *script.Call:
		if m, ok := n.Callee.(*script.Member); ok && (m.Name == "setData" || m.Name == "assign") && !written(n.Args) {
			p.assigned[anyName] = true
		}
	}
}

// exceptItself leaves out that a function puts another in its own place, which does the same; see replacesItself.
func (p *program) exceptItself(f *script.Func) {
	if f.Name == nil {
		return
	}
	script.Walk(f, func(n script.Node) bool {
		if assign, ok := n.(*script.Assign); ok {
			if id, ok := assign.Target.(*script.Ident); ok && id.Name == f.Name.Name {
				p.rebound[id.Name]--
			}
		}
		return true
	})
}

// written reports whether all objects that a call is given are literals without others spread into them; what it writes
// to may come first.
func written(args []script.Expr) bool {
	for i, arg := range args {
		o, ok := arg.(*script.ObjectLit)
		if !ok {
			if _, callback := arg.(*script.Func); i == 0 && len(args) > 1 || callback {
				continue
			}
			return false
		}
		for _, prop := range o.Props {
			if prop.Kind == script.PropSpread {
				return false
			}
		}
	}
	return true
}

// anyName stands for a name that is not written in the code.
const anyName = "[]"

// noteTarget notes what an assignment to a pattern writes.
func (p *program) noteTarget(x script.Expr) {
	switch x := x.(type) {
	case *script.Ident:
		p.assigned[x.Name] = true
		p.rebound[x.Name]++
	case *script.Member:
		p.assigned[x.Name] = true
	case *script.Index:
		switch key := x.Key.(type) {
		case *script.String:
			p.assigned[key.Value] = true
		case *script.Number:
		default:
			p.assigned[anyName] = true
		}
	case *script.Assign:
		p.noteTarget(x.Target)
	case *script.Spread:
		p.noteTarget(x.X)
	case *script.ArrayLit:
		for _, e := range x.Elems {
			p.noteTarget(e)
		}
	case *script.ObjectLit:
		for _, prop := range x.Props {
			p.noteTarget(prop.Value)
		}
	}
}

// mentions reports whether a name stands anywhere in the program.
func (p *program) mentions(name string) bool {
	for _, s := range p.syntax.Body {
		for n := range p.names(s) {
			if n == name {
				return true
			}
		}
	}
	return false
}

// navigates reports whether a program opens pages.
func (p *program) navigates() bool {
	for _, name := range []string{"navigateTo", "redirectTo", "reLaunch", "switchTab"} {
		if p.mentions(name) {
			return true
		}
	}
	return false
}
