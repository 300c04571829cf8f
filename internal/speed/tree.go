//go:build unix

package main

// A tree on disk, and what is put into it.

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// tree is a folder that is measured.
type tree struct {
	dir   string
	files int
	bytes int64
}

func (t *tree) write(name, text string) error {
	file := filepath.Join(t.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	t.files++
	t.bytes += int64(len(text))
	return os.WriteFile(file, []byte(text), 0o644)
}

// all writes several files.
func (t *tree) all(files map[string]string) error {
	for name, text := range files {
		if err := t.write(name, text); err != nil {
			return err
		}
	}
	return nil
}

// largest is the largest file that is copied: programs lie in packages, too.
const largest = 5 << 20

// copy copies the files of a folder, which may name none of the platform's calls when plain is set: packages that stand in for the
// platform do, and no mini-program holds them.
func (t *tree) copy(from, to string, plain bool) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		switch {
		case d.IsDir() && below != "." && (strings.HasPrefix(d.Name(), ".") || plain && d.Name() == "node_modules"):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() > largest {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if plain && strings.Contains(string(text), "1v1Chat") {
			return nil
		}
		return t.write(to+"/"+filepath.ToSlash(below), string(text))
	})
}

// page writes a copy of the reference call page; other pages say something else.
func (t *tree) page(name string) error {
	for _, ext := range []string{".js", ".wxml"} {
		text, err := os.ReadFile("fixtures/reference/native-js/call" + ext)
		if err != nil {
			return err
		}
		if err := t.write(name+ext, string(text)); err != nil {
			return err
		}
	}
	return t.write(name+".json", "{}")
}

// app writes the app configuration of pages.
func (t *tree) app(root string, pages []string) error {
	var quoted []string
	for _, page := range pages {
		quoted = append(quoted, fmt.Sprintf("%q", page))
	}
	const desc = `{"desc":"用于和家人通话"}`
	return t.all(map[string]string{
		root + "/app.json": `{"pages":[` + strings.Join(quoted, ",") + `],"permission":{"scope.record":` + desc + `,"scope.camera":` + desc + `}}`,
		root + "/app.js":   "App({})\n",
	})
}

// plainPage writes a page and its component that have nothing to do with calls, and import what they are told to.
func (t *tree) plainPage(root string, i int, imports string) error {
	page, component := fmt.Sprintf("%s/pages/p%d/p%d", root, i, i), fmt.Sprintf("%s/components/c%d/index", root, i)
	return t.all(map[string]string{
		page + ".js":        imports + "Page({\n  data: { list: [] },\n" + strings.Repeat("  onTap(e) {\n    const list = this.data.list.map((item) => ({ ...item, id: e.detail.id }))\n    this.setData({ list })\n  },\n", 20) + "})\n",
		page + ".wxml":      strings.Repeat("<view class=\"item\" bindtap=\"onTap\">{{list.length}}</view>\n", 20) + "<card />\n",
		page + ".json":      fmt.Sprintf(`{"usingComponents":{"card":"/components/c%d/index"}}`, i),
		component + ".js":   "Component({ properties: { title: String }, methods: { tap() { this.triggerEvent('tap') } } })\n",
		component + ".wxml": "<view bindtap=\"tap\">{{title}}</view>\n",
		component + ".json": `{"component":true}`,
	})
}
