package report

// Checkstyle's XML, which many servers of builds read.

import (
	"encoding/xml"
	"io"

	"github.com/voipcheck/voipcheck/internal/terminal"
)

type checkstyleWriter struct{}

type checkstyleReport struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

func (checkstyleWriter) Write(w io.Writer, r *Report, o Options) error {
	// The version is that of the format.
	out := checkstyleReport{Version: "4.3"}
	add := func(file string, e checkstyleError) {
		if n := len(out.Files); n == 0 || out.Files[n-1].Name != file {
			out.Files = append(out.Files, checkstyleFile{Name: file})
		}
		last := &out.Files[len(out.Files)-1]
		last.Errors = append(last.Errors, e)
	}
	for _, u := range r.Unreadable {
		add(terminal.Visible(u.File), checkstyleError{1, 1, "error", unreadTitle.In(o.Lang) + colon.In(o.Lang) + terminal.Visible(u.Why.In(o.Lang)), "voipcheck.unreadable"})
	}
	for _, g := range r.GivenUp {
		said := givenUpTitle.In(o.Lang) + colon.In(o.Lang) + terminal.Visible(g.What.In(o.Lang))
		add(terminal.Visible(orRoot(g.File)), checkstyleError{max(1, g.At.Line), max(1, g.At.Column), "error", said, "voipcheck.given-up"})
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		add(terminal.Visible(f.File), checkstyleError{
			f.From.Line, f.From.Column, SeverityName(f.Severity), terminal.Visible(f.Told().In(o.Lang)), "voipcheck." + f.Rule.ID,
		})
	}
	return writeXML(w, out)
}

// writeXML writes a document with its declaration.
func writeXML(w io.Writer, document any) error {
	text, err := xml.MarshalIndent(document, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}
