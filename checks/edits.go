package checks

// The changes that fixes make. Only here the text of a file is looked at: a change has to fit
// what is written.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/appconfig"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// renameFix gives a property another name. Where the object is not written in the call itself,
// others may read the property by its old name, so that the change is not safe.
func renameFix(prop *flow.Prop, name string, call *flow.Call) *Fix {
	key := prop.Key.Text()
	if key == "" {
		return nil
	}
	rest := strings.TrimLeft(string(prop.Key.File.Text[prop.Key.End:]), " \t\r\n")
	text := name
	if q := key[:1]; q == `"` || q == `'` {
		text = q + name + q
	}
	switch {
	case strings.HasPrefix(rest, ":"), strings.HasPrefix(rest, "(") && text == name:
	case (strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, "}")) && key == prop.Name:
		text = name + ": " + key
	default:
		return nil
	}
	return &Fix{
		Title: lang.F(lang.T("rename %[1]s to %[2]s", "把 %[1]s 改为 %[2]s"), short(prop.Name), name),
		Safe:  call != nil && inside(prop.Key, call.Expr),
		Edits: []Edit{{At: prop.Key, New: text}},
	}
}

// booleanFix writes a boolean for a string behind the property's key that spells one.
func booleanFix(prop *flow.Prop, call *flow.Call) *Fix {
	if prop.Value.Kind != flow.StringValue || prop.Value.Str != "true" || prop.Key.IsZero() {
		return nil
	}
	const space = " \t\r\n"
	text := string(prop.Key.File.Text[prop.Key.End:])
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, space), ":")
	if rest = strings.TrimLeft(rest, space); !ok || len(rest) < len(`'true'`) || !quoted(rest[:len(`'true'`)]) || rest[1:5] != "true" {
		return nil
	}
	if next := strings.TrimLeft(rest[len(`'true'`):], space); !strings.HasPrefix(next, ",") && !strings.HasPrefix(next, "}") {
		return nil // the string is a part of what is written
	}
	start := prop.Key.End + len(text) - len(rest)
	at := source.Span{File: prop.Key.File, Start: start, End: start + len(`'true'`)}
	return &Fix{
		Title: lang.T("write true without quotes", "把字符串改为布尔值 true"),
		Safe:  inside(at, call.Expr),
		Edits: []Edit{{At: at, New: "true"}},
	}
}

// purposes are what declareFix writes for users to read.
var purposes = map[string]string{
	"scope.record": "用于音视频通话时采集您的声音",
	"scope.camera": "用于音视频通话时采集您的画面",
}

// declareFix adds entries for scopes to the permissions of the app configuration. All of
// them at once: two findings may have one remedy. Where they cannot be added it says why.
func declareFix(p *miniprogram.Project, missing []string) (*Fix, lang.Text) {
	var entries []appconfig.Permission
	for _, scope := range missing {
		entries = append(entries, appconfig.Permission{Scope: scope, Desc: purposes[scope]})
	}
	added, err := appconfig.Declare(p, entries)
	return additionFix(lang.F(lang.T("declare %s", "声明 %s"), and(missing)), added, err)
}

// registerFix adds a page to the list that it belongs in. Where it cannot be added it says why.
func registerFix(p *miniprogram.Project, page string) (*Fix, lang.Text) {
	added, err := appconfig.Register(p, page)
	return additionFix(lang.F(lang.T("register %s", "注册页面 %s"), page), added, err)
}

// additionFix makes a fix of an addition to the app configuration.
func additionFix(title lang.Text, added appconfig.Addition, err error) (*Fix, lang.Text) {
	var changes []appconfig.Change
	if err == nil {
		changes, err = appconfig.Apply(added)
	}
	if err != nil {
		return nil, lang.Cause(err)
	}
	return &Fix{Title: title, Safe: true, Edits: []Edit{difference(changes[0].File, changes[0].Text)}}, lang.Text{}
}

// difference is the one edit that makes a file's text the changed one.
func difference(f *source.File, changed []byte) Edit {
	old := f.Text
	start := 0
	for start < len(old) && start < len(changed) && old[start] == changed[start] {
		start++
	}
	end, last := len(old), len(changed)
	for end > start && last > start && old[end-1] == changed[last-1] {
		end--
		last--
	}
	// Not into the middle of a character: its bytes belong together in a diff.
	for start > 0 && start < len(old) && old[start]&0xC0 == 0x80 {
		start--
	}
	for end < len(old) && old[end]&0xC0 == 0x80 {
		end++
		last++
	}
	return Edit{At: source.Span{File: f, Start: start, End: end}, New: string(changed[start:last])}
}
