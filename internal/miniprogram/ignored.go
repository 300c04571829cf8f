package miniprogram

// Files that the configuration leaves out although they name a call: nothing is followed in them, and that is told.

import (
	"path"
	"runtime"
	"sort"
	"sync"
)

// Ignored is a file that the configuration leaves out, and that names a call of the feature.
type Ignored struct {
	// Path is the file as reports name it.
	Path  string
	Names Names
}

// lookAtIgnored searches the files below a folder that the configuration leaves out, and nothing else does. What cannot be read
// of them is not looked for further: they are no part of the program.
func (p *Project) lookAtIgnored(root string) {
	if p.opts.Ignore == nil {
		return
	}
	s := &ignoredSearch{onlooker: onlooker{walk: p.walkOf(root)}}
	s.folder(root, rulesAbove(p.disk, p.repository(), root), p.opts.Ignore(relative(p.disk.base, root), true))
	p.Ignored = append(p.Ignored, s.named()...)
	sort.Slice(p.Ignored, func(i, j int) bool { return p.Ignored[i].Path < p.Ignored[j].Path })
}

// ignoredSearch collects the names of the files.
type ignoredSearch struct {
	onlooker
	files []string
}

// folder goes over a folder that was listed before, for the search that came first; ignored tells that it is left out itself.
func (s *ignoredSearch) folder(dir string, rules *ignoreRules, ignored bool) {
	f := s.disk.folder(dir)
	if f.err != nil || dir != s.root && s.isCloud(f) {
		return
	}
	if f.has(".gitignore", fileEntry) {
		if file, err := s.disk.file(dir+"/.gitignore", s.disk.limits.Config); err == nil {
			rules = parseIgnore(rules, dir, file.Text)
		}
	}
	for _, e := range f.entries {
		name := dir + "/" + e.name
		isDir := e.kind == dirEntry
		if e.link || rules.ignored(name, e.name, isDir) || int64(len(s.files)) >= s.disk.limits.Files {
			continue
		}
		left := ignored || s.ignore(relative(s.disk.base, name), isDir)
		switch {
		case isDir && !isForeignFolder(e.name) && !s.excluded[name]:
			s.folder(name, rules, left)
		case left && e.kind == fileEntry && s.candidate(e.name) && !isMarkup(name):
			s.files = append(s.files, name)
		}
	}
}

// named are those of the files that name a call.
func (s *ignoredSearch) named() []Ignored {
	var mu sync.Mutex
	var out []Ignored
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), 8)
	for worker := range workers {
		wg.Go(func() {
			var buffer []byte
			for i := worker; i < len(s.files); i += workers {
				raw, err := s.disk.regular(s.files[i], s.disk.limits.Named, buffer)
				if buffer = raw; err != nil {
					continue
				}
				text, _ := decode(raw)
				if names := namesIn(text) & (NameEnable | NameJoin); names != 0 {
					mu.Lock()
					out = append(out, Ignored{path.Clean(relative(s.disk.base, s.files[i])), names})
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return out
}
