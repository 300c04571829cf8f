package miniprogram

// Single-file components: .vue, .mpx and .wpy files cut into their blocks.

import (
	"bytes"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// component is a single-file component in its parts.
type component struct {
	file *source.File
	// text is the file's text with what conditional compilation leaves out blanked.
	text []byte
	doc  *wxml.Document
	// scripts are the blocks of code, template that of markup, config those that hold
	// the unit's configuration, by index of element; -1 for none.
	scripts  []int
	template int
	config   int
}

// readComponent cuts a file into blocks.
func readComponent(file *source.File, text []byte) *component {
	c := &component{file: file, text: text, template: -1, config: -1}
	c.doc = wxml.Parse(text, wxml.Options{HTML: true})
	if hasExt(file.Name, ".mpx") {
		keepForWeChat(c.doc)
	}
	for i := 0; i < len(c.doc.Elements); i = max(i+1, c.doc.Elements[i].Next) {
		e := &c.doc.Elements[i]
		switch e.Name {
		case "template":
			if c.template < 0 {
				c.template = i
			}
		case "script":
			c.script(i, e)
		case "config", "json":
			c.config = i
		}
	}
	if hasExt(file.Name, ".mpx") {
		c.chooseByMode()
	}
	return c
}

// script tells blocks of code from those that hold a configuration, or code of the view layer.
func (c *component) script(i int, e *wxml.Element) {
	switch {
	case isConfigBlock(e):
		c.config = i
	case e.Value("lang") == "renderjs" || e.Value("lang") == "wxs" || e.Value("lang") == "sjs" || e.Attr("module") != nil:
	default:
		c.scripts = append(c.scripts, i)
	}
}

// isConfigBlock tells of a <script> that holds a configuration.
func isConfigBlock(e *wxml.Element) bool {
	kind := e.Value("type")
	return strings.HasPrefix(kind, "application/json") || kind == "json" || e.Value("name") == "json" || e.Value("lang") == "json"
}

// code makes the Script of the blocks of code.
func (c *component) code() *Script {
	s := &Script{File: c.file}
	blocks := make([]wxml.Range, 0, len(c.scripts))
	for _, i := range c.scripts {
		e := &c.doc.Elements[i]
		blocks = append(blocks, e.Inner)
		if e.Attr("setup") != nil {
			s.Setup = true
		}
		s.Dialect = max(s.Dialect, dialectOfLang(e.Value("lang")))
	}
	s.Text = onlyRanges(c.text, blocks)
	s.Broken = c.unended()
	return s
}

// unended is the first block of markup or code that has no end, and may have taken in others.
func (c *component) unended() *Broken {
	for _, f := range c.doc.Faults {
		for i := 0; i < len(c.doc.Elements); i = max(i+1, c.doc.Elements[i].Next) {
			if e := &c.doc.Elements[i]; e.NameAt.Start == f.At && (e.Name == "template" || e.Name == "script") {
				return &Broken{At: placeAt(c.file, f.At), Why: f.Why}
			}
		}
	}
	return nil
}

func dialectOfLang(lang string) script.Dialect {
	switch lang {
	case "ts", "typescript":
		return script.TypeScript
	case "tsx":
		return script.TypeScriptJSX
	}
	return script.JavaScript
}

// onlyRanges returns text with everything outside the ranges blanked.
func onlyRanges(text []byte, keep []wxml.Range) []byte {
	out := bytes.Clone(text)
	at := 0
	blank := func(end int) {
		for ; at < end; at++ {
			if out[at] != '\n' && out[at] != '\r' {
				out[at] = ' '
			}
		}
	}
	for _, r := range keep {
		blank(r.Start)
		at = max(at, r.End)
	}
	blank(len(out))
	return out
}

// external is the file that <script src> names, or "".
func (c *component) external() string {
	for _, i := range c.scripts {
		if src := c.doc.Elements[i].Value("src"); src != "" {
			return path.Join(path.Dir(c.file.Name), src)
		}
	}
	return ""
}

// isComponentFile tells of single-file components.
func isComponentFile(name string) bool { return hasExt(name, ".vue", ".nvue", ".uvue", ".mpx", ".wpy") }

// local is a name that a file binds to a module: import Name from 'spec'.
type local struct{ name, imported, spec string }

// localsIn returns what text imports under which name, by its looks.
func localsIn(text []byte, intern func([]byte) string) []local {
	var out []local
	each(text, wordImport, func(at int) {
		end := at + len(wordImport)
		if !isWord(text, at, end) {
			return
		}
		// import A, { B as C } from 'x'
		rest := text[end:min(len(text), end+2000)]
		from := bytes.Index(rest, wordFrom)
		if from >= 0 && !bytes.ContainsAny(rest[:from], "'\"();=") && isWord(rest, from, from+len(wordFrom)) {
			if spec, ok := specifierAt(text, end+from+len(wordFrom), false); ok {
				out = append(out, clauseLocals(string(rest[:from]), intern(spec))...)
			}
			return
		}
		// const A = () => import('x'), A: () => import('x')
		if spec, ok := specifierAt(text, end, true); ok {
			if name := assignedName(text[max(0, at-200):at]); name != "" {
				out = append(out, local{name, "default", intern(spec)})
			}
		}
	})
	return out
}

var wordComponents = []byte("components")

// registered returns the names under which the object "components" of text registers what is
// imported, where they differ from its names there.
func registered(text []byte, imported []local) []local {
	var out []local
	byName := map[string]local{}
	for _, l := range imported {
		byName[l.name] = l
	}
	read := 0
	each(text, wordComponents, func(at int) {
		i := skipSpace(text, at+len(wordComponents))
		if i >= len(text) || text[i] != ':' && text[i] != '=' {
			return
		}
		i = skipSpace(text, i+1)
		if read++; read > 8 || i >= len(text) || text[i] != '{' {
			return
		}
		rest := text[i+1 : min(len(text), i+4000)]
		if n := bytes.IndexByte(rest, '}'); n >= 0 {
			rest = rest[:n]
		}
		for _, entry := range strings.Split(string(rest), ",") {
			key, value, ok := strings.Cut(entry, ":")
			if !ok {
				continue
			}
			if l, ok := byName[strings.TrimSpace(value)]; ok {
				out = append(out, local{strings.Trim(lastLine(key), " \t\r'\""), l.imported, l.spec})
			}
		}
	})
	return out
}

// lastLine is the last line of text, without comments before it.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// clauseLocals reads an import clause.
func clauseLocals(clause, spec string) []local {
	var out []local
	head, named, braces := strings.Cut(clause, "{")
	head = strings.Trim(strings.TrimSpace(head), ",")
	if name := strings.TrimSpace(head); isIdentifier(name) && name != "type" {
		out = append(out, local{name, "default", spec})
	}
	if !braces {
		return out
	}
	named, _, _ = strings.Cut(named, "}")
	for _, part := range strings.Split(named, ",") {
		fields := strings.Fields(part)
		switch {
		case len(fields) == 1 && isIdentifier(fields[0]):
			out = append(out, local{fields[0], fields[0], spec})
		case len(fields) == 3 && fields[1] == "as" && isIdentifier(fields[2]):
			out = append(out, local{fields[2], fields[0], spec})
		}
	}
	return out
}

// assignedName is the name before the last "=" or ":" in text, to which a lazily imported component is given.
func assignedName(text []byte) string {
	for i := len(text) - 1; i >= 0; i-- {
		switch c := text[i]; {
		case c == ':', c == '=' && (i+1 >= len(text) || text[i+1] != '>'):
			return lastWord(bytes.TrimRight(text[:i], " \t\r\n'\""))
		case isWordByte(c), bytes.IndexByte([]byte(" \t\r\n()=>{"), c) >= 0:
		default:
			return ""
		}
	}
	return ""
}

func lastWord(text []byte) string {
	i := len(text)
	for i > 0 && (isWordByte(text[i-1]) || text[i-1] == '-') {
		i--
	}
	return string(text[i:])
}

// dynamicTag is the element that becomes whatever component it is told to.
const dynamicTag = "component"

// tagsIn returns the names of elements in text that can be components: with a capital or a hyphen,
// or one word that is no element's of the platform or of HTML.
func tagsIn(text []byte, intern func([]byte) string) []string {
	var out []string
	seen := map[string]bool{}
	each(text, []byte("<"), func(at int) {
		end := at + 1
		component := false
		for end < len(text) && (isWordByte(text[end]) || text[end] == '-') {
			component = component || text[end] == '-' || 'A' <= text[end] && text[end] <= 'Z'
			end++
		}
		name := string(text[at+1 : end])
		if name == "" || !component && name != dynamicTag && (isBuiltin(name) || isHTML(name)) {
			return
		}
		if s := intern(text[at+1 : end]); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	})
	return out
}

// kebab turns UserCard and userCard into user-card.
func kebab(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			if i > 0 && name[i-1] != '-' {
				b.WriteByte('-')
			}
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}
