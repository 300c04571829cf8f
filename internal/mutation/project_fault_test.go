package mutation

// What is around the call, broken: the template, the app and its configuration.

import (
	"strings"

	"github.com/voipcheck/voipcheck/checks"
)

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
			return one("devtools-unsupported", "unguarded", "enable")
		}},
		{"DevTools by another name", func(p *plan) []want {
			p.simulator = "devtool"
			return one("devtools-unsupported", "unguarded", "enable")
		}},
		{"DevTools told of and not left", func(p *plan) []want {
			if p.guard == "positive" {
				return nil
			}
			p.stays = true
			return one("devtools-unsupported", "unguarded", "enable")
		}},
		{"nothing enables", func(p *plan) []want {
			p.reachable = false
			for _, l := range p.lists() {
				l.remove(func(u *unit) bool { return u.own == nil && u.api == "setEnable1v1Chat" })
			}
			if l, _ := p.inner(0); p.part == "enable" {
				l.remove(enables)
			}
			return one("enable-called", "missing", at(p, "app"))
		}},
		{"nothing joins", func(p *plan) []want {
			for _, l := range p.lists() {
				l.remove(func(u *unit) bool { return u.own == nil && u.api == "join1v1Chat" })
			}
			if l, _ := p.inner(0); p.part == "join" {
				l.remove(joins)
			}
			return one("join-called", "", at(p, "app"))
		}},
		{"component that no page uses", func(p *plan) []want {
			if p.shell != "component" {
				return nil
			}
			p.used = false
			return []want{{"call-reachable", nil, "enable"}, {"call-reachable", nil, "join"}}
		}},
		{"in a plugin", func(p *plan) []want {
			if !native(p) || p.place == "app" || p.design.settings != "beside" {
				return nil
			}
			p.plugin, p.reachable = true, false
			return []want{{"plugin-unsupported", nil, "enable"}, {"plugin-unsupported", nil, "join"}}
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
			return one("authorize-recovery", "none", "")
		}},
		{"nobody hears the other hang up", func(p *plan) []want {
			p.listens = "never"
			return one("call-end-observed", "", "join")
		}},
		{"listens once more at each show", func(p *plan) []want {
			p.listens = "show"
			return one("listener-leak", "", "")
		}},
		{"receiver not enabled", func(p *plan) []want {
			p.reachable = false
			return one("receiver-enabled", "", "enable")
		}},
		{"library too old", func(p *plan) []want {
			if !native(p) || p.host == "optional" {
				return nil // a call that is made only where it is there
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
	for _, step := range []checks.Step{checks.StepCategory, checks.StepInterface, checks.StepMinutes, checks.StepPrivacy} {
		out = append(out, fault{"step not confirmed", func(p *plan) []want {
			p.unconfirmed = step
			return one("console-step", string(step), at(p, "app"))
		}})
	}
	configuration := func(name, reason string, change func(p *plan)) {
		out = append(out, fault{"app configuration " + name, func(p *plan) []want {
			if !native(p) {
				return nil
			}
			change(p)
			mark := "wrong"
			if reason == "invalid" {
				mark = "" // where it cannot be read on is the parser's to say
			}
			return one("app-json", reason, mark)
		}})
	}
	configuration("with a comment", "comment", func(p *plan) { p.pages = "‹wrong›// pages\n  " + p.pages })
	configuration("with a key twice", "duplicate-key", func(p *plan) { p.permission += ",\n  \"style\": \"v2\",\n  ‹wrong›\"style\": \"v2\"" })
	configuration("with a comma too many", "invalid", func(p *plan) { p.permission += "," })
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
