package configuration

// app.json and what an app configuration says of the mini-program. Source:
// developers.weixin.qq.com/miniprogram/dev, reference/configuration/app.html.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Outline is what an app configuration says of the program's parts, whatever the
// framework keeps it in.
type Outline struct {
	// Pages are the paths within the mini-program, in order, each once.
	Pages []string
	// Outside are the paths of pages that lead out of the mini-program.
	Outside []string
	// Sources are where pages lie whose paths tell another place: absolute paths without extension.
	Sources map[string]string
	// Open tells that there may be more pages than are known.
	Open bool
	// Entry is the first page that opens; "" for the first of pages.
	Entry string
	Tabs  map[string]bool
	// Components are those that every page may use.
	Components []ComponentRef
	// Globals are those that the code registers for every page.
	Globals []GlobalComponent
	// Implied are components that the platform puts up by itself (custom-tab-bar).
	Implied []string
	// Aliases are resolveAlias's entries, in order.
	Aliases []resolution.Alias
}

// ComponentRef is an entry of usingComponents: a tag and the path written for it.
type ComponentRef struct{ Tag, Path string }

// GlobalComponent is a tag that a module registers for all, and what it imports for it.
type GlobalComponent struct {
	Tag, From string
	Local     scan.Local
}

// ReadAppJSON reads a native app configuration.
func ReadAppJSON(file *source.File) (miniprogram.AppConfig, Outline) {
	config := miniprogram.AppConfig{File: file}
	doc := jsondoc.Parse(file.Text)
	root := Check(&config, file, doc)
	if root == nil {
		return config, Outline{Open: true}
	}
	if len(doc.Comments) > 0 {
		at := doc.Comments[0]
		config.Faults = append(config.Faults, miniprogram.ConfigFault{
			Kind: miniprogram.FaultComment, At: source.Span{File: file, Start: at.Start, End: at.End},
		})
	}
	FillPermissions(&config, root)
	config.Written.Lists = root.PageLists()
	return config, OutlineOf(root)
}

// Check notes what is wrong with a JSON file and returns what it holds; nil when it is no JSON object.
func Check(c *miniprogram.AppConfig, file *source.File, doc *jsondoc.Document) *Value {
	if doc.Err != nil {
		c.Faults = append(c.Faults, miniprogram.ConfigFault{Kind: miniprogram.FaultInvalid, At: source.CharacterAt(file, doc.Err.Offset), Detail: doc.Err.Why})
		return nil
	}
	if doc.Root.Kind != jsondoc.Object {
		c.Faults = append(c.Faults, miniprogram.ConfigFault{Kind: miniprogram.FaultInvalid, At: spanOf(file, doc.Root), Detail: "not an object"})
		return nil
	}
	c.Readable = true
	for _, d := range doc.Duplicates {
		c.Faults = append(c.Faults, miniprogram.ConfigFault{
			Kind: miniprogram.FaultDuplicateKey, At: source.Span{File: file, Start: d.Second.Start, End: d.Second.End}, Detail: d.Key,
		})
	}
	return Of(file, doc.Root)
}

func spanOf(file *source.File, n *jsondoc.Node) source.Span {
	return source.Span{File: file, Start: n.Start, End: n.End}
}

func keySpan(file *source.File, m *jsondoc.Member) source.Span {
	return source.Span{File: file, Start: m.KeyStart, End: m.KeyEnd}
}

// FillPermissions reads the "permission" entry of the object.
func FillPermissions(config *miniprogram.AppConfig, root *Value) {
	fillWritten(&config.Written, root)
	permission := root.Entry("permission")
	if permission == nil {
		config.PermissionOpen = root.Unsure()
		return
	}
	config.PermissionKey = permission.KeyAt
	config.PermissionOpen = permission.Value.Unsure()
	for _, e := range permission.Value.Effective() {
		p := miniprogram.Permission{Scope: e.Key, ScopeKey: e.KeyAt, IsObject: e.Value.Kind == Object}
		switch desc := e.Value.Entry("desc"); {
		case e.Value.Kind == Unknown, desc == nil && e.Value.Open:
			p.IsObject, p.HasDesc, p.DescUnknown, p.DescKey = true, true, true, e.KeyAt
		case desc != nil:
			p.HasDesc = true
			p.DescKey = desc.KeyAt
			p.DescIsString = desc.Value.IsString()
			p.DescUnknown = desc.Value.Kind == Unknown
			p.Desc = desc.Value.AsString()
		}
		config.Permissions = append(config.Permissions, p)
	}
}

