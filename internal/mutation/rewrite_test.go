package mutation

// Other ways to write the same: options, the names of scopes, where a function leaves, what registers a page.

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// otherwise runs statements in the other branch of a test that leaves.
type otherwise struct {
	test string
	body []stmt
}

// given are the options of a platform call with what is added to them.
func (w *writer) given(u *unit, more ...string) string {
	mark := "‹" + u.mark + ".options›"
	object := func(props []string) string { return "{ " + strings.Join(props, ", ") + " }" }
	switch w.design.options {
	case "spread":
		return mark + object(append([]string{"..." + object(u.props)}, more...))
	case "assign":
		parts := []string{mark + "{}", object(u.props)}
		if len(more) > 0 {
			parts = append(parts, object(more))
		}
		return "Object.assign(" + strings.Join(parts, ", ") + ")"
	case "quoted":
		var props []string
		for _, p := range append(slices.Clone(u.props), more...) {
			props = append(props, plainKey.ReplaceAllString(p, "$1'$2':"))
		}
		return mark + object(props)
	}
	return mark + object(append(slices.Clone(u.props), more...))
}

// plainKey is a property's key with the marks before it.
var plainKey = regexp.MustCompile(`^((?:‹[^›]*›)*)(\w+):`)

// scopesWritten writes the names of both scopes in a script the way that is asked for.
func scopesWritten(name, text, how string) string {
	if how == "literal" || path.Ext(name) == ".json" || path.Ext(name) == ".wxml" || !strings.Contains(text, "'scope.") {
		return text
	}
	record, camera := "'scope.record'", "'scope.camera'"
	table := ""
	forms := map[string][2]string{
		"table":    {"SCOPES.record", "SCOPES.camera"},
		"joined":   {"'scope.' + 'record'", "'scope.' + 'camera'"},
		"template": {"`${PREFIX}record`", "`${PREFIX}camera`"},
	}[how]
	switch how {
	case "table":
		table = "const SCOPES = { record: 'scope.record', camera: 'scope.camera' }\n"
	case "template":
		table = "const PREFIX = 'scope.'\n"
	}
	text = strings.NewReplacer(record, forms[0], camera, forms[1]).Replace(text)
	if path.Ext(name) != ".vue" {
		return table + text
	}
	before, script, _ := strings.Cut(text, "<script")
	tag, code, _ := strings.Cut(script, ">\n")
	return before + "<script" + tag + ">\n" + table + code
}

// turned puts what follows a test that leaves into a branch: of the opposite test, or of else. It is for statements
// that nothing follows.
func turned(stmts []stmt, how string) []stmt {
	for i, s := range stmts {
		switch s := s.(type) {
		case exit:
			if s.test == "" || s.value != "" {
				continue
			}
			rest := turned(stmts[i+1:], how)
			if how == "nested" {
				return append(slices.Clone(stmts[:i]), block{"!(" + s.test + ")", rest})
			}
			return append(slices.Clone(stmts[:i]), otherwise{s.test, rest})
		case try:
			if i == len(stmts)-1 {
				s.body = turned(s.body, how)
				return append(slices.Clone(stmts[:i]), s)
			}
		}
	}
	return stmts
}

// defined hands the members of a page or component, each with its comma, to what registers it.
func (w *writer) defined(open, end string, members ...string) string {
	members = slices.DeleteFunc(members, func(m string) bool { return m == "" })
	last := len(members) - 1
	registered := func(x string) string { return open + x + end + "\n" }
	object := func(members []string, more string) string { return "{\n" + strings.Join(members, "") + more + "}" }
	handlers := "const handlers = " + object(members[last:], "") + "\n"
	switch w.definition {
	case "constant":
		return "const members = " + object(members, "") + "\n" + registered("members")
	case "reversed":
		slices.Reverse(members)
	case "spread":
		return handlers + registered(object(members[:last], "...handlers,\n"))
	case "assign":
		return handlers + registered("Object.assign("+object(members[:last], "")+", handlers)")
	case "factory":
		if end == "" {
			return "function define(members) {\nreturn members\n}\n" + registered("define("+object(members, "")+")")
		}
		return "function define(members) {\n" + registered("members") + "}\ndefine(" + object(members, "") + ")\n"
	}
	return registered(object(members, ""))
}

// intoPlugin makes the pages those of a plugin; the mini-program around it has a page that shows nothing.
func (p *program) intoPlugin() {
	moved := func(name string) string {
		switch {
		case name == "project.config.json":
			return name
		case name == "app.json" || strings.HasPrefix(name, "app."):
			return "miniprogram/" + name
		}
		return "plugin/" + name
	}
	files := map[string]string{}
	for name, text := range p.files {
		files[moved(name)] = text
	}
	for id, at := range p.marks {
		p.marks[id] = place{moved(at.file), at.offset}
	}
	p.files = files
	p.page = moved(p.page)
	files["project.config.json"] = `{ "compileType": "plugin", "miniprogramRoot": "miniprogram/", "pluginRoot": "plugin/" }`
	files["plugin/plugin.json"] = `{ "pages": { "call": "pages/call/call" } }`
	files["miniprogram/app.json"] = strings.Replace(files["miniprogram/app.json"], "pages/call/call", "pages/index/index", 1)
	files["miniprogram/pages/index/index.js"] = "Page({})\n"
	files["miniprogram/pages/index/index.wxml"] = "<view />\n"
	files["miniprogram/pages/index/index.json"] = "{}\n"
}
