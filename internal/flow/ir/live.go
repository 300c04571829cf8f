package ir

import (
	"math/bits"
	"slices"
)

// Which registers may still be read: liveness, backward over basic blocks.

// reads calls each for the registers that an instruction reads.
func (i *Instr) reads(each func(Reg)) {
	for _, r := range [...]Reg{i.A, i.B} {
		if r != None {
			each(r)
		}
	}
	if i.C != None && i.Op != Class {
		each(i.C)
	}
	for _, r := range i.Args {
		each(r)
	}
}

// writes calls each for the registers that an instruction writes.
func (i *Instr) writes(each func(Reg)) {
	if i.Dst != None {
		each(i.Dst)
	}
	if i.Op == Class {
		each(i.C)
	}
}

// registers is a set of registers, among as many as it has bits. Others are never in it.
type registers []uint64

func (s registers) add(r Reg) {
	if w := int(r >> 6); r >= 0 && w < len(s) {
		s[w] |= 1 << (r & 63)
	}
}

func (s registers) remove(r Reg) {
	if w := int(r >> 6); r >= 0 && w < len(s) {
		s[w] &^= 1 << (r & 63)
	}
}

// list adds the members to a list, ascending, each more by base.
func (s registers) list(out []Reg, base Reg) []Reg {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	out = slices.Grow(out, n)
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			out = append(out, base+Reg(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return out
}

// mostWords bounds the sets: functions with more registers are analysed several times, a part of the registers each.
const mostWords = 16

// stretch is a basic block: the instructions From to To run one after the other.
type stretch struct {
	from, to int
	// in are the registers that may be read from its start on.
	in registers
	// handlers are those that take its exceptions, before the blocks that lead to it.
	handlers []int
	preds    []int
}

// liveness is the analysis of one function.
type liveness struct {
	f      *Func
	blocks []stretch
	// of is the block that each instruction is in.
	of []int
	// takes are the blocks whose exceptions lead to a block.
	takes [][]int
	// base is the first of the registers that are analysed.
	base Reg
}

// live computes Live.
func (f *Func) live() {
	f.Live = make([][]Reg, len(f.Code))
	if len(f.Code) == 0 {
		return
	}
	l := &liveness{f: f}
	l.split()
	l.link()
	for ; l.base == 0 || int(l.base) < f.Regs; l.base += mostWords * 64 {
		l.solve()
		for _, b := range l.blocks {
			if f.Joins[b.from] {
				f.Live[b.from] = b.in.list(f.Live[b.from], l.base)
			}
		}
	}
	for pc, join := range f.Joins {
		if join && f.Live[pc] == nil {
			f.Live[pc] = []Reg{}
		}
	}
}

// split finds the blocks. One ends where a jump, a join or the range of a handler begins or ends.
func (l *liveness) split() {
	f := l.f
	leader := make([]bool, len(f.Code)+1)
	leader[0] = true
	for pc := range f.Code {
		if i := &f.Code[pc]; i.hasTarget() || i.Targets != nil || !i.falls() {
			leader[pc+1] = true
			f.Successors(pc, func(to int) { leader[to] = true })
		}
		if f.Joins[pc] {
			leader[pc] = true
		}
	}
	for _, h := range f.Handlers {
		leader[h.From], leader[h.To] = true, true
	}
	l.of = make([]int, len(f.Code))
	for pc := range f.Code {
		if leader[pc] {
			l.blocks = append(l.blocks, stretch{from: pc})
		}
		b := len(l.blocks) - 1
		l.of[pc] = b
		l.blocks[b].to = pc + 1
	}
	words := min((f.Regs+63)/64, mostWords)
	all := make(registers, words*len(l.blocks))
	for b := range l.blocks {
		l.blocks[b].in = all[b*words : (b+1)*words : (b+1)*words]
	}
}

// link finds what leads to each block, by jumps and by exceptions.
func (l *liveness) link() {
	f := l.f
	for b := range l.blocks {
		f.Successors(l.blocks[b].to-1, func(to int) {
			l.blocks[l.of[to]].preds = append(l.blocks[l.of[to]].preds, b)
		})
	}
	l.takes = make([][]int, len(l.blocks))
	for k, h := range f.Handlers {
		target := l.of[h.Target]
		for b := l.of[h.From]; b < len(l.blocks) && l.blocks[b].from < h.To; b++ {
			l.blocks[b].handlers = append(l.blocks[b].handlers, k)
			l.takes[target] = append(l.takes[target], b)
		}
	}
}

// solve goes over the blocks from the last until nothing changes.
func (l *liveness) solve() {
	queued := make([]bool, len(l.blocks))
	todo := make([]int, 0, len(l.blocks))
	for b := range l.blocks {
		todo = append(todo, b)
		queued[b] = true
		clear(l.blocks[b].in)
	}
	now := make(registers, len(l.blocks[0].in))
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		queued[b] = false
		if !l.transfer(b, now) {
			continue
		}
		for _, list := range [2][]int{l.blocks[b].preds, l.takes[b]} {
			for _, p := range list {
				if !queued[p] {
					queued[p] = true
					todo = append(todo, p)
				}
			}
		}
	}
}

// transfer computes what may be read from the start of a block on, and reports whether that is more than was known.
func (l *liveness) transfer(b int, now registers) bool {
	s := &l.blocks[b]
	clear(now)
	union := func(pc int) {
		for i, w := range l.blocks[l.of[pc]].in {
			now[i] |= w
		}
	}
	l.f.Successors(s.to-1, union)
	for pc := s.to - 1; pc >= s.from; pc-- {
		i := &l.f.Code[pc]
		i.writes(func(r Reg) { now.remove(r - l.base) })
		i.reads(func(r Reg) { now.add(r - l.base) })
	}
	for _, k := range s.handlers {
		h := &l.f.Handlers[k]
		for i, w := range l.blocks[l.of[h.Target]].in {
			for _, r := range [2]Reg{h.Value - l.base, h.Kind - l.base} {
				if r >= 0 && int(r>>6) == i {
					w &^= 1 << (r & 63)
				}
			}
			now[i] |= w
		}
	}
	more := false
	for i, w := range now {
		if w&^s.in[i] != 0 {
			s.in[i] |= w
			more = true
		}
	}
	return more
}
