package report

// JUnit's XML: a suite for each step of the checklist and a test case for each of its rules, so that what
// passed shows too.

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type junitWriter struct{}

type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitMessage `xml:"failure,omitempty"`
	Error   *junitMessage `xml:"error,omitempty"`
	Skipped *junitMessage `xml:"skipped,omitempty"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func (junitWriter) Write(w io.Writer, r *Report, o Options) error {
	out := junitReport{Name: "voipcheck"}
	for _, s := range r.Checklist {
		out.Suites = append(out.Suites, junitStep(r, s, o.Lang))
	}
	out.Suites = append(out.Suites, junitRun(r, o.Lang))
	for i := range out.Suites {
		s := &out.Suites[i]
		for _, c := range s.Cases {
			s.Tests++
			switch {
			case c.Failure != nil:
				s.Failures++
			case c.Error != nil:
				s.Errors++
			case c.Skipped != nil:
				s.Skipped++
			}
		}
		out.Tests += s.Tests
		out.Failures += s.Failures
		out.Errors += s.Errors
	}
	return writeXML(w, out)
}

// junitStep is the suite of a step: its own rules, and others that found something at it.
func junitStep(r *Report, s Step, l lang.Lang) junitSuite {
	name := string(s.Step)
	if len(r.Projects) > 1 {
		name = terminal.Visible(s.Project) + ": " + name
	}
	suite := junitSuite{Name: name + ": " + s.Title.In(l)}
	for _, rule := range r.Rules {
		found := junitFindings(r, rule, func(f *Finding) bool { return f.Project == s.Project && f.Step == s.Step })
		own := rule.Step == s.Step
		if StepName(rule) == console {
			own = isConsole(s.Step)
		}
		if !own && len(found) == 0 {
			continue
		}
		c := junitTest(rule, found, r.FailAt, "voipcheck."+string(s.Step), l)
		if s.Status == Skipped && c.Failure == nil {
			c.Skipped = &junitMessage{Message: terminal.Visible(s.Note.In(l))}
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}

// junitRun is the suite of what belongs to no step: the suppressions, and what could not be read.
func junitRun(r *Report, l lang.Lang) junitSuite {
	suite := junitSuite{Name: "voipcheck"}
	for _, rule := range r.Rules {
		if rule.Step == checks.NoStep {
			found := junitFindings(r, rule, func(*Finding) bool { return true })
			suite.Cases = append(suite.Cases, junitTest(rule, found, r.FailAt, "voipcheck", l))
		}
	}
	reading := junitCase{Name: "unreadable", Class: "voipcheck"}
	var lines []string
	for _, u := range r.Unreadable {
		lines = append(lines, terminal.Visible(u.File)+": "+terminal.Visible(u.Why.In(l)))
	}
	if len(lines) > 0 {
		reading.Error = &junitMessage{Message: unreadTitle.In(l), Type: "unreadable", Text: strings.Join(lines, "\n")}
	}
	suite.Cases = append(suite.Cases, reading)
	return suite
}

func junitFindings(r *Report, rule *checks.Rule, of func(*Finding) bool) []*Finding {
	var found []*Finding
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Rule.ID == rule.ID && of(f) {
			found = append(found, f)
		}
	}
	return found
}

// junitTest is the case of a rule: it fails when a finding is at or above the fail level, and tells the others as output.
func junitTest(rule *checks.Rule, found []*Finding, failAt checks.Severity, class string, l lang.Lang) junitCase {
	c := junitCase{Name: rule.ID, Class: class}
	var failed, told []string
	first := ""
	for _, f := range found {
		message := terminal.Visible(f.Message.In(l))
		text := fmt.Sprintf("%s:%d:%d %s: %s", terminal.Visible(f.File), f.From.Line, f.From.Column, SeverityName(f.Severity), message)
		for i, n := range f.Trace {
			text += fmt.Sprintf("\n  %d. %s:%d %s", i+1, terminal.Visible(pathOf(n.At)), place(n.At).Line, terminal.Visible(n.Message.In(l)))
		}
		if f.Severity < failAt {
			told = append(told, text)
			continue
		}
		if first == "" {
			first = message
		}
		failed = append(failed, text)
	}
	if len(failed) > 0 {
		c.Failure = &junitMessage{Message: first, Type: rule.ID, Text: strings.Join(failed, "\n")}
	}
	c.Out = strings.Join(told, "\n")
	return c
}
