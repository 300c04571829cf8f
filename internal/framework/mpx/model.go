// Package mpx is mpx. Source: mpxjs.cn, and the packages' code.
package mpx

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/stores"
	"github.com/voipcheck/voipcheck/internal/framework/vue"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

//go:embed prelude/*.js
var preludes embed.FS

// Model is what the code of mpx means.
var Model = &platform.Framework{
	Name: miniprogram.Mpx,
	Libraries: []*platform.Library{
		{Files: platform.Folder(preludes, "prelude"), Packages: map[string]platform.Package{
			"@mpxjs/core": {File: "mpx.js", Export: "core"}, "@mpxjs/store": {File: "mpx.js", Export: "core"}, "@mpxjs/api-proxy": {File: "mpx.js", Export: "api"},
		}},
		vue.Library, stores.Vue,
	},
	Prelude: "mpx.js",
	Life: map[miniprogram.UnitKind][]platform.Stage{
		miniprogram.AppUnit: vue.Stages(vue.First("onLaunch"), []platform.Stage{{Name: "onShow", First: true}}),
		miniprogram.PageUnit: vue.Stages(vue.First("beforeCreate", "created", "attached", "onLoad"), []platform.Stage{{Name: "onShow", First: true}},
			vue.First("beforeMount", "mounted", "ready", "onReady")),
		miniprogram.ComponentUnit: vue.Stages(vue.First("beforeCreate", "created", "attached", "beforeMount", "mounted", "ready")),
	},
	Hosts:     []string{"mpx"},
	Constants: []string{"__mpx_mode__", "__mpx_env__"},
	Imports:   []string{"@mpxjs/core"},
}
