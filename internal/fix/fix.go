// Package fix applies the changes that findings propose: in memory first, again and again until nothing more is
// proposed, so that what is written, or shown, is the end of it.
package fix

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// maxRounds bounds how often what was fixed is looked at again: a fix that brings
// another finding may be followed by that one's fix.
const maxRounds = 10

// File is a file that changes.
type File struct {
	// Name is absolute, Path the file's name in reports.
	Name, Path string
	// Before and After are its text as UTF-8.
	Before, After []byte
	// old and new are the bytes on disk.
	old, new []byte
}

// Result is what fixing comes to.
type Result struct {
	// Check is the check of the program as it is after the fixes.
	Check *check.Result
	// Files are the files that change, by path; Fixed counts the findings that were fixed.
	Files []File
	Fixed int
}

// Run checks and fixes in memory. Only safe fixes are applied unless all is set. Nothing is written.
func Run(o check.Options, all bool) (*Result, error) {
	changed := &overlay{FS: o.FS, files: map[string][]byte{}}
	o.FS = changed
	r := &Result{}
	files := map[string]*File{}
	var err error
	for round := 0; ; round++ {
		if r.Check, err = check.Run(o); err != nil || round == maxRounds {
			break
		}
		fixed, err := once(r.Check.Findings, all, changed, files)
		if err != nil {
			return nil, err
		}
		if fixed == 0 {
			break
		}
		r.Fixed += fixed
		o.Log = nil // what is read has been told
	}
	for _, f := range files {
		r.Files = append(r.Files, *f)
	}
	sort.Slice(r.Files, func(i, j int) bool { return r.Files[i].Path < r.Files[j].Path })
	return r, err
}

// once applies the fixes of one check to the overlay, and returns how many.
func once(findings []report.Finding, all bool, changed *overlay, files map[string]*File) (int, error) {
	sources := map[string]*source.File{}
	groups := map[string][][]edit.Replacement{}
	var names []string
	for i := range findings {
		f := &findings[i]
		if f.Fix == nil || !f.Fix.Safe && !all || len(f.Fix.Edits) == 0 || !inOneFile(f) {
			continue
		}
		of := f.Fix.Edits[0].At.File
		if sources[of.Name] == nil {
			sources[of.Name] = of
			names = append(names, of.Name)
		}
		var group []edit.Replacement
		for _, e := range f.Fix.Edits {
			group = append(group, edit.Replacement{Start: e.At.Start, End: e.At.End, New: e.New})
		}
		groups[of.Name] = append(groups[of.Name], group)
	}
	sort.Strings(names)
	fixed := 0
	for _, name := range names {
		of := sources[name]
		text, applied := edit.Apply(of.Text, groups[name])
		if bytes.Equal(text, of.Text) {
			continue
		}
		f := files[name]
		if f == nil {
			old, err := fs.ReadFile(readable{changed.FS}, name)
			if err != nil {
				return 0, &miniprogram.ReadError{Path: of.Path, Err: err}
			}
			f = &File{Name: filepath.FromSlash(name), Path: of.Path, Before: of.Text, old: old}
			if same, err := encoded(of.Text, of.Encoding, old); err != nil || !bytes.Equal(same, old) {
				continue // the text does not stand for these bytes: better left alone
			}
			files[name] = f
		}
		bytesNow, err := encoded(text, of.Encoding, f.old)
		if err != nil {
			continue // the new text has a character that the file's encoding has not
		}
		f.After, f.new = text, bytesNow
		changed.files[name] = bytesNow
		fixed += len(applied)
	}
	return fixed, nil
}

// inOneFile tells that all edits of a fix concern one file.
func inOneFile(f *report.Finding) bool {
	for _, e := range f.Fix.Edits {
		if e.At.IsZero() || e.At.File != f.Fix.Edits[0].At.File {
			return false
		}
	}
	return true
}

// encoded is text in a file's own encoding, with a byte order mark where the old bytes have one.
func encoded(text []byte, e source.Encoding, old []byte) ([]byte, error) {
	marked := unicode.IgnoreBOM
	if bytes.HasPrefix(old, []byte{0xFF, 0xFE}) || bytes.HasPrefix(old, []byte{0xFE, 0xFF}) {
		marked = unicode.UseBOM
	}
	var in encoding.Encoding
	switch e {
	case source.UTF8BOM:
		return append([]byte("\uFEFF"), text...), nil
	case source.UTF16LE:
		in = unicode.UTF16(unicode.LittleEndian, marked)
	case source.UTF16BE:
		in = unicode.UTF16(unicode.BigEndian, marked)
	case source.GBK:
		in = simplifiedchinese.GB18030
	default:
		return text, nil
	}
	return in.NewEncoder().Bytes(text)
}

// Write writes the changed files: within their repository, or the folder dir where there is
// none. A file that has changed in the meantime is left alone, and is an error.
func (r *Result) Write(dir string) error {
	var failed error
	for _, f := range r.Files {
		failed = errors.Join(failed, f.write(dir))
	}
	return failed
}

func (f *File) write(dir string) error {
	if now, err := os.ReadFile(f.Name); err != nil || !bytes.Equal(now, f.old) {
		return lang.Errorf(lang.T("%s changed while it was being fixed and is left alone", "%s 在修复过程中被改动，没有写入"), f.Path)
	}
	base := config.Repository(filepath.Dir(f.Name))
	if base == "" {
		base = filepath.Dir(f.Name)
		if rel, err := filepath.Rel(dir, f.Name); err == nil && filepath.IsLocal(rel) {
			base = dir
		}
	}
	folder, err := edit.Within(base)
	if err != nil {
		return err
	}
	return folder.Write(f.Name, f.new)
}
