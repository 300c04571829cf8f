// Package taro is Taro. Source: docs.taro.zone.
package taro

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/react"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

//go:embed prelude/*.js
var preludes embed.FS

// Model is what the code of Taro means.
var Model = &platform.Framework{
	Name: miniprogram.Taro,
	Libraries: []*platform.Library{
		{Files: platform.Folder(preludes, "prelude"), Packages: map[string]platform.Package{
			"@tarojs/taro":       {File: "taropackage.js"},
			"@tarojs/taro-h5":    {File: "taropackage.js"},
			"@tarojs/runtime":    {File: "taropackage.js"},
			"@tarojs/components": {File: "components.js"},
		}},
		react.Library,
	},
	Prelude: "taro.js",
	Life:    map[miniprogram.UnitKind][]platform.Stage{},
	Hosts:   []string{"Taro"},
}
