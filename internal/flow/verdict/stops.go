package verdict

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/survey"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Where the code always stops that would lead to a call which no path comes to.

// stop is where code always ends; by is where that comes from, if elsewhere.
type stop struct {
	at   source.Span
	kind flow.StopKind
	by   source.Span
}

// mostCallers is how many functions are looked through for what would call one that nothing runs: the rest is not told.
const mostCallers = 64

// stops is where the code stops that would lead to a call: where a function that does run ends before it, itself or through the functions that it
// would call. It is zero when nothing that runs calls the function around it. named tells that something which runs names a function around it,
// without being seen to stop before: that may lead there.
func (j *Judge) stops(w *written) (at stop, named bool) {
	if w.node == nil {
		return stop{}, false
	}
	seen := map[*script.Func]bool{}
	var search func(file *survey.File, n script.Node, functions []*script.Func) stop
	search = func(file *survey.File, n script.Node, functions []*script.Func) stop {
		idle := slices.IndexFunc(functions, func(f *script.Func) bool { return j.executed.Funcs[f] == nil })
		if idle < 0 && len(functions) > 0 {
			at := j.stopBefore(file, functions, n)
			named = named || at.at.IsZero()
			return at
		}
		if at := j.notLoaded(file); !at.at.IsZero() || len(functions) == 0 {
			return at
		}
		f := functions[idle]
		if idle > 0 && !j.executed.Nodes[f] {
			return j.stopBefore(file, functions[:idle], f) // it is never even made
		}
		if at, rejected, ok := j.executed.Waiting(f); ok {
			if rejected {
				return stop{at: at, kind: flow.StopThrows}
			}
			return stop{at: at, kind: flow.StopWaits}
		}
		name := j.mentions().Name(f)
		if seen[f] || name == "" || len(seen) > mostCallers {
			return stop{}
		}
		seen[f] = true
		for _, use := range j.mentions().Uses(name) {
			if at := search(use.File, use.Node, use.Inside); !at.at.IsZero() {
				return at
			}
		}
		return stop{}
	}
	at = search(j.Text.FileOf(w.call.Name.File), w.node, w.inside)
	if at.by.File == at.at.File && at.at.Start <= at.by.Start && at.by.End <= at.at.End {
		at.by = source.Span{}
	}
	return at, named && at.at.IsZero()
}

// mentions are made when they are first asked for.
func (j *Judge) mentions() *survey.Mentions {
	if j.mentioned == nil {
		j.mentioned = j.Text.Mentions()
	}
	return j.mentioned
}

// notLoaded is where a file's top level stops before its end. What it registered before that is there.
func (j *Judge) notLoaded(file *survey.File) stop {
	top := j.executed.Tops[file.Syntax.File]
	if top == nil || j.executed.Of(top) == nil || slices.Contains(j.Program.Units(), j.Text.Unit(file.Syntax.File)) {
		return stop{}
	}
	if at, by, thrown := j.executed.Failed(file.Syntax.File); thrown {
		return stop{at, flow.StopThrows, by}
	}
	for pc := len(top.Code) - 1; pc >= 0; pc-- {
		if top.Code[pc].Op == ir.Return {
			return j.frontier(file, top, pc, source.Span{})
		}
	}
	return stop{}
}

// stopBefore is where the innermost of some functions always stops before a node in it. It is zero when it was not seen to stop.
func (j *Judge) stopBefore(file *survey.File, functions []*script.Func, n script.Node) stop {
	node := functions[len(functions)-1]
	f := j.executed.Funcs[node]
	if f == nil {
		return stop{}
	}
	to := file.Span(n)
	for pc := range f.Code {
		if x := f.Code[pc].Node; x != nil && to.Start <= x.Range().Start && x.Range().End <= to.End {
			return j.frontier(file, f, pc, to)
		}
	}
	if at := j.threw(file, f, n); !at.at.IsZero() {
		return at
	}
	return leaves(file, node, n)
}

