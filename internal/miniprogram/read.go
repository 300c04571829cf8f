package miniprogram

// Reading files: within limits, never anything but a regular file, and each at most
// once where its text is kept.

import (
	"errors"
	"io"
	"path"
	"slices"
	"sync"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Limits are what is read at most.
type Limits struct {
	// Config is the size in bytes of configuration files, Script of code and templates, and
	// Named of code that names one of the feature's calls.
	Config, Script, Named int64
	// Files is how many files of a mini-program are searched.
	Files int64
}

// DefaultLimits are far above what people write and within what memory bears.
var DefaultLimits = Limits{Config: 4 << 20, Script: 4 << 20, Named: 32 << 20, Files: 300_000}

// errTooLarge is wrapped by the error for a file above its limit.
var errTooLarge = errors.New("too large")

// disk reads and remembers. It is safe for concurrent use.
type disk struct {
	fs     FS
	base   string
	limits Limits

	mu      sync.Mutex
	folders map[string]*folder
	files   map[string]*source.File
	failed  map[string]error
	roots   []string        // the mini-programs' folders, whose own names are as they were given
	links   map[string]bool // the names that are symbolic links, of the folders listed
	read    map[string]bool // the names of the files that were read, for the count

	manifests  sync.Map // *jsondoc.Node of the package.json by the name of its folder
	tops       sync.Map // bool by the name of a folder: whether it is the top of a repository
	workspaces sync.Map // map[string]string by the name of a repository's top
}

func newDisk(f FS, limits Limits) *disk {
	return &disk{
		fs: f, base: f.Base(), limits: limits,
		folders: map[string]*folder{}, files: map[string]*source.File{}, failed: map[string]error{}, read: map[string]bool{}, links: map[string]bool{},
	}
}

// folder lists a folder, once.
func (d *disk) folder(name string) *folder {
	d.mu.Lock()
	f := d.folders[name]
	d.mu.Unlock()
	if f != nil {
		return f
	}
	f = listFolder(d.fs, name)
	d.mu.Lock()
	defer d.mu.Unlock()
	if earlier := d.folders[name]; earlier != nil {
		return earlier
	}
	d.folders[name] = f
	for _, e := range f.entries {
		if e.link {
			d.links[name+"/"+e.name] = true
		}
	}
	return f
}

// canonical returns the one name of a file that may have several through symbolic links below
// the folders that were listed.
func (d *disk) canonical(name string) string {
	for range 32 { // links to links
		link := d.linkIn(name)
		if link == "" {
			return name
		}
		real, err := d.fs.Real(link)
		if err != nil {
			return name
		}
		if base, err := d.fs.Real(d.base); err == nil && within(real, base) {
			real = path.Join(d.base, real[len(base):])
		}
		if real == link {
			return name
		}
		name = real + name[len(link):]
	}
	return name
}

// linkIn returns the first part of a name that is a symbolic link, or "".
func (d *disk) linkIn(name string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.links) == 0 {
		return ""
	}
	ups := parents(name)
	for i := len(ups) - 1; i >= 0; i-- {
		if d.links[ups[i]] && !d.holdsRoot(ups[i]) {
			return ups[i]
		}
	}
	return ""
}

// hasLinks reports whether any of the folders listed holds a symbolic link.
func (d *disk) hasLinks() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.links) > 0
}

// holdsRoot reports whether a mini-program lies in the folder. The caller holds the lock.
func (d *disk) holdsRoot(dir string) bool {
	for _, root := range d.roots {
		if within(root, dir) {
			return true
		}
	}
	return false
}

// rooted notes the folder of a mini-program.
func (d *disk) rooted(dir string) {
	d.mu.Lock()
	d.roots = append(d.roots, dir)
	d.mu.Unlock()
}

// kind tells what the name is; ok is false when it does not exist. A folder is listed only
// when the one above it has it, so that looking for names far from any file stays cheap.
func (d *disk) kind(name string) (entryKind, bool) {
	d.mu.Lock()
	up := d.folders[path.Dir(name)]
	d.mu.Unlock()
	if up == nil {
		if above := path.Dir(path.Dir(name)); above != path.Dir(name) && !d.listed(above, path.Dir(name)) {
			return otherEntry, false
		}
		up = d.folder(path.Dir(name))
	}
	e, ok := up.lookup(path.Base(name))
	return e.kind, ok
}

// listed reports whether above is not known to lack the folder dir.
func (d *disk) listed(above, dir string) bool {
	d.mu.Lock()
	f := d.folders[above]
	d.mu.Unlock()
	return f == nil || f.has(path.Base(dir), dirEntry)
}

func (d *disk) isFile(name string) bool {
	k, ok := d.kind(name)
	return ok && k.is(fileEntry)
}

func (d *disk) isDir(name string) bool {
	if path.Dir(name) == name {
		return true
	}
	k, ok := d.kind(name)
	return ok && k == dirEntry
}

// statFile is isFile for names above the mini-program, whose folders are not worth listing.
func (d *disk) statFile(name string) bool {
	dir := path.Dir(name)
	d.mu.Lock()
	up, above := d.folders[dir], d.folders[path.Dir(dir)]
	d.mu.Unlock()
	if up != nil {
		return up.has(path.Base(name), fileEntry)
	}
	if above != nil && above.err == nil && !above.has(path.Base(dir), dirEntry) {
		return false
	}
	info, err := d.fs.Stat(name)
	return err == nil && !info.IsDir()
}

