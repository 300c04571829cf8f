package miniprogram

// From the paths on the command line to mini-programs.

import (
	"errors"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Options say how mini-programs are looked for and read.
type Options struct {
	// Root is the mini-program's folder when discovery should not decide: relative to the
	// working directory, or absolute.
	Root string
	// Ignore leaves a file or folder out of the program, by its path in reports. It may be nil.
	Ignore func(path string, dir bool) bool
	// Tell is told what was read and why. It may be nil.
	Tell func(lang.Text)
	// Limits are DefaultLimits where they are zero.
	Limits Limits
	// Again keeps what SameProgram needs.
	Again bool
}

// say tells what was read and why.
func (o Options) say(t lang.Text, args ...any) {
	if o.Tell != nil {
		o.Tell(lang.F(t, args...))
	}
}

func (o Options) limits() Limits {
	l := o.Limits
	for _, pair := range []struct {
		value    *int64
		fallback int64
	}{{&l.Config, DefaultLimits.Config}, {&l.Script, DefaultLimits.Script}, {&l.Named, DefaultLimits.Named}, {&l.Files, DefaultLimits.Files}} {
		if *pair.value <= 0 {
			*pair.value = pair.fallback
		}
	}
	return l
}

// NothingFound is the error for paths that lead to no mini-program: wrong usage, not a
// finding. Looked says what was looked for, and where.
type NothingFound struct{ Looked []lang.Text }

// Error tells it in English.
func (e *NothingFound) Error() string { return e.text().EN }

// Unwrap returns the same as an error that can be told in both languages.
func (e *NothingFound) Unwrap() error { return &lang.Error{Text: e.text()} }

func (e *NothingFound) text() lang.Text {
	var en, zh []string
	for _, l := range e.Looked {
		en, zh = append(en, l.EN), append(zh, l.ZH)
	}
	return lang.T("no mini-program found: "+strings.Join(en, "; "), "没有找到小程序："+strings.Join(zh, "；"))
}

// ReadError is the error for something that discovery needs and cannot read.
type ReadError struct {
	Path string
	Err  error
}

// Error tells it in English.
func (e *ReadError) Error() string { return e.told().Text.EN }

// Unwrap returns the same as an error that can be told in both languages, and that wraps the cause.
func (e *ReadError) Unwrap() error { return e.told() }

func (e *ReadError) told() *lang.Error {
	return lang.Errorf(lang.T("%[1]s cannot be read: %[2]s", "%[1]s 无法读取：%[2]s"), e.Path, e.Err)
}

// Place is a mini-program that was found and not yet read.
type Place struct {
	// Root is the mini-program's folder as reports name it, Dir its absolute name.
	Root, Dir string
	Framework Framework
	// Unsupported is why the mini-program cannot be checked; nil where it can.
	Unsupported *Unsupported

	disk    *disk
	project *projectConfig // nil when there is none
	src     string         // absolute folder of the sources: the app configuration's
	// promised tells that project.config.json names the folder and no app.json is there.
	promised bool
}

// Discover finds and reads the mini-programs that the paths lead to, in the order of their
// roots. The error is a *NothingFound when a path leads to none, or a *ReadError.
func Discover(fsys FS, paths []string, opts Options) ([]*Project, error) {
	places, err := Locate(fsys, paths, opts)
	if err != nil {
		return nil, err
	}
	var projects []*Project
	for _, p := range places {
		projects = append(projects, p.Open(opts))
	}
	return projects, nil
}

// Locate finds the mini-programs that the paths lead to without reading their code, so that a
// configuration that belongs to one can be looked for before Open.
func Locate(fsys FS, paths []string, opts Options) ([]*Place, error) {
	l := &locator{disk: newDisk(fsys, opts.limits()), opts: opts, found: map[string]*Place{}}
	if opts.Root != "" {
		if err := l.explicit(absolute(fsys, opts.Root)); err != nil {
			return nil, err
		}
		return l.places(), nil
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		if err := l.locate(p); err != nil {
			return nil, err
		}
	}
	if len(l.found) == 0 {
		return nil, &NothingFound{Looked: l.looked}
	}
	return l.places(), nil
}

type locator struct {
	disk   *disk
	opts   Options
	found  map[string]*Place // by absolute root
	looked []lang.Text
}

func (l *locator) places() []*Place {
	var out []*Place
	for _, p := range l.found {
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Root < out[j].Root })
	return l.withoutMpxPackages(out)
}

