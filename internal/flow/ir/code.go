package ir

import "github.com/voipcheck/voipcheck/internal/script"

// code is a function as it is being lowered.
//
// Registers are a stack: the variables of a scope are allocated where it is entered, above them what is computed. While a function is
// lowered, targets are labels; finish turns them into places.
type code struct {
	*lowering
	f     *Func
	info  *function
	outer *code
	// next is the first free register.
	next Reg
	// node is what is being lowered.
	node script.Node
	// labels are the places of the labels, -1 while they are not bound.
	labels []int
	// bound is where the last label was bound: an instruction before it may not be reached on all paths to it.
	bound int
	// depth is how many environments there are around the instruction, loops how many loops of the function it stands in.
	depth, loops int
	strict       bool
	// control are the statements around that a jump out of them must pass, outermost first.
	control []*region
}

// label is a place to jump to.
type label = int

// newCode begins a function of the module.
func (l *lowering) newCode(info *function, outer *code, node *script.Func) *code {
	f := &Func{ID: len(l.m.Funcs), Module: l.m, Node: node, Strict: info.strict}
	c := &code{lowering: l, f: f, info: info, outer: outer, strict: info.strict, bound: -1}
	if outer != nil {
		f.Outer = outer.f
		c.depth = outer.depth
		c.node = outer.node
	}
	if node != nil {
		f.Arrow, f.Async, f.Generator = node.Arrow, node.Async, node.Generator
		f.Method = node.Arrow || node.Async || node.Generator
		if node.Name != nil {
			f.Name = node.Name.Name
		}
		c.node = node
	}
	l.m.Funcs = append(l.m.Funcs, f)
	if n := len(l.spare); n > 0 {
		f.Code = l.spare[n-1]
		l.spare = l.spare[:n-1]
	}
	return c
}

// op appends an instruction. What it returns is good until the next.
func (c *code) op(op Op, dst, a, b, x Reg) *Instr {
	c.f.Code = append(c.f.Code, Instr{Op: op, Dst: dst, A: a, B: b, C: x, Node: c.node})
	return &c.f.Code[len(c.f.Code)-1]
}

func (c *code) pc() int { return len(c.f.Code) }

// temp takes a register.
func (c *code) temp() Reg {
	r := c.next
	c.next++
	if int(c.next) > c.f.Regs {
		c.f.Regs = int(c.next)
	}
	return r
}

// free gives back the register and all that were taken after it.
func (c *code) free(r Reg) { c.next = r }

func (c *code) newLabel() label {
	c.labels = append(c.labels, -1)
	return len(c.labels) - 1
}

// bind lets a label be the place of the next instruction.
func (c *code) bind(l label) {
	c.labels[l] = c.pc()
	c.bound = c.pc()
}

// here is a new label that is bound.
func (c *code) here() label {
	l := c.newLabel()
	c.bind(l)
	return l
}

func (c *code) jump(l label) { c.op(Jump, None, None, None, None).N = l }

// jumpOn appends a conditional jump.
func (c *code) jumpOn(op Op, a Reg, l label) { c.op(op, None, a, None, None).N = l }

func (c *code) constant(dst Reg, value any) { c.op(Const, dst, None, None, None).Const = value }

func (c *code) move(dst, from Reg) {
	if dst != from {
		c.op(Move, dst, from, None, None)
	}
}

// undefined returns a register that holds undefined until the next is taken.
func (c *code) undefined() Reg {
	r := c.temp()
	c.constant(r, Undefined{})
	c.free(r)
	return r
}

// throwError throws a new error.
func (c *code) throwError(class, text string) {
	i := c.op(ThrowError, None, None, None, None)
	i.Name, i.Const = class, text
}

// giveUp appends what is not supported, and what it was given.
func (c *code) giveUp(dst Reg, why string, given ...Reg) {
	i := c.op(GiveUp, dst, None, None, None)
	i.Name, i.Args = why, given
}

// sloppy is N of the instructions that fail silently outside of strict code.
func (c *code) sloppy() int {
	if c.strict {
		return 0
	}
	return 1
}
