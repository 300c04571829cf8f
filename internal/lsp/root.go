package lsp

// One folder that is open, and the check of it.

import (
	"errors"
	"path/filepath"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/baseline"
	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/overlay"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// root is a folder that is checked as the command line would check it from there.
type root struct {
	// dir is the folder, "/" separated.
	dir string
	// home is the repository that it lies in: what is outside of that is not read.
	home string
	// implied tells that no folder was opened, but a file in it.
	implied bool
	// wanted is the state of things that should be checked, done the one that was.
	wanted, done int
	result       *result
	// session takes over from check to check what has not changed. Only the worker uses it.
	session *check.Session
}

// holds reports whether a file lies in the folder.
func (r *root) holds(name string) bool {
	return boundary.Below(filepath.FromSlash(r.dir), filepath.FromSlash(name))
}

// newRoot is a folder that has not been checked yet.
func newRoot(dir string, implied bool) *root {
	return &root{dir: dir, home: filepath.ToSlash(boundary.Home(filepath.FromSlash(dir))), implied: implied, session: &check.Session{}}
}

// reads reports whether a file may matter to what is in the folder.
func (r *root) reads(name string) bool {
	return boundary.Below(filepath.FromSlash(r.home), filepath.FromSlash(name))
}

// result is what a check came to.
type result struct {
	*check.Result // nil where there is an error
	err           error
	places        *places
	// byFile are the findings in each file, by its name.
	byFile map[string][]*report.Finding
	// code are the scripts in which findings are.
	code map[*source.File]*miniprogram.Script
	// options are those of the check, whose file system has the documents as they were.
	options check.Options
}

// task is a check that is to be done: of a root, with the documents as they are.
type task struct {
	root      *root
	state     int
	options   check.Options
	baseline  string
	places    *places
	documents []string // the names of those that lie in the root
	outdated  bool     // something has changed since
}

// based is a file system in whose reports paths are relative to a folder.
type based struct {
	miniprogram.FS
	dir string
}

func (b based) Base() string { return b.dir }

// over is the file system with the open documents that matter, seen from the folder.
func (r *root) over(files miniprogram.FS, documents map[string]*document) *overlay.FS {
	o := overlay.New(based{files, r.dir})
	for name, d := range documents {
		if r.reads(name) {
			o.Set(name, []byte(strings.TrimPrefix(d.text, mark)))
		}
	}
	return o
}

// run checks.
func (t *task) run() *result {
	r := &result{places: t.places, byFile: map[string][]*report.Finding{}, code: map[*source.File]*miniprogram.Script{}}
	o := t.options
	if t.baseline != "" {
		name := filepath.FromSlash(t.baseline)
		if !filepath.IsAbs(name) {
			name = filepath.Join(o.Dir, name)
		}
		err := boundary.Given(name)
		var known *baseline.Baseline
		if err == nil {
			known, err = baseline.Load(name, t.baseline)
		}
		if err != nil {
			r.err = err
			return r
		}
		o.Baseline, o.BaselineFile = known.Known, t.baseline
	}
	scripts := map[*source.File]*miniprogram.Script{}
	o.Observe = func(p *checks.Pass) {
		for _, s := range p.Project.Scripts {
			scripts[s.File] = s
		}
	}
	r.options = o
	r.Result, r.err = t.root.session.Run(o)
	var none *miniprogram.NothingFound
	if errors.As(r.err, &none) && len(t.documents) > 0 {
		// The folder holds none: it may lie in a mini-program, as its files do.
		r.options.Paths = t.documents
		r.Result, r.err = check.Run(r.options)
	}
	if r.err != nil {
		return r
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.At.IsZero() {
			continue
		}
		r.byFile[f.At.File.Name] = append(r.byFile[f.At.File.Name], f)
		if s := scripts[f.At.File]; s != nil {
			r.code[f.At.File] = s
		}
	}
	return r
}

// files are the names of the files that have diagnostics, sorted.
func (r *result) files() []string {
	var names []string
	for name := range r.byFile {
		names = append(names, name)
	}
	if _, name := r.invalid(); name != "" {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// projectOf is the innermost project around a file, by its root as the report names it; the first one where none is.
func (r *result) projectOf(name string) string {
	best, length := "", -1
	for i, p := range r.Projects {
		dir := filepath.Join(r.options.Dir, filepath.FromSlash(p.Root))
		if i == 0 {
			best = p.Root
		}
		if name != "" && boundary.Below(dir, filepath.FromSlash(name)) && len(dir) > length {
			best, length = p.Root, len(dir)
		}
	}
	return best
}
