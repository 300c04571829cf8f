package verdict

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Judged is what one view says of its call.
type Judged struct {
	View   platform.View
	Reason flow.Reason
	// Missing are the grants that are.
	Missing platform.Held
	// Cause is why it is unproven, nil for a refutation.
	Cause *value.Cause
	// From are the sites of the requests whose failure leads on to the call.
	From []int
}

// rank orders the reasons: of several paths that go wrong, the one that says most is shown.
var rank = map[flow.Reason]int{
	flow.RefusalContinues: 0, flow.FailureContinues: 0, flow.NotAwaited: 1, flow.AskedAfter: 2, flow.Disabled: 2, flow.ScopeMissing: 3,
	flow.NeverAsked: 4, flow.NeverEnabled: 4, flow.OtherPath: 5,
}

// Views judges all views of a site: those that go wrong or are unproven, the one that says most first; proved tells that some view is
// right.
func Views(p *platform.Program, s *platform.Site) (wrong []Judged, proved bool) {
	for _, v := range s.Views {
		if v.Disables || v.Facts.Held&platform.DevTools != 0 {
			continue
		}
		j, ok := judge(p, s, v)
		if ok {
			proved = true
			continue
		}
		wrong = append(wrong, j)
	}
	slices.SortStableFunc(wrong, func(a, b Judged) int {
		if (a.Cause == nil) != (b.Cause == nil) {
			if a.Cause == nil {
				return -1
			}
			return 1
		}
		if rank[a.Reason] != rank[b.Reason] {
			return rank[a.Reason] - rank[b.Reason]
		}
		if a.Missing != b.Missing {
			if a.Reason == flow.NotAwaited && (a.Missing == platform.Both || b.Missing == platform.Both) {
				a, b = b, a // nothing of it has been answered
			}
			return missing(a.Missing) - missing(b.Missing)
		}
		return failing(a) - failing(b)
	})
	return wrong, proved
}

// missing orders what is missing: a path that goes right for longest says most.
func missing(h platform.Held) int {
	return map[platform.Held]int{platform.Camera: 1, platform.Record: 2, platform.Both: 3}[h]
}

// failing puts paths first that come from a failure just then.
func failing(j Judged) int {
	if j.View.Facts.Failing != 0 {
		return 0
	}
	return 1
}

func judge(p *platform.Program, s *platform.Site, v platform.View) (j Judged, ok bool) {
	f := v.Facts
	j = Judged{View: v}
	if s.API == "join1v1Chat" {
		if f.Held&platform.Enabled != 0 {
			return j, true
		}
		switch {
		case f.Enable.Progress == platform.Disabled || f.Lost:
			j.Reason = flow.Disabled
		case f.Enable.Progress == platform.Failed:
			j.Reason, j.From = flow.FailureContinues, []int{f.Enable.Site}
		case f.Enable.Progress == platform.Pending, s.After&platform.Enabled != 0:
			j.Reason = flow.NotAwaited
		default:
			j.Reason = flow.NeverEnabled
		}
		if c := f.Maybe; c != nil && c.Kind != platform.Stored && // what the storage tells of enabling ended with the run that wrote it
			(c.Kind != platform.Handed || p.Enables) &&
			(c.Kind != platform.Opened || f.Enable.Progress == platform.NotTried && elsewhere(p, v, enables)) {
			j.Cause = c
		}
		return j, false
	}
	j.Missing = platform.Both &^ f.Held
	if j.Missing == 0 {
		return j, true
	}
	if open := mayHold(p, v, j.Missing); open == j.Missing {
		j.Cause = f.Maybe
	} else {
		j.Missing &^= open // the rest is missing whatever was not followed
	}
	first := 0
	if j.Missing&platform.Record == 0 {
		first = 1
	}
	for n, held := range []platform.Held{platform.Record, platform.Camera} {
		if r := f.Asks[n]; j.Missing&held != 0 && r.Progress == platform.Failed {
			j.From = append(j.From, r.Site)
		}
	}
	scope := []platform.Held{platform.Record, platform.Camera}[first]
	switch r := f.Asks[first]; {
	case r.Progress == platform.Failed:
		j.Reason = flow.RefusalContinues
	case r.Progress == platform.Pending:
		j.Reason = flow.NotAwaited
	case s.After&scope != 0:
		j.Reason = flow.AskedAfter
	case (p.Asked|p.Written)&scope == 0 && f.Asked&^scope != 0:
		j.Reason = flow.ScopeMissing
	case (p.Asked|p.Written)&scope == 0:
		j.Reason = flow.NeverAsked
	default:
		j.Reason = flow.OtherPath
	}
	return j, false
}

