package acme

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

//go:embed prelude/*.js
var preludes embed.FS

// Model is what the code of acme means.
var Model = &platform.Framework{
	Name: Name,
	Libraries: []*platform.Library{
		{Files: platform.Folder(preludes, "prelude"), Packages: map[string]platform.Package{"acme": {File: "acme.js"}}},
	},
	Prelude: "acme.js",
	Life:    map[miniprogram.UnitKind][]platform.Stage{miniprogram.PageUnit: {{Name: "onShow"}}},
}
