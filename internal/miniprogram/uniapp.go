package miniprogram

// uni-app: manifest.json and pages.json, .vue files, easycom. Source:
// uniapp.dcloud.net.cn, collocation/manifest.html and collocation/pages.html.

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/internal/conditional"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

type uniApp struct{ vue }

func newUniApp() *uniApp {
	return &uniApp{vue{
		endings: []string{".vue", ".nvue", ".uvue"},
		scripts: []string{".ts", ".js", ".mts", ".mjs", ".cjs", ".tsx", ".jsx", ".uts"},
	}}
}

func (r *uniApp) configure(p *Project, at *Place) {
	manifest, ok := r.manifest(p, at)
	if ok {
		p.VueVersion = vueVersion(p, manifest)
	}
	if p.VueVersion == 0 {
		p.VueVersion = r.vueOfMain(p)
	}
	r.conditions = conditional.Weixin(p.VueVersion)
	r.pages(p, at)
	p.resolve.aliases = append(p.resolve.aliases, alias{pattern: "@/*", targets: []string{"*"}, dir: p.src}, alias{pattern: "~@/*", targets: []string{"*"}, dir: p.src})
	p.globalComponents()
}

// manifest reads manifest.json, which holds the permissions.
func (r *uniApp) manifest(p *Project, at *Place) (*setting, bool) {
	name := at.src + "/manifest.json"
	if code := generatorOf(p.disk, at, "manifest"); code != "" && !p.disk.exists(name) {
		return r.manifestCode(p, code)
	}
	if !p.disk.exists(name) {
		p.Config = AppConfig{File: p.absent(name)}
		p.Config.missing(p.Config.File)
		return nil, false
	}
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		p.unreadable(name, err)
		p.Config = AppConfig{File: p.absent(name)}
		return nil, false
	}
	p.Config = AppConfig{File: file}
	root := p.Config.check(file, jsondoc.ParseTolerant(file.Text))
	if root == nil {
		return nil, false
	}
	p.Config.ofWeixin(root, root.get("mp-weixin"))
	return root, true
}

// manifestCode reads the module that manifest.json is made from, where it is not kept itself.
func (r *uniApp) manifestCode(p *Project, name string) (*setting, bool) {
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		p.unreadable(name, err)
		p.Config = AppConfig{File: p.absent(name)}
		return nil, false
	}
	p.resolve.extensions = r.extensions()
	p.Config = AppConfig{File: file}
	e := p.newEvaluator()
	m := e.module(name)
	if m == nil || m.err != nil {
		p.Config.invalidCode(m)
		return nil, false
	}
	p.Config.Readable = true
	root := e.exported(m, "default")
	weixin := root.get("mp-weixin")
	if weixin == nil && root.unsure() {
		weixin = &setting{}
	}
	p.Config.ofWeixin(root, weixin)
	return root, true
}

// ofWeixin takes the part of a manifest that is for WeChat, nil when there is none.
func (c *AppConfig) ofWeixin(manifest, weixin *setting) {
	fillPermissions(c, weixin)
	if weixin == nil {
		c.Written.Root, c.Written.Wrap = literalOf(manifest, objectSetting), "mp-weixin"
	}
}

// invalidCode notes that a configuration module cannot be parsed.
func (c *AppConfig) invalidCode(m *configModule) {
	if m != nil {
		c.Faults = append(c.Faults, ConfigFault{Kind: FaultInvalid, At: m.err.At, Detail: m.err.Why})
	}
}

// generatorOf is the module that manifest.json or pages.json is made from in projects that do
// not keep the file itself (manifest.config.ts, pages.config.ts of uni-helper); "" for none.
func generatorOf(d *disk, at *Place, stem string) string {
	for _, dir := range []string{at.Dir, at.src} {
		for _, ext := range []string{".ts", ".mts", ".js", ".mjs"} {
			if name := dir + "/" + stem + ".config" + ext; d.statFile(name) {
				return name
			}
		}
	}
	return ""
}

// pages reads pages.json, as it is for WeChat.
func (r *uniApp) pages(p *Project, at *Place) {
	name := at.src + "/pages.json"
	if !p.disk.exists(name) {
		p.outline.open = true
		if generatorOf(p.disk, at, "pages") == "" {
			p.Config.missing(p.absent(name))
			return
		}
		r.easycom.scan(p, r.endings)
		return
	}
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		p.unreadable(name, err)
		p.outline.open = true
		return
	}
	text := file.Text
	if len(text) > 0 {
		text = conditional.Blank(text, r.conditions)
	}
	readable := p.Config.Readable
	root := p.Config.check(file, jsondoc.ParseTolerant(text))
	p.Config.Readable = readable
	if root == nil {
		p.outline.open = true
		return
	}
	p.Config.PageFile = file
	p.Config.Written.Lists = root.pageLists()
	p.outline = outlineOf(root)
	global := root.get("globalStyle")
	p.outline.components = append(componentRefs(global), componentRefs(global.get("mp-weixin"))...)
	r.easycom.configure(p, root, r.endings)
}

