package check

// Which projects are checked, and which configuration concerns each.

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
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
	// elsewhere are the configurations whose root leaves out mini-programs that would be found without it.
	elsewhere map[*config.Config]bool
	found     []target
	// known is FS, of which repositories and known remember what was looked at above the projects, which have the folders there in common.
	known        *remembered
	repositories boundary.Repositories
}

// remembered is a file system that looks at each name once.
type remembered struct {
	miniprogram.FS
	stats, lstats map[string]looked
}

type looked struct {
	info fs.FileInfo
	err  error
}

func remember(files miniprogram.FS) *remembered {
	return &remembered{files, map[string]looked{}, map[string]looked{}}
}

// Stat follows symbolic links.
func (r *remembered) Stat(name string) (fs.FileInfo, error) {
	return lookOnce(r.stats, r.FS.Stat, name)
}

// Lstat does not.
func (r *remembered) Lstat(name string) (fs.FileInfo, error) {
	return lookOnce(r.lstats, r.FS.Lstat, name)
}

func lookOnce(known map[string]looked, look func(string) (fs.FileInfo, error), name string) (fs.FileInfo, error) {
	l, ok := known[name]
	if !ok {
		l.info, l.err = look(name)
		known[name] = l
	}
	return l.info, l.err
}

// group are paths that one configuration concerns.
type group struct {
	config *config.Config
	paths  []string
	// root is the mini-program's root when the configuration decides it, "" else.
	root string
}

// find looks for the projects of the paths: each is found once, in the order of their roots.
func find(o Options) (*finder, error) {
	inside, err := boundary.Around(o.FS, o.named()...)
	if err != nil {
		return nil, err
	}
	f := &finder{Options: o, inside: inside, anywhere: o.FS, configs: map[string]*config.Config{}, elsewhere: map[*config.Config]bool{}}
	f.FS = inside.Files(o.FS)
	f.known = remember(f.FS)
	f.found, err = f.targets()
	return f, err
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
	if !slices.ContainsFunc(targets, func(t target) bool { return t.Unsupported == nil }) {
		return nil, lang.Errorf(lang.T("%s: %s", "%s：%s"), targets[0].Root, unsupported(targets[0].Unsupported))
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
	if f.Config != "" {
		if err := boundary.Given(file); err != nil {
			return nil, err
		}
	}
	switch {
	case f.Config == "" && f.Isolated:
		file = ""
	case f.Config != "" && f.Isolated && f.inside.Holds(file):
		return nil, lang.Errorf(lang.T(
			"--isolated uses no configuration from the repository, but %s is in it; specify one from elsewhere",
			"--isolated 不采用仓库里的配置，而 %s 就在仓库里；请指定仓库以外的配置文件"), f.Config)
	case f.Config == "":
		files = f.FS
		if file = config.Find(f.known, dir); file != "" {
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
		return lang.Errorf(lang.T("root %q in %s: %s", "%[2]s 中的 root %[1]q：%[3]s"), c.Root, c.File, err)
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
		own := []*reading.Place{place}
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

func (f *finder) locate(g *group) ([]*reading.Place, error) {
	places, err := framework.Locate(f.FS, g.paths, f.reading(g.config, g.root))
	if err == nil && g.root != "" {
		f.elsewhere[g.config] = f.elsewhere[g.config] || f.leavesOut(g, places)
	}
	if err != nil && g.root != "" {
		return nil, lang.Errorf(lang.T("root %q in %s: %s", "%[2]s 中的 root %[1]q：%[3]s"), g.config.Root, g.config.File, err)
	}
	return places, err
}

// leavesOut tells that mini-programs would be found without a configuration's root that are not among those which are found with it.
func (f *finder) leavesOut(g *group, found []*reading.Place) bool {
	paths := g.paths
	if len(paths) == 0 {
		paths = []string{g.config.Dir}
	}
	options := f.reading(g.config, "")
	options.Tell = nil
	all, err := framework.Locate(f.FS, paths, options)
	return err == nil && slices.ContainsFunc(all, func(p *reading.Place) bool {
		return !slices.ContainsFunc(found, func(q *reading.Place) bool { return q.Dir == p.Dir })
	})
}

func (f *finder) open(p *reading.Place, c *config.Config) target {
	dir := filepath.FromSlash(p.Dir)
	return target{Project: framework.Open(p, f.reading(c, "")), config: c, dir: dir, base: fingerprinted(dir, &f.repositories)}
}

// reading are the options for reading what a configuration concerns.
func (f *finder) reading(c *config.Config, root string) reading.Options {
	return reading.Options{
		Root:        root,
		Limits:      readingLimits(c.Limits),
		Ignore:      f.ignoring(c),
		Tell:        f.Log,
		KeepDigests: f.again,
	}
}

// ignoring is what a configuration leaves out; nil for nothing, since it is asked for every file of a tree.
func (f *finder) ignoring(c *config.Config) func(path string, dir bool) bool {
	if len(c.Ignore) == 0 {
		return nil
	}
	globs := patterns(c.Ignore)
	return func(path string, _ bool) bool { return matches(globs, f.relative(c, path)) }
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
	f, err := find(o)
	if err != nil {
		return nil, err
	}
	var projects []*miniprogram.Project
	for _, t := range f.found {
		projects = append(projects, t.Project)
	}
	return projects, nil
}

// Configured is a configuration in force, with the roots of the mini-programs that it concerns.
type Configured struct {
	Config *config.Config
	Roots  []string
}

// InForce returns the configurations of the mini-programs that the paths lead to, without checking them.
func InForce(o Options) ([]Configured, error) {
	if o.Log == nil {
		o.Log = func(lang.Text) {}
	}
	f, err := find(o)
	if err != nil {
		return nil, err
	}
	var out []Configured
	for _, t := range f.found {
		i := slices.IndexFunc(out, func(c Configured) bool { return c.Config == t.config })
		if i < 0 {
			i = len(out)
			out = append(out, Configured{Config: t.config})
		}
		out[i].Roots = append(out[i].Roots, t.Root)
	}
	return out, nil
}
