package platform

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Style is how a framework hands on the functions of the platform.
type Style uint8

// The styles.
const (
	// Usual: a promise, unless a callback is given.
	Usual Style = iota
	// Callbacks only: never a promise.
	Callbacks
	// Promised: always a promise.
	Promised
	// Promises only: always a promise, and the callbacks are dropped.
	Promises
	// Pairs: a promise unless a callback is given, which is fulfilled with a pair of the error and the result, one of them null or undefined.
	Pairs
)

// request is a task: a request that was made. It is comparable.
type request struct {
	row  *row
	site int
	asks Held
	// names are the scopes that an authorization asks for, as it names them.
	names string
	// unknown is why nobody knows which scopes it asks for; nil where that is known.
	unknown *value.Cause
	// pairs tells that its promise is fulfilled with a pair, told that who looks at the error there is told of the failure: nothing comes between.
	pairs, told bool
	// enables and disables are what a call of setEnable1v1Chat asks for.
	enables, disables bool
	// enabled tells that enabling had succeeded when it was to be switched off.
	enabled bool
	began   pending
}

// pending is what a task that begins knows of the requests that have failed: of what fails later it knows nothing, since it does not wait for it.
type pending struct {
	asks   [2]int
	enable int
	// all tells that nobody knows when it began: it may have waited for anything.
	all bool
}

func pendingIn(f Facts) pending {
	var out pending
	for n, r := range f.Asks {
		if r.Progress == Failed {
			out.asks[n] = r.Site
		}
	}
	if f.Enable.Progress == Failed {
		out.enable = f.Enable.Site
	}
	return out
}

// unaware are the facts of a path that goes on from the end of a task: what failed meanwhile it has not waited for, but for what the task itself was about.
func (b pending) unaware(f Facts, asks Held, enables bool) Facts {
	if b.all {
		return f
	}
	for n, sc := range scopes {
		if r := &f.Asks[n]; r.Progress == Failed && r.Site != b.asks[n] && asks&sc.held == 0 {
			r.Progress = Pending
		}
	}
	if r := &f.Enable; r.Progress == Failed && r.Site != b.enable && !enables {
		r.Progress = Pending
	}
	return f
}

// The values of a request's task.
const (
	reqSuccess = iota
	reqFail
	reqComplete
	reqPromise
	reqOptions
)

// call is a call of a function of wx.
func (p *Program) call(c *exec.Call, r *row, of host) exec.Result {
	if r.now != nil {
		return r.now(p, c)
	}
	if p.dry {
		return exec.Done(c.M.NewPromise(c.S))
	}
	options := c.Arg(0)
	var callbacks [3]value.Value
	for n, name := range []string{"success", "fail", "complete"} {
		if !options.IsObject() || of.style == Promises {
			break
		}
		v, ok := c.M.Get(c.S, options, value.Named(name))
		if !ok {
			return exec.Again()
		}
		if v = c.S.Resolve(v); v.Kind() == value.Choice {
			c.M.SplitOn(c.S, v)
			return exec.Again()
		}
		if v.Kind() == value.Object && c.M.IsFunction(c.S, v) || v.Kind() == value.Open && v.Term().Cause != nil {
			callbacks[n] = v
		}
	}
	req := request{row: r, pairs: of.style == Pairs, told: of.style == Pairs && p.through[of.name] == value.Undef}
	if r.asks != nil {
		if v := p.property(c.S, options, "scope"); v.Kind() == value.Choice {
			c.M.SplitOn(c.S, v)
			return exec.Again()
		}
		req.asks = r.asks(p, c.S, options)
		if v := p.property(c.S, options, "scope"); v.Kind() == value.Open {
			req.unknown = p.cause("", "scope", c.At)
		}
		req.names = namesAsked(p, c.S, options)
	}
	if r.name == "setEnable1v1Chat" {
		v := p.property(c.S, options, "enable")
		if v.Kind() == value.Choice {
			c.M.SplitOn(c.S, v)
			return exec.Again()
		}
		req.disables = v == value.False || v.Kind() == value.Open && c.S.Test(v.Term()).Truth == state.Falsy
		req.enables, req.enabled = !req.disables, c.S.Facts.(Facts).Held&Enabled != 0
	}
	req.began = pendingIn(c.S.Facts.(Facts))
	if r.report {
		req.site = p.reach(c, r.name, &req)
	}
	if r.first != nil {
		r.first(p, c, options)
	}
	if r.opens {
		p.open(c, options)
		p.listens(c.S, options)
	}
	out := value.Undef
	given := callbacks[0] != value.Undef || callbacks[1] != value.Undef || callbacks[2] != value.Undef
	if of.style == Promised || of.style == Promises || (of.style == Usual || of.style == Pairs) && !given {
		out = c.M.NewPromise(c.S)
	}
	if r.report {
		p.judgeCallbacks(c.S, p.Sites[req.site-1], callbacks[1], callbacks[2], out != value.Undef)
	}
	c.M.Begin(c.S, state.Task{Key: r.name, Ctx: c.M.Where(), Data: req, Values: []value.Value{callbacks[0], callbacks[1], callbacks[2], out, options}})
	if strings.HasPrefix(r.name, "connectSocket") || out == value.Undef && (r.name == "request" || strings.HasSuffix(r.name, "File")) {
		return exec.Done(p.input(c.M.Where(), r.name+" task", "object"))
	}
	return exec.Done(out)
}

