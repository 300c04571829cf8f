package slice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// What functions are called by: the names of the variables and properties that they are put into, at once or by way of other names.

// takers are methods that take something out of a collection.
var takers = map[string]bool{"shift": true, "pop": true, "get": true, "find": true, "findLast": true, "at": true, "splice": true, "next": true, "slice": true, "filter": true}

// copiers are methods that make a list of what is in another.
var copiers = map[string]bool{"slice": true, "filter": true, "concat": true, "reverse": true, "sort": true, "values": true, "entries": true, "flat": true, "from": true}

// callers are functions that call later what they are given.
var callers = map[string]bool{"setTimeout": true, "setInterval": true, "nextTick": true, "then": true, "catch": true, "finally": true, "call": true, "apply": true}

// iterators are methods of lists that call what they are given at once.
var iterators = map[string]bool{"forEach": true, "map": true, "filter": true, "find": true, "findIndex": true, "findLast": true, "some": true, "every": true, "reduce": true, "reduceRight": true, "sort": true, "flatMap": true}

// outcomes are the properties by which the platform is given functions.
var outcomes = map[string]bool{"success": true, "fail": true, "complete": true}

// registering are the functions that are given a name and what is to be called by it.
var registering = map[string]bool{"on": true, "once": true, "$on": true, "$once": true, "addListener": true, "addEventListener": true, "subscribe": true, "listen": true, "register": true, "use": true, "watch": true, "$watch": true, "observe": true}

// namer reads the names in a function's code.
type namer struct {
	s    *Slice
	f    *ir.Func
	regs []held
	// since is the stretch of code without jumps in which a register was written last; stretch is the one being read.
	since   []int
	stretch int
	// calls are what is called.
	calls []held
	// made tells of a register that it has an object that is made here.
	made map[ir.Reg]bool
	pc   int
}

// name finds the names that functions go under in the code of a function.
func (s *Slice) name(f *ir.Func) {
	n := &namer{s: s, f: f, regs: make([]held, f.Regs), since: make([]int, f.Regs), made: map[ir.Reg]bool{}}
	var back []held // what loops bring back is seen the second time
	for range 2 {
		n.calls = nil
		for k := range f.Code {
			if f.Joins[k] {
				n.join(f.Live[k])
			}
			if f.Code[k].Op == ir.LoopHead && back != nil {
				for _, r := range f.Live[k] {
					n.regs[r].join(back[r])
				}
			}
			n.pc = k
			n.instruction(&f.Code[k])
		}
		back, n.regs = n.regs, make([]held, f.Regs)
		n.stretch++
	}
	s.funcs[f].calls = n.calls
}

// join forgets the registers that are not read any more where several instructions lead.
func (n *namer) join(live []ir.Reg) {
	n.stretch++
	k := 0
	for r := range n.regs {
		if k < len(live) && int(live[k]) == r {
			k++
			continue
		}
		n.regs[r] = held{}
	}
}

func (n *namer) reg(r ir.Reg) held {
	if r < 0 || int(r) >= len(n.regs) {
		return held{}
	}
	return n.regs[r]
}

func (n *namer) instruction(i *ir.Instr) {
	out := held{}
	switch i.Op {
	case ir.Const:
		out.text, _ = i.Const.(string)
	case ir.Closure, ir.Class:
		out.funcs = []*ir.Func{i.Fn}
	case ir.Move, ir.Await, ir.CheckInit:
		out = n.reg(i.A)
	case ir.ToKey, ir.ToString:
		out.text, out.prefix = n.reg(i.A).text, n.reg(i.A).prefix
	case ir.Binary:
		if a := n.reg(i.A); i.Name == "+" {
			out.prefix = a.text + a.prefix
		}
	case ir.Arg:
		out.names, out.param = []string{argument(n.f)}, true
	case ir.RestArgs, ir.Arguments:
		out.param = true
		out.names = []string{n.object()}
		n.s.alias(element+out.names[0], argument(n.f))
	case ir.This:
		out.this = true
	case ir.Get:
		out.names = []string{i.Name}
		out.platform = n.reg(i.A).platform
		if own := n.s.own(n.f.Module, i.Name); own != "" && n.reg(i.A).this {
			out.names = []string{own}
		}
	case ir.LoadEnv:
		name := n.s.variable(n.f, i.Name)
		out.names = []string{name}
		out.param = n.owner(name) != nil
		out.this = n.s.these[name]
	case ir.LoadGlobal:
		out.names = []string{i.Name}
		out.platform = n.s.platform[i.Name]
		out.global = true
	case ir.LoadImport:
		m := n.f.Module.Imports[i.N]
		out.names = []string{m.Local, importedAs(m)}
		out.platform = n.s.platform[m.Local]
		if m.Imported == "default" {
			out.names = append(out.names, "exports")
		}
	case ir.GetElem:
		if key := n.reg(i.B); key.text != "" {
			out.names = []string{key.text}
		} else {
			out.names = n.taken(n.reg(i.A))
		}
	case ir.Iter, ir.IterNext, ir.IterResult, ir.IterCall:
		out.names = n.taken(n.reg(i.A))
		if out.tuple = n.reg(i.A).tuple; i.Op == ir.Iter {
			out.tuple = tuple(n.f, n.pc)
		}
	case ir.NewObject, ir.NewArray:
		out.names, out.computed = []string{n.object()}, new(bool)
	case ir.Call, ir.CallSpread, ir.New, ir.NewSpread:
		out = n.call(i)
	case ir.JSX:
		out.element = true
		if len(i.Args) > 0 {
			n.s.called["children"] = true
		}
	default:
		n.assign(i)
	}
	if i.Dst >= 0 && int(i.Dst) < len(n.regs) {
		if n.since[i.Dst] == n.stretch {
			n.regs[i.Dst] = held{}
		}
		n.since[i.Dst] = n.stretch
		n.regs[i.Dst].join(out)
		if out.tuple != "" {
			n.regs[i.Dst].tuple = out.tuple
		}
	}
	if i.Dst >= 0 {
		n.made[i.Dst] = i.Op == ir.NewObject || i.Op == ir.Move && n.made[i.A]
	}
	switch i.Op {
	case ir.Jump, ir.JumpIf, ir.JumpIfNot, ir.JumpNullish, ir.JumpUndefined, ir.Return, ir.Throw:
		n.stretch++
	}
}

