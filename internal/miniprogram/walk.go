package miniprogram

// One walk over a mini-program's folder: which files are candidates, and what the bytes of
// each tell. Folders and batches of files are shared out among workers; the outcome does
// not depend on who did what.

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/voipcheck/voipcheck/internal/boundary"
)

// walk is one run over a folder.
type walk struct {
	disk *disk
	// root is the folder; excluded are folders below it that are no part of the program.
	root     string
	excluded map[string]bool
	// ignore is the configuration's, by reported path; it may be nil.
	ignore func(path string, dir bool) bool
	// candidate tells of a file's name whether it is read.
	candidate func(base string) bool
	// infix is the resolver's.
	infix string
	// look reads what is wanted off a file's text.
	look func(w *words, text []byte, l lexicon)
	// again keeps a digest of it.
	again bool

	files atomic.Int64 // found so far

	mu      sync.Mutex
	ready   *sync.Cond
	jobs    []walkJob
	working int
	found   []*words // sorted by name
	// lexicons are the workers'.
	lexicons []lexicon
	links    []walkJob // linked folders, which come after all others
	outside  []string  // linked folders that lead out of the repository
	failed   []FileError
}

// walkJob is a folder to list or, with files set, a part of its files to read.
type walkJob struct {
	dir   string
	rules *ignoreRules
	files []string
}

// batch is how many files of a folder one worker takes at a time.
const batch = 64

// run walks and returns what was found, sorted by name.
func (w *walk) run(rules *ignoreRules) ([]*words, []FileError) {
	w.ready = sync.NewCond(&w.mu)
	w.jobs = []walkJob{{dir: w.root, rules: rules}}
	w.drain()
	w.followLinks()
	sort.Slice(w.failed, func(i, j int) bool { return w.failed[i].Path < w.failed[j].Path })
	return w.found, w.failed
}

// drain works until no job is left.
func (w *walk) drain() {
	var wg sync.WaitGroup
	for range min(max(runtime.GOMAXPROCS(0), 2), 8) {
		wg.Go(func() {
			buffer := buffers.Get().(*[]byte)
			o := &onlooker{walk: w, lexicon: lexicon{}, buffer: *buffer}
			for {
				job, ok := w.take()
				if !ok {
					break
				}
				o.do(job)
				w.done()
			}
			if *buffer = o.buffer; cap(o.buffer) <= largestBuffer {
				buffers.Put(buffer)
			}
			slices.SortFunc(o.found, byName)
			w.mu.Lock()
			w.found = merged(w.found, o.found)
			w.lexicons = append(w.lexicons, o.lexicon)
			w.mu.Unlock()
		})
	}
	wg.Wait()
}

// largestBuffer is the largest that is kept for other files.
const largestBuffer = 1 << 20

// buffers are what files are read into, one after the other.
var buffers = sync.Pool{New: func() any {
	buffer := make([]byte, 0, 64<<10)
	return &buffer
}}

func byName(a, b *words) int { return strings.Compare(a.name, b.name) }

// merged puts two sorted lists together.
func merged(a, b []*words) []*words {
	if len(a) == 0 {
		return b
	}
	out := make([]*words, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if byName(b[0], a[0]) < 0 {
			a, b = b, a
		}
		out = append(out, a[0])
		a = a[1:]
	}
	return append(append(out, a...), b...)
}

// take returns the next job; ok is false when all are done.
func (w *walk) take() (walkJob, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.jobs) == 0 {
		if w.working == 0 {
			w.ready.Broadcast()
			return walkJob{}, false
		}
		w.ready.Wait()
	}
	job := w.jobs[len(w.jobs)-1]
	w.jobs = w.jobs[:len(w.jobs)-1]
	w.working++
	return job, true
}

func (w *walk) done() {
	w.mu.Lock()
	w.working--
	over := w.working == 0 && len(w.jobs) == 0
	w.mu.Unlock()
	if over {
		w.ready.Broadcast()
	}
}

func (w *walk) add(jobs ...walkJob) {
	w.mu.Lock()
	w.jobs = append(w.jobs, jobs...)
	w.mu.Unlock()
	w.ready.Broadcast()
}

