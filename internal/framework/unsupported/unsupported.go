package unsupported

// What looks like a mini-program and is written with something that is not read here, or for other platforms than WeChat. It is told
// by its name: reading it as something else would make claims that are not true.

import (
	"path"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// unsupportedKind is a framework or a platform by what its projects have.
type unsupportedKind struct {
	name     lang.Text
	packages []string // of which package.json names one as a dependency
	files    []string // of which one is there
}

func named(name string) lang.Text { return lang.T(name, name) }

// unsupportedFrameworks are compiled to WeChat's mini-programs.
var unsupportedFrameworks = []unsupportedKind{
	{name: named("remax"), packages: []string{"remax", "@remax/cli", "@remax/wechat", "@remax/one"}, files: []string{"remax.config.js", "remax.config.ts"}},
	{name: named("kbone"), packages: []string{"mp-webpack-plugin", "kbone-cli", "miniprogram-render"}},
	{name: named("chameleon"), packages: []string{"chameleon-tool", "chameleon-runtime", "chameleon-api"}, files: []string{"chameleon.config.js"}},
	{name: named("nanachi"), packages: []string{"nanachi", "nanachi-cli", "schnee-ui"}},
	{name: named("mpvue"), packages: []string{"mpvue", "mpvue-loader"}},
	{name: named("megalo"), packages: []string{"megalo", "@megalo/target"}},
	{name: named("Rax"), packages: []string{"rax", "rax-app", "build-plugin-rax-app"}},
}

// Locate tells what a folder is a project of that is not read; nil for none. Sources of its own that are read win: a repository
// may hold both.
func Locate(d *files.Disk, dir string) *reading.Place {
	for _, root := range projectFolders(dir) {
		if u := recognise(d, root); u != nil {
			return &reading.Place{Dir: root, Src: root, Framework: miniprogram.Framework(u.Name.EN), Unsupported: u}
		}
	}
	return nil
}

// projectFolders are the folder, and the one above where it is named as sources are.
func projectFolders(dir string) []string {
	if base := path.Base(dir); base == "src" || base == "source" {
		return []string{dir, path.Dir(dir)}
	}
	return []string{dir}
}

func recognise(d *files.Disk, dir string) *miniprogram.Unsupported {
	if d.IsFile(dir+"/game.json") && (d.IsFile(dir+"/game.js") || d.IsFile(dir+"/game.ts")) && !d.IsFile(dir+"/app.json") {
		return &miniprogram.Unsupported{
			Name: lang.T("mini-games", "小游戏"), Why: lang.T("game.json is there, and no app.json", "这里有 game.json，没有 app.json"),
		}
	}
	if d.IsFile(dir + "/app.json") {
		return otherPlatform(d, dir)
	}
	if u := uniAppX(d, dir); u != nil {
		return u
	}
	if hasOwnSources(d, dir) {
		return nil
	}
	for _, kind := range unsupportedFrameworks {
		for _, name := range kind.files {
			if d.IsFile(dir + "/" + name) {
				return &miniprogram.Unsupported{Name: kind.name, Why: lang.F(lang.T("%s is there", "这里有 %s"), name)}
			}
		}
	}
	depends := dependencies(d, dir)
	if slices.ContainsFunc(depends, isSupportedPackage) {
		return nil // what else it uses is for other platforms
	}
	for _, kind := range unsupportedFrameworks {
		for _, name := range kind.packages {
			if slices.Contains(depends, name) {
				return &miniprogram.Unsupported{Name: kind.name, Why: lang.F(lang.T("package.json depends on %s", "package.json 依赖 %s"), name)}
			}
		}
	}
	return nil
}

// hasOwnSources tells of a folder whose project.config.json leads to a mini-program that is no build output: what else the folder
// names is for something else in the repository.
func hasOwnSources(d *files.Disk, dir string) bool {
	c, err := configuration.ReadProjectConfig(d, dir)
	if err != nil || c == nil || c.Broken {
		return false
	}
	for _, root := range []string{c.SourceRoot, c.MiniprogramRoot()} {
		if root != "" && root != dir && !files.IsOutputName(path.Base(root)) && d.IsFile(root+"/app.json") && path.Dir(root) == dir && path.Base(root) != "src" {
			return true
		}
	}
	return false
}

// dependencies are the packages that package.json names, for use or for development.
func dependencies(d *files.Disk, dir string) []string {
	if !d.StatFile(dir + "/package.json") {
		return nil
	}
	file, err := d.File(dir+"/package.json", d.Limits.Config)
	if err != nil {
		return nil
	}
	root := jsondoc.ParseTolerant(file.Text).Root
	var names []string
	for _, key := range []string{"dependencies", "devDependencies"} {
		if of := root.Get(key); of != nil {
			for _, m := range of.Effective() {
				names = append(names, m.Key)
			}
		}
	}
	return names
}

// isSupportedPackage tells of a package that projects depend on which are read.
func isSupportedPackage(name string) bool {
	return strings.HasPrefix(name, "@dcloudio/") || slices.Contains([]string{"@tarojs/taro", "@mpxjs/core", "wepy", "@wepy/core"}, name)
}

// uniAppX tells of uni-app x by its manifest, which has a key of that name.
func uniAppX(d *files.Disk, dir string) *miniprogram.Unsupported {
	for _, name := range []string{dir + "/manifest.json", dir + "/src/manifest.json"} {
		if !d.StatFile(name) {
			continue
		}
		if file, err := d.File(name, d.Limits.Config); err == nil && jsondoc.ParseTolerant(file.Text).Root.Get("uni-app-x") != nil {
			return &miniprogram.Unsupported{Name: named("uni-app x"), Why: lang.T("manifest.json has the key uni-app-x", "manifest.json 里有 uni-app-x")}
		}
	}
	return nil
}

// otherPlatforms are those whose mini-programs have an app.json too, by the endings of their templates.
var otherPlatforms = []struct {
	ending string
	name   lang.Text
}{
	{".axml", lang.T("Alipay", "支付宝")}, {".ttml", lang.T("Douyin", "抖音")}, {".qml", lang.T("QQ", "QQ")}, {".swan", lang.T("Baidu", "百度")},
	{".ksml", lang.T("Kuaishou", "快手")}, {".jxml", lang.T("JD", "京东")},
}

// otherPlatform tells of a mini-program all of whose listed pages have templates of another platform.
func otherPlatform(d *files.Disk, dir string) *miniprogram.Unsupported {
	file, err := d.File(dir+"/app.json", d.Limits.Config)
	if err != nil {
		return nil
	}
	var found *miniprogram.Unsupported
	for _, page := range jsondoc.ParseTolerant(file.Text).Root.Get("pages").Strings() {
		base := dir + "/" + strings.TrimPrefix(page, "/")
		if d.IsFile(base + ".wxml") {
			return nil
		}
		for _, p := range otherPlatforms {
			if found == nil && d.IsFile(base+p.ending) {
				found = &miniprogram.Unsupported{
					Name: lang.F(lang.T("mini-programs of %s", "%s小程序"), p.name), Elsewhere: true,
					Why: lang.F(lang.T("the pages have templates that end in %s, and none in .wxml", "页面模板是 %s，没有 .wxml"), p.ending),
				}
			}
		}
	}
	return found
}
