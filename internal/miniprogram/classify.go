package miniprogram

// What one folder is: a mini-program of some kind, a repository, or neither.

import (
	"path"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
)

// classifyAbove is classify for a folder nobody named: an app.json there must look like a mini-program's.
func (l *locator) classifyAbove(dir string) (*Place, error) {
	interesting := false
	for _, name := range []string{"app.json", projectConfigName, "manifest.json", "package.json", "src/manifest.json", "pages.json", "src/pages.json", "game.json",
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
	if p := l.unsupportedAt(dir); p != nil {
		return p, nil
	}
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
		if l.disk.isRepository(up) {
			return nil
		}
	}
	return nil
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

// repositoryOf is the folder up to which .gitignore and configuration files are looked for.
func (l *locator) repositoryOf(dir string) string { return repositoryOf(l.disk, dir) }

func repositoryOf(d *disk, dir string) string {
	for _, up := range parents(dir) {
		if d.isRepository(up) {
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
