package sfc

// Single-file components with the platform's own markup, and the app configuration in a block of the app's file.

import (
	"bytes"
	"cmp"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/framework/native"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/evaluation"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Block reads frameworks whose configurations are blocks of single-file components.
type Block struct {
	Base
	Ending string
}

// NewBlock makes the reader of a framework whose single-file components have that ending.
func NewBlock(ending string) Block {
	return Block{Base: Base{Endings: []string{ending}, Scripts: native.Scripts, platform: true}, Ending: ending}
}

// Configure reads the app's file.
func (b *Block) Configure(p *reading.Project, at *reading.Place) { b.ConfigureApp(p, at) }

// ConfigureApp reads the app's file; it returns the file and what its configuration block holds, nil when there is none that can be read.
func (b *Block) ConfigureApp(p *reading.Project, at *reading.Place) (*source.File, *configuration.Value) {
	p.Resolver.Extensions = b.Extensions()
	p.Resolver.Aliases = append(p.Resolver.Aliases, resolution.Alias{Pattern: "@/*", Targets: []string{"*"}, Dir: p.Src}, resolution.Alias{Pattern: "~@/*", Targets: []string{"*"}, Dir: p.Src},
		resolution.Alias{Pattern: "src/*", Targets: []string{"*"}, Dir: p.Src})
	name := at.Src + "/app" + b.Ending
	if own := at.Src + "/app" + p.Resolver.Infix + b.Ending; p.Disk.IsFile(own) {
		name = own
	}
	file, err := p.Disk.File(name, p.Disk.Limits.Config)
	if err != nil {
		p.Disk.Unreadable(name, err)
		p.Config = miniprogram.AppConfig{File: p.Disk.Absent(name)}
		p.Outline.Open = true
		return nil, nil
	}
	p.Config = miniprogram.AppConfig{File: file}
	c := b.ReadComponent(file, file.Text)
	if c.Config < 0 {
		// wepy 1 keeps it in the app's class.
		p.ConfigureFromClass(c.Code())
		return file, nil
	}
	s := b.Config(p, c, &p.Config)
	p.ConfigureFrom(s)
	return file, s
}

// Config reads the configuration block of a component. Faults are noted in into when it is given.
func (b *Block) Config(p *reading.Project, c *Component, into *miniprogram.AppConfig) *configuration.Value {
	e := &c.Doc.Elements[c.Config]
	file, text := c.file, onlyRanges(c.text, []wxml.Range{e.Inner})
	if src := e.Value("src"); src != "" {
		name := path.Join(path.Dir(c.file.Name), src)
		other, err := p.Disk.File(cmp.Or(p.Resolver.Module(name), name), p.Disk.Limits.Config)
		if err != nil {
			p.Disk.NotFound(name)
			return nil
		}
		file, text = other, other.Text
	}
	if e.Value("name") == "json" || e.Value("lang") == "js" {
		return b.configCode(p, &miniprogram.Script{File: file, Text: text}, into)
	}
	doc := jsondoc.ParseTolerant(text)
	if doc.Err == nil {
		if into != nil {
			return configuration.Check(into, file, doc)
		}
		return configuration.Of(file, doc.Root)
	}
	// Both take JSON5, which is an expression of JavaScript.
	if s := b.looseJSON(p, file, text); s != nil {
		if into != nil {
			into.Readable = true
		}
		return s
	}
	if into != nil {
		return configuration.Check(into, file, doc)
	}
	return nil
}

// configCode evaluates <script name="json">, which exports the configuration.
func (b *Block) configCode(p *reading.Project, code *miniprogram.Script, into *miniprogram.AppConfig) *configuration.Value {
	m := evaluation.NewModule(code)
	if m.Err != nil {
		if into != nil {
			into.Faults = append(into.Faults, miniprogram.ConfigFault{Kind: miniprogram.FaultInvalid, At: m.Err.At, Detail: m.Err.Why})
		}
		return nil
	}
	if into != nil {
		into.Readable = true
	}
	return p.NewEvaluator().Exported(m, "default")
}

// looseJSON evaluates an object as JavaScript: the brace becomes an assignment's value.
func (b *Block) looseJSON(p *reading.Project, file *source.File, text []byte) *configuration.Value {
	at := bytes.IndexByte(text, '{')
	if at < 2 {
		return nil
	}
	code := bytes.Clone(text)
	for i := range code[:at] {
		if code[i] != '\n' && code[i] != '\r' {
			code[i] = ' '
		}
	}
	// The block's start tag, blanked by now, leaves room for what makes it an expression.
	if i := bytes.LastIndex(code[:at], []byte("  ")); i >= 0 {
		code[i], code[i+1] = 'c', '='
	} else {
		return nil
	}
	m := evaluation.NewModule(&miniprogram.Script{File: file, Text: code})
	if m.Err != nil {
		return nil
	}
	return p.NewEvaluator().Assigned(m)
}

// Components reads usingComponents off the configuration block too.
func (b *Block) Components(p *reading.Project, at *reading.UnitFiles) []configuration.ComponentRef {
	if !b.IsComponentFile(at.Script) {
		return native.Reader{}.Components(p, at)
	}
	out := b.Base.Components(p, at)
	file, err := p.Disk.Peek(at.Script, p.Disk.Limits.Script)
	if err != nil {
		p.Disk.Unreadable(at.Script, err)
		return out
	}
	if c := b.ReadComponent(file, file.Text); c.Config >= 0 {
		for _, ref := range configuration.ComponentRefs(b.Config(p, c, nil)) {
			ref.Path, _, _ = strings.Cut(strings.TrimPrefix(ref.Path, "~"), "?")
			out = append(out, ref)
		}
	}
	return out
}

// LocateBlock recognises a project by the file of its app.
func LocateBlock(d *files.Disk, dir, app string, f miniprogram.Framework) *reading.Place {
	for _, src := range []string{dir + "/src", dir} {
		if !d.StatFile(src + "/" + app) {
			continue
		}
		root := dir
		if src == dir && path.Base(dir) == "src" && d.StatFile(path.Dir(dir)+"/package.json") {
			root = path.Dir(dir)
		}
		return &reading.Place{Dir: root, Src: src, Framework: f}
	}
	return nil
}