// mayHold are the scopes, of those that are missing in a view, that may be granted all the same, since something was not followed.
func mayHold(p *platform.Program, v platform.View, missing platform.Held) (out platform.Held) {
	c := v.Facts.Maybe
	if c == nil {
		return 0
	}
	for n, scope := range []platform.Held{platform.Record, platform.Camera} {
		if missing&scope == 0 ||
			c.Kind == platform.Handed && p.Asked&scope == 0 ||
			c.Kind == platform.Opened && (v.Facts.Asks[n].Progress != platform.NotTried || !elsewhere(p, v, asks(scope))) {
			continue
		}
		out |= scope
	}
	return out
}

// enables and asks tell of a site whether it may establish what is missing.
func enables(s *platform.Site) bool { return s.API == string(flow.SetEnable) && s.Enables() }

// asks is for a scope.
func asks(scope platform.Held) func(*platform.Site) bool {
	return func(s *platform.Site) bool { return s.API == string(flow.Authorize) && s.Asks()&scope != 0 }
}

// elsewhere reports whether another page or the app may establish what is missing: what opens a page that is entered without it may matter then.
func elsewhere(p *platform.Program, v platform.View, may func(*platform.Site) bool) bool {
	for _, other := range p.Sites {
		if !may(other) {
			continue
		}
		for _, w := range other.Views {
			if p.UnitOf(w.Entry) != p.UnitOf(v.Entry) {
				return true
			}
		}
	}
	return false
}

// confirmSteps bound how much is followed to confirm the refutations of a call.
const confirmSteps = 200_000

// showSteps bound how much is followed to show how a call is come by that is unproven.
const showSteps = 20_000

// before is the verdict on the facts that a call needs, with the calls whose failure leads on to it.
func (j *Judge) before(s *platform.Site) (flow.Verdict, []*flow.Call) {
	p, x := j.Program, j.Explorer
	all, proved := Views(p, s)
	wrong := all
	if x.Mode != explore.Never {
		wrong = confirmed(p, x, s, wrong)
	}
	if len(wrong) == 0 {
		switch {
		case x.Store.Met != "":
			// Something was not followed to its end: what was found right may be wrong there.
			name, at := j.metAt(s.Name)
			return flow.Verdict{Outcome: flow.Unproven, Bound: x.Store.Met, Unfollowed: name, At: at}, nil
		case proved:
			return flow.Verdict{Outcome: flow.Proved}, nil
		}
		return flow.Verdict{}, nil
	}
	first := wrong[0]
	if first.Cause != nil && first.Cause.Bound == "" && x.Mode != explore.Never {
		// It is unproven whichever path leads there, but one that was followed alone says more.
		if t, _ := p.Confirm(x, s, first.View, 0, showSteps); t != nil {
			first.View.Trail = t
		}
	}
	v := flow.Verdict{Outcome: flow.Refuted, Reason: first.Reason, Missing: names(shownMissing(first)), Witness: j.witness(first)}
	v.Unshown = !slices.ContainsFunc(wrong, func(w Judged) bool { return w.Cause == nil && !p.Unshown(w.View.Entry) })
	if first.Cause != nil {
		v.Unshown = false
		v.Outcome, v.Reason = flow.Unproven, ""
		v.Unfollowed, v.At, v.Bound, v.Broken = first.Cause.Name, first.Cause.At, first.Cause.Bound, first.Cause.Broken
		v.Stored = first.Cause.Kind == platform.Stored
		return v, nil
	}
	return v, j.failing(s, first, all)
}

