// Package execute runs native mini-programs on a mock platform and records what their calls meet. It knows the
// platform from its documentation alone and shares nothing with the analysis that it is to judge.
package execute

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/grafana/sobek"

	"github.com/tidwall/jsonc"
)

// Program is a native mini-program that was compiled once and can be executed any number of times.
type Program struct {
	files     map[string]string // by path below the root
	root      string            // the root's path, "" or with a "/" at its end
	modules   map[string]*sobek.Program
	pages     []string
	tabs      map[string]bool
	uses      map[string]map[string]string // tags of a page or component, by its path
	templates map[string]string            // the nodes of a page's or component's template, as JSON
	text      string                       // all scripts, for what the program compares inputs with
	lives     bool                         // something happens when the user leaves or comes back
	watches   bool                         // something happens when nothing handles a rejection
	platforms []string                     // the platforms that it may tell apart, the usual one first
	inputs    map[string][]any
	shapes    map[string]string
}

// appConfig is what is needed of app.json.
type appConfig struct {
	Pages       []string     `json:"pages"`
	SubPackages []subPackage `json:"subpackages"`
	SubPackage2 []subPackage `json:"subPackages"`
	TabBar      struct {
		List []struct {
			PagePath string `json:"pagePath"`
		} `json:"list"`
	} `json:"tabBar"`
	UsingComponents map[string]string `json:"usingComponents"`
}

type subPackage struct {
	Root  string   `json:"root"`
	Pages []string `json:"pages"`
}

// ErrNotNative tells that files are no native mini-program.
var ErrNotNative = errors.New("no app.json: not a native mini-program")

// ErrSyntax tells that a script cannot be compiled.
var ErrSyntax = errors.New("a script cannot be compiled")

// Load compiles a program from its files, by paths that are "/" separated.
func Load(files map[string]string) (*Program, error) {
	p := &Program{files: map[string]string{}, modules: map[string]*sobek.Program{}, tabs: map[string]bool{},
		uses: map[string]map[string]string{}, templates: map[string]string{}, inputs: map[string][]any{}, shapes: map[string]string{}}
	var project struct {
		MiniprogramRoot string `json:"miniprogramRoot"`
	}
	if text, ok := files["project.config.json"]; ok {
		if err := json.Unmarshal(jsonc.ToJSON([]byte(text)), &project); err != nil {
			return nil, fmt.Errorf("project.config.json: %w", err)
		}
	}
	if root := path.Clean(project.MiniprogramRoot); root != "." && root != "" && root != "/" {
		p.root = strings.TrimPrefix(root, "./") + "/"
	}
	for name, text := range files {
		if below, ok := strings.CutPrefix(name, p.root); ok {
			p.files[below] = text
		}
	}
	text, ok := p.files["app.json"]
	if !ok {
		return nil, ErrNotNative
	}
	var app appConfig
	if err := json.Unmarshal([]byte(strings.TrimPrefix(text, "\ufeff")), &app); err != nil {
		return nil, fmt.Errorf("app.json: %w", err)
	}
	p.configure(&app)
	if len(p.pages) == 0 {
		return nil, errors.New("app.json lists no page")
	}
	return p, p.compile()
}

func (p *Program) configure(app *appConfig) {
	p.pages = append(p.pages, app.Pages...)
	for _, sub := range append(app.SubPackages, app.SubPackage2...) {
		for _, page := range sub.Pages {
			p.pages = append(p.pages, path.Join(sub.Root, page))
		}
	}
	for _, t := range app.TabBar.List {
		p.tabs[strings.TrimPrefix(t.PagePath, "/")] = true
	}
	for i, page := range p.pages {
		p.pages[i] = strings.TrimPrefix(page, "/")
		p.include(p.pages[i], app.UsingComponents)
	}
}

// include reads the configuration and template of a page or component, and of the components that it uses.
func (p *Program) include(name string, everywhere map[string]string) {
	if _, done := p.uses[name]; done {
		return
	}
	var config struct {
		UsingComponents map[string]string `json:"usingComponents"`
	}
	// A broken page configuration leaves the page without components, as a finding of its own says.
	_ = json.Unmarshal([]byte(p.files[name+".json"]), &config)
	uses := map[string]string{}
	for _, from := range []map[string]string{everywhere, config.UsingComponents} {
		for tag, to := range from {
			if resolved := p.component(name, to); resolved != "" {
				uses[tag] = resolved
			}
		}
	}
	p.uses[name] = uses
	for _, tag := range sorted(uses) {
		p.include(uses[tag], everywhere)
	}
	p.templates[name] = readTemplate(p, name)
}

// component is the path of a component that is named in a configuration, or "".
func (p *Program) component(from, to string) string {
	for _, candidate := range p.candidates(from, to) {
		for _, name := range []string{candidate, candidate + "/index"} {
			if p.script(name) != "" {
				return name
			}
		}
	}
	return ""
}

