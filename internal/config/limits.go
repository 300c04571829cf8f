package config

// How much work is done, where a project needs more of it.

import (
	"strconv"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Limits are how much is read and followed.
type Limits struct {
	// Work is how many times the usual work is done; 0 when the configuration does not say. Less than 1 is less than usual.
	Work float64
	// At is where that stands.
	At source.Span
}

// What "work" may be: a repository may ask for at most so much of the machine that checks it.
const (
	LeastWork = 0.001
	MostWork  = 8
)

func (p *parser) limits(v *jsondoc.Node) error {
	return p.object(v, "limits", []field{{"work", func(p *parser, v *jsondoc.Node) (err error) {
		p.config.Limits.Work, err = p.numberWithin(v, "limits.work", LeastWork, MostWork)
		p.config.Limits.At = p.span(v)
		return err
	}}})
}

// numberWithin reads a number from least to most.
func (p *parser) numberWithin(v *jsondoc.Node, what string, least, most float64) (float64, error) {
	if v.Kind != jsondoc.Number {
		return 0, p.wrongType(v, what, jsondoc.Number)
	}
	written := string(p.file.Text[v.Start:v.End])
	n, err := strconv.ParseFloat(written, 64)
	if err != nil || !(n >= least && n <= most) {
		return 0, p.errorAt(v.Start, lang.T("%s must be a number from %v to %v, not %s", "%s 必须是 %v 到 %v 之间的数字，而不是 %s"), what, least, most, written)
	}
	return n, nil
}

func limitsSchema() *schema {
	return &schema{
		Type: "object", Description: "how much is read and followed, where a project needs more", Additional: new(bool),
		Properties: map[string]*schema{"work": {
			Type: "number", Minimum: LeastWork, Maximum: MostWork,
			Description: "how many times the usual work is done: 2 where a message says that a bound was met; less than 1 weakens the check",
		}},
	}
}
