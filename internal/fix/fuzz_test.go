package fix

// What holds of every check, whatever the program: the same bytes each time, places on something, reports that their readers
// can read, and fixes after which the code still parses and nothing is left to fix.

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// seed adds a few pages of the cases that every rule has, and one in a short run.
func seed(f *testing.F) {
	f.Helper()
	most := 3
	if testing.Short() {
		most = 1
	}
	var seeds trial.Seeds
	taken := map[string]int{} // of each folder
	err := filepath.WalkDir("../../fixtures", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".txtar" {
			return err
		}
		archive, err := txtar.ParseFile(name)
		if err != nil {
			return err
		}
		var code, markup string
		for _, file := range archive.Files {
			switch filepath.Ext(file.Name) {
			case ".js":
				if len(file.Data) > len(code) {
					code = string(file.Data)
				}
			case ".wxml":
				markup = string(file.Data)
			}
		}
		if taken[filepath.Dir(name)]++; code != "" && taken[filepath.Dir(name)] <= most {
			seeds.Add(code, markup)
		}
		return nil
	})
	if err != nil {
		f.Fatal(err)
	}
	seeds.AddTo(f)
}

// reported writes a report in every format.
func reported(t *testing.T, r *check.Result) map[string]string {
	t.Helper()
	reports := map[string]string{}
	for _, format := range report.Formats() {
		var text bytes.Buffer
		if err := format.Writer.Write(&text, r.Report, report.Options{}); err != nil {
			t.Fatal(format.Name, err)
		}
		reports[format.Name] = text.String()
	}
	return reports
}

// littleWork ends each check long before the fuzzing engine takes it for hung. What takes more work is bounded elsewhere.
const littleWork = `{ "limits": { "work": 0.02 } }`

// FuzzCheck checks any page.
func FuzzCheck(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, code, markup string) {
		if len(code)+len(markup) > 20_000 {
			t.Skip() // what is large is tested elsewhere
		}
		o := check.Options{Dir: "/work", Now: time.Unix(0, 0), Pictures: true, FS: miniprogram.MemFS(map[string]string{
			"app.json": `{ "pages": ["p/i"] }`, "app.js": "App({})", "p/i.js": code, "p/i.wxml": markup, "p/i.json": "{}",
			"voipcheck.json": littleWork,
		})}
		r, err := check.Run(o)
		if err != nil {
			t.Fatal(err)
		}
		fixed, err := Run(o, true)
		if err != nil {
			t.Fatal(err)
		}
		second := fixed.Check
		if len(fixed.Files) > 0 { // it is that of another program
			if second, err = check.Run(o); err != nil {
				t.Fatal(err)
			}
		}
		again := reported(t, second)
		for name, text := range reported(t, r) {
			if text != again[name] {
				t.Errorf("%s is not the same twice", name)
			}
			wellFormed(t, name, text)
		}
		broken := map[string]bool{}
		for _, f := range r.Findings {
			if at := f.At; at.File != nil && (at.Start < 0 || at.End < at.Start || at.End > len(at.File.Text) || at.From().Line < 1 || at.From().Column < 1) {
				t.Errorf("%s is at %d to %d of %d bytes of %s", f.Rule.ID, at.Start, at.End, len(at.File.Text), at.File.Path)
			}
			if named[f.Rule.ID] && !onName(string(f.At.File.Text[f.At.Start:f.At.End])) {
				t.Errorf("%s is at %q, which is no name", f.Rule.ID, f.At.File.Text[f.At.Start:f.At.End])
			}
			broken[f.File] = broken[f.File] || f.Rule.ID == "parse-error"
		}
		refused := map[string]bool{}
		for _, r := range fixed.Refused {
			refused[r.Rule] = true
		}
		for _, f := range fixed.Check.Findings {
			switch {
			case f.Rule.ID == "parse-error" && !broken[f.File]:
				t.Errorf("a fix broke %s", f.File)
			case f.Fix != nil && !refused[f.Rule.ID]:
				t.Errorf("%s is left to fix: %s", f.Rule.ID, f.Message.EN)
			}
		}
	})
}

// wellFormed checks that a report is what its readers expect: JSON, XML, or text.
func wellFormed(t *testing.T, format, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s is no UTF-8", format)
	}
	switch format {
	case "json", "sarif", "gitlab":
		if !json.Valid([]byte(text)) {
			t.Errorf("%s is no JSON:\n%s", format, text)
		}
	case "junit", "checkstyle":
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				t.Errorf("%s is no XML: %v\n%s", format, err, text)
				return
			}
		}
	}
}

// named are the rules whose findings are at the name in a call.
var named = map[string]bool{
	"authorize-before-enable": true, "join-after-enable": true, "authorize-unproven": true, "join-unproven": true, "enable-fail-handled": true,
	"join-fail-handled": true, "authorize-fail-handled": true, "devtools-unsupported": true, "receiver-enabled": true, "call-reachable": true,
}

// onName reports whether a span begins and ends as a name in code does, or a string that stands for one.
func onName(text string) bool {
	return text != "" && strings.TrimSpace(text) == text && !strings.ContainsAny(text[:1], ".,;:)]}=")
}
