package framework_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// tree writes files below a new folder; a text that begins with "-> " is a symbolic link.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if to, link := strings.CutPrefix(text, "-> "); link {
			err = os.Symlink(filepath.FromSlash(to), file)
		} else {
			err = os.WriteFile(file, []byte(text), 0o644)
		}
		if err != nil {
			t.Skipf("cannot be written here: %v", err)
		}
	}
	return root
}

// discoverIn reads what is in a folder on disk, with the folder as the working directory.
func discoverIn(t *testing.T, root string, opts reading.Options) *miniprogram.Project {
	t.Helper()
	t.Chdir(root)
	projects, err := framework.Discover(miniprogram.OSFS(), nil, opts)
	if err != nil || len(projects) != 1 {
		t.Fatalf("%d projects, %v", len(projects), err)
	}
	return projects[0]
}

func scriptPaths(p *miniprogram.Project) string {
	var out []string
	for _, s := range p.Scripts {
		out = append(out, s.File.Path)
	}
	return strings.Join(out, " ")
}

const callPage = "const { ask } = require('../../shared/auth')\nPage({ onLoad() { ask(); wx.join1v1Chat({}) } })\n"

func TestSymbolicLinks(t *testing.T) {
	root := tree(t, map[string]string{
		"mp/app.json":            `{ "pages": ["pages/a/a", "pages/b/b"] }`,
		"mp/pages/a/a.js":        callPage,
		"mp/pages/loop":          "-> ..",
		"mp/pages/self":          "-> self",
		"mp/shared":              "-> ../common",
		"mp/again":               "-> ../common",
		"mp/pages/b/b.js":        "-> ../a/a.js",
		"mp/pages/nowhere.js":    "-> nothing.js",
		"common/auth.js":         "exports.ask = () => wx.authorize({ scope: 'scope.record' })",
		"common/back":            "-> ../mp",
		"mp/project.config.json": `{}`,
	})
	p := discoverIn(t, root, reading.Options{})
	if got, want := scriptPaths(p), "common/auth.js mp/pages/a/a.js"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(p.Unreadable) > 0 {
		t.Errorf("unreadable: %v", p.Unreadable)
	}
	if p.Units[0].Script == nil || p.Units[0].Script != p.Units[1].Script {
		t.Error("a file and a link to it are two scripts")
	}
}

func TestLinkedRoot(t *testing.T) {
	root := tree(t, map[string]string{
		"real/app.json": `{ "pages": ["pages/a/a"] }`, "real/pages/a/a.js": callPage, "real/shared/auth.js": "exports.ask = 1", "link": "-> real",
	})
	t.Chdir(root)
	projects, err := framework.Discover(miniprogram.OSFS(), []string{"link"}, reading.Options{})
	if err != nil || projects[0].Root != "link" || scriptPaths(projects[0]) != "link/pages/a/a.js" {
		t.Fatalf("%v, %v", err, projects)
	}
	if r := projects[0].Resolve(projects[0].Scripts[0], "../../shared/auth"); r.Script == nil || r.Script.File.Path != "link/shared/auth.js" {
		t.Errorf("resolved to %+v", r)
	}
}

func TestEncodings(t *testing.T) {
	encode := func(e encoding.Encoding, text string) string {
		out, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const text = "// 通话\r\nPage({ onLoad() { wx.join1v1Chat({ 名: '你好' }) } })\r\n"
	for _, c := range []struct {
		name, raw string
		want      source.Encoding
	}{
		{"utf-8", text, source.UTF8},
		{"utf-8 with a mark", "\ufeff" + text, source.UTF8BOM},
		{"utf-16le", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text), source.UTF16LE},
		{"utf-16be", encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text), source.UTF16BE},
		{"utf-16le without a mark", encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text), source.UTF16LE},
		{"gbk", encode(simplifiedchinese.GBK, text), source.GBK},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := `{ "pages": ["a"], "permission": { "scope.record": { "desc": "通话" } } }`
			projects, err := framework.Discover(miniprogram.MemFS(map[string]string{"app.json": "\ufeff" + config, "a.js": c.raw}), nil, reading.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := projects[0]
			if !p.Config.Readable || len(p.Config.Faults) > 0 || p.Config.Permissions[0].Desc != "通话" {
				t.Errorf("the configuration was not read: %+v", p.Config)
			}
			if !p.HasTrace() || len(p.Scripts) != 1 {
				t.Fatalf("the call was not seen")
			}
			if f := p.Scripts[0].File; string(f.Text) != text || f.Encoding != c.want {
				t.Errorf("encoding %v, text %q", f.Encoding, f.Text)
			}
		})
	}
}

