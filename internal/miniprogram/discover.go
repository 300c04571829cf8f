package miniprogram

// From the paths on the command line to mini-programs.

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
)

// Options say how mini-programs are looked for and read.
type Options struct {
	// Root is the mini-program's folder when discovery should not decide: relative to the
	// working directory, or absolute.
	Root string
	// Ignore leaves a file or folder out of the program, by its path in reports. It may be nil.
	Ignore func(path string, dir bool) bool
	// Verbose is told what was read and why. It may be nil.
	Verbose func(string)
	// Limits are DefaultLimits where they are zero.
	Limits Limits
}

func (o Options) say(format string, args ...any) {
	if o.Verbose != nil {
		o.Verbose(fmt.Sprintf(format, args...))
	}
}

func (o Options) limits() Limits {
	l := o.Limits
	for _, pair := range []struct {
		value    *int64
		fallback int64
	}{{&l.Config, DefaultLimits.Config}, {&l.Script, DefaultLimits.Script}, {&l.Named, DefaultLimits.Named}} {
		if *pair.value <= 0 {
			*pair.value = pair.fallback
		}
	}
	return l
}

// NothingFound is the error for paths that lead to no mini-program: wrong usage, not a
// finding. Looked says what was looked for, and where.
type NothingFound struct{ Looked []string }

func (e *NothingFound) Error() string {
	return "no mini-program found: looked for " + strings.Join(e.Looked, "; ")
}

// ReadError is the error for something that discovery needs and cannot read.
type ReadError struct {
	Path string
	Err  error
}

