package value

// Ctx is where in an execution something happens: the calls that lead there and the turns of the loops on the way. Contexts are made
// by a [Table] and compared as pointers.
type Ctx struct {
	// Up is the context around: of the call, or of the loop's turn before it was entered. nil for the root of an entry point.
	Up *Ctx
	// At says what leads here from there: a call's number, a loop's, an entry point's.
	At At
	// Turn is the turn of a loop from 1; Many tells that it may be any.
	Turn int
	// Depth counts the contexts above. Loops counts the innermost ones that are turns of loops of the same frame.
	Depth, Loops int
	// Again is the innermost context above that was entered at the same place, nil where there is none; Times counts them.
	Again *Ctx
	Times int

	id int
}

// Many is the turn of a loop whose turns are not counted.
const Many = -1

// At is a step from one context into another: instruction PC of function Func of module Module, or something named.
type At struct {
	Module, Func, PC int
	Name             string
}

type ctxKey struct {
	up   *Ctx
	at   At
	turn int
	loop bool
}

// Enter is the context of what is called at a place.
func (t *Table) Enter(up *Ctx, at At) *Ctx { return t.ctx(up, at, 0, false) }

// Recur is the context of what is called at a place that it has come by again and again: it stands for all further times.
func (t *Table) Recur(up *Ctx, at At) *Ctx { return t.ctx(up, at, Many, false) }

// Loop is the context of a turn of a loop that is entered at up.
func (t *Table) Loop(up *Ctx, at At, turn int) *Ctx { return t.ctx(up, at, turn, true) }

func (t *Table) ctx(up *Ctx, at At, turn int, loop bool) *Ctx {
	key := ctxKey{up, at, turn, loop}
	if c := t.ctxs[key]; c != nil {
		return c
	}
	c := &Ctx{Up: up, At: at, Turn: turn, id: len(t.ctxs) + 1}
	if up != nil {
		c.Depth = up.Depth + 1
		if loop {
			c.Loops = up.Loops + 1
		}
	} else if loop {
		c.Loops = 1
	}
	for a := up; a != nil && !loop; a = a.Up {
		if a.At == at {
			c.Again, c.Times = a, a.Times+1
			break
		}
	}
	t.ctxs[key] = c
	return c
}

// ID numbers contexts in the order in which they were made.
func (c *Ctx) ID() int {
	if c == nil {
		return 0
	}
	return c.id
}

// Ctxs counts the contexts, which are numbered from 1.
func (t *Table) Ctxs() int { return len(t.ctxs) }

// Frame is the context of the frame that c is in a loop of.
func (c *Ctx) Frame() *Ctx {
	for n := c.Loops; n > 0; n-- {
		c = c.Up
	}
	return c
}

// Root is the outermost context that c is in.
func (c *Ctx) Root() *Ctx {
	for c != nil && c.Up != nil {
		c = c.Up
	}
	return c
}

// IsMany reports whether the same place may be come by again in this context.
func (c *Ctx) IsMany() bool {
	for ; c != nil; c = c.Up {
		if c.Turn == Many {
			return true
		}
	}
	return false
}

// allocation is where an object is made: the nth at a place in a context.
type allocation struct {
	ctx *Ctx
	at  At
	n   int
}

// Allocate names the nth object that is made at a place.
func (t *Table) Allocate(ctx *Ctx, at At, n int) ID {
	key := allocation{ctx, at, n}
	if id, ok := t.ids[key]; ok {
		return id
	}
	id := ID(len(t.made))
	t.made = append(t.made, key)
	t.ids[key] = id
	where := allocation{ctx: ctx, at: at}
	t.places[where] = append(t.places[where], id)
	for c := ctx; c != nil; c = c.Up {
		if c.Turn == Many {
			t.under[c] = append(t.under[c], id)
		}
	}
	return id
}

// Allocated are the objects that were named at a place in a context, in any state.
func (t *Table) Allocated(ctx *Ctx, at At) []ID { return t.places[allocation{ctx: ctx, at: at}] }

// MadeUnder are the objects that were named in a turn of a loop whose turns are not counted, in any state.
func (t *Table) MadeUnder(ctx *Ctx) []ID { return t.under[ctx] }

const older = "older"

// Older names the object for which an earlier one stands that was made at the same place in the same context.
func (t *Table) Older(id ID) ID {
	made := t.made[id]
	if made.at.Name == older {
		return id
	}
	made.at.Name = older
	return t.Allocate(made.ctx, made.at, made.n)
}

// OlderTerm is what an open value of an earlier turn is called.
func (t *Table) OlderTerm(x *Term) *Term {
	if x.Op == older {
		return x
	}
	return t.Term(x.ctx, Term{Op: older, Name: x.Name, At: x.At, Parent: x, Cause: x.Cause, Type: x.Type, Prefix: x.Prefix, Lacks: x.Lacks})
}

// Within reports whether a context is another, or under it.
func (c *Ctx) Within(up *Ctx) bool {
	for ; c != nil && c.Depth >= up.Depth; c = c.Up {
		if c == up {
			return true
		}
	}
	return false
}

// MadeIn is the context in which an object was made.
func (t *Table) MadeIn(id ID) *Ctx { return t.made[id].ctx }

// MadeAt is the instruction that made an object; false of one that none did.
func (t *Table) MadeAt(id ID) (At, bool) {
	at := t.made[id].at
	return at, at.Func > 0 || at.PC > 0 || at.Module > 0
}
