package miniprogram

// WXML to what the analysis asks of a template. Included files and imported templates count
// as parts of the template that uses them; their places are in their own files.

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// markupReader fills one Template.
type markupReader struct {
	p     *Project
	unit  *Unit
	into  *Template
	parts map[string]*markupFile
	// done are the parts of files that were read: a file's body by "", a template by its name.
	done map[[2]string]bool
	tags map[string]bool
	// inTemplate tells that a <template name> is being read, whose names are those of the values that it is given.
	inTemplate bool
	coded      int // bytes of the conditions' texts
	// own reads elements as a framework means them that compiles WXML: mpx and wepy. It is nil where the
	// platform itself does.
	own *vueMarkup
}

// markupFile is one parsed file.
type markupFile struct {
	file *source.File
	doc  *wxml.Document
	// wxs are its wxs modules by name, with the page's methods that each calls.
	wxs map[string][]string
	// definitions are its <template name> elements, by name; imports its <import> elements.
	definitions map[string][]int
	shown       shownReader
	names       []string // of the definitions, in order
	imports     []int
}

// newMarkupReader makes a reader that fills into.
func (p *Project) newMarkupReader(u *Unit, into *Template) *markupReader {
	return &markupReader{p: p, unit: u, into: into, parts: map[string]*markupFile{}, done: map[[2]string]bool{}, tags: map[string]bool{}}
}

// readWXML reads the template of u in the file of that name.
func (p *Project) readWXML(u *Unit, name string) *Template {
	return p.newMarkupReader(u, &Template{}).read(name)
}

// read reads the template in the file of that name; nil when it cannot be read.
func (r *markupReader) read(name string) *Template {
	f := r.open(name)
	if f == nil {
		return nil
	}
	r.into.File = f.file
	r.body(f)
	return r.into
}

// open parses a file, once.
func (r *markupReader) open(name string) *markupFile {
	if f, known := r.parts[name]; known {
		return f
	}
	r.parts[name] = nil
	file, err := r.p.disk.file(name, r.p.disk.limits.Script)
	if err != nil {
		r.p.unreadable(name, err)
		r.into.Unread = true
		return nil
	}
	f := &markupFile{file: file, doc: wxml.Parse(file.Text, wxml.Options{})}
	if r.p.Framework == Mpx {
		keepForWeChat(f.doc)
	}
	if len(f.doc.Faults) > 0 {
		r.into.Unread = true
		if r.p.Framework == Native { // what others compile they read in their own way
			fault := f.doc.Faults[0]
			r.into.Broken = append(r.into.Broken, Broken{At: placeAt(file, fault.At), Why: fault.Why})
		}
	}
	r.index(f)
	r.parts[name] = f
	return f
}

// index notes what a file defines for itself and others.
func (r *markupReader) index(f *markupFile) {
	f.wxs, f.definitions = map[string][]string{}, map[string][]int{}
	for i := range f.doc.Elements {
		switch e := &f.doc.Elements[i]; {
		case e.Name == "wxs":
			f.wxs[e.Value("module")] = r.wxsCalls(f, e)
		case e.Name == "import":
			f.imports = append(f.imports, i)
		case e.Name == "template" && e.Attr("name") != nil:
			name := e.Value("name")
			if f.definitions[name] == nil {
				f.names = append(f.names, name)
			}
			f.definitions[name] = append(f.definitions[name], i)
		}
	}
	f.shown = shownReader{doc: f.doc, code: func(a *wxml.Attr) *Script { return r.condition(f, a) }, native: true}
	if r.own != nil {
		f.shown.code, f.shown.vue = r.own.condition, true
	}
}

// condition makes the code of an attribute that decides whether an element is shown.
func (r *markupReader) condition(f *markupFile, a *wxml.Attr) *Script {
	start, end, ok := expression(a.Value)
	if r.coded += a.ValueAt.End; !ok || r.coded > inlineBudget {
		return nil
	}
	return writtenAs([]byte(a.Value[start:end]), f.file, a.ValueAt.Start+start, script.JavaScript)
}

// shownAt is what has to hold where an element's event reaches its handler.
func (r *markupReader) shownAt(f *markupFile, n int, event string, custom bool) Shown {
	if r.inTemplate {
		return Shown{}
	}
	s := f.shown.of(n, event, custom)
	s.Locals = slices.AppendSeq(s.Locals, maps.Keys(f.wxs))
	slices.Sort(s.Locals)
	return s
}

