package check

// Which projects are checked, and which configuration concerns each.

import (
	"errors"
	"io/fs"
	"path/filepath"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// target is a project with its configuration.
type target struct {
	*miniprogram.Project
	config *config.Config
	// dir is the project's root in the file system, base the folder that its fingerprints are relative to.
	dir, base string
}

// finder looks for projects. Every configuration file is read once.
type finder struct {
	Options
	inside *boundary.Boundary
	// anywhere is the file system without its boundary, for a configuration that the user names.
	anywhere miniprogram.FS
	configs  map[string]*config.Config
}

// group are paths that one configuration concerns.
type group struct {
	config *config.Config
	paths  []string
	// root is the mini-program's root when the configuration decides it, "" else.
	root string
}

// find returns the projects of the paths, each once, in the order of their roots, and the boundary within which they are read.
func find(o Options) ([]target, *boundary.Boundary, error) {
	inside, err := boundary.Around(o.FS, o.named()...)
	if err != nil {
		return nil, nil, err
	}
	f := &finder{Options: o, inside: inside, anywhere: o.FS, configs: map[string]*config.Config{}}
	f.FS = inside.Files(o.FS)
	targets, err := f.targets()
	return targets, inside, err
}

// named are the absolute paths that are to be checked.
func (o *Options) named() []string {
	if len(o.Paths) == 0 {
		return []string{o.Dir}
	}
	var named []string
	for _, path := range o.Paths {
		named = append(named, o.absolute(path))
	}
	return named
}

func (f *finder) targets() ([]target, error) {
	groups, err := f.groups()
	if err != nil {
		return nil, err
	}
	var targets []target
	var nothing error
	seen := map[string]bool{}
	for _, g := range groups {
		found, err := f.discover(g)
		var none *miniprogram.NothingFound
		if errors.As(err, &none) && f.filesOnly(g.paths) {
			// A commit hook passes files of all kinds; one of them leading to a mini-program is enough.
			nothing = err
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			if !seen[t.dir] {
				seen[t.dir] = true
				targets = append(targets, t)
			}
		}
	}
	if len(targets) == 0 {
		return nil, nothing
	}
	sort.SliceStable(targets, func(i, j int) bool { return targets[i].Root < targets[j].Root })
	return targets, nil
}

func (f *finder) filesOnly(paths []string) bool {
	for _, p := range paths {
		if name := f.absolute(p); f.folderOf(name) == name {
			return false
		}
	}
	return len(paths) > 0
}

// groups sorts the paths by the configuration above each.
func (f *finder) groups() ([]*group, error) {
	paths := f.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var groups []*group
	for _, path := range paths {
		c, err := f.configOf(f.folderOf(f.absolute(path)))
		if err != nil {
			return nil, err
		}
		root := f.rooted(f.absolute(path), c)
		var of *group
		for _, g := range groups {
			if g.config == c && g.root == root {
				of = g
			}
		}
		if of == nil {
			of = &group{config: c, root: root}
			groups = append(groups, of)
		}
		of.paths = append(of.paths, path)
	}
	return groups, nil
}

// folderOf is the folder that a path names or lies in.
func (f *finder) folderOf(path string) string {
	if info, err := f.FS.Stat(filepath.ToSlash(path)); err == nil && info.IsDir() {
		return path
	}
	return filepath.Dir(path)
}

// configOf returns the configuration that concerns a folder, which may be that without a file.
func (f *finder) configOf(dir string) (*config.Config, error) {
	file, shown, files := f.absolute(f.Config), f.Config, f.anywhere
	if f.Config == "" {
		files = f.FS
		if file = config.Find(f.FS, dir); file != "" {
			shown = Shown(f.Dir, file)
		}
	}
	if c := f.configs[file]; c != nil {
		return c, nil
	}
	c := &config.Config{}
	if file != "" {
		var err error
		if c, err = config.Load(files, file, shown); err != nil {
			return nil, err
		}
		if top := f.inside.Top(); !f.inside.Holds(file) && !boundary.Below(c.Dir, top) {
			// A configuration that is kept elsewhere, as that of the base branch is when a change is checked, speaks of the
			// repository: nothing lies beside it.
			c.Dir = top
		}
		if err := f.rootExists(c); err != nil {
			return nil, err
		}
		if err := functionsExist(f.FS, c); err != nil {
			return nil, err
		}
		f.Log(lang.F(lang.T("configuration: %s", "配置文件：%s"), shown))
	}
	f.configs[file] = c
	return c, nil
}

// rootExists looks whether there is what the configuration names as the mini-program's folder.
func (f *finder) rootExists(c *config.Config) error {
	if c.Root == "" {
		return nil
	}
	if _, err := f.FS.Stat(filepath.ToSlash(filepath.Join(c.Dir, filepath.FromSlash(c.Root)))); errors.Is(err, fs.ErrNotExist) {
		return lang.Errorf(lang.T("the root %q of %s: %s", "%[2]s 中的 root %[1]q：%[3]s"), c.Root, c.File, err)
	}
	return nil
}

// Shown is how messages call an absolute file: relative to the folder dir where it lies below it.
func Shown(dir, file string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil || strings.HasPrefix(rel, "..") && len(rel) > len(file) {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// rooted is the configuration's root for a path that contains it or lies in it. A path
// beside it names another mini-program of the repository, which discovery finds.
func (f *finder) rooted(path string, c *config.Config) string {
	if c.Root == "" {
		return ""
	}
	root := filepath.Join(c.Dir, filepath.FromSlash(c.Root))
	if within(root, path) || within(path, root) {
		return root
	}
	return ""
}

func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// discover returns the projects of a group. Where a mini-program has a configuration of its own, that
// one decides how it is read.
func (f *finder) discover(g *group) ([]target, error) {
	places, err := f.locate(g)
	if err != nil {
		return nil, err
	}
	var targets []target
	for _, place := range places {
		c := g.config
		if f.inside.Holds(place.Dir) {
			if c, err = f.configOf(place.Dir); err != nil {
				return nil, err
			}
		}
		own := []*miniprogram.Place{place}
		if root := f.rooted(place.Dir, c); c != g.config && root != "" {
			if own, err = f.locate(&group{config: c, root: root}); err != nil {
				return nil, err
			}
		}
		for _, p := range own {
			targets = append(targets, f.open(p, c))
		}
	}
	return targets, nil
}

func (f *finder) locate(g *group) ([]*miniprogram.Place, error) {
	places, err := miniprogram.Locate(f.FS, g.paths, f.reading(g.config, g.root))
	if err != nil && g.root != "" {
		return nil, lang.Errorf(lang.T("the root %q of %s: %s", "%[2]s 中的 root %[1]q：%[3]s"), g.config.Root, g.config.File, err)
	}
	return places, err
}

func (f *finder) open(p *miniprogram.Place, c *config.Config) target {
	t := target{Project: p.Open(f.reading(c, "")), config: c, dir: filepath.FromSlash(p.Dir)}
	if t.base = boundary.Repository(t.dir); t.base == "" {
		t.base = t.dir
	}
	return t
}

// reading are the options for reading what a configuration concerns.
func (f *finder) reading(c *config.Config, root string) miniprogram.Options {
	return miniprogram.Options{
		Root:   root,
		Limits: reading(c.Limits),
		Ignore: f.ignoring(c),
		Tell:   f.Log,
	}
}

// ignoring is what a configuration leaves out; nil for nothing, since it is asked for every file of a tree.
func (f *finder) ignoring(c *config.Config) func(path string, dir bool) bool {
	if len(c.Ignore) == 0 {
		return nil
	}
	return func(path string, _ bool) bool { return matches(c.Ignore, f.relative(c, path)) }
}

// relative is a path of a report as the globs of a configuration see it.
func (o *Options) relative(c *config.Config, path string) string {
	rel, err := filepath.Rel(c.Dir, o.absolute(path))
	if c.Dir == "" || err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// Projects returns the projects of the paths without checking them.
func Projects(o Options) ([]*miniprogram.Project, error) {
	if o.Log == nil {
		o.Log = func(lang.Text) {}
	}
	targets, _, err := find(o)
	if err != nil {
		return nil, err
	}
	var projects []*miniprogram.Project
	for _, t := range targets {
		projects = append(projects, t.Project)
	}
	return projects, nil
}
