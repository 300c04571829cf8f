// Package fix applies the changes that findings propose: in memory first, again and again until nothing more is
// proposed, so that what is written, or shown, is the end of it.
package fix

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/overlay"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// maxRounds bounds how often what was fixed is looked at again: a fix that brings
// another finding may be followed by that one's fix.
const maxRounds = 30

// File is a file that changes.
type File struct {
	// Name is absolute, Path the file's name in reports.
	Name, Path string
	// Before and After are its text as UTF-8.
	Before, After []byte
	// old and new are the bytes on disk.
	old, new []byte
}

// Refused is a fix that there is not where it could be expected, or that was tried and taken back.
type Refused struct {
	// Path and Line are where its finding is.
	Path string
	Line int
	Rule string
	Why  lang.Text
}

// Result is what fixing comes to.
type Result struct {
	// Check is the check of the program as it is after the fixes.
	Check *check.Result
	// Files are the files that change, by path; Fixed counts the findings that were fixed.
	Files []File
	Fixed int
	// Refused are the fixes that are left out, by path and line.
	Refused []Refused
}

// Run checks and fixes in memory. Only safe fixes are applied unless all is set. Nothing is written.
func Run(o check.Options, all bool) (*Result, error) {
	return newFixer(&o, all).run(o)
}

// fixer is a run of fixes.
type fixer struct {
	all     bool
	check   func(check.Options) (*check.Result, error)
	changed *overlay.FS
	files   map[string]*File
	refused map[kind]bool
	// singly are the files in which one fix is tried at a time, since several at once broke them.
	singly map[string]bool
	result Result
}

// newFixer puts an overlay over the file system of the options.
func newFixer(o *check.Options, all bool) *fixer {
	f := &fixer{
		all: all, check: check.Run, changed: overlay.New(o.FS),
		files: map[string]*File{}, refused: map[kind]bool{}, singly: map[string]bool{},
	}
	o.FS = f.changed
	return f
}

func (f *fixer) run(o check.Options) (*Result, error) {
	r := &f.result
	var err error
	if r.Check, err = f.check(o); err != nil {
		return nil, err
	}
	o.Log = nil // what is read has been told
	for range maxRounds {
		changes, err := f.once(r.Check.Findings)
		if err != nil {
			return nil, err
		}
		if len(changes) == 0 {
			break
		}
		after, err := f.check(o)
		if err != nil {
			return nil, err
		}
		if f.takeBack(changes, r.Check.Findings, after.Findings) {
			if after, err = f.check(o); err != nil {
				return nil, err
			}
		}
		r.Check = after
	}
	f.byHand(r.Check.Findings)
	for _, file := range f.files {
		r.Files = append(r.Files, *file)
	}
	sort.Slice(r.Files, func(i, j int) bool { return r.Files[i].Path < r.Files[j].Path })
	sort.SliceStable(r.Refused, func(i, j int) bool {
		a, b := r.Refused[i], r.Refused[j]
		return a.Path < b.Path || a.Path == b.Path && a.Line < b.Line
	})
	return r, nil
}

// byHand notes the findings that are left without a fix, and why.
func (f *fixer) byHand(findings []report.Finding) {
	for i := range findings {
		if found := &findings[i]; !found.ByHand.IsZero() {
			f.result.Refused = append(f.result.Refused, Refused{Path: found.File, Line: found.From.Line, Rule: found.Rule.ID, Why: found.ByHand})
		}
	}
}

// change is what one round did to one file.
type change struct {
	file     *File
	previous *File // as it was changed before, nil when it was not
	fixed    []*report.Finding
}

