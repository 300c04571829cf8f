package content_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/trial"
	"github.com/voipcheck/voipcheck/packaging/site/content"
)

// written are the pages by their paths.
func written(t *testing.T, playground bool) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := content.Write("../../..", dir, playground); err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		name, err = filepath.Rel(dir, name)
		pages[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

var (
	codeBlock = regexp.MustCompile("(?s)```.*?```")
	linked    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	menuLink  = regexp.MustCompile(`"link": "([^"]+)"|link: (/\S*)`)
	heading   = regexp.MustCompile(`(?m)^#+ .*\{#([^}]+)\}$`)
)

// TestLinks follows every link within the pages, and those that lead to files of the repository.
func TestLinks(t *testing.T) {
	pages := written(t, false)
	followed := 0
	follow := func(from, link string) {
		target, place, _ := strings.Cut(link, "#")
		switch {
		case strings.HasPrefix(target, "https://github.com/voipcheck/voipcheck/blob/main/"):
			file := strings.TrimPrefix(target, "https://github.com/voipcheck/voipcheck/blob/main/")
			if _, err := os.Stat(filepath.Join("../../..", filepath.FromSlash(file))); err != nil {
				t.Errorf("%s leads to %s, which is not in the repository", from, file)
			}
		case strings.Contains(target, "://"):
			return
		case strings.HasPrefix(target, "/"):
			target = strings.TrimPrefix(target, "/")
			if target == "" || strings.HasSuffix(target, "/") {
				target += "index"
			}
			target += ".md"
			if _, ok := pages[target]; !ok {
				t.Errorf("%s leads to %s, which is no page", from, link)
			}
		default:
			if target = path.Join(path.Dir(from), target); strings.HasPrefix(link, "#") {
				target = from
			}
			if _, ok := pages[target]; !ok {
				t.Errorf("%s leads to %s, which is no page", from, link)
				return
			}
			if place != "" && !hasPlace(pages[target], place) {
				t.Errorf("%s leads to %s, which has no such place", from, link)
			}
		}
		followed++
	}
	for name, text := range pages {
		for _, m := range linked.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
			follow(name, m[1])
		}
		if name == "nav.json" || path.Base(name) == "index.md" {
			for _, m := range menuLink.FindAllStringSubmatch(text, -1) {
				follow(name, m[1]+m[2])
			}
		}
	}
	if followed < 4*len(checks.Rules()) {
		t.Errorf("only %d links were followed", followed)
	}
}

// hasPlace tells that a page has a heading of that name.
func hasPlace(page, place string) bool {
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		if m[1] == place {
			return true
		}
	}
	return false
}

// TestPages looks for what each rule's page has to hold in both languages.
func TestPages(t *testing.T) {
	pages := written(t, true)
	drawings := 0
	for _, prefix := range []string{"", "en/"} {
		for _, r := range checks.Rules() {
			page := pages[prefix+"rules/"+r.ID+".md"]
			for _, part := range []string{"`" + r.ID + "`", "{#run-time}", "{#fix}", "{#sources}"} {
				if !strings.Contains(page, part) {
					t.Errorf("the page %srules/%s has no %s", prefix, r.ID, part)
				}
			}
			if r.Bad != "" && !strings.Contains(page, "{#bad}") {
				t.Errorf("the page %srules/%s has no example", prefix, r.ID)
			}
			drawings += strings.Count(page, `<div class="flow`)
		}
		for _, c := range checks.ErrorCodes() {
			if !strings.Contains(pages[prefix+"codes.md"], "## "+c.ID+" {#") {
				t.Errorf("%scodes.md says nothing of %s", prefix, c.ID)
			}
		}
		for _, s := range checks.Steps() {
			if !hasPlace(pages[prefix+"checklist.md"], string(s.Step)) {
				t.Errorf("%schecklist.md has no step %s", prefix, s.Step)
			}
		}
	}
	if drawings == 0 {
		t.Error("nothing is drawn")
	}
	if !strings.Contains(pages["nav.json"], "/playground/") {
		t.Error("nothing leads to the playground")
	}
}

// TestBuilt builds the pages as the command does, where npm is.
func TestBuilt(t *testing.T) {
	trial.Needs(t, "node", "npm")
	trial.Long(t, "VitePress takes half a minute, and needs its packages from the registry")
	if _, err := os.Stat("../node_modules"); err != nil {
		t.Skip("VitePress is not installed: npm ci in packaging/site")
	}
	out := filepath.Join(t.TempDir(), "site")
	trial.Place{Dir: "../../..", Env: os.Environ()}.Must(t, "go", "run", "./packaging/site", "-base", "/voipcheck/", out)
	for _, name := range []string{"index.html", "en/index.html", "rules/join-openid.html", "en/codes.html"} {
		text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "/voipcheck/assets/") {
			t.Errorf("%s takes nothing from under its base", name)
		}
	}
}
