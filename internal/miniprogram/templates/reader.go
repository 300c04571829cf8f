package templates

// WXML to what the analysis asks of a template. Included files and imported templates count
// as parts of the template that uses them; their places are in their own files.

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Reader fills one Template.
type Reader struct {
	files    *files.Reader
	resolver *resolution.Resolver
	unit     *miniprogram.Unit
	into     *miniprogram.Template
	parts    map[string]*File
	// done are the parts of files that were read: a file's body by "", a template by its name.
	done map[[2]string]bool
	tags map[string]bool
	// inTemplate tells that a <template name> is being read, whose names are those of the values that it is given.
	inTemplate bool
	coded      int // bytes of the conditions' texts
	// Own reads elements as a framework means them that compiles WXML. It is nil where the platform itself does.
	Own Dialect
	// IsPage tells of a path within the mini-program that it is a page's.
	IsPage func(name string) bool
	// Prune takes off a document what is for other platforms only; nil for nothing.
	Prune func(d *wxml.Document)
	// Strict tells that what is wrong with the markup is reported: the platform parses it as it is. What others compile they read in their
	// own way.
	Strict bool
}

// File is one parsed file.
type File struct {
	File *source.File
	Doc  *wxml.Document
	// Wxs are its wxs modules by name, with the page's methods that each calls.
	Wxs map[string][]string
	// definitions are its <template name> elements, by name; imports its <import> elements.
	definitions map[string][]int
	guards      GuardReader
	names       []string // of the definitions, in order
	imports     []int
}

// NewReader makes a reader that fills into.
func NewReader(r *resolution.Resolver, u *miniprogram.Unit, into *miniprogram.Template) *Reader {
	return &Reader{files: r.Files, resolver: r, unit: u, into: into, parts: map[string]*File{}, done: map[[2]string]bool{}, tags: map[string]bool{}}
}

// Read reads the template in the file of that name; nil when it cannot be read.
func (r *Reader) Read(name string) *miniprogram.Template {
	f := r.open(name)
	if f == nil {
		return nil
	}
	r.into.File = f.File
	r.body(f)
	return r.into
}

// open parses a file, once.
func (r *Reader) open(name string) *File {
	if f, known := r.parts[name]; known {
		return f
	}
	r.parts[name] = nil
	file, err := r.files.File(name, r.files.Limits.Script)
	if err != nil {
		r.files.Unreadable(name, err)
		r.into.Unread = true
		return nil
	}
	f := &File{File: file, Doc: wxml.Parse(file.Text, wxml.Options{})}
	if r.Prune != nil {
		r.Prune(f.Doc)
	}
	if len(f.Doc.Faults) > 0 {
		r.into.Unread = true
		if r.Strict {
			fault := f.Doc.Faults[0]
			r.into.Broken = append(r.into.Broken, miniprogram.Broken{At: source.CharacterAt(file, fault.At), Why: fault.Why})
		}
	}
	r.index(f)
	r.parts[name] = f
	return f
}

