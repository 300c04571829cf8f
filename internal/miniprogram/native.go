package miniprogram

// Mini-programs as the platform itself defines them: .js or .ts with .wxml and .json.

import (
	"path"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/source"
)

type native struct{}

// nativeScripts are the endings of code, the sources before what is made from them.
var nativeScripts = []string{".ts", ".js", ".mts", ".mjs", ".cts", ".cjs", ".tsx", ".jsx"}

func (native) candidate(base string) bool {
	return hasExt(base, ".wxml") || hasExt(base, nativeScripts...) && !isForeignFile(base)
}

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
	file, err := p.disk.file(at.config, p.disk.limits.Config)
	if err != nil {
		p.unreadable(at.config, err)
		return nil
	}
	return componentRefs(jsondoc.ParseTolerant(file.Text).Root)
}

func (native) code(p *Project, file *source.File) *Script {
	return &Script{File: file, Text: file.Text, Dialect: dialectOf(path.Ext(file.Name))}
}

func (native) markup(p *Project, u *Unit, at *part) *Template {
	if at.template == "" {
		return nil
	}
	return p.readWXML(u, at.template)
}

// readConfiguration reads app.json, and project.config.json's part in it.
func (p *Project) readConfiguration(at *Place) {
	if at.project != nil {
		p.Plugin = at.project.plugin
		p.pluginRoot = at.project.pluginRoot
	}
	name := at.src + "/app.json"
	switch file, err := p.disk.file(name, p.disk.limits.Config); {
	case at.promised:
		p.Config = AppConfig{File: at.project.file, Faults: []ConfigFault{{
			Kind: FaultMissing, At: source.Span{File: at.project.file}, Detail: relative(p.disk.base, name),
		}}}
		p.opts.say("%s promises %s, which is not there", at.project.file.Path, relative(p.disk.base, name))
	case !p.disk.isFile(name):
		// A plugin without a mini-program around it.
		p.Config = AppConfig{File: source.NewFile(name, relative(p.disk.base, name), nil)}
	case err != nil:
		p.unreadable(name, err)
		p.Config = AppConfig{File: source.NewFile(name, relative(p.disk.base, name), nil)}
	default:
		p.Config, p.outline = readAppJSON(file)
		p.opts.say("%s: the app configuration, %d pages", file.Path, len(p.outline.pages))
	}
	if at.project != nil {
		p.Config.LibVersion, p.Config.LibVersionKey = at.project.libVersion, at.project.libVersionKey
	}
	p.resolve.extensions = nativeScripts
}

// pluginUnits reads plugin.json: what a mini-program plugin shows to others.
func (p *Project) pluginUnits() (pages, components []string, main string) {
	if p.pluginRoot == "" {
		return nil, nil, ""
	}
	name := p.pluginRoot + "/plugin.json"
	if !p.disk.isFile(name) {
		return nil, nil, ""
	}
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		p.unreadable(name, err)
		return nil, nil, ""
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
	return each("pages"), each("publicComponents"), root.StringOf("main")
}