// assign puts something under a name.
func (n *namer) assign(i *ir.Instr) {
	switch i.Op {
	case ir.Define:
		n.put(i.Name, n.reg(i.C))
		n.into(n.reg(i.A), n.reg(i.C))
		n.put(n.s.own(n.f.Module, i.Name), n.reg(i.C))
		for _, f := range n.reg(i.C).funcs {
			n.s.goesAs(f, element+"this", n.s.ofInstance(n.f.Module))
		}
		if i.Name == "" {
			n.put(n.reg(i.B).text, n.reg(i.C))
			n.keyed(n.reg(i.A), n.reg(i.B))
		}
		if outcomes[i.Name] {
			n.called(n.reg(i.C))
		}
	case ir.Set, ir.SetFields:
		n.put(i.Name, n.reg(i.B))
		n.into(n.reg(i.A), n.reg(i.B))
		n.put(n.s.own(n.f.Module, i.Name), n.reg(i.B))
	case ir.SetElem:
		n.put(n.reg(i.B).text, n.reg(i.C))
		n.into(n.reg(i.A), n.reg(i.C))
	case ir.Append:
		n.into(n.reg(i.A), n.reg(i.B))
	case ir.AppendAll, ir.CopyProps:
		n.into(n.reg(i.A), held{names: n.taken(n.reg(i.B))})
	case ir.InitEnv:
		name := n.s.variable(n.f, i.Name)
		if h := n.reg(i.A); h.param && len(h.names) == 1 && len(h.funcs) == 0 {
			n.s.funcs[n.f].params[name] = true
			n.s.executors[name] = n.s.executors[h.names[0]]
			n.s.alias(name, h.names[0])
			return
		}
		n.put(name, n.reg(i.A))
	case ir.StoreEnv:
		n.put(n.s.variable(n.f, i.Name), n.reg(i.A))
	case ir.StoreGlobal:
		n.put(i.Name, n.reg(i.A))
	}
}

// element comes before the name of what something is taken out of by a name that is computed, or where a list is gone over.
const element = "[] "

// mostElements is how many lists within each other are told apart.
const mostElements = 2

// keyed notes that an object has something under a key that is computed, of which the beginning may be known: `list[${n}].done`.
func (n *namer) keyed(of, key held) {
	if of.computed == nil || key.text != "" {
		return
	}
	if end := strings.IndexAny(key.prefix, ".["); end > 0 {
		n.s.funcs[n.f].writes[key.prefix[:end]] = true
		return
	}
	*of.computed = true
}

// object is the name of the object that an instruction makes.
func (n *namer) object() string {
	return fmt.Sprintf("object@%d.%d.%d", n.f.Module.Index, n.f.ID, n.pc)
}

// taken are the names of what may be taken out of what is held.
func (n *namer) taken(h held) []string {
	var out []string
	if h.this {
		out = append(out, n.s.ofInstance(n.f.Module))
	}
	for _, name := range h.names {
		if strings.Count(name, element) >= mostElements {
			out = append(out, name)
		} else {
			out = append(out, element+name)
		}
	}
	return out
}

