package platform

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What a path tells of itself. Steps that depend on how code is written, such as the functions that it enters, are told by paths that
// are followed alone only: merged paths have none to tell.

// tells reports whether a path tells such steps of some code: one that is followed alone, and the start of the program where calls of interest may be near.
func (p *Program) tells(m *ir.Module) bool {
	if p.watching != nil || !p.begins {
		return p.watching != nil
	}
	k := p.byCode[m]
	if k == nil || k.script == nil {
		return false
	}
	_, unit := p.numbers[k.script]
	return unit || k.script.Names != 0
}

// tell adds a step to the trail of a path that is followed alone.
func (p *Program) tell(s *state.State, step Step, m *ir.Module, at script.Loc) {
	if m.Prelude || !p.tells(m) {
		return
	}
	place := source.Span{File: m.Program.File, Start: at.Start, End: at.End}
	if t := s.Trail; p.watching != nil && t != nil && t.At.IsZero() {
		if told, ok := t.Step.(Step); ok && told.Kind == "tested" {
			// What a value told is told where it is tested.
			s.Trail = t.Up
			s.Note(step, place)
			s.Note(told, t.At)
			return
		}
	}
	s.Note(step, place)
}

// entered is told of a call of a function in the code.
func (p *Program) entered(s *state.State, f *ir.Func, node script.Node) {
	p.goesOn(s, f)
	if f.Module.Prelude || len(s.Stack) == 0 || !p.tells(f.Module) || f.Generator || !p.codeMatters(f) {
		return
	}
	name := p.calledAs(f)
	if name == "" {
		return
	}
	if m := s.Top().Code.Module; m.Prelude {
		if m != p.prelude.code && p.callsNow(s) {
			s.Note(Step{Kind: "enter", Name: name}, p.calledAt(s)) // by the library, which the code has called
		}
		return
	}
	at, _ := nameIn(node)
	p.tell(s, Step{Kind: "enter", Name: name}, s.Top().Code.Module, at)
}

// leftBy puts before a path the one that has left the value which lets it through: the one on which the requests failed that it goes on from.
func (p *Program) leftBy(s *state.State, writers []*state.Trail, f Facts) {
	var steps []*state.Trail
	for _, r := range []Request{f.Asks[0], f.Asks[1], f.Enable} {
		for n := 0; n < len(writers) && len(steps) == 0 && r.Progress == Failed; n++ {
			steps = pathWith(writers[n], func(step Step) bool {
				return step.Site == r.Site && (step.Kind == "refused" || step.Kind == "failed")
			})
		}
	}
	if len(steps) == 0 {
		return
	}
	now := pathWith(s.Trail, func(Step) bool { return true })
	s.Trail = nil
	for n, t := range append(steps, now...) {
		step := t.Step.(Step)
		if n < len(steps) {
			step.Site, step.Before = 0, true // it is no request of this path
		}
		s.Note(step, t.At)
	}
}

// pathWith are the steps of a path that leads to a trail's end, from the entry point on, and on which some step is as asked; nil if there is none.
func pathWith(t *state.Trail, is func(Step) bool) []*state.Trail {
	type branch struct {
		at   *state.Trail
		tail []*state.Trail // in reverse
	}
	seen := map[*state.Trail]bool{}
	for todo := []branch{{t, nil}}; len(todo) > 0; {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		found := slices.ContainsFunc(b.tail, func(t *state.Trail) bool { return is(t.Step.(Step)) })
		at := b.at
		for ; at != nil && (found || !seen[at]); at = at.Up {
			seen[at] = true
			if step, ok := at.Step.(Step); ok {
				b.tail = append(b.tail[:len(b.tail):len(b.tail)], at)
				found = found || is(step)
			}
			for _, other := range at.Also {
				todo = append(todo, branch{other, b.tail})
			}
		}
		if at == nil && found {
			slices.Reverse(b.tail)
			return b.tail
		}
	}
	return nil
}

// callsNow reports whether the innermost code of the project is at a call: not at a property that a library looks up, or at an await.
func (p *Program) callsNow(s *state.State) bool {
	for n := len(s.Stack) - 1; n >= 0; n-- {
		if f := s.Stack[n]; !f.Code.Module.Prelude {
			return f.Code.Code[f.PC].Op == ir.Call
		}
	}
	return false
}

// calledAs is the name that a function is called by: its own, or that of the property which it is assigned to.
func (p *Program) calledAs(f *ir.Func) string {
	if f.Name != "" || f.Node == nil {
		return f.Name
	}
	k := p.byCode[f.Module]
	if k.assigned == nil {
		k.assigned = assigned(f.Module)
	}
	return k.assigned[f.Node]
}

