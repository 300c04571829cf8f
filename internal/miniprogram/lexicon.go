package miniprogram

// What files have in common: texts of which one copy is kept, and the specifiers that several import.

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// lexicon is what one worker has come by.
type lexicon map[string]*specifier

// specifier is a text that files name, with those that import by it.
type specifier struct {
	text  string
	files []*words
}

func (l lexicon) of(b []byte) *specifier {
	s := l[string(b)]
	if s == nil {
		s = &specifier{text: string(b)}
		l[s.text] = s
	}
	return s
}

// intern returns the one copy of a text.
func (l lexicon) intern(b []byte) string { return l.of(b).text }

// imports notes that a file imports by a specifier.
func (l lexicon) imports(w *words, b []byte) {
	s := l.of(b)
	if n := len(s.files); n > 0 && s.files[n-1] == w {
		return
	}
	s.files = append(s.files, w)
	w.imports = append(w.imports, s.text)
}

// importers are the imports that may lead to a file, by the last part of their specifiers.
type importers struct {
	p *Project
	// byKey are the specifiers; sorted are the imports by those of them that were asked for.
	byKey  map[string][]*specifier
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

func newImporters(p *Project) *importers {
	all := &importers{p: p, byKey: map[string][]*specifier{}, sorted: map[string][]importer{}, inverted: map[string]*inverted{}}
	for _, l := range p.lexicons {
		for _, s := range l {
			if len(s.files) > 0 {
				all.add(s)
			}
		}
	}
	return all
}

// add puts a specifier where it is looked for. One that ends in a folder means another file in each.
func (all *importers) add(s *specifier) {
	if key := all.keyOf(s.text); key != "" {
		all.byKey[key] = append(all.byKey[key], s)
		return
	}
	for _, f := range s.files {
		key := lastPart(f.name, s.text)
		all.byKey[key] = append(all.byKey[key], &specifier{s.text, []*words{f}})
	}
}

// of returns the imports with that last part, in the order of their files.
func (all *importers) of(key string) []importer {
	if list, known := all.sorted[key]; known {
		return list
	}
	var list []importer
	for _, s := range all.byKey[key] {
		for _, f := range s.files {
			if all.p.words[f.name] == f {
				list = append(list, importer{f.name, s.text})
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
	for _, up := range parents(path.Dir(name)) {
		list = append(list, by.near[up]...)
		if bare := stem(up); bare != up {
			list = append(list, by.near[bare]...)
		}
		if up == all.p.repository() {
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
	links := all.p.disk.hasLinks()
	for _, i := range all.of(key) {
		spec, _, _ := strings.Cut(i.specifier, "?")
		if spec != "" && spec[0] == '.' && !strings.Contains(spec, "!") && !links {
			to := stem(path.Join(path.Dir(i.file), spec))
			by.near[to] = append(by.near[to], i)
		} else if file := all.p.find(i.file, i.specifier).file; file != "" {
			by.exact[file] = append(by.exact[file], i)
		}
	}
	all.inverted[key] = by
	return by
}

func byFile(a, b importer) int {
	return cmp.Or(strings.Compare(a.file, b.file), strings.Compare(a.specifier, b.specifier))
}
