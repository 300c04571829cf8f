package report

// One HTML file without scripts or anything from the network, to be kept or sent.

import (
	_ "embed" // for the page
	"html/template"
	"io"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type htmlWriter struct{}

// Draws tells that a format shows a report's pictures.
func Draws(w Writer) bool {
	_, ok := w.(htmlWriter)
	return ok
}

//go:embed report.html.tmpl
var htmlPage string

//go:embed report.css
var htmlStyles string

// htmlTemplate parses the page when it is wanted: a program that writes no page, as that in a browser, holds no templates at all.
func htmlTemplate() *template.Template {
	return template.Must(template.Must(template.New("report").Parse(`{{define "styles"}}` + htmlStyles + `{{end}}`)).Parse(htmlPage))
}

// htmlMarks are marks that every font has, and that take the colour of the step.
var htmlMarks = map[Status]string{Pass: "✓", Confirmed: "✓", Fail: "✗", Warn: "!", Unproven: "?", Unconfirmed: "?", Skipped: "–"}

// heads are the names of the arrows' heads.
var heads = []string{"dim", "good", "bad", "unsure"}

// htmlReport is what the page shows, every text safe for a screen and in one language.
type htmlReport struct {
	Lang, Title, Verdict, Version string
	Class, Mark                   string
	Unreadable                    []htmlPair
	GivenUp, Weakened             []string
	UnreadTitle, HowWord          string
	Projects                      []htmlProject
	// Legend tells that the page shows pictures.
	Legend   bool
	Filters  []htmlFilter
	Groups   []htmlGroup
	Findings []htmlFinding
	Words    map[string]string
	Heads    []string
	Undrawn  string

	told []*Finding // the finding of each card
}

type htmlPair struct{ Name, Text string }

type htmlProject struct {
	// Name is what the project is called; Root is "" where that says nothing more.
	Name, Root, Framework, Files string
	Steps                        []htmlStep
	// Unconfirmed is the command that records the first console step that nobody confirmed; "" where there is none.
	Unconfirmed string
	Pictures    []htmlPicture
}

type htmlStep struct {
	Status, Mark, Step, Title, Note string
	// Link leads to what was found at the step.
	Link string
}

func (htmlWriter) Write(w io.Writer, r *Report, o Options) error {
	page := htmlReport{
		Lang: lang.T("en", "zh-CN").In(o.Lang), Verdict: Verdict(r, o.Lang), Version: r.Version, Mark: "✗",
		UnreadTitle: unreadTitle.In(o.Lang), HowWord: howWord.In(o.Lang), Words: map[string]string{},
		Heads: heads,
	}
	switch {
	case r.Partly():
		page.Class, page.Mark = "partly", "!"
	case r.Ready:
		page.Class, page.Mark = "ready", "✓"
	}
	for name, word := range htmlWords {
		page.Words[name] = word.In(o.Lang)
	}
	for _, u := range r.Unreadable {
		page.Unreadable = append(page.Unreadable, htmlPair{terminal.Visible(u.File), terminal.Visible(u.Why.In(o.Lang))})
	}
	for _, g := range r.GivenUp {
		page.GivenUp = append(page.GivenUp, givenUpLine(g, o.Lang))
	}
	page.Weakened = weakenings(r.Weakened, len(r.Weakened), o.Lang)
	ids := page.findings(r, o)
	page.grouped(o)
	page.projects(r, ids, o.Lang)
	page.pictures(r, ids, o)
	page.Title = "voipcheck" + colon.In(o.Lang) + r.headline().In(o.Lang)
	if len(page.Projects) == 1 {
		page.Title += " · " + page.Projects[0].Name
	}
	if r.Undrawn > 0 {
		page.Undrawn = lang.F(undrawnWord, r.Undrawn).In(o.Lang)
	}
	return htmlTemplate().Execute(w, page)
}

// projects adds the checklists; ids tell where on the page a finding is.
func (page *htmlReport) projects(r *Report, ids map[string]string, l lang.Lang) {
	first := map[string]string{}
	for _, f := range bySeverity(r.Findings) {
		if key := f.Project + "\x00" + string(f.Step); first[key] == "" {
			first[key] = ids[f.Fingerprint]
		}
	}
	for i := range r.Projects {
		p := &r.Projects[i]
		project := htmlProject{Name: p.title(), Framework: p.Framework, Files: filesWord.text(p.Files).In(l)}
		if root := terminal.Visible(p.Root); root != "." && root != project.Name {
			project.Root = root
		}
		for _, s := range r.stepsOf(p.Root) {
			project.Steps = append(project.Steps, htmlStep{
				string(s.Status), htmlMarks[s.Status], string(s.Step), s.Title.In(l), terminal.Visible(stepNote(s, l)),
				first[p.Root+"\x00"+string(s.Step)],
			})
			if s.Status == Unconfirmed && project.Unconfirmed == "" && !p.Spared {
				project.Unconfirmed = "voipcheck confirm " + string(s.Step)
			}
		}
		page.Projects = append(page.Projects, project)
	}
}
