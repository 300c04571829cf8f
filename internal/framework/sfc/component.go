package sfc

// Single-file components: .vue, .mpx and .wpy files cut into their blocks.

import (
	"bytes"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Component is a single-file component in its parts.
type Component struct {
	file *source.File
	// text is the file's text with what conditional compilation leaves out blanked.
	text []byte
	Doc  *wxml.Document
	// Scripts are the blocks of code, template that of markup, config those that hold
	// the unit's configuration, by index of element; -1 for none.
	Scripts  []int
	Template int
	Config   int
}

// blockChooser is how a framework has blocks and markup for several platforms.
type blockChooser interface {
	reading.Pruner
	// Choose keeps of each kind of block the one that is built for WeChat.
	Choose(c *Component)
}

// ReadComponent cuts a file into blocks.
func (v *Base) ReadComponent(file *source.File, text []byte) *Component {
	c := &Component{file: file, text: text, Template: -1, Config: -1}
	c.Doc = wxml.Parse(text, wxml.Options{HTML: true})
	chosen := v.Blocks != nil && files.HasExt(file.Name, v.Endings...)
	if chosen {
		v.Blocks.Prune(c.Doc)
	}
	for i := 0; i < len(c.Doc.Elements); i = max(i+1, c.Doc.Elements[i].Next) {
		e := &c.Doc.Elements[i]
		switch e.Name {
		case "template":
			if c.Template < 0 {
				c.Template = i
			}
		case "script":
			c.script(i, e)
		case "config", "json":
			c.Config = i
		}
	}
	if chosen {
		v.Blocks.Choose(c)
	}
	return c
}

// script tells blocks of code from those that hold a configuration, or code of the view layer.
func (c *Component) script(i int, e *wxml.Element) {
	switch {
	case IsConfigBlock(e):
		c.Config = i
	case e.Value("lang") == "renderjs" || e.Value("lang") == "wxs" || e.Value("lang") == "sjs" || e.Attr("module") != nil:
	default:
		c.Scripts = append(c.Scripts, i)
	}
}

// IsConfigBlock tells of a <script> that holds a configuration.
func IsConfigBlock(e *wxml.Element) bool {
	kind := e.Value("type")
	return strings.HasPrefix(kind, "application/json") || kind == "json" || e.Value("name") == "json" || e.Value("lang") == "json"
}

// Code makes the Script of the blocks of code.
func (c *Component) Code() *miniprogram.Script {
	s := &miniprogram.Script{File: c.file}
	blocks := make([]wxml.Range, 0, len(c.Scripts))
	for _, i := range c.Scripts {
		e := &c.Doc.Elements[i]
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
func (c *Component) unended() *miniprogram.Broken {
	for _, f := range c.Doc.Faults {
		for i := 0; i < len(c.Doc.Elements); i = max(i+1, c.Doc.Elements[i].Next) {
			if e := &c.Doc.Elements[i]; e.NameAt.Start == f.At && (e.Name == "template" || e.Name == "script") {
				return &miniprogram.Broken{At: source.CharacterAt(c.file, f.At), Why: f.Why}
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
func (c *Component) external() string {
	for _, i := range c.Scripts {
		if src := c.Doc.Elements[i].Value("src"); src != "" {
			return path.Join(path.Dir(c.file.Name), src)
		}
	}
	return ""
}
