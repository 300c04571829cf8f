package files

// The package.json files of a repository, each parsed once for all mini-programs in it.

import "github.com/voipcheck/voipcheck/internal/jsondoc"

// Manifest reads the package.json in dir, once; nil when there is none.
func (d *Disk) Manifest(dir string) *jsondoc.Node {
	if m, known := d.manifests.Load(dir); known {
		return m.(*jsondoc.Node)
	}
	var root *jsondoc.Node
	if name := dir + "/package.json"; d.IsFile(name) {
		if file, err := d.File(name, d.Limits.Config); err == nil {
			root = jsondoc.ParseTolerant(file.Text).Root
		}
	}
	d.manifests.Store(dir, root)
	return root
}

// Workspace are the packages of the repository whose top is root, looked for once.
func (d *Disk) Workspace(root string) map[string]string {
	if known, ok := d.workspaces.Load(root); ok {
		return known.(map[string]string)
	}
	packages := d.readWorkspace(root)
	d.workspaces.Store(root, packages)
	return packages
}

// readWorkspace lists the packages of a repository, where it has several.
func (d *Disk) readWorkspace(root string) map[string]string {
	out := map[string]string{}
	if !d.StatFile(root+"/pnpm-workspace.yaml") && !d.StatFile(root+"/lerna.json") {
		if !d.StatFile(root+"/package.json") || d.Manifest(root).Get("workspaces") == nil {
			return out
		}
	}
	var search func(dir string, depth int)
	search = func(dir string, depth int) {
		for _, e := range d.Folder(dir).Entries {
			if e.Kind != DirEntry || e.Link || e.Name[0] == '.' || e.Name == "node_modules" || e.Name == "miniprogram_npm" {
				continue
			}
			below := dir + "/" + e.Name
			if m := d.Manifest(below); m.StringOf("name") != "" {
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

// RepositoryOf is the folder up to which .gitignore and configuration files are looked for.
func RepositoryOf(d *Disk, dir string) string {
	for _, up := range Parents(dir) {
		if d.IsRepository(up) {
			return up
		}
	}
	if Within(dir, d.Base) {
		return d.Base
	}
	return dir
}
