package mutation

// Everything that the rules name, done to a plan, and the finding that it has to give.

import "strings"

// want is an expected finding. reasons are those that may be given; a mark of "" is any place.
type want struct {
	rule    string
	reasons []string
	mark    string
}

// fault breaks a plan and tells what that has to give; nil when it does not apply.
type fault struct {
	name  string
	apply func(p *plan) []want
}

func one(rule, reason, mark string) []want {
	w := want{rule: rule, mark: mark}
	if reason != "" {
		w.reasons = strings.Split(reason, "|")
	}
	return []want{w}
}

// list is a sequence of units that can be changed: the page's, or an own function's.
type list struct{ units *[]*unit }

func (p *plan) lists() []list {
	out := []list{{&p.units}}
	for _, u := range p.units {
		if u.own != nil {
			out = append(out, list{&u.own.units})
			break
		}
	}
	return out
}

// asks tells that a unit asks, for the scope or for any.
func asks(u *unit, scope string) bool {
	if u.together != nil {
		return true
	}
	if u.own == nil {
		return u.api == "authorize" && (scope == "" || u.mark == "ask."+scope)
	}
	if u.own.param == "scope" {
		return scope == "" || u.arg == "'scope."+scope+"'"
	}
	for _, inner := range u.own.units {
		if asks(inner, scope) {
			return true
		}
	}
	return false
}

// enables and joins tell what a unit does, itself or inside.
func enables(u *unit) bool { return does(u, "setEnable1v1Chat") }

func joins(u *unit) bool { return does(u, "join1v1Chat") }

func does(u *unit, api string) bool {
	if u.own == nil {
		return u.api == api
	}
	for _, inner := range u.own.units {
		if inner.api == api {
			return true
		}
	}
	return false
}

// only tells that asking is all that a unit does.
func only(u *unit) bool { return asks(u, "") && !enables(u) && !joins(u) }

// both tells that a unit asks for both scopes.
func both(u *unit) bool { return u.together != nil || u.own != nil && u.own.param != "scope" }

// index returns where the first unit is that the test is for, or -1.
func (l list) index(test func(*unit) bool) int {
	for i, u := range *l.units {
		if test(u) {
			return i
		}
	}
	return -1
}

func (l list) remove(test func(*unit) bool) bool {
	var kept []*unit
	for _, u := range *l.units {
		if !test(u) {
			kept = append(kept, u)
		}
	}
	changed := len(kept) < len(*l.units)
	*l.units = kept
	return changed
}

// move puts the unit at from before the one at to.
func (l list) move(from, to int) {
	units := *l.units
	u := units[from]
	rest := append(append([]*unit{}, units[:from]...), units[from+1:]...)
	*l.units = append(append(append([]*unit{}, rest[:to]...), u), rest[to:]...)
}

// inner picks the list at that depth: 0 the page's, 1 the own function's.
func (p *plan) inner(depth int) (list, bool) {
	ls := p.lists()
	if depth >= len(ls) {
		return list{}, false
	}
	return ls[depth], true
}

// each gives the fault for the page's list and for the own function's.
func each(name string, apply func(p *plan, l list) []want) []fault {
	at := func(depth int) func(p *plan) []want {
		return func(p *plan) []want {
			l, ok := p.inner(depth)
			if !ok || depth == 1 && p.part == "ask" && strings.HasPrefix(name, "ask dropped") {
				return nil
			}
			return apply(p, l)
		}
	}
	return []fault{{name, at(0)}, {name + ", in a function of its own", at(1)}}
}

const (
	before = "authorize-before-enable"
	after  = "join-after-enable"
)

