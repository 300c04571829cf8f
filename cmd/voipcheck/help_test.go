package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/terminal"
)

// TestNarrowEnough: help and explanations fit a terminal of 80 columns, but for addresses.
func TestNarrowEnough(t *testing.T) {
	lines := [][]string{{"--help"}, {"new", "page", "--help"}, {"explain"}, {"rules"}}
	for _, name := range strings.Fields("completion confirm explain help init new rules version") {
		lines = append(lines, []string{name, "--help"})
	}
	for _, name := range append(stepNames(), ruleIDs()...) {
		lines = append(lines, []string{"explain", name})
	}
	for _, line := range lines {
		for _, language := range []string{"en", "zh"} {
			var stdout, stderr bytes.Buffer
			c := &Command{Stdout: &stdout, Stderr: &stderr, Dir: t.TempDir(), Env: func(string) string { return "" }}
			if status := c.Main(append(line, "--lang", language)); status != 0 || stdout.Len() == 0 {
				t.Errorf("%s: exit status %d, %s", line, status, stderr.String())
			}
			for text := range strings.Lines(stdout.String()) {
				if text = strings.TrimRight(text, "\n"); terminal.Width(text) > helpWidth && !strings.HasPrefix(strings.TrimSpace(text), "https://") {
					t.Errorf("%s in %s: %d columns: %s", line, language, terminal.Width(text), text)
				}
			}
		}
	}
}

// TestNarrowTerminal: the report fits a narrow terminal too, but for what cannot be broken.
func TestNarrowTerminal(t *testing.T) {
	sample, err := filepath.Abs("../../fixtures/guide-sample")
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[int]int{0: 80, 20: 40, 44: 44, 60: 60, 100: 100, 200: 120} {
		for _, language := range []string{"en", "zh"} {
			var stdout, stderr bytes.Buffer
			c := &Command{Stdout: &stdout, Stderr: &stderr, Dir: sample, Width: given, Env: func(string) string { return "" }}
			if status := c.Main([]string{"--lang", language}); status != 1 {
				t.Fatalf("exit status %d, %s", status, stderr.String())
			}
			widest := 0
			for text := range strings.Lines(stdout.String()) {
				text = strings.TrimSpace(text)
				if strings.Contains(text, " ") && !strings.HasPrefix(text, "voipcheck ") { // names and reasons stay whole
					widest = max(widest, terminal.Width(strings.TrimRight(text, "\n")))
				}
			}
			if widest > want || widest < want-12 {
				t.Errorf("%d columns, %s: the widest line has %d, want %d or little less", given, language, widest, want)
			}
		}
	}
}
