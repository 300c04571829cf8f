package check

// What a check saw of the file system, so that a later one can tell whether it would see the same.

import (
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// observed is a file system that notes what is seen of it. It is safe for concurrent use.
type observed struct {
	seed  maphash.Seed
	began time.Time

	mu      sync.Mutex
	files   miniprogram.FS
	folders map[string]listing
	names   map[lookup]seen
	texts   map[string]*content
}

// lookup is a question about a name.
type lookup struct {
	kind lookupKind
	name string
}

type lookupKind uint8

const (
	statLookup lookupKind = iota
	lstatLookup
	realLookup
)

// seen is the answer: the type of what is there, or the name without links, or why there is none.
type seen struct {
	mode   fs.FileMode
	real   string
	failed string
}

// listing is what a folder held.
type listing struct {
	sum    uint64
	failed string
}

// content is what was read of a file.
type content struct {
	// stamp tells the file from what it is once it was written again; it tells nothing when it is zero.
	stamp stamp
	// sum is that of its bytes, where they were read to the end.
	sum    uint64
	whole  bool
	failed string
	// opened is how often it was.
	opened int
}

type stamp struct {
	size    int64
	written time.Time
}

// coarse is how far apart two changes of a file may be whose times are equal: file systems count in steps, of which two seconds are
// the longest that are in use.
const coarse = 2 * time.Second

func observe(files miniprogram.FS) *observed {
	return &observed{
		seed: maphash.MakeSeed(), began: time.Now(), files: files,
		folders: map[string]listing{}, names: map[lookup]seen{}, texts: map[string]*content{},
	}
}

// below is the file system that is observed.
func (o *observed) below() miniprogram.FS {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.files
}

// over goes on with another file system, which is seen to hold the same.
func (o *observed) over(files miniprogram.FS) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.files = files
}

// Base is the working directory.
func (o *observed) Base() string { return o.below().Base() }

// Open opens a file for reading.
func (o *observed) Open(name string) (fs.File, error) {
	file, err := o.below().Open(name)
	c := &content{failed: reason(err)}
	if err == nil {
		if info, err := file.Stat(); err == nil {
			c.stamp = o.stampOf(info)
		}
	}
	o.mu.Lock()
	if earlier := o.texts[name]; earlier != nil {
		c = earlier
	}
	o.texts[name] = c
	c.opened++
	o.mu.Unlock()
	if err != nil {
		return nil, err
	}
	h := &maphash.Hash{}
	h.SetSeed(o.seed)
	return &observedFile{File: file, of: o, content: c, sum: h}, nil
}

// stampOf is a file's stamp; zero where it may be written again without being told by it.
func (o *observed) stampOf(info fs.FileInfo) stamp {
	if at := info.ModTime(); !at.IsZero() && at.Before(o.began.Add(-coarse)) {
		return stamp{info.Size(), at}
	}
	return stamp{}
}

// observedFile is a file of which is noted what is read.
type observedFile struct {
	fs.File
	of      *observed
	content *content
	sum     *maphash.Hash
}

// Read reads on.
func (f *observedFile) Read(buf []byte) (int, error) {
	n, err := f.File.Read(buf)
	_, _ = f.sum.Write(buf[:n]) // it never fails
	if errors.Is(err, io.EOF) {
		f.of.mu.Lock()
		f.content.sum, f.content.whole = f.sum.Sum64(), true
		f.of.mu.Unlock()
	}
	return n, err
}

// ReadDir returns a folder's entries.
func (o *observed) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := o.below().ReadDir(name)
	o.mu.Lock()
	o.folders[name] = o.listingOf(list, err)
	o.mu.Unlock()
	return list, err
}

func (o *observed) listingOf(list []fs.DirEntry, err error) listing {
	var h maphash.Hash
	h.SetSeed(o.seed)
	for _, e := range list {
		_, _ = h.WriteString(e.Name())
		_, _ = h.Write([]byte{0, byte(e.Type() >> 24), byte(e.Type() >> 16)})
	}
	return listing{h.Sum64(), reason(err)}
}

