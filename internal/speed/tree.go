//go:build unix

package main

// Trees to measure on: files of packages spread below a mini-program, and pages that make calls.

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// packageFile is a file of an npm package.
type packageFile struct {
	name, below string // absolute, and below node_modules
	order       uint64
}

// packageFiles lists the files of the packages, package by package in an order that has nothing to do with their names. Packages
// that stand in for the platform are left out: they name its calls, and no mini-program holds them.
func packageFiles(modules string) ([]packageFile, error) {
	var all []packageFile
	err := filepath.WalkDir(modules, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(modules, name)
		if err != nil {
			return err
		}
		parts := strings.Split(filepath.ToSlash(below), "/")
		switch {
		case d.IsDir() && (below != "." && strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" && len(parts) > 1 || d.Name() == "miniprogram-simulate"):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		first := parts[0]
		if strings.HasPrefix(first, "@") && len(parts) > 1 {
			first += "/" + parts[1]
		}
		h := fnv.New64a()
		_, _ = h.Write([]byte(first)) // it never fails
		all = append(all, packageFile{name, below, h.Sum64()})
		return nil
	})
	slices.SortStableFunc(all, func(a, b packageFile) int {
		switch {
		case a.order < b.order:
			return -1
		case a.order > b.order:
			return 1
		}
		return strings.Compare(a.below, b.below)
	})
	return all, err
}

// tree is a mini-program on disk.
type tree struct {
	dir   string
	files int
	bytes int64
}

// tree makes a mini-program of so many package files and calling pages.
func (b *bench) tree(name string, all []packageFile, files, calling int) (tree, error) {
	t := tree{dir: filepath.Join(b.dir, name)}
	if len(all) < files {
		return t, fmt.Errorf("%s has %d files, %d are needed: install more packages", b.modules, len(all), files)
	}
	for _, f := range all[:files] {
		text, err := os.ReadFile(f.name)
		if err != nil {
			return t, err
		}
		if err := t.write(filepath.Join("vendor", f.below), text); err != nil {
			return t, err
		}
	}
	var pages []string
	for i := range calling {
		page := fmt.Sprintf("pages/call%d/call", i)
		pages = append(pages, fmt.Sprintf("%q", page))
		for _, ext := range []string{".js", ".wxml"} {
			text, err := os.ReadFile("fixtures/reference/native-js/call" + ext)
			if err == nil {
				err = t.write(page+ext, text)
			}
			if err != nil {
				return t, err
			}
		}
		if err := t.write(page+".json", []byte("{}")); err != nil {
			return t, err
		}
	}
	desc := `{"desc":"用于和家人通话"}`
	app := `{"pages":[` + strings.Join(pages, ",") + `],"permission":{"scope.record":` + desc + `,"scope.camera":` + desc + `}}`
	if err := t.write("app.json", []byte(app)); err != nil {
		return t, err
	}
	return t, t.write("app.js", []byte("App({})\n"))
}

func (t *tree) write(name string, text []byte) error {
	file := filepath.Join(t.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	t.files++
	t.bytes += int64(len(text))
	return os.WriteFile(file, text, 0o644)
}