// once applies the fixes of one check to the overlay.
func (f *fixer) once(findings []report.Finding) ([]change, error) {
	groups := map[string][][]edit.Replacement{}
	of := map[string][]*report.Finding{}
	var names []string
	for i := range findings {
		found := &findings[i]
		if !f.wanted(found) {
			continue
		}
		name := found.Fix.Edits[0].At.File.Name
		if f.singly[name] && len(of[name]) > 0 {
			continue
		}
		if of[name] == nil {
			names = append(names, name)
		}
		var group []edit.Replacement
		for _, e := range found.Fix.Edits {
			group = append(group, edit.Replacement{Start: e.At.Start, End: e.At.End, New: e.New})
		}
		groups[name] = append(groups[name], group)
		of[name] = append(of[name], found)
	}
	sort.Strings(names)
	var changes []change
	for _, name := range names {
		c, err := f.apply(of[name][0].Fix.Edits[0].At.File, groups[name], of[name])
		if err != nil {
			return nil, err
		}
		if c != nil {
			changes = append(changes, *c)
		}
	}
	return changes, nil
}

// wanted tells that a finding has a fix that is to be applied, all of it in one file.
func (f *fixer) wanted(found *report.Finding) bool {
	if found.Fix == nil || !found.Fix.Safe && !f.all || len(found.Fix.Edits) == 0 || f.refused[kindOf(found)] {
		return false
	}
	for _, e := range found.Fix.Edits {
		if e.At.IsZero() || e.At.File != found.Fix.Edits[0].At.File {
			return false
		}
	}
	return true
}

// apply changes one file in the overlay; nil when nothing comes of it.
func (f *fixer) apply(of *source.File, groups [][]edit.Replacement, findings []*report.Finding) (*change, error) {
	text, applied := edit.Apply(of.Text, groups)
	if bytes.Equal(text, of.Text) {
		return nil, nil //nolint:nilnil // no change and no error is what happened
	}
	previous := f.files[of.Name]
	file := &File{Name: filepath.FromSlash(of.Name), Path: of.Path, Before: of.Text}
	if previous != nil {
		*file = *previous
	} else {
		old, err := fs.ReadFile(readable{f.changed.FS}, of.Name)
		if err != nil {
			return nil, &miniprogram.ReadError{Path: of.Path, Err: err}
		}
		file.old = old
		if same, err := encoded(of.Text, of.Encoding, old); err != nil || !bytes.Equal(same, old) {
			return nil, nil //nolint:nilerr,nilnil // the text does not stand for these bytes: better left alone
		}
	}
	written, err := encoded(text, of.Encoding, file.old)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // the new text has a character that the file's encoding has not
	}
	file.After, file.new = text, written
	f.files[of.Name] = file
	f.changed.Set(of.Name, written)
	c := &change{file: file, previous: previous}
	for _, i := range applied {
		c.fixed = append(c.fixed, findings[i])
	}
	f.result.Fixed += len(c.fixed)
	return c, nil
}

// Write writes the changed files that lie in the repositories of the absolute paths that were named. A file that has changed in the
// meantime is left alone, and is an error. It returns the files that were written, and an error for each that could not be.
func (r *Result) Write(paths ...string) (written []File, failed []error) {
	if len(r.Files) == 0 {
		return nil, nil
	}
	inside, err := boundary.Around(miniprogram.OSFS(), paths...)
	if err != nil {
		return nil, []error{err}
	}
	for _, f := range r.Files {
		if err := f.write(inside); err != nil {
			failed = append(failed, err)
			continue
		}
		written = append(written, f)
	}
	return written, failed
}

func (f *File) write(inside *boundary.Boundary) error {
	if err := inside.Write(f.Name); err != nil {
		return err
	}
	if now, err := os.ReadFile(f.Name); err != nil || !bytes.Equal(now, f.old) {
		return lang.Errorf(lang.T("%s was changed while it was being fixed, so it was not written", "%s 在修复过程中被改动，没有写入"), f.Path)
	}
	return edit.Output(f.Name, f.Path, f.new)
}

// readable lets fs.ReadFile read the absolute names of a miniprogram.FS.
type readable struct{ miniprogram.FS }
