package resolution

// From an import specifier to the file it leads to.

import (
	"path"
	"strings"
	"sync"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
)

// Resolver is what resolving needs to remember of a project.
type Resolver struct {
	Files *files.Reader
	// Src is the folder that page paths begin in, top the one above which nothing is looked for, pluginRoot that of a plugin's code, "" for none.
	Src, Top, pluginRoot string
	Aliases              []Alias
	// Extensions are tried in this order after a specifier without one.
	Extensions []string
	// Infix stands before the ending of files that win over those of the same name without it: ".wx" of call.wx.js.
	Infix string
	// found is where imports lead that were resolved before: edge to target.
	found *sync.Map
	// packaged are the files of packages: by the package's folder and the path below it.
	packaged *sync.Map
}

// Alias maps specifiers of a form to others: "@/*" to "utils/*".
type Alias struct {
	Pattern string
	Targets []string // absolute, or relative to dir
	Dir     string
}

// New makes the resolver of the mini-program in src.
func New(files *files.Reader, src, top, pluginRoot string) *Resolver {
	return &Resolver{Files: files, Src: src, Top: top, pluginRoot: pluginRoot, packaged: &sync.Map{}}
}

// Forget lets go of what was found in packages, by other endings of code.
func (r *Resolver) Forget() { r.packaged = &sync.Map{} }

// Remember keeps from now on where each import leads: all folders of the program are listed.
func (r *Resolver) Remember() { r.found, r.packaged = &sync.Map{}, &sync.Map{} }

// edge is an import as far as it decides where that leads: all files of a folder import alike.
type edge struct{ dir, specifier string }

// target is where a specifier leads: a file, or the name of a package.
type target struct {
	File string // absolute; "" when not found
	Pkg  string
}

// IsDataName tells of a specifier that names no code, whether or not its file is there.
func IsDataName(specifier string) bool {
	return files.HasExt(specifier, ".json", ".css", ".wxss", ".less", ".scss", ".sass", ".styl", ".png", ".jpg", ".jpeg", ".gif", ".svg",
		".webp", ".mp3", ".mp4", ".ttf", ".woff", ".wxml", ".wxs", ".txt", ".html", ".md", ".wasm")
}

// Find resolves a specifier written in the file named from. Once all folders of the program are listed it does so once.
func (r *Resolver) Find(from, specifier string) target {
	if r.found == nil {
		return r.search(from, specifier)
	}
	at := edge{path.Dir(from), specifier}
	if t, known := r.found.Load(at); known {
		return t.(target)
	}
	t := r.search(from, specifier)
	r.found.Store(at, t)
	return t
}

// search looks for what a specifier written in the file named from leads to.
func (r *Resolver) search(from, specifier string) target {
	spec, _, _ := strings.Cut(specifier, "?")
	if i := strings.LastIndexByte(spec, '!'); i >= 0 {
		spec = spec[i+1:]
	}
	dir := path.Dir(from)
	switch {
	case spec == "" || strings.ContainsAny(spec, "\x00\n"):
		return target{}
	case spec == "." || spec == ".." || strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../"):
		file := r.Module(path.Join(dir, spec))
		if file == "" {
			r.Files.NotFound(path.Join(dir, spec))
		}
		return target{File: file}
	}
	for _, a := range r.Aliases {
		for _, name := range a.Apply(spec, r.Src) {
			if file := r.Module(name); file != "" {
				return target{File: file}
			}
			if a.Pattern != "*" { // a baseUrl is tried for every package
				r.Files.NotFound(name)
			}
		}
	}
	if strings.HasPrefix(spec, "/") {
		file := r.Module(path.Join(r.RootOf(from), spec))
		if file == "" {
			r.Files.NotFound(path.Join(r.RootOf(from), spec))
		}
		return target{File: file}
	}
	if strings.Contains(spec, "://") {
		return target{Pkg: spec}
	}
	if head, rest, ok := strings.Cut(spec, "/"); ok && IsSourcePrefix(head) {
		if file := r.Module(path.Join(r.Src, rest)); file != "" {
			return target{File: file}
		}
	}
	pkg, sub := PackageName(spec)
	if file := r.inPackage(dir, pkg, sub); file != "" {
		return target{File: file, Pkg: pkg}
	}
	// The platform takes a path without "./" from the file's folder, some tools from the root.
	for _, base := range []string{dir, r.Src} {
		if file := r.Module(path.Join(base, spec)); file != "" {
			return target{File: file}
		}
	}
	return target{Pkg: pkg}
}

// IsSourcePrefix tells of the beginnings that stand for the source folder by custom, whatever
// build configuration defines them.
func IsSourcePrefix(head string) bool {
	switch head {
	case "@", "~", "~@", "@@", "#", "src":
		return true
	}
	return false
}

// RootOf is the folder that absolute paths in a file begin in: the plugin's for its own code.
func (r *Resolver) RootOf(name string) string {
	if r.pluginRoot != "" && files.Within(name, r.pluginRoot) {
		return r.pluginRoot
	}
	return r.Src
}

