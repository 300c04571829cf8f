// Package wepy is wepy: version 2's wepy.page(options), and version 1's classes. Source: wepyjs.github.io, and the packages' code.
package wepy

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/stores"
	"github.com/voipcheck/voipcheck/internal/framework/vue"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

//go:embed prelude/*.js
var preludes embed.FS

// Model is what the code of wepy means.
var Model = &platform.Framework{
	Name: miniprogram.Wepy,
	Libraries: []*platform.Library{
		{Files: platform.Folder(preludes, "prelude"), Packages: map[string]platform.Package{
			"wepy": {File: "wepy.js", Export: "classes"}, "@wepy/core": {File: "wepy.js", Export: "core"}, "@wepy/use-promisify": {File: "wepy.js", Export: "promisify"},
			"wepy-async-function": {File: "wepy.js", Export: "asynchronous"},
		}},
		vue.Library, stores.Vue,
	},
	Prelude: "wepy.js",
	Life: map[miniprogram.UnitKind][]platform.Stage{
		miniprogram.AppUnit:       vue.Stages(vue.First("onLaunch"), []platform.Stage{{Name: "onShow", First: true}}),
		miniprogram.PageUnit:      vue.Stages(vue.First("beforeCreate", "created", "attached", "onLoad"), []platform.Stage{{Name: "onShow", First: true}}, vue.First("mounted", "ready", "onReady")),
		miniprogram.ComponentUnit: vue.Stages(vue.First("beforeCreate", "created", "attached", "onLoad", "mounted", "ready")),
	},
	Hosts: []string{"wepy"},
}
