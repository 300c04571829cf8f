package check

// The pictures of a report: for every call of the feature the path that leads to it.

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// maxEntries is how many entry points a picture shows.
const maxEntries = 4

// maxPictures is how many calls of a project are drawn: nobody looks at more, and bundled code may have thousands.
const maxPictures = 100

// pictures are those of a project's calls, in order of place, and how many calls are not drawn. Calls that go
// wrong come before sound ones when there are too many.
func pictures(p *project, findings []report.Finding) (out []report.Picture, omitted int) {
	if p.spared {
		return nil, 0
	}
	var calls []*flow.Call
	wrong := 0
	for _, c := range p.flow.Calls {
		if !c.Plugin && (c.API == flow.Join || c.API == flow.SetEnable && !c.OnlyDisables) {
			calls = append(calls, c)
			if !provedCall(c) {
				wrong++
			}
		}
	}
	sound := max(0, maxPictures-wrong)
	for _, c := range calls {
		if provedCall(c) {
			if sound--; sound < 0 {
				omitted++
				continue
			}
		} else if len(out) == maxPictures {
			omitted++
			continue
		}
		d := &drawing{calls: p.flow.Calls, call: c}
		d.draw()
		d.Project, d.API, d.At = report.ValidPath(p.Root), string(c.API), c.Name
		d.Finding = aboutCall(c, findings)
		out = append(out, d.Picture)
	}
	return out, omitted
}

func provedCall(c *flow.Call) bool { return c.Reached && c.Before.Outcome == flow.Proved }

// aboutCall is the finding that says of a call what its picture shows.
func aboutCall(c *flow.Call, findings []report.Finding) string {
	for i := range findings {
		f := &findings[i]
		switch f.Rule.ID {
		case "authorize-before-enable", "authorize-unproven", "join-after-enable", "join-unproven", "call-reachable":
			if f.At == c.Name {
				return f.Fingerprint
			}
		}
	}
	return ""
}

// drawing is a picture in the making, top to bottom.
type drawing struct {
	report.Picture
	calls []*flow.Call
	call  *flow.Call
	// last is the node that the next one follows, -1 before the first.
	last, row int
}

func (d *drawing) draw() {
	d.last = -1
	switch {
	case !d.call.Reached:
		d.Verdict = report.PictureUnreached
		if d.call.Cut {
			d.Verdict = report.PictureUnknown
		}
		d.below(report.PictureNode{Message: lang.T("nothing was found that runs this code", "没有找到会执行这段代码的地方"), Absent: true, Wrong: true}, false)
		d.target(false)
	case d.call.Before.NothingLeads:
		d.Verdict = report.PictureUnreached
		d.below(report.PictureNode{Message: lang.T("no path that was followed reaches this call", "跟踪到的路径都走不到这里"), Absent: true, Wrong: true}, false)
		d.target(false)
	case d.call.Before.Outcome == flow.Refuted:
		d.Verdict = report.PictureWrong
		d.witness()
	case d.call.Before.Outcome == flow.Unproven:
		d.Verdict = report.PictureUnknown
		d.witness()
	default:
		d.Verdict = report.PictureSound
		d.sound()
	}
	d.onward()
}

// add puts a node into the picture and returns its index.
func (d *drawing) add(n report.PictureNode) int {
	d.Nodes = append(d.Nodes, n)
	return len(d.Nodes) - 1
}

func (d *drawing) join(from, to int, lit bool) {
	d.Edges = append(d.Edges, report.PictureEdge{From: from, To: to, Lit: lit})
}

// below adds a node under the last one of the first column.
func (d *drawing) below(n report.PictureNode, lit bool) int {
	n.Row = d.row
	d.row++
	at := d.add(n)
	if d.last >= 0 {
		d.join(d.last, at, lit)
	}
	d.last = at
	return at
}

// beside adds a node in the second column, on the row of another.
func (d *drawing) beside(of int, n report.PictureNode) int {
	n.Column, n.Row = 1, d.Nodes[of].Row
	return d.add(n)
}

