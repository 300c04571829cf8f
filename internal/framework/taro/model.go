// Package taro is Taro. Source: docs.taro.zone.
package taro

import (
	"embed"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/framework/react"
	"github.com/voipcheck/voipcheck/internal/framework/stores"
	"github.com/voipcheck/voipcheck/internal/framework/vue"
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
		stores.React,
		vue.Library,
		stores.Vue,
	},
	Prelude: "taro.js",
	Life: map[miniprogram.UnitKind][]platform.Stage{
		miniprogram.AppUnit:       slices.Concat(vue.Life[miniprogram.AppUnit], app, react.Life),
		miniprogram.PageUnit:      slices.Concat(vue.Life[miniprogram.PageUnit], page, react.Life),
		miniprogram.ComponentUnit: vue.Life[miniprogram.ComponentUnit],
	},
	Hosts:     []string{"Taro"},
	Constants: []string{"TARO_ENV"},
	Imports:   []string{"vue", "react", "@tarojs/taro", "pinia"},
}

// app and page are what Taro runs of the app and of pages: as hooks, and as methods of classes.
var (
	app = []platform.Stage{
		{Name: "useLaunch", Once: true}, {Name: "onLaunch", Once: true}, {Name: "useDidShow"}, {Name: "componentDidShow"}, {Name: "onShow"}, {Name: "useDidHide"}, {Name: "componentDidHide"},
		{Name: "onHide"}, {Name: "useError"}, {Name: "onError"}, {Name: "usePageNotFound"}, {Name: "onPageNotFound"}, {Name: "useUnhandledRejection"}, {Name: "onUnhandledRejection"},
		{Name: "useThemeChange"}, {Name: "onThemeChange"},
	}
	page = []platform.Stage{
		{Name: "useLoad", Once: true}, {Name: "onLoad", Once: true}, {Name: "useDidShow"}, {Name: "componentDidShow"}, {Name: "onShow"}, {Name: "useReady", Once: true}, {Name: "onReady", Once: true},
		{Name: "useDidHide"}, {Name: "componentDidHide"}, {Name: "onHide"}, {Name: "useUnload"}, {Name: "onUnload"}, {Name: "usePullDownRefresh"}, {Name: "onPullDownRefresh"},
		{Name: "useReachBottom"}, {Name: "onReachBottom"}, {Name: "usePageScroll"}, {Name: "onPageScroll"}, {Name: "useResize"}, {Name: "onResize"}, {Name: "useTabItemTap"},
		{Name: "onTabItemTap"}, {Name: "useAddToFavorites"}, {Name: "onAddToFavorites"}, {Name: "useSaveExitState"}, {Name: "onSaveExitState"}, {Name: "useTitleClick"},
		{Name: "useShareAppMessage"}, {Name: "onShareAppMessage"}, {Name: "useShareTimeline"}, {Name: "onShareTimeline"},
	}
)
