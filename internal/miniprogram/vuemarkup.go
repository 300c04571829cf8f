package miniprogram

// The template of a single-file component to what the analysis asks of a template.

import (
	"bytes"
	"html"
	"path"
	"strings"
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// inlineBudget is how many bytes the texts of a template's inline handlers and conditions may take. Each is
// as long as the file up to its end, so that places agree.
const inlineBudget = 32 << 20

// vueMarkup fills one Template from a single-file component.
type vueMarkup struct {
	p        *Project
	unit     *Unit
	c        *component
	into     *Template
	dialect  script.Dialect
	platform bool
	tags     map[string]bool
	inlined  int
	// shownAt is what has to hold where an element is used.
	shownAt func(n int, event string, custom bool) Shown
	// wxs are the wxs modules of the file, where the markup is the platform's.
	wxs map[string][]string
}

func (p *Project) readMarkup(u *Unit, c *component, platform bool) *Template {
	m := &vueMarkup{p: p, unit: u, c: c, into: &Template{File: c.file}, platform: platform, tags: map[string]bool{}}
	for _, i := range c.scripts {
		m.dialect = max(m.dialect, dialectOfLang(c.doc.Elements[i].Value("lang")))
	}
	root := &c.doc.Elements[c.template]
	if lang := root.Value("lang"); lang != "" && lang != "html" && lang != "wxml" || root.Attr("src") != nil {
		m.into.Unread = true
		m.into.OpenSetting = bytes.Contains(c.file.Text[root.Inner.Start:root.Inner.End], []byte("openSetting"))
		return m.into
	}
	for _, f := range c.doc.Faults {
		if root.Inner.Start <= f.At && f.At < root.Inner.End {
			m.into.Unread = true
		}
	}
	if platform {
		r := m.ownReader()
		f := &markupFile{file: c.file, doc: c.doc}
		r.parts[c.file.Name] = f
		r.index(f)
		r.elements(f, c.template+1, root.Next)
		return m.into
	}
	shown := shownReader{doc: c.doc, code: m.condition, vue: true}
	m.shownAt = shown.of
	for i := c.template + 1; i < root.Next; i++ {
		m.element(i)
	}
	return m.into
}

// readOwnWXML reads a file of WXML as mpx and wepy compile it: with their own attributes.
func (p *Project) readOwnWXML(u *Unit, name string) *Template {
	m := &vueMarkup{p: p, unit: u, c: &component{}, into: &Template{}, platform: true, tags: map[string]bool{}}
	return m.ownReader().read(name)
}

// ownReader makes a reader of WXML that leaves the elements to m.
func (m *vueMarkup) ownReader() *markupReader {
	r := m.p.newMarkupReader(m.unit, m.into)
	r.own = m
	return r
}

func (m *vueMarkup) span(r wxml.Range) source.Span {
	return source.Span{File: m.c.file, Start: r.Start, End: r.End}
}

func (m *vueMarkup) element(n int) {
	e := &m.c.doc.Elements[n]
	name, component, declared := m.component(e.Name)
	if declared {
		m.tag(name)
		m.into.Uses = append(m.into.Uses, Use{Component: component, Shown: m.shownAt(n, "", true)})
	}
	if e.Name == dynamicTag && !m.tags[dynamicTag] { // <component :is>: it may be any of them
		m.tags[dynamicTag] = true
		for _, tag := range sortedTags(m.unit.Components) {
			m.tag(tag)
			m.into.Uses = append(m.into.Uses, Use{Component: m.unit.Components[tag]})
		}
	}
	custom := declared || !isBuiltin(kebab(e.Name)) && !isHTML(e.Name)
	literals := sync.OnceValue(func() map[string]string { return dataOf(e) })
	for i := range e.Attrs {
		a := &e.Attrs[i]
		if event, ok := m.event(a.Name); ok {
			b := Binding{Event: event, Tag: e.Name, Custom: custom, Component: component, Attr: m.span(a.NameAt), Data: literals()}
			b.Value = m.span(a.ValueAt)
			if !a.HasValue {
				b.Value = source.Span{File: m.c.file, Start: a.NameAt.End, End: a.NameAt.End}
			}
			b.Shown = m.shownAt(n, event, custom)
			m.handler(&b, a)
			m.into.Bindings = append(m.into.Bindings, b)
			continue
		}
		m.attribute(e, a, component, custom)
	}
}

// component finds what a tag stands for; a component may be written in either style.
func (m *vueMarkup) component(tag string) (name string, u *Unit, declared bool) {
	for _, name := range []string{tag, kebab(tag)} {
		if u, ok := m.unit.Components[name]; ok {
			return name, u, true
		}
	}
	return tag, nil, false
}

func (m *vueMarkup) tag(name string) {
	if !m.tags[name] {
		m.tags[name] = true
		m.into.Tags = append(m.into.Tags, name)
	}
}

// event returns the event that an attribute binds; "" for a computed one.
func (m *vueMarkup) event(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, "@")
	if !ok {
		rest, ok = strings.CutPrefix(name, "v-on:")
	}
	if !ok {
		if name == "v-on" {
			return "", true
		}
		if m.platform {
			return eventOf(name)
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
func (m *vueMarkup) handler(b *Binding, a *wxml.Attr) {
	value := strings.TrimSpace(a.Value)
	switch {
	case a.Name == "v-on":
		b.Dynamic = true
	case m.platform && strings.Contains(value, "{{") && !strings.Contains(value, "("):
		handlerOf(b, value, m.wxs)
	case value == "" || isIdentifier(value):
		b.Handler = value
	default:
		if name, _, called := strings.Cut(value, "("); called && strings.HasSuffix(value, ")") {
			if name = strings.TrimSpace(name); isIdentifier(name) && (m.platform || !notMethods[name] && name[0] != '$') {
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
func (m *vueMarkup) inline(b *Binding, a *wxml.Attr) {
	if m.inlined += a.ValueAt.End; m.inlined > inlineBudget {
		b.Dynamic = true
		m.into.Unread = true
		return
	}
	code := m.unescaped(a.Value)
	if m.platform {
		// mpx: bindtap="call({{id}})" hands over a value of the template.
		code = strings.NewReplacer("{{", "( ", "}}", " )").Replace(code)
	}
	b.Inline = writtenAs([]byte(code), m.c.file, a.ValueAt.Start, m.dialect)
}

// unescaped is the code that an attribute's value means, as long as the value.
func (m *vueMarkup) unescaped(value string) string {
	if strings.Contains(value, "&") {
		if plain := html.UnescapeString(value); len(plain) <= len(value) {
			return plain + strings.Repeat(" ", len(value)-len(plain))
		}
	}
	return value
}

// condition makes the code of an attribute that decides whether an element is shown.
func (m *vueMarkup) condition(a *wxml.Attr) *Script {
	start, end := 0, len(a.Value)
	if !strings.HasPrefix(a.Name, ":") && !strings.HasPrefix(a.Name, "v-") {
		var ok bool
		if start, end, ok = expression(a.Value); !ok {
			return nil
		}
	}
	if m.inlined += a.ValueAt.End; m.inlined > inlineBudget || strings.TrimSpace(a.Value) == "" {
		return nil
	}
	return writtenAs([]byte(m.unescaped(a.Value[start:end])), m.c.file, a.ValueAt.Start+start, m.dialect)
}

func (m *vueMarkup) attribute(e *wxml.Element, a *wxml.Attr, component *Unit, custom bool) {
	name, bound := strings.CutPrefix(a.Name, ":")
	if !bound {
		name, bound = strings.CutPrefix(a.Name, "v-bind:")
	}
	name, _, _ = strings.Cut(name, ".")
	model := name == "v-model" || strings.HasPrefix(name, "v-model:") || m.platform && name == "wx:model"
	switch {
	case model:
		m.into.Models = append(m.into.Models, strings.TrimSpace(unbrace(a.Value)))
	case strings.HasPrefix(a.Name, "model:"):
		m.into.Models = append(m.into.Models, strings.TrimSpace(unbrace(a.Value)))
	case e.Name == "navigator" && name == "url":
		m.into.Navigations = append(m.into.Navigations, m.navigation(a, bound))
	case name == "open-type" && strings.Contains(a.Value, "openSetting"):
		m.into.OpenSetting = true
	}
	if !custom || isDirective(name) || strings.HasPrefix(name, "#") {
		return
	}
	if strings.HasPrefix(name, "v-") && !model && a.Name != "v-bind" {
		return
	}
	attribute := Attribute{
		Tag: e.Name, Component: component, Name: camel(name), Value: a.Value, At: m.span(a.NameAt),
		Dynamic: bound || model || a.Name == "v-bind" || strings.Contains(a.Value, "{{"),
	}
	if model {
		_, argument, named := strings.Cut(name, ":")
		attribute.Name = camel(argument)
		if !named {
			attribute.Name = map[int]string{2: "value"}[m.p.VueVersion]
			if attribute.Name == "" {
				attribute.Name = "modelValue"
			}
		}
	}
	m.into.Attributes = append(m.into.Attributes, attribute)
}

func (m *vueMarkup) navigation(a *wxml.Attr, bound bool) Navigation {
	n := Navigation{At: m.span(a.NameAt)}
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
	if paths := pagePaths(target, path.Dir(m.unit.Path)); len(paths) > 0 {
		n.Target = paths[0]
	}
	return n
}

// isHTML tells of the elements of HTML that frameworks turn into the platform's.
func isHTML(name string) bool {
	switch name {
	case "a", "article", "aside", "b", "br", "div", "em", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
		"img", "li", "main", "nav", "ol", "p", "section", "small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr",
		"u", "ul", "component", "keep-alive", "transition", "template", "slot", "block", "select", "option", "pre", "code",
		"iframe", "svg", "details", "summary", "dl", "dt", "dd", "router-view", "suspense", "teleport":
		return true
	}
	return false
}
