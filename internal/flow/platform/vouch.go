package platform

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Functions that the configuration vouches for: their success implies grants, or that enabling succeeded, whatever their code looks like.

// Function names a function of the project: File as source.File.Name has it, or its end.
type Function struct{ File, Func string }

// Vouched are the functions that somebody vouches for.
type Vouched struct{ Grants, Enables []Function }

// vouchFor puts a call of the prelude's vouched around the functions of a module that somebody vouches for.
func (p *Program) vouchFor(m *ir.Module) {
	if len(p.vouched.Grants)+len(p.vouched.Enables) == 0 {
		return
	}
	file, names := m.Program.File.Name, assigned(m)
	for _, f := range m.Funcs[:len(m.Funcs):len(m.Funcs)] {
		facts, name := Held(0), f.Name
		if name == "" && f.Node != nil {
			name = names[f.Node]
		}
		if named(p.vouched.Grants, file, name) {
			facts |= Both
		}
		if named(p.vouched.Enables, file, name) {
			facts |= Enabled
		}
		if facts != 0 && !f.Ctor && !f.Generator {
			p.Asked |= facts & Both
			wrap(f, facts)
		}
	}
}

func named(list []Function, file, name string) bool {
	for _, g := range list {
		if g.Func == name && (g.File == file || strings.HasSuffix(file, "/"+g.File)) {
			return true
		}
	}
	return false
}

// wrap makes a function one that calls $$succeeds with what it was: as a function, with this, the arguments, the facts, and the numbers of the parameters that
// it does nothing with.
func wrap(f *ir.Func, facts Held) {
	inner := *f
	inner.ID = len(f.Module.Funcs)
	inner.Outer = f
	f.Module.Funcs = append(f.Module.Funcs, &inner)
	var node script.Node
	if f.Node != nil {
		node = f.Node
	}
	const fn, this, args, held, unused, out = 0, 1, 2, 3, 4, 5
	code := []ir.Instr{
		{Op: ir.Closure, Dst: fn, A: ir.None, B: ir.None, C: ir.None, Fn: &inner, Name: f.Name},
		{Op: ir.This, Dst: this, A: ir.None, B: ir.None, C: ir.None},
		{Op: ir.RestArgs, Dst: args, A: ir.None, B: ir.None, C: ir.None},
		{Op: ir.Const, Dst: held, A: ir.None, B: ir.None, C: ir.None, Const: float64(facts)},
		{Op: ir.NewArray, Dst: unused, A: ir.None, B: ir.None, C: ir.None},
	}
	for _, n := range unusedParams(f.Node) {
		code = append(code, ir.Instr{Op: ir.Const, Dst: out, A: ir.None, B: ir.None, C: ir.None, Const: float64(n)},
			ir.Instr{Op: ir.Append, Dst: ir.None, A: unused, B: out, C: ir.None})
	}
	code = append(code, ir.Instr{Op: ir.Intrinsic, Dst: out, A: ir.None, B: ir.None, C: ir.None, Name: "succeeds", Args: []ir.Reg{fn, this, args, held, unused}},
		ir.Instr{Op: ir.Return, Dst: ir.None, A: out, B: ir.None, C: ir.None})
	for n := range code {
		code[n].Node = node
	}
	f.Code, f.Regs, f.Handlers, f.Async = code, out+1, nil, false
	f.Joins, f.Live = make([]bool, len(code)), make([][]ir.Reg, len(code))
}

// unusedParams are the parameters that the code of a function does not name.
func unusedParams(f *script.Func) []int {
	if f == nil || f.Result != nil {
		return nil
	}
	used := map[string]bool{}
	for _, s := range f.Body {
		script.Walk(s, func(n script.Node) bool {
			if id, ok := n.(*script.Ident); ok {
				used[id.Name] = true
			}
			return true
		})
	}
	var out []int
	for n, param := range f.Params {
		if id, ok := param.(*script.Ident); ok && !used[id.Name] && !used["arguments"] {
			out = append(out, n)
		}
	}
	return out
}

// succeeds hands a vouched function over to the prelude.
func (p *Program) succeeds(c *exec.Call) exec.Result {
	return exec.Calls(p.helpers["vouched"], value.Undef, c.Args...)
}

// vouch makes facts hold.
func (p *Program) vouch(c *exec.Call) exec.Result {
	f := c.S.Facts.(Facts)
	f.learn(implied{held: Held(c.Arg(0).Num())})
	c.S.Facts = f
	return exec.Done(value.Undef)
}

// vouchedBool is what a function returns whose result tells whether it has succeeded.
func (p *Program) vouchedBool(c *exec.Call) exec.Result {
	root := p.table.Root(c.M.Where(), 0, "vouched", 2, value.Origin{Key: "vouched", At: p.here(c.S)})
	root.Implied = []any{implied{held: Held(c.Arg(0).Num())}, nil}
	return exec.Done(value.ChoiceOf(root, []value.Value{value.True, value.False}))
}