// callMethod is how a wxs function calls a method of its page: ownerInstance.callMethod('name').
var callMethod = regexp.MustCompile(`callMethod\(\s*['"]([\w$]+)['"]`)

// wxsCalls are the methods that a wxs module calls.
func (r *markupReader) wxsCalls(f *markupFile, e *wxml.Element) []string {
	text := f.file.Text[e.Inner.Start:e.Inner.End]
	if src := e.Value("src"); src != "" {
		name := path.Join(path.Dir(f.file.Name), src)
		if strings.HasPrefix(src, "/") {
			name = path.Join(r.p.rootOf(f.file.Name), src)
		}
		if !r.p.disk.isFile(name) {
			r.p.asked(name)
			return nil
		}
		module, err := r.p.disk.peek(name, r.p.disk.limits.Script)
		if err != nil {
			r.p.unreadable(name, err)
			return nil
		}
		text = module.Text
	}
	var out []string
	for _, m := range callMethod.FindAllSubmatch(text, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// follow opens the file that src names in another; nil when it cannot be.
func (r *markupReader) follow(from *markupFile, src string) *markupFile {
	if src == "" || strings.Contains(src, "{{") {
		r.into.Unread = true
		return nil
	}
	name := path.Join(path.Dir(from.file.Name), src)
	if strings.HasPrefix(src, "/") {
		name = path.Join(r.p.rootOf(from.file.Name), src)
	}
	if !strings.HasSuffix(name, ".wxml") && !r.p.disk.isFile(name) {
		name += ".wxml"
	}
	if !r.p.disk.isFile(name) {
		r.p.asked(name)
		r.into.Unread = true
		return nil
	}
	return r.open(r.p.disk.canonical(name))
}

// body reads what a file shows by itself: everything but template definitions.
func (r *markupReader) body(f *markupFile) {
	if r.first(f, "") {
		r.elements(f, 0, len(f.doc.Elements))
	}
}

// first reports whether a part of a file is read for the first time.
func (r *markupReader) first(f *markupFile, part string) bool {
	key := [2]string{f.file.Name, part}
	if r.done[key] {
		return false
	}
	r.done[key] = true
	return true
}

// elements reads the elements [from, to), passing over template definitions.
func (r *markupReader) elements(f *markupFile, from, to int) {
	for i := from; i < to; {
		e := &f.doc.Elements[i]
		if e.Name == "template" && e.Attr("name") != nil {
			i = max(e.Next, i+1)
			continue
		}
		if r.own != nil && !isPart(e) {
			r.ownElement(f, i)
		} else {
			r.element(f, i)
		}
		i++
	}
}

// isPart tells of the elements by which a template is put together of parts.
func isPart(e *wxml.Element) bool {
	switch e.Name {
	case "include", "import", "wxs":
		return true
	}
	return e.Name == "template" && e.Attr("is") != nil
}

// ownElement reads an element as the framework means it.
func (r *markupReader) ownElement(f *markupFile, n int) {
	m := r.own
	m.c, m.wxs = &component{file: f.file, doc: f.doc}, f.wxs
	m.shownAt = func(n int, event string, custom bool) Shown { return r.shownAt(f, n, event, custom) }
	from := len(m.into.Bindings)
	m.element(n)
	for _, b := range m.into.Bindings[from:] {
		if b.Wxs {
			r.called(b, f)
		}
	}
}

func (r *markupReader) element(f *markupFile, n int) {
	e := &f.doc.Elements[n]
	switch e.Name {
	case "include":
		if part := r.follow(f, e.Value("src")); part != nil {
			r.body(part)
		}
		return
	case "template":
		r.templates(f, e.Value("is"))
		return
	case "import", "wxs":
		return
	}
	r.tag(e.Name)
	if component, declared := r.unit.Components[e.Name]; declared {
		r.into.Uses = append(r.into.Uses, Use{Component: component, Shown: r.shownAt(f, n, "", true)})
	}
	r.attributes(f, n)
}

// tag notes a custom component.
func (r *markupReader) tag(name string) {
	if _, declared := r.unit.Components[name]; !declared || r.tags[name] {
		return
	}
	r.tags[name] = true
	r.into.Tags = append(r.into.Tags, name)
}

// templates reads the definitions that <template is> may mean: those of the file itself and
// of the files it imports. A computed name may mean any of them.
func (r *markupReader) templates(f *markupFile, is string) {
	dynamic := strings.Contains(is, "{{")
	if dynamic {
		is = ""
	}
	if !r.first(f, "use "+is) {
		return
	}
	found := r.define(f, is, dynamic)
	for _, i := range f.imports {
		if part := r.follow(f, f.doc.Elements[i].Value("src")); part != nil {
			found = r.define(part, is, dynamic) || found
		}
	}
	if !found && !dynamic {
		r.into.Unread = true
	}
}

// define reads the file's definitions of a template, or all of them.
func (r *markupReader) define(f *markupFile, is string, all bool) bool {
	names := f.names
	if !all {
		names = []string{is}
	}
	found := false
	for _, name := range names {
		found = found || len(f.definitions[name]) > 0
		if !r.first(f, "template "+name) {
			continue
		}
		outer := r.inTemplate
		r.inTemplate = true
		for _, i := range f.definitions[name] {
			r.elements(f, i+1, f.doc.Elements[i].Next)
		}
		r.inTemplate = outer
	}
	return found
}

func (r *markupReader) attributes(f *markupFile, n int) {
	e := &f.doc.Elements[n]
	component, custom := r.unit.Components[e.Name]
	custom = custom || !isBuiltin(e.Name)
	literals := sync.OnceValue(func() map[string]string { return dataOf(e) })
	for i := range e.Attrs {
		a := &e.Attrs[i]
		at := source.Span{File: f.file, Start: a.NameAt.Start, End: a.NameAt.End}
		if event, ok := eventOf(a.Name); ok {
			b := Binding{Event: event, Tag: e.Name, Custom: custom, Component: component, Attr: at, Data: literals()}
			b.Value = source.Span{File: f.file, Start: a.ValueAt.Start, End: a.ValueAt.End}
			if !a.HasValue {
				b.Value = source.Span{File: f.file, Start: a.NameAt.End, End: a.NameAt.End}
			}
			b.Shown = r.shownAt(f, n, event, custom)
			handlerOf(&b, a.Value, f.wxs)
			r.into.Bindings = append(r.into.Bindings, b)
			if b.Wxs {
				r.called(b, f)
			}
			continue
		}
		switch {
		case strings.HasPrefix(a.Name, "model:"):
			r.into.Models = append(r.into.Models, strings.TrimSpace(unbrace(a.Value)))
		case strings.HasPrefix(a.Name, "generic:"):
			r.tag(a.Value)
			r.into.Uses = append(r.into.Uses, Use{Component: r.unit.Components[a.Value]})
		case e.Name == "navigator" && a.Name == "url":
			r.into.Navigations = append(r.into.Navigations, r.navigation(a.Value, at))
		case a.Name == "open-type" && a.Value == "openSetting":
			r.into.OpenSetting = true
		}
		if custom && !isDirective(a.Name) {
			r.into.Attributes = append(r.into.Attributes, Attribute{
				Tag: e.Name, Component: component, Name: camel(strings.TrimPrefix(a.Name, "model:")),
				Value: a.Value, Dynamic: strings.Contains(a.Value, "{{"), At: at,
			})
		}
	}
}

// called adds what a wxs handler runs of the page: it is bound through the module.
func (r *markupReader) called(b Binding, f *markupFile) {
	module, _, _ := strings.Cut(b.Handler, ".")
	for _, method := range f.wxs[module] {
		b.Handler, b.Wxs = method, false
		r.into.Bindings = append(r.into.Bindings, b)
	}
}

// navigation is where a <navigator> leads.
func (r *markupReader) navigation(url string, at source.Span) Navigation {
	n := Navigation{At: at}
	target, _, _ := strings.Cut(strings.TrimSpace(url), "?")
	if strings.Contains(target, "{{") || target == "" {
		n.Dynamic = true
		return n
	}
	for _, p := range pagePaths(target, path.Dir(r.unit.Path)) {
		if n.Target == "" {
			n.Target = p
		}
		if u := r.p.units[path.Join(r.p.src, p)]; u != nil && u.Kind == PageUnit {
			n.Target = p
			break
		}
	}
	return n
}
