package content

// The examples as voipcheck itself sees them: the pictures of their calls.

import (
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/example"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
)

// drawn are the pictures of a rule's examples, each in both languages by their number. They are empty where a rule is not about
// the path to a call.
type drawn struct{ bad, good [2]report.Drawing }

// drawExamples draws the examples of all rules, by their names.
func drawExamples() (map[string]drawn, error) {
	out := map[string]drawn{}
	for _, r := range checks.Rules() {
		bad, err := checkExample(r, r.Bad)
		if err != nil {
			return nil, err
		}
		wrong := pictureOf(bad, func(p *report.Picture) bool {
			for _, f := range bad.Findings {
				if f.Rule == r && f.Fingerprint == p.Finding {
					return true
				}
			}
			return false
		})
		if wrong == nil {
			continue
		}
		var d drawn
		if d.bad, err = draw(wrong); err != nil {
			return nil, err
		}
		good, err := checkExample(r, r.Good)
		if err != nil {
			return nil, err
		}
		if sound := pictureOf(good, func(p *report.Picture) bool { return p.API == wrong.API && p.Verdict == report.PictureSound }); sound != nil {
			if d.good, err = draw(sound); err != nil {
				return nil, err
			}
		}
		out[r.ID] = d
	}
	return out, nil
}

// checkExample checks the project of an example.
func checkExample(r *checks.Rule, text string) (*check.Result, error) {
	files, err := example.Project(r.Example, text)
	if err != nil {
		return nil, err
	}
	result, err := check.Run(check.Options{Dir: "/example", Paths: []string{"."}, FS: miniprogram.MemFS(files), Pictures: true, Now: time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		return nil, fmt.Errorf("the example of %s: %w", r.ID, err)
	}
	return result, nil
}

// pictureOf is the first picture that is wanted, nil for none.
func pictureOf(r *check.Result, wanted func(*report.Picture) bool) *report.Picture {
	for i := range r.Pictures {
		if wanted(&r.Pictures[i]) {
			return &r.Pictures[i]
		}
	}
	return nil
}

func draw(p *report.Picture) ([2]report.Drawing, error) {
	var out [2]report.Drawing
	var err error
	for _, l := range []lang.Lang{lang.EN, lang.ZH} {
		if out[l], err = report.Draw(p, l); err != nil {
			return out, err
		}
	}
	return out, nil
}

// picture shows a drawing; nothing where there is none. VitePress compiles pages as Vue templates: nothing in it may be taken for one.
func (e edition) picture(d [2]report.Drawing) string {
	one := d[e.Lang]
	if one.Wide == "" {
		return ""
	}
	line := func(svg string) string { return strings.Join(strings.Fields(strings.ReplaceAll(svg, "\n", " ")), " ") }
	if one.Narrow == "" {
		return fmt.Sprintf("<div class=\"flow\" v-pre>%s</div>\n\n", line(one.Wide))
	}
	return fmt.Sprintf("<div class=\"flow wide\" v-pre>%s</div>\n<div class=\"flow narrow\" v-pre>%s</div>\n\n", line(one.Wide), line(one.Narrow))
}

// file is a file of an archive.
type file struct{ name, text string }

func archived(text string) []file {
	var out []file
	for _, f := range txtar.Parse([]byte(text)).Files {
		out = append(out, file{f.Name, string(f.Data)})
	}
	return out
}

// languageOf is what a file is written in, as VitePress names it.
func languageOf(name string) string {
	switch ext := strings.TrimPrefix(path.Ext(name), "."); ext {
	case "js", "ts", "json", "vue", "jsx", "tsx":
		return ext
	case "wxml":
		return "html"
	}
	return "text"
}
