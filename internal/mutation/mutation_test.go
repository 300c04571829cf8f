package mutation

import (
	"fmt"
	"os"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var confirmed = map[checks.Step]bool{
	checks.StepCategory: true, checks.StepInterface: true, checks.StepMinutes: true, checks.StepPrivacy: true,
}

// check returns what is found in a project.
func check(files map[string]string) ([]*checks.Finding, error) {
	projects, err := miniprogram.Discover(miniprogram.MemFS(files), []string{"."}, miniprogram.Options{})
	if err != nil {
		return nil, err
	}
	if len(projects) != 1 {
		return nil, fmt.Errorf("%d projects", len(projects))
	}
	return checks.Run(&checks.Pass{Project: projects[0], Flow: flow.Analyze(projects[0], flow.Options{}), Confirmed: confirmed}), nil
}

// builds are the options of each build.
var transforms = map[string]api.TransformOptions{
	"es2017":   {Target: api.ES2017},
	"es2015":   {Target: api.ES2015},
	"commonjs": {Target: api.ES2020, Format: api.FormatCommonJS},
	"minified": {MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true},
}

// built is the project as a build tool leaves it.
func built(files map[string]string, build string) (map[string]string, error) {
	if build == "none" {
		return files, nil
	}
	out := map[string]string{}
	for name, text := range files {
		ext := path.Ext(name)
		if ext != ".js" && ext != ".ts" {
			out[name] = text
			continue
		}
		options := transforms[build]
		options.Loader = api.LoaderTS
		result := api.Transform(text, options)
		if len(result.Errors) > 0 {
			return nil, fmt.Errorf("%s:%d: %s", name, result.Errors[0].Location.Line, result.Errors[0].Text)
		}
		out[strings.TrimSuffix(name, ext)+".js"] = string(result.Code)
	}
	return out, nil
}

// verdict is what became of one program.
type verdict int

const (
	exact verdict = iota // exactly what was wanted
	wrongReason
	wrongPlace
	faded // unproven instead of refuted
	missed
	extra // what was wanted, and more
	alarm // of a correct program: something
)

func (o verdict) String() string {
	return [...]string{"exact", "another reason", "another place", "unproven", "missed", "more than the one", "false alarm"}[o]
}

// unproven is what a refutation may fade to.
var unprovenOf = map[string]string{before: "authorize-unproven", after: "join-unproven"}

func listed(found []*checks.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(finding(f) + "\n")
	}
	return b.String()
}

func finding(f *checks.Finding) string {
	rule := f.Rule.ID
	if f.Reason != "" {
		rule += "/" + f.Reason
	}
	if f.At.File == nil {
		return rule
	}
	return fmt.Sprintf("%s:%d:%d %s", f.At.File.Path, f.At.From().Line, f.At.From().Column, rule)
}

// judge compares what was found with what was wanted.
func judge(p *program, exactPlaces bool, wants []want, found []*checks.Finding) verdict {
	if len(wants) == 0 {
		if len(found) > 0 {
			return alarm
		}
		return exact
	}
	left := append([]*checks.Finding{}, found...)
	worst := exact
	note := func(o verdict) { worst = max(worst, o) }
	for _, w := range wants {
		best, at := missed, -1
		for i, f := range left {
			o := missed
			switch {
			case f.Rule.ID == unprovenOf[w.rule]:
				o = faded
			case f.Rule.ID != w.rule:
				continue
			case w.mark != "" && exactPlaces && (f.At.File == nil || p.marks[w.mark] != place{f.At.File.Path, f.At.Start}):
				o = wrongPlace
			case !reasoned(w, f.Reason):
				o = wrongReason
			default:
				o = exact
			}
			if o < best {
				best, at = o, i
			}
		}
		note(best)
		if at >= 0 {
			left = append(left[:at], left[at+1:]...)
		}
	}
	if len(left) > 0 && worst == exact {
		return extra
	}
	return worst
}