// Stat follows symbolic links.
func (o *observed) Stat(name string) (fs.FileInfo, error) {
	info, err := o.below().Stat(name)
	o.note(lookup{statLookup, name}, modeOf(info, err))
	return info, err
}

// Lstat does not follow symbolic links.
func (o *observed) Lstat(name string) (fs.FileInfo, error) {
	info, err := o.below().Lstat(name)
	o.note(lookup{lstatLookup, name}, modeOf(info, err))
	return info, err
}

// Real returns the name without symbolic links.
func (o *observed) Real(name string) (string, error) {
	real, err := o.below().Real(name)
	o.note(lookup{realLookup, name}, seen{real: real, failed: reason(err)})
	return real, err
}

func (o *observed) note(l lookup, s seen) {
	o.mu.Lock()
	o.names[l] = s
	o.mu.Unlock()
}

func modeOf(info fs.FileInfo, err error) seen {
	if err != nil {
		return seen{failed: reason(err)}
	}
	return seen{mode: info.Mode()}
}

func reason(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// changed compares what was seen with what another file system holds. It returns the files whose content is another; same is false
// where anything else is.
func (o *observed) changed(files miniprogram.FS) (names []string, same bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if files.Base() != o.files.Base() {
		return nil, false
	}
	var tasks []func() bool
	for name, was := range o.folders {
		tasks = append(tasks, func() bool {
			list, err := files.ReadDir(name)
			return o.listingOf(list, err) == was
		})
	}
	for l, was := range o.names {
		tasks = append(tasks, func() bool { return ask(files, l) == was })
	}
	var found sync.Map
	for name, c := range o.texts {
		tasks = append(tasks, func() bool {
			if !o.holds(files, name, c) {
				found.Store(name, true)
			}
			return true
		})
	}
	if !all(tasks) {
		return nil, false
	}
	found.Range(func(name, _ any) bool {
		names = append(names, name.(string))
		return true
	})
	slices.SortFunc(names, strings.Compare)
	return names, true
}

// all reports whether every task holds. They are shared out among a few workers; after one that does not none is begun.
func all(tasks []func() bool) bool {
	var next atomic.Int64
	var failed atomic.Bool
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= len(tasks) {
					return
				}
				if !tasks[i]() {
					failed.Store(true)
				}
			}
		})
	}
	wg.Wait()
	return !failed.Load()
}

func ask(files miniprogram.FS, l lookup) seen {
	switch l.kind {
	case statLookup:
		return modeOf(files.Stat(l.name))
	case lstatLookup:
		return modeOf(files.Lstat(l.name))
	}
	real, err := files.Real(l.name)
	return seen{real: real, failed: reason(err)}
}

// holds reports whether a file has the content that was read. The caller holds the lock.
func (o *observed) holds(files miniprogram.FS, name string, c *content) bool {
	if c.failed != "" {
		file, err := files.Open(name)
		if err == nil {
			_ = file.Close() // it was only looked at
		}
		return reason(err) == c.failed
	}
	info, err := files.Stat(name)
	if err != nil {
		return false
	}
	if c.stamp != (stamp{}) && o.stampOf(info) == c.stamp {
		return true
	}
	sum, err := o.sumOf(files, name)
	if err != nil || !c.whole || sum != c.sum {
		return false
	}
	return true
}

func (o *observed) sumOf(files miniprogram.FS, name string) (uint64, error) {
	text, err := textOf(files, name)
	if err != nil {
		return 0, err
	}
	return maphash.Bytes(o.seed, text), nil
}

func textOf(files miniprogram.FS, name string) ([]byte, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(file)
	return text, errors.Join(err, file.Close())
}

// openedOften is how often a file was opened.
func (o *observed) openedOften(name string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if c := o.texts[name]; c != nil {
		return c.opened
	}
	return 0
}

// replaced notes the content that a file has by now.
func (o *observed) replaced(name string, text []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	c := o.texts[name]
	c.stamp, c.sum, c.whole = stamp{}, maphash.Bytes(o.seed, text), true
}
