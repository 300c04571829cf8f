package report

// The pictures laid out, for pages that show a report in their own form.

import (
	"strconv"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// PlacedPicture is the path to one call, with everything in its place.
type PlacedPicture struct {
	Project, API string
	At           PlacedAt
	Verdict      PictureVerdict
	// Said is the verdict in words, Finding the fingerprint of the finding about the call, or "".
	Said, Finding string
	// Wide is the picture; Narrow is one for small screens, nil where the other is no wider. A box's Link is the index of its step.
	Wide   svgPicture
	Narrow *svgPicture
	// Steps are those that are written somewhere.
	Steps []PlacedStep
}

// PlacedStep is a step of a picture with the place where it is written.
type PlacedStep struct {
	Message string
	At      PlacedAt
	Wrong   bool
}

// PlacedAt is where something begins.
type PlacedAt struct {
	File         string
	Line, Column int
}

// PlacedPictures are the report's pictures in the language l.
func PlacedPictures(r *Report, l lang.Lang) []PlacedPicture {
	known := map[string]bool{}
	for i := range r.Findings {
		known[r.Findings[i].Fingerprint] = true
	}
	placed := []PlacedPicture{}
	for i := range r.Pictures {
		d := placedOf(&r.Pictures[i], l)
		if !known[d.Finding] {
			if d.Finding = ""; d.Verdict != PictureSound {
				d.Said += " (" + silentWord.In(l) + ")"
			}
		}
		placed = append(placed, d)
	}
	return placed
}

func placedOf(p *Picture, l lang.Lang) PlacedPicture {
	at := p.At.From()
	d := PlacedPicture{
		Project: p.Project, API: p.API, Verdict: p.Verdict, Said: pictureSayings[p.Verdict].In(l), Finding: p.Finding,
		At: PlacedAt{pathOf(p.At), at.Line, at.Column}, Steps: []PlacedStep{},
	}
	links := make([]string, len(p.Nodes))
	for i, n := range p.Nodes {
		if n.At.IsZero() {
			continue
		}
		links[i] = strconv.Itoa(len(d.Steps))
		at := n.At.From()
		d.Steps = append(d.Steps, PlacedStep{n.Message.In(l), PlacedAt{pathOf(n.At), at.Line, at.Column}, n.Wrong})
	}
	d.Wide = layout(p, links, l)
	if narrow := stack(p, links, l); narrow.Width < d.Wide.Width {
		d.Narrow = &narrow
	}
	return d
}

// StepNote says how a step of the checklist stands: what was found at it, why it is skipped, or who confirmed it.
func StepNote(s Step, l lang.Lang) string { return stepNote(s, l) }

// WeakenedLines say what makes the gate weaker, a line each.
func WeakenedLines(r *Report, l lang.Lang) []string {
	return weakenings(r.Weakened, len(r.Weakened), l)
}

// GivenUpLines say what was not followed to the end, a line each.
func GivenUpLines(r *Report, l lang.Lang) []string {
	var lines []string
	for _, g := range r.GivenUp {
		lines = append(lines, givenUpLine(g, l))
	}
	return lines
}