func (e *ReadError) Error() string { return fmt.Sprintf("%s cannot be read: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }

// Place is a mini-program that was found and not yet read.
type Place struct {
	// Root is the mini-program's folder as reports name it, Dir its absolute name.
	Root, Dir string
	Framework Framework

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
	looked []string
}

func (l *locator) places() []*Place {
	var out []*Place
	for _, p := range l.found {
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Root < out[j].Root })
	return out
}

func (l *locator) add(p *Place) {
	p.disk = l.disk
	p.Root = relative(l.disk.base, p.Dir)
	if l.found[p.Dir] == nil {
		l.found[p.Dir] = p
		l.opts.say("%s: a %s mini-program", p.Root, p.Framework)
	}
}

// explicit takes the folder that the configuration names.
func (l *locator) explicit(dir string) error {
	p, err := l.classify(dir)
	if err != nil {
		return err
	}
	if p == nil {
		return &NothingFound{Looked: []string{whatIsLookedFor(relative(l.disk.base, dir))}}
	}
	l.add(p)
	return nil
}

func whatIsLookedFor(where string) string {
	return fmt.Sprintf("app.json, project.config.json, manifest.json with pages.json, app.config.ts or .js, app.mpx, app.wpy in %s", where)
}

// locate follows one path of the command line.
func (l *locator) locate(arg string) error {
	name := absolute(l.disk.fs, arg)
	info, err := l.disk.fs.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &NothingFound{Looked: []string{relative(l.disk.base, name) + ", which does not exist"}}
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
		l.looked = append(l.looked, whatIsLookedFor(relative(l.disk.base, path.Dir(name))+" and the folders above"))
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
		return &NothingFound{Looked: []string{whatIsLookedFor(relative(l.disk.base, dir) + ", the folders in it and those above")}}
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

// classifyAbove is classify for a folder nobody named: an app.json there must look like a mini-program's.
func (l *locator) classifyAbove(dir string) (*Place, error) {
	interesting := false
	for _, name := range []string{"app.json", projectConfigName, "manifest.json", "package.json", "src/manifest.json", "pages.json", "src/pages.json",
		"app.mpx", "app.wpy", "src/app.mpx", "src/app.wpy"} {
		interesting = interesting || l.disk.statFile(dir+"/"+name)
	}
	if !interesting && !l.isTaroSource(dir) {
		return nil, nil
	}
	p, err := l.classify(dir)
	if p != nil && p.Framework == Native && p.project == nil && !l.looksNative(dir) {
		return nil, err
	}
	return p, err
}

// classify tells what mini-program a folder is the root, or the repository, of; nil for none.
func (l *locator) classify(dir string) (*Place, error) {
	if p := l.classifyFramework(dir); p != nil {
		project, err := readProjectConfig(l.disk, dir)
		if err != nil {
			return nil, &ReadError{Path: relative(l.disk.base, dir+"/"+projectConfigName), Err: err}
		}
		p.project = project
		return p, nil
	}
	project, err := readProjectConfig(l.disk, dir)
	if err != nil {
		return nil, &ReadError{Path: relative(l.disk.base, dir+"/"+projectConfigName), Err: err}
	}
	if project != nil && !project.broken && !project.game {
		if p := l.promisedBy(project); p != nil {
			return p, nil
		}
	}
	if l.disk.exists(dir+"/app.json") && !l.disk.isDir(dir+"/app.json") {
		return &Place{Dir: dir, src: dir, Framework: Native, project: l.projectConfigOf(dir, project)}, nil
	}
	return nil, nil
}

// promisedBy finds the mini-program that a project.config.json leads to. Sources win over
// the output that they are built to.
func (l *locator) promisedBy(c *projectConfig) *Place {
	root := c.miniprogramRoot()
	candidates := []string{c.sourceRoot, root, path.Join(c.dir, "src")}
	if isOutputName(path.Base(root)) && c.sourceRoot == "" {
		candidates = append(l.sourceFolders(c.dir, 2), root)
	}
	for _, dir := range candidates {
		if dir == "" {
			continue
		}
		if p := l.classifyFramework(dir); p != nil {
			p.project = c
			return p
		}
		if l.disk.isFile(dir + "/app.json") {
			return &Place{Dir: dir, src: dir, Framework: Native, project: c}
		}
	}
	if c.plugin && c.pluginRoot != "" && l.disk.isFile(c.pluginRoot+"/plugin.json") {
		return &Place{Dir: c.pluginRoot, src: c.pluginRoot, Framework: Native, project: c}
	}
	return &Place{Dir: root, src: root, Framework: Native, project: c, promised: true}
}

// sourceFolders are the folders below dir that hold an app.json and are no output, "src" first.
func (l *locator) sourceFolders(dir string, depth int) []string {
	out := []string{path.Join(dir, "src")}
	if !l.disk.isDir(dir) || depth == 0 {
		return out
	}
	for _, e := range l.disk.folder(dir).entries {
		if e.kind != dirEntry || e.link || isForeignFolder(e.name) || isOutputName(e.name) {
			continue
		}
		below := dir + "/" + e.name
		if l.disk.isFile(below+"/app.json") && l.looksNative(below) {
			out = append(out, below)
			continue
		}
		out = append(out, l.sourceFolders(below, depth-1)[1:]...)
	}
	return out
}

// projectConfigOf finds the project.config.json that leads to the mini-program in dir.
func (l *locator) projectConfigOf(dir string, here *projectConfig) *projectConfig {
	if here != nil && !here.broken {
		return here
	}
	for _, up := range parents(dir)[1:] {
		c, err := readProjectConfig(l.disk, up)
		if err == nil && c != nil && !c.broken && (c.root == dir || c.sourceRoot == dir || c.pluginRoot == dir) {
			return c
		}
		if l.isRepository(up) {
			return nil
		}
	}
	return nil
}

func (l *locator) isRepository(dir string) bool {
	_, err := l.disk.fs.Lstat(dir + "/.git")
	return err == nil
}

// looksNative tells an app.json of a mini-program from the many other files of that name.
func (l *locator) looksNative(dir string) bool {
	for _, name := range []string{"app.js", "app.ts", "app.wxss", "app.less", "app.scss", projectConfigName} {
		if l.disk.statFile(dir + "/" + name) {
			return true
		}
	}
	file, err := l.disk.file(dir+"/app.json", l.disk.limits.Config)
	if err != nil {
		return false
	}
	root := jsondoc.Parse(file.Text).Root
	return root.Get("pages") != nil && root.Get("expo") == nil || root.Get("subpackages") != nil || root.Get("subPackages") != nil
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

// repositoryOf is the folder up to which .gitignore and configuration files are looked for.
func (l *locator) repositoryOf(dir string) string { return repositoryOf(l.disk, dir) }

func repositoryOf(d *disk, dir string) string {
	for _, up := range parents(dir) {
		if _, err := d.fs.Lstat(up + "/.git"); err == nil {
			return up
		}
	}
	if within(dir, d.base) {
		return d.base
	}
	return dir
}

// isOutputName tells of the names that build output has.
func isOutputName(base string) bool {
	switch base {
	case "dist", "build", "output", "out", "unpackage", "release", "miniprogram_dist", "mp-weixin", "weapp":
		return true
	}
	return false
}
