//go:build unix

package main

// The file of expectations, and what becomes of them.

import (
	_ "embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed expectations.txt
var expectations string

// application is a repository with what a reader expects to be found in it.
type application struct {
	repository, commit string
	// folder is the part that is checked, "." for all of it.
	folder string
	expect []finding
}

// name is the last part of the repository's.
func (a *application) name() string { return path.Base(a.repository) }

// finding is a rule at a place. A reader's has no reason where any will do.
type finding struct {
	file         string
	line         int
	rule, reason string
}

func (f finding) String() string {
	rule := f.rule
	if f.reason != "" {
		rule += "/" + f.reason
	}
	return fmt.Sprintf("%s:%d %s", f.file, f.line, rule)
}

// meets reports whether a finding is the one that a reader expects.
func (f finding) meets(want finding) bool {
	if want.reason == "" {
		f.reason = ""
	}
	return f == want
}

var (
	head     = regexp.MustCompile(`^(\S+/\S+) ([0-9a-f]{40})(?: (\S+))?$`)
	expected = regexp.MustCompile(`^(.+):([0-9]+) ([a-z0-9-]+)(?:/([a-z-]+))?$`)
)

// parse reads a file of expectations.
func parse(text string) ([]*application, error) {
	var out []*application
	for n, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		if m := head.FindStringSubmatch(line); m != nil {
			out = append(out, &application{repository: m[1], commit: m[2], folder: path.Clean(m[3])})
			continue
		}
		m := expected.FindStringSubmatch(trimmed)
		if m == nil || len(out) == 0 || trimmed == line {
			return nil, fmt.Errorf("line %d is neither an application nor, set in, what is expected of one: %s", n+1, line)
		}
		at, err := strconv.Atoi(m[2])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		last := out[len(out)-1]
		last.expect = append(last.expect, finding{m[1], at, m[3], m[4]})
	}
	return out, nil
}

// comparison is what became of an application's expectations.
type comparison struct {
	right         int
	wrong, missed []finding
}

// compare tells which findings are expected, which are not, and which are missing.
func (a *application) compare(found []finding) comparison {
	var c comparison
	left := slices.Clone(found)
	for _, want := range a.expect {
		i := slices.IndexFunc(left, func(f finding) bool { return f.meets(want) })
		if i < 0 {
			c.missed = append(c.missed, want)
			continue
		}
		c.right++
		left = slices.Delete(left, i, i+1)
	}
	c.wrong = left
	return c
}
