package taro

// Taro: app.config.ts, pages in React or Vue. Source: docs.taro.zone, app-config and page-config.

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/framework/sfc"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

type reader struct{ sfc.Base }

// scripts are the endings of code; those that are for WeChat only come first.
var scripts = []string{
	".weapp.tsx", ".weapp.ts", ".weapp.jsx", ".weapp.js", ".tsx", ".ts", ".jsx", ".js", ".mts", ".mjs", ".cjs",
}

func newReader() *reader {
	return &reader{sfc.Base{Endings: traits.ComponentEndings, Scripts: scripts}}
}

// traits are what the shared steps of reading need to know.
var traits = reading.Traits{
	Name: miniprogram.Taro, Configuration: "app.config.ts/.js", ComponentEndings: []string{".vue"}, BuildConfigs: []string{"config/index"},
	Constants: map[string]string{"process.env.TARO_ENV": "weapp"}, Identities: []string{"defineAppConfig", "definePageConfig"},
}

// Framework recognises Taro's projects.
type Framework struct{}

// Traits are what the shared steps of reading need to know.
func (Framework) Traits() reading.Traits { return traits }

// MayBeAt looks for the files by which a project is recognised.
func (Framework) MayBeAt(d *files.Disk, dir string) bool { return isTaroSource(d, dir) }

// NewReader makes what one project is read with.
func (Framework) NewReader() reading.Reader { return newReader() }

func (t *reader) Candidate(base string) bool {
	return files.HasExt(base, ".tsx", ".ts", ".jsx", ".js", ".mts", ".mjs", ".cjs", ".vue", ".wxml") &&
		!files.IsForeignFile(base) && !isForOtherPlatform(base) && path.Ext(strings.TrimSuffix(base, path.Ext(base))) != ".config"
}

// isForOtherPlatform tells of files that Taro takes for other platforms than WeChat: call.h5.ts.
func isForOtherPlatform(base string) bool {
	switch path.Ext(strings.TrimSuffix(base, path.Ext(base))) {
	case ".h5", ".rn", ".swan", ".alipay", ".tt", ".qq", ".jd", ".quickapp", ".harmony", ".kwai", ".dd":
		return true
	}
	return false
}

func (t *reader) Files(p *reading.Project, base string) reading.UnitFiles {
	for _, b := range []string{base, base + "/index"} {
		for _, ext := range scripts {
			if p.Disk.IsFile(b + ext) {
				at := reading.UnitFiles{Base: base, Script: p.Disk.Canonical(b + ext)}
				if p.Disk.IsFile(b + ".wxml") { // a native page or component beside the others
					at.Template = p.Disk.Canonical(b + ".wxml")
				}
				at.Config = t.configFile(p, b)
				return at
			}
		}
	}
	at := t.Base.Files(p, base)
	if t.IsComponentFile(at.Script) {
		at.Config = t.configFile(p, base)
	}
	return at
}

func (t *reader) Unregistered(p *reading.Project, name string, s *miniprogram.Script) (miniprogram.UnitKind, bool) {
	base := strings.TrimSuffix(name, path.Ext(name))
	if t.configFile(p, base) != "" || scan.Registers(s.Text, []byte("definePageConfig")) {
		return miniprogram.PageUnit, true
	}
	if p.Outline.Open && files.Within(name, p.Src+"/pages") { // the list of pages is not known
		return miniprogram.PageUnit, true
	}
	if isPlacedAsPage(name) && t.showsSomething(name, s.Text) {
		return miniprogram.PageUnit, true
	}
	if t.IsComponentFile(name) {
		return miniprogram.ComponentUnit, true
	}
	return miniprogram.AppUnit, false
}

// isPlacedAsPage tells of a file that stands where Taro's pages stand by custom: pages/call/index.tsx.
func isPlacedAsPage(name string) bool {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base)) == "index" && path.Base(path.Dir(path.Dir(name))) == "pages"
}

// showsSomething tells by a file's ending, or by its looks, that it exports a component.
func (t *reader) showsSomething(name string, text []byte) bool {
	return t.IsComponentFile(name) ||
		files.HasExt(name, ".tsx", ".jsx", ".js") && bytes.Contains(text, []byte("export default")) && (bytes.Contains(text, []byte("</")) || bytes.Contains(text, []byte("/>")))
}

func (t *reader) configFile(p *reading.Project, base string) string {
	for _, ext := range []string{".config.ts", ".config.js", ".config.tsx", ".config.jsx", ".json"} {
		if p.Disk.IsFile(base + ext) {
			return base + ext
		}
	}
	return ""
}

func (t *reader) Components(p *reading.Project, at *reading.UnitFiles) []configuration.ComponentRef {
	out := t.Base.Components(p, &reading.UnitFiles{Script: at.Script, Config: jsonOnly(at.Config)})
	if at.Config == "" || files.HasExt(at.Config, ".json") {
		return out
	}
	file, err := p.Disk.File(at.Config, p.Disk.Limits.Config)
	if err != nil || !bytes.Contains(file.Text, []byte("usingComponents")) {
		return out
	}
	e := p.NewEvaluator()
	return append(out, configuration.ComponentRefs(e.Exported(e.Module(at.Config), "default"))...)
}

