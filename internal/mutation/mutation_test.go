package mutation

// The programs are made, checked as a whole run does it, and judged.

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/checks"
	whole "github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/golden"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	sets "github.com/voipcheck/voipcheck/internal/trial"
)

var (
	update = flag.Bool("update", false, "write what README.md records anew")
	many   = flag.Int("many", 0, "make so many designs, break each in every way, and print what became of them")
	fails  = flag.String("fails", "", "a folder to write programs to that are not as wanted")
)

// steps are those at the console.
var steps = []checks.Step{checks.StepCategory, checks.StepInterface, checks.StepMinutes, checks.StepPrivacy}

// checked is the report on a project of which all steps at the console are confirmed but the one that is named.
func checked(files map[string]string, unconfirmed checks.Step) (*whole.Result, error) {
	config, err := json.Marshal(map[string]any{"confirmed": confirmations(unconfirmed)})
	if err != nil {
		return nil, err
	}
	files = maps.Clone(files)
	files["voipcheck.json"] = string(config)
	return whole.Run(whole.Options{Dir: "/work", Paths: []string{"."}, FS: miniprogram.MemFS(files), Now: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)})
}

// found lists what a report holds.
func found(r *whole.Result) []*checks.Finding {
	var out []*checks.Finding
	for _, f := range r.Findings {
		out = append(out, f.Finding)
	}
	return out
}

// transforms are what each build does to a file.
var transforms = map[string]api.TransformOptions{
	"es2017":   {Target: api.ES2017},
	"es2015":   {Target: api.ES2015},
	"commonjs": {Target: api.ES2020, Format: api.FormatCommonJS},
	"minified": {MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true},
}

// built is the project as a build tool leaves it.
func built(files map[string]string, build string) (map[string]string, error) {
	switch build {
	case "none":
		return files, nil
	case "bundled":
		return bundled(files)
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

// bundled is the project with what each script imports in the script itself.
func bundled(files map[string]string) (map[string]string, error) {
	out := map[string]string{}
	isScript := func(name string) bool { return path.Ext(name) == ".js" || path.Ext(name) == ".ts" }
	find := func(name string) string {
		for _, ext := range []string{"", ".js", ".ts"} {
			if _, ok := files[name+ext]; ok && isScript(name+ext) {
				return name + ext
			}
		}
		return ""
	}
	plugin := api.Plugin{Name: "files", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if name := find(path.Join(path.Dir(a.Importer), a.Path)); name != "" && a.Kind != api.ResolveEntryPoint {
				return api.OnResolveResult{Path: name, Namespace: "files"}, nil
			} else if name := find(a.Path); name != "" && a.Kind == api.ResolveEntryPoint {
				return api.OnResolveResult{Path: name, Namespace: "files"}, nil
			}
			return api.OnResolveResult{Path: a.Path, External: true}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "files"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text := files[a.Path]
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderTS}, nil
		})
	}}
	for name, text := range files {
		switch {
		case !isScript(name):
			out[name] = text
			continue
		case strings.HasPrefix(name, "utils/") || strings.HasPrefix(name, "behaviors/"):
			continue
		}
		result := api.Build(api.BuildOptions{EntryPoints: []string{name}, Bundle: true, Format: api.FormatCommonJS, Plugins: []api.Plugin{plugin}})
		if len(result.Errors) > 0 {
			return nil, fmt.Errorf("%s: %s", name, result.Errors[0].Text)
		}
		out[strings.TrimSuffix(name, path.Ext(name))+".js"] = string(result.OutputFiles[0].Contents)
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

// unprovenOf is what a refutation may fade to.
var unprovenOf = map[string]string{before: "authorize-unproven", after: "join-unproven"}

// told writes findings as a report would: their places, what they say, and what leads to them.
func told(found []*checks.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(finding(f) + " " + f.Message.EN + "\n")
		for _, n := range f.Trace {
			fmt.Fprintf(&b, "  %s %s\n", n.At.Text(), n.Message.EN)
		}
	}
	return b.String()
}

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
			var o verdict
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
	record  golden.Record
}