func reasoned(w want, reason string) bool {
	if w.reasons == nil {
		return reason == ""
	}
	for _, r := range w.reasons {
		if r == reason {
			return true
		}
	}
	return false
}

// trial is one program and what is wanted of it.
type trial struct {
	design design
	fault  string
	wants  []want
	build  func() *program
}

// result is what became of a trial.
type result struct {
	trial
	verdict verdict
	found   string
	files   map[string]string
}

func allFaults() []fault {
	return append(append(append(flowFaults(), handlingFaults()...), valueFaults()...), projectFaults()...)
}

// trials are all programs of the designs: each as it is, and with each fault that applies. Faults that
// have little to do with the design are spread over the designs.
func trials(ds []design, full bool) []trial {
	var out []trial
	flows, values := append(flowFaults(), handlingFaults()...), append(valueFaults(), projectFaults()...)
	for i, d := range ds {
		out = append(out, trial{design: d.sound(), build: func() *program { return write(newPlan(d)) }})
		some := append([]fault{}, flows...)
		for j, f := range values {
			if full || (i+j)%8 == 0 {
				some = append(some, f)
			}
		}
		for _, f := range some {
			p := newPlan(d)
			wants := f.apply(p)
			if wants == nil {
				continue
			}
			out = append(out, trial{design: d.sound(), fault: f.name, wants: wants, build: func() *program { return write(p) }})
		}
	}
	return out
}

// run tries one program.
func run(t trial) (result, error) {
	p := t.build()
	files, err := built(p.files, t.design.build)
	if err != nil {
		if len(t.wants) == 1 && t.wants[0].rule == "parse-error" {
			files = p.files // no build tool takes it either
		} else {
			return result{}, fmt.Errorf("%+v, %s: %w\n%s", t.design, t.fault, err, text1(p.files))
		}
	}
	found, err := check(files)
	if err != nil {
		return result{}, fmt.Errorf("%+v, %s: %w", t.design, t.fault, err)
	}
	exactPlaces := t.design.build == "none" && t.design.host != "bracket" && t.design.host != "promisified"
	return result{t, judge(p, exactPlaces, t.wants, found), listed(found), files}, nil
}

func text1(files map[string]string) string {
	var b strings.Builder
	for name, text := range files {
		fmt.Fprintf(&b, "-- %s --\n%s", name, text)
	}
	return b.String()
}

// runAll tries all programs, on as many processors as there are.
func runAll(t *testing.T, ts []trial) []result {
	t.Helper()
	results := make([]result, len(ts))
	var group sync.WaitGroup
	slots := make(chan bool, 4)
	for i := range ts {
		group.Add(1)
		slots <- true
		go func() {
			defer func() { <-slots; group.Done() }()
			r, err := run(ts[i])
			if err != nil {
				t.Error(err)
			}
			results[i] = r
		}()
	}
	group.Wait()
	return results
}

func TestMutations(t *testing.T) {
	results := runAll(t, trials(designs(150), false))
	count := map[verdict]int{}
	var b strings.Builder
	for _, r := range results {
		count[r.verdict]++
		if r.verdict != exact {
			fmt.Fprintf(&b, "==== %s | %s | %+v | want %+v\n%s", r.verdict, r.fault, r.design, r.wants, r.found)
		}
	}
	t.Log(len(results), count)
	if name := os.Getenv("MUT_OUT"); name != "" {
		os.RemoveAll(name + ".d")
		os.MkdirAll(name+".d", 0o755)
		for i, r := range results {
			if r.verdict != exact {
				os.WriteFile(fmt.Sprintf("%s.d/%s %05d %s", name, r.verdict, i, strings.ReplaceAll(r.fault, "/", "-")), fmt.Appendf(nil, "%+v\nwant %+v\n%s%s", r.design, r.wants, r.found, text1(r.files)), 0o644)
			}
		}
		os.WriteFile(name, []byte(b.String()), 0o644)
	}
}