// refusing is a file system that lets nobody read some names.
type refusing struct {
	miniprogram.FS
	names string
}

func (r refusing) refuses(name string) bool {
	return strings.Contains(r.names, " "+filepath.Base(name)+" ")
}

func (r refusing) Open(name string) (fs.File, error) {
	if r.refuses(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.FS.Open(name)
}

func (r refusing) ReadDir(name string) ([]fs.DirEntry, error) {
	if r.refuses(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.FS.ReadDir(name)
}

func TestUnreadable(t *testing.T) {
	files := map[string]string{
		"app.json":         `{ "pages": ["pages/a/a"] }`,
		"pages/a/a.js":     callPage,
		"pages/a/a.wxml":   "<view/>",
		"pages/a/a.json":   "{}",
		"shared/auth.js":   "exports.ask = 1",
		"locked/locked.js": "wx.join1v1Chat({})",
	}
	for _, c := range []struct{ name, refused, want string }{
		{"a script", " a.js ", "pages/a/a.js"},
		{"a template", " a.wxml ", "pages/a/a.wxml"},
		{"a folder", " locked ", "locked"},
		{"a module", " auth.js ", "shared/auth.js"},
		{"the configuration", " app.json ", "app.json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			projects, err := framework.Discover(refusing{miniprogram.MemFS(files), c.refused}, nil, reading.Options{})
			if err != nil {
				t.Fatal(err)
			}
			u := projects[0].Unreadable
			if len(u) != 1 || u[0].Path != c.want || !errors.Is(u[0].Err, fs.ErrPermission) {
				t.Errorf("got %v, want %s", u, c.want)
			}
			if u[0].Err != nil && strings.Contains(u[0].Err.Error(), miniprogram.MemFS(nil).Base()) {
				t.Errorf("an absolute path is told: %v", u[0].Err)
			}
		})
	}
	t.Run("the folder", func(t *testing.T) {
		_, err := framework.Discover(refusing{miniprogram.MemFS(files), " pages "}, []string{"pages"}, reading.Options{})
		var unreadable *miniprogram.ReadError
		if !errors.As(err, &unreadable) || unreadable.Path != "pages" {
			t.Errorf("got %v", err)
		}
	})
}

func TestSizes(t *testing.T) {
	limits := files.Limits{Config: 1000, Script: 2000, Named: 5000}
	filler := func(n int) string { return "// " + strings.Repeat("x", n) + "\n" }
	sources := map[string]string{
		"app.json":       `{ "pages": ["pages/a", "pages/b", "pages/c", "pages/d"] }`,
		"pages/a.js":     filler(3000) + "wx.join1v1Chat({})",
		"pages/b.js":     filler(6000) + "wx.join1v1Chat({})",
		"pages/c.js":     filler(3000),
		"pages/d.js":     filler(3000) + "require('../called')",
		"called.js":      "wx.setEnable1v1Chat({ enable: true })",
		"lib/vendor.js":  filler(3000),
		"lib/vendor2.js": filler(3000) + "authorize",
	}
	projects, err := framework.Discover(miniprogram.MemFS(sources), nil, reading.Options{Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	p := projects[0]
	if got, want := scriptPaths(p), "called.js pages/a.js"; got != want {
		t.Errorf("scripts %s, want %s", got, want)
	}
	var got []string
	for _, u := range p.Unreadable {
		if !errors.Is(u.Err, files.ErrTooLarge) {
			t.Errorf("%s: %v", u.Path, u.Err)
		}
		got = append(got, u.Path)
	}
	if want := "lib/vendor2.js pages/a.js pages/b.js pages/d.js"; strings.Join(got, " ") != want {
		t.Errorf("unreadable %v, want %s", got, want)
	}
	sources["app.json"] += strings.Repeat(" ", 2000)
	projects, err = framework.Discover(miniprogram.MemFS(sources), nil, reading.Options{Limits: limits})
	if err != nil || projects[0].Config.Readable || len(projects[0].Config.Faults) != 0 {
		t.Errorf("a configuration over its limit: %v", err)
	}
}

func TestOddEntries(t *testing.T) {
	t.Run("a folder named app.json", func(t *testing.T) {
		_, err := framework.Discover(miniprogram.MemFS(map[string]string{"app.json/x.js": ""}), nil, reading.Options{})
		var nothing *miniprogram.NothingFound
		if !errors.As(err, &nothing) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a folder named app.json that is promised", func(t *testing.T) {
		projects, err := framework.Discover(miniprogram.MemFS(map[string]string{"app.json/x.js": "", "project.config.json": `{ "miniprogramRoot": "./" }`}), nil, reading.Options{})
		if err != nil || len(projects[0].Config.Faults) != 1 || projects[0].Config.Faults[0].Kind != miniprogram.FaultMissing {
			t.Errorf("got %v", err)
		}
	})
	t.Run("folders named like code", func(t *testing.T) {
		projects, err := framework.Discover(miniprogram.MemFS(map[string]string{
			"app.json": `{ "pages": ["a"] }`, "a.js/x.txt": "", "a.wxml/x.txt": "", "a.json/x.txt": "", "b.js": "wx.join1v1Chat({})",
		}), nil, reading.Options{})
		if err != nil || scriptPaths(projects[0]) != "b.js" || len(projects[0].Unreadable) > 0 {
			t.Errorf("got %v, %v", err, projects)
		}
	})
	t.Run("a path that does not exist", func(t *testing.T) {
		_, err := framework.Discover(miniprogram.MemFS(map[string]string{"app.json": `{ "pages": [] }`}), []string{"nowhere"}, reading.Options{})
		var nothing *miniprogram.NothingFound
		if !errors.As(err, &nothing) || !strings.Contains(err.Error(), "nowhere") {
			t.Errorf("got %v", err)
		}
	})
}

func TestPathsOutside(t *testing.T) {
	root := tree(t, map[string]string{"mp/app.json": `{ "pages": ["a"] }`, "mp/a.js": "wx.join1v1Chat({})", "elsewhere/x": ""})
	t.Chdir(filepath.Join(root, "elsewhere"))
	for _, arg := range []string{"../mp", filepath.Join(root, "mp"), filepath.Join(root, "mp", "a.js")} {
		projects, err := framework.Discover(miniprogram.OSFS(), []string{arg}, reading.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if p := projects[0]; p.Root != "../mp" || p.Scripts[0].File.Path != "../mp/a.js" {
			t.Errorf("%s: root %s, script %s", arg, p.Root, p.Scripts[0].File.Path)
		}
	}
}

// TestOrder reads one tree again and again: what is found is the same, whoever of the workers found it.
func TestOrder(t *testing.T) {
	root := generate(t, 300)
	t.Chdir(root)
	first := ""
	for range 5 {
		projects, err := framework.Discover(miniprogram.OSFS(), nil, reading.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		dump(&b, projects[0])
		if first == "" {
			first = b.String()
		}
		if b.String() != first {
			t.Fatal("two readings differ")
		}
	}
	if !strings.Contains(first, "script lib/call.js enable authorize") {
		t.Error("the module that makes the call is missing")
	}
}

func FuzzAppJSON(f *testing.F) {
	var seeds trial.Seeds
	for _, s := range []string{
		`{"pages":["pages/a/a","../x","/y"],"permission":{"scope.record":{"desc":"x"},"scope.camera":1}}`,
		`{"subPackages":[{"root":"s","pages":["p"]}],"tabBar":{"list":[{"pagePath":"p"}],"custom":true},"usingComponents":{"a":"/b","c":"../.."}}`,
		"{ // x\n}", `{"pages":{}}`, `[]`, `{"resolveAlias":{"*":"*","@/*":"/*/*"},"componentGenerics":{"a":{"default":"./a"}}}`,
	} {
		seeds.Add(s)
	}
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text string) {
		read := func() string {
			projects, err := framework.Discover(miniprogram.MemFS(map[string]string{
				"app.json": text, "pages/a/a.js": "require('@/x'); wx.join1v1Chat({})", "pages/a/a.wxml": "<a/><c/>", "b.wxml": "<view/>",
			}), nil, reading.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := projects[0]
			inside := func(s source.Span) {
				if !s.IsZero() && (s.Start < 0 || s.End > len(s.File.Text) || s.Start > s.End) {
					t.Fatalf("a place outside: %d-%d", s.Start, s.End)
				}
			}
			inside(p.Config.PermissionKey)
			for _, fault := range p.Config.Faults {
				inside(fault.At)
			}
			for _, permission := range p.Config.Permissions {
				inside(permission.ScopeKey)
				inside(permission.DescKey)
			}
			if !p.Config.Readable && len(p.Config.Faults) == 0 {
				t.Fatal("unreadable without a fault")
			}
			var b strings.Builder
			dump(&b, p)
			return b.String()
		}
		first, second := read(), read()
		if first != second {
			t.Fatal("two readings differ")
		}
	})
}
