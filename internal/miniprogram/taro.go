package miniprogram

// Taro: app.config.ts, pages in React or Vue. Source: docs.taro.zone, app-config and page-config.

import (
	"bytes"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

type taro struct{ vue }

// taroScripts are the endings of code; those that are for WeChat only come first.
var taroScripts = []string{
	".weapp.tsx", ".weapp.ts", ".weapp.jsx", ".weapp.js", ".tsx", ".ts", ".jsx", ".js", ".mts", ".mjs", ".cjs",
}

func newTaro() *taro { return &taro{vue{endings: []string{".vue"}, scripts: taroScripts}} }

func (t *taro) candidate(base string) bool {
	return hasExt(base, ".tsx", ".ts", ".jsx", ".js", ".mts", ".mjs", ".cjs", ".vue", ".wxml") &&
		!isForeignFile(base) && !isForOtherPlatform(base) && path.Ext(strings.TrimSuffix(base, path.Ext(base))) != ".config"
}

// isForOtherPlatform tells of files that Taro takes for other platforms than WeChat: call.h5.ts.
func isForOtherPlatform(base string) bool {
	switch path.Ext(strings.TrimSuffix(base, path.Ext(base))) {
	case ".h5", ".rn", ".swan", ".alipay", ".tt", ".qq", ".jd", ".quickapp", ".harmony", ".kwai", ".dd":
		return true
	}
	return false
}

func (t *taro) files(p *Project, base string) part {
	for _, b := range []string{base, base + "/index"} {
		for _, ext := range taroScripts {
			if p.disk.isFile(b + ext) {
				at := part{base: base, script: p.disk.canonical(b + ext)}
				if p.disk.isFile(b + ".wxml") { // a native page or component beside the others
					at.template = p.disk.canonical(b + ".wxml")
				}
				at.config = t.configFile(p, b)
				return at
			}
		}
	}
	at := t.vue.files(p, base)
	if isComponentFile(at.script) {
		at.config = t.configFile(p, base)
	}
	return at
}

func (t *taro) unlisted(p *Project, name string, s *Script) (UnitKind, bool) {
	base := strings.TrimSuffix(name, path.Ext(name))
	if t.configFile(p, base) != "" || registers(s.Text, []byte("definePageConfig")) {
		return PageUnit, true
	}
	if p.outline.open && within(name, p.src+"/pages") { // the list of pages is not known
		return PageUnit, true
	}
	if isPlacedAsPage(name) && showsSomething(name, s.Text) {
		return PageUnit, true
	}
	if isComponentFile(name) {
		return ComponentUnit, true
	}
	return AppUnit, false
}

// isPlacedAsPage tells of a file that stands where Taro's pages stand by custom: pages/call/index.tsx.
func isPlacedAsPage(name string) bool {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base)) == "index" && path.Base(path.Dir(path.Dir(name))) == "pages"
}

// showsSomething tells by a file's ending, or by its looks, that it exports a component.
func showsSomething(name string, text []byte) bool {
	return isComponentFile(name) ||
		hasExt(name, ".tsx", ".jsx", ".js") && bytes.Contains(text, []byte("export default")) && (bytes.Contains(text, []byte("</")) || bytes.Contains(text, []byte("/>")))
}

func (t *taro) configFile(p *Project, base string) string {
	for _, ext := range []string{".config.ts", ".config.js", ".config.tsx", ".config.jsx", ".json"} {
		if p.disk.isFile(base + ext) {
			return base + ext
		}
	}
	return ""
}

func (t *taro) refs(p *Project, at *part) []componentRef {
	out := t.vue.refs(p, &part{script: at.script, config: jsonOnly(at.config)})
	if at.config == "" || hasExt(at.config, ".json") {
		return out
	}
	file, err := p.disk.file(at.config, p.disk.limits.Config)
	if err != nil || !bytes.Contains(file.Text, []byte("usingComponents")) {
		return out
	}
	e := p.newEvaluator()
	return append(out, componentRefs(e.exported(e.module(at.config), "default"))...)
}

func jsonOnly(name string) string {
	if hasExt(name, ".json") {
		return name
	}
	return ""
}

func (t *taro) configure(p *Project, at *Place) {
	p.resolve.infix = ".weapp"
	p.resolve.extensions = t.extensions()
	p.VueVersion = taroVue(p)
	name := taroConfigFile(p.disk, at.src)
	if name == "" {
		t.configureClass(p, at)
		return
	}
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		p.unreadable(name, err)
		p.Config = AppConfig{File: p.absent(name)}
		p.outline.open = true
		return
	}
	p.Config = AppConfig{File: file}
	if hasExt(name, ".json") {
		p.configureFrom(p.Config.check(file, jsondoc.ParseTolerant(file.Text)))
		return
	}
	e := p.newEvaluator()
	m := e.module(name)
	p.configureFromCode(m, func() *setting { return e.exported(m, "default") })
}

// configureFromCode takes the configuration that a module's code yields.
func (p *Project) configureFromCode(m *configModule, value func() *setting) {
	if m == nil || m.err != nil {
		p.Config.invalidCode(m)
		p.outline.open = true
		return
	}
	s := value()
	p.Config.Readable = true
	p.Config.Faults = append(p.Config.Faults, duplicatesOf(m.program, s)...)
	p.configureFrom(s)
}

