package platform

import (
	"embed"
	"io/fs"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What packages mean whose code is not in the repository, or says less plainly than they do what they are for: runtimes of compilers, stores, buses, and
// small functions that call what they are given.

//go:embed prelude/*.js
var preludes embed.FS

// library is what the packages mean that any program may use.
var library = &Library{Files: Folder(preludes, "prelude"), Packages: map[string]Package{
	"regenerator-runtime":                            {"regenerator.js", ""},
	"regenerator-runtime/runtime":                    {"regenerator.js", ""},
	"@babel/runtime/regenerator":                     {"regenerator.js", ""},
	"@babel/runtime/helpers/asyncToGenerator":        {"compiled.js", "asyncToGenerator"},
	"@babel/runtime/helpers/esm/asyncToGenerator":    {"compiled.js", "asyncToGenerator"},
	"@babel/runtime/helpers/objectSpread2":           {"compiled.js", "__assign"},
	"@babel/runtime/helpers/extends":                 {"compiled.js", "__assign"},
	"@babel/runtime/helpers/objectWithoutProperties": {"compiled.js", "__rest"},
	"tslib":                     {"compiled.js", ""},
	"miniprogram-api-promise":   {"promises.js", ""},
	"await-to-js":               {"promises.js", "to"},
	"mobx":                      {"mobx.js", ""},
	"mobx-miniprogram":          {"mobx.js", ""},
	"mobx-miniprogram-bindings": {"mobx.js", ""},
	"miniprogram-computed":      {"computed.js", ""},
	"lodash":                    {"functions.js", ""},
	"lodash-es":                 {"functions.js", ""},
	"lodash/cloneDeep":          {"functions.js", "cloneDeep"},
	"lodash/debounce":           {"functions.js", "debounce"},
	"lodash/throttle":           {"functions.js", "throttle"},
	"lodash.clonedeep":          {"functions.js", "cloneDeep"},
	"lodash.debounce":           {"functions.js", "debounce"},
	"lodash.throttle":           {"functions.js", "throttle"},
	"mitt":                      {"bus.js", ""},
	"tiny-emitter":              {"bus.js", ""},
	"tiny-emitter/instance":     {"bus.js", "instance"},
	"events":                    {"bus.js", ""},
	"eventemitter3":             {"bus.js", ""},
	"axios":                     {"requests.js", ""},
	"luch-request":              {"requests.js", ""},
	"uni-ajax":                  {"requests.js", ""},
	"flyio":                     {"requests.js", ""},
	"flyio/dist/npm/wx":         {"requests.js", ""},
	"wx-promise-request":        {"requests.js", ""},
	"dayjs":                     {"requests.js", ""},
	"moment":                    {"requests.js", ""},
}}

// writers are the functions of these packages that write what they are given, under names that it tells.
var writers = []string{"createStoreBindings", "extendObservable"}

// Folder is a folder of files that are embedded.
func Folder(all embed.FS, folder string) fs.FS {
	out, err := fs.Sub(all, folder)
	if err != nil {
		panic(err)
	}
	return out
}

// packageModel is the module that stands for a package; nil if its meaning is not known.
func (p *Program) packageModel(spec string) *module {
	if k, ok := p.packages[spec]; ok {
		return k
	}
	for _, l := range p.libraries {
		m, ok := l.Packages[spec]
		switch {
		case !ok:
			continue
		case m.Export == "":
			p.packages[spec] = p.library(m.File)
		default:
			p.packages[spec] = p.adoptPrelude(spec, []byte("module.exports = require('"+m.File+"')."+m.Export+";\n"))
		}
		return p.packages[spec]
	}
	return nil
}

// adoptPrelude makes a module of the platform's own JavaScript.
func (p *Program) adoptPrelude(name string, text []byte) *module {
	file := source.NewFile(name, name, text)
	syntax, err := script.Parse(file, text, script.JavaScript)
	if err != nil {
		panic(err)
	}
	return p.adopt(&miniprogram.Script{File: file, Text: text}, ir.Lower(syntax, true))
}

// isPackageFile reports whether a file belongs to an installed package, or one that DevTools has built.
func isPackageFile(path string) bool {
	return strings.Contains("/"+path, "/node_modules/") || strings.Contains("/"+path, "/miniprogram_npm/")
}
