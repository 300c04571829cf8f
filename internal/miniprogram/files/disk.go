package files

// Reading files: within limits, never anything but a regular file, and each at most
// once where its text is kept.

import (
	"errors"
	"io"
	"path"
	"slices"
	"sync"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Disk reads and remembers. It is safe for concurrent use.
type Disk struct {
	Fs     miniprogram.FS
	Base   string
	Limits Limits

	mu      sync.Mutex
	folders map[string]*Folder
	files   map[string]*source.File
	failed  map[string]error
	roots   []string        // the mini-programs' folders, whose own names are as they were given
	links   map[string]bool // the names that are symbolic links, of the folders listed
	read    map[string]bool // the names of the files that were read, for the count

	manifests  sync.Map // *jsondoc.Node of the package.json by the name of its folder
	tops       sync.Map // bool by the name of a folder: whether it is the top of a repository
	workspaces sync.Map // map[string]string by the name of a repository's top
}

// NewDisk reads from a file system within limits.
func NewDisk(f miniprogram.FS, limits Limits) *Disk {
	return &Disk{
		Fs: f, Base: f.Base(), Limits: limits,
		folders: map[string]*Folder{}, files: map[string]*source.File{}, failed: map[string]error{}, read: map[string]bool{}, links: map[string]bool{},
	}
}

// Folder lists a folder, once.
func (d *Disk) Folder(name string) *Folder {
	d.mu.Lock()
	f := d.folders[name]
	d.mu.Unlock()
	if f != nil {
		return f
	}
	f = listFolder(d.Fs, name)
	d.mu.Lock()
	defer d.mu.Unlock()
	if earlier := d.folders[name]; earlier != nil {
		return earlier
	}
	d.folders[name] = f
	for _, e := range f.Entries {
		if e.Link {
			d.links[name+"/"+e.Name] = true
		}
	}
	return f
}

// Canonical returns the one name of a file that may have several through symbolic links below
// the folders that were listed.
func (d *Disk) Canonical(name string) string {
	for range 32 { // links to links
		link := d.linkIn(name)
		if link == "" {
			return name
		}
		real, err := d.Fs.Real(link)
		if err != nil {
			return name
		}
		if base, err := d.Fs.Real(d.Base); err == nil && Within(real, base) {
			real = path.Join(d.Base, real[len(base):])
		}
		if real == link {
			return name
		}
		name = real + name[len(link):]
	}
	return name
}

// linkIn returns the first part of a name that is a symbolic link, or "".
func (d *Disk) linkIn(name string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.links) == 0 {
		return ""
	}
	ups := Parents(name)
	for i := len(ups) - 1; i >= 0; i-- {
		if d.links[ups[i]] && !d.holdsRoot(ups[i]) {
			return ups[i]
		}
	}
	return ""
}

// HasLinks reports whether any of the folders listed holds a symbolic link.
func (d *Disk) HasLinks() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.links) > 0
}

// holdsRoot reports whether a mini-program lies in the folder. The caller holds the lock.
func (d *Disk) holdsRoot(dir string) bool {
	for _, root := range d.roots {
		if Within(root, dir) {
			return true
		}
	}
	return false
}

// Rooted notes the folder of a mini-program.
func (d *Disk) Rooted(dir string) {
	d.mu.Lock()
	d.roots = append(d.roots, dir)
	d.mu.Unlock()
}

// kind tells what the name is; ok is false when it does not exist. A folder is listed only
// when the one above it has it, so that looking for names far from any file stays cheap.
func (d *Disk) kind(name string) (EntryKind, bool) {
	d.mu.Lock()
	up := d.folders[path.Dir(name)]
	d.mu.Unlock()
	if up == nil {
		if above := path.Dir(path.Dir(name)); above != path.Dir(name) && !d.listed(above, path.Dir(name)) {
			return otherEntry, false
		}
		up = d.Folder(path.Dir(name))
	}
	e, ok := up.lookup(path.Base(name))
	return e.Kind, ok
}

// listed reports whether above is not known to lack the folder dir.
func (d *Disk) listed(above, dir string) bool {
	d.mu.Lock()
	f := d.folders[above]
	d.mu.Unlock()
	return f == nil || f.Has(path.Base(dir), DirEntry)
}

// IsFile reports whether a name is a file, or what stands in a file's place and cannot be read.
func (d *Disk) IsFile(name string) bool {
	k, ok := d.kind(name)
	return ok && k.is(FileEntry)
}

