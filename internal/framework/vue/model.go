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
		"vue-request": {File: "hooks.js"}, "vue-hooks-plus": {File: "hooks.js"},
		"vue-class-component": {File: "classes.js"}, "vue-property-decorator": {File: "classes.js"}, "vuex-class": {File: "classes.js"}, "vue-facing-decorator": {File: "classes.js"},
	},
}

// created are the functions that run before a page is shown; shown those that run when it is.
var (
	created = First("beforeCreate", "created")
	mounted = First("beforeMount", "mounted")
	shown   = []platform.Stage{{Name: "onShow", First: true}}
)

// Life are the functions of Vue's lifecycle together with the platform's, in the order in which they run
// (uniapp.dcloud.net.cn/tutorial/page.html#lifecycle).
var Life = map[miniprogram.UnitKind][]platform.Stage{
	miniprogram.AppUnit:       Stages(created, First("onLaunch"), shown, mounted),
	miniprogram.PageUnit:      Stages(created, First("onInit", "onLoad"), shown, mounted, First("onReady")),
	miniprogram.ComponentUnit: Stages(created, mounted),
}

// First are stages that run once, before any handler can.
func First(names ...string) []platform.Stage {
	var out []platform.Stage
	for _, name := range names {
		out = append(out, platform.Stage{Name: name, Once: true, First: true})
	}
	return out
}

// Stages are those of some lists, and those that may run at any time after them.
func Stages(lists ...[]platform.Stage) []platform.Stage {
	var out []platform.Stage
	for _, list := range lists {
		out = append(out, list...)
	}
	for _, name := range []string{
		"activated", "onHide", "onUnload", "beforeUpdate", "updated", "deactivated", "beforeDestroy", "destroyed", "beforeUnmount", "unmounted", "detached", "onPullDownRefresh", "onReachBottom",
		"onPageScroll", "onResize", "onTabItemTap", "onShareAppMessage", "onShareTimeline", "onAddToFavorites", "onSaveExitState", "onError", "onPageNotFound", "onUnhandledRejection",
		"onThemeChange", "onBackPress", "onNavigationBarButtonTap", "onNavigationBarSearchInputChanged", "onExit", "errorCaptured", "show", "hide", "resize", "moved", "error",
	} {
		out = append(out, platform.Stage{Name: name})
	}
	return out
}