// followLinks walks linked folders whose content lies outside what was walked. They come
// last and in order, so that a folder with two names is always known by the same one.
func (w *walk) followLinks() {
	visited := map[string]bool{}
	if real, err := w.disk.fs.Real(w.root); err == nil {
		visited[real] = true
	}
	for len(w.links) > 0 {
		links := w.links
		w.links = nil
		sort.Slice(links, func(i, j int) bool { return links[i].dir < links[j].dir })
		for _, link := range links {
			real, err := w.disk.fs.Real(link.dir)
			switch {
			case errors.Is(err, boundary.ErrOutside):
				w.outside = append(w.outside, link.dir)
			case err != nil && !errors.Is(err, fs.ErrNotExist):
				w.fail(link.dir, plain(err))
			}
			if err != nil || overlaps(real, visited) {
				continue
			}
			visited[real] = true
			w.jobs = append(w.jobs, link)
			w.drain()
		}
	}
}

func overlaps(name string, visited map[string]bool) bool {
	for v := range visited {
		if within(name, v) || within(v, name) {
			return true
		}
	}
	return false
}

// onlooker is one worker with what it keeps between files.
type onlooker struct {
	*walk
	buffer  []byte
	lexicon lexicon
	found   []*words
}

func (o *onlooker) do(job walkJob) {
	if job.files != nil {
		for _, name := range job.files {
			o.read(name)
		}
		return
	}
	o.list(job)
}

func (o *onlooker) list(job walkJob) {
	f := o.disk.folder(job.dir)
	if errors.Is(f.err, fs.ErrNotExist) {
		return
	}
	if f.err != nil {
		o.fail(job.dir, plain(f.err))
		return
	}
	rules := job.rules
	if f.has(".gitignore", fileEntry) {
		if file, err := o.disk.file(job.dir+"/.gitignore", o.disk.limits.Config); err == nil {
			rules = parseIgnore(rules, job.dir, file.Text)
		}
	}
	if job.dir != o.root && o.isCloud(f) {
		return
	}
	var folders []walkJob
	var files []string
	for _, e := range f.entries {
		switch {
		case e.kind == dirEntry && o.enters(job.dir, e, rules):
			sub := walkJob{dir: job.dir + "/" + e.name, rules: rules}
			if e.link {
				o.mu.Lock()
				o.links = append(o.links, sub)
				o.mu.Unlock()
				continue
			}
			folders = append(folders, sub)
		case !o.candidate(e.name) || o.leaves(job.dir, e.name, false, rules) || shadowed(f, e.name) || overlaid(f, e.name, o.infix):
		case e.kind == fileEntry:
			files = append(files, job.dir+"/"+e.name)
		case e.kind == deviceEntry:
			_, err := o.disk.bytes(job.dir+"/"+e.name, 0, nil)
			o.fail(job.dir+"/"+e.name, err)
		}
	}
	if len(files) > 0 && o.isTooMany(len(files)) {
		return
	}
	for len(files) > batch {
		folders = append(folders, walkJob{dir: job.dir, files: files[:batch]})
		files = files[batch:]
	}
	if len(folders) > 0 {
		o.add(folders...)
	}
	for _, name := range files {
		o.read(name)
	}
}

// isTooMany counts files, and reports whether there are more than are searched. That is told once, of the whole folder.
func (o *onlooker) isTooMany(files int) bool {
	limit := o.disk.limits.Files
	n := o.files.Add(int64(files))
	if n > limit && n-int64(files) <= limit {
		o.fail(o.root, tooMany(limit))
	}
	return n > limit
}

// fail notes what cannot be read.
func (w *walk) fail(name string, err error) {
	w.mu.Lock()
	w.failed = append(w.failed, FileError{Path: relative(w.disk.base, name), Err: err})
	w.mu.Unlock()
}

// enters reports whether the folder is part of the program.
func (o *onlooker) enters(dir string, e entry, rules *ignoreRules) bool {
	return !isForeignFolder(e.name) && !o.excluded[dir+"/"+e.name] && !o.leaves(dir, e.name, true, rules)
}

