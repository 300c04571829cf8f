package discovery

// What one folder is: a mini-program of some kind, a repository, or neither.

import (
	"path"
	"slices"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// classifyAbove is classify for a folder nobody named: an app.json there must look like a mini-program's.
func (l *locator) classifyAbove(dir string) (*reading.Place, error) {
	if !l.MayBeAt(dir) {
		return nil, nil
	}
	p, err := l.classify(dir)
	if p != nil && p.Kind == l.frameworks.Native && p.Config == nil && !l.looksNative(dir) {
		return nil, err
	}
	return p, err
}

// MayBeAt tells at a glance whether a folder may be a mini-program, or the repository of one.
func (l *locator) MayBeAt(dir string) bool {
	for _, name := range []string{"app.json", configuration.ProjectConfigName, "package.json", "game.json"} {
		if l.disk.StatFile(dir + "/" + name) {
			return true
		}
	}
	return slices.ContainsFunc(l.frameworks.Others, func(f reading.Framework) bool { return f.MayBeAt(l.disk, dir) })
}

// native is a mini-program of the platform's own kind.
func (l *locator) native(dir string, project *configuration.ProjectConfig) *reading.Place {
	return &reading.Place{Dir: dir, Src: dir, Framework: l.frameworks.Native.Traits().Name, Kind: l.frameworks.Native, Config: project}
}

// classify tells what mini-program a folder is the root, or the repository, of; nil for none.
func (l *locator) classify(dir string) (*reading.Place, error) {
	if recognise := l.frameworks.Unsupported; recognise != nil {
		if p := recognise(l.disk, dir); p != nil {
			return p, nil
		}
	}
	if p := l.classifyFramework(dir); p != nil {
		project, err := configuration.ReadProjectConfig(l.disk, dir)
		if err != nil {
			return nil, &miniprogram.ReadError{Path: files.Relative(l.disk.Base, dir+"/"+configuration.ProjectConfigName), Err: err}
		}
		p.Config = project
		return p, nil
	}
	project, err := configuration.ReadProjectConfig(l.disk, dir)
	if err != nil {
		return nil, &miniprogram.ReadError{Path: files.Relative(l.disk.Base, dir+"/"+configuration.ProjectConfigName), Err: err}
	}
	if project != nil && !project.Broken && !project.Game {
		if p := l.promisedBy(project); p != nil {
			return p, nil
		}
	}
	if l.disk.Exists(dir+"/app.json") && !l.disk.IsDir(dir+"/app.json") && !l.isOtherAppJSON(dir) {
		return l.native(dir, l.projectConfigOf(dir, project)), nil
	}
	return nil, nil
}

// promisedBy finds the mini-program that a project.config.json leads to. Sources win over
// the output that they are built to.
func (l *locator) promisedBy(c *configuration.ProjectConfig) *reading.Place {
	root := c.MiniprogramRoot()
	candidates := []string{c.SourceRoot, root, path.Join(c.Dir, "src")}
	if files.IsOutputName(path.Base(root)) && c.SourceRoot == "" {
		candidates = append(l.sourceFolders(c.Dir, 2), root)
	}
	for _, dir := range candidates {
		if dir == "" {
			continue
		}
		if p := l.classifyFramework(dir); p != nil {
			p.Config = c
			return p
		}
		if l.disk.IsFile(dir + "/app.json") {
			return l.native(dir, c)
		}
	}
	if c.Plugin && c.PluginRoot != "" && l.disk.IsFile(c.PluginRoot+"/plugin.json") {
		return l.native(c.PluginRoot, c)
	}
	p := l.native(root, c)
	p.Promised = true
	return p
}

// sourceFolders are the folders below dir that hold an app.json and are no output, "src" first.
func (l *locator) sourceFolders(dir string, depth int) []string {
	out := []string{path.Join(dir, "src")}
	if !l.disk.IsDir(dir) || depth == 0 {
		return out
	}
	for _, e := range l.disk.Folder(dir).Entries {
		if e.Kind != files.DirEntry || e.Link || files.IsForeignFolder(e.Name) || files.IsOutputName(e.Name) {
			continue
		}
		below := dir + "/" + e.Name
		if l.disk.IsFile(below+"/app.json") && l.looksNative(below) {
			out = append(out, below)
			continue
		}
		out = append(out, l.sourceFolders(below, depth-1)[1:]...)
	}
	return out
}

// projectConfigOf finds the project.config.json that leads to the mini-program in dir.
func (l *locator) projectConfigOf(dir string, here *configuration.ProjectConfig) *configuration.ProjectConfig {
	if here != nil && !here.Broken {
		return here
	}
	for _, up := range files.Parents(dir)[1:] {
		c, err := configuration.ReadProjectConfig(l.disk, up)
		if err == nil && c != nil && !c.Broken && (c.Root == dir || c.SourceRoot == dir || c.PluginRoot == dir) {
			return c
		}
		if l.disk.IsRepository(up) {
			return nil
		}
	}
	return nil
}

// looksNative tells an app.json of a mini-program from the many other files of that name.
func (l *locator) looksNative(dir string) bool {
	for _, name := range []string{"app.js", "app.ts", "app.wxss", "app.less", "app.scss", configuration.ProjectConfigName} {
		if l.disk.StatFile(dir + "/" + name) {
			return true
		}
	}
	file, err := l.disk.File(dir+"/app.json", l.disk.Limits.Config)
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
	file, err := l.disk.File(dir+"/app.json", l.disk.Limits.Config)
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