// threw is the last piece of a function's code before a node that exceptions came out of, where the lowering has left out what follows it.
func (j *Judge) threw(file *survey.File, f *ir.Func, n script.Node) (at stop) {
	for pc, yes := range j.executed.Of(f) {
		i := &f.Code[pc]
		if !yes || i.Op != ir.ThrowError || i.Node == nil || i.Node.Range().End > n.Range().Start {
			continue
		}
		at = stop{at: file.Span(i.Node), kind: flow.StopThrows}
	}
	return at
}

// frontier is the first instruction of a function that was executed and never went on to where another can be reached from.
func (j *Judge) frontier(file *survey.File, f *ir.Func, target int, to source.Span) stop {
	seen := j.executed.Of(f)
	if seen == nil || seen[target] {
		return stop{}
	}
	reaching := reaching(f, target)
	for pc, yes := range seen {
		if !yes || !reaching[pc] {
			continue
		}
		for _, next := range successors(f, pc) {
			if reaching[next] && !seen[next] {
				return j.stopAt(file, f, pc, to)
			}
		}
	}
	return stop{}
}

// stopAt says what ends the code at an instruction.
func (j *Judge) stopAt(file *survey.File, f *ir.Func, pc int, to source.Span) stop {
	i := &f.Code[pc]
	if i.Node == nil {
		return stop{}
	}
	out := stop{at: file.Span(i.Node), kind: flow.StopThrows}
	switch i.Op {
	case ir.Jump, ir.JumpIf, ir.JumpIfNot, ir.JumpNullish, ir.JumpUndefined:
		out.kind = flow.StopTests
		if t := j.Text.TestAround(out.at); t != nil {
			out.at = t.At
		}
		if loop := survey.LoopOfTest(f.Node, file, i.Node); loop != nil && !to.IsZero() && (to.Start < loop.Range().Start || loop.Range().End < to.End) {
			return stop{at: file.Span(loop), kind: flow.StopLoops}
		}
		return out
	case ir.LoopHead, ir.LoopEnter, ir.IterNext:
		out.kind = flow.StopLoops
		return out
	}
	if by, thrown := j.executed.Thrown(i.Node); thrown {
		out.by = by
		return out
	}
	if i.Op == ir.Await {
		out.kind = flow.StopWaits
		out.by, _ = j.executed.Awaited(i.Node)
	}
	return out
}

// successors are where an instruction goes on to, but for exceptions.
func successors(f *ir.Func, pc int) []int {
	i := &f.Code[pc]
	switch i.Op {
	case ir.Jump:
		return []int{i.N}
	case ir.JumpIf, ir.JumpIfNot, ir.JumpNullish, ir.JumpUndefined, ir.IterNext, ir.IterCall, ir.IterResult:
		return []int{pc + 1, i.N}
	case ir.Return, ir.Throw, ir.ThrowError:
		return nil
	case ir.EndFinally:
		out := append([]int{pc + 1}, i.Targets...)
		if i.N != 0 {
			out = append(out, i.N)
		}
		return out
	}
	return []int{pc + 1}
}

// reaching tells of each instruction of a function whether another can be reached from it, by exceptions too.
func reaching(f *ir.Func, target int) []bool {
	from := make([][]int, len(f.Code)+1)
	for pc := range f.Code {
		for _, next := range successors(f, pc) {
			if next <= len(f.Code) {
				from[next] = append(from[next], pc)
			}
		}
	}
	for _, h := range f.Handlers {
		for pc := h.From; pc < h.To; pc++ {
			from[h.Target] = append(from[h.Target], pc)
		}
	}
	out := make([]bool, len(f.Code)+1)
	out[target] = true
	for todo := []int{target}; len(todo) > 0; {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, p := range from[pc] {
			if !out[p] {
				out[p] = true
				todo = append(todo, p)
			}
		}
	}
	return out
}

// leaves is the statement of a function before a node that always leaves what stands around both: nothing leads to what follows it.
func leaves(file *survey.File, f *script.Func, n script.Node) stop {
	at, loop := survey.Leaving(f, n)
	switch {
	case at == nil:
		return stop{}
	case loop:
		return stop{at: file.Span(at), kind: flow.StopLoops}
	}
	kind := flow.StopReturns
	if _, throws := at.(*script.Throw); throws {
		kind = flow.StopThrows
	}
	return stop{at: file.Span(at), kind: kind}
}
