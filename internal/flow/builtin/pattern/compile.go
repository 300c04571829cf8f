package pattern

import (
	"errors"
	"sync"
)

// op is what an instruction of a compiled expression does.
type op uint8

const (
	opChar op = iota // r
	opAny
	opSet    // c
	opSplit  // goes on at x, and if that fails at y
	opJump   // x
	opSave   // register x = position
	opClear  // registers x to y = none
	opMark   // register x = position, at the start of a turn
	opMoved  // fails if the position is that in register x
	opAssert // r: ^ $ b B
	opRef    // group x
	opLook   // the code from the next to x; not, behind
	opMatch
)

type instr struct {
	op       op
	x, y     int
	r        rune
	c        *class
	not      bool
	backward bool
}

// MostCode is how many steps an expression may be compiled to.
const MostCode = 20000

// Pattern is a compiled expression.
type Pattern struct {
	code       []instr
	groups     int
	names      []string
	registers  int
	unicode    bool
	ignoreCase bool
	multiline  bool
	dotAll     bool
}

// Groups is the number of groups.
func (p *Pattern) Groups() int { return p.groups }

// Names are the groups' names, "" for those that have none.
func (p *Pattern) Names() []string { return p.names }

// Unicode tells that the flag u is set.
func (p *Pattern) Unicode() bool { return p.unicode }

type compiledKey struct{ source, flags string }

type compiledResult struct {
	p   *Pattern
	err error
}

var compiled sync.Map // compiledKey to compiledResult

// Compile reads an expression. The error is a SyntaxError, or ErrOpen.
func Compile(source, flags string) (*Pattern, error) {
	key := compiledKey{source, flags}
	if r, ok := compiled.Load(key); ok {
		return r.(compiledResult).p, r.(compiledResult).err
	}
	p, err := compile(source, flags)
	compiled.Store(key, compiledResult{p, err})
	return p, err
}

func compile(source, flags string) (p *Pattern, err error) {
	tree, read, err := parse(source, flags)
	if err != nil {
		return nil, err
	}
	defer func() {
		switch why := recover().(type) {
		case nil:
		case SyntaxError:
			p, err = nil, why
		case error:
			if !errors.Is(why, ErrOpen) {
				panic(why)
			}
			p, err = nil, why
		default:
			panic(why)
		}
	}()
	p = &Pattern{groups: read.groups, names: read.names, registers: 2 * (read.groups + 1), unicode: read.unicode, ignoreCase: read.ignoreCase, multiline: read.multi}
	for _, f := range flags {
		p.dotAll = p.dotAll || f == 's'
	}
	p.emit(instr{op: opSave, x: 0})
	p.node(tree, false)
	p.emit(instr{op: opSave, x: 1})
	p.emit(instr{op: opMatch})
	return p, nil
}

func (p *Pattern) emit(i instr) int {
	if len(p.code) >= MostCode {
		panic(ErrOpen)
	}
	p.code = append(p.code, i)
	return len(p.code) - 1
}

func (p *Pattern) node(n node, back bool) {
	switch n := n.(type) {
	case char:
		p.emit(instr{op: opChar, r: p.fold(n.r), backward: back})
	case anyChar:
		p.emit(instr{op: opAny, backward: back})
	case set:
		p.emit(instr{op: opSet, c: n.class, backward: back})
	case sequence:
		for k := range n {
			if back {
				k = len(n) - 1 - k
			}
			p.node(n[k], back)
		}
	case choices:
		p.choices(n, back)
	case group:
		a, b := 2*n.index, 2*n.index+1
		if back {
			a, b = b, a
		}
		if n.index > 0 {
			p.emit(instr{op: opSave, x: a})
		}
		p.node(n.body, back)
		if n.index > 0 {
			p.emit(instr{op: opSave, x: b})
		}
	case repeat:
		p.repeat(n, back)
	case assertion:
		p.emit(instr{op: opAssert, r: rune(n.kind)})
	case look:
		at := p.emit(instr{op: opLook, not: n.not})
		p.node(n.body, n.behind)
		p.emit(instr{op: opMatch})
		p.code[at].x = len(p.code)
	case backref:
		p.emit(instr{op: opRef, x: p.groupOf(n), backward: back})
	}
}

func (p *Pattern) groupOf(n backref) int {
	if n.name == "" {
		return n.index
	}
	for i, name := range p.names {
		if name == n.name {
			return i + 1
		}
	}
	panic(SyntaxError("Invalid regular expression: Invalid named capture referenced"))
}

func (p *Pattern) choices(n choices, back bool) {
	var ends []int
	for k, c := range n {
		if k == len(n)-1 {
			p.node(c, back)
			break
		}
		split := p.emit(instr{op: opSplit})
		p.code[split].x = len(p.code)
		p.node(c, back)
		ends = append(ends, p.emit(instr{op: opJump}))
		p.code[split].y = len(p.code)
	}
	for _, e := range ends {
		p.code[e].x = len(p.code)
	}
}

func (p *Pattern) repeat(n repeat, back bool) {
	body := func() {
		if n.last >= n.first {
			p.emit(instr{op: opClear, x: 2 * n.first, y: 2*n.last + 1})
		}
		p.node(n.body, back)
	}
	split := func() int { return p.emit(instr{op: opSplit}) }
	set := func(at, in, out int) {
		if n.lazy {
			in, out = out, in
		}
		p.code[at].x, p.code[at].y = in, out
	}
	for range n.min {
		body()
	}
	if n.max == n.min {
		return
	}
	register := p.registers
	p.registers++
	turn := func() {
		p.emit(instr{op: opMark, x: register})
		body()
		p.emit(instr{op: opMoved, x: register})
	}
	if n.max < 0 {
		at := split()
		turn()
		p.emit(instr{op: opJump, x: at})
		set(at, at+1, len(p.code))
		return
	}
	var at []int
	for range n.max - n.min {
		at = append(at, split())
		turn()
	}
	for _, a := range at {
		set(a, a+1, len(p.code))
	}
}
