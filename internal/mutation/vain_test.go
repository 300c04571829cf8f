package mutation

// Never ready in vain: each broken program once more, with what would show its fault taken away: what runs it, its rule, its file, the
// work that finds it. The step concerned must not pass, and nobody be told that the program is ready as such.

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	whole "github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	sets "github.com/voipcheck/voipcheck/internal/trial"
)

// settings are a voipcheck.json.
type settings map[string]any

// hiding is a way to take away what would show a fault. It changes the program and its configuration, and reports whether there was
// something to take away; what is left may show the fault all the same.
type hiding struct {
	name string
	hide func(t *trialOf, files map[string]string, s settings) bool
}

// trialOf is a broken program as it was built.
type trialOf struct {
	trial
	program *program
}

var boundEvent = regexp.MustCompile(`(?s) (?:bindtap=|@click=|onClick=)(?:"[^"]*"|\{[^}]*\})`)

// hidings are all of them.
func hidings() []hiding {
	return []hiding{
		{"as it is", func(*trialOf, map[string]string, settings) bool { return true }},
		{"its handler unbound", func(_ *trialOf, files map[string]string, _ settings) bool {
			return rewritten(files, func(name, text string) string { return boundEvent.ReplaceAllString(text, "") })
		}},
		{"its handler misspelt", func(t *trialOf, files map[string]string, _ settings) bool {
			return rewritten(files, func(name, text string) string {
				if !slices.Contains([]string{".wxml", ".vue"}, path.Ext(name)) {
					return text
				}
				return boundEvent.ReplaceAllStringFunc(text, func(event string) string { return strings.TrimSuffix(event, `"`) + `X"` })
			})
		}},
		{"its rule off", func(t *trialOf, _ map[string]string, s settings) bool {
			off := map[string]string{}
			for _, w := range t.wants {
				off[w.rule] = "off"
			}
			s["rules"] = off
			return true
		}},
		{"its file ignored", func(t *trialOf, files map[string]string, s settings) bool {
			var names []string
			for _, w := range t.wants {
				if file := t.builtFile(w.mark, files); file != "" {
					names = append(names, file)
				}
			}
			s["ignore"] = names
			return len(names) > 0
		}},
		{"a thousandth of the work", func(_ *trialOf, _ map[string]string, s settings) bool {
			s["limits"] = map[string]float64{"work": 0.001}
			return true
		}},
		{"behind a loop without end", func(t *trialOf, files map[string]string, _ settings) bool {
			return rewritten(files, func(name, text string) string {
				if !strings.Contains(name, "pages/") || !slices.Contains([]string{".js", ".ts"}, path.Ext(name)) {
					return text
				}
				return text + "\nfor (let turns = 0; ; turns++) wx.setStorageSync('turns', turns)\n"
			})
		}},
	}
}

// rewritten changes the texts of files, and reports whether it made a difference.
func rewritten(files map[string]string, change func(name, text string) string) bool {
	some := false
	for name, text := range files {
		files[name] = change(name, text)
		some = some || files[name] != text
	}
	return some
}

// builtFile is the file that a mark stands in after the build; "" where that is not known.
func (t *trialOf) builtFile(mark string, files map[string]string) string {
	at, ok := t.program.marks[mark]
	if !ok {
		return ""
	}
	for _, name := range []string{at.file, strings.TrimSuffix(at.file, path.Ext(at.file)) + ".js"} {
		if _, there := files[name]; there {
			return name
		}
	}
	return ""
}

// vainTrial is a broken program with something hidden, and what is wrong with its report: nothing, but for faults of this project.
type vainTrial struct {
	hiding  string
	hidden  bool
	passes  []checks.Step // the steps concerned that pass
	isReady bool          // as such
	text    string
}

// hide tries a broken program with something hidden.
func hide(t trial, h hiding) (vainTrial, error) {
	p := t.build()
	files, err := built(p.files, t.design.build)
	if err != nil {
		files = p.files
	}
	files = maps.Clone(files)
	s := settings{"confirmed": confirmations(p.unconfirmed)}
	out := vainTrial{hiding: h.name}
	if out.hidden = h.hide(&trialOf{t, p}, files, s); !out.hidden {
		return out, nil
	}
	text, err := json.Marshal(s)
	if err != nil {
		return out, err
	}
	files["voipcheck.json"] = string(text)
	r, err := whole.Run(whole.Options{Dir: "/work", Paths: []string{"."}, FS: miniprogram.MemFS(files), Now: time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		return out, fmt.Errorf("%+v, %s, %s: %w", t.design, t.fault, h.name, err)
	}
	for _, step := range concerned(t.wants) {
		for _, s := range r.Checklist {
			if s.Step == step && s.Status == report.Pass {
				out.passes = append(out.passes, step)
			}
		}
	}
	out.isReady = asSuch(r.Report)
	out.text = fmt.Sprintf("%+v, %s, %s: %s\n%s", t.design, t.fault, h.name, report.Verdict(r.Report, lang.EN), archive(files))
	return out, nil
}

// confirmations confirm every step at the console but one.
func confirmations(but checks.Step) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, step := range steps {
		if step != but {
			out[string(step)] = map[string]string{"by": "Li", "on": "2026-01-01"}
		}
	}
	return out
}

