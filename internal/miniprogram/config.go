package miniprogram

// The app configuration, as rules see it.

import "github.com/voipcheck/voipcheck/internal/source"

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

// Written are the literals of the project's own files in which the app configuration is written out. A place is zero where
// the value is not there, or comes about otherwise: by a call, or in a package.
type Written struct {
	// Root is the object that holds "permission", or would; with Wrap, the one that would hold an object of that name around it.
	Root source.Span
	Wrap string
	// Permission is the object below "permission"; HasPermission tells that there is such a key, whatever its value.
	Permission    source.Span
	HasPermission bool
	// Lists are those that name pages: that of the main package first, if there is one.
	Lists []PageList
}

// PageList is a list of pages.
type PageList struct {
	// Dir is the folder that its entries are relative to, within the mini-program; "" for the mini-program's own.
	Dir string
	// At is the list; HasKey tells that there is a "pages", whatever its value; In is the object that has it, or would.
	At, In source.Span
	HasKey bool
	// First is its first entry as it is written, "" for none.
	First string
}
