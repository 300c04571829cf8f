package uniapp

// uni-app: manifest.json and pages.json, .vue files, easycom. Source:
// uniapp.dcloud.net.cn, collocation/manifest.html and collocation/pages.html.

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/conditional"
	"github.com/voipcheck/voipcheck/internal/framework/sfc"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/evaluation"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
)

// reader reads a project of uni-app.
type reader struct {
	sfc.Base
	easycom easycom
}

func newReader() *reader {
	r := &reader{Base: sfc.Base{
		Endings: traits.ComponentEndings,
		Scripts: []string{".ts", ".js", ".mts", ".mjs", ".cjs", ".tsx", ".jsx", ".uts"},
	}}
	r.ByTag = &r.easycom
	return r
}

// traits are what the shared steps of reading need to know.
var traits = reading.Traits{
	Name: miniprogram.UniApp, Configuration: "manifest.json + pages.json", ComponentEndings: []string{".vue", ".nvue", ".uvue"}, BuildConfigs: []string{"vite.config", "vue.config"},
	Identities: []string{"defineManifestConfig", "defineUniPages"}, Interceptors: true,
}

// Framework recognises uni-app's projects.
type Framework struct{}

// Traits are what the shared steps of reading need to know.
func (Framework) Traits() reading.Traits { return traits }

// MayBeAt looks for the files by which a project is recognised.
func (Framework) MayBeAt(d *files.Disk, dir string) bool {
	for _, name := range []string{"manifest.json", "src/manifest.json", "pages.json", "src/pages.json"} {
		if d.StatFile(dir + "/" + name) {
			return true
		}
	}
	return false
}

// NewReader makes what one project is read with.
func (Framework) NewReader() reading.Reader { return newReader() }

// Style is that of manifest.json and pages.json.
func (r *reader) Style(p *reading.Project) miniprogram.Style {
	s := miniprogram.Style{
		Called: fmt.Sprintf("%s (Vue %d)", p.Framework, p.VueVersion), Page: "uni-app", PagesIn: "pages.json", PermissionsIn: "manifest.json", PermissionsBelow: "mp-weixin",
		PageObjects: true, Conditional: true,
	}
	if p.VueVersion == 2 {
		s.Page = "uni-app-vue2"
	}
	return s
}

func (r *reader) Configure(p *reading.Project, at *reading.Place) {
	manifest, ok := r.manifest(p, at)
	if ok {
		p.VueVersion = vueVersion(p, manifest)
		if name := strings.TrimSpace(manifest.Get("name").AsString()); p.Name == "" && !strings.HasPrefix(name, "%") { // else a key of translations
			p.Name = name
		}
	}
	if p.VueVersion == 0 {
		p.VueVersion = r.vueOfMain(p)
	}
	r.Conditions = conditional.Weixin(p.VueVersion)
	r.pages(p, at)
	p.Resolver.Aliases = append(p.Resolver.Aliases, resolution.Alias{Pattern: "@/*", Targets: []string{"*"}, Dir: p.Src}, resolution.Alias{Pattern: "~@/*", Targets: []string{"*"}, Dir: p.Src})
	sfc.ReadGlobalComponents(p)
}

// manifest reads manifest.json, which holds the permissions.
func (r *reader) manifest(p *reading.Project, at *reading.Place) (*configuration.Value, bool) {
	name := at.Src + "/manifest.json"
	if code := generatorOf(p.Disk.Disk, at, "manifest"); code != "" && !p.Disk.Exists(name) {
		return r.manifestCode(p, code)
	}
	if !p.Disk.Exists(name) {
		p.Config = miniprogram.AppConfig{File: p.Disk.Absent(name)}
		configuration.NoteMissing(&p.Config, p.Config.File)
		return nil, false
	}
	file, err := p.Disk.File(name, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(name, err)
		p.Config = miniprogram.AppConfig{File: p.Disk.Absent(name)}
		return nil, false
	}
	p.Config = miniprogram.AppConfig{File: file}
	root := configuration.Check(&p.Config, file, jsondoc.ParseTolerant(file.Text))
	if root == nil {
		return nil, false
	}
	takeWeixin(&p.Config, root, root.Get("mp-weixin"))
	return root, true
}

// manifestCode reads the module that manifest.json is made from, where it is not kept itself.
func (r *reader) manifestCode(p *reading.Project, name string) (*configuration.Value, bool) {
	file, err := p.Disk.File(name, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(name, err)
		p.Config = miniprogram.AppConfig{File: p.Disk.Absent(name)}
		return nil, false
	}
	p.Resolver.Extensions = r.Extensions()
	p.Config = miniprogram.AppConfig{File: file}
	e := p.NewEvaluator()
	m := e.Module(name)
	if m == nil || m.Err != nil {
		reading.NoteInvalidCode(&p.Config, m)
		return nil, false
	}
	p.Config.Readable = true
	root := e.Exported(m, "default")
	weixin := root.Get("mp-weixin")
	if weixin == nil && root.Unsure() {
		weixin = &configuration.Value{}
	}
	takeWeixin(&p.Config, root, weixin)
	return root, true
}

