package checks

// One defect, one finding: what rules declare, chains, rules that are off, and the order of rules.

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

func TestAsidesNameRulesAndReasons(t *testing.T) {
	for _, r := range Rules() {
		for _, a := range r.Aside {
			other := Lookup(a.Rule)
			if other == nil {
				t.Errorf("%s stands aside for %q, which is no rule", r.ID, a.Rule)
				continue
			}
			for _, id := range a.Reasons {
				if !slices.ContainsFunc(other.Reasons, func(r Reason) bool { return r.ID == id }) {
					t.Errorf("%s stands aside for %s/%s, which does not exist", r.ID, a.Rule, id)
				}
			}
			for _, id := range a.Own {
				if !slices.ContainsFunc(r.Reasons, func(r Reason) bool { return r.ID == id }) {
					t.Errorf("%s has no reason %q to stand aside with", r.ID, id)
				}
			}
		}
	}
}

// TestAsidesEnd: two findings that stood aside for each other would both be lost.
func TestAsidesEnd(t *testing.T) {
	const doing, done = 1, 2
	state := map[string]int{}
	var visit func(rule string, chain []string)
	visit = func(rule string, chain []string) {
		chain = append(chain, rule)
		if state[rule] == doing {
			t.Errorf("a circle of asides: %v", chain)
		}
		if state[rule] != 0 {
			return
		}
		state[rule] = doing
		for _, a := range Lookup(rule).Aside {
			// Of one rule, the call inside stands aside for the one around it.
			if a.Rule != rule || a.Where != SameCaller {
				visit(a.Rule, chain)
			}
		}
		state[rule] = done
	}
	for _, r := range Rules() {
		visit(r.ID, nil)
	}
}

// TestChains follows findings of made-up rules: c stands aside for b, and b for a.
func TestChains(t *testing.T) {
	for _, c := range []struct {
		found, off string
		moot       bool
		want       string
	}{
		{found: "a b c", want: "a"},
		{found: "b c", want: "b"},
		{found: "a c", want: "a c"}, // c is not the same defect as a, only as some b that is
		{found: "c", want: "c"},
		{found: "a b c", off: "a", want: "a b"}, // what is off is dropped from the report later
		{found: "a b c", off: "b", want: "a"},
		{found: "b c", off: "b", want: "b c"},
		{found: "a b c", off: "a b", want: "a b c"},
		{found: "a b c", off: "a b", moot: true, want: "a"},
	} {
		a := &Rule{ID: "a"}
		b := &Rule{ID: "b", Aside: []Aside{{Rule: "a", Moot: c.moot}}}
		last := &Rule{ID: "c", Aside: []Aside{{Rule: "b", Moot: c.moot}}}
		rules := map[byte]*Rule{'a': a, 'b': b, 'c': last}
		p := &Pass{Off: func(rule string) bool { return slices.Contains([]byte(c.off), rule[0]) }}
		for _, letter := range []byte(c.found) {
			if letter != ' ' {
				p.Found = append(p.Found, &Finding{Rule: rules[letter]})
			}
		}
		for range 6 {
			rand.Shuffle(len(p.Found), func(i, j int) { p.Found[i], p.Found[j] = p.Found[j], p.Found[i] })
			var got []byte
			for _, f := range p.oneEach(p.Found) {
				got = append(got, f.Rule.ID[0])
			}
			slices.Sort(got)
			if want := slices.DeleteFunc([]byte(c.want), func(b byte) bool { return b == ' ' }); !slices.Equal(got, want) {
				t.Errorf("of %s with %q off (moot %v) %s is left, want %s", c.found, c.off, c.moot, got, c.want)
			}
		}
	}
}

// TestSaidAgain: what is left of a finding is said as if it were all, and others see it as it was.
func TestSaidAgain(t *testing.T) {
	s, record, _, enable, _ := soundScene(t)
	record.Scopes[0].Name = "scope.recrod"
	enable.Before = refuted(flow.NeverAsked, "record", "camera")
	s.wants("authorize-scope/unknown", "authorize-before-enable/scope-missing")
	for _, f := range s.pass.Found {
		if f.Rule == authorizeBeforeEnable && f.Message != lang.F(unauthorized[flow.ScopeMissing].message, "scope.camera", enable.API) {
			t.Errorf("says %q", f.Message.EN)
		}
	}
}

func TestRulesThatAreOff(t *testing.T) {
	for name, c := range map[string]struct {
		off    string
		change func(s *scene, enable, join *flow.Call)
		want   []string
	}{
		"a handler that does not exist is a call that nothing runs": {"handler-exists", func(s *scene, enable, join *flow.Call) {
			s.page.Template = template(s)
			enable.Reached, join.Reached = false, false
		}, []string{"handler-exists", "call-reachable", "call-reachable"}},
		"a join is not enabled whoever says that enabling is called wrongly": {"enable-options", func(s *scene, enable, join *flow.Call) {
			enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"))}
			join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-options/missing", "join-after-enable/never-enabled"}},
		"a swallowed refusal is one that nobody handles": {"authorize-before-enable", func(s *scene, enable, join *flow.Call) {
			s.pass.Flow.Calls[0].Failure = flow.Unhandled
			enable.Before = refuted(flow.RefusalContinues, "record")
			enable.RefusalFrom = s.pass.Flow.Calls[:1]
		}, []string{"authorize-before-enable/refusal-continues", "authorize-fail-handled"}},
		"what cannot be parsed is not known to be missing": {"parse-error", func(s *scene, enable, join *flow.Call) {
			s.pass.Flow.Calls = s.pass.Flow.Calls[:2]
			brokenFile(s, miniprogram.NameEnable|miniprogram.NameJoin|miniprogram.NameOpenSetting)
		}, []string{"parse-error"}},
		"without the feature there is nothing that permissions serve": {"enable-called", func(s *scene, enable, join *flow.Call) {
			s.pass.Flow.Calls, s.pass.Project.Config.Permissions = nil, nil
		}, []string{"enable-called/unused", "join-called"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, _, enable, join := soundScene(t)
			c.change(s, enable, join)
			s.pass.Off = func(rule string) bool { return rule == c.off }
			s.wants(c.want...)
		})
	}
}

// TestOrderOfRulesMakesNoDifference shuffles the rules over scenes with several defects at once; the fixtures do the same
// with whole programs.
func TestOrderOfRulesMakesNoDifference(t *testing.T) {
	s, record, camera, enable, join := soundScene(t)
	record.Scopes[0].Name, camera.Failure = "scope.recrod", flow.Unhandled
	enable.Before = refuted(flow.RefusalContinues, "record", "camera")
	enable.RefusalFrom = []*flow.Call{camera}
	enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"))}
	join.Before = refuted(flow.NeverEnabled)
	s.page.Template, s.pass.Project.Config.Permissions = template(s), nil
	want := fmt.Sprint(s.run())
	for seed := range int64(200) {
		rules := Rules()
		rand.New(rand.NewSource(seed)).Shuffle(len(rules), func(i, j int) { rules[i], rules[j] = rules[j], rules[i] })
		var got []string
		for _, f := range RunInOrder(s.pass, rules) {
			id := f.Rule.ID
			if f.Reason != "" {
				id += "/" + f.Reason
			}
			got = append(got, id)
		}
		if fmt.Sprint(got) != want {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
	}
}
