package flow

// Functions that the user vouches for: their success implies grants, or that enabling succeeded, whatever their code looks like.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Function names a function of the project.
type Function struct {
	File string // as source.File.Name has it
	Func string
}

// vouched returns what the user vouches that a function's success implies.
func (a *analysis) vouched(c *closure) (f facts) {
	if c.isNamed(a.options.Grants) {
		f |= factBoth
	}
	if c.isNamed(a.options.Enables) {
		f |= factEnabled
	}
	return f
}

func (c *closure) isNamed(list []Function) bool {
	if len(list) == 0 || c.name == "" {
		return false
	}
	file := c.prog.script.File.Name
	for _, g := range list {
		if g.Func == c.name && (g.File == file || strings.HasSuffix(file, "/"+g.File)) {
			return true
		}
	}
	return false
}

// succeeded makes a path know what somebody vouches for.
func (m *machine) vouch(f facts) {
	m.a.grantable |= f & factBoth
	m.ctx.facts |= f
	if f&factEnabled != 0 {
		m.ctx.enabledAt = m.event()
	}
}

// vouchedFor makes the success of a function that the user vouches for establish f: what it returns, and what it calls back.
func (m *machine) vouchedFor(out value, c *closure, args []value, f facts) value {
	m.vouchCallbacks(c, args, f)
	out = m.known(out)
	if out.kind == kSymbol {
		// Nothing is known of what it returns; that it is waited for is what the user vouches for.
		p, v := m.newPromise()
		ctx := m.ctx
		m.later(func() {
			m.task(ctx, func() {
				m.vouch(f)
				m.settle(p, fulfilled, m.unknown(nil))
			})
		})
		return v
	}
	if out = m.promised(out); !out.isPromise() {
		if out.kind == kBool && len(c.node.Body) > 0 {
			// Its result tells: a true one is the success.
			r := &root{n: 2, facts: []facts{f, 0}, name: c.name, at: c.prog.span(c.node)}
			return m.oneOf(r, []value{yes, no}, nil)
		}
		m.vouch(f)
		return out
	}
	p, derived := m.newPromise()
	m.when(out.obj.promise, func(q *promise) {
		if q.state == fulfilled {
			m.vouch(f)
		}
		m.settle(p, q.state, q.val)
		p.failOf = q.failOf
	})
	// Where nothing that was followed settles it, something else does.
	p.outside, p.vouched = &unfollowed{name: c.name, at: c.prog.span(c.node)}, f
	return derived
}

// vouchCallbacks runs the functions for success that the function was given, where its code does nothing with them.
func (m *machine) vouchCallbacks(c *closure, args []value, f facts) {
	mentioned := map[string]bool{}
	for _, s := range c.node.Body {
		for name := range c.prog.names(s) {
			mentioned[name] = true
		}
	}
	if c.node.Result != nil || mentioned["arguments"] {
		return
	}
	for i, param := range c.node.Params {
		used := false
		for _, name := range names(param) {
			used = used || mentioned[name]
		}
		if _, rest := param.(*script.Spread); used || rest || i >= len(args) {
			continue
		}
		done := m.known(args[i])
		if done.kind == kObject && !done.isFunction() {
			done = m.callback(done, "success")
		}
		if !done.isFunction() {
			continue
		}
		ctx := m.ctx
		m.later(func() {
			m.task(ctx, func() {
				m.vouch(f)
				m.call(done, undefined, []value{m.unknown(nil)}, nil)
			})
		})
		return // the first is for success
	}
}
