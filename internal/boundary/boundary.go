// Package boundary decides which paths a run may read and write: those that lie, links resolved, in the repository of what
// the user named. A repository may hold links and paths that lead anywhere, and may come from a stranger; a report
// is published. Everything that reads files of a repository or writes into it asks here.
package boundary

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// controls are the folders (or, for git's work trees, files) that version control keeps at the top of a repository.
var controls = []string{".git", ".hg", ".svn"}

// Repository returns the folder at or above dir that is under version control, or "" when none is. Links are not resolved.
func Repository(dir string) string { return repository(dir, onDisk) }

// Repositories answers as Repository does and looks at each folder once. The zero value is ready; it is not safe for concurrent use.
type Repositories struct{ there map[string]bool }

// Of is Repository.
func (r *Repositories) Of(dir string) string {
	return repository(dir, func(name string) bool {
		there, known := r.there[name]
		if !known {
			if r.there == nil {
				r.there = map[string]bool{}
			}
			there = onDisk(name)
			r.there[name] = there
		}
		return there
	})
}

// Home is the repository that a folder lies in; without version control, the outermost folder at or above it with a
// package.json, project.config.json or voipcheck.json, or where there is none of these with an app configuration; else the
// folder itself.
func Home(dir string) string { return homeOr(dir, onDisk) }

// HomeIn is Home in another file system than the machine's.
func HomeIn(files interface {
	Lstat(name string) (fs.FileInfo, error)
}, dir string) string {
	return homeOr(dir, func(name string) bool {
		_, err := files.Lstat(filepath.ToSlash(name))
		return err == nil
	})
}

func homeOr(dir string, there look) string {
	if top := home(dir, there); top != "" {
		return top
	}
	return dir
}

// look reports whether there is something of that name, links not followed.
type look func(name string) bool

func onDisk(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func repository(dir string, there look) string {
	for {
		for _, name := range controls {
			if there(filepath.Join(dir, name)) {
				return dir
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// home is Home, "" where nothing marks one.
func home(dir string, there look) string {
	if top := repository(dir, there); top != "" {
		return top
	}
	for _, marks := range [][]string{projectMarks, appMarks} {
		if top := outermost(dir, marks, there); top != "" {
			return top
		}
	}
	return ""
}

// The files at the top of projects, and those of mini-programs.
var (
	projectMarks = []string{"package.json", "project.config.json", "voipcheck.json"}
	appMarks     = []string{"app.json", "manifest.json", "app.config.ts", "app.config.js", "app.mpx", "app.wpy"}
)

// outermost returns the folder furthest up from dir, or dir, that has one of the files; "" when none has.
func outermost(dir string, marks []string, there look) string {
	top := ""
	for {
		for _, name := range marks {
			if there(filepath.Join(dir, name)) {
				top = dir
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return top
		}
		dir = up
	}
}

// Boundary is what may be read in a run. It is safe for concurrent use.
type Boundary struct {
	// tops are the repositories, links resolved, and named what leads to them as the user wrote it; "/" separated.
	tops, named []string
	// folders are the folders that were asked for, links resolved, by name: of type string.
	folders sync.Map

	mu      sync.Mutex
	refused map[string]bool
}

// Around returns the boundary for the absolute paths that a user names. A path whose name lies in a repository and that
// leads out of it through a link is an error: what a repository holds may lead nobody elsewhere.
func Around(files Files, paths ...string) (*Boundary, error) {
	b := &Boundary{refused: map[string]bool{}}
	there := func(name string) bool {
		_, err := files.Lstat(filepath.ToSlash(name))
		return err == nil
	}
	for _, name := range paths {
		real := name
		if resolved, err := files.Real(filepath.ToSlash(name)); err == nil {
			real = filepath.FromSlash(resolved)
		}
		if holder := home(filepath.Dir(name), there); holder != "" {
			top := holder
			if resolved, err := files.Real(filepath.ToSlash(holder)); err == nil {
				top = filepath.FromSlash(resolved)
			}
			if !Below(top, real) {
				return nil, leadsOutside(name, holder)
			}
		}
		folder := real
		if info, err := files.Stat(filepath.ToSlash(real)); err != nil || !info.IsDir() {
			folder = filepath.Dir(real)
		}
		if top := home(folder, there); top != "" {
			folder = top
		}
		b.add(files, folder)
		b.named = append(b.named, filepath.ToSlash(name))
	}
	return b, nil
}

// add lets a folder in.
func (b *Boundary) add(files Files, dir string) {
	top := filepath.ToSlash(dir)
	b.named = append(b.named, top)
	if real, err := files.Real(top); err == nil {
		top = real
	}
	b.tops = append(b.tops, top)
}

// leadsOutside is the error for a path that leaves the repository through a link.
func leadsOutside(name, top string) error {
	return &lang.Error{Text: lang.F(lang.T(
		"%s points outside the repository %s through a symbolic link; if that is intended, specify the folder that it points to",
		"%s 通过符号链接指向了仓库 %s 之外；如确有需要，请直接写出链接指向的文件夹"), name, top), Err: ErrOutside}
}

// ErrOutside is wrapped by the errors for what may not be read or written.
var ErrOutside error = &lang.Error{Text: lang.T("it points outside the repository and is not read", "它指向仓库之外，不会读取")}

// Top is the repository of the first path that was named, links resolved.
func (b *Boundary) Top() string { return filepath.FromSlash(b.tops[0]) }

// holds reports whether a name without links lies in a repository.
func (b *Boundary) holds(real string) bool {
	return slices.ContainsFunc(b.tops, func(top string) bool { return within(real, top) })
}

// within reports whether a "/" separated name is dir or lies below it.
func within(name, dir string) bool {
	dir = strings.TrimSuffix(dir, "/")
	return name == dir || strings.HasPrefix(name, dir+"/")
}

// Holds reports whether an absolute name leads, links resolved, to where a run may read.
func (b *Boundary) Holds(name string) bool {
	real, err := Resolve(filepath.FromSlash(name))
	return err == nil && b.holds(filepath.ToSlash(real))
}

// refuse notes what was not read, to be told.
func (b *Boundary) refuse(name string) {
	b.mu.Lock()
	b.refused[filepath.ToSlash(name)] = true
	b.mu.Unlock()
}

// Refused returns, sorted, the names of what was asked for and not read because it leads outside.
func (b *Boundary) Refused() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	names := make([]string, 0, len(b.refused))
	for name := range b.refused {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
