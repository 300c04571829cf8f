package platform

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Executed is what was executed of the project's code.
type Executed struct {
	// Nodes are the pieces of code of which an instruction was executed.
	Nodes map[script.Node]bool
	// Funcs are the functions that were entered, with their code; Tops the top levels of files, whether or not they were.
	Funcs map[*script.Func]*ir.Func
	Tops  map[*source.File]*ir.Func
	// Code are all functions, whether or not they were entered.
	Code map[*script.Func]*ir.Func

	p *Program
}

// Executed gathers what was executed up to now.
func (p *Program) Executed() *Executed {
	out := &Executed{Nodes: map[script.Node]bool{}, Funcs: map[*script.Func]*ir.Func{}, Tops: map[*source.File]*ir.Func{}, Code: map[*script.Func]*ir.Func{}, p: p}
	for _, k := range p.loaded {
		out.Tops[k.script.File] = k.code.Top
		for _, f := range k.code.Funcs {
			if f.Node != nil {
				out.Code[f.Node] = f
			}
			seen := p.machine.Observer.Coverage.Of(f)
			if seen == nil {
				continue
			}
			if f.Node != nil {
				out.Funcs[f.Node] = f
			}
			for pc, yes := range seen {
				if node := f.Code[pc].Node; yes && node != nil {
					out.Nodes[node] = true
				}
			}
		}
	}
	return out
}

// Of tells of each instruction of a function whether it was executed; nil of one that was never entered.
func (x *Executed) Of(f *ir.Func) []bool { return x.p.machine.Observer.Coverage.Of(f) }
