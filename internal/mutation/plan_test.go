package mutation

// What a page does, before it is text: the steps of a call, which of them stand in a function of
// their own, and what is wrong with each.

import "github.com/voipcheck/voipcheck/checks"

// unit is one thing that is waited for: a call of the platform, or of a function of the project's own.
type unit struct {
	// api is the platform's function, mark the name of its place, props its options.
	api, mark string
	props     []string
	// together are both questions in one expression instead.
	together *together
	// own is the project's function instead, arg what it is given.
	own *own
	arg string

	// What is wrong with it: it is not waited for; its failure goes on, in one of two ways, or nothing else does; its failure
	// is told nobody; it is waited for though it was given a callback.
	floats   bool
	swallows int
	silent   bool
	mixed    bool
	// sometimes: it is called on some ways only.
	sometimes bool
}

// own is a function of the project's.
type own struct {
	name, param, convention string
	units                   []*unit
	// lies: it tells of success where it failed.
	lies bool
}

// plan is a page.
type plan struct {
	design
	names map[string]string
	units []*unit
	// guarded: DevTools is kept out, told from a device by the platform's name simulator; stays: it is told of and goes on.
	guarded, stays bool
	simulator      string
	// silent: what fails is told nobody, hollow: a handler is there and empty.
	silent, hollow bool
	// users is the text of both users' objects, initial of the page's fields where they are kept there.
	users   [2]string
	initial string
	// kept tells that the users' fields are given their values, all but left.
	kept bool
	left string
	// handler is the method that the template binds, settings what leads to the settings.
	handler, settings string
	// listens is when the app starts to listen for the other side: launch, show, or never.
	listens string
	// The app configuration.
	pages, permission, library string
	// reachable: the app enables when it shows.
	reachable bool
	// used tells that a page uses the component.
	used bool
	// missing: the module of the project's own function is a package that is not there.
	missing bool
	// plugin: the pages are a plugin's.
	plugin bool
	// unconfirmed is a step at the console that nobody confirmed.
	unconfirmed checks.Step
	// broken is put at the end of the page's script.
	broken string
}

const (
	permissionText = `"permission": {
    ‹record›"scope.record": { ‹record.desc›"desc": "用于通话时让对方听到您的声音" },
    ‹camera›"scope.camera": { ‹camera.desc›"desc": "用于视频通话时让对方看到您的画面" }
  }`
	settingsText = `<button open-type="openSetting">权限设置</button>`
)

// naming are the identifiers of each naming.
var naming = map[string]map[string]string{
	"plain":   {},
	"short":   {"tell": "t", "ask": "a", "ensure": "e", "prepare": "p", "enable": "n", "join": "j", "all": "l", "media": "m", "call": "c", "people": "u", "simulated": "s", "that": "o"},
	"dollar":  {"tell": "$tell", "ask": "_ask$1", "ensure": "$$ensure", "prepare": "_prepare", "enable": "enable$", "join": "_join", "all": "$all", "media": "$media", "call": "_onTap$", "people": "_people$", "simulated": "$sim", "that": "_this2"},
	"chinese": {"tell": "提示", "ask": "申请", "ensure": "确保授权", "prepare": "准备", "enable": "开启", "join": "加入", "all": "整套", "media": "媒体", "call": "呼叫", "people": "双方", "simulated": "模拟器", "that": "本页"},
}

func (p *plan) name(id string) string {
	if n := p.names[id]; n != "" {
		return n
	}
	return id
}

func ask(scope string) *unit {
	return &unit{api: "authorize", mark: "ask." + scope, props: []string{"‹scope." + scope + "›scope: 'scope." + scope + "'"}}
}

func enable() *unit {
	return &unit{api: "setEnable1v1Chat", mark: "enable", props: []string{"‹enable.enable›enable: true"}}
}