// flowFaults break what waits for what.
func flowFaults() []fault {
	var out []fault
	for _, scope := range []string{"record", "camera"} {
		out = append(out, each("ask dropped: "+scope, func(p *plan, l list) []want {
			if !l.remove(func(u *unit) bool { return !both(u) && asks(u, scope) }) {
				return nil
			}
			return one(before, "scope-missing", "enable")
		})...)
		out = append(out, each("ask not awaited: "+scope, func(p *plan, l list) []want {
			i := l.index(func(u *unit) bool { return only(u) && asks(u, scope) })
			if i < 0 || both(l.at(i)) && scope == "camera" {
				return nil
			}
			(*l.units)[i].floats = true
			return one(before, p.reason("not-awaited"), "enable")
		})...)
		for i, how := range []string{"swallowed", "swallowed or inverted"} {
			n := i + 1
			out = append(out, each("refusal "+how+": "+scope, func(p *plan, l list) []want {
				i := l.index(func(u *unit) bool { return only(u) && asks(u, scope) })
				if i < 0 || both(l.at(i)) && scope == "camera" {
					return nil
				}
				(*l.units)[i].swallows = n
				return one(before, p.reason("refusal-continues"), "enable")
			})...)
		}
	}
	out = append(out, each("asks dropped: both", func(p *plan, l list) []want {
		if p.part == "ask" && l.units != &p.units || !l.remove(only) {
			return nil
		}
		return one(before, "never-asked", "enable")
	})...)
	out = append(out, each("ask awaited with a callback", func(p *plan, l list) []want {
		i := l.index(func(u *unit) bool { return u.own == nil && u.together == nil && u.api == "authorize" })
		inside := l.units != &p.units
		async := !inside && strings.HasPrefix(p.flow, "await") || !inside && p.lowered() ||
			inside && !p.callbackStyle() && p.flow != "then" && (p.convention == "async" || p.convention == "boolean" || p.convention == "status" || p.convention == "result")
		if i < 0 || !async || p.host == "promisified" {
			return nil
		}
		(*l.units)[i].floats, (*l.units)[i].mixed = true, true
		return one(before, p.reason("not-awaited"), "enable")
	})...)
	out = append(out, each("enable before ask", func(p *plan, l list) []want {
		from, to := l.index(enables), l.index(only)
		if from < 0 || to < 0 || to > from {
			return nil
		}
		l.move(from, to)
		return one(before, p.reason("asked-after"), "enable")
	})...)
	out = append(out, each("enable between asks", func(p *plan, l list) []want {
		from, to := l.index(enables), l.index(func(u *unit) bool { return asks(u, "camera") })
		if from < 0 || to < 1 || to > from {
			return nil
		}
		l.move(from, to)
		return one(before, p.reason("asked-after"), "enable")
	})...)
	out = append(out, fault{"failure told as success", func(p *plan) []want {
		for _, u := range p.units {
			if u.own == nil {
				continue
			}
			u.own.lies = true
			switch {
			case joins(u):
				return nil
			case enables(u) && asks(u, ""):
				return one(after, "failure-continues|never-enabled", "join")
			case enables(u):
				return one(after, "failure-continues", "join")
			}
			return one(before, p.reason("refusal-continues"), "enable")
		}
		return nil
	}})
	out = append(out, fault{"ask on another way only", func(p *plan) []want {
		if p.flow != "await" && p.flow != "await-each" && p.flow != "awaiter" {
			return nil
		}
		l, _ := p.inner(0)
		i := l.index(only)
		if i < 0 || value(l.at(i).kind()) {
			return nil
		}
		l.at(i).sometimes = true
		return one(before, p.reason("other-path"), "enable")
	}})
	out = append(out, each("enable dropped", func(p *plan, l list) []want {
		if !l.remove(func(u *unit) bool { return enables(u) && !asks(u, "") && !joins(u) }) {
			return nil
		}
		return one(after, "never-enabled", "join")
	})...)
	out = append(out, each("enable not awaited", func(p *plan, l list) []want {
		i := l.index(func(u *unit) bool { return enables(u) && !joins(u) })
		if i < 0 {
			return nil
		}
		l.at(i).floats = true
		return one(after, "not-awaited", "join")
	})...)
	for i, how := range []string{"swallowed", "swallowed or inverted"} {
		n := i + 1
		out = append(out, each("failure of enable "+how, func(p *plan, l list) []want {
			i := l.index(func(u *unit) bool { return enables(u) && !joins(u) })
			if i < 0 {
				return nil
			}
			l.at(i).swallows = n
			if asks(l.at(i), "") {
				return one(after, "failure-continues|never-enabled", "join")
			}
			return one(after, "failure-continues", "join")
		})...)
	}
	out = append(out, each("join before enable", func(p *plan, l list) []want {
		from, to := l.index(joins), l.index(enables)
		if from < 0 || to < 0 || from == to {
			return nil
		}
		l.move(from, to)
		return one(after, "never-enabled|not-awaited", "join")
	})...)
	out = append(out, each("disabled again", func(p *plan, l list) []want {
		i := l.index(func(u *unit) bool { return u.own == nil && enables(u) })
		if i < 0 {
			return nil
		}
		off := &unit{api: "setEnable1v1Chat", mark: "disable", props: []string{"enable: false"}}
		*l.units = append(append(append([]*unit{}, (*l.units)[:i+1]...), off), (*l.units)[i+1:]...)
		return one(after, "disabled", "join")
	})...)
	out = append(out, fault{"users never assigned", func(p *plan) []want {
		if p.design.people != "data" {
			return nil
		}
		p.kept = false
		return []want{
			{"join-openid", []string{"never-assigned"}, "caller.openid"}, {"join-openid", []string{"never-assigned"}, "listener.openid"},
			{"join-nickname", []string{"never-assigned"}, "caller.nickname"}, {"join-nickname", []string{"never-assigned"}, "listener.nickname"},
		}
	}})
	return out
}

