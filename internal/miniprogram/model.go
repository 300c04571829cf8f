// Package miniprogram is a repository as the platform sees it: the mini-programs in
// it, their configuration, pages, components, templates and modules.
package miniprogram

import (
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
	// Framework tells what the sources are written with.
	Framework Framework
	// Unsupported is why nothing of it was read, and nothing can be said of it; nil for what is read.
	Unsupported *Unsupported
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

	// More fields, not for other packages, belong to the package's own files.
	model
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
	// Apart tells that nothing of the unit takes part in the feature, so that its
	// script and template, which may well exist, were not kept.
	Apart bool
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
	// Sought is a specifier in some file that leads nowhere and may mean this file, or one that imports it, so that
	// what the file exports may be used where nobody sees it; "" when there is none.
	Sought string
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

// Template is a page's or component's markup.
type Template struct {
	File *source.File
	// Bindings are the event bindings, of included files and imported templates too.
	Bindings []Binding
	// Navigations are the <navigator> targets.
	Navigations []Navigation
	// Models are the names that two-way bindings write (model:value="{{name}}", v-model="name").
	Models []string
	// Tags are the custom component tags in use.
	Tags []string
	// OpenSetting tells that a button leads to the settings (open-type="openSetting").
	OpenSetting bool
	// Attributes are what is handed to custom components' properties.
	Attributes []Attribute
	// Uses are the places where custom components are used.
	Uses []Use
	// Unread tells that a part of the markup (an include that is missing or
	// dynamic, a syntax error) could not be read, so bindings may be incomplete.
	Unread bool
	// Broken are the syntax errors, the first of each file.
	Broken []Broken
}

// Broken is a template or a unit's configuration that the platform cannot parse: Why and where.
type Broken struct {
	// Project tells that it is the project's configuration, and no page's.
	Project bool
	At      source.Span
	Why     string
}

// Binding is an event bound in a template.
type Binding struct {
	// Event is the event's name without prefix: "tap" for bindtap, bind:tap, catchtap, @tap.
	Event string
	// Handler is the method's name: "onTap", or a wxs function "m.onTap". Empty when Inline or Dynamic.
	Handler string
	// Dynamic tells that the name is computed ({{...}}).
	Dynamic bool
	// Wxs tells that the handler is a function of a wxs module.
	Wxs bool
	// Inline is the code of an inline handler (Vue: @tap="call(user)"); its offsets are those of the
	// template's file. Empty for a plain method name.
	Inline *Script
	// Callee is the method that an inline handler calls and nothing else: bindtap="call(1, $event)".
	Callee string
	// Tag is the element; Component is its unit when it is a custom component of the project, and
	// Custom is true for every custom component, also one that is not in the project.
	Tag       string
	Custom    bool
	Component *Unit
	// Attr is the place of the attribute's name, Value that of its value without quotes.
	Attr, Value source.Span
	// Data are the element's literal data-* attributes and mark:* are left out.
	Data map[string]string
	// Shown is what has to hold for the event to happen.
	Shown Shown
}

// Use is a place where a custom component is used; Component is nil when it is not in the project.
type Use struct {
	Component *Unit
	Shown     Shown
}

// Attribute is a property handed to a custom component.
type Attribute struct {
	Tag       string
	Component *Unit
	Name      string // camelCase
	Value     string // raw text
	Dynamic   bool   // contains {{ }} or is a Vue binding
	At        source.Span
}

// Navigation is a <navigator> or the like that leads to another page.
type Navigation struct {
	// Target is the page's path within the mini-program; "" when Dynamic.
	Target  string
	Dynamic bool
	At      source.Span
}

// AppConfig is the app configuration, wherever the framework keeps it.
type AppConfig struct {
	// File is app.json, manifest.json, app.config.ts...: the file that findings about the
	// configuration as a whole point at. When it is missing, File is an empty file of the path where it should be,
	// or project.config.json when that promises it.
	File *source.File
	// PageFile is the file that lists the pages where File does not: uni-app's pages.json; nil elsewhere.
	PageFile *source.File
	// Faults are what is wrong with the file itself.
	Faults []ConfigFault
	// Readable is false when the configuration is missing or no valid JSON, so that nothing can be said of what it holds.
	Readable bool
	// PermissionKey is the place of the "permission" key; zero when absent.
	PermissionKey source.Span
	// PermissionOpen tells that entries may come from where they cannot be followed.
	PermissionOpen bool
	// Permissions are the entries below "permission", in order.
	Permissions []Permission
	// Written tells where all this is written.
	Written Written
	// LibVersion is project.config.json's libVersion with its key's place; "" when absent.
	LibVersion    string
	LibVersionKey source.Span
}

// FaultKind is what is wrong with an app configuration file.
type FaultKind int

// The kinds of faults; their names are the reasons of the contract.
const (
	FaultMissing FaultKind = iota
	FaultInvalid
	FaultComment
	FaultDuplicateKey
)

// ConfigFault is one fault with its place. Detail is the parser's word or the doubled key.
type ConfigFault struct {
	Kind   FaultKind
	At     source.Span
	Detail string
}

// Permission is one entry of the app configuration's "permission".
type Permission struct {
	Scope    string
	ScopeKey source.Span
	// IsObject is false when the entry is no object.
	IsObject bool
	// HasDesc tells that there is a desc; DescIsString that it is a string, and Desc is its value.
	HasDesc      bool
	DescIsString bool
	Desc         string
	DescKey      source.Span
	// DescUnknown tells that the desc is computed and cannot be told.
	DescUnknown bool
}

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
