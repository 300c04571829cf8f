package reading

// What the reading of a mini-program needs to know of the framework that it is written with.

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Frameworks are those whose mini-programs are found and read.
type Frameworks struct {
	// Native is the platform's own way, which every folder with an app.json is taken for that is none of the others'.
	Native Framework
	// Others compile to mini-programs; the first that recognises a folder has it.
	Others []Framework
	// Unsupported recognises projects that look like mini-programs and cannot be read; nil for none.
	Unsupported func(d *files.Disk, dir string) *Place
}

// Traits are what the steps of reading that all frameworks share need to know of one, as data.
type Traits struct {
	Name miniprogram.Framework
	// Configuration is the file, or the files, by which its projects are recognised, as people are told.
	Configuration string
	// ComponentEndings are those of its single-file components; none where it has none.
	ComponentEndings []string
	// BuildConfigs are the files that configure its build, without their endings, from the project's folder.
	BuildConfigs []string
	// Constants are the values of names and member chains in configuration code: "process.env.TARO_ENV".
	Constants map[string]string
	// Identities are functions that only give a configuration its type: "defineAppConfig".
	Identities []string
	// Interceptors tells that its functions can be given interceptors (addInterceptor), which change what they return.
	Interceptors bool
}

// Framework is how a framework's projects are recognised.
type Framework interface {
	// Traits are the same at each call.
	Traits() Traits
	// MayBeAt tells at a glance whether a folder may be the root or the source folder of such a project.
	MayBeAt(d *files.Disk, dir string) bool
	// Locate returns the project of which a folder is the root, or the source folder; nil for none.
	Locate(d *files.Disk, dir string) *Place
	// NewReader makes what one project is read with.
	NewReader() Reader
}

// Reader is how one project is read.
type Reader interface {
	// Configure reads the app configuration into Config and Outline.
	Configure(p *Project, at *Place)
	// Style tells how the project is written. It is asked after Configure.
	Style(p *Project) miniprogram.Style
	// App are the paths, without extension, at which the app's own unit may be.
	App() []string
	// Extensions are the endings of code that an import may leave out, likeliest first.
	Extensions() []string
	// Candidate tells of a file's name whether code or markup of the program can be in it.
	Candidate(base string) bool
	// Scan reads what the framework's own kind of file tells off its bytes.
	Scan(w *scan.Summary, text []byte, l scan.Lexicon)
	// Files finds the files of the unit whose absolute path without extension is base.
	Files(p *Project, base string) UnitFiles
	// Components reads which components a unit declares.
	Components(p *Project, at *UnitFiles) []configuration.ComponentRef
	// Code makes a Script of a file.
	Code(p *Project, file *source.File) *miniprogram.Script
	// Unregistered tells what a file that takes part and that no configuration lists is: a page, a component, or no unit.
	Unregistered(p *Project, name string, s *miniprogram.Script) (miniprogram.UnitKind, bool)
	// Main are the modules that start the program beside the app's own.
	Main(p *Project) []string
	// Template reads a unit's template; nil when it has none.
	Template(p *Project, u *miniprogram.Unit, at *UnitFiles) *miniprogram.Template
}

// UnitFiles is what is known of a unit beside what rules see of it: its files.
type UnitFiles struct {
	Base                     string              // absolute path without extension
	Script, Template, Config string              // absolute names; "" when there is none
	Broken                   *miniprogram.Broken // the configuration's syntax error
}

// Pruner is a framework that takes off markup what is for other platforms only.
type Pruner interface {
	Prune(d *wxml.Document)
}

// Grouper is a framework of which a project may take others in.
type Grouper interface {
	// TakenIn are those of the places that another of them takes in, and that are read with that one.
	TakenIn(places []*Place) map[*Place]bool
}