// duplicatesOf are the keys that the object has twice where it is written.
func duplicatesOf(program *script.Program, s *setting) []ConfigFault {
	var out []ConfigFault
	seen := map[string]bool{}
	for _, e := range s.entries {
		inside := e.keyAt.File == program.File && s.at.Start <= e.keyAt.Start && e.keyAt.End <= s.at.End
		if inside && seen[e.key] {
			out = append(out, ConfigFault{Kind: FaultDuplicateKey, At: e.keyAt, Detail: e.key})
		}
		seen[e.key] = seen[e.key] || inside
	}
	return out
}

// configureFrom fills in what an app configuration says; nil is one that cannot be read.
func (p *Project) configureFrom(s *setting) {
	if s == nil {
		p.outline.open = true
		return
	}
	fillPermissions(&p.Config, s)
	p.Config.Written.Lists = s.pageLists()
	p.outline = outlineOf(s)
}

// configureClass reads the configuration of older versions: a property of the app's class.
func (t *taro) configureClass(p *Project, at *Place) {
	name := taroAppFile(p.disk, at.src)
	p.Config = AppConfig{File: p.absent(at.src + "/app.config.ts")}
	file, err := p.disk.file(name, p.disk.limits.Script)
	if err != nil {
		p.unreadable(name, err)
		p.outline.open = true
		return
	}
	p.Config.File = file
	p.configureFromClass(&Script{File: file, Text: file.Text, Dialect: dialectOf(path.Ext(name))})
}

// configureFromClass takes the property "config" of the class that a module exports.
func (p *Project) configureFromClass(code *Script) {
	e := p.newEvaluator()
	m := newConfigModule(code)
	p.configureFromCode(m, func() *setting {
		for _, s := range m.program.Body {
			if config := classConfig(s); config != nil {
				return e.value(m, config)
			}
		}
		return &setting{at: source.Span{File: code.File}}
	})
}

func classConfig(s script.Stmt) script.Expr {
	var class *script.Class
	switch s := s.(type) {
	case *script.ClassDecl:
		class = s.Class
	case *script.Export:
		class, _ = s.Default.(*script.Class)
		if d, ok := s.Decl.(*script.ClassDecl); ok {
			class = d.Class
		}
	}
	if class == nil {
		return nil
	}
	for _, member := range class.Members {
		if member.Name == "config" && member.Value != nil {
			return member.Value
		}
	}
	return nil
}

// taroVue is the version of Vue that a Taro project is written with; 0 for React.
func taroVue(p *Project) int {
	for _, up := range parents(p.src) {
		if m := p.manifest(up); m != nil {
			return vueOfPackage(m)
		}
		if up == p.repository() {
			break
		}
	}
	return 0
}

func taroConfigFile(d *disk, src string) string {
	for _, ext := range []string{".ts", ".js", ".tsx", ".jsx", ".mts", ".mjs", ".json"} {
		if d.statFile(src + "/app.config" + ext) {
			return src + "/app.config" + ext
		}
	}
	return ""
}

func taroAppFile(d *disk, src string) string {
	for _, ext := range []string{".tsx", ".jsx", ".ts", ".js", ".vue"} {
		if d.statFile(src + "/app" + ext) {
			return src + "/app" + ext
		}
	}
	return ""
}

// taroAt recognises a Taro project by its app configuration, or, in older versions, by its package.json.
func (l *locator) taroAt(dir string) *Place {
	for _, src := range []string{dir + "/src", dir} {
		if !l.isTaroSource(src) {
			continue
		}
		root := dir
		if src == dir && path.Base(dir) == "src" {
			root = path.Dir(dir)
		}
		return &Place{Dir: root, src: src, Framework: Taro}
	}
	return nil
}

// isTaroSource reports whether a folder holds the sources of a Taro project.
func (l *locator) isTaroSource(src string) bool {
	if name := taroConfigFile(l.disk, src); name != "" {
		// Nuxt and Expo have a file of that name too; only a mini-program's lists pages.
		file, err := l.disk.file(name, l.disk.limits.Config)
		return err != nil || bytes.Contains(file.Text, []byte("pages")) && !containsWord(file.Text, []byte("expo"))
	}
	app := taroAppFile(l.disk, src)
	if app == "" || !l.dependsOn(src, `"@tarojs/taro"`) {
		return false
	}
	file, err := l.disk.file(app, l.disk.limits.Script)
	return err == nil && bytes.Contains(file.Text, []byte("config")) && bytes.Contains(file.Text, []byte("pages/"))
}

// dependsOn reports whether the package.json of the folder or of the one above names a package.
func (l *locator) dependsOn(dir, quoted string) bool {
	for _, up := range []string{dir, path.Dir(dir)} {
		if l.disk.statFile(up + "/package.json") {
			if file, err := l.disk.file(up+"/package.json", l.disk.limits.Config); err == nil && bytes.Contains(file.Text, []byte(quoted)) {
				return true
			}
		}
	}
	return false
}

// jsonSetting is what a JSON text holds; unknown when it is no JSON.
func jsonSetting(file *source.File, text []byte) *setting {
	if s := settingOf(file, jsondoc.ParseTolerant(text).Root); s != nil {
		return s
	}
	return &setting{}
}
