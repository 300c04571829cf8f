package program

// Who imports a file: the edges of the import graph turned round, as far as they are asked for.

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// importers are the imports that may lead to a file, by the last part of their specifiers.
type importers struct {
	p *program
	// byKey are the specifiers; sorted are the imports by those of them that were asked for.
	byKey  map[string][]*scan.Specifier
	sorted map[string][]importer
	// inverted are those that were asked for by what they may lead to.
	inverted map[string]*inverted
}

// inverted are the imports with the same last part, by where they lead.
type inverted struct {
	// near are those that are relative paths, by the path that they mean without its ending: that of a file, or of a folder above it.
	near map[string][]importer
	// exact are the others, by their file.
	exact map[string][]importer
}

// importer is a file with a specifier by which it imports.
type importer struct{ file, specifier string }

func newImporters(p *program) *importers {
	all := &importers{p: p, byKey: map[string][]*scan.Specifier{}, sorted: map[string][]importer{}, inverted: map[string]*inverted{}}
	for _, l := range p.lexicons {
		for _, s := range l {
			if len(s.Files) > 0 {
				all.add(s)
			}
		}
	}
	return all
}

// add puts a specifier where it is looked for. One that ends in a folder means another file in each.
func (all *importers) add(s *scan.Specifier) {
	if key := all.keyOf(s.Text); key != "" {
		all.byKey[key] = append(all.byKey[key], s)
		return
	}
	for _, f := range s.Files {
		key := lastPart(f.Name, s.Text)
		all.byKey[key] = append(all.byKey[key], &scan.Specifier{Text: s.Text, Files: []*scan.Summary{f}})
	}
}

// of returns the imports with that last part, in the order of their files.
func (all *importers) of(key string) []importer {
	if list, known := all.sorted[key]; known {
		return list
	}
	var list []importer
	for _, s := range all.byKey[key] {
		for _, f := range s.Files {
			if all.p.summaries[f.Name] == f {
				list = append(list, importer{f.Name, s.Text})
			}
		}
	}
	slices.SortFunc(list, byFile)
	all.sorted[key] = list
	return list
}

// leading returns the imports with that last part that may lead to a file: all that do, and few others.
func (all *importers) leading(key, name string) []importer {
	by := all.invert(key)
	list := slices.Clone(by.exact[name])
	for base := name; ; base = strings.TrimSuffix(base, path.Ext(base)) {
		list = append(list, by.near[base]...)
		if path.Ext(path.Base(base)) == "" {
			break
		}
	}
	for _, up := range files.Parents(path.Dir(name)) {
		list = append(list, by.near[up]...)
		if bare := all.p.stem(up); bare != up {
			list = append(list, by.near[bare]...)
		}
		if up == all.p.Top {
			break
		}
	}
	slices.SortFunc(list, byFile)
	return slices.Compact(list)
}

// invert resolves the imports with that last part, once.
func (all *importers) invert(key string) *inverted {
	if by := all.inverted[key]; by != nil {
		return by
	}
	by := &inverted{near: map[string][]importer{}, exact: map[string][]importer{}}
	links := all.p.Disk.HasLinks()
	for _, i := range all.of(key) {
		spec, _, _ := strings.Cut(i.specifier, "?")
		if spec != "" && spec[0] == '.' && !strings.Contains(spec, "!") && !links {
			to := all.p.stem(path.Join(path.Dir(i.file), spec))
			by.near[to] = append(by.near[to], i)
		} else if file := all.p.Resolver.Find(i.file, i.specifier).File; file != "" {
			by.exact[file] = append(by.exact[file], i)
		}
	}
	all.inverted[key] = by
	return by
}

func byFile(a, b importer) int {
	return cmp.Or(strings.Compare(a.file, b.file), strings.Compare(a.specifier, b.specifier))
}
