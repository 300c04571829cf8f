package miniprogram

import (
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Framework is what a mini-program is written with.
type Framework string

// The frameworks, by their names in reports.
const (
	Native Framework = "native"
	UniApp Framework = "uni-app"
	Taro   Framework = "taro"
	Mpx    Framework = "mpx"
	Wepy   Framework = "wepy"
)

// Project is one mini-program.
type Project struct {
	// Root is the folder of the mini-program as reports name it ("." for the working directory).
	Root string
	// Name is what the project's files call it, by project.config.json or a framework's own; "" where they do not.
	Name string
	// Folder is the name of the folder that holds the project.
	Folder string
	// Framework tells what the sources are written with.
	Framework Framework
	// Unsupported is why nothing of it was read, and nothing can be said of it; nil for what is read.
	Unsupported *Unsupported
	// Style is how the project is written, as its framework says.
	Style Style
	// VueVersion is 2 or 3 for uni-app and Vue-based Taro projects, else 0.
	VueVersion int
	// Plugin tells that the project is a mini-program plugin (compileType plugin).
	Plugin bool
	// Files counts the files that were read.
	Files int

	// Config is the app configuration: app.json, or what stands for it in a framework.
	Config AppConfig
	// App is the app.js, App.vue, app.tsx...; nil when there is none.
	App *Unit
	// Units are the pages and components: every registered page in the order of the
	// configuration, every component that a page uses (however deep), and, with Registered
	// (pages) or Used (components) false, those nobody lists that name or import the feature.
	Units []*Unit
	// Scripts are the files that take part: those that name a call of the feature or
	// something it depends on (see Names), those that import them, and the scripts of
	// the units concerned. Sorted by path. Typings, tests and the like are not here.
	Scripts []*Script
	// Ignored are the files that the configuration leaves out and that name a call of the feature. Sorted by path.
	Ignored []Ignored
	// Unreadable are the files that should have been read and could not.
	Unreadable []FileError
	// Broken are the templates and configurations of units that take part and that cannot be parsed, one a file.
	Broken []Broken

	// Sources answer what else is asked of the files; nil for a project that was not read from any.
	Sources Sources
}

// FileError is a file that could not be read, and why.
type FileError struct {
	Path string
	Err  error
}

// UnitKind tells what a unit is.
type UnitKind int

// The kinds of units.
const (
	AppUnit UnitKind = iota
	PageUnit
	ComponentUnit
)

// Unit is the app, a page or a component: a script with its template and its configuration.
type Unit struct {
	Kind UnitKind
	// Path is the path within the mini-program without extension: "pages/call/call".
	Path string
	// Script is nil when the unit has no script that can be read.
	Script *Script
	// Template is nil when there is none or it cannot be read.
	Template *Template
	// Registered tells of a page that it is in the pages list, or a subpackage's.
	Registered bool
	// Used tells of a component that some registered page or the app uses it, however deep.
	Used bool
	// Tab tells of a page that it is in the tab bar; First that it is the entry page.
	Tab, First bool
	// Plugin tells that the unit belongs to a mini-program plugin's code.
	Plugin bool
	// Unrelated tells that nothing of the unit takes part in the feature, so that its
	// script and template, which may well exist, were not kept.
	Unrelated bool
	// Components maps the tags that the unit's template may use to what they are: global
	// ones too. A tag whose component is not in the project maps to nil.
	Components map[string]*Unit
}

// Script is the code of a file, or of the script blocks of a single-file component.
type Script struct {
	File *source.File
	// Text is File.Text, or the same with everything outside the script blocks, and what
	// conditional compilation leaves out for WeChat, blanked; byte offsets are equal.
	Text    []byte
	Dialect script.Dialect
	// Setup tells of a single-file component that its code is (also) a <script setup>.
	Setup bool
	// Names is the set of names that occur in the text.
	Names Names
	// Broken tells why nobody can say which part of a single-file component is code; nil where that is plain.
	Broken *Broken
	// Plugin tells that the file is code of a mini-program plugin.
	Plugin bool
	// UnresolvedImport is a specifier in some file that leads nowhere and may mean this file, or one that imports it, so that
	// what the file exports may be used where nobody sees it; "" when there is none.
	UnresolvedImport string
}

// Names are the words of the feature, as bits.
type Names uint32

// The words that are looked for in the bytes of every script.
const (
	NameEnable      Names = 1 << iota // setEnable1v1Chat
	NameJoin                          // join1v1Chat
	NameAuthorize                     // authorize
	NameOpenSetting                   // openSetting
	NameGetSetting                    // getSetting
	NameListener                      // onVoIP…, offVoIP…
)

// Resolution is what an import specifier leads to.
type Resolution struct {
	// Script is the file's code; nil when not in the program.
	Script *Script
	// Package is the package's name for a bare specifier ("dayjs", "@scope/x"), whether or not its code was found.
	Package string
	// Data tells that the specifier names a file without code (json, wxss, png); JSON is its file when it is JSON.
	Data bool
	JSON *source.File
}

// Unsupported is why a mini-program is not checked.
type Unsupported struct {
	// Name is the framework's or the platform's, Why what tells of it.
	Name lang.Text
	Why  lang.Text
	// Elsewhere tells that it is no program of WeChat.
	Elsewhere bool
}

// Ignored is a file that the configuration leaves out, and that names a call of the feature.
type Ignored struct {
	// Path is the file as reports name it.
	Path  string
	Names Names
}

// String lists the names, each after a blank.
func (n Names) String() string {
	var out string
	for i, name := range []string{"setEnable1v1Chat", "join1v1Chat", "authorize", "openSetting", "getSetting", "onVoIP"} {
		if n&(1<<i) != 0 {
			out += " " + name
		}
	}
	return out
}

// DialectOf tells by a file's ending what it is written in.
func DialectOf(ext string) script.Dialect {
	switch ext {
	case ".ts", ".mts", ".cts":
		return script.TypeScript
	case ".tsx":
		return script.TypeScriptJSX
	}
	return script.JavaScript
}