// index notes what a file defines for itself and others.
func (r *Reader) index(f *File) {
	f.Wxs, f.definitions = map[string][]string{}, map[string][]int{}
	for i := range f.Doc.Elements {
		switch e := &f.Doc.Elements[i]; {
		case e.Name == "wxs":
			f.Wxs[e.Value("module")] = r.wxsCalls(f, e)
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
	f.guards = GuardReader{Doc: f.Doc, Code: func(a *wxml.Attr) *miniprogram.Script { return r.Condition(f, a) }, native: true}
	if r.Own != nil {
		f.guards.Code, f.guards.Vue = r.Own.Condition, true
	}
}

// Condition makes the code of an attribute that decides whether an element is shown.
func (r *Reader) Condition(f *File, a *wxml.Attr) *miniprogram.Script {
	start, end, ok := Expression(a.Value)
	if r.coded += a.ValueAt.End; !ok || r.coded > InlineBudget {
		return nil
	}
	return WrittenAs([]byte(a.Value[start:end]), f.File, a.ValueAt.Start+start, script.JavaScript)
}

// GuardsAt is what has to hold where an element's event reaches its handler.
func (r *Reader) GuardsAt(f *File, n int, event string, custom bool) miniprogram.Guards {
	if r.inTemplate {
		return miniprogram.Guards{}
	}
	s := f.guards.Of(n, event, custom)
	s.Locals = slices.AppendSeq(s.Locals, maps.Keys(f.Wxs))
	slices.Sort(s.Locals)
	return s
}

// callMethod is how a wxs function calls a method of its page: ownerInstance.callMethod('name').
var callMethod = regexp.MustCompile(`callMethod\(\s*['"]([\w$]+)['"]`)

// wxsCalls are the methods that a wxs module calls.
func (r *Reader) wxsCalls(f *File, e *wxml.Element) []string {
	text := f.File.Text[e.Inner.Start:e.Inner.End]
	if src := e.Value("src"); src != "" {
		name := path.Join(path.Dir(f.File.Name), src)
		if strings.HasPrefix(src, "/") {
			name = path.Join(r.resolver.RootOf(f.File.Name), src)
		}
		if !r.files.IsFile(name) {
			r.files.NotFound(name)
			return nil
		}
		module, err := r.files.Peek(name, r.files.Limits.Script)
		if err != nil {
			r.files.Unreadable(name, err)
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
func (r *Reader) follow(from *File, src string) *File {
	if src == "" || strings.Contains(src, "{{") {
		r.into.Unread = true
		return nil
	}
	name := path.Join(path.Dir(from.File.Name), src)
	if strings.HasPrefix(src, "/") {
		name = path.Join(r.resolver.RootOf(from.File.Name), src)
	}
	if !strings.HasSuffix(name, ".wxml") && !r.files.IsFile(name) {
		name += ".wxml"
	}
	if !r.files.IsFile(name) {
		r.files.NotFound(name)
		r.into.Unread = true
		return nil
	}
	return r.open(r.files.Canonical(name))
}

// body reads what a file shows by itself: everything but template definitions.
func (r *Reader) body(f *File) {
	if r.first(f, "") {
		r.elements(f, 0, len(f.Doc.Elements))
	}
}

// first reports whether a part of a file is read for the first time.
func (r *Reader) first(f *File, part string) bool {
	key := [2]string{f.File.Name, part}
	if r.done[key] {
		return false
	}
	r.done[key] = true
	return true
}

// elements reads the elements [from, to), passing over template definitions.
func (r *Reader) elements(f *File, from, to int) {
	for i := from; i < to; {
		e := &f.Doc.Elements[i]
		if e.Name == "template" && e.Attr("name") != nil {
			i = max(e.Next, i+1)
			continue
		}
		if r.Own != nil && !isPart(e) {
			r.Own.Element(r, f, i)
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

// Dialect is how a framework means WXML that it compiles.
type Dialect interface {
	// Element reads an element that is no part of how templates are put together.
	Element(r *Reader, f *File, n int)
	// Condition makes the code of an attribute that decides whether an element is shown; nil when it is none.
	Condition(a *wxml.Attr) *miniprogram.Script
}

// Block reads the elements [from, to) of a file of another kind that holds WXML.
func (r *Reader) Block(file *source.File, doc *wxml.Document, from, to int) {
	f := &File{File: file, Doc: doc}
	r.parts[file.Name] = f
	r.index(f)
	r.elements(f, from, to)
}

func (r *Reader) element(f *File, n int) {
	e := &f.Doc.Elements[n]
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
		r.into.Uses = append(r.into.Uses, miniprogram.Use{Component: component, Guards: r.GuardsAt(f, n, "", true)})
	}
	r.attributes(f, n)
}

// tag notes a custom component.
func (r *Reader) tag(name string) {
	if _, declared := r.unit.Components[name]; !declared || r.tags[name] {
		return
	}
	r.tags[name] = true
	r.into.Tags = append(r.into.Tags, name)
}

// templates reads the definitions that <template is> may mean: those of the file itself and
// of the files it imports. A computed name may mean any of them.
func (r *Reader) templates(f *File, is string) {
	dynamic := strings.Contains(is, "{{")
	if dynamic {
		is = ""
	}
	if !r.first(f, "use "+is) {
		return
	}
	found := r.define(f, is, dynamic)
	for _, i := range f.imports {
		if part := r.follow(f, f.Doc.Elements[i].Value("src")); part != nil {
			found = r.define(part, is, dynamic) || found
		}
	}
	if !found && !dynamic {
		r.into.Unread = true
	}
}

// define reads the file's definitions of a template, or all of them.
func (r *Reader) define(f *File, is string, all bool) bool {
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
			r.elements(f, i+1, f.Doc.Elements[i].Next)
		}
		r.inTemplate = outer
	}
	return found
}

func (r *Reader) attributes(f *File, n int) {
	e := &f.Doc.Elements[n]
	component, custom := r.unit.Components[e.Name]
	custom = custom || !wxml.IsBuiltin(e.Name)
	literals := sync.OnceValue(func() map[string]string { return DataOf(e) })
	locals := sync.OnceValue(func() []string { return r.GuardsAt(f, n, "", true).Locals })
	for i := range e.Attrs {
		a := &e.Attrs[i]
		at := source.Span{File: f.File, Start: a.NameAt.Start, End: a.NameAt.End}
		if event, ok := EventOf(a.Name); ok {
			b := miniprogram.Binding{Event: event, Tag: e.Name, Custom: custom, Component: component, Attr: at, Data: literals()}
			b.Value = source.Span{File: f.File, Start: a.ValueAt.Start, End: a.ValueAt.End}
			if !a.HasValue {
				b.Value = source.Span{File: f.File, Start: a.NameAt.End, End: a.NameAt.End}
			}
			b.Guards = r.GuardsAt(f, n, event, custom)
			HandlerOf(&b, a.Value, f.Wxs)
			r.into.Bindings = append(r.into.Bindings, b)
			if b.Wxs {
				r.Called(b, f)
			}
			continue
		}
		switch {
		case strings.HasPrefix(a.Name, "model:"):
			r.into.Models = append(r.into.Models, strings.TrimSpace(Unbrace(a.Value)))
		case strings.HasPrefix(a.Name, "generic:"):
			r.tag(a.Value)
			r.into.Uses = append(r.into.Uses, miniprogram.Use{Component: r.unit.Components[a.Value]})
		case e.Name == "navigator" && a.Name == "url":
			r.into.Navigations = append(r.into.Navigations, r.navigation(a.Value, at))
		case a.Name == "open-type" && a.Value == "openSetting":
			r.into.OpenSetting = true
		}
		if custom && !IsDirective(a.Name) {
			r.into.Attributes = append(r.into.Attributes, miniprogram.Attribute{
				Tag: e.Name, Component: component, Name: Camel(strings.TrimPrefix(a.Name, "model:")),
				Value: a.Value, Dynamic: strings.Contains(a.Value, "{{"), At: at, Locals: locals(), Given: r.inTemplate,
			})
		}
	}
}

// Called adds what a wxs handler runs of the page: it is bound through the module.
func (r *Reader) Called(b miniprogram.Binding, f *File) {
	module, _, _ := strings.Cut(b.Handler, ".")
	for _, method := range f.Wxs[module] {
		b.Handler, b.Wxs = method, false
		r.into.Bindings = append(r.into.Bindings, b)
	}
}

// navigation is where a <navigator> leads.
func (r *Reader) navigation(url string, at source.Span) miniprogram.Navigation {
	n := miniprogram.Navigation{At: at}
	target, _, _ := strings.Cut(strings.TrimSpace(url), "?")
	if strings.Contains(target, "{{") || target == "" {
		n.Dynamic = true
		return n
	}
	for _, p := range scan.PagePaths(target, path.Dir(r.unit.Path)) {
		if n.Target == "" {
			n.Target = p
		}
		if r.IsPage != nil && r.IsPage(p) {
			n.Target = p
			break
		}
	}
	return n
}