func (l list) at(i int) *unit { return (*l.units)[i] }

// failRule is the rule for a failure that nothing handles.
var failRule = map[string]string{
	"authorize": "authorize-fail-handled", "setEnable1v1Chat": "enable-fail-handled", "join1v1Chat": "join-fail-handled",
}

// exposed are the findings when nothing handles a unit's failure.
func exposed(u *unit) []want {
	switch kind := u.kind(); {
	case kind == "api":
		return []want{{rule: failRule[u.api], mark: u.mark}}
	case value(kind) || kind == "node":
		return nil
	}
	var out []want
	units := []*unit{u}
	if u.own != nil {
		units = u.own.units
	}
	for _, inner := range units {
		marks := []string{inner.mark}
		if inner.together != nil {
			marks = inner.together.asked()
		}
		for _, mark := range marks {
			out = append(out, want{rule: failRule[inner.api], mark: mark})
		}
	}
	return out
}

func handlingFaults() []fault {
	all := func(p *plan) []want {
		var out []want
		seen := map[string]bool{}
		for _, u := range p.units {
			for _, w := range exposed(u) {
				if !seen[w.mark] {
					seen[w.mark] = true
					out = append(out, w)
				}
			}
		}
		return out
	}
	out := []fault{
		{"no failure handled", func(p *plan) []want {
			p.silent = true
			if p.callbackStyle() {
				for _, u := range p.units {
					u.silent = true
				}
			}
			return all(p)
		}},
		{"handler empty", func(p *plan) []want {
			if p.callbackStyle() || p.flow == "await-each" {
				return nil
			}
			p.hollow = true
			for _, u := range p.units {
				if u.kind() == "node" {
					return nil // its error is looked at
				}
			}
			return all(p)
		}},
	}
	for i := range 4 {
		out = append(out, fault{"one failure not handled", func(p *plan) []want {
			if !p.callbackStyle() || i >= len(p.units) || p.part == "ask" && i < 2 {
				return nil
			}
			p.units[i].silent = true
			return exposed(p.units[i])
		}})
	}
	return out
}

