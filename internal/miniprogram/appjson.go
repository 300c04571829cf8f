package miniprogram

// app.json and what it says of the mini-program. Source:
// developers.weixin.qq.com/miniprogram/dev, reference/configuration/app.html.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/source"
)

// outline is what an app configuration says of the program's parts, whatever the
// framework keeps it in.
type outline struct {
	// pages are the paths within the mini-program, in order, each once.
	pages []string
	// entry is the first page that opens; "" for the first of pages.
	entry string
	tabs  map[string]bool
	// components are those that every page may use.
	components []componentRef
	// implied are components that the platform puts up by itself (custom-tab-bar).
	implied []string
	// aliases are resolveAlias's entries, in order.
	aliases []alias
}

// componentRef is an entry of usingComponents: a tag and the path written for it.
type componentRef struct{ tag, path string }

// alias maps specifiers of a form to others: "@/*" to "utils/*".
type alias struct {
	pattern string
	targets []string // absolute, or relative to dir
	dir     string
}

// readAppJSON reads a native app configuration.
func readAppJSON(file *source.File) (AppConfig, outline) {
	config := AppConfig{File: file}
	doc := jsondoc.Parse(file.Text)
	if doc.Err != nil {
		config.Faults = append(config.Faults, ConfigFault{
			Kind: FaultInvalid, At: placeAt(file, doc.Err.Offset), Detail: doc.Err.Why,
		})
		return config, outline{}
	}
	if doc.Root.Kind != jsondoc.Object {
		config.Faults = append(config.Faults, ConfigFault{
			Kind: FaultInvalid, At: spanOf(file, doc.Root), Detail: "not an object",
		})
		return config, outline{}
	}
	config.Readable = true
	if len(doc.Comments) > 0 {
		at := doc.Comments[0]
		config.Faults = append(config.Faults, ConfigFault{
			Kind: FaultComment, At: source.Span{File: file, Start: at.Start, End: at.End},
		})
	}
	for _, d := range doc.Duplicates {
		config.Faults = append(config.Faults, ConfigFault{
			Kind: FaultDuplicateKey, At: source.Span{File: file, Start: d.Second.Start, End: d.Second.End}, Detail: d.Key,
		})
	}
	fillPermissions(&config, file, doc.Root)
	return config, outlineOf(doc.Root)
}

// placeAt is the place of one character, or of the end of the text.
func placeAt(file *source.File, offset int) source.Span {
	end := min(offset+1, len(file.Text))
	for end < len(file.Text) && file.Text[end]&0xC0 == 0x80 {
		end++
	}
	return source.Span{File: file, Start: min(offset, len(file.Text)), End: end}
}

func spanOf(file *source.File, n *jsondoc.Node) source.Span {
	return source.Span{File: file, Start: n.Start, End: n.End}
}

func keySpan(file *source.File, m *jsondoc.Member) source.Span {
	return source.Span{File: file, Start: m.KeyStart, End: m.KeyEnd}
}

// fillPermissions reads the "permission" entry of the object.
func fillPermissions(config *AppConfig, file *source.File, root *jsondoc.Node) {
	permission := root.Member("permission")
	if permission == nil {
		return
	}
	config.PermissionKey = keySpan(file, permission)
	for _, m := range permission.Value.Effective() {
		p := Permission{Scope: m.Key, ScopeKey: keySpan(file, m), IsObject: m.Value.Kind == jsondoc.Object}
		if desc := m.Value.Member("desc"); desc != nil {
			p.HasDesc = true
			p.DescKey = keySpan(file, desc)
			p.DescIsString = desc.Value.Kind == jsondoc.String
			p.Desc = desc.Value.Text
			if !p.DescIsString {
				p.Desc = ""
			}
		}
		config.Permissions = append(config.Permissions, p)
	}
}

// outlineOf reads pages, subpackages, tab bar and components off an app configuration.
func outlineOf(root *jsondoc.Node) outline {
	o := outline{tabs: map[string]bool{}}
	seen := map[string]bool{}
	add := func(dir, page string) {
		p := pagePath(dir, page)
		if p != "" && !seen[p] {
			seen[p] = true
			o.pages = append(o.pages, p)
		}
	}
	for _, page := range root.Get("pages").Strings() {
		add("", page)
	}
	for _, key := range []string{"subpackages", "subPackages"} {
		for _, sub := range list(root.Get(key)) {
			for _, page := range sub.Get("pages").Strings() {
				add(sub.StringOf("root"), page)
			}
		}
	}
	o.entry = pagePath("", root.StringOf("entryPagePath"))
	tabBar := root.Get("tabBar")
	for _, tab := range list(tabBar.Get("list")) {
		if p := pagePath("", tab.StringOf("pagePath")); p != "" {
			o.tabs[p] = true
		}
	}
	if tabBar.BoolOf("custom") {
		o.implied = append(o.implied, "custom-tab-bar/index")
	}
	if root.Get("appBar") != nil {
		o.implied = append(o.implied, "app-bar/index")
	}
	o.components = componentRefs(root)
	for _, m := range root.Get("resolveAlias").Effective() {
		if m.Value.Kind == jsondoc.String {
			o.aliases = append(o.aliases, alias{pattern: m.Key, targets: []string{m.Value.Text}})
		}
	}
	return o
}

// componentRefs reads usingComponents and componentGenerics. A generic's component is
// known where the component is used only, so it leads nowhere by itself.
func componentRefs(root *jsondoc.Node) []componentRef {
	var out []componentRef
	for _, m := range root.Get("usingComponents").Effective() {
		if m.Value.Kind == jsondoc.String {
			out = append(out, componentRef{tag: m.Key, path: m.Value.Text})
		}
	}
	for _, m := range root.Get("componentGenerics").Effective() {
		out = append(out, componentRef{tag: m.Key, path: m.Value.StringOf("default")})
	}
	return out
}

// pagePath is the clean path within the mini-program of a page listed below root; "" when it leads out of it.
func pagePath(root, page string) string {
	if strings.TrimSpace(page) == "" {
		return ""
	}
	p := path.Join(strings.ReplaceAll(root, `\`, "/"), strings.ReplaceAll(page, `\`, "/"))
	p = strings.TrimPrefix(p, "/")
	for _, ext := range []string{".wxml", ".html", ".js", ".ts", ".vue"} {
		p = strings.TrimSuffix(p, ext)
	}
	if p == "." || p == ".." || strings.HasPrefix(p, "../") {
		return ""
	}
	return p
}
