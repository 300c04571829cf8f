package miniprogram

// What is asked of a project's files after it was read.

// Sources are the files behind a project.
type Sources interface {
	// Resolve, HasTrace, NamedElsewhere and SameProgram are those of the project.
	Resolve(from *Script, specifier string) Resolution
	HasTrace() bool
	NamedInOtherScripts(followed func(*Script) bool, words ...string) bool
	SameProgram(name string, raw []byte) (looked, same bool)
}

// Resolve finds the module that a specifier leads to from a file of the program: relative paths,
// paths from the mini-program's root ("/utils/x"), aliases of build configurations, resolveAlias of app.json, tsconfig and jsconfig paths, index
// files, miniprogram_npm and node_modules. Nothing found: the zero Resolution with
// Package set for bare specifiers. It is safe for concurrent use.
func (p *Project) Resolve(from *Script, specifier string) Resolution {
	if p.Sources == nil || from == nil || from.File == nil {
		return Resolution{}
	}
	return p.Sources.Resolve(from, specifier)
}

// HasTrace reports whether any file of the program names one of the two calls.
func (p *Project) HasTrace() bool { return p.Sources != nil && p.Sources.HasTrace() }

// NamedInOtherScripts reports whether some script of the program other than those followed contains all the words. Such a
// script may give a value to what the words name. The scripts that can be meant are read again for it.
func (p *Project) NamedInOtherScripts(followed func(*Script) bool, words ...string) bool {
	return p.Sources != nil && p.Sources.NamedInOtherScripts(followed, words...)
}

// SameProgram reports whether the program would be the same if the file of that name, as it was opened, had the bytes raw: of most
// files only the words matter that are looked for in all of them. looked tells that the file was looked at for these; one that was not
// is none of the program's. The options must have asked for it (Again).
func (p *Project) SameProgram(name string, raw []byte) (looked, same bool) {
	if p.Sources == nil {
		return false, true
	}
	return p.Sources.SameProgram(name, raw)
}