// into puts something into an object.
func (n *namer) into(of, h held) {
	for _, name := range n.taken(held{names: of.names}) {
		for _, f := range h.funcs {
			n.s.goesAs(f, name)
		}
		for _, from := range h.names {
			n.s.alias(name, from)
		}
	}
}

func (n *namer) put(name string, h held) {
	if name == "" {
		return
	}
	if h.element {
		n.s.called[name] = true
	}
	for _, f := range h.funcs {
		n.s.goesAs(f, name)
	}
	if h.tuple != "" {
		n.s.tuples[name] = append(n.s.tuples[name], h.tuple)
	}
	for _, from := range h.names {
		if n.s.executors[from] {
			n.s.settlers[name] = true
		}
		n.s.alias(name, from)
	}
}

// call reads a call, and returns what is known of its result.
func (n *namer) call(i *ir.Instr) held {
	callee := n.reg(i.A)
	name := ""
	if len(callee.names) > 0 {
		name = callee.names[len(callee.names)-1]
	}
	made := i.Op == ir.New || i.Op == ir.NewSpread
	this := n.reg(i.B)
	switch name {
	case "bind":
		return this
	case "call", "apply":
		n.called(this)
	case "setData":
		if len(i.Args) > 0 {
			x := n.s.funcs[n.f]
			x.wild, x.anywhere = x.wild || !n.made[i.Args[0]], x.anywhere || n.reg(i.Args[0]).wild()
		}
	case "require":
		return held{names: []string{"exports"}}
	}
	if slices.ContainsFunc(callee.names, func(name string) bool { return slices.Contains(n.s.o.Writers, name) }) {
		n.s.funcs[n.f].wild = true
	}
	n.called(callee)
	out := held{names: slices.Clone(callee.names)}
	if takers[name] || copiers[name] {
		out.join(held{names: n.taken(this)})
	}
	var first held
	native := callee.platform || callee.global || n.native(name)
	for k, r := range i.Args {
		a := n.reg(r)
		if k == 0 {
			first = a
		}
		if callers[name] {
			n.called(a)
		}
		out.join(held{names: a.names, funcs: a.funcs})
		n.hand(callee, native, a)
		n.s.funcs[n.f].gives = append(n.s.funcs[n.f].gives, a.names...)
		if mutators[name] && !made {
			n.into(this, a)
		}
		for _, f := range a.funcs {
			switch {
			case made && name == "Promise":
				n.s.executors[argument(f)] = true
			case iterators[name] && native:
				n.s.listed[argument(f)] = true
				for _, name := range n.taken(this) {
					n.s.alias(argument(f), name)
				}
			}
		}
		if k > 0 {
			n.registers(name, first, a)
		}
	}
	return out
}

// registers reads an argument of a call that is given a name first.
func (n *namer) registers(callee string, first, a held) {
	switch {
	case isName(first.text):
		n.put(first.text, held{names: a.names, funcs: a.funcs})
	case registering[callee]:
		for _, name := range first.names {
			n.put(name, held{names: a.names, funcs: a.funcs})
		}
	}
}

// wild reports whether an object that is made has a property of which nobody knows the name.
func (h held) wild() bool { return h.computed != nil && *h.computed }

// isName reports whether a text may be the name of an event or the like.
func isName(text string) bool {
	return text != "" && len(text) < 64 && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

// native reports whether what is called is the language's own, by its name: it calls what it is handed itself.
func (n *namer) native(name string) bool {
	return (callers[name] || iterators[name]) && !n.s.defined[name]
}

// hand gives something to a call: a function that goes by the name which is called finds it among its arguments.
func (n *namer) hand(callee held, native bool, a held) {
	if native {
		return
	}
	for _, name := range callee.names {
		n.put(to+name, a)
		n.s.handed[name] = true
	}
}

// called notes that something is called.
func (n *namer) called(h held) { n.calls = append(n.calls, h) }

// owner is the function around whose parameter a name is; nil if there is none.
func (n *namer) owner(name string) *ir.Func {
	for f := n.f; f != nil; f = f.Outer {
		if n.s.funcs[f].params[name] {
			return f
		}
	}
	return nil
}

func (s *Slice) goesAs(f *ir.Func, names ...string) {
	x := s.funcs[f]
	if x == nil {
		return
	}
	for _, name := range names {
		if name != "" && !slices.Contains(x.goes, name) {
			x.goes = append(x.goes, name)
		}
	}
}

func (s *Slice) alias(name, from string) {
	if name == from {
		return
	}
	add := func(all map[string]map[string]bool, name, from string) {
		if all[name] == nil {
			all[name] = map[string]bool{}
		}
		all[name][from] = true
	}
	add(s.aliases, name, from)
	add(s.written, plain(name), plain(from))
}
