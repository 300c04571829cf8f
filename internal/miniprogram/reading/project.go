package reading

// A mini-program while it is read.

import (
	"path"
	"regexp"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/evaluation"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/miniprogram/templates"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Project is a mini-program while it is read: what is known of it, and what it is read with.
type Project struct {
	*miniprogram.Project
	Disk     *files.Reader
	Resolver *resolution.Resolver
	Reader   Reader
	Traits   Traits
	Opts     Options
	// Dir is the reported root, Src the folder that page paths begin in; both absolute.
	Dir, Src string
	// Top is the folder above which nothing is looked for.
	Top string
	// ProjectConfig is the project.config.json that leads to the mini-program; nil when there is none.
	ProjectConfig *configuration.ProjectConfig
	Outline       configuration.Outline
	// PluginRoot is the folder of a plugin's code; "" for none.
	PluginRoot string
	// ByPath are the units by their absolute path without extension.
	ByPath map[string]*miniprogram.Unit
	// Scan returns what the bytes of a file tell; nil when it cannot be read.
	Scan func(name string) *scan.Summary
}

// New begins to read what was found at a place.
func New(at *Place, opts Options) *Project {
	p := &Project{Project: &miniprogram.Project{Root: at.Root, Framework: at.Framework, Unsupported: at.Unsupported}}
	p.Disk = files.NewReader(at.Disk, p.Project)
	p.Opts, p.Dir, p.Src, p.Top, p.ProjectConfig = opts, at.Dir, at.Src, files.RepositoryOf(at.Disk, at.Dir), at.Config
	if at.Kind != nil {
		p.Traits, p.Reader = at.Kind.Traits(), at.Kind.NewReader()
	}
	p.Folder = path.Base(p.Dir)
	if at.Config != nil {
		p.Name, p.Folder = at.Config.Name, path.Base(at.Config.Dir)
	}
	p.ByPath = map[string]*miniprogram.Unit{}
	if at.Config != nil && p.Unsupported == nil {
		p.Plugin, p.PluginRoot = at.Config.Plugin, at.Config.PluginRoot
	}
	p.Resolver = resolution.New(p.Disk, p.Src, p.Top, p.PluginRoot)
	return p
}

// IsComponentFile tells of the framework's single-file components.
func (p *Project) IsComponentFile(name string) bool {
	return files.HasExt(name, p.Traits.ComponentEndings...)
}

// HasUnit reports whether there is anything of a component at the path.
func (p *Project) HasUnit(base string) bool {
	at := p.Reader.Files(p, base)
	return at.Script != "" || at.Template != ""
}

// NewEvaluator makes an evaluator of configuration code, as the framework means it.
func (p *Project) NewEvaluator() *evaluation.Evaluator {
	return evaluation.New(p.Resolver, func(file *source.File) *miniprogram.Script { return p.Reader.Code(p, file) }, p.Traits.Constants, p.Traits.Identities)
}

// MarkupReader makes a reader of WXML that fills a unit's template.
func (p *Project) MarkupReader(u *miniprogram.Unit, into *miniprogram.Template) *templates.Reader {
	r := templates.NewReader(p.Resolver, u, into)
	r.IsPage = func(name string) bool {
		u := p.ByPath[path.Join(p.Src, name)]
		return u != nil && u.Kind == miniprogram.PageUnit
	}
	if pruner, ok := p.Reader.(Pruner); ok {
		r.Prune = pruner.Prune
	}
	return r
}

// ReadWXML reads the template of u in the file of that name.
func (p *Project) ReadWXML(u *miniprogram.Unit, name string) *miniprogram.Template {
	return p.MarkupReader(u, &miniprogram.Template{}).Read(name)
}

// ComponentFile follows an import to a single-file component, through modules that export it again.
func (p *Project) ComponentFile(from string, l scan.Local, depth int) string {
	file := p.Resolver.Find(from, l.Spec).File
	if file == "" || depth > 4 || files.InPackages(file) {
		return ""
	}
	if p.IsComponentFile(file) || files.HasExt(file, ".wxml") {
		return file
	}
	read, err := p.Disk.File(file, p.Disk.Limits.Script)
	if err != nil {
		return ""
	}
	plain := func(b []byte) string { return string(b) }
	for _, again := range append(exportedAgain(read.Text), scan.LocalsIn(read.Text, plain)...) {
		if again.Name == l.Imported {
			if found := p.ComponentFile(file, again, depth+1); found != "" {
				return found
			}
		}
	}
	return ""
}

var exportFrom = regexp.MustCompile(`export\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]`)

// exportedAgain lists export { default as A } from './a.vue'.
func exportedAgain(text []byte) []scan.Local {
	var out []scan.Local
	for _, m := range exportFrom.FindAllSubmatch(text, -1) {
		out = append(out, scan.ClauseLocals("{"+string(m[1])+"}", string(m[2]))...)
	}
	return out
}