// vueVersion is the version that manifest.json or package.json tells; 0 when neither does.
func vueVersion(p *Project, manifest *setting) int {
	switch manifest.get("vueVersion").string() {
	case "2":
		return 2
	case "3":
		return 3
	}
	for _, dir := range []string{p.dir, path.Dir(p.dir)} {
		if v := vueOfPackage(p.manifest(dir)); v != 0 {
			return v
		}
	}
	return 0
}

// vueOfMain is the version by the main module: 3 where it starts the app in the way of Vue 3, whatever
// the version of Vue that it is built with.
func (r *uniApp) vueOfMain(p *Project) int {
	for _, name := range r.main(p) {
		file, err := p.disk.file(name, p.disk.limits.Script)
		if err != nil || len(file.Text) == 0 {
			continue
		}
		m := newConfigModule(&Script{File: file, Text: conditional.Blank(file.Text, conditional.Weixin(2)), Dialect: dialectOf(path.Ext(name))})
		if m.err == nil && m.startsVue3() {
			return 3
		}
	}
	return 2
}

// startsVue3 reports whether a module calls createSSRApp or createApp of Vue.
func (m *configModule) startsVue3() bool {
	found := false
	script.WalkProgram(m.program, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok {
			return !found
		}
		name, member, _ := strings.Cut(memberChain(call.Callee), ".")
		l, imported := m.imports[name]
		if member == "" {
			member = l.imported
		}
		found = found || imported && l.spec == "vue" && (member == "createSSRApp" || member == "createApp")
		return !found
	})
	return found
}

// vueOfPackage is the version of Vue in a package.json; 0 when it has none.
func vueOfPackage(m *jsondoc.Node) int {
	for _, key := range []string{"dependencies", "devDependencies", "peerDependencies"} {
		deps := m.Get(key)
		if v := strings.TrimLeft(deps.StringOf("vue"), "^~>=v "); v != "" {
			switch v[0] {
			case '2':
				return 2
			case '3':
				return 3
			}
		}
		if deps.Get("@dcloudio/vite-plugin-uni") != nil || deps.Get("@tarojs/plugin-framework-vue3") != nil {
			return 3
		}
		if deps.Get("@dcloudio/vue-cli-plugin-uni") != nil || deps.Get("@tarojs/plugin-framework-vue2") != nil {
			return 2
		}
	}
	return 0
}

// globalCall is app.component('call-panel', CallPanel) and Vue.component(...).
var globalCall = regexp.MustCompile(`\.component\(\s*['"]([\w-]+)['"]\s*,\s*([A-Za-z_$][\w$]*)`)

// globalComponents finds the components that the main module registers for all.
func (p *Project) globalComponents() {
	for _, name := range p.reader.main(p) {
		file, err := p.disk.file(name, p.disk.limits.Script)
		if err != nil {
			continue
		}
		locals := localsIn(file.Text, func(b []byte) string { return string(b) })
		for _, m := range globalCall.FindAllSubmatch(file.Text, -1) {
			for _, l := range locals {
				if l.name == string(m[2]) {
					p.outline.globals = append(p.outline.globals, globalComponent{string(m[1]), name, l})
				}
			}
		}
	}
}

func (v *vue) main(p *Project) []string {
	for _, base := range []string{"/main.ts", "/main.js", "/main.uts"} {
		if p.disk.isFile(p.src + base) {
			return []string{p.disk.canonical(p.src + base)}
		}
	}
	return nil
}

// missing notes that a file is not there.
func (c *AppConfig) missing(file *source.File) {
	c.Faults = append(c.Faults, ConfigFault{Kind: FaultMissing, At: source.Span{File: file}, Detail: file.Path})
}

// uniAppAt recognises a uni-app project by its two configuration files, or by one of them
// beside App.vue.
func (l *locator) uniAppAt(dir string) *Place {
	for _, src := range []string{dir, dir + "/src"} {
		if !l.isUniApp(src) {
			continue
		}
		root := dir
		if src == dir && path.Base(dir) == "src" && l.disk.statFile(path.Dir(dir)+"/package.json") {
			root = path.Dir(dir)
		}
		return &Place{Dir: root, src: src, Framework: UniApp}
	}
	return nil
}

func (l *locator) isUniApp(src string) bool {
	manifest, pages := l.disk.statFile(src+"/manifest.json"), l.disk.statFile(src+"/pages.json")
	switch {
	case manifest && pages:
		return true
	case !l.disk.statFile(src + "/App.vue"):
		return false
	case generatorOf(l.disk, &Place{Dir: path.Dir(src), src: src}, "manifest") != "" && generatorOf(l.disk, &Place{Dir: path.Dir(src), src: src}, "pages") != "":
		return true
	case !manifest && !pages:
		return false
	case pages:
		return true
	}
	// Browser extensions have a manifest.json too.
	file, err := l.disk.file(src+"/manifest.json", l.disk.limits.Config)
	return err == nil && (bytes.Contains(file.Text, []byte(`"mp-weixin"`)) || bytes.Contains(file.Text, []byte(`"vueVersion"`)) ||
		bytes.Contains(file.Text, []byte("__UNI__")))
}