func newPlan(d design) *plan {
	d = d.sound()
	p := &plan{
		design: d, names: naming[d.names], guarded: true, simulator: "devtools", reachable: true, kept: true, used: true, settings: settingsText, listens: "launch",
		pages: `"pages": ["pages/call/call"]`, permission: permissionText, library: "3.3.4",
	}
	p.handler = p.name("call")
	p.users = [2]string{userText("caller", p.field("me"), p.field("myName")), userText("listener", p.field("peer"), p.field("peerName"))}
	p.initial = "me: '', myName: '', peer: '', peerName: ''"
	join := &unit{api: "join1v1Chat", mark: "join", props: p.joinProps(p.users[0], p.users[1])}
	self := p.people()
	if d.people != "data" {
		join.props = p.joinProps(self+".caller", self+".listener")
	}
	given := &unit{api: "join1v1Chat", mark: "join", props: p.joinProps(p.name("people")+".caller", p.name("people")+".listener")}
	if d.people == "data" {
		self = "{ " + p.users[0] + ", " + p.users[1] + " }"
	}
	part := func(name, param string, units ...*unit) *own {
		return &own{name: p.name(name), param: param, convention: d.convention, units: units}
	}
	record, camera, on := ask("record"), ask("camera"), enable()
	asking := []*unit{record, camera}
	if d.asking != "one by one" {
		asking = []*unit{{api: "authorize", mark: "asking", together: &together{how: d.asking}}}
	}
	sequence := func(more ...*unit) []*unit { return append(asking, more...) }
	switch d.part {
	case "ask":
		one := part("ask", "scope", &unit{api: "authorize", mark: "ask", props: []string{"‹scope›scope"}})
		p.units = []*unit{{own: one, arg: "'scope.record'"}, {own: one, arg: "'scope.camera'"}, on, join}
	case "ensure":
		p.units = []*unit{{own: part("ensure", "", asking...)}, on, join}
	case "prepare":
		p.units = []*unit{{own: part("prepare", "", sequence(on)...)}, join}
	case "enable":
		p.units = sequence(&unit{own: part("enable", "", on)}, join)
	case "join":
		p.units = sequence(on, &unit{own: part("join", p.name("people"), given), arg: self})
	case "all":
		p.units = []*unit{{own: part("all", p.name("people"), sequence(on, given)...), arg: self}}
	default:
		p.units = sequence(on, join)
	}
	return p
}

func userText(side, openid, nickname string) string {
	return side + ": ‹" + side + "›{ ‹" + side + ".openid›openid: " + openid + ", ‹" + side + ".nickname›nickname: " + nickname + " }"
}

// joinProps are the join's options: the users are literals of both sides, or expressions for them.
func (p *plan) joinProps(caller, listener string) []string {
	if p.design.people == "data" && caller == p.users[0] {
		return []string{caller, listener}
	}
	return []string{"caller: " + caller, "listener: " + listener}
}

// self is what the page is called in its methods.
func (p *plan) self() string {
	if p.es5() {
		return p.name("that")
	}
	return "this"
}

// people is where both users are.
func (p *plan) people() string {
	switch p.shell {
	case "taro", "uni-setup":
		return p.name("people")
	}
	if p.design.people == "module" {
		return p.name("people")
	}
	return p.self() + "." + p.name("people")
}

// field is where one value of a user comes from: the query, or the page's data.
func (p *plan) field(name string) string {
	if p.design.people != "data" {
		return "query." + name
	}
	if p.shell == "uni-options" {
		return p.self() + "." + name
	}
	return p.self() + ".data." + name
}

// every calls visit with each unit, those of the project's functions after the call of the first.
func (p *plan) every(visit func(u *unit, in *own)) {
	seen := map[*own]bool{}
	for _, u := range p.units {
		visit(u, nil)
		if u.own != nil && !seen[u.own] {
			seen[u.own] = true
			for _, inner := range u.own.units {
				visit(inner, u.own)
			}
		}
	}
}
