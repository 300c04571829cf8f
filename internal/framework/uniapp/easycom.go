package uniapp

// Components that need no import.

import (
	"regexp"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// easycom is uni-app's way to find components by their tags. Source: uniapp.dcloud.net.cn,
// collocation/pages.html#easycom.
type easycom struct {
	byTag  map[string]string // tag to the file
	custom []easycomRule
}

type easycomRule struct {
	pattern *regexp.Regexp
	path    string // with $1 for what the pattern's groups match
}

func (e *easycom) Find(p *reading.Project, tag string) string {
	for _, rule := range e.custom {
		m := rule.pattern.FindStringSubmatchIndex(tag)
		if m == nil {
			continue
		}
		spec := string(rule.pattern.ExpandString(nil, rule.path, tag, m))
		if file := p.Resolver.Find(p.Src+"/pages.json", spec).File; file != "" {
			return file
		}
	}
	return e.byTag[tag]
}

// Knows reports whether a tag may be a component's without any import.
func (e *easycom) Knows(tag string) bool {
	return e.byTag[tag] != "" || slices.ContainsFunc(e.custom, func(r easycomRule) bool { return r.pattern.MatchString(tag) })
}

// Scan finds the components that need no import: components/x/x.vue, and those of uni_modules.
func (e *easycom) Scan(p *reading.Project, endings []string) {
	e.byTag = map[string]string{}
	add := func(dir string) {
		for _, sub := range p.Disk.Folder(dir).Entries {
			if sub.Kind != files.DirEntry {
				continue
			}
			for _, ext := range endings {
				file := dir + "/" + sub.Name + "/" + sub.Name + ext
				if e.byTag[sub.Name] == "" && p.Disk.IsFile(file) {
					e.byTag[sub.Name] = p.Disk.Canonical(file)
				}
			}
		}
	}
	if p.Disk.IsDir(p.Src + "/components") {
		add(p.Src + "/components")
	}
	if !p.Disk.IsDir(p.Src + "/uni_modules") {
		return
	}
	for _, module := range p.Disk.Folder(p.Src + "/uni_modules").Entries {
		if dir := p.Src + "/uni_modules/" + module.Name + "/components"; module.Kind == files.DirEntry && p.Disk.IsDir(dir) {
			add(dir)
		}
	}
}

// Configure reads the "easycom" of pages.json.
func (e *easycom) Configure(p *reading.Project, root *configuration.Value, endings []string) {
	s := root.Get("easycom")
	if scan := s.Get("autoscan"); scan == nil || scan.IsTrue() {
		e.Scan(p, endings)
	}
	for _, entry := range s.Get("custom").Effective() {
		pattern, err := regexp.Compile(entry.Key)
		if err != nil || !entry.Value.IsString() {
			continue
		}
		// $1 before a letter would be read as a longer name.
		path := regexp.MustCompile(`\$(\d+)`).ReplaceAllString(entry.Value.Text, "$${$1}")
		e.custom = append(e.custom, easycomRule{pattern, strings.TrimSpace(path)})
	}
}
