package mutation

// The files around a call: the page of each kind, the modules, the app.

import (
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
)

// place is where a mark stands.
type place struct {
	file   string
	offset int
}

// program is a project, with where its marks stand.
type program struct {
	files map[string]string
	marks map[string]place
	// page is the file that holds the handler.
	page string
	// scopes is how the scopes' names are written.
	scopes string
	// unconfirmed is a step at the console that nobody confirmed.
	unconfirmed checks.Step
}

var pageEntry = regexp.MustCompile(`"pages/[^"]*"`)

var markPattern = regexp.MustCompile(`‹([^›]*)›`)

// add adds a file and takes the marks out of its text.
func (p *program) add(name, text string) {
	if name != "app.json" {
		text = scopesWritten(name, text, p.scopes)
	}
	var b strings.Builder
	last := 0
	for _, m := range markPattern.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[last:m[0]])
		last = m[1]
		if id := text[m[2]:m[3]]; id != "" {
			if _, twice := p.marks[id]; !twice {
				p.marks[id] = place{name, b.Len()}
			}
		}
	}
	b.WriteString(text[last:])
	p.files[name] = b.String()
}

// laidOut indents code by its brackets, one step for each line that leaves some open.
func laidOut(text string) string {
	var b strings.Builder
	var open []int // the lines of the brackets that are open
	indents := func() int {
		n := 0
		for i := range open {
			if i == 0 || open[i] != open[i-1] {
				n++
			}
		}
		return n
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		rest := line
		for rest != "" && strings.IndexByte("})]", rest[0]) >= 0 && len(open) > 0 {
			open, rest = open[:len(open)-1], rest[1:]
		}
		if line != "" {
			b.WriteString(strings.Repeat("  ", indents()) + line)
		}
		b.WriteByte('\n')
		for _, c := range []byte(rest) {
			switch {
			case strings.IndexByte("{([", c) >= 0:
				open = append(open, i)
			case strings.IndexByte("})]", c) >= 0 && len(open) > 0:
				open = open[:len(open)-1]
			}
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// receiver is what the app does when it shows: who granted both before can be called.
const receiver = `
if (wx.getDeviceInfo().platform === 'devtools') return
wx.getSetting({
success(res) {
if (!res.authSetting['scope.record'] || !res.authSetting['scope.camera']) return
wx.setEnable1v1Chat({
enable: true,
fail(err) {
console.warn('cannot be called', err)
},
})
},
})
`

// write makes the program of a plan, which stays as it is: it may be written again, by others at the same time.
func write(given *plan) *program {
	changed := *given
	p := &changed
	w := &writer{plan: p}
	out := &program{files: map[string]string{}, marks: map[string]place{}, scopes: p.scopes, unconfirmed: p.unconfirmed}
	root := ""
	switch p.shell {
	case "uni-options", "uni-setup", "taro":
		root = "src/"
	}
	ext := ".js"
	if p.shell == "page-ts" {
		ext = ".ts"
	}

	// The project's own function comes first: where it lives decides what others import.
	var o *own
	for _, u := range p.units {
		if u.own != nil {
			o = u.own
		}
	}
	var local, imports, pageMethods, appMethods, behaviors string
	if o != nil {
		local, imports, pageMethods, appMethods, behaviors = w.placed(out, root, ext, o)
	}
	if p.design.settings == "other page" {
		p.pages = strings.Replace(p.pages, "]", `, "pages/settings/settings"]`, 1)
		out.add("pages/settings/settings.js", "Page({})\n")
		out.add("pages/settings/settings.wxml", p.settings+"\n")
		out.add("pages/settings/settings.json", "{}\n")
		p.settings = ""
	}
	w.app(out, root, ext, appMethods)
	if strings.Contains(p.pages, "other") {
		// The page that is registered, for faults in which the calling one is not.
		switch p.shell {
		case "uni-options", "uni-setup":
			out.add(root+"pages/other/other.vue", "<template><view /></template>\n<script>\nexport default {}\n</script>\n")
		case "taro":
			out.add(root+"pages/other/other.jsx", "export default () => null\n")
		default:
			out.add("pages/other/other.js", "Page({})\n")
			out.add("pages/other/other.wxml", "<view />\n")
			out.add("pages/other/other.json", "{}\n")
		}
	}
	w.page(out, root, ext, imports, local, pageMethods, behaviors)
	if p.plugin {
		out.intoPlugin()
	}
	return out
}

// placed writes the project's own function to where it lives.
func (w *writer) placed(out *program, root, ext string, o *own) (local, imports, pageMethods, appMethods, behaviors string) {
	module := root + "utils/media"
	path := "../../utils/media"
	media := w.name("media")
	w.used = map[string]bool{}
	form := map[string]int{"arrow": expression, "object": method, "class": method, "class-static": method, "prototype": expression,
		"method": method, "exports": expression, "esm-default": method, "esm-class": method, "app": method, "behavior": method}[w.place]
	text := w.write(w.ownFunction(o), form, false)
	if w.place == "prototype" || w.place == "exports" && w.es5() {
		text = strings.TrimSpace(text)
	}
	if w.missing {
		path = "media-permission"
	}
	file := func(name, text string) {
		if w.missing {
			w.used = map[string]bool{}
			return
		}
		out.add(name+ext, laidOut(w.prelude(text)+text+"\n"))
		w.used = map[string]bool{}
	}
	require := func(what, from string) string { return "const " + what + " = require('" + from + "')\n" }
	switch w.place {
	case "arrow":
		local = "const " + o.name + " = " + text + "\n"
	case "object":
		local = "const " + media + " = {\n" + text + ",\n}\n"
	case "class":
		local = "class Media {\n" + text + "\n}\nconst " + media + " = new Media()\n"
	case "class-static":
		local = "class " + media + " {\nstatic " + text + "\n}\n"
	case "prototype":
		local = "function Media() {}\nMedia.prototype." + o.name + " = " + w.unarrowed(text) + "\nconst " + media + " = new Media()\n"
	case "method":
		pageMethods = text + ",\n"
	case "commonjs":
		file(module, text+"\nmodule.exports = { "+o.name+": "+o.name+" }")
		imports = require("{ "+o.name+" }", path)
		if w.es5() {
			imports = "var " + o.name + " = require('" + path + "')." + o.name + "\n"
		}
	case "exports":
		file(module, "exports."+o.name+" = "+text)
		imports = require(media, path)
	case "esm", "esm-reexport":
		file(module, "export "+text)
		if w.place == "esm-reexport" {
			out.add(root+"utils/index"+ext, "export * from './media'\n")
			path = "../../utils/index"
		}
		imports = "import { " + o.name + " } from '" + path + "'\n"
	case "esm-default":
		file(module, "export default {\n"+text+",\n}")
		imports = "import " + media + " from '" + path + "'\n"
	case "esm-class":
		file(module, "export default class Media {\n"+text+"\n}")
		imports = "import Media from '" + path + "'\n"
		local = "const " + media + " = new Media()\n"
	case "app":
		appMethods = text + ",\n"
		w.used = map[string]bool{}
		if w.host == "destructured" || w.host == "bound" || w.host == "alias" || w.host == "promisified" {
			w.appUsed = usedIn(text)
		}
	case "behavior":
		file(root+"behaviors/media", "module.exports = Behavior({\nmethods: {\n"+text+",\n},\n})")
		imports = require(media+"Behavior", "../../behaviors/media")
		behaviors = "behaviors: [" + media + "Behavior],\n"
	default:
		local = text + "\n"
	}
	return local, imports, pageMethods, appMethods, behaviors
}

// usedIn are the platform's functions in a text.
func usedIn(text string) map[string]bool {
	used := map[string]bool{}
	for _, api := range []string{"authorize", "setEnable1v1Chat", "join1v1Chat"} {
		if strings.Contains(text, api) {
			used[api] = true
		}
	}
	return used
}

// unarrowed turns an arrow into a function expression.
func (w *writer) unarrowed(text string) string {
	if w.es5() {
		return text
	}
	async := ""
	if rest, ok := strings.CutPrefix(text, "async "); ok {
		async, text = "async ", rest
	}
	return async + "function " + strings.Replace(text, ") => {", ") {", 1)
}

// listening is how every program learns that the other side has hung up.
const listening = "wx.onVoIPChatMembersChanged(() => console.log('hung up'))\n"

// app writes the app and its configuration.
func (w *writer) app(out *program, root, ext, methods string) {
	show, launch := "", ""
	if w.reachable {
		show = receiver
	}
	switch w.listens {
	case "launch":
		launch = listening
	case "show":
		show = listening + show
	}
	used := w.used
	w.used = w.appUsed
	defer func() { w.used = used }()
	switch w.shell {
	case "uni-options", "uni-setup":
		out.add("package.json", `{ "dependencies": { "vue": "^3.4.21", "@dcloudio/uni-app": "3.0.0-4020320240708001" } }`)
		out.add(root+"manifest.json", "{\n  \"vueVersion\": \"3\",\n  \"mp-weixin\": {"+tail(w.permission)+"}\n}\n")
		out.add(root+"pages.json", pageEntry.ReplaceAllString("{ "+w.pages+" }", `{ "path": $0 }`))
		out.add(root+"App.vue", laidOut("<script>\nexport default {\nonLaunch() {\n"+launch+"},\nonShow() {\n"+show+"},\n}\n</script>\n"))
		return
	case "taro":
		out.add("package.json", `{ "dependencies": { "@tarojs/taro": "3.6.31", "@tarojs/components": "3.6.31", "react": "^18.0.0" } }`)
		out.add("config/index.js", "module.exports = { sourceRoot: 'src', outputRoot: 'dist', framework: 'react' }\n")
		out.add("project.config.json", "{ \"miniprogramRoot\": \"dist/\", \"compileType\": \"miniprogram\", ‹library›\"libVersion\": \""+w.library+"\" }")
		out.add(root+"app.config.js", "export default defineAppConfig({\n"+w.pages+","+tail(w.permission)+"})\n")
		out.add(root+"app.jsx", laidOut("import { useDidShow, useLaunch } from '@tarojs/taro'\nexport default function App({ children }) {\nuseLaunch(() => {\n"+launch+"})\nuseDidShow(() => {\n"+show+"})\nreturn children\n}\n"))
		return
	}
	out.add("project.config.json", "{\n  \"appid\": \"wx5f1c8e0d7a3b6924\",\n  \"compileType\": \"miniprogram\",\n  ‹library›\"libVersion\": \""+w.library+"\"\n}\n")
	separator := ","
	if w.permission == "" {
		separator = ""
	}
	out.add("app.json", "‹app›{\n  "+w.pages+separator+tail(w.permission)+"}\n")
	out.add("app"+ext, laidOut(w.prelude(methods)+"App({\n"+methods+"onLaunch() {\n"+launch+"},\nonShow() {\n"+show+"},\n})\n"))
}

func tail(permission string) string {
	if permission == "" {
		return "\n"
	}
	return "\n  ‹permission›" + permission + "\n"
}

// page writes the page or component that calls.
func (w *writer) page(out *program, root, ext, imports, local, methods, behaviors string) {
	people := w.people()
	// What the own function calls is in used already, where it stands in this file.
	if w.used == nil {
		w.used = map[string]bool{}
	}
	form := method
	if w.shell == "taro" || w.shell == "uni-setup" {
		form = declaration
	}
	call := w.write(w.handlerFunction(), form, true)
	load := "onLoad"
	keep := people + " = { " + strings.Join(w.users[:], ", ") + " }\n"
	if w.design.people == "data" {
		if w.shell == "uni-options" {
			keep = "Object.assign(" + w.self() + ", { me: query.me, myName: query.myName, peer: query.peer, peerName: query.peerName })\n"
		} else {
			keep = w.self() + ".setData({ me: query.me, myName: query.myName, peer: query.peer, peerName: query.peerName })\n"
		}
		if w.left != "" {
			field := w.left + ": query." + w.left
			keep = strings.Replace(strings.Replace(keep, field+", ", "", 1), ", "+field+" ", " ", 1)
		}
		if !w.kept {
			keep = "console.log(query)\n"
		}
	}
	source := "query"
	if w.shell == "component" {
		load, source = "attached", ""
		keep = "const query = wx.getStorageSync('people')\n" + keep
	}
	first := w.write(function{name: load, params: source, body: keep}, method, false)
	module := ""
	if w.design.people == "module" && w.shell != "taro" {
		module = "let " + people + "\n"
	}
	if w.es5() {
		module = strings.Replace(module, "let ", "var ", 1)
	}
	state := ""
	if w.design.people == "data" {
		state = "data: { ‹data›" + w.initial + " },\n"
	}
	markup := "<button ‹binding›bindtap=\"" + w.handler + "\">呼叫</button>\n" + w.settings + "\n"
	if w.handler == "" {
		markup = "<button>呼叫</button>\n" + w.settings + "\n"
	}
	vue := strings.ReplaceAll(markup, "bindtap=", "@click=")
	after := ""
	if w.place == "below" {
		local, after = "", local
	}
	body := module + local
	name := root + "pages/call/call"
	switch w.shell {
	case "component-page":
		body += w.defined("Component(", ")", behaviors, state, "methods: {\n"+first+",\n"+methods+call+",\n},\n")
	case "component":
		name = root + "components/panel/panel"
		body += w.defined("Component(", ")", behaviors, state, "lifetimes: {\n"+first+",\n},\n", "methods: {\n"+methods+call+",\n},\n")
		using, markup := `{ "usingComponents": { "call-panel": "/components/panel/panel" } }`, "<call-panel />\n"
		if !w.plan.used {
			using, markup = "{}", "<view />\n"
		}
		out.add("pages/call/call.js", "Page({})\n")
		out.add("pages/call/call.json", using)
		out.add("pages/call/call.wxml", markup)
	case "uni-options":
		start := "data() {\nreturn { " + w.name("people") + ": {} }\n},\n"
		if w.design.people == "data" {
			start = "data() {\nreturn { ‹data›" + w.initial + " }\n},\n"
		}
		body += w.defined("export default ", "", start, first+",\n", "methods: {\n"+call+",\n},\n") + after
		w.single(out, name, "<template>\n<view>\n"+vue+"</view>\n</template>\n\n<script>\n", imports+w.prelude(body)+body+w.broken)
		return
	case "uni-setup":
		body += "onLoad((query) => {\n" + keep + "})\n" + call + "\n" + after
		w.single(out, name, "<template>\n<view>\n"+vue+"</view>\n</template>\n\n<script setup>\n",
			"import { onLoad } from '@dcloudio/uni-app'\n"+imports+w.prelude(body)+body+w.broken)
		return
	case "taro":
		jsx := "<Button ‹binding›onClick={" + w.handler + "}>呼叫</Button>"
		if w.handler == "" {
			jsx = "<Button>呼叫</Button>"
		}
		if w.settings != "" {
			jsx += "\n<Button openType='openSetting'>权限设置</Button>"
		}
		body = local + "export default function Call() {\nconst { params: query } = useRouter()\n" + "const " + keep + call +
			"\nreturn (\n<View>\n" + jsx + "\n</View>\n)\n}\n" + after
		out.page = name + ".jsx"
		out.add(name+".config.js", "export default definePageConfig({ navigationBarTitleText: '通话' })\n")
		out.add(out.page, laidOut("import Taro, { useRouter } from '@tarojs/taro'\nimport { Button, View } from '@tarojs/components'\n"+imports+
			w.prelude(body)+body+w.broken))
		return
	default:
		body += w.defined("Page(", ")", behaviors, state, first+",\n", methods, call+",\n")
	}
	body += after
	out.page = name + ext
	out.add(out.page, laidOut(imports+w.prelude(body)+body+w.broken))
	component := "{}"
	if w.shell == "component-page" || w.shell == "component" {
		component = `{ "component": true }`
	}
	out.add(name+".json", component)
	out.add(name+".wxml", markup)
}

// single writes a single-file component.
func (w *writer) single(out *program, name, markup, script string) {
	out.page = name + ".vue"
	out.add(out.page, markup+laidOut(script)+"</script>\n")
}