// takeWeixin takes the part of a manifest that is for WeChat, nil when there is none.
func takeWeixin(c *miniprogram.AppConfig, manifest, weixin *configuration.Value) {
	configuration.FillPermissions(c, weixin)
	if weixin == nil {
		c.Written.Root, c.Written.Wrap = configuration.LiteralOf(manifest, configuration.Object), "mp-weixin"
	}
}

// generatorOf is the module that manifest.json or pages.json is made from in projects that do
// not keep the file itself (manifest.config.ts, pages.config.ts of uni-helper); "" for none.
func generatorOf(d *files.Disk, at *reading.Place, stem string) string {
	for _, dir := range []string{at.Dir, at.Src} {
		for _, ext := range []string{".ts", ".mts", ".js", ".mjs"} {
			if name := dir + "/" + stem + ".config" + ext; d.StatFile(name) {
				return name
			}
		}
	}
	return ""
}

// pages reads pages.json, as it is for WeChat.
func (r *reader) pages(p *reading.Project, at *reading.Place) {
	name := at.Src + "/pages.json"
	if !p.Disk.Exists(name) {
		p.Outline.Open = true
		if generatorOf(p.Disk.Disk, at, "pages") == "" {
			configuration.NoteMissing(&p.Config, p.Disk.Absent(name))
			return
		}
		r.easycom.Scan(p, r.Endings)
		return
	}
	file, err := p.Disk.File(name, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(name, err)
		p.Outline.Open = true
		return
	}
	text := file.Text
	if len(text) > 0 {
		text = conditional.Blank(text, r.Conditions)
	}
	readable := p.Config.Readable
	root := configuration.Check(&p.Config, file, jsondoc.ParseTolerant(text))
	p.Config.Readable = readable
	if root == nil {
		p.Outline.Open = true
		return
	}
	p.Config.PageFile = file
	p.Config.Written.Lists = root.PageLists()
	p.Outline = configuration.OutlineOf(root)
	global := root.Get("globalStyle")
	p.Outline.Components = append(configuration.ComponentRefs(global), configuration.ComponentRefs(global.Get("mp-weixin"))...)
	r.easycom.Configure(p, root, r.Endings)
}

// vueVersion is the version that manifest.json or package.json tells; 0 when neither does.
func vueVersion(p *reading.Project, manifest *configuration.Value) int {
	switch manifest.Get("vueVersion").AsString() {
	case "2":
		return 2
	case "3":
		return 3
	}
	for _, dir := range []string{p.Dir, path.Dir(p.Dir)} {
		if v := sfc.VueOfPackage(p.Disk.Manifest(dir)); v != 0 {
			return v
		}
	}
	return 0
}

// vueOfMain is the version by the main module: 3 where it starts the app in the way of Vue 3, whatever
// the version of Vue that it is built with.
func (r *reader) vueOfMain(p *reading.Project) int {
	for _, name := range r.Main(p) {
		file, err := p.Disk.File(name, p.Disk.Limits.Script)
		if err != nil || len(file.Text) == 0 {
			continue
		}
		m := evaluation.NewModule(&miniprogram.Script{File: file, Text: conditional.Blank(file.Text, conditional.Weixin(2)), Dialect: miniprogram.DialectOf(path.Ext(name))})
		if m.Err == nil && m.Calls("vue", "createSSRApp", "createApp") {
			return 3
		}
	}
	return 2
}

// Locate recognises a uni-app project by its two configuration files, or by one of them
// beside App.vue.
func (Framework) Locate(d *files.Disk, dir string) *reading.Place {
	for _, src := range []string{dir, dir + "/src"} {
		if !isUniApp(d, src) {
			continue
		}
		root := dir
		if src == dir && path.Base(dir) == "src" && d.StatFile(path.Dir(dir)+"/package.json") {
			root = path.Dir(dir)
		}
		return &reading.Place{Dir: root, Src: src, Framework: miniprogram.UniApp}
	}
	return nil
}

func isUniApp(d *files.Disk, src string) bool {
	manifest, pages := d.StatFile(src+"/manifest.json"), d.StatFile(src+"/pages.json")
	switch {
	case manifest && pages:
		return true
	case !d.StatFile(src + "/App.vue"):
		return false
	case generatorOf(d, &reading.Place{Dir: path.Dir(src), Src: src}, "manifest") != "" && generatorOf(d, &reading.Place{Dir: path.Dir(src), Src: src}, "pages") != "":
		return true
	case !manifest && !pages:
		return false
	case pages:
		return true
	}
	// Browser extensions have a manifest.json too.
	file, err := d.File(src+"/manifest.json", d.Limits.Config)
	return err == nil && (bytes.Contains(file.Text, []byte(`"mp-weixin"`)) || bytes.Contains(file.Text, []byte(`"vueVersion"`)) ||
		bytes.Contains(file.Text, []byte("__UNI__")))
}
