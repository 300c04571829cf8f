package sfc

// The template of a single-file component to what the analysis asks of a template.

import (
	"bytes"
	"html"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/miniprogram/templates"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// markupReader fills one Template from a single-file component.
type markupReader struct {
	vueVersion int
	unit       *miniprogram.Unit
	c          *Component
	into       *miniprogram.Template
	dialect    script.Dialect
	platform   bool
	tags       map[string]bool
	inlined    int
	// guardsAt is what has to hold where an element is used.
	guardsAt func(n int, event string, custom bool) miniprogram.Guards
	// wxs are the wxs modules of the file, where the markup is the platform's.
	wxs map[string][]string
}

func readMarkup(p *reading.Project, u *miniprogram.Unit, c *Component, platform bool) *miniprogram.Template {
	m := &markupReader{vueVersion: p.VueVersion, unit: u, c: c, into: &miniprogram.Template{File: c.file}, platform: platform, tags: map[string]bool{}}
	for _, i := range c.Scripts {
		m.dialect = max(m.dialect, dialectOfLang(c.Doc.Elements[i].Value("lang")))
	}
	root := &c.Doc.Elements[c.Template]
	if lang := root.Value("lang"); lang != "" && lang != "html" && lang != "wxml" || root.Attr("src") != nil {
		m.into.Unread = true
		m.into.OpenSetting = bytes.Contains(c.file.Text[root.Inner.Start:root.Inner.End], []byte("openSetting"))
		return m.into
	}
	for _, f := range c.Doc.Faults {
		if root.Inner.Start <= f.At && f.At < root.Inner.End {
			m.into.Unread = true
		}
	}
	if platform {
		m.wxmlReader(p).Block(c.file, c.Doc, c.Template+1, root.Next)
		return m.into
	}
	shown := templates.GuardReader{Doc: c.Doc, Code: m.Condition, Vue: true}
	m.guardsAt = shown.Of
	for i := c.Template + 1; i < root.Next; i++ {
		m.read(i)
	}
	return m.into
}

// readOwnWXML reads a file of WXML as mpx and wepy compile it: with their own attributes.
func readOwnWXML(p *reading.Project, u *miniprogram.Unit, name string) *miniprogram.Template {
	m := &markupReader{vueVersion: p.VueVersion, unit: u, c: &Component{}, into: &miniprogram.Template{}, platform: true, tags: map[string]bool{}}
	return m.wxmlReader(p).Read(name)
}

// wxmlReader makes a reader of WXML that leaves the elements to m.
func (m *markupReader) wxmlReader(p *reading.Project) *templates.Reader {
	r := p.MarkupReader(m.unit, m.into)
	r.Own = m
	return r
}

// Element reads an element of a file of WXML as the framework means it.
func (m *markupReader) Element(r *templates.Reader, f *templates.File, n int) {
	m.c, m.wxs = &Component{file: f.File, Doc: f.Doc}, f.Wxs
	m.guardsAt = func(n int, event string, custom bool) miniprogram.Guards { return r.GuardsAt(f, n, event, custom) }
	from := len(m.into.Bindings)
	m.read(n)
	for _, b := range m.into.Bindings[from:] {
		if b.Wxs {
			r.Called(b, f)
		}
	}
}

func (m *markupReader) span(r wxml.Range) source.Span {
	return source.Span{File: m.c.file, Start: r.Start, End: r.End}
}

// read reads an element.
func (m *markupReader) read(n int) {
	e := &m.c.Doc.Elements[n]
	name, component, declared := m.component(e.Name)
	if declared {
		m.tag(name)
		m.into.Uses = append(m.into.Uses, miniprogram.Use{Component: component, Guards: m.guardsAt(n, "", true)})
	}
	if e.Name == scan.DynamicTag && !m.tags[scan.DynamicTag] { // <component :is>: it may be any of them
		m.tags[scan.DynamicTag] = true
		for _, tag := range slices.Sorted(maps.Keys(m.unit.Components)) {
			m.tag(tag)
			m.into.Uses = append(m.into.Uses, miniprogram.Use{Component: m.unit.Components[tag]})
		}
	}
	custom := declared || !wxml.IsBuiltin(scan.Kebab(e.Name)) && !wxml.IsHTML(e.Name)
	literals := sync.OnceValue(func() map[string]string { return templates.DataOf(e) })
	locals := sync.OnceValue(func() []string { return m.guardsAt(n, "", true).Locals })
	for i := range e.Attrs {
		a := &e.Attrs[i]
		if event, ok := m.event(a.Name); ok {
			b := miniprogram.Binding{Event: event, Tag: e.Name, Custom: custom, Component: component, Attr: m.span(a.NameAt), Data: literals()}
			b.Value = m.span(a.ValueAt)
			if !a.HasValue {
				b.Value = source.Span{File: m.c.file, Start: a.NameAt.End, End: a.NameAt.End}
			}
			b.Guards = m.guardsAt(n, event, custom)
			m.handler(&b, a)
			m.into.Bindings = append(m.into.Bindings, b)
			continue
		}
		m.attribute(e, a, component, custom, locals)
	}
}

// component finds what a tag stands for; a component may be written in either style.
func (m *markupReader) component(tag string) (name string, u *miniprogram.Unit, declared bool) {
	for _, name := range []string{tag, scan.Kebab(tag)} {
		if u, ok := m.unit.Components[name]; ok {
			return name, u, true
		}
	}
	return tag, nil, false
}

func (m *markupReader) tag(name string) {
	if !m.tags[name] {
		m.tags[name] = true
		m.into.Tags = append(m.into.Tags, name)
	}
}

// event returns the event that an attribute binds; "" for a computed one.
func (m *markupReader) event(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, "@")
	if !ok {
		rest, ok = strings.CutPrefix(name, "v-on:")
	}
	if !ok {
		if name == "v-on" {
			return "", true
		}
		if m.platform {
			return templates.EventOf(name)
		}
		return "", false
	}
	if strings.HasPrefix(rest, "[") {
		return "", true
	}
	rest, _, _ = strings.Cut(rest, ".") // modifiers
	return rest, rest != ""
}