// assigned are the names of the properties that functions of a module are assigned to, as in exports.ask = function () {}.
func assigned(m *ir.Module) map[*script.Func]string {
	out := map[*script.Func]string{}
	script.WalkProgram(m.Program, func(n script.Node) bool {
		if x, ok := n.(*script.Assign); ok {
			f, isFunc := x.Value.(*script.Func)
			if m, ok := x.Target.(*script.Member); ok && isFunc && m.Name != "exports" {
				out[f] = m.Name
			}
		}
		return true
	})
	return out
}

// nameOf is the name that a value is given where it is written; "" if it has none.
func nameOf(m *ir.Module, x script.Node) (name string) {
	script.WalkProgram(m.Program, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.VarDecl:
			for _, d := range n.Decls {
				if id, ok := d.Target.(*script.Ident); ok && d.Value == x {
					name = id.Name
				}
			}
		case *script.ObjectLit:
			for _, q := range n.Props {
				if q.Value == x {
					name = q.Name
				}
			}
		case *script.Assign:
			if n.Value == x {
				name = nodeText(n.Target, "")
			}
		}
		return name == ""
	})
	return name
}

// tested is told of a test whose outcome may not be a matter of course: of something that is not known, or of what a failure left.
func (p *Program) tested(s *state.State, node script.Node, v value.Value, truth bool) {
	if node == nil || len(s.Stack) == 0 || !p.tells(s.Top().Code.Module) {
		return
	}
	f, m := s.Facts.(Facts), s.Top().Code.Module
	if t := s.Trail; t != nil && t.At.IsZero() && !m.Prelude {
		// What a flag told was told by this test.
		if step, ok := t.Step.(Step); ok && step.Kind == "tested" {
			s.Trail = t.Up
			p.tell(s, step, m, node.Range())
		}
	}
	failed := f.Asks[0].Progress == Failed || f.Asks[1].Progress == Failed || f.Enable.Progress == Failed
	if !failed && v.Kind() != value.Open && v.Kind() != value.Choice {
		return
	}
	kind := "falsy"
	if truth {
		kind = "truthy"
	}
	at := node.Range()
	p.tell(s, Step{Kind: kind, Name: Shortened(source.Span{File: m.Program.File, Start: at.Start, End: at.End})}, m, at)
}

// longestTest is how many characters of a test's text are shown.
const longestTest = 60

// Shortened is the text of a piece of code as a step shows it.
func Shortened(at source.Span) string {
	text := strings.Join(strings.Fields(at.Text()), " ")
	if r := []rune(text); len(r) > longestTest {
		return string(r[:longestTest-3]) + "…"
	}
	return text
}

// beginning is the step of an entry point, at its function.
func (p *Program) beginning(kind, name, detail string, f value.Value, fallback source.Span) (Step, source.Span) {
	step := Step{Kind: kind, Name: name, Detail: detail}
	code := p.ownCode(f)
	if code == nil || code.Node == nil {
		return step, fallback
	}
	return step, placeOf(code)
}

// ownCode is the code of a function as the project has written it: of one that a library has wrapped, what the wrapper calls. Nil where there is none.
func (p *Program) ownCode(f value.Value) *ir.Func {
	code := codeOf(p.base, f)
	if code == nil || !code.Module.Prelude {
		return code
	}
	for o := p.base.Obj(f.ID()); ; o = p.base.Obj(f.ID()) {
		if o.Fn.Bound == nil {
			f = value.Ref(o.Fn.Env)
			break
		}
		f = o.Fn.Bound.Target
	}
	env := p.base.Obj(f.ID())
	if k := p.byCode[code.Module]; env == nil || env.Class != value.EnvObject || k != nil && f.ID() == k.env {
		return nil // a function of the library itself
	}
	for _, v := range env.Elems {
		if v = p.base.Resolve(v); p.machine.IsFunction(p.base, v) {
			if code := codeOf(p.base, v); code != nil && !code.Module.Prelude {
				return code
			}
		}
	}
	return nil
}

// placeOf is the place of a function: its name, or where it begins.
func placeOf(f *ir.Func) source.Span {
	file, node := f.Module.Program.File, f.Node
	switch {
	case node == nil:
		return source.Span{File: file}
	case node.Name != nil && node.Name.End > node.Name.Start:
		return source.Span{File: file, Start: node.Name.Start, End: node.Name.End}
	}
	return source.Span{File: file, Start: node.Start, End: min(node.End, node.Start+1)}
}
