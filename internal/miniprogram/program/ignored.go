package program

// Files that the configuration leaves out although they name a call: nothing is followed in them, and that is told.

import (
	"path"
	"runtime"
	"sort"
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// searchIgnored searches the files below a folder that the configuration leaves out, and nothing else does. What cannot be read
// of them is not looked for further: they are no part of the program.
func (p *program) searchIgnored(root string) {
	if p.Opts.Ignore == nil {
		return
	}
	s := &ignoredSearch{scanner: scanner{walk: p.walkOf(root)}}
	s.folder(root, files.RulesAbove(p.Disk.Disk, p.Top, root), p.Opts.Ignore(files.Relative(p.Disk.Base, root), true))
	p.Ignored = append(p.Ignored, s.named()...)
	sort.Slice(p.Ignored, func(i, j int) bool { return p.Ignored[i].Path < p.Ignored[j].Path })
}

// ignoredSearch collects the names of the files.
type ignoredSearch struct {
	scanner
	files []string
}

// folder goes over a folder that was listed before, for the search that came first; ignored tells that it is left out itself.
func (s *ignoredSearch) folder(dir string, rules *files.IgnoreRules, ignored bool) {
	f := s.disk.Folder(dir)
	if f.Err != nil || dir != s.root && s.isCloud(f) {
		return
	}
	if f.Has(".gitignore", files.FileEntry) {
		if file, err := s.disk.File(dir+"/.gitignore", s.disk.Limits.Config); err == nil {
			rules = files.ParseIgnore(rules, dir, file.Text)
		}
	}
	for _, e := range f.Entries {
		name := dir + "/" + e.Name
		isDir := e.Kind == files.DirEntry
		if e.Link || rules.Ignored(name, e.Name, isDir) || int64(len(s.files)) >= s.disk.Limits.Files {
			continue
		}
		left := ignored || s.ignore(files.Relative(s.disk.Base, name), isDir)
		switch {
		case isDir && !files.IsForeignFolder(e.Name) && !s.excluded[name]:
			s.folder(name, rules, left)
		case left && e.Kind == files.FileEntry && s.candidate(e.Name) && !isMarkup(name):
			s.files = append(s.files, name)
		}
	}
}

// named are those of the files that name a call.
func (s *ignoredSearch) named() []miniprogram.Ignored {
	var mu sync.Mutex
	var out []miniprogram.Ignored
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), 8)
	for worker := range workers {
		wg.Go(func() {
			var buffer []byte
			for i := worker; i < len(s.files); i += workers {
				raw, err := s.disk.Regular(s.files[i], s.disk.Limits.Named, buffer)
				if buffer = raw; err != nil {
					continue
				}
				text, _ := files.Decode(raw)
				if names := scan.NamesIn(text) & (miniprogram.NameEnable | miniprogram.NameJoin); names != 0 {
					mu.Lock()
					out = append(out, miniprogram.Ignored{Path: path.Clean(files.Relative(s.disk.Base, s.files[i])), Names: names})
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return out
}
