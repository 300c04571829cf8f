package mutation

// Both questions in one expression: side by side, over a list, or after a look at the settings.

import "strings"

// together is how both are asked, and what is wrong with it.
type together struct {
	how string
	// without is a scope that is left out; settled that a refusal counts as an answer, raced that one answer is enough.
	without        string
	settled, raced bool
}

// promise is the expression whose promise is fulfilled when both are granted.
func (a *together) promise(w *writer) string {
	var scopes, list []string
	for _, s := range []string{"record", "camera"} {
		if s != a.without {
			scopes, list = append(scopes, s), append(list, "'scope."+s+"'")
		}
	}
	names := "[" + strings.Join(list, ", ") + "]"
	join := "Promise.all("
	switch {
	case a.settled:
		join = "Promise.allSettled("
	case a.raced:
		join = "Promise.race("
	}
	each := func(scope string) string {
		u := ask(scope)
		return w.api(u) + "(" + w.given(u) + ")"
	}
	listed := func() string {
		u := &unit{api: "authorize", mark: "ask", props: []string{"scope: scope"}}
		return w.api(u) + "(" + w.given(u) + ")"
	}
	switch a.how {
	case "all":
		var calls []string
		for _, s := range scopes {
			calls = append(calls, each(s))
		}
		return join + "[\n" + strings.Join(calls, ",\n") + ",\n])"
	case "map":
		return join + names + ".map(" + w.giving("scope", listed()) + "))"
	case "reduce":
		return names + ".reduce(" + w.giving("before, scope", "before.then("+w.giving("", listed())+")") + ", Promise.resolve())"
	case "loop":
		return "(async () => {\nfor (const scope of " + names + ") {\n" + w.spot() + "await " + listed() + "\n}\n})()"
	case "index-loop":
		return "(async () => {\nconst scopes = " + names + "\nfor (let i = 0; i < scopes.length; i++) {\nconst scope = scopes[i]\nawait " + listed() + "\n}\n})()"
	}
	settings := w.hostOf("getSetting") + ".getSetting()"
	if a.how == "tested" {
		var tests []string
		for _, s := range scopes {
			tests = append(tests, "!res.authSetting['scope."+s+"']")
		}
		return settings + ".then(" + w.fn("res", "if ("+strings.Join(tests, " || ")+") throw new Error('refused')") + ")"
	}
	var chain []string
	for _, s := range scopes {
		chain = append(chain, settings+".then("+w.giving("res", "res.authSetting['scope."+s+"'] || "+each(s))+")")
	}
	if len(chain) == 1 {
		return chain[0]
	}
	return chain[0] + "\n.then(" + w.giving("", chain[1]) + ")"
}

// asked are the marks of its questions.
func (a *together) asked() []string {
	switch a.how {
	case "all", "settings":
		return []string{"ask.record", "ask.camera"}
	case "tested":
		return nil
	}
	return []string{"ask"}
}

// reason is what a refutation says: what is only tested is never asked.
func (p *plan) reason(reason string) string {
	if p.asking == "tested" {
		return "never-asked"
	}
	return reason
}

// togetherFaults break what is peculiar to asking in one expression.
func togetherFaults() []fault {
	find := func(p *plan, apply func(a *together) string) []want {
		var reason string
		p.every(func(u *unit, _ *own) {
			if u.together != nil {
				reason = apply(u.together)
			}
		})
		if reason == "" {
			return nil
		}
		return one(before, p.reason(reason), "enable")
	}
	out := []fault{
		{"refusal settled", func(p *plan) []want {
			return find(p, func(a *together) string {
				if a.how != "all" && a.how != "map" {
					return ""
				}
				a.settled = true
				return "refusal-continues"
			})
		}},
		{"one answer of two", func(p *plan) []want {
			return find(p, func(a *together) string {
				if a.how != "all" && a.how != "map" {
					return ""
				}
				a.raced = true
				return "not-awaited|refusal-continues"
			})
		}},
	}
	for _, scope := range []string{"record", "camera"} {
		out = append(out, fault{"ask dropped: " + scope, func(p *plan) []want {
			return find(p, func(a *together) string {
				a.without = scope
				return "scope-missing"
			})
		}})
	}
	return out
}
