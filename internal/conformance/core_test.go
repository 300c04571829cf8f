package main

// What the core of the analysis makes of a case by itself: the case is executed on a host that has nothing but timers.

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow/builtin"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var (
	only = flag.String("only", "", "try only cases that contain this, and print what became of them")
	dirs = flag.String("folders", folder+" testdata/core", "where the core finds its cases")
)

const coreFile = "testdata/corewrong.txt"

// coreHost is a host with timers, and a function that takes the answer.
type coreHost struct {
	m       *exec.Machine
	globals map[string]value.Value
	seen    []string
}

func (h *coreHost) Global(_ *state.State, name string) (value.Value, bool) {
	v, ok := h.globals[name]
	return v, ok
}
func (h *coreHost) Import(*state.State, *ir.Module, int) value.Value { return value.Undef }
func (h *coreHost) Instance(value.Value) bool                        { return false }
func (h *coreHost) ImportCall(c *exec.Call, _ *ir.Module, v value.Value) exec.Result {
	return exec.Done(c.M.Table.Derived("import", "", "", v))
}
func (h *coreHost) Export(*state.State, *ir.Module, string) (value.Value, bool) {
	return value.Undef, false
}
func (h *coreHost) Exports(*state.State, *ir.Module) []string { return nil }
func (h *coreHost) Property(*state.State, *value.Obj, value.Key) (value.Value, bool) {
	return value.Undef, false
}
func (h *coreHost) Keys(*state.State, *value.Obj) []string                { return nil }
func (h *coreHost) Chosen(*state.State, *value.Root, uint64)              {}
func (h *coreHost) Divide(_ *value.Root, left uint64) []uint64            { return []uint64{left} }
func (h *coreHost) Branched(*state.State, script.Node, value.Value, bool) {}
func (h *coreHost) Uncaught(*state.State, value.Value)                    {}
func (h *coreHost) Bound(_ *state.State, row, what string) *value.Cause {
	return &value.Cause{Bound: row, Name: what}
}
func (h *coreHost) Open(c *exec.Call) exec.Result {
	return exec.Done(c.M.Table.Derived("call", "", "", c.Func))
}

// timer is the data of a task.
type timer struct{ due, every float64 }

func (h *coreHost) define(s *state.State, name string, run func(c *exec.Call) exec.Result) {
	h.m.Locate("host " + name)
	h.globals[name] = h.m.Native(s, &value.Native{Name: name, Run: exec.Run(run)})
}

func newCoreHost() (*coreHost, *state.State) {
	m, s := builtin.New(value.NewTable())
	h := &coreHost{m: m, globals: map[string]value.Value{}}
	m.Host = h
	start := func(repeats bool) func(c *exec.Call) exec.Result {
		return func(c *exec.Call) exec.Result {
			t := timer{due: float64(c.S.Clock), every: 0}
			wait := exec.ToNumber(c.Arg(1))
			if wait != wait || wait < 1 {
				wait = 1
			}
			if t.due = wait + now(c.S); repeats {
				t.every = wait
			}
			var args []value.Value
			if len(c.Args) > 2 {
				args = c.Args[2:]
			}
			id := value.Num(float64(100*c.S.Steps + len(c.S.Tasks)))
			c.S.Begin(state.Task{Key: fmt.Sprint(id.Num()), Data: t, Values: append([]value.Value{id, c.Arg(0)}, args...)})
			return exec.Done(id)
		}
	}
	h.define(s, "setTimeout", start(false))
	h.define(s, "setInterval", start(true))
	stop := func(c *exec.Call) exec.Result {
		for i, t := range c.S.Tasks {
			if value.Same(t.Values[0], c.Arg(0)) {
				c.S.End(i)
				break
			}
		}
		return exec.Done(value.Undef)
	}
	h.define(s, "clearTimeout", stop)
	h.define(s, "clearInterval", stop)
	h.define(s, "answer", func(c *exec.Call) exec.Result {
		how := c.Arg(0).Text()
		h.seen = append(h.seen, how+h.literal(c.Arg(1)))
		return exec.Done(value.Undef)
	})
	h.m.Locate("host console")
	h.globals["console"] = m.Object(s, value.Prop{Key: value.Named("log"), Value: h.globals["clearTimeout"]})
	return h, s
}

// now is the time that the timers have come to: kept in the facts.
func now(s *state.State) float64 {
	t, _ := s.Facts.(float64)
	return t
}

// literal writes a value as answers are written.
func (h *coreHost) literal(v value.Value) string {
	switch v.Kind() {
	case value.Open, value.Choice:
		return "open"
	case value.Object, value.Symbol:
		return "an object"
	case value.BigInt:
		return v.Big().String() + "n"
	case value.Number:
		return number(v.Num())
	case value.String:
		return fmt.Sprintf("%q", v.Text())
	}
	return exec.ToText(v)
}

const driver = `
try {
  const v = compute()
  if (v && typeof v.then === 'function') v.then((x) => answer('await ', x), (e) => answer('await throws ', e.name))
  else answer('', v)
} catch (e) {
  answer('throws ', e && e.name)
}
`