func jsonOnly(name string) string {
	if files.HasExt(name, ".json") {
		return name
	}
	return ""
}

// Style is that of app.config.ts; the page is React's or Vue's.
func (t *reader) Style(p *reading.Project) miniprogram.Style {
	s := miniprogram.Style{Page: "taro", MarkupInCode: true}
	if p.VueVersion != 0 {
		s.Called = fmt.Sprintf("%s (Vue %d)", p.Framework, p.VueVersion)
		s.Page = map[int]string{2: "taro-vue2", 3: "taro-vue"}[p.VueVersion]
	}
	return s
}

func (t *reader) Configure(p *reading.Project, at *reading.Place) {
	p.Resolver.Infix = ".weapp"
	p.Resolver.Extensions = t.Extensions()
	p.VueVersion = vueVersion(p)
	name := configFile(p.Disk.Disk, at.Src)
	if name == "" {
		t.configureClass(p, at)
		return
	}
	file, err := p.Disk.File(name, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(name, err)
		p.Config = miniprogram.AppConfig{File: p.Disk.Absent(name)}
		p.Outline.Open = true
		return
	}
	p.Config = miniprogram.AppConfig{File: file}
	if files.HasExt(name, ".json") {
		p.ConfigureFrom(configuration.Check(&p.Config, file, jsondoc.ParseTolerant(file.Text)))
		return
	}
	e := p.NewEvaluator()
	m := e.Module(name)
	p.ConfigureFromCode(m, func() *configuration.Value { return e.Exported(m, "default") })
}

// configureClass reads the configuration of older versions: a property of the app's class.
func (t *reader) configureClass(p *reading.Project, at *reading.Place) {
	name := appFile(p.Disk.Disk, at.Src)
	p.Config = miniprogram.AppConfig{File: p.Disk.Absent(at.Src + "/app.config.ts")}
	file, err := p.Disk.File(name, p.Disk.Limits.Script)
	if err != nil {
		p.Disk.Unreadable(name, err)
		p.Outline.Open = true
		return
	}
	p.Config.File = file
	p.ConfigureFromClass(&miniprogram.Script{File: file, Text: file.Text, Dialect: miniprogram.DialectOf(path.Ext(name))})
}

// vueVersion is the version of Vue that a Taro project is written with; 0 for React.
func vueVersion(p *reading.Project) int {
	for _, up := range files.Parents(p.Src) {
		if m := p.Disk.Manifest(up); m != nil {
			return sfc.VueOfPackage(m)
		}
		if up == p.Top {
			break
		}
	}
	return 0
}

func configFile(d *files.Disk, src string) string {
	for _, ext := range []string{".ts", ".js", ".tsx", ".jsx", ".mts", ".mjs", ".json"} {
		if d.StatFile(src + "/app.config" + ext) {
			return src + "/app.config" + ext
		}
	}
	return ""
}

func appFile(d *files.Disk, src string) string {
	for _, ext := range []string{".tsx", ".jsx", ".ts", ".js", ".vue"} {
		if d.StatFile(src + "/app" + ext) {
			return src + "/app" + ext
		}
	}
	return ""
}

// Locate recognises a Taro project by its app configuration, or, in older versions, by its package.json.
func (Framework) Locate(d *files.Disk, dir string) *reading.Place {
	for _, src := range []string{dir + "/src", dir} {
		if !isTaroSource(d, src) {
			continue
		}
		root := dir
		if src == dir && path.Base(dir) == "src" {
			root = path.Dir(dir)
		}
		return &reading.Place{Dir: root, Src: src, Framework: miniprogram.Taro}
	}
	return nil
}

// isTaroSource reports whether a folder holds the sources of a Taro project.
func isTaroSource(d *files.Disk, src string) bool {
	if name := configFile(d, src); name != "" {
		// Nuxt and Expo have a file of that name too; only a mini-program's lists pages.
		file, err := d.File(name, d.Limits.Config)
		return err != nil || bytes.Contains(file.Text, []byte("pages")) && !scan.ContainsWord(file.Text, []byte("expo"))
	}
	app := appFile(d, src)
	if app == "" || !dependsOn(d, src, `"@tarojs/taro"`) {
		return false
	}
	file, err := d.File(app, d.Limits.Script)
	return err == nil && bytes.Contains(file.Text, []byte("config")) && bytes.Contains(file.Text, []byte("pages/"))
}

// dependsOn reports whether the package.json of the folder or of the one above names a package.
func dependsOn(d *files.Disk, dir, quoted string) bool {
	for _, up := range []string{dir, path.Dir(dir)} {
		if d.StatFile(up + "/package.json") {
			if file, err := d.File(up+"/package.json", d.Limits.Config); err == nil && bytes.Contains(file.Text, []byte(quoted)) {
				return true
			}
		}
	}
	return false
}
