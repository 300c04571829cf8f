// Package checker is what the playground's page asks for: a check of files in memory, and fixes of them, as data for a page that shows
// them in its own form.
package checker

import (
	"time"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Answer is what a check comes to, in one language.
type Answer struct {
	// Failed says why there is no report; "" when there is one.
	Failed  string
	Ready   bool
	Proved  bool
	Exit    int
	Verdict string
	// Partly tells that the verdict rests on something that could not be followed or is not there.
	Partly     bool
	Projects   []Project
	Findings   []Finding
	Pictures   []report.PlacedPicture
	Weakened   []string
	GivenUp    []string
	Unreadable []Unreadable
}

// Project is a mini-program with its checklist.
type Project struct {
	Root, Framework string
	Files           int
	Steps           []Step
}

// Step is a line of the checklist. Note says how it stands.
type Step struct {
	Step, Status, Title, Note string
}

// Unreadable is a file that could not be read.
type Unreadable struct{ File, Why string }

// Place is where something is written: lines and columns count from 1, columns in UTF-16 units. Line is 0 where it is written nowhere.
type Place struct {
	File                             string
	Line, Column, EndLine, EndColumn int
}

// Note is a step on the path to a problem.
type Note struct {
	Message string
	At      Place
}

// Finding is what a rule found.
type Finding struct {
	Fingerprint, Project, Severity, Rule, Reason, Step, Message string
	At                                                          Place
	Trace                                                       []Note
	// RunTime is what a user meets, Advice what to do, URL where the rule is documented.
	RunTime, Advice, URL string
	Fix                  *Fix `json:",omitempty"`
}

// Fix is a change that removes a finding.
type Fix struct {
	Title string
	Safe  bool
}

// options check files as a command line without flags does, at a time.
func options(files map[string]string, now time.Time, version string) check.Options {
	memory := miniprogram.MemFS(files)
	return check.Options{Dir: memory.Base(), FS: memory, Now: now, Pictures: true, Version: version}
}

// Check checks the files, whose names are relative to a folder.
func Check(files map[string]string, now time.Time, version string, l lang.Lang) *Answer {
	result, err := check.Run(options(files, now, version))
	if err != nil {
		return &Answer{Failed: lang.Say(err, l), Exit: check.ExitUsage}
	}
	return answerOf(result.Report, l)
}

func answerOf(r *report.Report, l lang.Lang) *Answer {
	out := &Answer{
		Ready: r.Ready, Proved: r.Proved, Exit: r.Exit, Verdict: report.Verdict(r, l), Partly: r.Partly(),
		Findings: []Finding{}, Pictures: report.PlacedPictures(r, l),
		Weakened: report.WeakenedLines(r, l), GivenUp: report.GivenUpLines(r, l),
	}
	for _, p := range r.Projects {
		project := Project{Root: p.Root, Framework: p.Framework, Files: p.Files, Steps: []Step{}}
		for _, s := range r.Checklist {
			if s.Project == p.Root {
				project.Steps = append(project.Steps, Step{string(s.Step), string(s.Status), s.Title.In(l), report.StepNote(s, l)})
			}
		}
		out.Projects = append(out.Projects, project)
	}
	for i := range r.Findings {
		out.Findings = append(out.Findings, findingOf(&r.Findings[i], l))
	}
	for _, u := range r.Unreadable {
		out.Unreadable = append(out.Unreadable, Unreadable{u.File, u.Why.In(l)})
	}
	return out
}

func findingOf(f *report.Finding, l lang.Lang) Finding {
	out := Finding{
		Fingerprint: f.Fingerprint, Project: f.Project, Severity: report.SeverityName(f.Severity), Rule: f.Rule.ID, Reason: f.Reason,
		Step: string(f.Step), Message: f.Message.In(l), At: placeOf(f.At), Trace: []Note{},
		RunTime: f.Rule.RunTime.In(l), Advice: f.Rule.Fix.In(l), URL: report.DocumentationURL(f.Rule.ID, l),
	}
	if out.At.Line == 0 {
		out.At = Place{File: f.File, Line: f.From.Line, Column: f.From.Column, EndLine: f.To.Line, EndColumn: f.To.Column}
	}
	for _, n := range f.Trace {
		out.Trace = append(out.Trace, Note{n.Message.In(l), placeOf(n.At)})
	}
	if f.Fix != nil {
		out.Fix = &Fix{f.Fix.Title.In(l), f.Fix.Safe}
	}
	return out
}

func placeOf(at source.Span) Place {
	if at.IsZero() {
		return Place{}
	}
	from, to := at.From(), at.To()
	return Place{report.ValidPath(at.File.Path), from.Line, from.Column, to.Line, to.Column}
}
