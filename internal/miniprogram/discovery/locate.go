package discovery

// From the paths on the command line to mini-programs.

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// Locate finds the mini-programs that the paths lead to without reading their code, so that a
// configuration that belongs to one can be looked for before it is read.
func Locate(fsys miniprogram.FS, paths []string, frameworks reading.Frameworks, opts reading.Options) ([]*reading.Place, error) {
	l := &locator{frameworks: frameworks, disk: files.NewDisk(fsys, opts.InForce()), opts: opts, found: map[string]*reading.Place{}}
	if opts.Root != "" {
		if err := l.explicit(files.Absolute(fsys, opts.Root)); err != nil {
			return nil, err
		}
		return l.places(), nil
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		if err := l.Locate(p); err != nil {
			return nil, err
		}
	}
	if len(l.found) == 0 {
		return nil, &miniprogram.NothingFound{Looked: l.looked}
	}
	return l.places(), nil
}

type locator struct {
	frameworks reading.Frameworks
	disk       *files.Disk
	opts       reading.Options
	found      map[string]*reading.Place // by absolute root
	looked     []lang.Text
}

func (l *locator) places() []*reading.Place {
	var out []*reading.Place
	for _, p := range l.found {
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Root < out[j].Root })
	return l.withoutTakenIn(out)
}

// withoutTakenIn leaves out the places that another one takes in.
func (l *locator) withoutTakenIn(places []*reading.Place) []*reading.Place {
	for _, f := range l.frameworks.Others {
		g, ok := f.(reading.Grouper)
		if !ok {
			continue
		}
		taken := g.TakenIn(places)
		places = slices.DeleteFunc(places, func(p *reading.Place) bool {
			if taken[p] {
				l.opts.Say(lang.T("%s: a package of another project, read with that project", "%s：是另一个项目的分包，随该项目一起检查"), p.Root)
			}
			return taken[p]
		})
	}
	return places
}

func (l *locator) add(p *reading.Place) {
	p.Disk = l.disk
	p.Root = files.Relative(l.disk.Base, p.Dir)
	if l.found[p.Dir] == nil {
		l.found[p.Dir] = p
		l.opts.Say(lang.T("%s: a mini-program (%s)", "%s：小程序（%s）"), p.Root, p.Framework)
	}
}

// explicit takes the folder that the configuration names.
func (l *locator) explicit(dir string) error {
	p, err := l.classify(dir)
	if err != nil {
		return err
	}
	if p == nil {
		return &miniprogram.NothingFound{Looked: []lang.Text{l.lookedFor(lang.T("%s", " %s "), dir)}}
	}
	l.add(p)
	return nil
}

// lookedFor says what was looked for in a folder; where has a verb for its name.
func (l *locator) lookedFor(where lang.Text, dir string) lang.Text {
	names := []string{"app.json", "project.config.json"}
	for _, f := range l.frameworks.Others {
		names = append(names, f.Traits().Configuration)
	}
	return lang.F(lang.T("looked for %[1]s in %[2]s", "已在%[2]s中查找 %[1]s"), lang.List(names), lang.F(where, files.Relative(l.disk.Base, dir)))
}

// Locate follows one path of the command line.
func (l *locator) Locate(arg string) error {
	name := files.Absolute(l.disk.Fs, arg)
	info, err := l.disk.Fs.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &miniprogram.NothingFound{Looked: []lang.Text{lang.F(lang.T("%s does not exist", "%s 不存在"), files.Relative(l.disk.Base, name))}}
	case err != nil:
		return &miniprogram.ReadError{Path: files.Relative(l.disk.Base, name), Err: files.Plain(err)}
	case info.IsDir():
		return l.locateDir(name)
	}
	p, err := l.upwards(path.Dir(name))
	if err != nil {
		return err
	}
	if p == nil {
		// A file beside the mini-programs (a README that a commit hook passes) is no
		// mistake as long as another path leads to one.
		l.looked = append(l.looked, l.lookedFor(lang.T("%s and the folders above it", " %s 及其上层文件夹"), path.Dir(name)))
		return nil
	}
	l.add(p)
	return nil
}

func (l *locator) locateDir(dir string) error {
	if f := l.disk.Folder(dir); f.Err != nil {
		return &miniprogram.ReadError{Path: files.Relative(l.disk.Base, dir), Err: files.Plain(f.Err)}
	}
	p, err := l.classify(dir)
	if err != nil {
		return err
	}
	if p != nil && !p.Promised {
		if source := l.sourceOf(p.Dir); source != nil {
			p = source
		}
		l.add(p)
		return nil
	}
	if p == nil || files.IsOutputName(path.Base(p.Src)) || p.Src == p.Dir && p.Config.Root == "" {
		below, err := l.downwards(dir)
		if err != nil {
			return err
		}
		for _, b := range below {
			l.add(b)
		}
		if len(below) > 0 {
			return nil
		}
	}
	if p == nil {
		if p, err = l.upwards(path.Dir(dir)); err != nil {
			return err
		}
	}
	if p == nil {
		return &miniprogram.NothingFound{Looked: []lang.Text{
			l.lookedFor(lang.T("%s, the folders in it and those above it", " %s 及其下层和上层文件夹"), dir),
		}}
	}
	l.add(p)
	return nil
}

// upwards finds the mini-program that a folder belongs to.
func (l *locator) upwards(dir string) (*reading.Place, error) {
	for _, up := range files.Parents(dir) {
		p, err := l.classifyAbove(up)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		if source := l.sourceOf(p.Dir); source != nil {
			return source, nil
		}
		return p, nil
	}
	return nil, nil
}

// Searching downwards goes this deep, which no repository of mini-programs exceeds.
const searchDepth = 8

// downwards finds the mini-programs in the folders below dir.
func (l *locator) downwards(dir string) ([]*reading.Place, error) {
	var out []*reading.Place
	var errs error
	var search func(dir string, rules *files.IgnoreRules, depth int)
	search = func(dir string, rules *files.IgnoreRules, depth int) {
		f := l.disk.Folder(dir)
		if f.Has(".gitignore", files.FileEntry) {
			if file, err := l.disk.File(dir+"/.gitignore", l.disk.Limits.Config); err == nil {
				rules = files.ParseIgnore(rules, dir, file.Text)
			}
		}
		for _, e := range f.Entries {
			name := dir + "/" + e.Name
			if e.Kind != files.DirEntry || e.Link || files.IsForeignFolder(e.Name) || rules.Ignored(name, e.Name, true) {
				continue
			}
			if l.opts.Ignore != nil && l.opts.Ignore(files.Relative(l.disk.Base, name), true) {
				continue
			}
			l.disk.Folder(name) // it is listed sooner or later: what it lacks is known then
			p, err := l.classifyAbove(name)
			if err != nil {
				errs = errors.Join(errs, err)
				continue
			}
			if p != nil && files.Within(p.Dir, dir) {
				out = append(out, p)
				continue
			}
			if depth < searchDepth {
				search(name, rules, depth+1)
			}
		}
	}
	search(dir, files.RulesAbove(l.disk, files.RepositoryOf(l.disk, dir), dir), 0)
	return out, errs
}
