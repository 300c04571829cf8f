package sfc

// What Vue's projects have in common: the main module, the components that it registers for all, the version.

import (
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// Main is the module that starts the app.
func (v *Base) Main(p *reading.Project) []string {
	for _, base := range []string{"/main.ts", "/main.js", "/main.uts"} {
		if p.Disk.IsFile(p.Src + base) {
			return []string{p.Disk.Canonical(p.Src + base)}
		}
	}
	return nil
}

// globalCall is app.component('call-panel', CallPanel) and Vue.component(...).
var globalCall = regexp.MustCompile(`\.component\(\s*['"]([\w-]+)['"]\s*,\s*([A-Za-z_$][\w$]*)`)

// ReadGlobalComponents finds the components that the main module registers for all.
func ReadGlobalComponents(p *reading.Project) {
	for _, name := range p.Reader.Main(p) {
		file, err := p.Disk.File(name, p.Disk.Limits.Script)
		if err != nil {
			continue
		}
		locals := scan.LocalsIn(file.Text, func(b []byte) string { return string(b) })
		for _, m := range globalCall.FindAllSubmatch(file.Text, -1) {
			for _, l := range locals {
				if l.Name == string(m[2]) {
					p.Outline.Globals = append(p.Outline.Globals, configuration.GlobalComponent{Tag: string(m[1]), From: name, Local: l})
				}
			}
		}
	}
}

// VueOfPackage is the version of Vue in a package.json; 0 when it has none.
func VueOfPackage(m *jsondoc.Node) int {
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
