package program

// From a place to a mini-program that was read.

import (
	"sort"
	"sync"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/evaluation"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/source"
)

// program is a mini-program whose files are searched, followed and kept.
type program struct {
	*reading.Project

	// outside are the linked folders of the program that lead out of the repository.
	outside []string
	// Summary is what the bytes of the program's files tell, by absolute name.
	summaries map[string]*scan.Summary
	names     []string // the names in words; sortedNames gives them in order
	inOrder   bool     // they are in order already
	// lexicons are what the workers came by that read them.
	lexicons []scan.Lexicon
	// pages are the listed pages as text names them.
	pages *scan.PageNames
	parts map[*miniprogram.Unit]*unitState
	trace bool
	// vocabularies are the words of the scripts that were asked for them, by name.
	vocabularies map[string]vocabulary

	scanning sync.Mutex // for words
	mu       sync.Mutex
	scripts  map[string]*miniprogram.Script // by absolute file name
}

// unitState is what is known of a unit while the program is put together.
type unitState struct {
	reading.UnitFiles
	declared bool // whether the unit's components are known
	refs     []configuration.ComponentRef
	markup   *miniprogram.Template // once read
	read     bool
}

// HasTrace answers for the project.
func (p *program) HasTrace() bool { return p.trace }

// Open reads the mini-program that was found at a place.
func Open(at *reading.Place, opts reading.Options) *miniprogram.Project {
	p := &program{Project: reading.New(at, opts), parts: map[*miniprogram.Unit]*unitState{}, scripts: map[string]*miniprogram.Script{}}
	p.Sources, p.Scan = p, p.scanned
	if p.Unsupported != nil {
		return p.Project.Project
	}
	p.Disk.Rooted(p.Src)
	p.Reader.Configure(p.Project, at)
	p.Style = p.Reader.Style(p.Project)
	if at.Config != nil {
		p.Config.LibVersion, p.Config.LibVersionKey = at.Config.LibVersion, at.Config.LibVersionKey
	}
	p.Opts.Say(lang.T("%[1]s: the app configuration, %[2]d pages", "%[1]s：应用配置，%[2]d 个页面"), p.Config.File.Path, len(p.Outline.Pages))
	p.tellEncoding(p.Config.File)
	p.Resolver.Extensions = p.Reader.Extensions()
	p.Resolver.Forget()
	p.readAliases()
	p.search()
	p.findUnits()
	for _, u := range p.allUnits() {
		p.scanUnit(u)
	}
	p.keepRelevant()
	sort.SliceStable(p.Unreadable, func(i, j int) bool { return p.Unreadable[i].Path < p.Unreadable[j].Path })
	p.Files = p.countFiles()
	return p.Project.Project
}

// readAliases takes what stands for other paths in imports: what the build goes by comes first; typings and custom only tell of it.
func (p *program) readAliases() {
	r := p.Resolver
	r.Aliases = append(evaluation.BuildAliases(r, p.Traits.BuildConfigs, p.NewEvaluator), r.Aliases...)
	r.Aliases = append(r.Aliases, p.Outline.Aliases...)
	r.ReadPaths()
}

// countFiles returns how many files in the program's folder were read.
func (p *program) countFiles() int {
	n := 0
	for name, w := range p.summaries {
		if w.Err == nil && files.Within(name, p.Dir) {
			n++
		}
	}
	return n + p.Disk.CountRead(func(name string) bool { return p.summaries[name] == nil && files.Within(name, p.Dir) })
}

// script returns the code of a file, read once.
func (p *program) script(name string) *miniprogram.Script {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, known := p.scripts[name]; known {
		return s
	}
	p.scripts[name] = nil
	file, err := p.Disk.File(name, p.Disk.Limits.Named)
	if err == nil && int64(len(file.Text)) > p.Disk.Limits.Script {
		// Not being able to check it is no verdict on the program. One that names the calls goes on to be a
		// parse error too, so that nothing is said to be missing which may stand in it.
		p.Disk.Unreadable(name, files.TooLarge(p.Disk.Limits.Script))
		if scan.NamesIn(file.Text)&(miniprogram.NameEnable|miniprogram.NameJoin) == 0 {
			return nil
		}
	}
	if err != nil {
		p.Disk.Unreadable(name, err)
		return nil
	}
	p.tellEncoding(file)
	s := p.Reader.Code(p.Project, file)
	if other := p.scripts[s.File.Name]; other != nil {
		p.scripts[name] = other // <script src> of a component
		return other
	}
	p.scripts[s.File.Name] = s
	s.Names = scan.NamesIn(s.Text)
	if s.Broken != nil {
		s.Names = scan.NamesIn(s.File.Text)
	}
	s.Plugin = p.PluginRoot != "" && files.Within(name, p.PluginRoot)
	p.scripts[name] = s
	return s
}

// tellEncoding says what a file was taken for that is not UTF-8. GBK is a guess: nothing in a file tells it.
func (p *program) tellEncoding(file *source.File) {
	switch {
	case file == nil:
	case file.Encoding == source.GBK:
		p.Opts.Say(lang.T("%s: read as GBK because it is not UTF-8", "%s：不是 UTF-8，按 GBK 读取"), file.Path)
	case file.Encoding == source.UTF16LE || file.Encoding == source.UTF16BE:
		p.Opts.Say(lang.T("%s: read as UTF-16", "%s：按 UTF-16 读取"), file.Path)
	}
}
