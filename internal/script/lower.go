package script

// TypeScript and JSX, and what the JavaScript parser lacks, turned into plain
// JavaScript by esbuild. Everything else stays as it is written: this is read, not run.

import (
	"bytes"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// lowered is the JavaScript made of a text.
type lowered struct {
	text []byte
	m    sourceMap
	jsx  jsxNames
}

// jsxNames are what elements and fragments are called in the lowered text.
type jsxNames struct {
	element, fragment string
}

// failure is why there is no program, at a byte offset of the text.
type failure struct {
	offset, length int
	kind           Refusal
	why            string
	ours           bool // the text itself is right: what it was lowered to could not be parsed
}

const tsconfig = `{"compilerOptions": {
	"verbatimModuleSyntax": true, "experimentalDecorators": true, "useDefineForClassFields": true,
	"target": "ESNext", "jsx": "react"
}}`

// lower compiles text, which must be valid UTF-8, to JavaScript without the features that lacking names.
func lower(text []byte, dialect Dialect, lacking map[string]bool) (*lowered, *failure) {
	names := jsxNames{"jsx$element", "jsx$fragment"}
	for bytes.Contains(text, []byte(names.element)) || bytes.Contains(text, []byte(names.fragment)) {
		names.element += "$"
		names.fragment += "$"
	}
	result := api.Transform(string(text), api.TransformOptions{
		LogLevel:       api.LogLevelSilent,
		LogLimit:       1,
		Loader:         map[Dialect]api.Loader{JavaScript: api.LoaderJSX, TypeScript: api.LoaderTS, TypeScriptJSX: api.LoaderTSX}[dialect],
		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		Target:         api.ESNext,
		Supported:      lacking,
		Platform:       api.PlatformNeutral,
		Charset:        api.CharsetUTF8,
		LegalComments:  api.LegalCommentsNone,
		TreeShaking:    api.TreeShakingFalse,
		JSX:            api.JSXTransform,
		JSXFactory:     names.element,
		JSXFragment:    names.fragment,
		JSXSideEffects: true,
		TsconfigRaw:    tsconfig,
	})
	if len(result.Errors) > 0 {
		return nil, newFailure(text, result.Errors[0])
	}
	m, err := decodeSourceMap(result.Map, result.Code, text)
	if err != nil {
		return nil, &failure{why: "its source map cannot be read: " + err.Error()}
	}
	return &lowered{text: result.Code, m: m, jsx: names}, nil
}

// unknown are features that the JavaScript parser does not know.
var unknown = map[string]bool{
	"decorators":        false,
	"using":             false,
	"import-attributes": false,
	"import-assertions": false,
	"hashbang":          false,
}

// doubtful are further features that it knows in part only. Lowering them hides
// what was meant, so it is the last resort.
var doubtful = map[string]bool{
	"decorators":                false,
	"using":                     false,
	"import-attributes":         false,
	"import-assertions":         false,
	"hashbang":                  false,
	"async-generator":           false,
	"class-static-blocks":       false,
	"class-private-brand-check": false,
	"class-field":               false,
	"class-static-field":        false,
	"logical-assignment":        false,
}

func newFailure(text []byte, message api.Message) *failure {
	e := &failure{why: strings.TrimSpace(message.Text)}
	if at := message.Location; at != nil {
		lines := lineStarts(text)
		if line := at.Line - 1; line >= 0 && line < len(lines) {
			e.offset = min(lines[line]+at.Column, len(text))
			e.length = min(at.Length, len(text)-e.offset)
		}
	}
	return e
}
