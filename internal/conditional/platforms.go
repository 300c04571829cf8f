package conditional

import "strings"

// platforms are what uni-app builds for, each with the names that hold there. Source: the table of platform values in uni-app's
// documentation of conditional compilation (tutorial/platform.html).
var platforms = []string{
	"MP MP-WEIXIN", "APP APP-PLUS APP-VUE", "APP APP-PLUS APP-NVUE APP-PLUS-NVUE", "APP APP-ANDROID", "APP APP-IOS", "APP APP-HARMONY",
	"H5 WEB", "MP MP-ALIPAY", "MP MP-BAIDU", "MP MP-TOUTIAO", "MP MP-LARK", "MP MP-QQ", "MP MP-KUAISHOU", "MP MP-JD", "MP MP-360", "MP MP-XHS", "MP MP-HARMONY",
	"QUICKAPP-WEBVIEW", "QUICKAPP-WEBVIEW QUICKAPP-WEBVIEW-UNION", "QUICKAPP-WEBVIEW QUICKAPP-WEBVIEW-HUAWEI",
}

// mostOwnNames is how many names of a project's own (its package.json defines platforms) are told apart.
const mostOwnNames = 4

// Builds are the builds between which text differs, at least one; the first is WeChat's with the given version of Vue. A name that
// is none of uni-app's is one of the project's own platforms, which are built like WeChat's, like H5, or without it.
func Builds(text []byte, vue int) []Conditions {
	builds := []Conditions{Weixin(vue)}
	found := directives(text)
	if len(found) == 0 {
		return builds
	}
	known := map[string]bool{"UNI-APP": true, "UNI-APP-X": true, "VUE2": true, "VUE3": true, "VUE2-X": true, "VUE3-X": true}
	for _, p := range platforms {
		for _, name := range strings.Fields(p) {
			known[name] = true
		}
	}
	var own []string
	for _, d := range found {
		for _, name := range strings.FieldsFunc(d.condition, func(r rune) bool { return strings.ContainsRune("|&!() \t\r", r) }) {
			if !known[name] && d.kind != markElse && d.kind != markEnd && len(own) < mostOwnNames {
				known[name] = true
				own = append(own, name)
			}
		}
	}
	for _, p := range platforms {
		for _, v := range []string{"VUE2", "VUE3"} {
			builds = append(builds, build(p, v, "UNI-APP"))
		}
	}
	for _, name := range own {
		for _, v := range []string{"VUE2", "VUE3"} {
			builds = append(builds, build(platforms[0], v, "UNI-APP", name), build("H5 WEB", v, "UNI-APP", name))
		}
	}
	return builds
}

func build(platform string, names ...string) Conditions {
	c := Conditions{}
	for _, name := range append(strings.Fields(platform), names...) {
		c[name] = true
	}
	return c
}

// Views are the texts that the builds of a text are made from, WeChat's first, and last the text itself, as those read it who know
// nothing of conditions.
func Views(text []byte, vue int) []func(text []byte) []byte {
	var views []func([]byte) []byte
	for _, c := range Builds(text, vue) {
		views = append(views, func(text []byte) []byte { return Blank(text, c) })
	}
	return append(views, func(text []byte) []byte { return text })
}
