package main

import (
	"bytes"
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
