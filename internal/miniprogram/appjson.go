package miniprogram

// app.json and what an app configuration says of the mini-program. Source:
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
	// outside are the paths of pages that lead out of the mini-program.
	outside []string
	// sources are where pages lie whose paths tell another place: absolute paths without extension.
	sources map[string]string
	// open tells that there may be more pages than are known.
	open bool
	// entry is the first page that opens; "" for the first of pages.
	entry string
	tabs  map[string]bool
	// components are those that every page may use.
	components []componentRef
	// globals are those that the code registers for every page.
	globals []globalComponent
	// implied are components that the platform puts up by itself (custom-tab-bar).
	implied []string
	// aliases are resolveAlias's entries, in order.
	aliases []alias
}

// componentRef is an entry of usingComponents: a tag and the path written for it.
type componentRef struct{ tag, path string }

// globalComponent is a tag that a module registers for all, and what it imports for it.
type globalComponent struct {
	tag, from string
	local     local
}

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
	root := config.check(file, doc)
	if root == nil {
		return config, outline{open: true}
	}
	if len(doc.Comments) > 0 {
		at := doc.Comments[0]
		config.Faults = append(config.Faults, ConfigFault{
			Kind: FaultComment, At: source.Span{File: file, Start: at.Start, End: at.End},
		})
	}
	fillPermissions(&config, root)
	config.Written.Lists = root.pageLists()
	return config, outlineOf(root)
}

// check notes what is wrong with a JSON file and returns what it holds; nil when it is no JSON object.
func (c *AppConfig) check(file *source.File, doc *jsondoc.Document) *setting {
	if doc.Err != nil {
		c.Faults = append(c.Faults, ConfigFault{Kind: FaultInvalid, At: placeAt(file, doc.Err.Offset), Detail: doc.Err.Why})
		return nil
	}
	if doc.Root.Kind != jsondoc.Object {
		c.Faults = append(c.Faults, ConfigFault{Kind: FaultInvalid, At: spanOf(file, doc.Root), Detail: "not an object"})
		return nil
	}
	c.Readable = true
	for _, d := range doc.Duplicates {
		c.Faults = append(c.Faults, ConfigFault{
			Kind: FaultDuplicateKey, At: source.Span{File: file, Start: d.Second.Start, End: d.Second.End}, Detail: d.Key,
		})
	}
	return settingOf(file, doc.Root)
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
func fillPermissions(config *AppConfig, root *setting) {
	config.Written.fill(root)
	permission := root.entry("permission")
	if permission == nil {
		config.PermissionOpen = root.unsure()
		return
	}
	config.PermissionKey = permission.keyAt
	config.PermissionOpen = permission.value.unsure()
	for _, e := range permission.value.effective() {
		p := Permission{Scope: e.key, ScopeKey: e.keyAt, IsObject: e.value.kind == objectSetting}
		switch desc := e.value.entry("desc"); {
		case e.value.kind == unknownSetting, desc == nil && e.value.open:
			p.IsObject, p.HasDesc, p.DescUnknown, p.DescKey = true, true, true, e.keyAt
		case desc != nil:
			p.HasDesc = true
			p.DescKey = desc.keyAt
			p.DescIsString = desc.value.isString()
			p.DescUnknown = desc.value.kind == unknownSetting
			p.Desc = desc.value.string()
		}
		config.Permissions = append(config.Permissions, p)
	}
}

// pageList collects page paths, each once.
type pageList struct {
	pages, outside []string
	seen           map[string]bool
}

func (l *pageList) add(dir, page string) {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	p := pagePath(dir, page)
	if p == "" && strings.TrimSpace(page) != "" {
		l.outside = append(l.outside, path.Join(dir, page))
	}
	if p != "" && !l.seen[p] {
		l.seen[p] = true
		l.pages = append(l.pages, p)
	}
}

// outlineOf reads pages, subpackages, tab bar and components off an app configuration.
func outlineOf(root *setting) outline {
	o := outline{tabs: map[string]bool{}}
	var l pageList
	pages := root.get("pages")
	o.open = pages.unsure() || pages == nil && root.unsure()
	for _, page := range pages.list() {
		l.add("", pageName(page))
		o.open = o.open || page.kind == unknownSetting
	}
	for _, key := range []string{"subpackages", "subPackages"} {
		o.open = o.open || root.get(key).unsure()
		for _, sub := range root.get(key).list() {
			o.open = o.open || sub.unsure() || sub.get("pages").unsure()
			for _, page := range sub.get("pages").list() {
				l.add(sub.get("root").string(), pageName(page))
			}
		}
	}
	o.pages, o.outside = l.pages, l.outside
	o.entry = pagePath("", root.get("entryPagePath").string())
	tabBar := root.get("tabBar")
	for _, tab := range tabBar.get("list").list() {
		if p := pagePath("", tab.get("pagePath").string()); p != "" {
			o.tabs[p] = true
		}
	}
	if tabBar.get("custom").isTrue() {
		o.implied = append(o.implied, "custom-tab-bar/index")
	}
	if root.get("appBar") != nil {
		o.implied = append(o.implied, "app-bar/index")
	}
	o.components = componentRefs(root)
	for _, e := range root.get("resolveAlias").effective() {
		if e.value.isString() {
			o.aliases = append(o.aliases, alias{pattern: e.key, targets: []string{e.value.text}})
		}
	}
	return o
}

// pageName is a page in a list: a path, or an object that holds one.
func pageName(page *setting) string {
	if page.isString() {
		return page.text
	}
	for _, key := range []string{"src", "path"} {
		if s := page.get(key).string(); s != "" {
			return s
		}
	}
	return ""
}

// componentRefs reads usingComponents and componentGenerics. A generic's component is
// known where the component is used only, so it leads to its default at most.
func componentRefs(root *setting) []componentRef {
	var out []componentRef
	for _, e := range root.get("usingComponents").effective() {
		if e.value.isString() {
			out = append(out, componentRef{tag: e.key, path: e.value.text})
		}
	}
	for _, e := range root.get("componentGenerics").effective() {
		out = append(out, componentRef{tag: e.key, path: e.value.get("default").string()})
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
	for _, ext := range []string{".wxml", ".html", ".js", ".ts", ".vue", ".nvue", ".uvue", ".mpx", ".wpy"} {
		p = strings.TrimSuffix(p, ext)
	}
	if p == "." || p == ".." || strings.HasPrefix(p, "../") {
		return ""
	}
	return p
}
