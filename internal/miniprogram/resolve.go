package miniprogram

// From an import specifier to the file it leads to.

import (
	"path"
	"strings"
	"sync"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
)

// resolver is what resolving needs to remember of a project.
type resolver struct {
	aliases []alias
	// extensions are tried in this order after a specifier without one.
	extensions []string
	// infix stands before the ending of files that win over those of the same name without it: ".wx" of call.wx.js.
	infix string
	// found is where imports lead that were resolved before: edge to target.
	found *sync.Map
	// packaged are the files of packages: by the package's folder and the path below it.
	packaged *sync.Map
}

// edge is an import as far as it decides where that leads: all files of a folder import alike.
type edge struct{ dir, specifier string }

// target is where a specifier leads: a file, or the name of a package.
type target struct {
	file string // absolute; "" when not found
	pkg  string
}

// Resolve finds the module that a specifier leads to from a file of the program: relative paths,
// paths from the mini-program's root ("/utils/x"), aliases of build configurations, resolveAlias of app.json, tsconfig and jsconfig paths, index
// files, miniprogram_npm and node_modules. Nothing found: the zero Resolution with
// Package set for bare specifiers. It is safe for concurrent use.
func (p *Project) Resolve(from *Script, specifier string) Resolution {
	if from == nil || from.File == nil {
		return Resolution{}
	}
	t := p.find(from.File.Name, specifier)
	r := Resolution{Package: t.pkg}
	switch {
	case t.file == "":
		r.Data = isDataName(specifier)
	case hasExt(t.file, p.resolve.extensions...):
		r.Script = p.script(t.file)
	default:
		r.Data = true
		if hasExt(t.file, ".json") {
			if file, err := p.disk.file(t.file, p.disk.limits.Config); err == nil {
				r.JSON = file
			}
		}
	}
	return r
}

// isDataName tells of a specifier that names no code, whether or not its file is there.
func isDataName(specifier string) bool {
	return hasExt(specifier, ".json", ".css", ".wxss", ".less", ".scss", ".sass", ".styl", ".png", ".jpg", ".jpeg", ".gif", ".svg",
		".webp", ".mp3", ".mp4", ".ttf", ".woff", ".wxml", ".wxs", ".txt", ".html", ".md", ".wasm")
}

// find resolves a specifier written in the file named from. Once all folders of the program are listed it does so once.
func (p *Project) find(from, specifier string) target {
	if p.resolve.found == nil {
		return p.search(from, specifier)
	}
	at := edge{path.Dir(from), specifier}
	if t, known := p.resolve.found.Load(at); known {
		return t.(target)
	}
	t := p.search(from, specifier)
	p.resolve.found.Store(at, t)
	return t
}

// search looks for what a specifier written in the file named from leads to.
func (p *Project) search(from, specifier string) target {
	spec, _, _ := strings.Cut(specifier, "?")
	if i := strings.LastIndexByte(spec, '!'); i >= 0 {
		spec = spec[i+1:]
	}
	dir := path.Dir(from)
	switch {
	case spec == "" || strings.ContainsAny(spec, "\x00\n"):
		return target{}
	case spec == "." || spec == ".." || strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../"):
		file := p.module(path.Join(dir, spec))
		if file == "" {
			p.asked(path.Join(dir, spec))
		}
		return target{file: file}
	}
	for _, a := range p.resolve.aliases {
		for _, name := range a.apply(spec, p.src) {
			if file := p.module(name); file != "" {
				return target{file: file}
			}
			if a.pattern != "*" { // a baseUrl is tried for every package
				p.asked(name)
			}
		}
	}
	if strings.HasPrefix(spec, "/") {
		file := p.module(path.Join(p.rootOf(from), spec))
		if file == "" {
			p.asked(path.Join(p.rootOf(from), spec))
		}
		return target{file: file}
	}
	if strings.Contains(spec, "://") {
		return target{pkg: spec}
	}
	if head, rest, ok := strings.Cut(spec, "/"); ok && isSourcePrefix(head) {
		if file := p.module(path.Join(p.src, rest)); file != "" {
			return target{file: file}
		}
	}
	pkg, sub := packageName(spec)
	if file := p.inPackage(dir, pkg, sub); file != "" {
		return target{file: file, pkg: pkg}
	}
	// The platform takes a path without "./" from the file's folder, some tools from the root.
	for _, base := range []string{dir, p.src} {
		if file := p.module(path.Join(base, spec)); file != "" {
			return target{file: file}
		}
	}
	return target{pkg: pkg}
}

// isSourcePrefix tells of the beginnings that stand for the source folder by custom, whatever
// build configuration defines them.
func isSourcePrefix(head string) bool {
	switch head {
	case "@", "~", "~@", "@@", "#", "src":
		return true
	}
	return false
}

// rootOf is the folder that absolute paths in a file begin in: the plugin's for its own code.
func (p *Project) rootOf(name string) string {
	if p.pluginRoot != "" && within(name, p.pluginRoot) {
		return p.pluginRoot
	}
	return p.src
}

