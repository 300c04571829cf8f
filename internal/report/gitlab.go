package report

// GitLab's code quality report, which merge requests show: a list of Code Climate's issues.

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type gitlabWriter struct{}

type gitlabIssue struct {
	// Type and Categories are nothing to GitLab; Code Climate asks for them.
	Type        string         `json:"type"`
	Categories  []string       `json:"categories"`
	Description string         `json:"description"`
	Check       string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

var gitlabCategories = []string{"Bug Risk"}

var gitlabSeverities = map[checks.Severity]string{
	checks.Info: "info", checks.Warning: "minor", checks.Error: "critical",
}

func (gitlabWriter) Write(w io.Writer, r *Report, o Options) error {
	issues := []gitlabIssue{}
	for _, u := range r.Unreadable {
		sum := sha256.Sum256([]byte("unreadable\x00" + u.File))
		issues = append(issues, gitlabIssue{
			Type: "issue", Categories: gitlabCategories,
			Description: unreadTitle.In(o.Lang) + colon.In(o.Lang) + terminal.Visible(u.Why.In(o.Lang)), Check: "unreadable",
			Fingerprint: hex.EncodeToString(sum[:16]), Severity: "blocker",
			Location: gitlabLocation{u.File, gitlabLines{1, 1}},
		})
	}
	for _, g := range r.GivenUp {
		said := givenUpTitle.In(o.Lang) + colon.In(o.Lang) + terminal.Visible(g.What.In(o.Lang))
		sum := sha256.Sum256([]byte("given-up\x00" + g.File + "\x00" + g.What.EN))
		issues = append(issues, gitlabIssue{
			Type: "issue", Categories: gitlabCategories, Description: said, Check: "given-up",
			Fingerprint: hex.EncodeToString(sum[:16]), Severity: "blocker",
			Location: gitlabLocation{orRoot(g.File), gitlabLines{max(1, g.At.Line), max(1, g.At.Line)}},
		})
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		issues = append(issues, gitlabIssue{
			Type: "issue", Categories: gitlabCategories,
			// GitLab shows the description alone, without the rule.
			Description: terminal.Visible(f.Told().In(o.Lang)) + " (" + f.Rule.ID + ")", Check: f.Rule.ID,
			Fingerprint: f.Fingerprint, Severity: gitlabSeverities[f.Severity],
			Location: gitlabLocation{f.File, gitlabLines{f.From.Line, f.To.Line}},
		})
	}
	return EncodeJSON(w, issues)
}

// orRoot is the path of a file, or of the working directory where none is known.
func orRoot(file string) string {
	if file == "" {
		return "."
	}
	return file
}
