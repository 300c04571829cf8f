package miniprogram

// Packages: built into the mini-program, installed, or part of the same repository.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
)

// packageName splits a bare specifier into the package and the path in it.
func packageName(spec string) (pkg, sub string) {
	parts := 1
	if strings.HasPrefix(spec, "@") {
		parts = 2
	}
	fields := strings.SplitN(spec, "/", parts+1)
	if len(fields) <= parts {
		return spec, ""
	}
	return strings.Join(fields[:parts], "/"), fields[parts]
}

// inPackage finds a file of a package that is built into the mini-program, installed, or
// part of the repository.
func (p *Project) inPackage(dir, pkg, sub string) string {
	if pkg == "" || strings.Contains(pkg, "..") {
		return ""
	}
	for _, up := range parents(dir) {
		for _, store := range []string{"miniprogram_npm", "node_modules"} {
			root := up + "/" + store + "/" + pkg
			if !p.disk.isDir(up+"/"+store) || !p.disk.isDir(root) {
				continue
			}
			if file := p.inPackageAt(root, sub); file != "" {
				return file
			}
		}
		if up == p.repository() {
			break
		}
	}
	if root := p.workspacePackage(pkg); root != "" {
		return p.inPackageAt(root, sub)
	}
	return ""
}

func (p *Project) inPackageAt(root, sub string) string {
	if sub == "" {
		return p.module(root)
	}
	if target := p.packageExport(root, "./"+sub); target != "" {
		if file := p.module(target); file != "" {
			return file
		}
	}
	for _, below := range []string{"", "miniprogram_dist", "src"} {
		if file := p.module(path.Join(root, below, sub)); file != "" {
			return file
		}
	}
	return ""
}

// manifest reads the package.json in dir; nil when there is none.
func (p *Project) manifest(dir string) *jsondoc.Node {
	name := dir + "/package.json"
	if !p.disk.isFile(name) {
		return nil
	}
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		return nil
	}
	return jsondoc.ParseTolerant(file.Text).Root
}

// packageMain is the file that a package's folder stands for by its package.json.
func (p *Project) packageMain(dir string) string {
	m := p.manifest(dir)
	if m == nil {
		return ""
	}
	if target := p.packageExport(dir, "."); target != "" {
		if file := p.mainAt(target); file != "" {
			return file
		}
	}
	for _, main := range []string{m.StringOf("miniprogram"), m.StringOf("module"), m.StringOf("main"), "miniprogram_dist", "src"} {
		if main == "" {
			continue
		}
		if file := p.mainAt(path.Join(dir, main)); file != "" {
			return file
		}
	}
	return ""
}

func (p *Project) mainAt(name string) string {
	if file := p.fileOf(name); file != "" {
		return file
	}
	if p.disk.isDir(name) {
		return p.fileOf(name + "/index")
	}
	return ""
}

// packageExport looks a subpath up in the "exports" of a package.json.
func (p *Project) packageExport(dir, sub string) string {
	exports := p.manifest(dir).Get("exports")
	if exports == nil {
		return ""
	}
	if entry := exports.Get(sub); entry != nil {
		exports = entry
	} else if sub != "." {
		return ""
	}
	for range 8 { // conditions within conditions
		switch exports.Kind {
		case jsondoc.String:
			return path.Join(dir, exports.Text)
		case jsondoc.Array:
			if len(exports.Elements) == 0 {
				return ""
			}
			exports = exports.Elements[0]
			continue
		}
		var next *jsondoc.Node
		for _, condition := range []string{"miniprogram", "import", "module", "default", "require"} {
			if next = exports.Get(condition); next != nil {
				break
			}
		}
		if next == nil {
			return ""
		}
		exports = next
	}
	return ""
}

// repository is the folder above which nothing is looked for.
func (p *Project) repository() string { return p.top }

// workspacePackage finds a package of the repository by its name.
func (p *Project) workspacePackage(pkg string) string {
	p.mu.Lock()
	known := p.resolve.workspace
	p.mu.Unlock()
	if known == nil {
		known = p.readWorkspace()
		p.mu.Lock()
		p.resolve.workspace = known
		p.mu.Unlock()
	}
	return known[pkg]
}

// readWorkspace lists the packages of the repository, where it has several.
func (p *Project) readWorkspace() map[string]string {
	out := map[string]string{}
	root := p.repository()
	if !p.disk.statFile(root+"/pnpm-workspace.yaml") && !p.disk.statFile(root+"/lerna.json") {
		if !p.disk.statFile(root+"/package.json") || p.manifest(root).Get("workspaces") == nil {
			return out
		}
	}
	var search func(dir string, depth int)
	search = func(dir string, depth int) {
		for _, e := range p.disk.folder(dir).entries {
			if e.kind != dirEntry || e.link || e.name[0] == '.' || e.name == "node_modules" || e.name == "miniprogram_npm" {
				continue
			}
			below := dir + "/" + e.name
			if m := p.manifest(below); m.StringOf("name") != "" {
				if _, twice := out[m.StringOf("name")]; !twice {
					out[m.StringOf("name")] = below
				}
				continue
			}
			if depth < 2 {
				search(below, depth+1)
			}
		}
	}
	search(root, 0)
	return out
}
