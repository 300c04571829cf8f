package report

// SARIF 2.1.0, as code scanning services take it. Only what they show is written.

import (
	"io"
	"net/url"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type sarifWriter struct{}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool sarifTool `json:"tool"`
	// ColumnKind must be said: without it columns are taken for code points.
	ColumnKind  string            `json:"columnKind"`
	Language    string            `json:"language"`
	Invocations []sarifInvocation `json:"invocations"`
	Results     []sarifResult     `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string          `json:"id"`
	Name             string          `json:"name"`
	ShortDescription sarifText       `json:"shortDescription"`
	FullDescription  sarifText       `json:"fullDescription"`
	Help             sarifMarkdown   `json:"help"`
	HelpURI          string          `json:"helpUri"`
	Default          sarifDefault    `json:"defaultConfiguration"`
	Properties       sarifProperties `json:"properties"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifMarkdown struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifProperties struct {
	Tags []string `json:"tags"`
	// Severity is what GitHub sorts by.
	Severity string `json:"problem.severity"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	Properties    sarifStanding       `json:"properties"`
}

// sarifStanding is what the run comes to, for which SARIF has no place of its own.
type sarifStanding struct {
	Verdict   string          `json:"verdict"`
	Ready     bool            `json:"ready"`
	Proved    bool            `json:"proved"`
	Weakened  []jsonWeakening `json:"weakened"`
	Checklist []jsonStep      `json:"checklist"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	CodeFlows    []sarifCodeFlow   `json:"codeFlows,omitempty"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`
	Fingerprints map[string]string `json:"fingerprints"`
	Properties   map[string]string `json:"properties,omitempty"`
}

type sarifLocation struct {
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Message  *sarifText     `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

// sarifRegion has all four numbers: GitHub needs them.
type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifCodeFlow struct {
	ThreadFlows []sarifThreadFlow `json:"threadFlows"`
}

type sarifThreadFlow struct {
	Locations []sarifStep `json:"locations"`
}

type sarifStep struct {
	Location sarifLocation `json:"location"`
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted sarifText   `json:"insertedContent"`
}

// sarifLevels are the levels of severities.
var sarifLevels = map[checks.Severity]string{
	checks.Off: "none", checks.Info: "note", checks.Warning: "warning", checks.Error: "error",
}

// problemSeverities are GitHub's names.
var problemSeverities = map[checks.Severity]string{
	checks.Info: "recommendation", checks.Warning: "warning", checks.Error: "error",
}

func (sarifWriter) Write(w io.Writer, r *Report, o Options) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "voipcheck", Version: r.Version, InformationURI: Repository}},
		ColumnKind: "utf16CodeUnits",
		Language:   lang.T("en-US", "zh-CN").In(o.Lang),
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range r.Rules {
		index[rule.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(rule, o.Lang))
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		run.Results = append(run.Results, sarifResultOf(f, index[f.Rule.ID], o.Lang))
	}
	whole := jsonReportOf(r, o.Lang)
	invocation := sarifInvocation{
		Successful: len(r.Unreadable)+len(r.GivenUp) == 0,
		Properties: sarifStanding{whole.Verdict, whole.Ready, whole.Proved, whole.Weakened, whole.Checklist},
	}
	for _, u := range r.Unreadable {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{
			Level: "error", Message: sarifText{u.Why.In(o.Lang)},
			Locations: []sarifLocation{{Physical: &sarifPhysical{Artifact: sarifArtifact{uri(u.File)}}}},
		})
	}
	for _, g := range r.GivenUp {
		n := sarifNotification{Level: "error", Message: sarifText{terminal.Visible(g.What.In(o.Lang))}}
		if g.File != "" {
			at := &sarifRegion{g.At.Line, g.At.Column, g.At.Line, g.At.Column}
			n.Locations = []sarifLocation{{Physical: &sarifPhysical{sarifArtifact{uri(g.File)}, at}}}
		}
		invocation.Notifications = append(invocation.Notifications, n)
	}
	run.Invocations = []sarifInvocation{invocation}
	return EncodeJSON(w, sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func sarifRuleOf(r *checks.Rule, l lang.Lang) sarifRule {
	tags := []string{string(r.Evidence)}
	if r.Step != checks.NoStep {
		tags = append(tags, StepName(r))
	}
	return sarifRule{
		ID:               r.ID,
		Name:             pascalCase(r.ID), // Azure DevOps takes no rule without
		ShortDescription: sarifText{r.Title.In(l)},
		FullDescription:  sarifText{cut(r.Text.In(l), 1000)}, // GitHub takes 1024 characters
		Help:             sarifMarkdown{Text: r.Fix.In(l), Markdown: RuleMarkdown(r, l)},
		HelpURI:          DocumentationURL(r.ID, l),
		Default:          sarifDefault{sarifLevels[r.Severity]},
		Properties:       sarifProperties{Tags: tags, Severity: problemSeverities[r.Severity]},
	}
}

// pascalCase is JoinOpenid for join-openid.
func pascalCase(id string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(id, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// cut shortens text to at most n characters.
func cut(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}

func sarifResultOf(f *Finding, index int, l lang.Lang) sarifResult {
	out := sarifResult{
		RuleID: f.Rule.ID, RuleIndex: index, Level: sarifLevels[f.Severity],
		Message: sarifText{terminal.Visible(f.Told().In(l))},
		Locations: []sarifLocation{{Physical: &sarifPhysical{
			sarifArtifact{uri(f.File)}, &sarifRegion{f.From.Line, f.From.Column, f.To.Line, f.To.Column},
		}}},
		// Named so that services which compute their own do not take it for theirs.
		Fingerprints: map[string]string{"voipcheck/v1": f.Fingerprint},
	}
	if f.Reason != "" {
		out.Properties = map[string]string{"reason": f.Reason}
	}
	if len(f.Trace) > 0 {
		var steps []sarifStep
		for _, n := range f.Trace {
			steps = append(steps, sarifStep{sarifPlace(n, l)})
		}
		out.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{{steps}}}}
	}
	if f.Fix != nil && len(f.Fix.Edits) > 0 {
		out.Fixes = []sarifFix{sarifFixOf(f.Fix, l)}
	}
	return out
}

func sarifPlace(n checks.Note, l lang.Lang) sarifLocation {
	location := sarifLocation{Message: &sarifText{terminal.Visible(n.Message.In(l))}}
	if !n.At.IsZero() {
		region := regionOf(n.At)
		location.Physical = &sarifPhysical{sarifArtifact{uri(pathOf(n.At))}, &region}
	}
	return location
}

func regionOf(at source.Span) sarifRegion {
	from, to := at.From(), at.To()
	return sarifRegion{from.Line, from.Column, to.Line, to.Column}
}

// sarifFixOf groups a fix's edits by file.
func sarifFixOf(fix *checks.Fix, l lang.Lang) sarifFix {
	out := sarifFix{Description: sarifText{fix.Title.In(l)}}
	for _, e := range fix.Edits {
		file := uri(pathOf(e.At))
		if n := len(out.Changes); n == 0 || out.Changes[n-1].Artifact.URI != file {
			out.Changes = append(out.Changes, sarifChange{Artifact: sarifArtifact{file}})
		}
		change := &out.Changes[len(out.Changes)-1]
		change.Replacements = append(change.Replacements, sarifReplacement{regionOf(e.At), sarifText{e.New}})
	}
	return out
}

// uri is a relative path as a URI reference.
func uri(path string) string {
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		parts = append(parts, url.PathEscape(part))
	}
	escaped := strings.Join(parts, "/")
	if first, _, _ := strings.Cut(escaped, "/"); strings.Contains(first, ":") {
		return "./" + escaped // or the first part would be a scheme
	}
	return escaped
}
