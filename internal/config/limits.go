package config

// The limits that a real project may have to raise.

import (
	"strconv"
	"time"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// Limits are how much is read and followed; zero stands for the default of those who read and follow.
type Limits struct {
	// FileSize is in bytes, of code, templates and configurations.
	FileSize int64
	// Files are the files of one mini-program that are searched.
	Files int
	// Ways are those through one entry point, Steps the work on all of them.
	Ways, Steps int
	// ParseTime is for one file, Time for following the code of a mini-program.
	ParseTime, Time time.Duration
}

// limit is a key of "limits" with what it bounds.
type limit struct {
	name string
	// most is far above what anybody needs, and what can be computed with.
	most    int
	initial int
	about   string
	set     func(*Limits, int)
}

var limits = []limit{
	{"fileSize", 1024, 4, "the largest file that is read, in MB", func(l *Limits, n int) { l.FileSize = int64(n) << 20 }},
	{"files", 10_000_000, 300_000, "how many files of a mini-program are searched", func(l *Limits, n int) { l.Files = n }},
	{"parseSeconds", 3600, 10, "how long parsing one file may take", func(l *Limits, n int) { l.ParseTime = time.Duration(n) * time.Second }},
	{"ways", 1_000_000, 4000, "how many ways through one entry point are followed", func(l *Limits, n int) { l.Ways = n }},
	{"steps", 1_000_000_000, 3_000_000, "how much work is done on one entry point: expressions and statements that are evaluated", func(l *Limits, n int) { l.Steps = n }},
	{"seconds", 86_400, 300, "how long following the code of a mini-program may take", func(l *Limits, n int) { l.Time = time.Duration(n) * time.Second }},
}

func (p *parser) limits(v *jsondoc.Node) error {
	fields := make([]field, len(limits))
	for i, l := range limits {
		fields[i] = field{l.name, func(p *parser, v *jsondoc.Node) error {
			n, err := p.count(v, "limits."+l.name, l.most)
			if err == nil {
				l.set(&p.config.Limits, n)
			}
			return err
		}}
	}
	return p.object(v, "limits", fields)
}

// count reads a whole number from 1 to most.
func (p *parser) count(v *jsondoc.Node, what string, most int) (int, error) {
	if v.Kind != jsondoc.Number {
		return 0, p.wrongType(v, what, jsondoc.Number)
	}
	written := string(p.file.Text[v.Start:v.End])
	n, err := strconv.Atoi(written)
	if err != nil || n < 1 || n > most {
		return 0, p.errorAt(v.Start, lang.T("%s must be a whole number from 1 to %d, not %s", "%s 必须是 1 到 %d 之间的整数，而不是 %s"), what, most, written)
	}
	return n, nil
}

func limitsSchema() *schema {
	s := &schema{Type: "object", Description: "how much is read and followed, where a project needs more", Additional: new(bool), Properties: map[string]*schema{}}
	for _, l := range limits {
		s.Properties[l.name] = &schema{Type: "integer", Description: l.about + "; " + strconv.Itoa(l.initial) + " unless told", Minimum: 1, Maximum: l.most}
	}
	return s
}
