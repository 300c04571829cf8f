package ir

import "slices"

// What is done with the code of a function once it is whole: labels become places, what nothing leads to goes.

// finish completes the function.
func (c *code) finish() {
	c.place()
	c.f.shorten()
	c.f.compact()
	buffer := c.f.Code
	c.f.Code = slices.Clone(buffer)
	clear(buffer)
	c.spare = append(c.spare, buffer[:0])
	c.f.joins()
	c.f.live()
}

// hasTarget reports whether N of the instruction is a target.
func (i *Instr) hasTarget() bool {
	switch i.Op {
	case Jump, JumpIf, JumpIfNot, JumpNullish, JumpUndefined, IterNext, IterResult:
		return true
	case IterCall:
		return i.Name != ""
	case EndFinally:
		return i.N != 0
	}
	return false
}

// jumps reports whether all that the instruction does is to go on elsewhere.
func (i *Instr) jumps() bool {
	switch i.Op {
	case Jump, JumpIf, JumpIfNot, JumpNullish, JumpUndefined:
		return true
	}
	return false
}

// falls reports whether the next instruction may follow this one.
func (i *Instr) falls() bool {
	switch i.Op {
	case Jump, Return, Throw, ThrowError:
		return false
	}
	return true
}

// place turns labels into places.
func (c *code) place() {
	for pc := range c.f.Code {
		i := &c.f.Code[pc]
		if i.hasTarget() {
			if i.Op == EndFinally {
				i.N--
			}
			i.N = c.labels[i.N]
		}
		for k, l := range i.Targets {
			i.Targets[k] = c.labels[l]
		}
	}
	for k := range c.f.Handlers {
		h := &c.f.Handlers[k]
		h.Target = c.labels[h.Target]
	}
}

// shorten lets jumps to jumps go where those do, and turns a conditional jump over a jump into one. Jumps back stay, so that a loop has
// one place where its turns meet.
func (f *Func) shorten() {
	targeted := make([]bool, len(f.Code)+1)
	thread := func(t int) int {
		for f.Code[t].Op == Jump && f.Code[t].N > t {
			t = f.Code[t].N
		}
		targeted[t] = true
		return t
	}
	for pc := range f.Code {
		i := &f.Code[pc]
		if i.hasTarget() {
			i.N = thread(i.N)
		}
		for k, t := range i.Targets {
			i.Targets[k] = thread(t)
		}
	}
	for _, h := range f.Handlers {
		targeted[h.Target] = true
	}
	for pc := 0; pc+2 < len(f.Code); pc++ {
		i, next := &f.Code[pc], &f.Code[pc+1]
		if (i.Op == JumpIf || i.Op == JumpIfNot) && i.N == pc+2 && next.Op == Jump && !targeted[pc+1] {
			i.Op = JumpIf + JumpIfNot - i.Op
			i.N = next.N
			next.Op = Nop
		}
	}
}

// Successors calls each for the places that may follow pc, but for handlers.
func (f *Func) Successors(pc int, each func(int)) {
	i := &f.Code[pc]
	if i.hasTarget() {
		each(i.N)
	}
	for _, t := range i.Targets {
		each(t)
	}
	if i.falls() && pc+1 < len(f.Code) {
		each(pc + 1)
	}
}

// compact removes what nothing leads to, Nop, and jumps to what follows anyway.
func (f *Func) compact() {
	keep := f.reachable()
	for pc := range f.Code {
		if f.Code[pc].Op == Nop {
			keep[pc] = false
		}
	}
	// A jump over nothing but what goes is one of them; from the end, so that what it jumps over is known.
	next := make([]int, len(f.Code)+1) // the first kept instruction from there on
	next[len(f.Code)] = len(f.Code)
	for pc := len(f.Code) - 1; pc >= 0; pc-- {
		i := &f.Code[pc]
		if keep[pc] && i.jumps() && i.N > pc && next[i.N] == next[pc+1] {
			keep[pc] = false
		}
		if next[pc] = next[pc+1]; keep[pc] {
			next[pc] = pc
		}
	}
	moved := make([]int, len(f.Code)+1)
	n := 0
	for pc := range f.Code {
		moved[pc] = n
		if keep[pc] {
			n++
		}
	}
	moved[len(f.Code)] = n
	code := f.Code[:0]
	for pc, i := range f.Code {
		if !keep[pc] {
			continue
		}
		if i.hasTarget() {
			i.N = moved[i.N]
		}
		for k, t := range i.Targets {
			i.Targets[k] = moved[t]
		}
		code = append(code, i)
	}
	clear(f.Code[len(code):])
	f.Code = code
	handlers := f.Handlers[:0]
	for _, h := range f.Handlers {
		h.From, h.To, h.Target = moved[h.From], moved[h.To], moved[h.Target]
		if h.From < h.To {
			handlers = append(handlers, h)
		}
	}
	f.Handlers = handlers
}

// reachable tells which instructions may run.
func (f *Func) reachable() []bool {
	reached := make([]bool, len(f.Code))
	todo := []int{0}
	visit := func(pc int) {
		if !reached[pc] {
			reached[pc] = true
			todo = append(todo, pc)
		}
	}
	if len(f.Code) == 0 {
		return reached
	}
	reached[0] = true
	taken := make([]bool, len(f.Handlers))
	for {
		for len(todo) > 0 {
			pc := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			f.Successors(pc, visit)
		}
		for k, h := range f.Handlers {
			for pc := h.From; pc < h.To && !taken[k]; pc++ {
				if reached[pc] {
					taken[k] = true
					visit(h.Target)
				}
			}
		}
		if len(todo) == 0 {
			return reached
		}
	}
}

// joins finds the instructions that several others lead to.
func (f *Func) joins() {
	into := make([]uint8, len(f.Code))
	count := func(pc int) {
		if into[pc] < 2 {
			into[pc]++
		}
	}
	for pc := range f.Code {
		f.Successors(pc, count)
		if f.Code[pc].Op == LoopHead {
			into[pc] = 2
		}
	}
	for _, h := range f.Handlers {
		into[h.Target] = 2
	}
	f.Joins = make([]bool, len(f.Code))
	for pc, n := range into {
		f.Joins[pc] = n >= 2
	}
}
