// Package callpage puts the reference call page, or the self-check page, into a project: its files, its entry among the pages, and the
// two permissions. Nothing is written until all of it is known to be possible.
package callpage

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/voipcheck/voipcheck/fixtures"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Request is what is wanted.
type Request struct {
	Project *miniprogram.Project
	// Root is the absolute folder of the app configuration: page paths are relative to it.
	Root string
	// Page is the page's folder relative to Root, "/" separated.
	Page string
	// TypeScript tells the language; nil for that of the project.
	TypeScript *bool
	// Force allows files that are there to be replaced.
	Force bool
	// Content is which page.
	Content Content
}

// Content is a page that can be put into a project.
type Content struct {
	// Title is the page's title where the app configuration has it.
	Title string
	// Files are the page's files for a kind of project.
	Files func(kind fixtures.Kind, typescript bool) ([]fixtures.File, error)
}

// The pages that there are.
var (
	Call      = Content{"音视频通话", fixtures.ReferencePage}
	SelfCheck = Content{"通话自检", fixtures.SelfCheckPage}
)

// Change is a file that is written.
type Change struct {
	// File is relative to Root, "/" separated.
	File string
	Text []byte
	// New tells that the file was not there.
	New bool
}

// Plan is what will be written.
type Plan struct {
	root string
	// Path is the page's path as the app configuration has it.
	Path string
	// Page are the page's files, Config those that register it. A configuration that
	// needs no change is not among them.
	Page, Config []Change
}

// Exists is the error for files that are in the way.
type Exists struct{ Files []string }

func (e *Exists) Error() string { return strings.Join(e.Files, ", ") + " already there" }

// Make plans. Its errors are told to users; an *Exists needs Force.
func Make(r Request) (*Plan, error) {
	p := &Plan{root: r.Root, Path: r.Page + "/" + pageName(r)}
	files, err := page(r)
	if err != nil {
		return nil, err
	}
	if p.Config, err = register(r, p.Path); err != nil {
		return nil, err
	}
	crlf := len(p.Config) > 0 && bytes.Contains(p.Config[0].Text, []byte("\r\n"))
	var there []string
	for _, f := range files {
		change := Change{File: path.Join(r.Page, fileName(f.Name, path.Base(p.Path))), Text: f.Text, New: true}
		if crlf {
			change.Text = bytes.ReplaceAll(change.Text, []byte("\n"), []byte("\r\n"))
		}
		if _, err := os.Lstat(filepath.Join(r.Root, filepath.FromSlash(change.File))); err == nil {
			there = append(there, change.File)
			change.New = false
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, lang.Errorf(lang.T("%s: %s", "%s：%s"), change.File, err)
		}
		p.Page = append(p.Page, change)
	}
	if len(there) > 0 && !r.Force {
		return nil, &Exists{there}
	}
	return p, nil
}

// page returns the page that suits the project.
func page(r Request) ([]fixtures.File, error) {
	kind := fixtures.Kind(r.Project.Style.Page)
	if kind == "" {
		return nil, lang.Errorf(lang.T(
			"there is no such page for %s, only for native, uni-app, Taro (React, Vue 2 and Vue 3), mpx and wepy 2",
			"没有适用于 %s 的页面，只有原生、uni-app、Taro（React、Vue 2 和 Vue 3）、mpx 和 wepy 2 的"), writtenWith(r.Project))
	}
	if r.TypeScript != nil && *r.TypeScript && !kind.InTypeScript() {
		return nil, lang.Errorf(lang.T(
			"the page for %s exists only in JavaScript; omit --lang-ts",
			"适用于 %s 的页面只有 JavaScript 版，请去掉 --lang-ts"), writtenWith(r.Project))
	}
	return r.Content.Files(kind, kind.InTypeScript() && typescript(r))
}

// writtenWith names a project's framework, with its version where that matters.
func writtenWith(p *miniprogram.Project) string {
	return cmp.Or(p.Style.Called, string(p.Framework))
}

// fileName is a reference file's name in the project: "call" stands for the page.
func fileName(name, page string) string {
	if rest, ok := strings.CutPrefix(name, "call."); ok {
		return page + "." + rest
	}
	return name
}

// Write writes the page first, so that a configuration never names what is not there.
func (p *Plan) Write() error {
	folder, err := edit.Within(p.root)
	if err != nil {
		return err
	}
	for _, c := range append(append([]Change(nil), p.Page...), p.Config...) {
		if err := folder.Write(filepath.FromSlash(c.File), c.Text); err != nil {
			return err
		}
	}
	return nil
}

// pageName is "index" where the project calls its pages so, else the folder's name.
func pageName(r Request) string {
	pages, index := 0, 0
	for _, u := range r.Project.Units {
		if u.Kind == miniprogram.PageUnit && u.Registered {
			pages++
			if path.Base(u.Path) == "index" {
				index++
			}
		}
	}
	// One page says nothing: pages/index/index is what every template begins with.
	if pages > 1 && 2*index > pages {
		return "index"
	}
	return path.Base(r.Page)
}

// typescript tells which language the page is written in.
func typescript(r Request) bool {
	if r.TypeScript != nil {
		return *r.TypeScript
	}
	for _, s := range r.Project.Scripts {
		if name := s.File.Name; strings.HasSuffix(name, ".ts") || strings.HasSuffix(name, ".tsx") {
			return true
		}
	}
	for _, name := range []string{"app.ts", "src/app.ts", "src/app.tsx", "src/app.config.ts", "src/main.ts", "app.tsx", "app.config.ts", "main.ts", "tsconfig.json", "../tsconfig.json"} {
		if _, err := os.Stat(filepath.Join(r.Root, filepath.FromSlash(name))); err == nil {
			return true
		}
	}
	return false
}
