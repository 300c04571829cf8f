package program

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
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// walk is one run over a folder.
type walk struct {
	disk *files.Disk
	// root is the folder; excluded are folders below it that are no part of the program.
	root     string
	excluded map[string]bool
	// ignore is the configuration's, by reported path; it may be nil.
	ignore func(path string, dir bool) bool
	// candidate tells of a file's name whether it is read.
	candidate func(base string) bool
	// infix is the resolver's.
	infix string
	// scan reads what is wanted off a file's text.
	scan func(w *scan.Summary, text []byte, l scan.Lexicon)
	// digests keeps a digest of it.
	digests bool

	files atomic.Int64 // found so far

	mu      sync.Mutex
	ready   *sync.Cond
	jobs    []walkJob
	working int
	found   []*scan.Summary // sorted by name
	// lexicons are the workers'.
	lexicons []scan.Lexicon
	links    []walkJob // linked folders, which come after all others
	outside  []string  // linked folders that lead out of the repository
	failed   []miniprogram.FileError
}

// walkJob is a folder to list or, with files set, a part of its files to read.
type walkJob struct {
	dir   string
	rules *files.IgnoreRules
	files []string
}

// batch is how many files of a folder one worker takes at a time.
const batch = 64

// run walks and returns what was found, sorted by name.
func (w *walk) run(rules *files.IgnoreRules) ([]*scan.Summary, []miniprogram.FileError) {
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
			o := &scanner{walk: w, lexicon: scan.Lexicon{}, buffer: *buffer}
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

func byName(a, b *scan.Summary) int { return strings.Compare(a.Name, b.Name) }

// merged puts two sorted lists together.
func merged(a, b []*scan.Summary) []*scan.Summary {
	if len(a) == 0 {
		return b
	}
	out := make([]*scan.Summary, 0, len(a)+len(b))
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
	if real, err := w.disk.Fs.Real(w.root); err == nil {
		visited[real] = true
	}
	for len(w.links) > 0 {
		links := w.links
		w.links = nil
		sort.Slice(links, func(i, j int) bool { return links[i].dir < links[j].dir })
		for _, link := range links {
			real, err := w.disk.Fs.Real(link.dir)
			switch {
			case errors.Is(err, boundary.ErrOutside):
				w.outside = append(w.outside, link.dir)
			case err != nil && !errors.Is(err, fs.ErrNotExist):
				w.fail(link.dir, files.Plain(err))
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
		if files.Within(name, v) || files.Within(v, name) {
			return true
		}
	}
	return false
}

// scanner is one worker with what it keeps between files.
type scanner struct {
	*walk
	buffer  []byte
	lexicon scan.Lexicon
	found   []*scan.Summary
}

func (o *scanner) do(job walkJob) {
	if job.files != nil {
		for _, name := range job.files {
			o.read(name)
		}
		return
	}
	o.list(job)
}

func (o *scanner) list(job walkJob) {
	f := o.disk.Folder(job.dir)
	if errors.Is(f.Err, fs.ErrNotExist) {
		return
	}
	if f.Err != nil {
		o.fail(job.dir, files.Plain(f.Err))
		return
	}
	rules := job.rules
	if f.Has(".gitignore", files.FileEntry) {
		if file, err := o.disk.File(job.dir+"/.gitignore", o.disk.Limits.Config); err == nil {
			rules = files.ParseIgnore(rules, job.dir, file.Text)
		}
	}
	if job.dir != o.root && o.isCloud(f) {
		return
	}
	var folders []walkJob
	var names []string
	for _, e := range f.Entries {
		switch {
		case e.Kind == files.DirEntry && o.enters(job.dir, e, rules):
			sub := walkJob{dir: job.dir + "/" + e.Name, rules: rules}
			if e.Link {
				o.mu.Lock()
				o.links = append(o.links, sub)
				o.mu.Unlock()
				continue
			}
			folders = append(folders, sub)
		case !o.candidate(e.Name) || o.leaves(job.dir, e.Name, false, rules) || shadowed(f, e.Name) || overlaid(f, e.Name, o.infix):
		case e.Kind == files.FileEntry:
			names = append(names, job.dir+"/"+e.Name)
		case e.Kind == files.DeviceEntry:
			_, err := o.disk.Bytes(job.dir+"/"+e.Name, 0, nil)
			o.fail(job.dir+"/"+e.Name, err)
		}
	}
	if len(names) > 0 && o.isTooMany(len(names)) {
		return
	}
	for len(names) > batch {
		folders = append(folders, walkJob{dir: job.dir, files: names[:batch]})
		names = names[batch:]
	}
	if len(folders) > 0 {
		o.add(folders...)
	}
	for _, name := range names {
		o.read(name)
	}
}

// isTooMany counts files, and reports whether there are more than are searched. That is told once, of the whole folder.
func (o *scanner) isTooMany(names int) bool {
	limit := o.disk.Limits.Files
	n := o.files.Add(int64(names))
	if n > limit && n-int64(names) <= limit {
		o.fail(o.root, files.TooMany(limit))
	}
	return n > limit
}

// fail notes what cannot be read.
func (w *walk) fail(name string, err error) {
	w.mu.Lock()
	w.failed = append(w.failed, miniprogram.FileError{Path: files.Relative(w.disk.Base, name), Err: err})
	w.mu.Unlock()
}

// enters reports whether the folder is part of the program.
func (o *scanner) enters(dir string, e files.Entry, rules *files.IgnoreRules) bool {
	return !files.IsForeignFolder(e.Name) && !o.excluded[dir+"/"+e.Name] && !o.leaves(dir, e.Name, true, rules)
}

// leaves reports whether .gitignore or the configuration leaves the name out.
func (o *scanner) leaves(dir, base string, isDir bool, rules *files.IgnoreRules) bool {
	name := dir + "/" + base
	if rules.Ignored(name, base, isDir) {
		return true
	}
	return o.ignore != nil && o.ignore(files.Relative(o.disk.Base, name), isDir)
}

// isCloud recognises a cloud function, or a folder of them, by its package.json.
func (o *scanner) isCloud(f *files.Folder) bool {
	if !f.Has("package.json", files.FileEntry) {
		return false
	}
	file, err := o.disk.File(f.Name+"/package.json", o.disk.Limits.Config)
	return err == nil && bytes.Contains(file.Text, []byte(`"wx-server-sdk"`))
}

func (o *scanner) read(name string) {
	w := &scan.Summary{Name: name}
	raw, err := o.disk.Regular(name, o.disk.Limits.Named, o.buffer)
	o.buffer = raw
	if err != nil {
		w.Err = err
		o.found = append(o.found, w)
		return
	}
	o.see(w, raw)
	o.found = append(o.found, w)
}

// see reads the words off a file's bytes.
func (o *scanner) see(w *scan.Summary, raw []byte) {
	text := raw
	if len(raw) > 1 && (raw[0] == 0 || raw[1] == 0 || raw[0] >= 0xFE) {
		text, _ = files.Decode(raw)
	}
	o.scan(w, text, o.lexicon)
	if o.digests {
		w.Sum = w.Digest()
	}
}

// shadowed tells of a script that is made from the TypeScript file beside it.
func shadowed(f *files.Folder, base string) bool {
	stem, ok := strings.CutSuffix(base, ".js")
	return ok && (f.Has(stem+".ts", files.FileEntry) || f.Has(stem+".tsx", files.FileEntry))
}

// overlaid tells of a file in whose place another is taken: call.js beside call.wx.js.
func overlaid(f *files.Folder, base, infix string) bool {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	return infix != "" && !strings.HasSuffix(stem, infix) && f.Has(stem+infix+ext, files.FileEntry)
}
