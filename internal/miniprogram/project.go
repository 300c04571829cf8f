package miniprogram

// Reading a mini-program that was found.

import (
	"sort"
	"sync"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// model is what the package keeps for itself about a project.
type model struct {
	disk *disk
	opts Options
	// dir is the reported root, src the folder that page paths begin in; both absolute.
	dir, src string
	// top is the folder above which nothing is looked for.
	top     string
	project *projectConfig
	outline outline
	reader  reader
	// outside are the linked folders of the program that lead out of the repository.
	outside []string
	// plugins are the folders of plugin code.
	pluginRoot string

	// words is what the bytes of the program's files tell, by absolute name.
	words   map[string]*words
	names   []string // the names in words; sortedNames gives them in order
	inOrder bool     // they are in order already
	// lexicons are what the workers came by that read them.
	lexicons []lexicon
	// pages are the listed pages as text names them.
	pages *pageNames
	// units are the units by their absolute path without extension.
	units map[string]*Unit
	parts map[*Unit]*part
	trace bool
	// vocabularies are the words of the scripts that were asked for them, by name.
	vocabularies map[string]vocabulary

	faults  sync.Mutex // for Unreadable
	looking sync.Mutex // for words
	mu      sync.Mutex
	scripts map[string]*Script // by absolute file name
	resolve resolver
}

// part is what the package knows of a unit beyond the contract.
type part struct {
	base                     string // absolute path without extension
	script, template, config string // absolute names; "" when there is none
	declared                 bool   // whether the unit's components are known
	refs                     []componentRef
	markup                   *Template // once read
	read                     bool
	broken                   *Broken // the configuration's syntax error
}

// reader is how a framework's files are read.
type reader interface {
	// configure reads the app configuration into Config and outline.
	configure(p *Project, at *Place)
	// app are the paths, without extension, at which the app's own unit may be.
	app() []string
	// extensions are the endings of code that an import may leave out, likeliest first.
	extensions() []string
	// candidate tells of a file's name whether code or markup of the program can be in it.
	candidate(base string) bool
	// look reads what the framework's own kind of file tells off its bytes.
	look(w *words, text []byte, l lexicon)
	// files finds the files of the unit whose absolute path without extension is base.
	files(p *Project, base string) part
	// refs reads which components a unit declares.
	refs(p *Project, at *part) []componentRef
	// code makes a Script of a file.
	code(p *Project, file *source.File) *Script
	// unlisted tells what an unlisted file that takes part is: a page, a component, or no unit.
	unlisted(p *Project, name string, s *Script) (UnitKind, bool)
	// main are the modules that start the program beside the app's own.
	main(p *Project) []string
	// markup reads a unit's template; nil when it has none.
	markup(p *Project, u *Unit, at *part) *Template
}

// HasTrace reports whether any file of the program names one of the two calls.
func (p *Project) HasTrace() bool { return p.trace }

// Open reads the mini-program.
func (at *Place) Open(opts Options) *Project {
	p := &Project{Root: at.Root, Framework: at.Framework}
	p.model = model{
		disk: at.disk, opts: opts, dir: at.Dir, src: at.src, top: repositoryOf(at.disk, at.Dir), project: at.project,
		units: map[string]*Unit{}, parts: map[*Unit]*part{}, scripts: map[string]*Script{},
	}
	if p.Unsupported = at.Unsupported; p.Unsupported != nil {
		return p
	}
	p.resolve.packaged = &sync.Map{}
	p.disk.rooted(p.src)
	p.reader = readerOf(at.Framework)
	if at.project != nil {
		p.Plugin = at.project.plugin
		p.pluginRoot = at.project.pluginRoot
	}
	p.reader.configure(p, at)
	if at.project != nil {
		p.Config.LibVersion, p.Config.LibVersionKey = at.project.libVersion, at.project.libVersionKey
	}
	p.opts.say(lang.T("%[1]s: the app configuration, %[2]d pages", "%[1]s：应用配置，%[2]d 个页面"), p.Config.File.Path, len(p.outline.pages))
	p.tellEncoding(p.Config.File)
	p.resolve.extensions, p.resolve.packaged = p.reader.extensions(), &sync.Map{}
	p.readAliases()
	p.look()
	p.findUnits()
	for _, u := range p.allUnits() {
		p.lookAtUnit(u)
	}
	p.takePart()
	sort.SliceStable(p.Unreadable, func(i, j int) bool { return p.Unreadable[i].Path < p.Unreadable[j].Path })
	p.Files = p.countFiles()
	return p
}

// countFiles returns how many files in the program's folder were read.
func (p *Project) countFiles() int {
	n := 0
	for name, w := range p.words {
		if w.err == nil && within(name, p.dir) {
			n++
		}
	}
	p.disk.mu.Lock()
	defer p.disk.mu.Unlock()
	for name := range p.disk.read {
		if p.words[name] == nil && within(name, p.dir) {
			n++
		}
	}
	return n
}

// unreadable notes a file that should have been read.
func (p *Project) unreadable(name string, err error) {
	path := relative(p.disk.base, name)
	p.faults.Lock()
	defer p.faults.Unlock()
	for _, u := range p.Unreadable {
		if u.Path == path {
			return
		}
	}
	p.Unreadable = append(p.Unreadable, FileError{Path: path, Err: err})
}

// script returns the code of a file, read once.
func (p *Project) script(name string) *Script {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, known := p.scripts[name]; known {
		return s
	}
	p.scripts[name] = nil
	file, err := p.disk.file(name, p.disk.limits.Named)
	if err == nil && int64(len(file.Text)) > p.disk.limits.Script {
		// Not being able to check it is no verdict on the program. One that names the calls goes on to be a
		// parse error too, so that nothing is said to be missing which may stand in it.
		p.unreadable(name, tooLarge(p.disk.limits.Script))
		if namesIn(file.Text)&(NameEnable|NameJoin) == 0 {
			return nil
		}
	}
	if err != nil {
		p.unreadable(name, err)
		return nil
	}
	p.tellEncoding(file)
	s := p.reader.code(p, file)
	if other := p.scripts[s.File.Name]; other != nil {
		p.scripts[name] = other // <script src> of a component
		return other
	}
	p.scripts[s.File.Name] = s
	s.Names = namesIn(s.Text)
	if s.Broken != nil {
		s.Names = namesIn(s.File.Text)
	}
	s.Plugin = p.pluginRoot != "" && within(name, p.pluginRoot)
	p.scripts[name] = s
	return s
}

// tellEncoding says what a file was taken for that is not UTF-8. GBK is a guess: nothing in a file tells it.
func (p *Project) tellEncoding(file *source.File) {
	switch {
	case file == nil:
	case file.Encoding == source.GBK:
		p.opts.say(lang.T("%s: read as GBK because it is not UTF-8", "%s：不是 UTF-8，按 GBK 读取"), file.Path)
	case file.Encoding == source.UTF16LE || file.Encoding == source.UTF16BE:
		p.opts.say(lang.T("%s: read as UTF-16", "%s：按 UTF-16 读取"), file.Path)
	}
}

// dialectOf tells by a file's ending what it is written in.
func dialectOf(ext string) script.Dialect {
	switch ext {
	case ".ts", ".mts", ".cts":
		return script.TypeScript
	case ".tsx":
		return script.TypeScriptJSX
	}
	return script.JavaScript
}