// awaited reports whether anything waits for the outcome of a request.
func awaited(s *state.State, t *state.Task) bool {
	for _, v := range t.Values[:reqPromise] {
		if v != value.Undef {
			return true
		}
	}
	pr := t.Values[reqPromise]
	return pr.IsObject() && waitedFor(s, s.Obj(pr.ID()))
}

// waitedFor reports whether anything waits for a promise, or for one of those that it may be.
func waitedFor(s *state.State, o *value.Obj) bool {
	if o.Variants != nil {
		left := s.Left(o.Variants.Root)
		for n, v := range o.Variants.Objs {
			if left&(1<<n) != 0 && waitedFor(s, v) {
				return true
			}
		}
		return false
	}
	d, _ := o.Data.(*value.Promise)
	return d != nil && len(d.Reactions) > 0
}

// outcomes are the states after a request has ended, each in one manner.
func (p *Program) outcomes(s *state.State, n int) []*state.State {
	parts := p.machine.Apart(s, s.Tasks[n].Values[reqPromise].ID())
	if len(parts) == 1 {
		return p.ends(parts[0], n)
	}
	var out []*state.State
	for _, part := range parts {
		if awaited(part, &part.Tasks[n]) {
			out = append(out, p.ends(part, n)...)
		}
	}
	return out
}

func (p *Program) ends(s *state.State, n int) []*state.State {
	req := s.Tasks[n].Data.(request)
	ok := s.Fork()
	p.succeed(ok, n)
	if req.row.sure {
		return []*state.State{ok}
	}
	failed := s.Fork()
	p.fail(failed, n)
	return []*state.State{ok, failed}
}

func (p *Program) succeed(s *state.State, n int) {
	p.machine.Again(s, s.Tasks[n].Ctx, "success")
	t := s.Tasks[n]
	req := t.Data.(request)
	s.End(n)
	f := req.began.unaware(s.Facts.(Facts), req.asks, req.enables)
	f.Failing = 0
	f.Held |= req.asks | req.row.grants
	if req.unknown != nil {
		f = f.unsure(req.unknown)
	}
	p.Asked |= req.row.grants
	for i, sc := range scopes {
		if req.asks&sc.held != 0 && f.Asks[i].Site == req.site {
			f.Asks[i] = Request{}
		}
	}
	switch {
	case req.enables:
		f.Held |= Enabled
		f.Enable, f.Lost = Request{}, false
		p.Enables = true
	}
	s.Facts = f
	if req.site != 0 {
		p.note(s, Step{Kind: outcomeOf(req, true), Name: req.names, Site: req.site})
	}
	props := []value.Prop{{Key: value.Named("errMsg"), Value: value.Text(req.row.name + ":ok")}}
	if req.row.result != nil {
		props = append(props, req.row.result(p, s, t.Values[reqOptions])...)
	}
	p.settle(s, t, reqSuccess, p.answer(s, props))
}

func (p *Program) fail(s *state.State, n int) {
	p.machine.Again(s, s.Tasks[n].Ctx, "fail")
	t := s.Tasks[n]
	req := t.Data.(request)
	s.End(n)
	f := req.began.unaware(s.Facts.(Facts), req.asks, req.enables)
	for i, sc := range scopes {
		if req.asks&sc.held != 0 {
			f.Asks[i] = Request{Failed, req.site}
		}
	}
	switch {
	case req.enables:
		f.Enable = Request{Failed, req.site}
	case req.disables && f.Enable == Request{Disabled, req.site}:
		f.Enable = Request{} // it was not switched off
		if req.enabled {
			f.Held |= Enabled
		}
	}
	f.Failing = req.site
	s.Facts = f
	if req.site != 0 {
		p.note(s, Step{Kind: outcomeOf(req, false), Name: req.names, Site: req.site})
	}
	msg := value.OpenOf(p.table.Term(t.Ctx, value.Term{Op: "input", Name: "errMsg", Type: "string", Prefix: req.row.name + ":fail", Lacks: "ok"}))
	code := p.table.Term(t.Ctx, value.Term{Op: "input", Name: "errCode", Type: "number"})
	answer := p.answer(s, []value.Prop{{Key: value.Named("errMsg"), Value: msg}, {Key: value.Named("errCode"), Value: value.OpenOf(code)}})
	if req.site != 0 {
		s.Edit(answer.ID()).Data = failureOf{req.site, req.told}
	}
	p.settle(s, t, reqFail, answer)
}

// settle runs the callbacks of a request that has ended, and settles its promise after them.
func (p *Program) settle(s *state.State, t state.Task, callback int, result value.Value) {
	for _, n := range []int{callback, reqComplete} {
		if t.Values[n] != value.Undef {
			s.Enqueue(state.Job{Func: t.Values[n], Args: []value.Value{result}, Ctx: p.table.Enter(t.Ctx, value.At{Name: "callback", PC: n})})
		}
	}
	if !t.Values[reqPromise].IsObject() {
		return
	}
	req, failed := t.Data.(request), callback == reqFail
	switch {
	case req.pairs && failed:
		p.machine.Settle(s, t.Values[reqPromise], value.Fulfilled, p.machine.Array(s, []value.Value{result, value.Undef}))
		if req.site != 0 {
			p.seen(p.Sites[req.site-1]).Dropped = true // until something looks at the error
		}
	case req.pairs:
		p.machine.Settle(s, t.Values[reqPromise], value.Fulfilled, p.machine.Array(s, []value.Value{value.Nil, result}))
	case failed:
		p.machine.Settle(s, t.Values[reqPromise], value.Rejected, result)
	default:
		p.machine.Settle(s, t.Values[reqPromise], value.Fulfilled, result)
	}
}
