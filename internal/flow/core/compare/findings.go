package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/core"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/golden"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// The findings of the whole checker with the new core in the place of the old one.

// givenUp stands in for a rule where something was not followed to its end.
const givenUp = "given-up"

// today is after the cases' confirmations were given.
var today = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// checked is what is found in a program with the new core, and what it is written with; "" where the core does not know all of that, or it is no program.
func checked(name string, files map[string]string) (r golden.Record, of miniprogram.Framework, err error) {
	known := true
	result, err := check.Run(check.Options{
		Dir: "/work", Paths: []string{"."}, FS: miniprogram.MemFS(files), Now: today,
		Analyze: func(p *miniprogram.Project, o flow.Options) *flow.Result {
			if !framework.Follows(p.Framework) {
				known = false
				return flow.Analyze(p, o)
			}
			if of == "" || of == miniprogram.Native {
				of = p.Framework
			}
			return core.Follow(p, framework.Models, o)
		},
	})
	if err != nil || !known {
		return r, "", err
	}
	if of == "" {
		of = miniprogram.Native // nothing was followed
	}
	r = golden.Of(name, result)
	for _, g := range result.GivenUp {
		r.Findings = append(r.Findings, golden.Finding{Place: g.File, Rule: givenUp, Fingerprint: g.What.EN})
	}
	return r, of, nil
}

// compareFindings prints the findings that differ from those of a file of records.
func compareFindings(file string, names []string, base map[string]string) error {
	records, err := golden.Read(file)
	if err != nil {
		return err
	}
	was := map[string]golden.Record{}
	for _, r := range records {
		was[r.Program] = r
	}
	programs, differ, witnesses := 0, 0, 0
	for _, name := range names {
		files, err := program(name, base)
		if err != nil {
			return err
		}
		id := programOf(name)
		stop := time.AfterFunc(*limit, func() {
			fmt.Printf("%s: no end\n", id)
			os.Exit(1)
		})
		is, of, err := checked(id, files)
		stop.Stop()
		if err != nil || of == "" {
			continue
		}
		programs++
		lines, told := difference(was[id], is)
		if len(lines) > 0 {
			differ++
		}
		witnesses += told
		for _, line := range lines {
			fmt.Printf("%s: %s\n", id, line)
		}
	}
	fmt.Printf("%d programs, %d differ, %d witnesses differ\n", programs, differ, witnesses)
	return nil
}

// programOf is how the golden files name the program of an archive.
func programOf(file string) string {
	parts := strings.Split(strings.TrimSuffix(strings.ReplaceAll(file, "\\", "/"), ".txtar"), "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}

// difference lists the findings that are in one record only, and those whose witness differs.
func difference(was, is golden.Record) (lines []string, witnesses int) {
	key := func(f golden.Finding) string { return f.Place + " " + f.Rule + " " + f.Fingerprint }
	find := func(list []golden.Finding, k string) *golden.Finding {
		if n := slices.IndexFunc(list, func(f golden.Finding) bool { return key(f) == k }); n >= 0 {
			return &list[n]
		}
		return nil
	}
	detail := func(mark string, f golden.Finding) string {
		out := mark + key(f)
		if *verbose {
			out += "\n        " + strings.Join(f.Witness, "\n        ")
		}
		return out
	}
	for _, f := range was.Findings {
		if find(is.Findings, key(f)) == nil {
			lines = append(lines, detail("-", f))
		}
	}
	for _, f := range is.Findings {
		old := find(was.Findings, key(f))
		switch {
		case old == nil:
			lines = append(lines, detail("+", f))
		case !slices.Equal(old.Witness, f.Witness):
			witnesses++
			line := "~" + key(f)
			if *verbose {
				line += "\n      was\n        " + strings.Join(old.Witness, "\n        ") + "\n      is\n        " + strings.Join(f.Witness, "\n        ")
			}
			lines = append(lines, line)
		}
	}
	return lines, witnesses
}
