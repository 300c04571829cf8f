// Package vue is Vue as frameworks for mini-programs use it: components declared by options, classes and setup functions, on versions 2 and 3.
// Source: vuejs.org, v2.vuejs.org.
package vue

import (
	"embed"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

//go:embed prelude/*.js
var preludes embed.FS

// Library is what Vue's packages mean.
var Library = &platform.Library{
	Files: platform.Folder(preludes, "prelude"),
	Packages: map[string]platform.Package{
		"vue": {File: "package.js"}, "@vue/composition-api": {File: "package.js"}, "@vue/runtime-core": {File: "package.js"},
		"vue-class-component": {File: "classes.js"}, "vue-property-decorator": {File: "classes.js"}, "vuex-class": {File: "classes.js"}, "vue-facing-decorator": {File: "classes.js"},
	},
}

// created are the functions that run before a page is shown; shown those that run when it is.
var (
	created = []platform.Stage{{Name: "beforeCreate", Once: true, First: true}, {Name: "setup", Once: true, First: true}, {Name: "created", Once: true, First: true}}
	mounted = []platform.Stage{{Name: "beforeMount", Once: true, First: true}, {Name: "mounted", Once: true, First: true}}
)

// Life are the functions of Vue's lifecycle together with the platform's, in the order in which they run
// (uniapp.dcloud.net.cn/tutorial/page.html#lifecycle).
var Life = map[miniprogram.UnitKind][]platform.Stage{
	miniprogram.AppUnit: stages(created, []platform.Stage{{Name: "onLaunch", Once: true, First: true}, {Name: "onShow", First: true}}, mounted),
	miniprogram.PageUnit: stages(created, []platform.Stage{{Name: "onInit", Once: true, First: true}, {Name: "onLoad", Once: true, First: true}, {Name: "onShow", First: true}}, mounted,
		[]platform.Stage{{Name: "onReady", Once: true, First: true}}),
	miniprogram.ComponentUnit: stages(created, mounted),
}

func stages(lists ...[]platform.Stage) []platform.Stage {
	var out []platform.Stage
	for _, list := range lists {
		out = append(out, list...)
	}
	for _, name := range []string{
		"activated", "onHide", "onUnload", "beforeUpdate", "updated", "deactivated", "beforeDestroy", "destroyed", "beforeUnmount", "unmounted", "onPullDownRefresh", "onReachBottom",
		"onPageScroll", "onResize", "onTabItemTap", "onShareAppMessage", "onShareTimeline", "onAddToFavorites", "onSaveExitState", "onError", "onPageNotFound", "onUnhandledRejection",
		"onThemeChange", "onBackPress", "onNavigationBarButtonTap", "onNavigationBarSearchInputChanged", "onExit", "errorCaptured",
	} {
		out = append(out, platform.Stage{Name: name})
	}
	return out
}
