package verdict

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/slice"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// notRun tells what is written under which names by code that no run came by: what runs do not show may be written there.
type notRun struct {
	names map[string]bool
	// any tells that some is written under names that are not known, or that not all was followed.
	any bool
}

// gatherNotRun gathers what is written by functions that were not entered, and by templates.
func (j *Judge) gatherNotRun() *notRun {
	out := &notRun{names: map[string]bool{}, any: j.Explorer.Store.Met != ""}
	for _, u := range j.Program.Units() {
		if u.Template == nil {
			continue
		}
		for _, name := range u.Template.Models {
			out.path(name)
		}
	}
	for _, c := range j.Program.Code() {
		script.WalkProgram(c.Syntax, func(n script.Node) bool {
			if f, ok := n.(*script.Func); ok && j.executed.Funcs[f] == nil {
				out.function(f)
				return false
			}
			return true
		})
	}
	return out
}

// path notes the names in a path.
func (e *notRun) path(path string) {
	for _, name := range slice.Parts(path) {
		e.names[name] = true
	}
}

func (e *notRun) function(f *script.Func) {
	script.Walk(f, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Assign:
			e.target(n.Target)
		case *script.Update:
			e.target(n.X)
		case *script.ObjectLit:
			for _, q := range n.Props {
				if e.path(q.Name); q.Computed != nil {
					e.computed(q.Computed)
				}
			}
		}
		return true
	})
}

// target notes what an assignment writes.
func (e *notRun) target(x script.Expr) {
	switch x := x.(type) {
	case *script.Member:
		e.names[x.Name] = true
	case *script.Index:
		e.computed(x.Key)
	case *script.Ident:
		e.names[x.Name] = true
	}
}

func (e *notRun) computed(key script.Expr) {
	switch key := key.(type) {
	case *script.Number:
	case *script.String:
		e.path(key.Value)
	default:
		e.any = true
	}
}

// writes reports whether something may be written under one of some names.
func (e *notRun) writes(names ...string) bool {
	return e.any || slices.ContainsFunc(names, func(name string) bool { return e.names[name] })
}

// fieldAt is the name of the field that a property, by its key, is given; "" where it is given something else.
func (j *Judge) fieldAt(key source.Span) (name string) {
	file := j.Text.FileOf(key.File)
	if file == nil {
		return ""
	}
	script.WalkProgram(file.Syntax, func(n script.Node) bool {
		if lit, ok := n.(*script.ObjectLit); ok {
			for _, q := range lit.Props {
				if m, ok := q.Value.(*script.Member); ok && q.KeyLoc.Start == key.Start && q.KeyLoc.End == key.End {
					name = m.Name
				}
			}
		}
		return name == ""
	})
	return name
}
