package execute

// Templates, as far as they decide what a user can touch: elements, their bindings and whether they are shown.

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
)

// node is an element of a template.
type node struct {
	Tag       string      `json:"tag"`
	Component string      `json:"component,omitempty"` // the path of the component that the tag stands for
	Parent    int         `json:"parent"`
	Cond      string      `json:"cond,omitempty"` // an expression, "" for always
	Hidden    string      `json:"hidden,omitempty"`
	List      string      `json:"list,omitempty"` // the attribute wx:for
	Item      string      `json:"item,omitempty"`
	Index     string      `json:"index,omitempty"`
	Attrs     [][2]string `json:"attrs"`
	Events    []binding   `json:"events"`
}

// binding is an event that an element is bound to.
type binding struct {
	Name    string `json:"name"`
	Handler string `json:"handler"`
	Stops   bool   `json:"stops,omitempty"` // it does not bubble any further
}

var eventAttr = regexp.MustCompile(`^(?:capture-)?(bind|catch|mut-bind):?(.+)$`)

// templates reads a file with what it includes.
type templates struct {
	p     *Program
	nodes []node
	named map[string]section
}

// section is a named template: elements of a document.
type section struct {
	file     string
	elements []wxml.Element
	from, to int
}

const maxIncludes = 8

// readTemplate returns the nodes of a page's or component's template as JSON.
func readTemplate(p *Program, name string) string {
	t := &templates{p: p, named: map[string]section{}, nodes: []node{}}
	t.file(name, name+".wxml", -1, 0)
	out, err := json.Marshal(t.nodes)
	if err != nil {
		return "[]"
	}
	return string(out)
}

func (t *templates) file(owner, file string, parent, depth int) {
	text, ok := t.p.files[file]
	if !ok || depth > maxIncludes {
		return
	}
	doc := wxml.Parse([]byte(text), wxml.Options{})
	t.register(file, doc.Elements, depth)
	t.section(owner, section{file, doc.Elements, 0, len(doc.Elements)}, parent, depth)
}

// register notes the named templates of a file and of those it imports.
func (t *templates) register(file string, elements []wxml.Element, depth int) {
	for i := range elements {
		e := &elements[i]
		switch {
		case e.Name == "template" && e.Value("name") != "":
			t.named[e.Value("name")] = section{file, elements, i + 1, e.Next}
		case e.Name == "import" && depth < maxIncludes:
			at := t.at(file, e.Value("src"))
			if text, ok := t.p.files[at]; ok {
				t.register(at, wxml.Parse([]byte(text), wxml.Options{}).Elements, depth+1)
			}
		}
	}
}

// at is the file that a template names.
func (t *templates) at(file, src string) string {
	if strings.HasPrefix(src, "/") {
		src = src[1:]
	} else {
		src = path.Join(path.Dir(file), src)
	}
	if path.Ext(src) == "" {
		src += ".wxml"
	}
	return src
}

// section adds elements below a parent.
func (t *templates) section(owner string, s section, parent, depth int) {
	index := map[int]int{-1: parent} // of elements, to nodes
	chain := map[int][]string{}      // what the branches so far asked, by parent
	for i := s.from; i < s.to; i++ {
		e := &s.elements[i]
		above, ok := index[e.Parent]
		if !ok {
			above = parent
		}
		if e.Name == "template" && e.Value("name") != "" || e.Name == "wxs" {
			i = e.Next - 1
			continue
		}
		n := node{Tag: e.Name, Component: t.p.uses[owner][e.Name], Parent: above, Attrs: [][2]string{}, Events: []binding{}}
		for j := range e.Attrs {
			n.attribute(&e.Attrs[j])
		}
		n.Cond = condition(e, chain, e.Parent)
		index[i] = len(t.nodes)
		t.nodes = append(t.nodes, n)
		if depth >= maxIncludes {
			continue
		}
		if e.Name == "include" {
			t.file(owner, t.at(s.file, e.Value("src")), index[i], depth+1)
		} else if named, ok := t.named[e.Value("is")]; ok && e.Name == "template" {
			t.section(owner, named, index[i], depth+1)
		}
	}
}

func (n *node) attribute(a *wxml.Attr) {
	value := a.Value
	switch a.Name {
	case "wx:if", "wx:elif", "wx:else", "wx:key":
	case "wx:for", "wx:for-items":
		n.List = value
	case "wx:for-item":
		n.Item = value
	case "wx:for-index":
		n.Index = value
	case "hidden", "disabled":
		switch {
		case !a.HasValue:
			n.Hidden = "true"
		case n.Hidden == "":
			n.Hidden = expression(value)
		default:
			n.Hidden = "(" + n.Hidden + ") || (" + expression(value) + ")"
		}
	default:
		if m := eventAttr.FindStringSubmatch(a.Name); m != nil {
			n.Events = append(n.Events, binding{Name: m[2], Handler: value, Stops: m[1] == "catch"})
			return
		}
		if !a.HasValue {
			value = "{{true}}"
		}
		n.Attrs = append(n.Attrs, [2]string{a.Name, value})
	}
}

// condition is what decides whether an element is there, with the branches before it.
func condition(e *wxml.Element, chain map[int][]string, parent int) string {
	not := func() string {
		var parts []string
		for _, c := range chain[parent] {
			parts = append(parts, "!("+c+")")
		}
		return strings.Join(parts, " && ")
	}
	switch {
	case e.Attr("wx:if") != nil:
		own := expression(e.Value("wx:if"))
		chain[parent] = []string{own}
		return own
	case e.Attr("wx:elif") != nil:
		own := expression(e.Value("wx:elif"))
		before := not()
		chain[parent] = append(chain[parent], own)
		if before == "" {
			return own
		}
		return before + " && (" + own + ")"
	case e.Attr("wx:else") != nil:
		before := not()
		delete(chain, parent)
		return before
	}
	delete(chain, parent)
	return ""
}

var mustache = regexp.MustCompile(`(?s)^\s*\{\{(.*)\}\}\s*$`)

// expression is the expression of an attribute's value; plain text is a string.
func expression(value string) string {
	if m := mustache.FindStringSubmatch(value); m != nil && !strings.Contains(m[1], "}}") {
		return m[1]
	}
	quoted, err := json.Marshal(value)
	if err != nil {
		return "''"
	}
	return string(quoted)
}
