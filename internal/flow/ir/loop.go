package ir

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Loops, labels, and the jumps that mean them.

// labeled lowers a statement with its labels.
func (c *code) labeled(s *script.Labeled) {
	labels := []string{s.Label}
	body := s.Body
	for {
		l, ok := body.(*script.Labeled)
		if !ok {
			break
		}
		labels = append(labels, l.Label)
		body = l.Body
	}
	switch b := body.(type) {
	case *script.For, *script.ForIn, *script.While, *script.DoWhile:
		c.loop(b, labels)
		return
	case *script.Switch:
		c.switchStmt(b, labels)
		return
	}
	end := c.newLabel()
	c.enterRegion(&region{kind: regionBreak, labels: labels, target: end, loop: -1})
	c.stmt(body)
	c.endRegion()
	c.bind(end)
}

func (c *code) breakStmt(s *script.Break) { c.leaveToLabel(regionBreak, s.Label) }

func (c *code) continueStmt(s *script.Continue) { c.leaveToLabel(regionContinue, s.Label) }

func (c *code) leaveToLabel(kind regionKind, label string) {
	for i := len(c.control) - 1; i >= 0; i-- {
		if r := c.control[i]; r.kind == kind && slices.Contains(r.labels, label) {
			c.leaveTo(len(c.control), i)
			return
		}
	}
}

// turns is a loop that is being lowered.
type turns struct {
	number           int
	head, next, exit label
	labels           []string
}

// loop lowers a loop that has the labels.
func (c *code) loop(s script.Stmt, labels []string) {
	t := &turns{labels: append([]string{""}, labels...)}
	switch s := s.(type) {
	case *script.For:
		c.forLoop(s, t)
	case *script.ForIn:
		c.forIn(s, t)
	case *script.While:
		c.enterLoop(t)
		c.retries(t, s.Test)
		c.jumpUnless(s.Test, t.exit)
		c.turn(t, func() { c.branch(s.Body) })
		c.node = s
		c.leaveLoop(t)
	case *script.DoWhile:
		c.enterLoop(t)
		c.retries(t, s.Test)
		c.turn(t, func() { c.branch(s.Body) })
		c.jumpUnless(s.Test, t.exit)
		c.node = s
		c.leaveLoop(t)
	}
}

// retries notes of a loop whether its test counts something: compares sizes, changes a variable, takes something out of a list. What is waited for in
// it is a result, and no count.
func (c *code) retries(t *turns, test script.Expr) {
	counts := false
	if test != nil {
		script.Walk(test, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Await, *script.Func:
				return false
			case *script.Binary:
				counts = counts || n.Op[0] == '<' || n.Op[0] == '>'
			case *script.Member:
				counts = counts || n.Name == "length" || n.Name == "size"
			case *script.Update, *script.Assign, *script.Call:
				counts = true
			}
			return !counts
		})
	}
	if counts {
		return
	}
	if c.m.Retries == nil {
		c.m.Retries = map[int]bool{}
	}
	c.m.Retries[t.number] = true
}

// enterLoop begins a loop: what follows is done at each turn.
func (c *code) enterLoop(t *turns) {
	t.number = c.m.Loops
	c.m.Loops++
	t.head, t.next, t.exit = c.newLabel(), c.newLabel(), c.newLabel()
	c.op(LoopEnter, None, None, None, None).N = t.number
	c.bind(t.head)
	c.op(LoopHead, None, None, None, None).N = t.number
	c.enterRegion(&region{kind: regionBreak, labels: t.labels, target: t.exit, loop: t.number})
	c.loops++
}

// turn lowers the body of a loop, to whose end continue jumps.
func (c *code) turn(t *turns, body func()) {
	c.enterRegion(&region{kind: regionContinue, labels: t.labels, target: t.next, loop: -1})
	body()
	c.endRegion()
	c.bind(t.next)
}

// leaveLoop ends a loop: back to its head, and its exit.
func (c *code) leaveLoop(t *turns) {
	c.jump(t.head)
	c.endRegion()
	c.loops--
	c.bind(t.exit)
	c.op(LoopExit, None, None, None, None).N = t.number
}

func (c *code) forLoop(n *script.For, t *turns) {
	s := c.b.scopes[part{n, partSelf}]
	c.enterLoopScope(s, true)
	copies := s != nil && len(s.slots) > 0
	made := len(c.m.Funcs)
	if n.Init != nil {
		c.stmt(n.Init)
	}
	c.node = n
	if copies && len(c.m.Funcs) > made {
		c.op(CopyEnv, None, None, None, None)
	}
	c.enterLoop(t)
	if n.Post == nil {
		c.retries(t, n.Test)
	}
	if n.Test != nil {
		c.jumpUnless(n.Test, t.exit)
	}
	c.turn(t, func() { c.branch(n.Body) })
	c.node = n
	if copies {
		c.op(CopyEnv, None, None, None, None)
	}
	if n.Post != nil {
		c.effect(n.Post)
	}
	c.node = n
	c.leaveLoop(t)
	c.leaveScope(s)
}

// forIn lowers for-in and for-of. A jump out of the body of for-of closes the iterator.
func (c *code) forIn(n *script.ForIn, t *turns) {
	it := c.temp()
	head := c.b.scopes[part{n, partHead}]
	c.enterScope(head)
	x := c.expr(n.X)
	c.node = n
	c.leaveScope(head)
	i := c.op(ForIn, it, x, None, None)
	if n.Of {
		i.Op = Iter
		if n.Await {
			i.N = 1
		}
	}
	c.enterLoop(t)
	value := c.temp()
	if n.Await {
		result := c.temp()
		c.op(IterCall, result, it, None, None)
		c.op(Await, result, result, None, None)
		c.op(IterResult, value, result, None, None).N = t.exit
		c.free(result)
	} else {
		c.op(IterNext, value, it, None, None).N = t.exit
	}
	body := func() {
		s := c.b.scopes[part{n, partSelf}]
		c.enterScope(s)
		how := binds
		if n.Decl == "" || n.Decl == "var" {
			how = assigns
		}
		c.bindValue(n.Target, value, how)
		c.branch(n.Body)
		c.node = n
		c.leaveScope(s)
	}
	if !n.Of {
		c.turn(t, body)
	} else {
		c.iterating(it, n.Await, func() { c.turn(t, body) })
	}
	c.leaveLoop(t)
}