const (
	coreSteps = 400_000
	corePaths = 400
)

// judgeCore executes a case on the core.
func (c *testCase) judgeCore() (j judgement, seen string, err error) {
	text, err := c.function()
	if err != nil {
		return crash, "", err
	}
	file := source.NewFile("case.js", "case.js", []byte("'use strict'\n"+text+driver))
	program, fault := script.Parse(file, file.Text, script.JavaScript)
	if fault != nil {
		return crash, "", fault
	}
	defer func() {
		if why := recover(); why != nil {
			j, seen = crash, fmt.Sprint(why)
			if *only != "" {
				panic(why)
			}
		}
	}()
	h, s := newCoreHost()
	module := ir.Lower(program, false)
	ctx := h.m.Table.Enter(nil, value.At{Name: "case"})
	s.Facts = 0.0
	s.Push(value.Frame{Code: module.Top, Regs: make([]value.Value, module.Top.Regs), Ctx: ctx, Return: value.Return{Kind: value.ToJob}})
	open := h.drain(s)
	return c.judgeSeen(h.seen, open)
}

// drain runs a state and all that it becomes to their ends; true if a bound was met.
func (h *coreHost) drain(s *state.State) (bounded bool) {
	queue := []*state.State{s}
	for paths := 0; len(queue) > 0; paths++ {
		s := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if paths > corePaths {
			return true
		}
		for alive := true; alive; {
			stop, parts := h.m.Run(s, coreSteps)
			switch stop {
			case exec.Forked:
				queue = append(queue, parts...)
				alive = false
			case exec.Spent:
				bounded, alive = true, false
			case exec.Idle:
				alive = h.tick(s)
			}
		}
	}
	return bounded
}

// tick ends the timer that is due first; false if there is none.
func (h *coreHost) tick(s *state.State) bool {
	first := -1
	for i, t := range s.Tasks {
		if first < 0 || t.Data.(timer).due < s.Tasks[first].Data.(timer).due {
			first = i
		}
	}
	if first < 0 {
		return false
	}
	t := s.Tasks[first]
	data := t.Data.(timer)
	s.Facts = data.due
	s.End(first)
	if data.every > 0 {
		s.Begin(state.Task{Key: t.Key, Data: timer{data.due + data.every, data.every}, Values: t.Values})
	}
	h.m.Enter(s, h.m.Table.Enter(nil, value.At{Name: "timer", PC: s.Steps}), t.Values[1], value.Undef, t.Values[2:])
	return true
}

func (c *testCase) judgeSeen(seen []string, bounded bool) (judgement, string, error) {
	awaited := ""
	if strings.HasPrefix(c.answer, "await ") {
		awaited = "await "
	}
	want := awaited + c.wanted()
	if strings.HasPrefix(strings.TrimPrefix(c.answer, "await "), "throws ") {
		want = awaited + "throws " + c.wanted()
	}
	slices.Sort(seen)
	seen = slices.Compact(seen)
	text := strings.Join(seen, " or ")
	may := bounded
	for _, s := range seen {
		may = may || s == want || strings.HasSuffix(s, "open")
	}
	switch {
	case len(seen) == 1 && seen[0] == want && !bounded:
		return right, text, nil
	case may:
		return open, text, nil
	}
	return wrongValue, text, nil
}

// TestCore holds the core to what node answers. What is known to be wrong may only become less.
func TestCore(t *testing.T) {
	trial.NotShort(t)
	var topics []*topic
	for _, dir := range strings.Fields(*dirs) {
		more, err := readTopics(dir)
		if err != nil {
			t.Fatal(err)
		}
		topics = append(topics, more...)
	}
	text, err := os.ReadFile(coreFile)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" {
			known[line] = true
		}
	}
	var wrong, opens []string
	count := map[judgement]int{}
	for _, topic := range topics {
		for _, c := range topic.cases() {
			if *only != "" && !strings.Contains(c.code, *only) {
				continue
			}
			j, seen, err := c.judgeCore()
			if err != nil {
				t.Errorf("%s, line %d: %v", topic.name, c.line, err)
				continue
			}
			count[j]++
			key := tried{topic: topic.name, testCase: c}.key()
			switch {
			case j.wrong():
				wrong = append(wrong, key)
				if !known[key] && !*update {
					t.Errorf("%v (seen: %s):\n%s", j, seen, key)
				}
				delete(known, key)
			case j == open:
				opens = append(opens, fmt.Sprintf("%s: seen %s", key, seen))
			}
			if *only != "" {
				t.Logf("%v, seen %s: %s", j, seen, key)
			}
		}
	}
	t.Logf("%d right, %d open, %d wrong", count[right], count[open], len(wrong))
	if *show {
		t.Log("open:\n" + strings.Join(opens, "\n"))
	}
	switch {
	case *only != "":
	case *update:
		write(t, coreFile, strings.Join(append(wrong, ""), "\n"))
	default:
		for key := range known {
			t.Errorf("in %s, and right by now; go test ./internal/conformance -run TestCore -update:\n%s", coreFile, key)
		}
	}
}
