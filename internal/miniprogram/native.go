package miniprogram

// Mini-programs as the platform itself defines them: .js or .ts with .wxml and .json.

import (
	"bytes"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

type native struct{}

// nativeScripts are the endings of code, the sources before what is made from them.
var nativeScripts = []string{".ts", ".js", ".mts", ".mjs", ".cts", ".cjs", ".tsx", ".jsx"}

func (native) app() []string { return []string{"app"} }

func (native) extensions() []string { return nativeScripts }

func (native) candidate(base string) bool {
	return hasExt(base, ".wxml") || hasExt(base, nativeScripts...) && !isForeignFile(base)
}

func (native) look(*words, []byte, lexicon) {}

func (native) files(p *Project, base string) part {
	at := part{base: base}
	for _, ext := range nativeScripts {
		if p.disk.isFile(base + ext) {
			at.script = p.disk.canonical(base + ext)
			break
		}
	}
	if p.disk.isFile(base + ".wxml") {
		at.template = p.disk.canonical(base + ".wxml")
	}
	if p.disk.isFile(base + ".json") {
		at.config = p.disk.canonical(base + ".json")
	}
	return at
}

func (native) refs(p *Project, at *part) []componentRef {
	if at.config == "" {
		return nil
	}
	file, err := p.disk.peek(at.config, p.disk.limits.Config)
	if err != nil {
		p.unreadable(at.config, err)
		return nil
	}
	doc := jsondoc.ParseTolerant(file.Text)
	// One that holds nothing yet says nothing wrong; the app's own is looked at for itself.
	if doc.Err != nil && len(bytes.TrimSpace(file.Text)) > 0 && at.base != p.src+"/app" {
		at.broken = &Broken{At: placeAt(file, doc.Err.Offset), Why: doc.Err.Why}
	}
	return componentRefs(settingOf(file, doc.Root))
}

func (native) code(p *Project, file *source.File) *Script {
	return &Script{File: file, Text: file.Text, Dialect: dialectOf(path.Ext(file.Name))}
}

func (native) unlisted(p *Project, name string, s *Script) (UnitKind, bool) {
	switch {
	case registers(s.Text, callsPage):
		return PageUnit, true
	case registers(s.Text, callsComponent):
		// A component says in its configuration that it is one; a page may be written as one, and says nothing.
		if p.configuresPage(strings.TrimSuffix(name, path.Ext(name)) + ".json") {
			return PageUnit, true
		}
		return ComponentUnit, true
	}
	return AppUnit, false
}

// configuresPage reports whether a file is there and is the configuration of a page, not of a component. Source: docs
// framework/custom-component.
func (p *Project) configuresPage(name string) bool {
	if !p.disk.isFile(name) {
		return false
	}
	file, err := p.disk.peek(name, p.disk.limits.Config)
	if err != nil {
		return false
	}
	root := settingOf(file, jsondoc.ParseTolerant(file.Text).Root)
	return root != nil && !root.get("component").isTrue()
}

func (native) main(*Project) []string { return nil }

func (native) markup(p *Project, u *Unit, at *part) *Template {
	if at.template == "" {
		return nil
	}
	return p.readWXML(u, at.template)
}

// configure reads app.json.
func (native) configure(p *Project, at *Place) {
	name := at.src + "/app.json"
	switch file, err := p.disk.file(name, p.disk.limits.Config); {
	case at.promised:
		p.Config = AppConfig{File: at.project.file, Faults: []ConfigFault{{
			Kind: FaultMissing, At: source.Span{File: at.project.file}, Detail: relative(p.disk.base, name),
		}}}
		p.outline.open = true
		p.opts.say(lang.T("%[1]s points to %[2]s, which does not exist", "%[1]s 指向的 %[2]s 不存在"), at.project.file.Path, p.called(name))
	case !p.disk.isFile(name):
		// A plugin without a mini-program around it.
		p.Config = AppConfig{File: p.absent(name)}
	case err != nil:
		p.unreadable(name, err)
		p.Config = AppConfig{File: p.absent(name)}
		p.outline.open = true
	default:
		p.Config, p.outline = readAppJSON(file)
	}
}

// absent stands for a file that is not there or cannot be read.
func (p *Project) absent(name string) *source.File {
	return source.NewFile(name, relative(p.disk.base, name), nil)
}

// pluginUnits reads plugin.json: what a mini-program plugin shows to others.
func (p *Project) pluginUnits() (pages, components []string) {
	if p.pluginRoot == "" {
		return nil, nil
	}
	name := p.pluginRoot + "/plugin.json"
	if !p.disk.isFile(name) {
		return nil, nil
	}
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		p.unreadable(name, err)
		return nil, nil
	}
	root := jsondoc.ParseTolerant(file.Text).Root
	each := func(key string) (out []string) {
		for _, m := range root.Get(key).Effective() {
			if path := pagePath("", m.Value.Text); m.Value.Kind == jsondoc.String && path != "" {
				out = append(out, path)
			}
		}
		return out
	}
	return each("pages"), each("publicComponents")
}
