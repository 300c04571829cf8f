package program

import "github.com/voipcheck/voipcheck/internal/miniprogram/scan"

// Whether a program stays the same when a file of it is edited.

// SameProgram answers for the project.
func (p *program) SameProgram(name string, raw []byte) (looked, same bool) {
	name = p.Disk.Canonical(name)
	w := p.summaries[name]
	if w == nil {
		return false, true
	}
	if w.Err != nil || w.Sum == 0 || int64(len(raw)) > p.Disk.Limits.Named || p.Disk.HasRead(name) {
		return true, false
	}
	again := &scan.Summary{Name: name}
	(&scanner{walk: p.walkOf(p.Src), lexicon: scan.Lexicon{}}).see(again, raw)
	return true, again.Sum == w.Sum
}