// candidates are the paths that a reference may mean.
func (p *Program) candidates(from, to string) []string {
	switch {
	case strings.HasPrefix(to, "/"):
		return []string{path.Clean(to[1:])}
	case strings.HasPrefix(to, "."):
		return []string{path.Join(path.Dir(from), to)}
	}
	all := []string{path.Join(path.Dir(from), to), path.Clean(to)}
	for dir := path.Dir(from); ; dir = path.Dir(dir) {
		all = append(all, path.Join(dir, "miniprogram_npm", to))
		if dir == "." {
			return all
		}
	}
}

// script is the file that a path without extension stands for, or "".
func (p *Program) script(name string) string {
	for _, file := range []string{name, name + ".js", name + ".ts"} {
		if _, ok := p.files[file]; ok && (strings.HasSuffix(file, ".js") || strings.HasSuffix(file, ".ts")) && !strings.HasSuffix(file, ".d.ts") {
			return file
		}
	}
	return ""
}

// resolve is the file of a module that another one requires, or "".
func (p *Program) resolve(from, to string) string {
	for _, c := range p.candidates(from, to) {
		if _, ok := p.files[c]; ok && strings.HasSuffix(c, ".json") {
			return c
		}
		for _, name := range []string{c, c + "/index"} {
			if file := p.script(name); file != "" {
				return file
			}
		}
	}
	return ""
}

// lacking is what the interpreter does not know and the compiler has to write otherwise.
var lacking = map[string]bool{
	"async-generator": false, "for-await": false, "decorators": false, "using": false, "dynamic-import": false,
	"hashbang": false, "top-level-await": true,
}

func (p *Program) compile() error {
	for _, name := range sorted(p.files) {
		ext := path.Ext(name)
		if ext != ".js" && ext != ".ts" || strings.HasSuffix(name, ".d.ts") {
			continue
		}
		text := p.files[name]
		p.text += text + "\n"
		loader := api.LoaderJS
		if ext == ".ts" {
			loader = api.LoaderTS
		}
		result := api.Transform(text, api.TransformOptions{
			LogLevel: api.LogLevelSilent, Loader: loader, Format: api.FormatCommonJS, Target: api.ESNext, Supported: lacking,
			Sourcefile: path.Base(name), Sourcemap: api.SourceMapInline, SourcesContent: api.SourcesContentExclude,
			Banner: "(function (exports, require, module) {", Footer: "})",
			TsconfigRaw: `{"compilerOptions": {"experimentalDecorators": true, "useDefineForClassFields": true}}`,
		})
		if len(result.Errors) > 0 {
			e := result.Errors[0]
			return fmt.Errorf("%w: %s%s:%d: %s", ErrSyntax, p.root, name, e.Location.Line, e.Text)
		}
		compiled, err := sobek.Compile(p.root+name, string(result.Code), false)
		if err != nil {
			return fmt.Errorf("%s%s: %w", p.root, name, err)
		}
		p.modules[name] = compiled
	}
	p.read()
	return nil
}

var lifeNames = regexp.MustCompile(`onHide|onShow|pageLifetimes|onAppHide|onAppShow|\bshow\s*\(|\bhide\s*\(`)

// read finds out what the scripts cannot depend on, so that it need not be tried.
func (p *Program) read() {
	p.lives = lifeNames.MatchString(p.text)
	p.watches = strings.Contains(p.text, "nhandledRejection")
	p.platforms = []string{"android", "devtools"}
	for _, other := range []string{"ios", "windows", "mac", "ohos"} {
		named := strings.Contains(p.text, strconv.Quote(other)) || strings.Contains(p.text, "'"+other+"'")
		if named || other == "ios" && strings.Contains(p.text, "android") {
			p.platforms = append(p.platforms, other)
		}
	}
}

// compared finds what a name is compared with.
var compared = regexp.MustCompile(`(\w+)\s*[!=]==?\s*('[^']*'|"[^"]*"|-?\d+|true|false|null)`)

// literals are the values that the program compares an input of that name with.
func (p *Program) literals(name string) []any {
	if found, ok := p.inputs[name]; ok {
		return found
	}
	found := []any{}
	seen := map[string]bool{}
	for _, m := range compared.FindAllStringSubmatch(p.text, -1) {
		if m[1] != name || seen[m[2]] {
			continue
		}
		seen[m[2]] = true
		switch m[2][0] {
		case '\'', '"':
			found = append(found, m[2][1:len(m[2])-1])
		case 't', 'f':
			found = append(found, m[2] == "true")
		case 'n':
			found = append(found, nil)
		default:
			var n float64
			if _, err := fmt.Sscan(m[2], &n); err == nil {
				found = append(found, n)
			}
		}
	}
	p.inputs[name] = found
	return found
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
