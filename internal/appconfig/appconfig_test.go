package appconfig_test

// What comes of additions, case by case. A case is a text archive of a project. Its comment tells what it shows, and what
// is asked for: "register PAGE", "declare SCOPE"; "crlf" gives all files such line endings.
// "want FILE" is what a file becomes, "refused" what is said where nothing can be added.

import (
	"flag"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/appconfig"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/trial"
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
	const want, refusal = "want ", "refused"
	wanted := func(name string) bool { return name == refusal || strings.HasPrefix(name, want) }
	trial.Cases(t, "testdata/*.txtar", *update, wanted, func(t *testing.T, c *trial.Case) []txtar.File {
		files := c.Files()
		if strings.Contains(c.Comment, "\ncrlf\n") {
			for name, text := range files {
				files[name] = strings.ReplaceAll(text, "\n", "\r\n")
			}
		}
		additions, refused := asked(t, project(t, files), c.Comment)
		if refused != "" {
			return c.With(refusal, refused)
		}
		changes, err := appconfig.Apply(additions...)
		if err != nil {
			return c.With(refusal, err.Error()+"\n")
		}
		changed := map[string]string{}
		for _, change := range changes {
			name, text := change.File.Path, string(change.Text)
			if files[name] = text; strings.Contains(c.Comment, "\ncrlf\n") {
				if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
					t.Errorf("%s has lines that end otherwise: %q", name, text)
				}
				text = strings.ReplaceAll(text, "\r\n", "\n")
			}
			changed[name] = text
		}
		if !holds(project(t, files), c.Comment) {
			t.Errorf("what was asked for is not there: %q", changed)
		}
		all := c.Inputs
		for _, f := range c.Inputs {
			if text, ok := changed[f.Name]; ok {
				all = append(all, txtar.File{Name: want + f.Name, Data: []byte(text)})
			}
		}
		return all
	})
}