// handler fills in what a binding runs.
func (m *markupReader) handler(b *miniprogram.Binding, a *wxml.Attr) {
	value := strings.TrimSpace(a.Value)
	switch {
	case a.Name == "v-on":
		b.Dynamic = true
	case m.platform && strings.Contains(value, "{{") && !strings.Contains(value, "("):
		templates.HandlerOf(b, value, m.wxs)
	case value == "" || scan.IsIdentifier(value):
		b.Handler = value
	default:
		if name, _, called := strings.Cut(value, "("); called && strings.HasSuffix(value, ")") {
			if name = strings.TrimSpace(name); scan.IsIdentifier(name) && (m.platform || !notMethods[name] && name[0] != '$') {
				b.Callee = name
			}
		}
		m.inline(b, a)
	}
}

// notMethods are words before a bracket in the code of a Vue template that name no method: of the language, and the
// functions that every template may use. Source: vuejs.org/guide/essentials/template-syntax.html#restricted-globals-access.
var notMethods = map[string]bool{
	"async": true, "await": true, "delete": true, "for": true, "function": true, "if": true, "import": true, "new": true, "return": true, "switch": true,
	"throw": true, "typeof": true, "void": true, "while": true, "with": true, "yield": true, "super": true, "require": true,
	"isFinite": true, "isNaN": true, "parseFloat": true, "parseInt": true, "decodeURI": true, "decodeURIComponent": true, "encodeURI": true, "encodeURIComponent": true,
	"Number": true, "Date": true, "Array": true, "Object": true, "Boolean": true, "String": true, "RegExp": true, "BigInt": true, "Symbol": true, "Error": true,
}

// inline makes the code of an inline handler, blanked around it.
func (m *markupReader) inline(b *miniprogram.Binding, a *wxml.Attr) {
	if m.inlined += a.ValueAt.End; m.inlined > templates.InlineBudget {
		b.Dynamic = true
		m.into.Unread = true
		return
	}
	code := m.unescaped(a.Value)
	if m.platform {
		// mpx: bindtap="call({{id}})" hands over a value of the template.
		code = strings.NewReplacer("{{", "( ", "}}", " )").Replace(code)
	}
	b.Inline = templates.WrittenAs([]byte(code), m.c.file, a.ValueAt.Start, m.dialect)
}

