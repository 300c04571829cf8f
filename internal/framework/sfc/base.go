package sfc

// Files of single-file components as units: which components they use, and their code.

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/conditional"
	"github.com/voipcheck/voipcheck/internal/framework/native"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Base is the part of a reader that uni-app, Taro, mpx and wepy have in common.
type Base struct {
	// Endings are those of the single-file components.
	Endings []string
	// Scripts are the endings of code beside them.
	Scripts []string
	// Conditions are evaluated before anything else is read; nil where there is no such thing.
	Conditions conditional.Conditions
	// platform tells that templates bind events as WXML does too.
	platform bool
	// ByTag finds components by their tags alone; nil where all are imported.
	ByTag tagFinder
	// Blocks chooses among the blocks of components; nil for the first of each kind.
	Blocks blockChooser
}

// tagFinder finds components that nothing imports.
type tagFinder interface {
	// Knows reports whether a tag may be a component's without any import.
	Knows(tag string) bool
	// Find returns the component's file; "" for none.
	Find(p *reading.Project, tag string) string
}

// IsComponentFile tells of single-file components by their endings.
func (v *Base) IsComponentFile(name string) bool { return files.HasExt(name, v.Endings...) }

// Knows reports whether a tag may be a component's without any import.
func (v *Base) Knows(tag string) bool { return v.ByTag != nil && v.ByTag.Knows(tag) }

// Find returns the file of a component that nothing imports; "" for none.
func (v *Base) Find(p *reading.Project, tag string) string {
	if v.ByTag == nil {
		return ""
	}
	return v.ByTag.Find(p, tag)
}

// App is App.vue or the like.
func (v *Base) App() []string { return []string{"App", "app"} }

// Extensions are the endings of code and of components.
func (v *Base) Extensions() []string { return append(append([]string{}, v.Scripts...), v.Endings...) }

// Candidate tells of components, code and WXML.
func (v *Base) Candidate(base string) bool {
	return files.HasExt(base, v.Endings...) || files.HasExt(base, ".wxml") || files.HasExt(base, v.Scripts...) && !files.IsForeignFile(base)
}

// Files is the one file of a component, or the files of one of the platform's own kind.
func (v *Base) Files(p *reading.Project, base string) reading.UnitFiles {
	for _, ext := range v.Endings {
		if p.Disk.IsFile(base + ext) {
			name := p.Disk.Canonical(base + ext)
			return reading.UnitFiles{Base: base, Script: name, Template: name, Config: name}
		}
	}
	return native.Reader{}.Files(p, base) // a component of the platform's own kind
}

// Scan reads what only single-file components tell off their bytes.
func (v *Base) Scan(w *scan.Summary, text []byte, l scan.Lexicon) {
	if !v.IsComponentFile(w.Name) {
		return
	}
	w.Locals = scan.LocalsIn(text, l.Intern)
	w.Locals = append(w.Locals, scan.Registered(text, w.Locals)...)
	names := map[string]bool{}
	for _, local := range w.Locals {
		names[scan.Kebab(local.Name)] = true
	}
	w.Tags = slices.DeleteFunc(scan.TagsIn(text, l.Intern), func(tag string) bool {
		// One word may stand in code too: Promise<void>, a <b.
		return isWordOnly(tag) && tag != scan.DynamicTag && !names[tag] && !v.Knows(tag)
	})
	if m := scriptSource.FindSubmatch(text); m != nil {
		l.Imports(w, append([]byte("./"), bytes.TrimPrefix(m[1], []byte("./"))...))
	}
}

// isWordOnly tells of a tag of one word in small letters.
func isWordOnly(tag string) bool { return !strings.Contains(tag, "-") && strings.ToLower(tag) == tag }

// scriptSource is <script src="./call.js">.
var scriptSource = regexp.MustCompile(`<script[^>]*\ssrc=["']([^"']+)["']`)