// apply returns what a specifier means by the alias: absolute names.
func (a alias) apply(spec, src string) []string {
	prefix, suffix, wild := strings.Cut(a.pattern, "*")
	middle := ""
	switch {
	case !wild && spec != a.pattern:
		return nil
	case wild:
		if len(spec) < len(prefix)+len(suffix) || !strings.HasPrefix(spec, prefix) || !strings.HasSuffix(spec, suffix) {
			return nil
		}
		middle = spec[len(prefix) : len(spec)-len(suffix)]
	}
	dir := a.dir
	if dir == "" {
		dir = src
	}
	var out []string
	for _, t := range a.targets {
		t = strings.Replace(t, "*", middle, 1)
		switch {
		case a.dir == "":
			out = append(out, path.Join(src, t)) // app.json counts from its root, with or without "/"
		case path.IsAbs(t):
			out = append(out, path.Clean(t))
		default:
			out = append(out, path.Join(dir, t))
		}
	}
	return out
}

// module returns the file that a path without extension, or with one, or of a folder, stands for.
func (p *Project) module(name string) string {
	if file := p.fileOf(name); file != "" {
		return p.disk.canonical(file)
	}
	if !p.disk.isDir(name) {
		return ""
	}
	if main := p.packageMain(name); main != "" {
		return p.disk.canonical(main)
	}
	if file := p.fileOf(name + "/index"); file != "" {
		return p.disk.canonical(file)
	}
	return ""
}

// fileOf tries a name as it is and with the extensions.
func (p *Project) fileOf(name string) string {
	if infix := p.resolve.infix; infix != "" {
		if ext := path.Ext(name); ext != "" && p.disk.isFile(strings.TrimSuffix(name, ext)+infix+ext) {
			return strings.TrimSuffix(name, ext) + infix + ext
		}
		for _, ext := range p.resolve.extensions {
			if p.disk.isFile(name + infix + ext) {
				return name + infix + ext
			}
		}
	}
	if p.disk.isFile(name) {
		if stem, ok := strings.CutSuffix(name, ".js"); ok && p.disk.isFile(stem+".ts") {
			return stem + ".ts" // the .js is made from it
		}
		return name
	}
	for _, ext := range p.resolve.extensions {
		if p.disk.isFile(name + ext) {
			return name + ext
		}
	}
	for _, made := range [][2]string{{".js", ".ts"}, {".js", ".tsx"}, {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}} {
		if stem, ok := strings.CutSuffix(name, made[0]); ok && p.disk.isFile(stem+made[1]) {
			return stem + made[1]
		}
	}
	for _, ext := range []string{".json", ".wxs"} {
		if p.disk.isFile(name + ext) {
			return name + ext
		}
	}
	return ""
}

// readAliases takes the paths of the tsconfig.json or jsconfig.json that covers the sources.
func (p *Project) readAliases() {
	// What the build goes by comes first; typings and custom only tell of it.
	p.resolve.aliases = append(p.buildAliases(), p.resolve.aliases...)
	p.resolve.aliases = append(p.resolve.aliases, p.outline.aliases...)
	for _, up := range parents(p.src) {
		for _, name := range []string{"tsconfig.json", "jsconfig.json"} {
			if !p.disk.statFile(up + "/" + name) {
				continue
			}
			if aliases := p.pathsOf(up+"/"+name, 0); len(aliases) > 0 {
				p.resolve.aliases = append(p.resolve.aliases, aliases...)
				return
			}
		}
		if up == p.repository() {
			return
		}
	}
}

// pathsOf reads compilerOptions.paths and baseUrl of a tsconfig, and of those it extends.
func (p *Project) pathsOf(name string, depth int) []alias {
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil || depth > 8 {
		return nil
	}
	root := jsondoc.ParseTolerant(file.Text).Root
	options := root.Get("compilerOptions")
	dir := path.Join(path.Dir(name), options.StringOf("baseUrl"))
	var out []alias
	for _, m := range options.Get("paths").Effective() {
		out = append(out, alias{pattern: m.Key, targets: m.Value.Strings(), dir: dir})
	}
	if options.StringOf("baseUrl") != "" {
		out = append(out, alias{pattern: "*", targets: []string{"*"}, dir: dir})
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
			if !p.disk.statFile(base) {
				_ = p.disk.asked(base) // settings of a compiler are not needed to read the program
				continue
			}
			out = append(out, p.pathsOf(base, depth+1)...)
		}
	}
	for _, ref := range list(root.Get("references")) {
		if len(out) > 0 {
			break
		}
		sub := path.Join(path.Dir(name), ref.StringOf("path"))
		if !strings.HasSuffix(sub, ".json") {
			sub += "/tsconfig.json"
		}
		if p.disk.statFile(sub) {
			out = append(out, p.pathsOf(sub, depth+1)...)
		}
	}
	return out
}
