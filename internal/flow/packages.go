package flow

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// The code of packages that stand between a project's code and what it means: runtimes of compilers, and small functions that
// call what they are given. It is JavaScript and followed like the project's own.
//
//go:embed prelude/*.js
var preludes embed.FS

// packageModel tells which prelude stands for a package, and which of its exports is the package's own export ("" for all).
type packageModel struct {
	file, export string
}

var packageModels = map[string]packageModel{
	"regenerator-runtime":                            {"regenerator.js", ""},
	"regenerator-runtime/runtime":                    {"regenerator.js", ""},
	"@babel/runtime/regenerator":                     {"regenerator.js", ""},
	"@babel/runtime/helpers/asyncToGenerator":        {"helpers.js", "asyncToGenerator"},
	"@babel/runtime/helpers/esm/asyncToGenerator":    {"helpers.js", "asyncToGenerator"},
	"@babel/runtime/helpers/objectSpread2":           {"helpers.js", "__assign"},
	"@babel/runtime/helpers/extends":                 {"helpers.js", "__assign"},
	"@babel/runtime/helpers/objectWithoutProperties": {"helpers.js", "__rest"},
	"tslib":                     {"helpers.js", ""},
	"miniprogram-api-promise":   {"helpers.js", ""},
	"mobx-miniprogram":          {"mobx.js", ""},
	"mobx-miniprogram-bindings": {"mobx.js", ""},
	"miniprogram-computed":      {"computed.js", ""},
	"pinia":                     {"stores.js", ""},
	"vuex":                      {"stores.js", ""},
	"@mpxjs/pinia":              {"stores.js", ""},
	"vue-class-component":       {"classes.js", ""},
	"vue-property-decorator":    {"classes.js", ""},
	"@wepy/x":                   {"stores.js", ""},
	"redux":                     {"redux.js", ""},
	"react-redux":               {"redux.js", ""},
	"@tarojs/redux":             {"redux.js", ""},
	"@reduxjs/toolkit":          {"redux.js", ""},
	"redux-toolkit":             {"redux.js", ""},
	"reselect":                  {"redux.js", ""},
	"jotai":                     {"atoms.js", ""},
	"jotai/utils":               {"atoms.js", ""},
	"recoil":                    {"atoms.js", ""},
	"mobx":                      {"mobx.js", ""},
	"await-to-js":               {"helpers.js", "to"},
	"lodash":                    {"helpers.js", ""},
	"lodash-es":                 {"helpers.js", ""},
	"lodash/cloneDeep":          {"helpers.js", "cloneDeep"},
	"lodash/debounce":           {"helpers.js", "debounce"},
	"lodash/throttle":           {"helpers.js", "throttle"},
	"lodash.clonedeep":          {"helpers.js", "cloneDeep"},
	"lodash.debounce":           {"helpers.js", "debounce"},
	"lodash.throttle":           {"helpers.js", "throttle"},
}

// isModelled reports whether the meaning of a package is known.
func isModelled(spec string) bool {
	_, ok := packageModels[spec]
	return ok
}

// model returns a package whose code is not there but whose meaning is known; nil when it is not.
func (a *analysis) model(m *machine, spec string, at source.Span) *imported {
	model, ok := packageModels[spec]
	if !ok {
		return a.frameworkPackage(m, spec, at)
	}
	v := a.prelude(m, model.file)
	if model.export != "" {
		v = m.get(v, model.export)
		return &imported{whole: &v}
	}
	if v.kind != kObject {
		return nil
	}
	// What is not modelled of the package stays something that is not followed.
	cause := &unfollowed{name: spec, at: at}
	o := m.baseObject(v.obj.class)
	o.proto, o.isOpen, o.open = v.obj, true, cause
	whole := ref(o)
	return &imported{whole: &whole}
}

// prelude loads a prelude once and returns what it exports.
func (a *analysis) prelude(m *machine, file string) value {
	if v, ok := a.preludes[file]; ok {
		return v
	}
	text, err := preludes.ReadFile("prelude/" + file)
	if err != nil {
		return m.unknown(nil)
	}
	s := &miniprogram.Script{File: source.NewFile("prelude/"+file, "prelude/"+file, text), Text: text}
	v := undefined
	if p := a.program(s); p != nil {
		p.prelude = true
	}
	if k := m.load(s); k != nil {
		v = m.read(k.cjs)
	}
	a.preludes[file] = v
	return v
}
