package miniprogram

// Files of single-file components as units: which components they use, and their code.

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/conditional"
	"github.com/voipcheck/voipcheck/internal/source"
)

// vue is the part of a reader that uni-app, Taro, mpx and wepy have in common.
type vue struct {
	// endings are those of the single-file components.
	endings []string
	// scripts are the endings of code beside them.
	scripts []string
	// conditions are evaluated before anything else is read; nil where there is no such thing.
	conditions conditional.Conditions
	// platform tells that templates bind events as WXML does too.
	platform bool
	// easycom finds components by their tags alone.
	easycom easycom
}

func (v *vue) app() []string { return []string{"App", "app"} }

func (v *vue) extensions() []string { return append(append([]string{}, v.scripts...), v.endings...) }

func (v *vue) candidate(base string) bool {
	return hasExt(base, v.endings...) || hasExt(base, ".wxml") || hasExt(base, v.scripts...) && !isForeignFile(base)
}

func (v *vue) files(p *Project, base string) part {
	for _, ext := range v.endings {
		if p.disk.isFile(base + ext) {
			name := p.disk.canonical(base + ext)
			return part{base: base, script: name, template: name, config: name}
		}
	}
	return native{}.files(p, base) // a component of the platform's own kind
}

// look reads what only single-file components tell off their bytes.
func (v *vue) look(w *words, text []byte, l lexicon) {
	if !isComponentFile(w.name) {
		return
	}
	w.locals = localsIn(text, l.intern)
	w.locals = append(w.locals, registered(text, w.locals)...)
	names := map[string]bool{}
	for _, local := range w.locals {
		names[kebab(local.name)] = true
	}
	w.tags = slices.DeleteFunc(tagsIn(text, l.intern), func(tag string) bool {
		// One word may stand in code too: Promise<void>, a <b.
		return isWordOnly(tag) && tag != dynamicTag && !names[tag] && !v.easycom.knows(tag)
	})
	if m := scriptSource.FindSubmatch(text); m != nil {
		l.imports(w, append([]byte("./"), bytes.TrimPrefix(m[1], []byte("./"))...))
	}
}

// isWordOnly tells of a tag of one word in small letters.
func isWordOnly(tag string) bool { return !strings.Contains(tag, "-") && strings.ToLower(tag) == tag }

// scriptSource is <script src="./call.js">.
var scriptSource = regexp.MustCompile(`<script[^>]*\ssrc=["']([^"']+)["']`)

func (v *vue) refs(p *Project, at *part) []componentRef {
	if at.script == "" || !isComponentFile(at.script) {
		return native{}.refs(p, at)
	}
	w := p.lookAt(at.script)
	if w == nil {
		return nil
	}
	names := map[string]local{}
	for _, l := range w.locals {
		names[kebab(l.name)] = l
	}
	var out []componentRef
	for _, tag := range w.tags {
		if tag == dynamicTag {
			for _, l := range w.locals {
				if file := p.componentFile(at.script, l, 0); file != "" {
					out = append(out, componentRef{kebab(l.name), file})
				}
			}
			continue
		}
		if l, ok := names[kebab(tag)]; ok {
			if file := p.componentFile(at.script, l, 0); file != "" {
				out = append(out, componentRef{tag, file})
				continue
			}
		}
		switch file := v.easycom.find(p, tag); {
		case p.isForeign(file):
			out = append(out, componentRef{tag, ""}) // a package's
		case file != "":
			out = append(out, componentRef{tag, file})
		}
	}
	return out
}

// componentFile follows an import to a single-file component, through modules that export it again.
func (p *Project) componentFile(from string, l local, depth int) string {
	file := p.find(from, l.spec).file
	if file == "" || depth > 4 || p.isForeign(file) {
		return ""
	}
	if isComponentFile(file) || hasExt(file, ".wxml") {
		return file
	}
	read, err := p.disk.file(file, p.disk.limits.Script)
	if err != nil {
		return ""
	}
	plain := func(b []byte) string { return string(b) }
	for _, again := range append(exportedAgain(read.Text), localsIn(read.Text, plain)...) {
		if again.name == l.imported {
			if found := p.componentFile(file, again, depth+1); found != "" {
				return found
			}
		}
	}
	return ""
}

var exportFrom = regexp.MustCompile(`export\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]`)

// exportedAgain lists export { default as A } from './a.vue'.
func exportedAgain(text []byte) []local {
	var out []local
	for _, m := range exportFrom.FindAllSubmatch(text, -1) {
		out = append(out, clauseLocals("{"+string(m[1])+"}", string(m[2]))...)
	}
	return out
}

func (v *vue) code(p *Project, file *source.File) *Script {
	text := file.Text
	if v.conditions != nil && len(text) > 0 {
		text = conditional.Blank(text, v.conditions)
	}
	if isComponentFile(file.Name) {
		c := readComponent(file, text)
		if name := p.externalOf(c); name != "" {
			if code, err := p.disk.file(name, p.disk.limits.Script); err == nil {
				return v.code(p, code)
			}
		}
		return c.code()
	}
	return &Script{File: file, Text: text, Dialect: dialectOf(path.Ext(file.Name))}
}

