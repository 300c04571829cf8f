package slice

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// What functions are called by: the names of the variables and properties that they are put into, at once or by way of other names.

// held is what a register may hold.
type held struct {
	// names lead to it.
	names []string
	// funcs are the functions that are made there.
	funcs []*ir.Func
	// param tells that it is an argument of the function, unnamed that it may be a function which no name leads to.
	param, unnamed bool
	// element tells that it may be an element, which may have anything in it.
	element bool
	text    string
}

func (h *held) join(o held) {
	for _, name := range o.names {
		if len(h.names) < mostNames && !slices.Contains(h.names, name) {
			h.names = append(h.names, name)
		}
	}
	for _, f := range o.funcs {
		if !slices.Contains(h.funcs, f) {
			h.funcs = append(h.funcs, f)
		}
	}
	h.param, h.unnamed, h.element = h.param || o.param, h.unnamed || o.unnamed, h.element || o.element
	if h.text == "" {
		h.text = o.text
	}
}

// mostNames bounds the names of one register: of what has more no name is known to lead to it.
const mostNames = 24

// takers are methods that take something out of a collection.
var takers = map[string]bool{"shift": true, "pop": true, "get": true, "find": true, "findLast": true, "at": true, "splice": true, "next": true, "slice": true, "filter": true}

// callers are functions that call later what they are given.
var callers = map[string]bool{"setTimeout": true, "setInterval": true, "nextTick": true, "then": true, "catch": true, "finally": true, "call": true, "apply": true}

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
		n.s.goesAs(i.Fn, i.Fn.Name, i.Name)
		out.funcs = []*ir.Func{i.Fn}
	case ir.Move, ir.Await, ir.CheckInit:
		out = n.reg(i.A)
	case ir.Arg, ir.RestArgs, ir.Arguments:
		out.param = true
	case ir.Get:
		out.names = []string{i.Name}
	case ir.LoadEnv:
		out.names = []string{i.Name}
		out.param = n.owner(i.Name) != nil
	case ir.LoadGlobal:
		out.names = []string{i.Name}
	case ir.LoadImport:
		m := n.f.Module.Imports[i.N]
		out.names = []string{m.Local, m.Imported}
		if m.Imported == "default" {
			out.names = append(out.names, "exports")
		}
	case ir.GetElem, ir.GetSuper, ir.IterNext, ir.IterResult, ir.IterCall, ir.Yield:
		out.unnamed = true
		if key := n.reg(i.B); i.Op == ir.GetElem && key.text != "" {
			out = held{names: []string{key.text}}
		}
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
		if i.Name == "" {
			n.put(n.reg(i.B).text, n.reg(i.C))
		}
		if outcomes[i.Name] {
			n.called(n.reg(i.C))
		}
	case ir.Set, ir.SetFields:
		n.put(i.Name, n.reg(i.B))
	case ir.SetElem:
		n.put(n.reg(i.B).text, n.reg(i.C))
	case ir.InitEnv:
		if h := n.reg(i.A); h.param && len(h.names) == 0 && len(h.funcs) == 0 {
			n.s.funcs[n.f].params[i.Name] = true
			return
		}
		n.put(i.Name, n.reg(i.A))
	case ir.StoreEnv, ir.StoreGlobal:
		n.put(i.Name, n.reg(i.A))
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
	for _, from := range h.names {
		n.s.alias(name, from)
	}
	if h.param || h.unnamed || len(h.names) >= mostNames {
		n.s.any[name] = true
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
		if len(i.Args) > 0 && !n.made[i.Args[0]] {
			n.s.funcs[n.f].wild = true
		}
	case "require":
		return held{names: []string{"exports"}}
	}
	if slices.ContainsFunc(callee.names, func(name string) bool { return slices.Contains(n.s.writers, name) }) {
		n.s.funcs[n.f].wild = true
	}
	n.called(callee)
	out := held{names: slices.Clone(callee.names), unnamed: callee.unnamed || takers[name]}
	var first held
	for k, r := range i.Args {
		a := n.reg(r)
		if k == 0 {
			first = a
		}
		if callers[name] {
			n.called(a)
		}
		for _, f := range a.funcs {
			n.s.given[f] = n.s.given[f] || !made || name != "Promise"
		}
		out.join(held{names: a.names, funcs: a.funcs})
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

// isName reports whether a text may be the name of an event or the like.
func isName(text string) bool {
	return text != "" && len(text) < 64 && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
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
	if s.aliases[name] == nil {
		s.aliases[name] = map[string]bool{}
	}
	s.aliases[name][from] = true
}

// exports reads what the names are of what a module exports.
func (s *Slice) exports(m *ir.Module) {
	for _, e := range m.Exports {
		switch {
		case e.Name == "":
		case e.Import > 0:
			s.alias(e.Name, m.Imports[e.Import-1].Imported)
		case e.From != "":
			s.alias(e.Name, e.Imported)
		case e.Slot < len(m.Names):
			s.alias(e.Name, m.Names[e.Slot])
		}
	}
	for _, i := range m.Imports {
		s.alias(i.Local, i.Imported)
	}
}

// spreadAny finds the names that may hold what no name leads to by way of other names, and the functions that call by one of them.
func (s *Slice) spreadAny() {
	for changed := true; changed; {
		changed = false
		for name, of := range s.aliases {
			for from := range of {
				if s.any[from] && !s.any[name] {
					s.any[name], changed = true, true
				}
			}
		}
	}
	for f, x := range s.funcs {
		for _, h := range x.calls {
			x.computed = x.computed || s.unknown(f, h)
		}
	}
}

// unknown reports whether what is called may be a function which no name leads to. A parameter that a function calls was named where it
// was handed over, unless the function is itself given to something that calls it.
func (s *Slice) unknown(f *ir.Func, h held) bool {
	if h.unnamed {
		return true
	}
	if h.param {
		if len(h.names) == 0 {
			return s.given[f]
		}
		for _, name := range h.names {
			n := &namer{s: s, f: f}
			if g := n.owner(name); g != nil {
				return s.given[g]
			}
		}
	}
	for _, name := range h.names {
		if s.any[name] {
			return true
		}
	}
	return false
}
