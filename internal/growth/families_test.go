package growth

// The families: programs of one kind at every size.

import (
	"fmt"
	"strings"
)

// fault is what is wrong with a program.
type fault int

const (
	right     fault = iota
	flowFault       // on one path the call is reached without a grant
	nameFault       // openId for openid
)

// family makes programs of one kind: of n pieces, with a fault.
type family struct {
	name  string
	about string
	// most is the largest size that is tried, loop whether the sizes are those of loops.
	most int
	loop bool
	// work is how much of the usual work is done, so that programs which use up what there is take seconds.
	work float64
	make func(n int, f fault) map[string]string
}

var families = []family{
	{"flag-values", "n other values of a flag of the page, each set by a handler of its own", 130, false, 1, flagValues},
	{"table-functions", "n functions in a table, of which an attribute of the element picks one", 130, false, 1, tableFunctions},
	{"components", "n components on the page, found by their id", 130, false, 1, components},
	{"events", "n places in a component that raise the event which starts the call", 130, false, 1, events},
	{"quiet-loop", "a loop of n turns that adds up, before Page() and when the page shows", 200_000, true, 1, quietLoop},
	{"filling-loop", "a loop of n turns that fills a list, when the page shows", 200_000, true, 1, fillingLoop},
	{"pushed", "n elements pushed, and their number tested before the call", 130, false, 1, pushed},
	{"switch", "n cases of a switch over what a server sent, one of which calls", 130, false, 1, switchCases},
	{"calls", "n calls within calls down to the question", 130, false, 1, nestedCalls},
	{"awaited-flags", "n independent answers awaited and tested before the call", 40, false, 0.05, awaitedFlags},
	{"thens", "n independent requests with .then, when the page loads", 40, false, 0.05, thens},
	{"requests", "n requests one after the other before the call", 40, false, 1, requests},
	{"queue", "n jobs in a queue that is worked through before the call", 130, false, 1, queue},
	{"handlers", "n further handlers that each set a field", 130, false, 1, handlers},
	{"pages", "n pages that call through one module", 130, false, 1, pages},
	{"tree", "a tree of n levels that is walked before enabling", 130, false, 1, tree},
}

// ask is the question for both scopes as statements of an async function.
const ask = `    await wx.authorize({ scope: 'scope.record' })
    await wx.authorize({ scope: 'scope.camera' })
`

// call enables and joins.
func call(f fault) string {
	openid := "openid"
	if f == nameFault {
		openid = "openId"
	}
	return fmt.Sprintf(`    if (wx.getDeviceInfo().platform === 'devtools') return
    await wx.setEnable1v1Chat({ enable: true })
    const { me, friend } = getApp().globalData
    await wx.join1v1Chat({ caller: { nickname: me.name, %s: me.id }, listener: { nickname: friend.name, openid: friend.id } })
`, openid)
}

// guarded is a function's body whose failures lead to the settings.
func guarded(body string) string {
	return "    try {\n" + body + "    } catch (e) {\n      wx.openSetting()\n    }\n"
}

// app is a mini-program with one page.
func app(page, template string, more ...string) map[string]string {
	files := map[string]string{
		"app.json": `{ "pages": ["pages/call/call"], "permission": {
  "scope.record": { "desc": "用于与家人语音通话" },
  "scope.camera": { "desc": "用于与家人视频通话" }
} }`,
		"app.js": `App({
  globalData: { me: null, friend: null },
  onLaunch() {
    wx.onVoIPChatMembersChanged(() => {})
    wx.request({ url: 'https://example.com/me', success: (res) => {
      this.globalData.me = res.data.me
      this.globalData.friend = res.data.friend
    } })
  }
})`,
		"pages/call/call.js": page, "pages/call/call.wxml": template, "pages/call/call.json": "{}",
	}
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return files
}

