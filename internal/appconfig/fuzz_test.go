package appconfig_test

import (
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/appconfig"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// FuzzApply adds to any configuration in code: what could be parsed still can be.
func FuzzApply(f *testing.F) {
	var seeds trial.Seeds
	for _, code := range []string{
		"export default defineAppConfig({ pages: ['a'], permission: {} })",
		"const p = [/* ] */ 'a', // '\n]\nexport default {\r\n\tpages: p, ...x,\r\n}",
		"module.exports = () => ({\"pages\": [`a`,], permission: { 'scope.record': { desc: /[}]/ } } as const)",
		"class App { config = { pages: [] } }\nexport default App",
	} {
		seeds.Add(code)
	}
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, code string) {
		if len(code) > 5000 {
			t.Skip()
		}
		files := map[string]string{
			"package.json": `{ "dependencies": { "@tarojs/taro": "3.6.31" } }`, "src/app.tsx": "export default 1",
			"src/app.config.ts": code + "\n// pages",
		}
		load := func() *miniprogram.Project {
			projects, err := check.Projects(check.Options{Dir: "/work", Paths: []string{"."}, FS: miniprogram.MemFS(files), Now: time.Unix(0, 0)})
			if err != nil || len(projects) != 1 {
				t.Skip()
			}
			return projects[0]
		}
		p := load()
		if !p.Config.Readable || len(p.Config.Faults) > 0 {
			t.Skip()
		}
		var additions []appconfig.Addition
		if a, err := appconfig.Register(p, "pages/call/call"); err == nil {
			additions = append(additions, a)
		}
		if a, err := appconfig.Declare(p, []appconfig.Permission{{Scope: "scope.camera", Desc: "a'b\"c"}}); err == nil {
			additions = append(additions, a)
		}
		changes, err := appconfig.Apply(additions...)
		if err != nil {
			t.Fatal(err) // code has no conditional blocks
		}
		for _, c := range changes {
			files[c.File.Path] = string(c.Text)
		}
		if after := load(); !after.Config.Readable {
			t.Errorf("%q became %q, which cannot be parsed", code, files["src/app.config.ts"])
		}
	})
}