// Components follows the imports by which a component's tags have a meaning.
func (v *Base) Components(p *reading.Project, at *reading.UnitFiles) []configuration.ComponentRef {
	if at.Script == "" || !v.IsComponentFile(at.Script) {
		return native.Reader{}.Components(p, at)
	}
	w := p.Scan(at.Script)
	if w == nil {
		return nil
	}
	names := map[string]scan.Local{}
	for _, l := range w.Locals {
		names[scan.Kebab(l.Name)] = l
	}
	var out []configuration.ComponentRef
	for _, tag := range w.Tags {
		if tag == scan.DynamicTag {
			for _, l := range w.Locals {
				if file := p.ComponentFile(at.Script, l, 0); file != "" {
					out = append(out, configuration.ComponentRef{Tag: scan.Kebab(l.Name), Path: file})
				}
			}
			continue
		}
		if l, ok := names[scan.Kebab(tag)]; ok {
			if file := p.ComponentFile(at.Script, l, 0); file != "" {
				out = append(out, configuration.ComponentRef{Tag: tag, Path: file})
				continue
			}
		}
		switch file := v.Find(p, tag); {
		case files.InPackages(file):
			out = append(out, configuration.ComponentRef{Tag: tag, Path: ""}) // a package's
		case file != "":
			out = append(out, configuration.ComponentRef{Tag: tag, Path: file})
		}
	}
	return out
}

// Code is what stands in the blocks of code, with what is left out for WeChat blanked.
func (v *Base) Code(p *reading.Project, file *source.File) *miniprogram.Script {
	text := file.Text
	if v.Conditions != nil && len(text) > 0 {
		text = conditional.Blank(text, v.Conditions)
	}
	if v.IsComponentFile(file.Name) {
		c := v.ReadComponent(file, text)
		if name := v.externalOf(p, c); name != "" {
			if code, err := p.Disk.File(name, p.Disk.Limits.Script); err == nil {
				return v.Code(p, code)
			}
		}
		return c.Code()
	}
	return &miniprogram.Script{File: file, Text: text, Dialect: miniprogram.DialectOf(path.Ext(file.Name))}
}

// externalOf is the file of code that a component names instead of holding it; "" for none.
func (v *Base) externalOf(p *reading.Project, c *Component) string {
	src := c.external()
	if src == "" {
		return ""
	}
	name := p.Resolver.Module(src)
	if name == "" {
		p.Disk.NotFound(src)
	}
	if v.IsComponentFile(name) {
		return ""
	}
	return name
}

// Unregistered tells by the folder, and by functions that only pages have.
func (v *Base) Unregistered(p *reading.Project, name string, s *miniprogram.Script) (miniprogram.UnitKind, bool) {
	if !v.IsComponentFile(name) {
		return native.Reader{}.Unregistered(p, name, s)
	}
	dir := path.Dir(strings.TrimPrefix(name, p.Src+"/"))
	for _, part := range strings.Split(dir, "/") {
		if part == "pages" || part == "page" || strings.HasPrefix(part, "pages") {
			return miniprogram.PageUnit, true
		}
	}
	if scan.Registers(s.Text, []byte("createPage")) || hasPageHook(s.Text) {
		return miniprogram.PageUnit, true
	}
	return miniprogram.ComponentUnit, true
}

// pageHooks are functions of the lifecycle that pages have and components do not. Source: uniapp.dcloud.net.cn,
// tutorial/page.html#lifecycle.
var pageHooks = [][]byte{[]byte("onLoad"), []byte("onPullDownRefresh"), []byte("onReachBottom"), []byte("onShareAppMessage")}

// hasPageHook reports whether code defines or calls a function of a page's lifecycle that its template binds to nothing.
func hasPageHook(text []byte) bool {
	return slices.ContainsFunc(pageHooks, func(hook []byte) bool {
		return scan.Registers(text, hook) && !bytes.Contains(text, append([]byte(`="`), hook...))
	})
}

// Template reads the block of markup.
func (v *Base) Template(p *reading.Project, u *miniprogram.Unit, at *reading.UnitFiles) *miniprogram.Template {
	switch {
	case at.Template == "":
		return nil
	case files.HasExt(at.Template, ".wxml") && v.platform:
		return readOwnWXML(p, u, at.Template)
	case files.HasExt(at.Template, ".wxml"):
		return p.ReadWXML(u, at.Template)
	}
	file, err := p.Disk.File(at.Template, p.Disk.Limits.Script)
	if err != nil {
		p.Disk.Unreadable(at.Template, err)
		return nil
	}
	text := file.Text
	if v.Conditions != nil && len(text) > 0 {
		text = conditional.Blank(text, v.Conditions)
	}
	c := v.ReadComponent(file, text)
	if c.Template < 0 {
		return nil
	}
	if src := c.Doc.Elements[c.Template].Value("src"); src != "" && v.platform {
		name := path.Join(path.Dir(at.Template), src)
		if file := p.Resolver.Module(name); file != "" {
			return readOwnWXML(p, u, file)
		}
		p.Disk.NotFound(name)
	}
	return readMarkup(p, u, c, v.platform)
}