// externalOf is the file of code that a component names instead of holding it; "" for none.
func (p *Project) externalOf(c *component) string {
	src := c.external()
	if src == "" {
		return ""
	}
	name := p.module(src)
	if name == "" {
		p.asked(src)
	}
	if isComponentFile(name) {
		return ""
	}
	return name
}

func (v *vue) unlisted(p *Project, name string, s *Script) (UnitKind, bool) {
	if !isComponentFile(name) {
		return native{}.unlisted(p, name, s)
	}
	dir := path.Dir(strings.TrimPrefix(name, p.src+"/"))
	for _, part := range strings.Split(dir, "/") {
		if part == "pages" || part == "page" || strings.HasPrefix(part, "pages") {
			return PageUnit, true
		}
	}
	if registers(s.Text, []byte("createPage")) || hasPageHook(s.Text) {
		return PageUnit, true
	}
	return ComponentUnit, true
}

// pageHooks are functions of the lifecycle that pages have and components do not. Source: uniapp.dcloud.net.cn,
// tutorial/page.html#lifecycle.
var pageHooks = [][]byte{[]byte("onLoad"), []byte("onPullDownRefresh"), []byte("onReachBottom"), []byte("onShareAppMessage")}

// hasPageHook reports whether code defines or calls a function of a page's lifecycle that its template binds to nothing.
func hasPageHook(text []byte) bool {
	return slices.ContainsFunc(pageHooks, func(hook []byte) bool {
		return registers(text, hook) && !bytes.Contains(text, append([]byte(`="`), hook...))
	})
}

func (v *vue) markup(p *Project, u *Unit, at *part) *Template {
	switch {
	case at.template == "":
		return nil
	case hasExt(at.template, ".wxml") && v.platform:
		return p.readOwnWXML(u, at.template)
	case hasExt(at.template, ".wxml"):
		return p.readWXML(u, at.template)
	}
	file, err := p.disk.file(at.template, p.disk.limits.Script)
	if err != nil {
		p.unreadable(at.template, err)
		return nil
	}
	text := file.Text
	if v.conditions != nil && len(text) > 0 {
		text = conditional.Blank(text, v.conditions)
	}
	c := readComponent(file, text)
	if c.template < 0 {
		return nil
	}
	if src := c.doc.Elements[c.template].Value("src"); src != "" && v.platform {
		name := path.Join(path.Dir(at.template), src)
		if file := p.module(name); file != "" {
			return p.readOwnWXML(u, file)
		}
		p.asked(name)
	}
	return p.readMarkup(u, c, v.platform)
}

// easycom is uni-app's way to find components by their tags. Source: uniapp.dcloud.net.cn,
// collocation/pages.html#easycom.
type easycom struct {
	byTag  map[string]string // tag to the file
	custom []easycomRule
}

type easycomRule struct {
	pattern *regexp.Regexp
	path    string // with $1 for what the pattern's groups match
}

func (e *easycom) find(p *Project, tag string) string {
	for _, rule := range e.custom {
		m := rule.pattern.FindStringSubmatchIndex(tag)
		if m == nil {
			continue
		}
		spec := string(rule.pattern.ExpandString(nil, rule.path, tag, m))
		if file := p.find(p.src+"/pages.json", spec).file; file != "" {
			return file
		}
	}
	return e.byTag[tag]
}

// knows reports whether a tag may be a component's without any import.
func (e *easycom) knows(tag string) bool {
	return e.byTag[tag] != "" || slices.ContainsFunc(e.custom, func(r easycomRule) bool { return r.pattern.MatchString(tag) })
}

// scan finds the components that need no import: components/x/x.vue, and those of uni_modules.
func (e *easycom) scan(p *Project, endings []string) {
	e.byTag = map[string]string{}
	add := func(dir string) {
		for _, sub := range p.disk.folder(dir).entries {
			if sub.kind != dirEntry {
				continue
			}
			for _, ext := range endings {
				file := dir + "/" + sub.name + "/" + sub.name + ext
				if e.byTag[sub.name] == "" && p.disk.isFile(file) {
					e.byTag[sub.name] = p.disk.canonical(file)
				}
			}
		}
	}
	if p.disk.isDir(p.src + "/components") {
		add(p.src + "/components")
	}
	if !p.disk.isDir(p.src + "/uni_modules") {
		return
	}
	for _, module := range p.disk.folder(p.src + "/uni_modules").entries {
		if dir := p.src + "/uni_modules/" + module.name + "/components"; module.kind == dirEntry && p.disk.isDir(dir) {
			add(dir)
		}
	}
}

// configureEasycom reads the "easycom" of pages.json.
func (e *easycom) configure(p *Project, root *setting, endings []string) {
	s := root.get("easycom")
	if scan := s.get("autoscan"); scan == nil || scan.isTrue() {
		e.scan(p, endings)
	}
	for _, entry := range s.get("custom").effective() {
		pattern, err := regexp.Compile(entry.key)
		if err != nil || !entry.value.isString() {
			continue
		}
		// $1 before a letter would be read as a longer name.
		path := regexp.MustCompile(`\$(\d+)`).ReplaceAllString(entry.value.text, "$${$1}")
		e.custom = append(e.custom, easycomRule{pattern, strings.TrimSpace(path)})
	}
}