// concerned are the steps that a fault is about. Notes spoil no step.
func concerned(wants []want) []checks.Step {
	var out []checks.Step
	for _, w := range wants {
		if rule := checks.Lookup(w.rule); rule.Severity > checks.Info && rule.ID != "parse-error" && !slices.Contains(out, rule.Step) {
			out = append(out, rule.Step)
		}
	}
	return out
}

// asSuch tells that a report calls a program ready, and finds nothing to tell beside.
func asSuch(r *report.Report) bool {
	return r.Ready && r.Summary == report.Summary{} && len(r.Weakened) == 0 &&
		!slices.ContainsFunc(r.Checklist, func(s report.Step) bool { return s.Status != report.Pass && s.Status != report.Confirmed })
}

// vainly is how many of the broken programs are tried with something hidden: one of so many.
const vainly = 12

// hideAll tries broken programs with each thing hidden, on as many processors as there are.
func hideAll(t *testing.T, ts []trial) []vainTrial {
	t.Helper()
	hidings := hidings()
	results := make([]vainTrial, len(ts)*len(hidings))
	var group sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	for i := range results {
		slots <- true
		group.Go(func() {
			defer func() { <-slots }()
			var err error
			if results[i], err = hide(ts[i/len(hidings)], hidings[i%len(hidings)]); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	return results
}

// brokenOnes are the programs with a fault: one of so many, by their names alone.
func brokenOnes(ts []trial, of int) []trial {
	i := 0
	return slices.DeleteFunc(slices.Clone(ts), func(t trial) bool {
		if t.wants == nil {
			return true
		}
		i++
		return i%of != 0
	})
}

// hidden are the results that the tests share.
var hidden struct {
	once    sync.Once
	results []vainTrial
}

// hideSome tries some broken programs with each thing hidden, once for all tests that look at them: one of vainly, and of these again
// one of someOf unless all are wanted.
func hideSome(t *testing.T) []vainTrial {
	t.Helper()
	hidden.once.Do(func() {
		ts := brokenOnes(trials(designs(sampled), sampled, false), vainly)
		if !*update {
			ts = slices.DeleteFunc(ts, func(one trial) bool { return !sets.Sampled(fmt.Sprintf("%+v %s", one.design, one.fault), someOf) })
		}
		hidden.results = hideAll(t, ts)
	})
	if len(hidden.results) == 0 {
		t.Fatal("the programs could not be tried in another test")
	}
	return hidden.results
}

// TestNeverVainlyReady tries some broken programs with what would show the fault taken away.
func TestNeverVainlyReady(t *testing.T) {
	results := hideSome(t)
	for _, h := range hidings() {
		if !slices.ContainsFunc(results, func(r vainTrial) bool { return r.hidden && r.hiding == h.name }) {
			t.Errorf("nothing was tried with %s", h.name)
		}
	}
	neverVain(t, results)
}

// neverVain complains of steps that pass in vain.
func neverVain(t *testing.T, results []vainTrial) {
	t.Helper()
	for _, r := range results {
		if len(r.passes) > 0 || r.isReady {
			t.Errorf("passes %v, ready %v: %s", r.passes, r.isReady, r.text)
		}
	}
}

// vainTable writes what became of broken programs with something hidden.
func vainTable(results []vainTrial) string {
	var b strings.Builder
	b.WriteString("\n## Never ready in vain\n\n" +
		"Broken programs once more, checked whole, with what would show the fault taken away.\n\n" +
		"| | programs | the step concerned passes | ready as such |\n|---|---:|---:|---:|\n")
	for _, h := range hidings() {
		tried, passes, ready := 0, 0, 0
		for _, r := range results {
			if r.hiding != h.name || !r.hidden {
				continue
			}
			tried++
			if len(r.passes) > 0 {
				passes++
			}
			if r.isReady {
				ready++
			}
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d |\n", h.name, tried, passes, ready)
	}
	return b.String()
}