func (l *locator) add(p *Place) {
	p.disk = l.disk
	p.Root = relative(l.disk.base, p.Dir)
	if l.found[p.Dir] == nil {
		l.found[p.Dir] = p
		l.opts.say(lang.T("%s: a mini-program (%s)", "%s：小程序（%s）"), p.Root, p.Framework)
	}
}

// explicit takes the folder that the configuration names.
func (l *locator) explicit(dir string) error {
	p, err := l.classify(dir)
	if err != nil {
		return err
	}
	if p == nil {
		return &NothingFound{Looked: []lang.Text{lookedFor(lang.T("%s", " %s "), l.disk, dir)}}
	}
	l.add(p)
	return nil
}

// lookedFor says what was looked for in a folder; where has a verb for its name.
func lookedFor(where lang.Text, d *disk, dir string) lang.Text {
	files := lang.List([]string{"app.json", "project.config.json", "manifest.json + pages.json", "app.config.ts/.js", "app.mpx", "app.wpy"})
	return lang.F(lang.T("looked for %[1]s in %[2]s", "已在%[2]s中查找 %[1]s"), files, lang.F(where, relative(d.base, dir)))
}

// locate follows one path of the command line.
func (l *locator) locate(arg string) error {
	name := absolute(l.disk.fs, arg)
	info, err := l.disk.fs.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &NothingFound{Looked: []lang.Text{lang.F(lang.T("%s does not exist", "%s 不存在"), relative(l.disk.base, name))}}
	case err != nil:
		return &ReadError{Path: relative(l.disk.base, name), Err: plain(err)}
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
		l.looked = append(l.looked, lookedFor(lang.T("%s and the folders above it", " %s 及其上层文件夹"), l.disk, path.Dir(name)))
		return nil
	}
	l.add(p)
	return nil
}

func (l *locator) locateDir(dir string) error {
	if f := l.disk.folder(dir); f.err != nil {
		return &ReadError{Path: relative(l.disk.base, dir), Err: plain(f.err)}
	}
	p, err := l.classify(dir)
	if err != nil {
		return err
	}
	if p != nil && !p.promised {
		if source := l.sourceOf(p.Dir); source != nil {
			p = source
		}
		l.add(p)
		return nil
	}
	if p == nil || isOutputName(path.Base(p.src)) || p.src == p.Dir && p.project.root == "" {
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
		return &NothingFound{Looked: []lang.Text{
			lookedFor(lang.T("%s, the folders in it and those above it", " %s 及其下层和上层文件夹"), l.disk, dir),
		}}
	}
	l.add(p)
	return nil
}

// upwards finds the mini-program that a folder belongs to.
func (l *locator) upwards(dir string) (*Place, error) {
	for _, up := range parents(dir) {
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
func (l *locator) downwards(dir string) ([]*Place, error) {
	var out []*Place
	var errs error
	var search func(dir string, rules *ignoreRules, depth int)
	search = func(dir string, rules *ignoreRules, depth int) {
		f := l.disk.folder(dir)
		if f.has(".gitignore", fileEntry) {
			if file, err := l.disk.file(dir+"/.gitignore", l.disk.limits.Config); err == nil {
				rules = parseIgnore(rules, dir, file.Text)
			}
		}
		for _, e := range f.entries {
			name := dir + "/" + e.name
			if e.kind != dirEntry || e.link || isForeignFolder(e.name) || rules.ignored(name, e.name, true) {
				continue
			}
			if l.opts.Ignore != nil && l.opts.Ignore(relative(l.disk.base, name), true) {
				continue
			}
			l.disk.folder(name) // it is listed sooner or later: what it lacks is known then
			p, err := l.classifyAbove(name)
			if err != nil {
				errs = errors.Join(errs, err)
				continue
			}
			if p != nil && within(p.Dir, dir) {
				out = append(out, p)
				continue
			}
			if depth < searchDepth {
				search(name, rules, depth+1)
			}
		}
	}
	search(dir, rulesAbove(l.disk, l.repositoryOf(dir), dir), 0)
	return out, errs
}