// lines joins what is made for each of n.
func lines(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

const button = `<button bindtap="onCall">call</button>`

// plain is a page whose call is preceded by something.
func plain(before string, f fault, more string) string {
	question := ask
	if f == flowFault {
		question = ""
	}
	return "Page({\n  data: {},\n" + more + "  async onCall() {\n" + before + guarded(question+call(f)) + "  }\n})\n"
}

func flagValues(n int, f fault) map[string]string {
	wrong := ""
	if f == flowFault {
		wrong = "  skip() { this.setData({ state: 'granted' }) },\n"
	}
	page := "Page({\n  data: { state: '' },\n" + lines(n, func(i int) string {
		return fmt.Sprintf("  set%d() { this.setData({ state: 'state%d' }) },\n", i, i)
	}) + wrong + "  async ask() {\n" + guarded(ask+"      this.setData({ state: 'granted' })\n") +
		"  },\n  async onCall() {\n    if (this.data.state !== 'granted') return\n" + guarded(call(f)) + "  }\n})\n"
	template := `<button bindtap="ask">ask</button>` + button + lines(n, func(i int) string { return fmt.Sprintf(`<view bindtap="set%d">%d</view>`, i, i) })
	if f == flowFault {
		template += `<view bindtap="skip">skip</view>`
	}
	return app(page, template)
}

func tableFunctions(n int, f fault) map[string]string {
	page := "const table = {\n" + lines(n, func(i int) string {
		question := ask
		if f == flowFault && i == n-1 {
			question = ""
		}
		return fmt.Sprintf("  async kind%d() {\n", i) + guarded(question+fmt.Sprintf("      console.log('kind%d')\n      await start()\n", i)) + "  },\n"
	}) + "}\n\nasync function start() {\n" + call(f) + "}\n\n" +
		"Page({\n  data: {},\n  onCall(e) {\n    table[e.currentTarget.dataset.kind]()\n  }\n})\n"
	template := lines(n, func(i int) string {
		return fmt.Sprintf(`<button data-kind="{{kinds[%d]}}" bindtap="onCall">%d</button>`, i, i)
	})
	return app(page, template)
}

func components(n int, f fault) map[string]string {
	var more []string
	using := make([]string, n)
	for i := range n {
		using[i] = fmt.Sprintf(`"part-%d": "/components/part%d/part"`, i, i)
		question := ask
		if f == flowFault && i == n-1 {
			question = ""
		}
		folder := fmt.Sprintf("components/part%d/part", i)
		more = append(more, folder+".js", "Component({\n  methods: {\n    async ask() {\n"+question+"    }\n  }\n})\n",
			folder+".json", `{ "component": true }`, folder+".wxml", "<view/>")
	}
	more = append(more, "pages/call/call.json", "{ \"usingComponents\": {\n"+strings.Join(using, ",\n")+"\n} }")
	page := "Page({\n  data: {},\n  async onCall() {\n" +
		guarded(fmt.Sprintf("      await this.selectComponent('#part%d').ask()\n", n-1)+call(f)) + "  }\n})\n"
	template := button + lines(n, func(i int) string { return fmt.Sprintf(`<part-%d id="part%d"/>`, i, i) })
	return app(page, template, more...)
}

func events(n int, f fault) map[string]string {
	part := "Component({\n  methods: {\n" + lines(n, func(i int) string {
		question := ask
		if f == flowFault && i == n-1 {
			question = ""
		}
		return fmt.Sprintf("    async press%d() {\n%s    },\n", i, guarded(question+fmt.Sprintf("      this.triggerEvent('ready', { way: 'way%d' })\n", i)))
	}) + "  }\n})\n"
	template := lines(n, func(i int) string { return fmt.Sprintf(`<view bindtap="press%d">%d</view>`, i, i) })
	page := "Page({\n  data: {},\n  async onReady2(e) {\n    console.log(e.detail.way)\n" + guarded(call(f)) + "  }\n})\n"
	return app(page, `<part bindready="onReady2"/>`, "pages/call/call.json", `{ "usingComponents": { "part": "/components/part/part" } }`,
		"components/part/part.js", part, "components/part/part.wxml", template, "components/part/part.json", `{ "component": true }`)
}

func quietLoop(n int, f fault) map[string]string {
	top := fmt.Sprintf("let sum = 0\nfor (let i = 0; i < %d; i++) {\n  sum += i\n}\n\n", n)
	show := fmt.Sprintf("  onShow() {\n    let rest = 0\n    for (let i = 0; i < %d; i++) {\n      rest = (rest + i) %% 7\n    }\n    this.rest = rest\n  },\n", n)
	return app(top+plain("", f, show), button)
}

func fillingLoop(n int, f fault) map[string]string {
	show := fmt.Sprintf("  onShow() {\n    const rows = []\n    for (let i = 0; i < %d; i++) {\n      rows.push({ id: i, text: `row ${i}` })\n    }\n    this.setData({ rows })\n  },\n", n)
	return app(plain("", f, show), button)
}

func pushed(n int, f fault) map[string]string {
	return app(plain("    const list = []\n"+lines(n, func(i int) string { return fmt.Sprintf("    list.push('item%d')\n", i) })+
		fmt.Sprintf("    if (list.length !== %d) return\n", n), f, ""), button)
}

func switchCases(n int, f fault) map[string]string {
	cases := lines(n, func(i int) string {
		return fmt.Sprintf("      case 'kind%d':\n        this.setData({ text: 'text%d' })\n        break\n", i, i)
	})
	question := ask
	if f == flowFault {
		question = ""
	}
	page := "Page({\n  data: {},\n  async onCall() {\n    const { data } = await new Promise((resolve, reject) => wx.request({ url: 'https://example.com/kind', success: resolve, fail: reject }))\n" +
		"    switch (data.kind) {\n" + cases + "      case 'call':\n" + guarded(question+call(f)) + "        break\n    }\n  }\n})\n"
	return app(page, button)
}

func nestedCalls(n int, f fault) map[string]string {
	question := ask
	if f == flowFault {
		question = ""
	}
	helpers := lines(n, func(i int) string {
		if i == 0 {
			return "async function ask0() {\n" + question + "}\n"
		}
		return fmt.Sprintf("async function ask%d() {\n  await ask%d()\n}\n", i, i-1)
	})
	return app(helpers+"Page({\n  data: {},\n  async onCall() {\n"+guarded(fmt.Sprintf("      await ask%d()\n", n-1)+call(f))+"  }\n})\n", button)
}

func awaitedFlags(n int, f fault) map[string]string {
	before := lines(n, func(i int) string {
		return fmt.Sprintf("    const flag%d = await this.fetch('flag%d')\n    if (flag%d) this.setData({ flag%d: true })\n", i, i, i, i)
	})
	fetch := "  fetch(name) {\n    return new Promise((resolve) => wx.request({ url: 'https://example.com/' + name, success: (res) => resolve(res.data.on), fail: () => resolve(false) }))\n  },\n"
	return app(plain(before, f, fetch), button)
}

func thens(n int, f fault) map[string]string {
	load := "  onLoad() {\n" + lines(n, func(i int) string {
		return fmt.Sprintf("    this.fetch('part%d').then((data) => this.setData({ part%d: data })).catch(() => this.setData({ part%d: null }))\n", i, i, i)
	}) + "  },\n  fetch(name) {\n    return new Promise((resolve, reject) => wx.request({ url: 'https://example.com/' + name, success: (res) => resolve(res.data), fail: reject }))\n  },\n"
	return app(plain("", f, load), button)
}

func requests(n int, f fault) map[string]string {
	before := lines(n, func(i int) string {
		return fmt.Sprintf("    const part%d = await this.fetch('part%d')\n    if (!part%d) return\n", i, i, i)
	})
	fetch := "  fetch(name) {\n    return new Promise((resolve) => wx.request({ url: 'https://example.com/' + name, success: (res) => resolve(res.data), fail: () => resolve(null) }))\n  },\n"
	return app(plain(before, f, fetch), button)
}

func queue(n int, f fault) map[string]string {
	jobs := lines(n, func(i int) string { return fmt.Sprintf("    jobs.push(() => { done.push('job%d') })\n", i) })
	if f != flowFault {
		jobs += "    jobs.push(() => wx.authorize({ scope: 'scope.record' }))\n"
	}
	jobs += "    jobs.push(() => wx.authorize({ scope: 'scope.camera' }))\n"
	page := "Page({\n  data: {},\n  async onCall() {\n    const jobs = []\n    const done = []\n" + jobs + guarded("      for (const job of jobs) await job()\n"+call(f)) + "  }\n})\n"
	return app(page, button)
}

func handlers(n int, f fault) map[string]string {
	more := lines(n, func(i int) string {
		return fmt.Sprintf("  set%d(e) {\n    if (e.detail.value) this.setData({ field%d: e.detail.value })\n    else this.setData({ field%d: null })\n  },\n", i, i, i)
	})
	return app(plain("", f, more), button+lines(n, func(i int) string { return fmt.Sprintf(`<input bindinput="set%d"/>`, i) }))
}

func pages(n int, f fault) map[string]string {
	files := app("", "", "utils/call.js", "export async function ask() {\n"+ask+"}\n\nexport async function start() {\n"+call(f)+"}\n")
	delete(files, "pages/call/call.js")
	delete(files, "pages/call/call.wxml")
	delete(files, "pages/call/call.json")
	names := make([]string, n)
	for i := range n {
		page := fmt.Sprintf("pages/p%d/p", i)
		names[i] = fmt.Sprintf("%q", page)
		question := "      await ask()\n"
		if f == flowFault && i == n-1 {
			question = ""
		}
		files[page+".js"] = "import { ask, start } from '../../utils/call'\n\nPage({\n  data: {},\n  async onCall() {\n" + guarded(question+"      await start()\n") + "  }\n})\n"
		files[page+".wxml"], files[page+".json"] = button, "{}"
		if i > 0 {
			files["pages/p0/p.wxml"] += fmt.Sprintf(`<navigator url="/%s">%d</navigator>`, page, i)
		}
	}
	files["app.json"] = strings.Replace(files["app.json"], `"pages/call/call"`, strings.Join(names, ", "), 1)
	return files
}

func tree(n int, f fault) map[string]string {
	nodes := strings.Repeat("{ name: 'a', children: [", n) + strings.Repeat("] }", n)
	walk := "function walk(node) {\n  node.seen = true\n  node.children.forEach((child) => walk(child))\n}\n\n"
	server := "function mark(nodes) {\n  for (const node of nodes) {\n    node.checked = false\n    if (node.children) mark(node.children)\n  }\n}\n\n"
	before := "    walk(tree)\n    mark(this.data.departments)\n"
	load := "  onLoad() {\n    wx.request({ url: 'https://example.com/tree', success: (res) => this.setData({ departments: res.data }) })\n  },\n"
	return app("const tree = "+nodes+"\n\n"+walk+server+plain(before, f, load), button)
}
