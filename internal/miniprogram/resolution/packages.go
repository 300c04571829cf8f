package resolution

// Packages: built into the mini-program, installed, or part of the same repository.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
)

// PackageName splits a bare specifier into the package and the path in it.
func PackageName(spec string) (pkg, sub string) {
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
func (r *Resolver) inPackage(dir, pkg, sub string) string {
	if pkg == "" || strings.Contains(pkg, "..") {
		return ""
	}
	for _, up := range files.Parents(dir) {
		for _, store := range []string{"miniprogram_npm", "node_modules"} {
			root := up + "/" + store + "/" + pkg
			if !r.Files.IsDir(up+"/"+store) || !r.Files.IsDir(root) {
				continue
			}
			if file := r.inPackageAt(root, sub); file != "" {
				return file
			}
		}
		if up == r.Top {
			break
		}
	}
	if root := r.WorkspacePackage(pkg); root != "" {
		return r.inPackageAt(root, sub)
	}
	return ""
}

func (r *Resolver) inPackageAt(root, sub string) string {
	at := edge{root, sub}
	if file, known := r.packaged.Load(at); known {
		return file.(string)
	}
	file := r.fileInPackage(root, sub)
	r.packaged.Store(at, file)
	return file
}

// fileInPackage looks for a file of the package in the folder root, or for its main file.
func (r *Resolver) fileInPackage(root, sub string) string {
	if sub == "" {
		return r.Module(root)
	}
	if target := r.packageExport(root, "./"+sub); target != "" {
		if file := r.Module(target); file != "" {
			return file
		}
	}
	for _, below := range []string{"", "miniprogram_dist", "src"} {
		if file := r.Module(path.Join(root, below, sub)); file != "" {
			return file
		}
	}
	return ""
}

// packageMain is the file that a package's folder stands for by its package.json.
func (r *Resolver) packageMain(dir string) string {
	m := r.Files.Manifest(dir)
	if m == nil {
		return ""
	}
	if target := r.packageExport(dir, "."); target != "" {
		if file := r.mainAt(target); file != "" {
			return file
		}
	}
	for _, main := range []string{m.StringOf("miniprogram"), m.StringOf("module"), m.StringOf("main"), "miniprogram_dist", "src"} {
		if main == "" {
			continue
		}
		if file := r.mainAt(path.Join(dir, main)); file != "" {
			return file
		}
	}
	return ""
}

func (r *Resolver) mainAt(name string) string {
	if file := r.fileOf(name); file != "" {
		return file
	}
	if r.Files.IsDir(name) {
		return r.fileOf(name + "/index")
	}
	return ""
}

// packageExport looks a subpath up in the "exports" of a package.json.
func (r *Resolver) packageExport(dir, sub string) string {
	exports := r.Files.Manifest(dir).Get("exports")
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

// WorkspacePackage finds a package of the repository by its name.
func (r *Resolver) WorkspacePackage(pkg string) string {
	return r.Files.Workspace(r.Top)[pkg]
}