// IsDir reports whether a name is a folder.
func (d *Disk) IsDir(name string) bool {
	if path.Dir(name) == name {
		return true
	}
	k, ok := d.kind(name)
	return ok && k == DirEntry
}

// StatFile is isFile for names above the mini-program, whose folders are not worth listing.
func (d *Disk) StatFile(name string) bool {
	dir := path.Dir(name)
	d.mu.Lock()
	up, above := d.folders[dir], d.folders[path.Dir(dir)]
	d.mu.Unlock()
	if up != nil {
		return up.Has(path.Base(name), FileEntry)
	}
	if above != nil && above.Err == nil && !above.Has(path.Base(dir), DirEntry) {
		return false
	}
	info, err := d.Fs.Stat(name)
	return err == nil && !info.IsDir()
}

// IsRepository reports whether a folder is the top of a repository.
func (d *Disk) IsRepository(dir string) bool {
	if known, ok := d.tops.Load(dir); ok {
		return known.(bool)
	}
	_, err := d.Fs.Lstat(dir + "/.git")
	d.tops.Store(dir, err == nil)
	return err == nil
}

// Exists tells that the name is a regular file, or something that cannot be looked at.
func (d *Disk) Exists(name string) bool {
	_, ok := d.kind(name)
	return ok
}

// File reads and keeps a file.
func (d *Disk) File(name string, limit int64) (*source.File, error) {
	d.mu.Lock()
	f, err := d.files[name], d.failed[name]
	d.mu.Unlock()
	if f != nil || err != nil {
		return f, err
	}
	raw, err := d.Bytes(name, limit, nil)
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

// Peek reads a file without keeping its text.
func (d *Disk) Peek(name string, limit int64) (*source.File, error) {
	d.mu.Lock()
	f := d.files[name]
	d.mu.Unlock()
	if f != nil {
		return f, nil
	}
	raw, err := d.Bytes(name, limit, nil)
	if err != nil {
		return nil, err
	}
	d.Count(name)
	text, encoding := Decode(raw)
	f = source.NewFile(name, Relative(d.Base, name), text)
	f.Encoding = encoding
	return f, nil
}

// keep makes a File of the bytes, which then belong to it. The caller holds the lock.
func (d *Disk) keep(name string, raw []byte) *source.File {
	text, encoding := Decode(raw)
	f := source.NewFile(name, Relative(d.Base, name), text)
	f.Encoding = encoding
	d.files[name] = f
	d.read[name] = true
	return f
}

// Bytes reads a file into buf, which grows as needed. More than limit bytes are an error.
func (d *Disk) Bytes(name string, limit int64, buf []byte) ([]byte, error) {
	if info, err := d.Fs.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, notRegular()
	}
	return d.Regular(name, limit, buf)
}

// NotFound tells a file system that ends at a repository's boundary that the program names a file or folder which is not there: it may
// lie outside, which the user is to know. It returns an error where a link of the program's own leads there.
func (d *Disk) NotFound(name string) error {
	if bounded, ok := d.Fs.(interface{ NotFound(name string) error }); ok {
		return bounded.NotFound(name)
	}
	return nil
}

// notRegular is the error for a device, a pipe or a folder in a file's place.
func notRegular() error {
	return lang.Errorf(lang.T("it is not a regular file", "它不是普通文件"))
}

// Regular is bytes for a name that is known to be a regular file.
func (d *Disk) Regular(name string, limit int64, buf []byte) ([]byte, error) {
	f, err := d.Fs.Open(name)
	if err != nil {
		return nil, Plain(err)
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
			return buf, TooLarge(limit)
		}
		if errors.Is(err, io.EOF) {
			return buf, nil
		}
		if err != nil {
			return buf, Plain(err)
		}
	}
}

// Count notes that a file was read which no walk came by.
func (d *Disk) Count(name string) {
	d.mu.Lock()
	d.read[name] = true
	d.mu.Unlock()
}

// Plain takes the operation and the absolute path off an error of the file system.
func Plain(err error) error {
	var e interface{ Unwrap() error }
	if errors.As(err, &e) && e.Unwrap() != nil {
		return e.Unwrap()
	}
	return err
}

// HasRead reports whether a file was read for more than its words.
func (d *Disk) HasRead(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.read[name] || d.failed[name] != nil
}

// CountRead returns how many of the files that were read are among those meant.
func (d *Disk) CountRead(meant func(name string) bool) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for name := range d.read {
		if meant(name) {
			n++
		}
	}
	return n
}
