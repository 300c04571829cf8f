package miniprogram

// model is what the package keeps for itself about a project.
type model struct{}

// Resolve finds the module that a specifier leads to from a file of the program: relative paths,
// paths from the mini-program's root ("/utils/x"), resolveAlias of app.json, tsconfig and jsconfig paths, index
// files, miniprogram_npm and node_modules. Nothing found: the zero Resolution with
// Package set for bare specifiers.
func (p *Project) Resolve(from *Script, specifier string) Resolution { return Resolution{} }
