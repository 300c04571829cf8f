package report

// Pictures by themselves: for pages other than the report's, and as files.

import (
	"bytes"
	_ "embed" // for the styles
	"html/template"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Drawing is a picture as an SVG element, and again for screens on which that is too wide; "" where it never is. Their classes
// are the report page's, whose styles are not in them.
type Drawing struct{ Wide, Narrow string }

// DrawingHeads are the heads of the arrows that drawings refer to. A page with drawings needs them once, where they are not hidden.
var DrawingHeads = drawingHeads()

func drawingHeads() string {
	var b strings.Builder
	b.WriteString(`<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>`)
	for _, name := range heads {
		b.WriteString(`<marker id="head-` + name + `" viewBox="0 0 10 10" refX="6" refY="5" markerUnits="userSpaceOnUse" markerWidth="10" markerHeight="10" orient="auto"><path d="M0 0 10 5 0 10z"/></marker>`)
	}
	b.WriteString(`</defs></svg>`)
	return b.String()
}

// Draw draws a picture.
func Draw(p *Picture, l lang.Lang) (Drawing, error) {
	var out Drawing
	var err error
	links := make([]string, len(p.Nodes))
	wide := layout(p, links, l)
	if out.Wide, err = p.element(elementTemplate(), wide, l); err != nil {
		return out, err
	}
	if narrow := stack(p, links, l); narrow.Width < wide.Width {
		out.Narrow, err = p.element(elementTemplate(), narrow, l)
	}
	return out, err
}

// DrawFile draws a picture as an SVG file, for light or for dark pages.
func DrawFile(p *Picture, l lang.Lang, isDark bool) (string, error) {
	return p.element(fileTemplate(), layout(p, make([]string, len(p.Nodes)), l), l, colors(isDark))
}

// colors are the report page's.
func colors(isDark bool) map[string]string {
	if isDark {
		return map[string]string{
			"ink": "#e6e8eb", "soft": "#98a2b3", "line": "#343a43", "card": "#1d2127", "error": "#ff8a80", "warning": "#ffb74d",
			"pass": "#81c784", "bad": "#3a2222", "good": "#1c2f20",
		}
	}
	return map[string]string{
		"ink": "#1c1e21", "soft": "#667085", "line": "#d9dde3", "card": "#ffffff", "error": "#c62828", "warning": "#a15c00",
		"pass": "#2e7d32", "bad": "#fdecea", "good": "#eaf5ec",
	}
}

//go:embed drawing.svg.tmpl
var drawingText string

func fileTemplate() *template.Template {
	return template.Must(htmlTemplate().New("file").Parse(drawingText))
}

func elementTemplate() *template.Template {
	return template.Must(htmlTemplate().New("element").Parse(
		`<svg class="{{.Class}}" width="{{.SVG.Width}}" height="{{.SVG.Height}}" viewBox="0 0 {{.SVG.Width}} {{.SVG.Height}}" role="img" aria-label="{{.Label}}">{{template "drawing" .SVG}}</svg>`))
}

// element is what a template makes of a picture.
func (p *Picture) element(t *template.Template, placed svgPicture, l lang.Lang, colors ...map[string]string) (string, error) {
	var b bytes.Buffer
	data := struct {
		SVG          svgPicture
		Class, Label string
		Heads        []string
		Colors       map[string]template.CSS
	}{placed, string(p.Verdict), p.API + " " + pictureSayings[p.Verdict].In(l), heads, map[string]template.CSS{}}
	for _, set := range colors {
		for name, color := range set {
			data.Colors[name] = template.CSS(color) //nolint:gosec // A constant of this file.
		}
	}
	err := t.Execute(&b, data)
	return b.String(), err
}
