package miniprogram

// From the paths on the command line to mini-programs.

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
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
	whole := false
	for _, p := range l.found {
		out = append(out, p)
		whole = whole || p.Framework == Mpx && !l.isMpxPackage(p)
	}
	if whole {
		out = slices.DeleteFunc(out, l.isMpxPackage)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Root < out[j].Root })
	return out
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
	if l.disk.exists(dir+"/app.json") && !l.disk.isDir(dir+"/app.json") && !l.isOtherAppJSON(dir) {
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

// isOtherAppJSON tells of an app.json that is surely no mini-program's: Expo's and React Native's, Heroku's.
func (l *locator) isOtherAppJSON(dir string) bool {
	if l.looksNative(dir) {
		return false
	}
	file, err := l.disk.file(dir+"/app.json", l.disk.limits.Config)
	if err != nil {
		return false
	}
	root := jsondoc.Parse(file.Text).Root
	for _, own := range []string{"permission", "window", "tabBar", "usingComponents", "plugins", "entryPagePath", "sitemapLocation", "style"} {
		if root.Get(own) != nil {
			return false
		}
	}
	return root.Get("expo") != nil || root.StringOf("name") != ""
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
