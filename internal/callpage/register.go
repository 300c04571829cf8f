package callpage

// The entries in the app configuration: in one file or two, or in code.

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/fixtures"
	"github.com/voipcheck/voipcheck/internal/appconfig"
	"github.com/voipcheck/voipcheck/internal/conditional"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// register returns the configuration files with the page and the permissions in them.
func register(r Request, page string) ([]Change, error) {
	style := r.Project.Style
	if style.PagesIn == "" {
		return inCode(r, page)
	}
	entry, views := jsonedit.Quote, builds(r)
	if style.PageObjects {
		entry = func(path string) string {
			return "{\n\t\"path\": " + jsonedit.Quote(path) + ",\n\t\"style\": {\n\t\t\"navigationBarTitleText\": " + jsonedit.Quote(r.Content.Title) + "\n\t}\n}"
		}
	}
	var below []string
	if style.PermissionsBelow != "" {
		below = []string{style.PermissionsBelow}
	}
	if style.PagesIn == style.PermissionsIn {
		return each(func() (Change, bool, error) {
			return jsonFile(r, style.PagesIn, func(d *jsonedit.Document) bool { return pages(page, entry)(d) && permissions(below...)(d) }, views)
		})
	}
	return each(
		func() (Change, bool, error) { return jsonFile(r, style.PagesIn, pages(page, entry), views) },
		func() (Change, bool, error) { return jsonFile(r, style.PermissionsIn, permissions(below...), views) },
	)
}

// each collects the files that change.
func each(files ...func() (Change, bool, error)) ([]Change, error) {
	var changes []Change
	for _, file := range files {
		c, changed, err := file()
		if err != nil {
			return nil, err
		}
		if changed {
			changes = append(changes, c)
		}
	}
	return changes, nil
}

var mark = []byte("\uFEFF")

// builds are what conditional compilation leaves of a text for each platform, for WeChat first; nil where there is none.
func builds(r Request) func(text []byte) []jsonedit.View {
	if !r.Project.Style.Conditional {
		return nil
	}
	return func(text []byte) []jsonedit.View { return conditional.Views(text, r.Project.VueVersion) }
}

// jsonFile changes a JSON file of the project, of which several readers see different views, or nil.
func jsonFile(r Request, name string, change func(*jsonedit.Document) bool, views func(text []byte) []jsonedit.View) (Change, bool, error) {
	raw, err := read(r, name)
	if err != nil {
		return Change{}, false, err
	}
	text, marked := bytes.CutPrefix(raw, mark)
	var seen []jsonedit.View
	if views != nil {
		seen = views(text)
	}
	d, err := jsonedit.Open(text, seen...)
	if err != nil {
		return Change{}, false, lang.Errorf(lang.T(
			"%s is not valid JSON; fix it first (voipcheck shows where)",
			"%s 不是合法的 JSON，请先修复（执行 voipcheck 查看位置）"), name)
	}
	if !change(d) {
		if d.Refused {
			return Change{}, false, appconfig.Unplaced(name)
		}
		return Change{}, false, lang.Errorf(lang.T(
			"\"pages\" or \"permission\" in %s has the wrong type; fix it first (voipcheck shows where)",
			"%s 的 \"pages\" 或 \"permission\" 类型不正确，请先修复（执行 voipcheck 查看位置）"), name)
	}
	out := d.Text
	if marked {
		out = append(append([]byte(nil), mark...), out...)
	}
	return Change{File: name, Text: out}, !bytes.Equal(out, raw), nil
}

func read(r Request, name string) ([]byte, error) {
	raw, err := edit.Read(filepath.Join(r.Root, filepath.FromSlash(name)))
	if err != nil {
		return nil, lang.Errorf(lang.T("%s: %s", "%s：%s"), name, err)
	}
	if !utf8.Valid(raw) {
		return nil, lang.Errorf(lang.T("%s is not encoded in UTF-8 and was not changed", "%s 不是 UTF-8 编码，没有改动"), name)
	}
	return raw, nil
}

// pages adds a page to the list that it belongs in: a subpackage's when its path begins with the subpackage's root.
func pages(page string, entry func(path string) string) func(*jsonedit.Document) bool {
	return func(d *jsonedit.Document) bool {
		for _, key := range []string{"subpackages", "subPackages"} {
			packages := d.Root.Get(key)
			if packages == nil {
				continue
			}
			for _, p := range packages.Elements {
				root := strings.Trim(p.StringOf("root"), "/")
				if rest, ok := strings.CutPrefix(page, root+"/"); ok && root != "" {
					return addPage(d, p.Get("pages"), rest, entry)
				}
			}
		}
		if d.Root.Get("pages") == nil {
			return d.Set(nil, "pages", "[\n\t"+strings.ReplaceAll(entry(page), "\n", "\n\t")+"\n]")
		}
		return addPage(d, d.Root.Get("pages"), page, entry)
	}
}

// addPage adds a path to a list, unless it is there.
func addPage(d *jsonedit.Document, list *jsondoc.Node, page string, entry func(string) string) bool {
	if list == nil || list.Kind != jsondoc.Array {
		return false
	}
	for _, e := range list.Elements {
		if strings.TrimPrefix(e.Text, "/") == page || strings.TrimPrefix(e.StringOf("path"), "/") == page {
			return true
		}
	}
	return d.AppendTo(list, entry(page))
}

// permissions adds the entries that are missing below the given keys.
func permissions(below ...string) func(*jsonedit.Document) bool {
	return func(d *jsonedit.Document) bool {
		for _, p := range fixtures.Permissions() {
			at := d.Root
			for _, key := range append(below, "permission", p.Scope) {
				at = at.Get(key)
			}
			var done bool
			switch {
			case at == nil:
				done = d.Set(append(below[:len(below):len(below)], "permission"), p.Scope, "{\n\t\"desc\": "+jsonedit.Quote(p.Desc)+"\n}")
			case strings.TrimSpace(at.StringOf("desc")) != "":
				done = true // the team's own words
			default:
				done = d.Set(append(below[:len(below):len(below)], "permission", p.Scope), "desc", jsonedit.Quote(p.Desc))
			}
			if !done {
				return false
			}
		}
		return true
	}
}