// trials are all programs of the designs: each as it is, and with each fault that applies. Faults that
// have little to do with the design are spread over the designs.
// The first broken designs are broken, the others only made.
func trials(ds []design, broken int, every bool) []trial {
	var out []trial
	flows, values := append(append(flowFaults(), togetherFaults()...), handlingFaults()...), append(valueFaults(), projectFaults()...)
	for i, d := range ds {
		out = append(out, trial{design: d.sound(), build: func() *program { return write(newPlan(d)) }})
		if i >= broken {
			continue
		}
		some := append([]fault{}, flows...)
		for j, f := range values {
			if every || (i+j)%8 == 0 {
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
			return result{}, fmt.Errorf("%+v, %s: %w\n%s", t.design, t.fault, err, archive(p.files))
		}
	}
	report, err := checked(files, p.unconfirmed)
	if err != nil {
		return result{}, fmt.Errorf("%+v, %s: %w", t.design, t.fault, err)
	}
	shown := t.design.unasked(found(report))
	exactPlaces := t.design.build == "none" && t.design.host != "bracket" && t.design.host != "promisified"
	return result{t, judge(p, exactPlaces, t.wants, shown), listed(shown), files, golden.Of(t.name(), report)}, nil
}

// name tells a program from all others, below the name of its fault.
func (t trial) name() string {
	fault := t.fault
	if fault == "" {
		fault = "no fault"
	}
	return fmt.Sprintf("%s/%+v", strings.ReplaceAll(fault, "/", " or "), t.design)
}

// unasked leaves out what is true of every program that tests the settings and asks for nothing.
func (d design) unasked(found []*checks.Finding) []*checks.Finding {
	if d.asking != "tested" {
		return found
	}
	return slices.DeleteFunc(found, func(f *checks.Finding) bool {
		return f.Rule.ID == "authorize-recovery" && f.Reason == "never-asked"
	})
}

// archive writes files one after the other.
func archive(files map[string]string) string {
	a := &txtar.Archive{}
	for name, text := range files {
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
	}
	sort.Slice(a.Files, func(i, j int) bool { return a.Files[i].Name < a.Files[j].Name })
	return string(txtar.Format(a))
}

// runAll tries all programs, on as many processors as there are.
func runAll(t *testing.T, ts []trial) []result {
	t.Helper()
	results := make([]result, len(ts))
	var group sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
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

// readme records the results. sampled are the designs that are broken, silent those that only have to be silent. Of all these
// programs a run that is not full tries one of someOf.
const (
	readme  = "README.md"
	sampled = 130
	silent  = 600
	someOf  = 6
)

// tried are the results that the tests share; all tells that they are of every program.
var tried struct {
	once    sync.Once
	trials  []trial
	results []result
	all     bool
}

// tryAll tries the programs once for all tests that look at them.
func tryAll(t *testing.T) (results []result, all bool) {
	t.Helper()
	tried.once.Do(func() {
		broken, correct := sampled, silent
		if *many > 0 {
			broken, correct = *many, *many
		}
		ts := trials(designs(correct), broken, *many > 0)
		tried.all = sets.Full() || *update || *many > 0 || golden.Dumping()
		if !tried.all {
			ts = slices.DeleteFunc(ts, func(t trial) bool { return !sets.Sampled(fmt.Sprintf("%+v %s", t.design, t.fault), someOf) })
		}
		tried.trials, tried.results = ts, runAll(t, ts)
	})
	if len(tried.results) == 0 {
		t.Fatal("the programs could not be tried in another test")
	}
	return tried.results, tried.all
}

// TestGolden holds what is found in the programs to what is recorded.
func TestGolden(t *testing.T) {
	results, all := tryAll(t)
	if *many > 0 {
		t.Skip("these are not the programs that are recorded")
	}
	var records []golden.Record
	seen := map[string]int{}
	for _, r := range results {
		if seen[r.record.Program]++; seen[r.record.Program] > 1 { // faults of one name
			r.record.Program += fmt.Sprintf(" #%d", seen[r.record.Program])
		}
		records = append(records, r.record)
	}
	golden.Compare(t, "golden.txt", golden.EachProgram, records, all, *update)
}

// TestMutations makes the programs, and compares what became of them with what README.md records.
func TestMutations(t *testing.T) {
	results, all := tryAll(t)
	ts := tried.trials
	if *fails != "" {
		writeFails(t, results)
	}
	switch {
	case *many > 0:
		hidden := hideAll(t, brokenOnes(ts, 1))
		neverVain(t, hidden)
		t.Log("\n" + table(results) + vainTable(hidden))
		return
	case t.Failed():
		t.Log("\n" + table(results))
		return
	case !all:
		asRecorded(t, results)
		return
	}
	got := preface + table(results) + vainTable(hideSome(t))
	if *update {
		if err := os.WriteFile(readme, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(text), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s is out of date; where it got better, go test ./internal/mutation -update (-recorded +now):\n%s", readme, diff)
	}
}

// asRecorded holds some of the programs to what README.md says of all: those that are not as wanted are listed there.
func asRecorded(t *testing.T, results []result) {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.verdict != exact && !strings.Contains(string(text), leftLine(r)) {
			t.Errorf("%+v\n%s: %s, want %+v, found:\n%s", r.design, r.fault, r.verdict, r.wants, r.found)
		}
	}
}

// TestProgramsAreMade holds the programs to what they are for: every style and every rule, always the same.
func TestProgramsAreMade(t *testing.T) {
	ds := designs(sampled)
	names := func() string {
		var b strings.Builder
		for _, r := range trials(designs(sampled), sampled, false) {
			fmt.Fprintf(&b, "%v %s\n", r.design, r.fault)
		}
		return b.String()
	}
	if diff := cmp.Diff(names(), names()); diff != "" {
		t.Errorf("other programs the second time: %s", diff)
	}
	seen := map[[2]string]bool{}
	for _, d := range ds {
		for _, s := range d.style() {
			seen[s] = true
		}
	}
	for _, s := range styleOrder() {
		if !seen[s] {
			t.Errorf("no program has %s: %s", s[0], s[1])
		}
	}
	rules := map[string]bool{}
	for _, r := range trials(ds, sampled, false) {
		for _, w := range r.wants {
			rules[w.rule] = true
		}
	}
	for _, rule := range checks.Rules() {
		if why := unmade[rule.ID]; (why == "") != rules[rule.ID] {
			t.Errorf("%s: made %v, and the reason for not making it is %q", rule.ID, rules[rule.ID], why)
		}
	}
}

// unmade are the rules that no fault is for, and why.
var unmade = map[string]string{
	"unused-suppression": "what is suppressed is left out of what the rules find, and its own tests are for that",
}

// writeFails writes each program that is not as wanted to a folder, for whoever looks for the cause.
func writeFails(t *testing.T, results []result) {
	for i, r := range results {
		if r.verdict == exact {
			continue
		}
		name := filepath.Join(*fails, fmt.Sprintf("%s %05d %s", r.verdict, i, strings.NewReplacer("/", "-", ":", "").Replace(r.fault)))
		text := fmt.Sprintf("%+v\n%s: want %+v\n%s\n%s", r.design, r.fault, r.wants, r.found, archive(r.files))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const preface = `# What the analysis finds in programs that are made

Written by ` + "`go test ./internal/mutation -update`" + `; do not edit. Call pages are composed of a few dimensions and broken in one way
each. **exact**: exactly the finding of that fault, with its reason and at its place, and no other. **found**: a finding of its rule,
whatever else. **silent**: of correct programs, no finding at all.

`
