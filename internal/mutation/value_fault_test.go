package mutation

// What calls are given, broken.

import "strings"

// valueFaults break what calls are given.
func valueFaults() []fault {
	var out []fault
	// props changes the calls with that mark, and tells whether there are any.
	props := func(mark string, p *plan, change func(u *unit)) {
		p.every(func(u *unit, _ *own) {
			if u.mark == mark {
				change(u)
			}
		})
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
					switch {
					case reason != "unknown":
					case p.scopes == "literal" || !strings.HasPrefix(text, "'scope."):
						u.arg, mark = "‹scope.written›"+text, "scope.written"
					default:
						mark = "" // it is put together, and where is not looked at
					}
				}
			}
			found := mark != "scope.record"
			props("ask.record", p, func(u *unit) {
				u.props, found = []string{"‹scope.record›scope: " + text}, true
			})
			if !found {
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
