package appconfig_test

// What comes of additions, case by case. A case is a text archive of a project. Its comment tells what it shows, and what
// is asked for: "register PAGE", "declare SCOPE"; "crlf" gives all files such line endings.
// "want FILE" is what a file becomes, "refused" what is said where nothing can be added.

import (
	"flag"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/appconfig"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var update = flag.Bool("update", false, "rewrite what the cases want")

// project is a mini-program of the files.
func project(t *testing.T, files map[string]string) *miniprogram.Project {
	t.Helper()
	projects, err := check.Projects(check.Options{Dir: "/work", Paths: []string{"."}, FS: miniprogram.MemFS(files), Now: time.Unix(0, 0)})
	if err != nil || len(projects) != 1 {
		t.Fatalf("%d projects, %v", len(projects), err)
	}
	return projects[0]
}

// asked are the additions that a case's comment asks for.
func asked(t *testing.T, p *miniprogram.Project, comment string) (additions []appconfig.Addition, refused string) {
	t.Helper()
	var permissions []appconfig.Permission
	take := func(a appconfig.Addition, err error) {
		if err != nil {
			refused += err.Error() + "\n"
			return
		}
		additions = append(additions, a)
	}
	for line := range strings.Lines(comment) {
		switch word, rest, _ := strings.Cut(strings.TrimSpace(line), " "); word {
		case "register":
			take(appconfig.Register(p, rest))
		case "declare":
			permissions = append(permissions, appconfig.Permission{Scope: rest, Desc: "用于" + rest})
		}
	}
	if len(permissions) > 0 {
		take(appconfig.Declare(p, permissions))
	}
	return additions, refused
}

// holds tells that a project has what a case's comment asks for.
func holds(p *miniprogram.Project, comment string) bool {
	there := map[string]bool{}
	for _, u := range p.Units {
		there["register "+u.Path] = u.Registered
		if u.Script != nil { // a package gives its pages other paths
			name := strings.TrimPrefix(u.Script.File.Path, "src/")
			there["register "+strings.TrimSuffix(name, path.Ext(name))] = u.Registered
		}
	}
	for _, e := range p.Config.Permissions {
		there["declare "+e.Scope] = e.Desc == "用于"+e.Scope
	}
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(line)
		if (strings.HasPrefix(line, "register ") || strings.HasPrefix(line, "declare ")) && !there[line] {
			return false
		}
	}
	return len(p.Config.Faults) == 0
}

func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			comment := string(archive.Comment)
			as := func(text string) string {
				if strings.Contains(comment, "\ncrlf\n") {
					text = strings.ReplaceAll(text, "\n", "\r\n")
				}
				return text
			}
			files, want := map[string]string{}, map[string]string{}
			var inputs []txtar.File
			for _, f := range archive.Files {
				file, wanted := strings.CutPrefix(f.Name, "want ")
				switch {
				case f.Name == "refused":
					want[f.Name] = string(f.Data)
				case wanted:
					want[file] = as(string(f.Data))
				default:
					files[f.Name] = as(string(f.Data))
					inputs = append(inputs, f)
				}
			}
			p := project(t, files)
			additions, refused := asked(t, p, comment)
			got := map[string]string{}
			if refused != "" {
				got["refused"] = refused
			} else {
				for _, c := range appconfig.Apply(additions...) {
					got[c.File.Path], files[c.File.Path] = string(c.Text), string(c.Text)
				}
				if !holds(project(t, files), comment) {
					t.Errorf("what was asked for is not there: %q", got)
				}
			}
			if *update {
				rewrite(t, name, &txtar.Archive{Comment: archive.Comment, Files: inputs}, got)
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// rewrite writes a case with what it comes to.
func rewrite(t *testing.T, name string, archive *txtar.Archive, got map[string]string) {
	t.Helper()
	for _, input := range archive.Files {
		if text, ok := got[input.Name]; ok {
			archive.Files = append(archive.Files, txtar.File{Name: "want " + input.Name, Data: []byte(strings.ReplaceAll(text, "\r\n", "\n"))})
		}
	}
	if text, ok := got["refused"]; ok {
		archive.Files = append(archive.Files, txtar.File{Name: "refused", Data: []byte(text)})
	}
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
