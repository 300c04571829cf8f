package files

// What a folder holds.

import (
	"errors"
	"io/fs"
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// EntryKind tells what a folder's entry is, symbolic links followed.
type EntryKind uint8

// The kinds of entries.
const (
	otherEntry EntryKind = iota // a link to nowhere
	FileEntry
	DirEntry
	DeviceEntry // a device, a pipe, a socket, a link in a circle: what stands in a file's place and cannot be read
)

// Entry is one name in a folder.
type Entry struct {
	Name string
	Kind EntryKind
	Link bool
}

// Folder is what is known of a folder. Entries are sorted by name.
type Folder struct {
	Name    string
	Entries []Entry
	Err     error
}

// lookup returns the entry of that name.
func (f *Folder) lookup(name string) (Entry, bool) {
	i := sort.Search(len(f.Entries), func(i int) bool { return f.Entries[i].Name >= name })
	if i < len(f.Entries) && f.Entries[i].Name == name {
		return f.Entries[i], true
	}
	return Entry{}, false
}

// Has reports whether the folder has an entry of that name and kind.
func (f *Folder) Has(name string, kind EntryKind) bool {
	e, ok := f.lookup(name)
	return ok && e.Kind.is(kind)
}

// is reports whether something is a file or a folder. What cannot be read where a file should be, as a link to nowhere, is there, and
// reading it says why not.
func (k EntryKind) is(kind EntryKind) bool {
	return k == kind || kind == FileEntry && k != DirEntry
}

func kindOf(mode fs.FileMode) EntryKind {
	switch {
	case mode.IsRegular():
		return FileEntry
	case mode.IsDir():
		return DirEntry
	case mode&(fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0:
		return DeviceEntry
	}
	return otherEntry
}

// listFolder reads a folder.
func listFolder(f miniprogram.FS, name string) *Folder {
	list, err := f.ReadDir(name)
	out := &Folder{Name: name, Err: err, Entries: make([]Entry, 0, len(list))}
	for _, d := range list {
		e := Entry{Name: d.Name(), Kind: kindOf(d.Type())}
		if d.Type()&fs.ModeSymlink != 0 {
			e.Link = true
			switch info, err := f.Stat(name + "/" + d.Name()); {
			case err == nil:
				e.Kind = kindOf(info.Mode())
			case !errors.Is(err, fs.ErrNotExist):
				e.Kind = DeviceEntry
			}
		}
		out.Entries = append(out.Entries, e)
	}
	if byName := func(a, b Entry) int { return strings.Compare(a.Name, b.Name) }; !slices.IsSortedFunc(out.Entries, byName) {
		slices.SortFunc(out.Entries, byName)
	}
	return out
}