// unescaped is the code that an attribute's value means, as long as the value.
func (m *markupReader) unescaped(value string) string {
	if strings.Contains(value, "&") {
		if plain := html.UnescapeString(value); len(plain) <= len(value) {
			return plain + strings.Repeat(" ", len(value)-len(plain))
		}
	}
	return value
}

// Condition makes the code of an attribute that decides whether an element is shown.
func (m *markupReader) Condition(a *wxml.Attr) *miniprogram.Script {
	start, end := 0, len(a.Value)
	if !strings.HasPrefix(a.Name, ":") && !strings.HasPrefix(a.Name, "v-") {
		var ok bool
		if start, end, ok = templates.Expression(a.Value); !ok {
			return nil
		}
	}
	if m.inlined += a.ValueAt.End; m.inlined > templates.InlineBudget || strings.TrimSpace(a.Value) == "" {
		return nil
	}
	return templates.WrittenAs([]byte(m.unescaped(a.Value[start:end])), m.c.file, a.ValueAt.Start+start, m.dialect)
}

func (m *markupReader) attribute(e *wxml.Element, a *wxml.Attr, component *miniprogram.Unit, custom bool, locals func() []string) {
	name, bound := strings.CutPrefix(a.Name, ":")
	if !bound {
		name, bound = strings.CutPrefix(a.Name, "v-bind:")
	}
	name, _, _ = strings.Cut(name, ".")
	model := name == "v-model" || strings.HasPrefix(name, "v-model:") || m.platform && name == "wx:model"
	switch {
	case model:
		m.into.Models = append(m.into.Models, strings.TrimSpace(templates.Unbrace(a.Value)))
	case strings.HasPrefix(a.Name, "model:"):
		m.into.Models = append(m.into.Models, strings.TrimSpace(templates.Unbrace(a.Value)))
	case e.Name == "navigator" && name == "url":
		m.into.Navigations = append(m.into.Navigations, m.navigation(a, bound))
	case name == "open-type" && strings.Contains(a.Value, "openSetting"):
		m.into.OpenSetting = true
	}
	if !custom || templates.IsDirective(name) || strings.HasPrefix(name, "#") {
		return
	}
	if strings.HasPrefix(name, "v-") && !model && a.Name != "v-bind" {
		return
	}
	attribute := miniprogram.Attribute{
		Tag: e.Name, Component: component, Name: templates.Camel(name), Value: a.Value, At: m.span(a.NameAt),
		Dynamic: bound || model || a.Name == "v-bind" || strings.Contains(a.Value, "{{"),
	}
	if attribute.Dynamic {
		attribute.Locals = locals()
	}
	if model {
		_, argument, named := strings.Cut(name, ":")
		attribute.Name = templates.Camel(argument)
		if !named {
			attribute.Name = map[int]string{2: "value"}[m.vueVersion]
			if attribute.Name == "" {
				attribute.Name = "modelValue"
			}
		}
	}
	m.into.Attributes = append(m.into.Attributes, attribute)
}

func (m *markupReader) navigation(a *wxml.Attr, bound bool) miniprogram.Navigation {
	n := miniprogram.Navigation{At: m.span(a.NameAt)}
	url := strings.TrimSpace(a.Value)
	if bound {
		// :url="'/pages/call/call?id=' + id": the page is known where a literal begins the value.
		if url == "" || strings.IndexByte("'`", url[0]) < 0 {
			n.Dynamic = true
			return n
		}
		quote := url[0]
		url = url[1:]
		end := strings.IndexByte(url, quote)
		if end < 0 {
			end = len(url)
		}
		url = url[:end]
	}
	target, _, _ := strings.Cut(url, "?")
	if target == "" || strings.Contains(target, "{{") || strings.Contains(target, "${") {
		n.Dynamic = true
		return n
	}
	if paths := scan.PagePaths(target, path.Dir(m.unit.Path)); len(paths) > 0 {
		n.Target = paths[0]
	}
	return n
}
