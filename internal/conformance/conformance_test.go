package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/trial"
)

var (
	update = flag.Bool("update", false, "write README.md anew, and take from "+wrongFile+" what is right by now")
	accept = flag.Bool("accept", false, "with -update, add to "+wrongFile+" what is wrong: for new cases only")
	show   = flag.Bool("show", false, "try all cases, and print what became of each that is not right (with -v)")
)

const (
	wrongFile  = "testdata/wrong.txt"
	readmeFile = "README.md"
)

func unquote(s string) (text string, err error) {
	err = json.Unmarshal([]byte(s), &text)
	return text, err
}

// tried is a case with what became of it.
type tried struct {
	topic string
	*testCase
	outcome
}

// key is how the list of known wrong ones names a case.
func (c tried) key() string {
	return fmt.Sprintf("%s: %s%s %s", c.topic, strings.ReplaceAll(c.code, "\n", " ⏎ "), arrow, c.answer)
}

// listing is what the list says of a case: what is wrong of it.
func (c tried) listing() string {
	var what []string
	for _, j := range []judgement{c.value, c.branch} {
		if j.wrong() && !slices.Contains(what, j.String()) {
			what = append(what, j.String())
		}
	}
	return strings.Join(what, ", ") + ": " + c.key()
}

// whole tells that all cases are tried, not some.
func whole() bool { return trial.Full() || *update || *show }

// tryAll judges all cases, on as many processors as there are.
func tryAll(t *testing.T, topics []*topic) []tried {
	var all []tried
	for _, topic := range topics {
		for _, c := range topic.cases() {
			all = append(all, tried{topic: topic.name, testCase: c})
		}
	}
	var group sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	for i := range all {
		if !whole() && !trial.Sampled(all[i].key(), 4) {
			continue
		}
		group.Add(1)
		slots <- true
		go func() {
			defer func() { <-slots; group.Done() }()
			o, err := all[i].judge()
			if err != nil {
				t.Errorf("%s, line %d: %v", all[i].topic, all[i].line, err)
			}
			all[i].outcome = o
		}()
	}
	group.Wait()
	return all
}

// TestConformance holds the engine to what node answers. What is known to be wrong may only become less.
func TestConformance(t *testing.T) {
	topics, err := readTopics(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := tryAll(t, topics)
	if t.Failed() {
		return
	}
	known, err := os.ReadFile(wrongFile)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, line := range strings.Split(string(known), "\n") {
		if _, key, ok := strings.Cut(line, ": "); ok {
			listed[key] = true
		}
	}
	var wrong []string
	for _, c := range all {
		if *show && (c.value != right || c.branch != right) {
			t.Logf("%s:%d: value %v, branch %v: %s%s %s, seen %s", c.topic, c.line, c.value, c.branch, c.code, arrow, c.answer, c.seen)
		}
		if !c.value.wrong() && !c.branch.wrong() {
			continue
		}
		key := c.key()
		if !listed[key] && (!*update || !*accept) {
			t.Errorf("wrong, which it was not (seen: %s):\n%s", c.seen, key)
			continue
		}
		delete(listed, key)
		wrong = append(wrong, c.listing())
	}
	readme := table(all)
	if *update {
		write(t, wrongFile, strings.Join(append(wrong, ""), "\n"))
		write(t, readmeFile, readme)
		return
	}
	if !whole() {
		return // what was not tried is neither right nor wrong
	}
	for key := range listed {
		t.Errorf("in %s, and right by now, or no case any more; go test ./internal/conformance -update:\n%s", wrongFile, key)
	}
	if diff := cmp.Diff(string(known), strings.Join(append(wrong, ""), "\n")); diff != "" && !t.Failed() {
		t.Errorf("%s says other things of them; go test ./internal/conformance -update (-recorded +now):\n%s", wrongFile, diff)
	}
	text, err := os.ReadFile(readmeFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(text), "\n"), strings.Split(readme, "\n")); diff != "" {
		t.Errorf("%s is out of date; go test ./internal/conformance -update (-recorded +now):\n%s", readmeFile, diff)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

const preface = `# JavaScript as the engine computes it

Written by ` + "`go test ./internal/conformance -update`" + `; do not edit. Each case of ` + "`testdata/js`" + ` has the answer that node gives
(` + "`go run ./internal/conformance`" + ` asks node anew). It is tried in two ways, in whole checks: the **value** that a call is seen to get, and the
**branch**: with ` + "`if (value === answer)`" + ` the right code runs, and a call that joins too early in the other branch is never reached; with the
negation it is. *Open* is what the engine says it does not know. A false error is one for a branch that is never taken, false comfort is
silence where it is. What is wrong is listed in ` + "`testdata/wrong.txt`" + `, case by case; the list may only become shorter.

| topic | cases | value right | open | wrong | branch right | open | false error | false comfort | crash |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
`

// table is the text of README.md.
func table(all []tried) string {
	type row struct {
		cases         int
		value, branch [crash + 1]int
	}
	rows, names := map[string]*row{}, []string{}
	total := &row{}
	for _, c := range all {
		if rows[c.topic] == nil {
			rows[c.topic] = &row{}
			names = append(names, c.topic)
		}
		for _, r := range []*row{rows[c.topic], total} {
			r.cases++
			r.value[c.value]++
			r.branch[c.branch]++
		}
	}
	var b strings.Builder
	b.WriteString(preface)
	line := func(name string, r *row) {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n", name, r.cases, r.value[right], r.value[open], r.value[wrongValue],
			r.branch[right], r.branch[open], r.branch[falseError], r.branch[falseComfort], r.branch[crash])
	}
	for _, name := range names {
		line(name, rows[name])
	}
	line("**all**", total)
	return b.String()
}