// target adds the call itself.
func (d *drawing) target(wrong bool) int {
	return d.below(report.PictureNode{
		Message: checks.Describe(flow.Step{Kind: kinds[d.call.API].called}), At: d.call.Name, Lit: d.call.Reached, Wrong: wrong,
	}, !wrong && d.Verdict == report.PictureSound)
}

// kinds are for each call the steps that lead to it: what has to be asked, and what has to come of it.
var kinds = map[flow.API]struct{ called, ask, outcome flow.StepKind }{
	flow.SetEnable: {flow.StepEnable, flow.StepAsk, flow.StepGranted},
	flow.Join:      {flow.StepJoin, flow.StepEnable, flow.StepEnabled},
}

// witness draws the path that a verdict shows, beside the one that there should be.
func (d *drawing) witness() {
	k := kinds[d.call.API]
	steps := d.call.Before.Witness
	if n := len(steps); n > 0 && steps[n-1].Kind == k.called && steps[n-1].At == d.call.Name {
		steps = steps[:n-1]
	}
	fork, asked := len(steps), false
	for i, s := range steps {
		if s.Kind == k.ask {
			fork, asked = i+1, true
		}
	}
	if asked && fork < len(steps) && steps[fork].Kind == k.outcome && len(d.call.Before.Missing) == 1 {
		fork, asked = len(steps), false // what was asked for last was granted; something else never was
	}
	if unfollowed, lacks := d.unfollowed(steps); lacks {
		steps = append(slices.Clone(steps), unfollowed)
	}
	for _, s := range steps[:fork] {
		d.below(report.PictureNode{Message: checks.Describe(s), At: s.At, Lit: true}, true)
	}
	from, way := d.last, d.last
	lacking := !asked && d.Verdict == report.PictureWrong
	if lacking {
		d.below(report.PictureNode{Message: lang.F(lang.T("missing on this path: %s", "这条路径上缺少：%s"), d.asking()), Absent: true}, false)
	}
	d.below(report.PictureNode{Message: d.outcome(), Absent: true}, false)
	row := d.row - 1
	if lacking {
		row--
	}
	wrong := wrongStep(steps[fork:])
	for i, s := range steps[fork:] {
		at := d.add(report.PictureNode{Message: checks.Describe(s), At: s.At, Column: 1, Row: row + i, Lit: true, Wrong: i == wrong})
		if way >= 0 {
			d.join(way, at, true)
		}
		way = at
	}
	d.row = max(d.row, row+len(steps)-fork)
	to := d.target(wrong < 0)
	if way >= 0 {
		d.Edges = append(d.Edges, report.PictureEdge{From: way, To: to, Lit: true, PassesBy: way == from})
	}
}

// unfollowed is the step that leads to where nothing could be followed, and whether the steps lack it.
func (d *drawing) unfollowed(steps []flow.Step) (flow.Step, bool) {
	v := &d.call.Before
	for _, s := range steps {
		if s.Kind == flow.StepUnfollowed {
			return s, false
		}
	}
	return flow.Step{Kind: flow.StepUnfollowed, Name: v.Unfollowed, At: v.At}, d.Verdict == report.PictureUnknown && !v.At.IsZero() && v.At != d.call.Name
}

// asking and outcome say what should have happened.
func (d *drawing) asking() lang.Text {
	if d.call.API == flow.Join {
		return checks.Describe(flow.Step{Kind: flow.StepEnable})
	}
	return checks.Describe(flow.Step{Kind: flow.StepAsk, Name: d.missing()})
}

func (d *drawing) outcome() lang.Text {
	k := kinds[d.call.API]
	if d.call.API == flow.Join {
		return checks.Describe(flow.Step{Kind: k.outcome})
	}
	return checks.Describe(flow.Step{Kind: k.outcome, Name: d.missing()})
}

func (d *drawing) missing() string {
	if len(d.call.Before.Missing) == 0 {
		return "record, camera"
	}
	return strings.Join(d.call.Before.Missing, ", ")
}

// wrongStep is the step after which nothing should have gone on, or -1.
func wrongStep(steps []flow.Step) int {
	for _, kinds := range [][]flow.StepKind{
		{flow.StepCaught, flow.StepNotWaited, flow.StepDisabled, flow.StepUnfollowed}, {flow.StepTruthy, flow.StepFalsy}, {flow.StepRefused, flow.StepFailed},
	} {
		for i, s := range steps {
			for _, k := range kinds {
				if s.Kind == k {
					return i
				}
			}
		}
	}
	return -1
}