// valueFaults break what calls are given.
func valueFaults() []fault {
	var out []fault
	props := func(mark string, p *plan, change func(u *unit)) bool {
		found := false
		p.every(func(u *unit, _ *own) {
			if u.mark == mark {
				change(u)
				found = true
			}
		})
		return found
	}
	enableAs := func(name, text, reason string) {
		mark := "enable.enable"
		if reason == "missing" {
			mark = "enable.options"
		}
		out = append(out, fault{"enable " + name, func(p *plan) []want {
			props("enable", p, func(u *unit) {
				u.props = nil
				if text != "" {
					u.props = []string{text}
				}
			})
			return one("enable-options", reason, mark)
		}})
	}
	enableAs("missing", "", "missing")
	enableAs("misspelt", "‹enable.enable›enabled: true", "unknown")
	enableAs("misspelt, capital", "‹enable.enable›Enable: true", "unknown")
	enableAs("a string", "‹enable.enable›enable: 'true'", "type")
	enableAs("a number", "‹enable.enable›enable: 1", "type")
	enableAs("given an unknown option", "enable: true, ‹enable.enable›backgroundTyp: 0", "unknown")
	enableAs("given a bad value", "enable: true, ‹enable.enable›backgroundType: 9", "value")
	out = append(out, fault{"enable false", func(p *plan) []want {
		props("enable", p, func(u *unit) { u.props = []string{"‹enable.enable›enable: false"} })
		return one(after, "disabled|never-enabled", "join")
	}})
	out = append(out, fault{"enable only ever false", func(p *plan) []want {
		p.reachable = false
		props("enable", p, func(u *unit) { u.props = []string{"‹enable.enable›enable: false"} })
		return one("enable-options", "false", "enable.enable")
	}})

	for side, other := range []string{"caller", "listener"} {
		field := func(name, openid, nickname, rule, reason, mark string) {
			out = append(out, fault{other + ": " + name, func(p *plan) []want {
				if p.design.people == "data" && strings.Contains(name, "missing") {
					p.initial = "me: '', myName: '', peer: '', peerName: ''"
				}
				values := [2][2]string{{p.field("me"), p.field("myName")}, {p.field("peer"), p.field("peerName")}}[side]
				fill := func(text, value string) string { return strings.ReplaceAll(text, "$", value) }
				var parts []string
				for i, text := range []string{openid, nickname} {
					if text == "=" {
						text = []string{"openid: $", "nickname: $"}[i]
					}
					if text != "" {
						parts = append(parts, fill(text, values[i]))
					}
				}
				old := p.users[side]
				p.users[side] = other + ": ‹" + other + "›{ " + strings.Join(parts, ", ") + " }"
				p.replace(old, p.users[side])
				if reason == "empty" && p.design.people != "data" {
					reason += "|never-assigned" // it is written, and it is what a kept field begins and ends with
				}
				return one(rule, reason, mark)
			}})
		}
		at := other + ".at"
		key := "‹" + at + "›"
		field("openid missing", "", "=", "join-openid", "missing", other)
		field("openid misspelt openId", key+"openId: $", "=", "join-openid", "misspelt", at)
		field("openid misspelt openID", key+"openID: $", "=", "join-openid", "misspelt", at)
		field("openid misspelt open_id", key+"open_id: $", "=", "join-openid", "misspelt", at)
		field("openid empty", key+"openid: ''", "=", "join-openid", "empty", at)
		field("openid null", key+"openid: null", "=", "join-openid", "empty", at)
		field("openid undefined", key+"openid: undefined", "=", "join-openid", "empty", at)
		field("openid a number", key+"openid: 12345", "=", "join-openid", "type", at)
		field("openid a placeholder", key+"openid: 'your-openid'", "=", "join-openid", "placeholder", at)
		field("openid a Chinese placeholder", key+"openid: '用户的openid'", "=", "join-openid", "placeholder", at)
		field("openid written in the code", key+"openid: 'oQ3xL0f8KzR2mVtY6bNw9cJdE1uS'", "=", "join-openid-hardcoded", "", at)
		field("nickname missing", "=", "", "join-nickname", "missing", other)
		field("nickname misspelt nickName", "=", key+"nickName: $", "join-nickname", "misspelt", at)
		field("nickname misspelt nick", "=", key+"nick: $", "join-nickname", "misspelt", at)
		field("nickname misspelt name", "=", key+"name: $", "join-nickname", "misspelt", at)
		field("nickname empty", "=", key+"nickname: ''", "join-nickname", "empty", at)
		field("nickname blank", "=", key+"nickname: '  '", "join-nickname", "empty", at)
		field("nickname a number", "=", key+"nickname: 7", "join-nickname", "type", at)
		field("unknown option avatar", "=", "nickname: $, "+key+"avatar: $", "join-options", "unknown", at)
		field("headImage a number", "=", "nickname: $, "+key+"headImage: 1", "join-options", "type", at)
		out = append(out, fault{other + " missing", func(p *plan) []want {
			props("join", p, func(u *unit) { u.props = u.props[1-side : 2-side] })
			return one("join-options", "missing", "join.options")
		}})
		out = append(out, fault{other + " misspelt", func(p *plan) []want {
			wrong := map[string]string{"caller": "callr", "listener": "listner"}[other]
			props("join", p, func(u *unit) {
				u.props = append([]string{}, u.props...)
				u.props[side] = "‹join.wrong›" + wrong + strings.TrimPrefix(u.props[side], other)
			})
			return one("join-options", "unknown", "join.wrong")
		}})
	}
	out = append(out, fault{"same openid", func(p *plan) []want {
		old := p.users[1]
		p.users[1] = userText("listener", p.field("me"), p.field("peerName"))
		p.replace(old, p.users[1])
		return one("join-openid", "same", "listener.openid")
	}})
	joinAs := func(name, text, reason string) {
		out = append(out, fault{"join " + name, func(p *plan) []want {
			props("join", p, func(u *unit) { u.props = append(append([]string{}, u.props...), "‹join.wrong›"+text) })
			return one("join-options", reason, "join.wrong")
		}})
	}
	joinAs("roomType wrong", "roomType: 'audio'", "value")
	joinAs("roomType a number", "roomType: 1", "type|value")
	joinAs("option unknown", "roomtype: 'video'", "unknown")
	joinAs("backgroundType wrong", "backgroundType: 9", "value")

	scope := func(name, text, rule, reason string, drop bool) {
		out = append(out, fault{"scope " + name, func(p *plan) []want {
			mark := "scope.record"
			for _, u := range p.units {
				if u.own != nil && u.own.param == "scope" && u.arg == "'scope.record'" {
					u.arg, mark = text, "scope"
				}
			}
			if !props("ask.record", p, func(u *unit) { u.props = []string{"‹scope.record›scope: " + text} }) && mark != "scope" {
				return nil
			}
			if drop {
				for _, l := range p.lists() {
					l.remove(func(u *unit) bool { return asks(u, "camera") && (u.own == nil || u.own.param == "scope") })
				}
				mark = ""
			}
			return one(rule, reason, mark)
		}})
	}
	scope("misspelt", "'scope.recorder'", "authorize-scope", "unknown", false)
	scope("without its prefix", "'record'", "authorize-scope", "unknown", false)
	scope("in capitals", "'scope.Record'", "authorize-scope", "unknown", false)
	scope("a list", "['scope.record']", "authorize-scope", "type", false)
	scope("combined", "'scope.record,scope.camera'", "authorize-combined", "", true)
	return out
}

