package native

// Mini-programs as the platform itself defines them: .js or .ts with .wxml and .json.

import (
	"bytes"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Reader reads the platform's own mini-programs.
type Reader struct{}

// Scripts are the endings of code, the sources before what is made from them.
var Scripts = []string{".ts", ".js", ".mts", ".mjs", ".cts", ".cjs", ".tsx", ".jsx"}

var (
	callsPage      = []byte("Page")
	callsComponent = []byte("Component")
)

// traits are what the shared steps of reading need to know.
var traits = reading.Traits{Name: miniprogram.Native, Configuration: "app.json"}

// Framework recognises the platform's own mini-programs.
type Framework struct{}

// Traits are what the shared steps of reading need to know.
func (Framework) Traits() reading.Traits { return traits }

// MayBeAt looks for the files by which a project is recognised.
func (Framework) MayBeAt(d *files.Disk, dir string) bool { return d.StatFile(dir + "/app.json") }

// Locate leaves it to those who look for mini-programs to know the platform's own.
func (Framework) Locate(*files.Disk, string) *reading.Place { return nil }

// NewReader makes what one project is read with.
func (Framework) NewReader() reading.Reader { return Reader{} }

// Style is that of app.json.
func (Reader) Style(*reading.Project) miniprogram.Style {
	return miniprogram.Style{Page: "native", PagesIn: "app.json", PermissionsIn: "app.json"}
}

// App is app.js or app.ts.
func (Reader) App() []string { return []string{"app"} }

// Extensions are the endings of code.
func (Reader) Extensions() []string { return Scripts }

// Candidate tells of code and WXML.
func (Reader) Candidate(base string) bool {
	return files.HasExt(base, ".wxml") || files.HasExt(base, Scripts...) && !files.IsForeignFile(base)
}

// Scan has nothing to add to what is read off every file.
func (Reader) Scan(*scan.Summary, []byte, scan.Lexicon) {}

// Files are those of the same name with their endings.
func (Reader) Files(p *reading.Project, base string) reading.UnitFiles {
	at := reading.UnitFiles{Base: base}
	for _, ext := range Scripts {
		if p.Disk.IsFile(base + ext) {
			at.Script = p.Disk.Canonical(base + ext)
			break
		}
	}
	if p.Disk.IsFile(base + ".wxml") {
		at.Template = p.Disk.Canonical(base + ".wxml")
	}
	if p.Disk.IsFile(base + ".json") {
		at.Config = p.Disk.Canonical(base + ".json")
	}
	return at
}

// Components reads usingComponents off the unit's .json.
func (Reader) Components(p *reading.Project, at *reading.UnitFiles) []configuration.ComponentRef {
	if at.Config == "" {
		return nil
	}
	file, err := p.Disk.Peek(at.Config, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(at.Config, err)
		return nil
	}
	doc := jsondoc.ParseTolerant(file.Text)
	// One that holds nothing yet says nothing wrong; the app's own is looked at for itself.
	if doc.Err != nil && len(bytes.TrimSpace(file.Text)) > 0 && at.Base != p.Src+"/app" {
		at.Broken = &miniprogram.Broken{At: source.CharacterAt(file, doc.Err.Offset), Why: doc.Err.Why}
	}
	return configuration.ComponentRefs(configuration.Of(file, doc.Root))
}

// Code is the file as it is.
func (Reader) Code(p *reading.Project, file *source.File) *miniprogram.Script {
	return &miniprogram.Script{File: file, Text: file.Text, Dialect: miniprogram.DialectOf(path.Ext(file.Name))}
}

// Unregistered tells by the function that is called: Page or Component.
func (Reader) Unregistered(p *reading.Project, name string, s *miniprogram.Script) (miniprogram.UnitKind, bool) {
	switch {
	case scan.Registers(s.Text, callsPage):
		return miniprogram.PageUnit, true
	case scan.Registers(s.Text, callsComponent):
		// A component says in its configuration that it is one; a page may be written as one, and says nothing.
		if configuresPage(p, strings.TrimSuffix(name, path.Ext(name))+".json") {
			return miniprogram.PageUnit, true
		}
		return miniprogram.ComponentUnit, true
	}
	return miniprogram.AppUnit, false
}

// configuresPage reports whether a file is there and is the configuration of a page, not of a component. Source: docs
// framework/custom-component.
func configuresPage(p *reading.Project, name string) bool {
	if !p.Disk.IsFile(name) {
		return false
	}
	file, err := p.Disk.Peek(name, p.Disk.Limits.Config)
	if err != nil {
		return false
	}
	root := configuration.Of(file, jsondoc.ParseTolerant(file.Text).Root)
	return root != nil && !root.Get("component").IsTrue()
}

// Main is none: the app's own module starts the program.
func (Reader) Main(*reading.Project) []string { return nil }

// Template reads WXML, whose faults are reported: the platform parses it as it is.
func (Reader) Template(p *reading.Project, u *miniprogram.Unit, at *reading.UnitFiles) *miniprogram.Template {
	if at.Template == "" {
		return nil
	}
	r := p.MarkupReader(u, &miniprogram.Template{})
	r.Strict = true
	return r.Read(at.Template)
}

// Configure reads app.json.
func (Reader) Configure(p *reading.Project, at *reading.Place) {
	name := at.Src + "/app.json"
	switch file, err := p.Disk.File(name, p.Disk.Limits.Config); {
	case at.Promised:
		p.Config = miniprogram.AppConfig{File: at.Config.File, Faults: []miniprogram.ConfigFault{{
			Kind: miniprogram.FaultMissing, At: source.Span{File: at.Config.File}, Detail: p.Disk.ReportPath(name),
		}}}
		p.Outline.Open = true
		p.Opts.Say(lang.T("%[1]s points to %[2]s, which does not exist", "%[1]s 指向的 %[2]s 不存在"), at.Config.File.Path, p.Disk.ReportPath(name))
	case !p.Disk.IsFile(name):
		// A plugin without a mini-program around it.
		p.Config = miniprogram.AppConfig{File: p.Disk.Absent(name)}
	case err != nil:
		p.Disk.Unreadable(name, err)
		p.Config = miniprogram.AppConfig{File: p.Disk.Absent(name)}
		p.Outline.Open = true
	default:
		p.Config, p.Outline = configuration.ReadAppJSON(file)
	}
}
