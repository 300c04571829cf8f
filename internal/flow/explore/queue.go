package explore

import (
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// queue has the least advanced node first.
type queue []*node

func (q queue) Len() int { return len(q) }

func (q queue) Less(a, b int) bool {
	if order := compare(q[a].states[0], q[b].states[0]); order != 0 {
		return order < 0
	}
	return q[a].order < q[b].order
}

func (q queue) Swap(a, b int) { q[a], q[b] = q[b], q[a] }

func (q *queue) Push(x any) { *q = append(*q, x.(*node)) }

func (q *queue) Pop() any {
	old := *q
	n := old[len(old)-1]
	*q = old[:len(old)-1]
	return n
}

// compare orders states by how far they are: jobs and tasks that have run, then from the outermost frame inwards the turns of
// loops and the instruction. Of two that are in the same instruction the one that is in a call is behind.
func compare(a, b *state.State) int {
	if a.Clock != b.Clock {
		return a.Clock - b.Clock
	}
	for n := 0; n < len(a.Stack) && n < len(b.Stack); n++ {
		if order := compareFrames(a.Stack[n], b.Stack[n]); order != 0 {
			return order
		}
	}
	return len(b.Stack) - len(a.Stack)
}

func compareFrames(a, b *value.Frame) int {
	if a.Code != b.Code {
		return a.Ctx.ID() - b.Ctx.ID()
	}
	if a.Ctx != b.Ctx {
		loopsA, loopsB := loops(a.Ctx), loops(b.Ctx)
		for n := 0; n < len(loopsA) && n < len(loopsB); n++ {
			x, y := loopsA[n], loopsB[n]
			if x.At != y.At {
				break
			}
			if x.Turn != y.Turn {
				return turn(x) - turn(y)
			}
		}
	}
	return a.PC - b.PC
}

// loops are the turns of loops that a frame is in, the outermost first.
func loops(c *value.Ctx) []*value.Ctx {
	out := make([]*value.Ctx, c.Loops)
	for n := c.Loops - 1; n >= 0; n-- {
		out[n] = c
		c = c.Up
	}
	return out
}

func turn(c *value.Ctx) int {
	if c.Turn == value.Many {
		return 1 << 30
	}
	return c.Turn
}