// sound draws a call that happens only after what it needs: all that leads to it.
func (d *drawing) sound() {
	entries := d.entries()
	var first []int
	for i, e := range entries {
		n := report.PictureNode{Message: checks.Describe(e), At: e.At, Lit: true}
		if i > 0 {
			n.Column, n.Row = 1, i-1
		}
		first = append(first, d.add(n))
		d.row = n.Row + 1
	}
	needs := d.needs()
	if len(needs) == 0 {
		d.follow(first, report.PictureNode{Message: d.outcome(), Lit: true})
		first = nil
	}
	for _, c := range needs {
		k := kinds[d.call.API]
		name := scopesOf(c)
		d.follow(first, report.PictureNode{Message: checks.Describe(flow.Step{Kind: k.ask, Name: name}), At: c.Name, Lit: true})
		first = nil
		ask := d.last
		refused := flow.StepRefused
		if d.call.API == flow.Join {
			refused, name = flow.StepFailed, ""
		}
		done := d.below(report.PictureNode{Message: checks.Describe(flow.Step{Kind: k.outcome, Name: name}), Lit: true}, true)
		said := lang.F(lang.T("%s: the path ends before the call", "%s：走不到这次调用"), checks.Describe(flow.Step{Kind: refused, Name: name}))
		d.join(ask, d.beside(done, report.PictureNode{Message: said}), false)
	}
	d.target(false)
}

// follow adds a node under all of several first ones, or the last one.
func (d *drawing) follow(first []int, n report.PictureNode) {
	if len(first) == 0 {
		d.below(n, true)
		return
	}
	d.last = -1
	at := d.below(n, true)
	for i, f := range first {
		d.Edges = append(d.Edges, report.PictureEdge{From: f, To: at, Lit: true, PassesBy: i > 0})
	}
}

// entries are the entry points from which the call, or what it needs, runs.
func (d *drawing) entries() []flow.Step {
	runs := d.call.Runs
	if d.call.API == flow.Join {
		for _, c := range d.needs() {
			runs = append(runs, c.Runs...)
		}
	}
	var out []flow.Step
	seen := map[source.Span]bool{}
	for _, r := range runs {
		if d.call.API == flow.Join && !r.Joins || seen[r.Entry.At] || len(out) == maxEntries {
			continue
		}
		seen[r.Entry.At] = true
		out = append(out, r.Entry)
	}
	return out
}

// needs are the calls of the same page or file that have to succeed before; of several that ask for the same, the
// first. Without any the grant comes from elsewhere: a test, or a page before.
func (d *drawing) needs() []*flow.Call {
	var out []*flow.Call
	seen := map[string]bool{}
	for _, c := range d.calls {
		name := scopesOf(c)
		fits := c.API == flow.Authorize && name != ""
		if d.call.API == flow.Join {
			fits = c.API == flow.SetEnable && !c.OnlyDisables
		}
		if fits && !c.Plugin && c.Reached && checks.Together(c, d.call) && !seen[name] {
			seen[name] = true
			out = append(out, c)
		}
	}
	return out
}

// scopesOf are the scopes of the feature that an authorization asks for.
func scopesOf(c *flow.Call) string {
	var names []string
	for _, s := range c.Scopes {
		if s.Name == "scope.record" || s.Name == "scope.camera" {
			names = append(names, s.Name)
		}
	}
	return strings.Join(names, ", ")
}

// onward adds the join that an enabling leads to.
func (d *drawing) onward() {
	if d.call.API != flow.SetEnable {
		return
	}
	for _, c := range d.calls {
		if c.API == flow.Join && !c.Plugin && c.Reached && checks.Together(c, d.call) {
			d.below(report.PictureNode{Message: checks.Describe(flow.Step{Kind: flow.StepEnabled})}, false)
			d.below(report.PictureNode{Message: checks.Describe(flow.Step{Kind: flow.StepJoin}), At: c.Name}, false)
			return
		}
	}
}
