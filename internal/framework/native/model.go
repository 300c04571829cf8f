package native

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/vue"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

//go:embed prelude/*.js
var preludes embed.FS

// Model is what packages mean that the platform's own programs use. The programs themselves mean what the platform makes of them.
var Model = &platform.Framework{
	Name: miniprogram.Native,
	Libraries: []*platform.Library{
		{Files: platform.Folder(preludes, "prelude"), Packages: map[string]platform.Package{"@vue-mini/core": {File: "vuemini.js"}}},
		{Files: vue.Library.Files},
	},
}