// Apply returns what a specifier means by the alias: absolute names.
func (a Alias) Apply(spec, src string) []string {
	prefix, suffix, wild := strings.Cut(a.Pattern, "*")
	middle := ""
	switch {
	case !wild && spec != a.Pattern:
		return nil
	case wild:
		if len(spec) < len(prefix)+len(suffix) || !strings.HasPrefix(spec, prefix) || !strings.HasSuffix(spec, suffix) {
			return nil
		}
		middle = spec[len(prefix) : len(spec)-len(suffix)]
	}
	dir := a.Dir
	if dir == "" {
		dir = src
	}
	var out []string
	for _, t := range a.Targets {
		t = strings.Replace(t, "*", middle, 1)
		switch {
		case a.Dir == "":
			out = append(out, path.Join(src, t)) // app.json counts from its root, with or without "/"
		case path.IsAbs(t):
			out = append(out, path.Clean(t))
		default:
			out = append(out, path.Join(dir, t))
		}
	}
	return out
}

// Module returns the file that a path without extension, or with one, or of a folder, stands for.
func (r *Resolver) Module(name string) string {
	if file := r.fileOf(name); file != "" {
		return r.Files.Canonical(file)
	}
	if !r.Files.IsDir(name) {
		return ""
	}
	if main := r.packageMain(name); main != "" {
		return r.Files.Canonical(main)
	}
	if file := r.fileOf(name + "/index"); file != "" {
		return r.Files.Canonical(file)
	}
	return ""
}

// fileOf tries a name as it is and with the extensions.
func (r *Resolver) fileOf(name string) string {
	if infix := r.Infix; infix != "" {
		if ext := path.Ext(name); ext != "" && r.Files.IsFile(strings.TrimSuffix(name, ext)+infix+ext) {
			return strings.TrimSuffix(name, ext) + infix + ext
		}
		for _, ext := range r.Extensions {
			if r.Files.IsFile(name + infix + ext) {
				return name + infix + ext
			}
		}
	}
	if r.Files.IsFile(name) {
		if stem, ok := strings.CutSuffix(name, ".js"); ok && r.Files.IsFile(stem+".ts") {
			return stem + ".ts" // the .js is made from it
		}
		return name
	}
	for _, ext := range r.Extensions {
		if r.Files.IsFile(name + ext) {
			return name + ext
		}
	}
	for _, made := range [][2]string{{".js", ".ts"}, {".js", ".tsx"}, {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}} {
		if stem, ok := strings.CutSuffix(name, made[0]); ok && r.Files.IsFile(stem+made[1]) {
			return stem + made[1]
		}
	}
	for _, ext := range []string{".json", ".wxs"} {
		if r.Files.IsFile(name + ext) {
			return name + ext
		}
	}
	return ""
}

// ReadPaths takes the paths of the tsconfig.json or jsconfig.json that covers the sources.
func (r *Resolver) ReadPaths() {
	for _, up := range files.Parents(r.Src) {
		for _, name := range []string{"tsconfig.json", "jsconfig.json"} {
			if !r.Files.StatFile(up + "/" + name) {
				continue
			}
			if aliases := r.pathsOf(up+"/"+name, 0); len(aliases) > 0 {
				r.Aliases = append(r.Aliases, aliases...)
				return
			}
		}
		if up == r.Top {
			return
		}
	}
}

// pathsOf reads compilerOptions.paths and baseUrl of a tsconfig, and of those it extends.
func (r *Resolver) pathsOf(name string, depth int) []Alias {
	file, err := r.Files.File(name, r.Files.Limits.Config)
	if err != nil || depth > 8 {
		return nil
	}
	root := jsondoc.ParseTolerant(file.Text).Root
	options := root.Get("compilerOptions")
	dir := path.Join(path.Dir(name), options.StringOf("baseUrl"))
	var out []Alias
	for _, m := range options.Get("paths").Effective() {
		out = append(out, Alias{Pattern: m.Key, Targets: m.Value.Strings(), Dir: dir})
	}
	if options.StringOf("baseUrl") != "" {
		out = append(out, Alias{Pattern: "*", Targets: []string{"*"}, Dir: dir})
	}
	extended := root.Get("extends").Strings()
	if s := root.StringOf("extends"); s != "" {
		extended = []string{s}
	}
	if len(out) == 0 {
		for _, e := range extended {
			if !strings.HasPrefix(e, ".") {
				continue
			}
			base := path.Join(path.Dir(name), e)
			if !strings.HasSuffix(base, ".json") {
				base += ".json"
			}
			if !r.Files.StatFile(base) {
				_ = r.Files.Disk.NotFound(base) // settings of a compiler are not needed to read the program
				continue
			}
			out = append(out, r.pathsOf(base, depth+1)...)
		}
	}
	for _, ref := range root.Get("references").Items() {
		if len(out) > 0 {
			break
		}
		sub := path.Join(path.Dir(name), ref.StringOf("path"))
		if !strings.HasSuffix(sub, ".json") {
			sub += "/tsconfig.json"
		}
		if r.Files.StatFile(sub) {
			out = append(out, r.pathsOf(sub, depth+1)...)
		}
	}
	return out
}