// failing are the calls whose failure leads on to a call, in order: on the path that is shown, and on others that go wrong like it.
func (j *Judge) failing(s *platform.Site, shown Judged, wrong []Judged) []*flow.Call {
	if r := shown.Reason; r != flow.RefusalContinues && r != flow.FailureContinues {
		return nil
	}
	var out []*flow.Call
	more := func(w Judged) bool {
		return slices.ContainsFunc(w.From, func(n int) bool { return j.calls[n] != nil && !slices.Contains(out, j.calls[n]) })
	}
	add := func(w Judged) {
		for _, n := range w.From {
			if c := j.calls[n]; c != nil && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	add(shown)
	for _, w := range wrong {
		if w.Cause != nil || w.Reason != shown.Reason || !more(w) {
			continue
		}
		if j.Explorer.Mode != explore.Never {
			if t, _ := j.Program.Confirm(j.Explorer, s, w.View, 0, showSteps); t == nil {
				continue
			}
		}
		add(w)
	}
	slices.SortFunc(out, func(a, b *flow.Call) int {
		if a.Name.Before(b.Name) {
			return -1
		}
		return 1
	})
	return out
}

// confirmed are the views with the refutations that stand, the first that does being enough. Those that cannot be had on a path alone are dropped; where
// that could not be told, they are unproven.
func confirmed(p *platform.Program, x *explore.Explorer, s *platform.Site, wrong []Judged) []Judged {
	var out []Judged
	began := x.Replayed
	for _, j := range wrong {
		if j.Cause != nil {
			out = append(out, j)
			continue
		}
		after := platform.Held(0)
		switch {
		case j.Reason == flow.AskedAfter:
			after = j.Missing & s.After
		case j.Reason == flow.NotAwaited && s.API == string(flow.Join) && j.View.Facts.Enable.Progress == platform.NotTried:
			after = platform.Enabled
		}
		t, exhausted := p.Confirm(x, s, j.View, after, max(0, confirmSteps+began-x.Replayed))
		if t == nil && after != 0 {
			// What is asked for later is so on other ways to the call.
			if j.Reason = flow.OtherPath; s.API == string(flow.Join) {
				j.Reason = flow.NeverEnabled
			}
			t, exhausted = p.Confirm(x, s, j.View, 0, max(0, confirmSteps+began-x.Replayed))
		}
		switch {
		case t != nil:
			j.View.Trail = t
			return append([]Judged{j}, out...)
		case !exhausted:
			j.Cause = &value.Cause{Bound: "refinement", Name: p.MethodOf(j.View.Entry), At: s.Name}
			out = append(out, j)
		}
	}
	return out
}

func names(h platform.Held) []string {
	var out []string
	if h&platform.Record != 0 {
		out = append(out, "record")
	}
	if h&platform.Camera != 0 {
		out = append(out, "camera")
	}
	return out
}

// DevTools is the verdict on whether an enabling also runs in DevTools.
func DevTools(p *platform.Program, s *platform.Site) flow.Verdict {
	guarded, only, open := false, false, false
	var cause *value.Cause
	for _, v := range s.Views {
		switch {
		case v.Disables:
		case v.Facts.Held&platform.Device != 0:
			guarded = true
		case v.Facts.Held&platform.DevTools != 0:
			only = true
		case v.Facts.Maybe == nil || v.Facts.Maybe.Kind == platform.Stored: // what is stored says nothing of where it runs
			open = true
		case !p.TellsDevice && (v.Facts.Maybe.Kind == platform.Opened || v.Facts.Maybe.Kind == platform.Handed):
			open = true // nothing that could have been tested before tells where it runs
		default:
			cause = v.Facts.Maybe
		}
	}
	switch {
	case open || only && guarded:
		return flow.Verdict{Outcome: flow.Refuted, Reason: flow.Unguarded}
	case cause != nil:
		return flow.Verdict{Outcome: flow.Unproven, Unfollowed: cause.Name, At: cause.At}
	case only:
		return flow.Verdict{Outcome: flow.Refuted, Reason: flow.Inverted}
	case guarded:
		return flow.Verdict{Outcome: flow.Proved}
	}
	return flow.Verdict{}
}

// devTools is the verdict on DevTools, with a path that shows it.
func (j *Judge) devTools(s *platform.Site) flow.Verdict {
	out := DevTools(j.Program, s)
	if out.Outcome != flow.Refuted {
		return out
	}
	for _, v := range s.Views {
		simulated := v.Facts.Held&platform.DevTools != 0
		if v.Disables || v.Facts.Held&platform.Device != 0 || out.Reason == flow.Inverted && !simulated {
			continue
		}
		if j.Explorer.Mode != explore.Never {
			if t, _ := j.Program.Confirm(j.Explorer, s, v, 0, showSteps); t != nil {
				v.Trail = t
			}
		}
		out.Witness = j.witness(Judged{View: v})
		return out
	}
	return out
}