// isRepository reports whether a folder is the top of a repository.
func (d *disk) isRepository(dir string) bool {
	if known, ok := d.tops.Load(dir); ok {
		return known.(bool)
	}
	_, err := d.fs.Lstat(dir + "/.git")
	d.tops.Store(dir, err == nil)
	return err == nil
}

// exists tells that the name is a regular file, or something that cannot be looked at.
func (d *disk) exists(name string) bool {
	_, ok := d.kind(name)
	return ok
}

// file reads and keeps a file.
func (d *disk) file(name string, limit int64) (*source.File, error) {
	d.mu.Lock()
	f, err := d.files[name], d.failed[name]
	d.mu.Unlock()
	if f != nil || err != nil {
		return f, err
	}
	raw, err := d.bytes(name, limit, nil)
	d.mu.Lock()
	defer d.mu.Unlock()
	if earlier := d.files[name]; earlier != nil {
		return earlier, nil
	}
	if err != nil {
		d.failed[name] = err
		return nil, err
	}
	f = d.keep(name, raw)
	return f, nil
}

// peek reads a file without keeping its text.
func (d *disk) peek(name string, limit int64) (*source.File, error) {
	d.mu.Lock()
	f := d.files[name]
	d.mu.Unlock()
	if f != nil {
		return f, nil
	}
	raw, err := d.bytes(name, limit, nil)
	if err != nil {
		return nil, err
	}
	d.count(name)
	text, encoding := decode(raw)
	f = source.NewFile(name, relative(d.base, name), text)
	f.Encoding = encoding
	return f, nil
}

// keep makes a File of the bytes, which then belong to it. The caller holds the lock.
func (d *disk) keep(name string, raw []byte) *source.File {
	text, encoding := decode(raw)
	f := source.NewFile(name, relative(d.base, name), text)
	f.Encoding = encoding
	d.files[name] = f
	d.read[name] = true
	return f
}

// bytes reads a file into buf, which grows as needed. More than limit bytes are an error.
func (d *disk) bytes(name string, limit int64, buf []byte) ([]byte, error) {
	if info, err := d.fs.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, notRegular()
	}
	return d.regular(name, limit, buf)
}

// asked tells a file system that ends at a repository's boundary that the program names a file or folder which is not there: it may
// lie outside, which the user is to know. It returns an error where a link of the program's own leads there.
func (d *disk) asked(name string) error {
	if bounded, ok := d.fs.(interface{ Asked(name string) error }); ok {
		return bounded.Asked(name)
	}
	return nil
}

// asked notes that the program needs a file or folder which was not found. What a link leads out to is there, and was not read.
func (p *Project) asked(name string) {
	if err := p.disk.asked(name); err != nil {
		p.unreadable(name, err)
	}
}

// notRegular is the error for a device, a pipe or a folder in a file's place.
func notRegular() error {
	return lang.Errorf(lang.T("it is not a regular file", "它不是普通文件"))
}

// regular is bytes for a name that is known to be a regular file.
func (d *disk) regular(name string, limit int64, buf []byte) ([]byte, error) {
	f, err := d.fs.Open(name)
	if err != nil {
		return nil, plain(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	buf = buf[:0]
	if cap(buf) == 0 {
		size := int64(512)
		if info, err := f.Stat(); err == nil && info.Size() < limit {
			size = info.Size() + 1
		}
		buf = make([]byte, 0, size)
	}
	for {
		if len(buf) == cap(buf) {
			more := 512
			if info, err := f.Stat(); err == nil && info.Size() <= limit {
				more = max(more, int(info.Size())+1-len(buf))
			}
			buf = slices.Grow(buf, more)
		}
		n, err := f.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return buf, tooLarge(limit)
		}
		if errors.Is(err, io.EOF) {
			return buf, nil
		}
		if err != nil {
			return buf, plain(err)
		}
	}
}

// tooLarge is the error for a file of more than limit bytes.
func tooLarge(limit int64) error {
	e := lang.Errorf(lang.T("it is larger than %d MB, which is too large to check; limits.work in voipcheck.json raises this limit",
		"它大于 %d MB，无法检查；可在 voipcheck.json 的 limits.work 中调高上限"), limit>>20)
	e.Err = errTooLarge
	return e
}

// tooMany is the error for a folder with more files than are searched.
func tooMany(limit int64) error {
	return lang.Errorf(lang.T("it has more than %d files of code and templates; use ignore in voipcheck.json to leave out what is not part of the program, or raise limits.work",
		"其中的代码和模板文件超过 %d 个；请在 voipcheck.json 的 ignore 中排除不属于程序的文件，或调高 limits.work"), limit)
}

// count notes that a file was read which no walk came by.
func (d *disk) count(name string) {
	d.mu.Lock()
	d.read[name] = true
	d.mu.Unlock()
}

// plain takes the operation and the absolute path off an error of the file system.
func plain(err error) error {
	var e interface{ Unwrap() error }
	if errors.As(err, &e) && e.Unwrap() != nil {
		return e.Unwrap()
	}
	return err
}
