package check

// Checking the same again and again, as somebody works on it.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Session checks the same paths again and again, as in --watch and in an editor. Its results are those of Run. What was read and
// followed the last time is taken over as long as nothing changed that it depends on: looking whether it did costs a look at the
// files' times, and most edits in a project concern files of which only a few words matter to calls. The zero value is ready; a
// session is not safe for concurrent use, and each set of paths needs one of its own.
type Session struct {
	past *past // nil before the first check
}

// past is what was read and followed the last time.
type past struct {
	files *observed
	found *finder
	flows map[*miniprogram.Project]*flow.Result
	// of is what it was asked for.
	of Options
}

// Run checks as Run does. An error ends it as it ends Run; the session goes on.
func (s *Session) Run(o Options) (*Result, error) {
	o = o.usual()
	if past := s.past; past != nil && past.holds(o) {
		o.Log(lang.T("nothing has changed that matters", "没有影响结果的改动"))
		past.files.over(o.FS)
		return o.within(func(stop chan struct{}) (*Result, error) { return o.report(past, stop) })
	}
	s.past = nil
	now := &past{files: observe(o.FS), flows: map[*miniprogram.Project]*flow.Result{}, of: o}
	o.FS, o.again = now.files, true
	result, err := o.within(func(stop chan struct{}) (*Result, error) {
		var err error
		if now.found, err = found(o); err != nil {
			return nil, err
		}
		return o.report(now, stop)
	})
	if err == nil {
		s.past = now
	}
	return result, err
}

// holds reports whether a check would read and follow the same.
func (p *past) holds(o Options) bool {
	if o.Dir != p.of.Dir || !slices.Equal(o.Paths, p.of.Paths) || o.Config != p.of.Config || o.Isolated != p.of.Isolated {
		return false
	}
	repositories := &boundary.Repositories{}
	for _, t := range p.found.found {
		if f := p.flows[t.Project]; f == nil || len(f.GaveUp) > 0 || t.base != fingerprinted(t.dir, repositories) {
			return false
		}
	}
	names, same := p.files.changed(o.FS)
	return same && !slices.ContainsFunc(names, func(name string) bool { return !p.takes(o.FS, name) })
}

// takes reports whether the content that a file has by now changes nothing for any of the projects, and notes it.
func (p *past) takes(files miniprogram.FS, name string) bool {
	text, err := textOf(files, name)
	if err != nil {
		return false
	}
	lookers := 0
	for _, t := range p.found.found {
		looked, same := t.Project.SameProgram(name, text)
		if !same {
			return false
		}
		if looked {
			lookers++
		}
	}
	// Whoever else has opened it has read it for something else.
	if lookers == 0 || lookers != p.files.openedOften(name) {
		return false
	}
	p.files.replaced(name, text)
	return true
}

// fingerprinted is the folder that the fingerprints of a project are relative to.
func fingerprinted(dir string, repositories *boundary.Repositories) string {
	if base := repositories.Of(dir); base != "" {
		return base
	}
	return dir
}
