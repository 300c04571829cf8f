// Package baseline keeps the findings that a team knows of, so that only new ones fail.
package baseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// schema names the format of the file.
const schema = "voipcheck/baseline/1"

// maxSize bounds what is read: far above 100,000 findings.
const maxSize = 64 << 20

type file struct {
	Schema   string  `json:"schema"`
	Findings []entry `json:"findings"`
}

// entry is a known finding. Only the fingerprint decides; the others are for people who read the file, and tell
// what an entry that has become stale was about.
type entry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Reason      string `json:"reason,omitempty"`
	// File is relative to the baseline's folder.
	File string `json:"file"`
}

// Known are the fingerprints of known findings.
type Known map[string]bool

// Baseline is what was recorded.
type Baseline struct {
	Known   Known
	entries []entry
	dir     string
}

// ReadError says that a baseline is there and cannot be read.
type ReadError struct{ Err error }

func (e *ReadError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }

// Load reads the baseline called name, an absolute path, which errors call shown. It may be a *ReadError.
func Load(name, shown string) (*Baseline, error) {
	text, err := read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, lang.Errorf(lang.T(
			"%s: there is no such baseline; `--write-baseline %s` records the current findings",
			"%s：没有这个基线文件；可用 `--write-baseline %s` 记录当前的问题"), shown, shown)
	}
	if err != nil {
		return nil, &ReadError{lang.Errorf(lang.T("the baseline %s could not be read: %s", "无法读取基线文件 %s：%s"), shown, err)}
	}
	var f file
	if len(text) > maxSize || json.Unmarshal(bytes.TrimPrefix(text, []byte("\uFEFF")), &f) != nil || f.Schema != schema {
		return nil, lang.Errorf(lang.T(
			"%s is not a baseline that `--write-baseline` has written",
			"%s 不是 `--write-baseline` 生成的基线文件"), shown)
	}
	b := &Baseline{Known: Known{}, entries: f.Findings, dir: filepath.Dir(name)}
	for _, e := range f.Findings {
		b.Known[e.Fingerprint] = true
	}
	return b, nil
}

// read reads a file, of one that is too large only the beginning.
func read(name string) ([]byte, error) {
	f, err := edit.Open(name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read from: nothing to lose
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}

// Stale tells which entries about files below the roots, absolute folders, are not among the findings that were
// found again: their file and rule, each pair once.
func (b *Baseline) Stale(found []report.Finding, roots []string) []string {
	again := Known{}
	for i := range found {
		again[found[i].Fingerprint] = true
	}
	var stale []string
	for _, e := range b.entries {
		if about := e.File + " " + e.Rule; !again[e.Fingerprint] && below(filepath.Join(b.dir, filepath.FromSlash(e.File)), roots) && !slices.Contains(stale, about) {
			stale = append(stale, about)
		}
	}
	return stale
}

func below(name string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		within, err := filepath.Rel(root, name)
		return err == nil && filepath.IsLocal(within)
	})
}

// Write records findings in the file called name, an absolute path which errors call shown. The findings name their
// files relative to the folder dir.
func Write(name, shown, dir string, findings []report.Finding) error {
	if err := replaces(name, shown); err != nil {
		return err
	}
	f := file{Schema: schema, Findings: []entry{}}
	for i := range findings {
		g := &findings[i]
		about := g.File
		if within, err := filepath.Rel(filepath.Dir(name), filepath.Join(dir, filepath.FromSlash(about))); err == nil {
			about = filepath.ToSlash(within)
		}
		f.Findings = append(f.Findings, entry{g.Fingerprint, g.Rule.ID, g.Reason, about})
	}
	sort.Slice(f.Findings, func(i, j int) bool {
		a, b := f.Findings[i], f.Findings[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Rule != b.Rule {
			return a.Rule < b.Rule
		}
		return a.Fingerprint < b.Fingerprint
	})
	var out bytes.Buffer
	if err := report.EncodeJSON(&out, f); err != nil {
		return err
	}
	return edit.Output(name, shown, out.Bytes())
}

// replaces tells of a file that is there and is no baseline: it was named by mistake, and nobody wants to lose it.
func replaces(name, shown string) error {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return nil //nolint:nilerr // what cannot be looked at is told by whoever writes it
	}
	var unread *ReadError
	if _, err := Load(name, shown); err != nil && !errors.As(err, &unread) {
		return lang.Errorf(lang.T(
			"%s exists and is not a baseline, so it was not replaced; choose another file",
			"%s 已存在且不是基线文件，没有覆盖；请换一个文件名"), shown)
	}
	return nil
}