// leaves reports whether .gitignore or the configuration leaves the name out.
func (o *onlooker) leaves(dir, base string, isDir bool, rules *ignoreRules) bool {
	name := dir + "/" + base
	if rules.ignored(name, base, isDir) {
		return true
	}
	return o.ignore != nil && o.ignore(relative(o.disk.base, name), isDir)
}

// isCloud recognises a cloud function, or a folder of them, by its package.json.
func (o *onlooker) isCloud(f *folder) bool {
	if !f.has("package.json", fileEntry) {
		return false
	}
	file, err := o.disk.file(f.name+"/package.json", o.disk.limits.Config)
	return err == nil && bytes.Contains(file.Text, []byte(`"wx-server-sdk"`))
}

func (o *onlooker) read(name string) {
	w := &words{name: name}
	raw, err := o.disk.regular(name, o.disk.limits.Named, o.buffer)
	o.buffer = raw
	if err != nil {
		w.err = err
		o.found = append(o.found, w)
		return
	}
	o.see(w, raw)
	o.found = append(o.found, w)
}

// see reads the words off a file's bytes.
func (o *onlooker) see(w *words, raw []byte) {
	text := raw
	if len(raw) > 1 && (raw[0] == 0 || raw[1] == 0 || raw[0] >= 0xFE) {
		text, _ = decode(raw)
	}
	o.look(w, text, o.lexicon)
	if o.again {
		w.digest = w.sum()
	}
}

// isForeignFolder tells of folders that hold no code of the program, whatever is in them.
func isForeignFolder(base string) bool {
	if base[0] == '.' {
		return true
	}
	switch base {
	case "node_modules", "miniprogram_npm", "__tests__", "__test__", "__mocks__", "__snapshots__", "tests", "test", "mock", "mocks",
		"e2e", "cypress", "coverage", "typings", "docs", "doc", "cloudfunctions", "cloudfunction", "unpackage", "bower_components":
		return true
	}
	return false
}

// isForeignFile tells of scripts that are tests, typings and the like.
func isForeignFile(base string) bool {
	for _, mark := range []string{".d.ts", ".d.mts", ".d.cts"} {
		if strings.HasSuffix(base, mark) {
			return true
		}
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	switch path.Ext(stem) {
	case ".test", ".spec", ".mock", ".stories", ".e2e", ".bak":
		return true
	}
	return false
}

// shadowed tells of a script that is made from the TypeScript file beside it.
func shadowed(f *folder, base string) bool {
	stem, ok := strings.CutSuffix(base, ".js")
	return ok && (f.has(stem+".ts", fileEntry) || f.has(stem+".tsx", fileEntry))
}

// overlaid tells of a file in whose place another is taken: call.js beside call.wx.js.
func overlaid(f *folder, base, infix string) bool {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	return infix != "" && !strings.HasSuffix(stem, infix) && f.has(stem+infix+ext, fileEntry)
}

// rulesAbove are the .gitignore rules of the folders above dir, from the repository's root on. Where
// they leave out dir itself, which is to be read all the same, none of them counts.
func rulesAbove(d *disk, repository, dir string) *ignoreRules {
	var rules *ignoreRules
	above := parents(dir)[1:]
	for i := len(above) - 1; i >= 0; i-- {
		name := above[i] + "/.gitignore"
		if !within(above[i], repository) || !d.statFile(name) {
			continue
		}
		if file, err := d.file(name, d.limits.Config); err == nil {
			rules = parseIgnore(rules, above[i], file.Text)
		}
	}
	if rules.ignored(dir+"/app.json", "app.json", false) {
		return nil
	}
	for _, up := range parents(dir) {
		if within(up, repository) && rules.ignored(up, path.Base(up), true) {
			return nil
		}
	}
	return rules
}

func hasExt(base string, exts ...string) bool {
	e := path.Ext(base)
	for _, x := range exts {
		if e == x {
			return true
		}
	}
	return false
}
