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
	at := edge{root, sub}
	if file, known := p.resolve.packaged.Load(at); known {
		return file.(string)
	}
	file := p.lookInPackage(root, sub)
	p.resolve.packaged.Store(at, file)
	return file
}

// lookInPackage looks for a file of the package in the folder root, or for its main file.
func (p *Project) lookInPackage(root, sub string) string {
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

// manifest reads the package.json in dir, once; nil when there is none.
func (p *Project) manifest(dir string) *jsondoc.Node { return p.disk.manifest(dir) }

func (d *disk) manifest(dir string) *jsondoc.Node {
	if m, known := d.manifests.Load(dir); known {
		return m.(*jsondoc.Node)
	}
	var root *jsondoc.Node
	if name := dir + "/package.json"; d.isFile(name) {
		if file, err := d.file(name, d.limits.Config); err == nil {
			root = jsondoc.ParseTolerant(file.Text).Root
		}
	}
	d.manifests.Store(dir, root)
	return root
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
	return p.disk.workspace(p.repository())[pkg]
}

// workspace are the packages of the repository whose top is root, looked for once.
func (d *disk) workspace(root string) map[string]string {
	if known, ok := d.workspaces.Load(root); ok {
		return known.(map[string]string)
	}
	packages := d.readWorkspace(root)
	d.workspaces.Store(root, packages)
	return packages
}

// readWorkspace lists the packages of a repository, where it has several.
func (d *disk) readWorkspace(root string) map[string]string {
	out := map[string]string{}
	if !d.statFile(root+"/pnpm-workspace.yaml") && !d.statFile(root+"/lerna.json") {
		if !d.statFile(root+"/package.json") || d.manifest(root).Get("workspaces") == nil {
			return out
		}
	}
	var search func(dir string, depth int)
	search = func(dir string, depth int) {
		for _, e := range d.folder(dir).entries {
			if e.kind != dirEntry || e.link || e.name[0] == '.' || e.name == "node_modules" || e.name == "miniprogram_npm" {
				continue
			}
			below := dir + "/" + e.name
			if m := d.manifest(below); m.StringOf("name") != "" {
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
