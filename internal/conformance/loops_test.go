package main

// What the core makes of loops whose turns nobody can count, and of lists that nobody knows: what answer(v) is called with on some path. Each
// case has to come to its end within few steps.

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

const (
	loopsFile = "testdata/loops.txt"
	loopSteps = 20_000
)

// seen writes a value, of a choice all that it may be, and of an open one its cause.
func (h *coreHost) seenAs(s *state.State, v value.Value) []string {
	v = s.Resolve(v)
	switch v.Kind() {
	case value.Choice:
		var out []string
		for n, x := range v.Set().Values {
			if s.Left(v.Set().Root)&(1<<n) != 0 {
				out = append(out, h.seenAs(s, x)...)
			}
		}
		return out
	case value.Open:
		t := v.Term()
		out := "open"
		if t.Type != "" {
			out += " " + t.Type
		}
		if t.Cause != nil {
			out += fmt.Sprintf(" (given up: %s %s)", t.Cause.Bound, t.Cause.Name)
		}
		return []string{out}
	}
	return []string{h.literal(v)}
}

func (c *testCase) loops() (answer string, err error) {
	h, s := newCoreHost()
	h.define(s, "answer", func(c *exec.Call) exec.Result {
		h.seen = append(h.seen, h.seenAs(c.S, c.Arg(0))...)
		return exec.Done(value.Undef)
	})
	input := exec.Run(func(c *exec.Call) exec.Result {
		return exec.Done(value.OpenOf(c.M.Table.Term(c.Ctx, value.Term{Op: "input", Name: "test", At: c.At, Type: c.Arg(0).Text()})))
	})
	h.m.Locate("host input")
	h.globals["input"] = h.m.Native(s, &value.Native{Name: "input", Run: input})
	file := source.NewFile("case.js", "case.js", []byte("'use strict';\n"+c.code))
	program, fault := script.Parse(file, file.Text, script.JavaScript)
	if fault != nil {
		return "", fault
	}
	module := ir.Lower(program, false)
	s.Push(value.Frame{Code: module.Top, Regs: make([]value.Value, module.Top.Regs), Ctx: h.m.Table.Enter(nil, value.At{Name: "case"}), Return: value.Return{Kind: value.ToJob}})
	x := explore.New(h.m, nil, s, explore.Bounds{Steps: loopSteps, Alternatives: 8})
	end, _, _ := x.Settle(s)
	slices.Sort(h.seen)
	answer = strings.Join(slices.Compact(h.seen), " or ")
	if end == nil {
		answer += " and no end"
	}
	return answer, nil
}

// TestLoops holds the core to what its cases say.
func TestLoops(t *testing.T) {
	text, err := os.ReadFile(loopsFile)
	if err != nil {
		t.Fatal(err)
	}
	topic, err := parseTopic("loops", string(text))
	if err != nil {
		t.Fatal(err)
	}
	var answers []string
	for _, c := range topic.cases() {
		if *only != "" && !strings.Contains(c.code, *only) {
			answers = append(answers, c.answer)
			continue
		}
		got, err := c.loops()
		if err != nil {
			t.Fatalf("line %d: %v", c.line, err)
		}
		answers = append(answers, got)
	}
	now := topic.format(answers)
	if *update {
		write(t, loopsFile, string(now))
		return
	}
	if diff := cmp.Diff(strings.Split(string(text), "\n"), strings.Split(string(now), "\n")); diff != "" {
		t.Errorf("%s (-recorded +now):\n%s", loopsFile, diff)
	}
}
