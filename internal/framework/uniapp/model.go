// Package uniapp is uni-app. Source: uniapp.dcloud.net.cn.
package uniapp

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/stores"
	"github.com/voipcheck/voipcheck/internal/framework/vue"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

//go:embed prelude/*.js
var preludes embed.FS

// Model is what the code of uni-app means.
var Model = &platform.Framework{
	Name: miniprogram.UniApp,
	Libraries: []*platform.Library{
		{Files: platform.Folder(preludes, "prelude"), Packages: map[string]platform.Package{"@dcloudio/uni-app": {File: "uniapp.js"}}},
		vue.Library, stores.Vue,
	},
	Prelude:   "uniapp.js",
	Main:      []string{"main.js", "main.ts"},
	Life:      vue.Life,
	Hosts:     []string{"uni"},
	Constants: []string{"UNI_PLATFORM", "VUE_APP_PLATFORM"},
	Imports:   []string{"vue", "@dcloudio/uni-app", "pinia", "vuex"},
}