// replace puts other text where a user's object is written.
func (p *plan) replace(old, text string) {
	p.every(func(u *unit, _ *own) {
		u.arg = strings.ReplaceAll(u.arg, old, text)
		u.props = append([]string{}, u.props...)
		for i := range u.props {
			u.props[i] = strings.ReplaceAll(u.props[i], old, text)
		}
	})
}

// projectFaults break what is around the call.
func projectFaults() []fault {
	native := func(p *plan) bool {
		return p.shell == "page" || p.shell == "page-ts" || p.shell == "component-page" || p.shell == "component"
	}
	at := func(p *plan, mark string) string {
		if native(p) {
			return mark
		}
		return ""
	}
	out := []fault{
		{"DevTools not kept out", func(p *plan) []want {
			p.guarded = false
			return one("devtools-unsupported", "", "enable")
		}},
		{"page not registered", func(p *plan) []want {
			if p.shell == "component" || p.shell == "component-page" {
				return nil // a component that no page uses
			}
			p.pages = `"pages": ["pages/other/other"]`
			return one("page-registered", "", "")
		}},
		{"handler does not exist", func(p *plan) []want {
			if p.shell == "uni-setup" || p.shell == "taro" {
				return nil
			}
			p.handler += "Now"
			return one("handler-exists", "", at(p, "binding"))
		}},
		{"nothing bound", func(p *plan) []want {
			p.handler = ""
			return []want{{"call-reachable", nil, "enable"}, {"call-reachable", nil, "join"}}
		}},
		{"settings not reachable", func(p *plan) []want {
			if p.asking == "tested" {
				return nil // nobody is asked
			}
			p.settings = ""
			return one("authorize-recovery", "", "")
		}},
		{"receiver not enabled", func(p *plan) []want {
			p.reachable = false
			return one("receiver-enabled", "", "enable")
		}},
		{"library too old", func(p *plan) []want {
			if !native(p) {
				return nil
			}
			p.library = "2.10.4"
			return one("base-library", "", "library")
		}},
		{"page cannot be parsed", func(p *plan) []want {
			p.broken = "\nlet = = ;\n"
			return one("parse-error", "", "")
		}},
		{"no permission declared", func(p *plan) []want {
			p.permission = ""
			return []want{
				{"permission-declared", []string{"record"}, at(p, "app")}, {"permission-declared", []string{"camera"}, at(p, "app")},
			}
		}},
	}
	for _, scope := range []string{"record", "camera"} {
		entry := func(name, with, rule, reason, mark string) {
			out = append(out, fault{"permission " + name, func(p *plan) []want {
				var lines []string
				for line := range strings.SplitSeq(permissionText, "\n") {
					if strings.Contains(line, "scope."+scope) {
						if line = with; line == "" {
							continue
						}
						if scope == "record" {
							line += ","
						}
					}
					lines = append(lines, line)
				}
				p.permission = strings.ReplaceAll(strings.Join(lines, "\n"), "},\n  }", "}\n  }")
				return one(rule, reason, at(p, mark))
			}})
		}
		id, desc := `‹`+scope+`›"scope.`+scope+`": `, `‹`+scope+`.desc›"desc": `
		entry("missing", "", "permission-declared", scope, "permission")
		entry("without desc", id+`{}`, "permission-desc", "missing", scope)
		entry("desc blank", id+`{ `+desc+`"  " }`, "permission-desc", "blank", scope+".desc")
		entry("desc a number", id+`{ `+desc+`1 }`, "permission-desc", "type", scope+".desc")
		entry("desc too long", id+`{ `+desc+`"`+strings.Repeat("用于音视频通话", 5)+`" }`, "permission-desc", "too-long", scope+".desc")
		entry("no object", id+`"用于通话"`, "permission-desc", "type", scope)
		entry("desc a sample", id+`{ `+desc+`"你的描述内容，解释为何需要录音权限" }`, "permission-desc-placeholder", "", scope+".desc")
	}
	return out
}
