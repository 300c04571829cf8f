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
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Skipped  int    `xml:"skipped,attr"`
	// Properties are what the run comes to; nil where none are told.
	Properties *junitProperties `xml:"properties,omitempty"`
	Cases      []junitCase      `xml:"testcase"`
}

type junitProperties struct {
	All []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
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
		if undecided(s.Status) && c.Failure == nil {
			c.Skipped = &junitMessage{Message: terminal.Visible(stepNote(s, l))}
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}

// undecided tells of a step that is neither right nor wrong as far as is known: its rules have not passed.
func undecided(s Status) bool { return s == Skipped || s == Unproven || s == Unconfirmed }

// junitRun is the suite of what belongs to no step: the verdict, the suppressions, and what could not be read or followed.
func junitRun(r *Report, l lang.Lang) junitSuite {
	suite := junitSuite{Name: "voipcheck", Properties: &junitProperties{[]junitProperty{
		{"verdict", Verdict(r, l)}, {"ready", fmt.Sprint(r.Ready)}, {"proved", fmt.Sprint(r.Proved)},
	}}}
	for _, said := range weakenings(r.Weakened, len(r.Weakened), l) {
		suite.Properties.All = append(suite.Properties.All, junitProperty{"weakened", said})
	}
	for _, rule := range r.Rules {
		if rule.Step == checks.NoStep {
			found := junitFindings(r, rule, func(*Finding) bool { return true })
			suite.Cases = append(suite.Cases, junitTest(rule, found, r.FailAt, "voipcheck", l))
		}
	}
	var unread, givenUp []string
	for _, u := range r.Unreadable {
		unread = append(unread, terminal.Visible(u.File)+": "+terminal.Visible(u.Why.In(l)))
	}
	for _, g := range r.GivenUp {
		givenUp = append(givenUp, givenUpLine(g, l))
	}
	suite.Cases = append(suite.Cases, junitTrouble("unreadable", unreadTitle.In(l), unread), junitTrouble("given-up", givenUpTitle.In(l), givenUp))
	return suite
}

// junitTrouble is a case that is an error where there are lines to tell.
func junitTrouble(name, title string, lines []string) junitCase {
	c := junitCase{Name: name, Class: "voipcheck"}
	if len(lines) > 0 {
		c.Error = &junitMessage{Message: title, Type: name, Text: strings.Join(lines, "\n")}
	}
	return c
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
		message := terminal.Visible(f.Told().In(l))
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
