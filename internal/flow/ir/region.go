package ir

// Jumps out of statements: what a break, continue or return passes on its path.

// region is a statement, or a part of one, that a jump out of it must pass or that is the target of one.
type region struct {
	kind   regionKind
	labels []string
	// target is where a break or continue that means the region goes on, at depth environments.
	target label
	depth  int
	// loop is the number of the loop, loops how many loops are around the region.
	loop, loops int

	// Of regions with a handler: from is where the range that is open begins, ranges are those before it.
	from   int
	ranges [][2]int
	// passed is where a jump left the region, -1 if none does at the moment.
	passed int

	// A finally block: the registers of its completion, where it begins, and where breaks and continues through it go.
	completion, value Reg
	entry             label
	exits             []exit
	// iterator is that of a loop over it or a pattern; await tells that closing it waits.
	iterator Reg
	await    bool
}

type regionKind uint8

const (
	regionBreak    regionKind = iota // a loop or switch, or what has a label
	regionContinue                   // the body of a loop
	regionCatch
	regionFinally
	regionIterator
)

// exit is the target of a break or continue: the region with that index.
type exit struct {
	region int
}

// enterRegion begins a region.
func (c *code) enterRegion(r *region) *region {
	r.depth, r.loops, r.from, r.passed = c.depth, c.loops, c.pc(), -1
	c.control = append(c.control, r)
	return r
}

// endRegion ends the region entered last.
func (c *code) endRegion() *region {
	r := c.control[len(c.control)-1]
	c.control = c.control[:len(c.control)-1]
	if r.from < c.pc() {
		r.ranges = append(r.ranges, [2]int{r.from, c.pc()})
	}
	return r
}

// handle adds a handler for the ranges of a region.
func (c *code) handle(r *region, target label, value, completion Reg) {
	for _, at := range r.ranges {
		c.f.Handlers = append(c.f.Handlers, Handler{From: at[0], To: at[1], Target: target, Value: value, Kind: completion, Loops: r.loops})
	}
}

// leaveFunction returns r, or undefined.
func (c *code) leaveFunction(r Reg) { c.returnFrom(len(c.control), r) }

// returnFrom returns r through the regions below index top.
func (c *code) returnFrom(top int, r Reg) {
	last := -1
	for i := top - 1; i >= 0 && last < 0; i-- {
		if c.control[i].kind == regionFinally {
			last = i
		}
	}
	c.passing(top, func() {
		for i := top - 1; i > last; i-- {
			c.pass(c.control[i], last >= 0)
		}
		if last < 0 {
			c.returnValue(r)
			return
		}
		f := c.control[last]
		f.passed = c.pc()
		c.popTo(f.depth)
		c.constant(f.completion, 2.0)
		if r == None {
			c.constant(f.value, Undefined{})
		} else {
			c.move(f.value, r)
		}
		c.jump(f.entry)
	})
}

// returnValue returns from the function with nothing left to pass. The constructor of a derived class returns this for undefined.
func (c *code) returnValue(r Reg) {
	if !c.f.Derived {
		c.op(Return, None, r, None, None)
		return
	}
	if r != None {
		other := c.newLabel()
		c.jumpOn(JumpUndefined, r, other)
		c.op(Return, None, r, None, None)
		c.bind(other)
	}
	this := c.temp()
	c.load(c.info.this, this)
	c.op(Return, None, this, None, None)
	c.free(this)
}

// leaveTo jumps to a region with the index to, through the regions from it to below top.
func (c *code) leaveTo(top, to int) {
	c.passing(top, func() {
		for i := top - 1; i > to; i-- {
			if f := c.control[i]; f.kind == regionFinally {
				f.passed = c.pc()
				c.popTo(f.depth)
				c.constant(f.completion, float64(3+f.exit(to)))
				c.constant(f.value, Undefined{})
				c.jump(f.entry)
				return
			}
			c.pass(c.control[i], true)
		}
		c.popTo(c.control[to].depth)
		c.jump(c.control[to].target)
	})
}

// exit returns the number of the exit to a region.
func (r *region) exit(to int) int {
	for i, e := range r.exits {
		if e.region == to {
			return i
		}
	}
	r.exits = append(r.exits, exit{to})
	return len(r.exits) - 1
}

// pass does what leaving a region takes.
func (c *code) pass(r *region, stays bool) {
	r.passed = c.pc()
	switch r.kind {
	case regionBreak:
		if r.loop >= 0 && stays {
			c.op(LoopExit, None, None, None, None).N = r.loop
		}
	case regionIterator:
		c.closeIterator(r)
	}
}

// passing emits a jump. What it does after it has left a region does not stand in the region's range.
func (c *code) passing(top int, emit func()) {
	depth := c.depth
	emit()
	c.depth = depth
	for _, r := range c.control[:top] {
		if r.passed < 0 {
			continue
		}
		if c.throws(r.passed, c.pc(), None) {
			if r.from < r.passed {
				r.ranges = append(r.ranges, [2]int{r.from, r.passed})
			}
			r.from = c.pc()
		}
		r.passed = -1
	}
}

// popTo leaves the environments deeper than depth.
func (c *code) popTo(depth int) {
	for ; c.depth > depth; c.depth-- {
		c.op(PopEnv, None, None, None, None)
	}
}

// throws reports whether an instruction of the range may throw, or wait. That iterator does not count: it is not closed when it throws.
func (c *code) throws(from, to int, iterator Reg) bool {
	for i := from; i < to; i++ {
		switch c.f.Code[i].Op {
		case Nop, Const, Move, Arg, This, NewTarget, Callee, PushEnv, PopEnv, CopyEnv, SaveEnv, RestoreEnv, InitEnv, Uninit, NewObject, NewArray,
			Closure, Jump, JumpIf, JumpIfNot, JumpNullish, JumpUndefined, LoopEnter, LoopHead, LoopExit, Return:
		case IterNext:
			if c.f.Code[i].A != iterator {
				return true
			}
		default:
			return true
		}
	}
	return false
}
