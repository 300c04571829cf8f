// Package content writes what the documentation says: Markdown pages in Chinese and in English, made from the rules' metadata and
// from the README. Chinese stands at the top, English under en/. It needs nothing but the repository.
package content

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// edition is the documentation in one language.
type edition struct {
	lang.Lang
	// prefix is put before the paths of its pages: "" or "en/".
	prefix string
	// playground tells that the playground is served beside the pages.
	playground bool
}

func (e edition) say(en, zh string) string { return lang.T(en, zh).In(e.Lang) }

// Write writes all pages to the folder dir, made of the repository at root. It writes a file nav.json beside them, which holds the
// menus of each language.
func Write(root, dir string, playground bool) error {
	pictures, err := drawExamples()
	if err != nil {
		return err
	}
	files := map[string]string{}
	menus := map[string]menu{}
	for _, e := range []edition{{lang.ZH, "", playground}, {lang.EN, "en/", playground}} {
		readme, err := os.ReadFile(filepath.Join(root, e.say("README.md", "README.zh-CN.md")))
		if err != nil {
			return err
		}
		if files[e.prefix+"start.md"], err = e.start(string(readme)); err != nil {
			return err
		}
		files[e.prefix+"index.md"] = e.home(pictures)
		files[e.prefix+"checklist.md"] = e.checklist()
		files[e.prefix+"codes.md"] = e.codes()
		files[e.prefix+"rules/index.md"] = e.rules()
		for _, r := range checks.Rules() {
			files[e.prefix+"rules/"+r.ID+".md"] = e.rule(r, pictures)
		}
		menus[strings.TrimSuffix(e.prefix, "/")] = e.menu()
	}
	nav, err := json.MarshalIndent(menus, "", "  ")
	if err != nil {
		return err
	}
	files["nav.json"] = string(nav) + "\n"
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// menu is what leads through one language's pages, as VitePress takes it.
type menu struct {
	Nav     []entry `json:"nav"`
	Sidebar []entry `json:"sidebar"`
}

type entry struct {
	Text      string  `json:"text"`
	Link      string  `json:"link,omitempty"`
	Target    string  `json:"target,omitempty"`
	Collapsed *bool   `json:"collapsed,omitempty"`
	Items     []entry `json:"items,omitempty"`
}

// menu is the edition's menu.
func (e edition) menu() menu {
	page := func(name string) string { return "/" + e.prefix + name }
	top := []entry{
		{Text: e.say("Get started", "快速开始"), Link: page("start")},
		{Text: e.say("Checklist", "检查清单"), Link: page("checklist")},
		{Text: e.say("Rules", "规则"), Link: page("rules/")},
		{Text: e.say("Error codes", "错误码"), Link: page("codes")},
	}
	if e.playground {
		top = append(top, entry{Text: e.say("Playground", "在线试用"), Link: "/playground/index.html", Target: "_blank"})
	}
	side := []entry{{Text: e.say("Guide", "指南"), Items: top[:2]}}
	open := false
	for _, s := range checks.Steps() {
		rules := rulesOf(s.Step)
		if len(rules) == 0 {
			continue
		}
		group := entry{Text: string(s.Step), Collapsed: &open}
		for _, r := range rules {
			group.Items = append(group.Items, entry{Text: r.ID, Link: page("rules/" + r.ID)})
		}
		side = append(side, group)
	}
	own := entry{Text: e.say("voipcheck itself", "voipcheck 自身"), Collapsed: &open}
	for _, r := range rulesOf(checks.NoStep) {
		own.Items = append(own.Items, entry{Text: r.ID, Link: page("rules/" + r.ID)})
	}
	return menu{Nav: top, Sidebar: append(side, own, entry{Text: e.say("Reference", "参考"), Items: top[2:4]})}
}

// rulesOf are the rules of a step.
func rulesOf(step checks.Step) []*checks.Rule {
	var out []*checks.Rule
	for _, r := range checks.Rules() {
		if r.Step == step {
			out = append(out, r)
		}
	}
	return out
}

// front is the head of a page.
func front(title, description string) string {
	return fmt.Sprintf("---\ntitle: %q\ndescription: %q\n---\n\n# %s\n\n", title, description, prose(title))
}

// prose is text of the metadata for a page on which HTML counts: what is no code must not be taken for a tag.
func prose(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.NewReplacer("<", "&lt;", "{{", "&#123;&#123;").Replace(parts[i])
	}
	return strings.Join(parts, "`")
}