// PageList collects page paths, each once.
type PageList struct {
	Pages, outside []string
	Seen           map[string]bool
}

// Add adds a page that is listed below a folder.
func (l *PageList) Add(dir, page string) {
	if l.Seen == nil {
		l.Seen = map[string]bool{}
	}
	p := PagePath(dir, page)
	if p == "" && strings.TrimSpace(page) != "" {
		l.outside = append(l.outside, path.Join(dir, page))
	}
	if p != "" && !l.Seen[p] {
		l.Seen[p] = true
		l.Pages = append(l.Pages, p)
	}
}

// OutlineOf reads pages, subpackages, tab bar and components off an app configuration.
func OutlineOf(root *Value) Outline {
	o := Outline{Tabs: map[string]bool{}}
	var l PageList
	pages := root.Get("pages")
	o.Open = pages.Unsure() || pages == nil && root.Unsure()
	for _, page := range pages.AsList() {
		l.Add("", PageName(page))
		o.Open = o.Open || page.Kind == Unknown
	}
	for _, key := range []string{"subpackages", "subPackages"} {
		o.Open = o.Open || root.Get(key).Unsure()
		for _, sub := range root.Get(key).AsList() {
			o.Open = o.Open || sub.Unsure() || sub.Get("pages").Unsure()
			for _, page := range sub.Get("pages").AsList() {
				l.Add(sub.Get("root").AsString(), PageName(page))
			}
		}
	}
	o.Pages, o.Outside = l.Pages, l.outside
	o.Entry = PagePath("", root.Get("entryPagePath").AsString())
	tabBar := root.Get("tabBar")
	for _, tab := range tabBar.Get("list").AsList() {
		if p := PagePath("", tab.Get("pagePath").AsString()); p != "" {
			o.Tabs[p] = true
		}
	}
	if tabBar.Get("custom").IsTrue() {
		o.Implied = append(o.Implied, "custom-tab-bar/index")
	}
	if root.Get("appBar") != nil {
		o.Implied = append(o.Implied, "app-bar/index")
	}
	o.Components = ComponentRefs(root)
	for _, e := range root.Get("resolveAlias").Effective() {
		if e.Value.IsString() {
			o.Aliases = append(o.Aliases, resolution.Alias{Pattern: e.Key, Targets: []string{e.Value.Text}})
		}
	}
	return o
}

// PageName is a page in a list: a path, or an object that holds one.
func PageName(page *Value) string {
	if page.IsString() {
		return page.Text
	}
	for _, key := range []string{"src", "path"} {
		if s := page.Get(key).AsString(); s != "" {
			return s
		}
	}
	return ""
}

// ComponentRefs reads usingComponents and componentGenerics. A generic's component is
// known where the component is used only, so it leads to its default at most.
func ComponentRefs(root *Value) []ComponentRef {
	var out []ComponentRef
	for _, e := range root.Get("usingComponents").Effective() {
		if e.Value.IsString() {
			out = append(out, ComponentRef{Tag: e.Key, Path: e.Value.Text})
		}
	}
	for _, e := range root.Get("componentGenerics").Effective() {
		out = append(out, ComponentRef{Tag: e.Key, Path: e.Value.Get("default").AsString()})
	}
	return out
}

// PagePath is the clean path within the mini-program of a page listed below root; "" when it leads out of it.
func PagePath(root, page string) string {
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

// NoteMissing notes that a file is not there.
func NoteMissing(c *miniprogram.AppConfig, file *source.File) {
	c.Faults = append(c.Faults, miniprogram.ConfigFault{Kind: miniprogram.FaultMissing, At: source.Span{File: file}, Detail: file.Path})
}
