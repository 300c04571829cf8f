package main

// The parts of the documentation that are made: the sample's report, the table of rules, and a page with
// everything there is to say about each rule.

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// sampleReport is what the README's first command prints, cut after its first finding.
func sampleReport(t *testing.T, l string) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	c := &Command{Stdout: &stdout, Stderr: &stderr, Dir: dir, Env: func(string) string { return "" }}
	if status := c.Main([]string{"--lang", l, "fixtures/guide-sample"}); status != 1 || stderr.Len() > 0 {
		t.Fatalf("the sample: exit status %d, %s", status, stderr.String())
	}
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	findings := 0
	for i, line := range lines {
		if strings.HasPrefix(line, " ✗") || strings.HasPrefix(line, " !") {
			if findings++; findings == 2 {
				lines = append(append(lines[:i:i], "[...]", ""), lines[len(lines)-2:]...)
				break
			}
		}
	}
	return "```text\n" + strings.Join(lines, "\n") + "\n```\n"
}

// formatTable lists the formats.
func formatTable(l lang.Lang) string {
	table := lang.T("| format | |\n|---|---|\n", "| 格式 | |\n|---|---|\n").In(l)
	for _, f := range report.Formats() {
		table += "| `" + f.Name + "` | " + f.Title.In(l) + " |\n"
	}
	return table
}

func TestReadme(t *testing.T) {
	for file, l := range map[string]lang.Lang{"../../README.md": lang.EN, "../../README.zh-CN.md": lang.ZH} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var table strings.Builder
		if err := rulesMarkdown(&table, l); err != nil {
			t.Fatal(err)
		}
		want := string(text)
		for name, made := range map[string]string{
			"sample":  sampleReport(t, lang.T("en", "zh").In(l)),
			"rules":   table.String(),
			"formats": formatTable(l),
		} {
			section := regexp.MustCompile(`(?s)(<!-- generated: ` + name + ` -->\n).*?(<!-- end -->)`)
			if !section.MatchString(want) {
				t.Fatalf("%s has no generated part %q", file, name)
			}
			want = section.ReplaceAllStringFunc(want, func(string) string {
				return "<!-- generated: " + name + " -->\n" + made + "<!-- end -->"
			})
		}
		fresh(t, file, want)
	}
}

func TestRuleDocumentation(t *testing.T) {
	for file, l := range map[string]lang.Lang{"../../checks/README.md": lang.EN, "../../checks/README.zh-CN.md": lang.ZH} {
		fresh(t, file, report.RuleDocumentation(l))
	}
}

// fresh compares a file with what it should be, or rewrites it.
func fresh(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), want); diff != "" {
		t.Errorf("%s is stale: go test ./cmd/... -update\n%s", file, diff)
	}
}

// TestManPages keeps the manual in packaging/man, a page for each command in each language.
func TestManPages(t *testing.T) {
	for dir, l := range map[string]lang.Lang{"../../packaging/man/man1": lang.EN, "../../packaging/man/zh_CN/man1": lang.ZH} {
		s := &session{Command: (&Command{Version: "test"}).filled(), lang: l}
		pages := map[string]string{}
		manPages(t, s.root(), pages)
		if len(pages) < 8 {
			t.Fatalf("only %d pages", len(pages))
		}
		for name, page := range pages {
			fresh(t, filepath.Join(dir, name), page)
		}
	}
}

// TestCompletionScripts keeps the scripts that packages install.
func TestCompletionScripts(t *testing.T) {
	for shell, file := range map[string]string{"bash": "voipcheck.bash", "zsh": "_voipcheck", "fish": "voipcheck.fish"} {
		var stdout, stderr bytes.Buffer
		c := &Command{Stdout: &stdout, Stderr: &stderr, Dir: t.TempDir(), Env: func(string) string { return "" }}
		if status := c.Main([]string{"completion", shell}); status != 0 || stdout.Len() < 1000 {
			t.Fatalf("%s: exit status %d, %s", shell, status, stderr.String())
		}
		fresh(t, filepath.Join("../../packaging/completion", file), stdout.String())
	}
}

// manPages makes the page of a command, and those of the commands below it.
func manPages(t *testing.T, c *cobra.Command, pages map[string]string) {
	t.Helper()
	for _, sub := range c.Commands() {
		if !sub.Hidden && sub.Name() != "help" {
			manPages(t, sub, pages)
		}
	}
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	c.DisableAutoGenTag, c.DisableFlagsInUseLine = true, true
	if c.HasParent() {
		c.Use = strings.TrimPrefix(c.Annotations["usage"], c.Parent().CommandPath()+" ")
	} else {
		c.Use = "voipcheck [FLAGS] [PATH ...]"
	}
	var page bytes.Buffer
	head := &doc.GenManHeader{Title: strings.ToUpper(name), Section: "1", Source: "voipcheck", Manual: "voipcheck", Date: &time.Time{}}
	if err := doc.GenMan(c, head, &page); err != nil {
		t.Fatal(err)
	}
	// A page without a day: it is the same whenever it is made.
	text := strings.Replace(page.String(), `"Jan 0001"`, `""`, 1)
	if status := c.Annotations["status"]; status != "" {
		text += "\n.SH EXIT STATUS\n.nf\n" + status + "\n.fi\n"
	}
	pages[name+".1"] = text
}
