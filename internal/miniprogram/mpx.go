package miniprogram

// mpx and wepy: single-file components with the platform's own markup, and the app
// configuration in a block of the app's file. Sources: mpxjs.cn, wepyjs.github.io.

import (
	"bytes"
	"cmp"
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/source"
)

// block reads frameworks whose configurations are blocks of single-file components.
type block struct {
	vue
	framework Framework
	ending    string
}

func newMpx() *block {
	return &block{vue: vue{endings: []string{".mpx"}, scripts: nativeScripts, platform: true}, framework: Mpx, ending: ".mpx"}
}

func newWepy() *block {
	return &block{vue: vue{endings: []string{".wpy"}, scripts: nativeScripts, platform: true}, framework: Wepy, ending: ".wpy"}
}

func (b *block) candidate(base string) bool {
	return b.vue.candidate(base) && !(b.framework == Mpx && ofOtherMode(base))
}

// files finds a unit's files. A page or component of mpx may have files for WeChat alone.
func (b *block) files(p *Project, base string) part {
	if infix := p.resolve.infix; infix != "" {
		if p.disk.isFile(base + infix + b.ending) {
			at := b.vue.files(p, base+infix)
			at.base = base
			return at
		}
		if !p.disk.isFile(base + b.ending) {
			at, own := native{}.files(p, base), native{}.files(p, base+infix)
			for _, pair := range [][2]*string{{&at.script, &own.script}, {&at.template, &own.template}, {&at.config, &own.config}} {
				if *pair[1] != "" {
					*pair[0] = *pair[1]
				}
			}
			return at
		}
	}
	return b.vue.files(p, base)
}

func (b *block) configure(p *Project, at *Place) {
	p.resolve.extensions = b.extensions()
	if b.framework == Mpx {
		p.resolve.infix = "." + mpxMode
	}
	p.resolve.aliases = append(p.resolve.aliases, alias{pattern: "@/*", targets: []string{"*"}, dir: p.src}, alias{pattern: "~@/*", targets: []string{"*"}, dir: p.src},
		alias{pattern: "src/*", targets: []string{"*"}, dir: p.src})
	name := at.src + "/app" + b.ending
	if own := at.src + "/app" + p.resolve.infix + b.ending; p.disk.isFile(own) {
		name = own
	}
	file, err := p.disk.file(name, p.disk.limits.Config)
	if err != nil {
		p.unreadable(name, err)
		p.Config = AppConfig{File: p.absent(name)}
		p.outline.open = true
		return
	}
	p.Config = AppConfig{File: file}
	c := readComponent(file, file.Text)
	if c.config < 0 {
		// wepy 1 keeps it in the app's class.
		p.configureFromClass(c.code())
		return
	}
	s := b.config(p, c, &p.Config)
	p.configureFrom(s)
	if s != nil && b.framework == Mpx {
		b.pages(p, file, s)
	}
}

// config reads the configuration block of a component. Faults are noted in into when it is given.
func (b *block) config(p *Project, c *component, into *AppConfig) *setting {
	e := &c.doc.Elements[c.config]
	file, text := c.file, onlyRanges(c.text, []wxml.Range{e.Inner})
	if src := e.Value("src"); src != "" {
		name := path.Join(path.Dir(c.file.Name), src)
		other, err := p.disk.file(cmp.Or(p.module(name), name), p.disk.limits.Config)
		if err != nil {
			p.asked(name)
			return nil
		}
		file, text = other, other.Text
	}
	if e.Value("name") == "json" || e.Value("lang") == "js" {
		return b.configCode(p, &Script{File: file, Text: text}, into)
	}
	doc := jsondoc.ParseTolerant(text)
	if doc.Err == nil {
		if into != nil {
			return into.check(file, doc)
		}
		return settingOf(file, doc.Root)
	}
	// Both take JSON5, which is an expression of JavaScript.
	if s := b.looseJSON(p, file, text); s != nil {
		if into != nil {
			into.Readable = true
		}
		return s
	}
	if into != nil {
		return into.check(file, doc)
	}
	return nil
}

// configCode evaluates <script name="json">, which exports the configuration.
func (b *block) configCode(p *Project, code *Script, into *AppConfig) *setting {
	m := newConfigModule(code)
	if m.err != nil {
		if into != nil {
			into.Faults = append(into.Faults, ConfigFault{Kind: FaultInvalid, At: m.err.At, Detail: m.err.Why})
		}
		return nil
	}
	if into != nil {
		into.Readable = true
	}
	return p.newEvaluator().exported(m, "default")
}

// looseJSON evaluates an object as JavaScript: the brace becomes an assignment's value.
func (b *block) looseJSON(p *Project, file *source.File, text []byte) *setting {
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
	m := newConfigModule(&Script{File: file, Text: code})
	if m.err != nil {
		return nil
	}
	return p.newEvaluator().assigned(m)
}

func (b *block) refs(p *Project, at *part) []componentRef {
	if !isComponentFile(at.script) {
		return native{}.refs(p, at)
	}
	out := b.vue.refs(p, at)
	file, err := p.disk.peek(at.script, p.disk.limits.Script)
	if err != nil {
		p.unreadable(at.script, err)
		return out
	}
	if c := readComponent(file, file.Text); c.config >= 0 {
		for _, ref := range componentRefs(b.config(p, c, nil)) {
			ref.path, _, _ = strings.Cut(strings.TrimPrefix(ref.path, "~"), "?")
			out = append(out, ref)
		}
	}
	return out
}

func (l *locator) mpxAt(dir string) *Place  { return l.blockAt(dir, "app.mpx", Mpx) }
func (l *locator) wepyAt(dir string) *Place { return l.blockAt(dir, "app.wpy", Wepy) }

// blockAt recognises a project by the file of its app.
func (l *locator) blockAt(dir, app string, f Framework) *Place {
	for _, src := range []string{dir + "/src", dir} {
		if !l.disk.statFile(src + "/" + app) {
			continue
		}
		root := dir
		if src == dir && path.Base(dir) == "src" && l.disk.statFile(path.Dir(dir)+"/package.json") {
			root = path.Dir(dir)
		}
		return &Place{Dir: root, src: src, Framework: f}
	}
	return nil
}
