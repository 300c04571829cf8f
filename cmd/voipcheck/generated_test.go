package main

// The parts of the documentation that are made: the sample's report, the table of rules, and a page with
// everything there is to say about each rule.

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/voipcheck/voipcheck/internal/check"
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
				end := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "  ✗") })
				if end < 0 {
					t.Fatal("no summary at the end of the report")
				}
				lines = append(append(lines[:i:i], "[...]", ""), lines[end:]...)
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

// TestPictures draws what the first command of the README finds, for light and for dark pages.
func TestPictures(t *testing.T) {
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	s := &session{Command: &Command{Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Dir: dir, Env: func(string) string { return "" }}}
	result, err := check.Run(check.Options{Dir: dir, Paths: []string{"fixtures/guide-sample"}, FS: s.files(), Pictures: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range result.Pictures {
		p := &result.Pictures[i]
		if p.Verdict != report.PictureWrong {
			continue
		}
		for _, l := range []lang.Lang{lang.EN, lang.ZH} {
			for shade, isDark := range map[string]bool{"light": false, "dark": true} {
				drawn, err := report.DrawFile(p, l, isDark)
				if err != nil {
					t.Fatal(err)
				}
				fresh(t, "../../packaging/pictures/"+lang.T("path", "path.zh-CN").In(l)+"-"+shade+".svg", drawn)
			}
		}
		return
	}
	t.Fatal("nothing is wrong with the sample")
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
	if diff := gocmp.Diff(string(got), want); diff != "" {
		t.Errorf("%s is stale: go test ./cmd/... -update\n%s", file, diff)
	}
}

// TestManPages keeps the manual in packaging/man, a page for each command in each language.
func TestManPages(t *testing.T) {
	for dir, l := range map[string]lang.Lang{"../../packaging/man/man1": lang.EN, "../../packaging/man/zh_CN/man1": lang.ZH} {
		s := &session{Command: (&Command{Version: "test"}).filled(), lang: l}
		pages := map[string]string{}
		manPages(s, s.root(), pages)
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
func manPages(s *session, c *cobra.Command, pages map[string]string) {
	for _, sub := range c.Commands() {
		if !sub.Hidden && sub.Name() != "help" {
			manPages(s, sub, pages)
		}
	}
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	m := &manual{session: s}
	m.line(".TH " + strings.ToUpper(name) + ` 1 "" voipcheck voipcheck`)
	m.line(".ad l\n.nh") // flags are not broken, nor Chinese stretched
	m.section("NAME", "名称")
	m.text(name + " - " + c.Short)
	m.section("SYNOPSIS", "概要")
	m.verbatim(c.Annotations["usage"])
	m.section("DESCRIPTION", "描述")
	for paragraph := range strings.SplitSeq(cmp.Or(c.Long, c.Short), "\n\n") {
		m.line(".PP")
		m.text(paragraph)
	}
	m.options(c.LocalNonPersistentFlags())
	if c.HasParent() {
		m.options(c.InheritedFlags())
	} else {
		m.options(c.PersistentFlags())
	}
	if c.Example != "" {
		m.section("EXAMPLES", "示例")
		m.verbatim(c.Example)
	}
	if status := c.Annotations["status"]; status != "" {
		m.section("EXIT STATUS", "退出码")
		m.verbatim(status)
	}
	m.section("SEE ALSO", "参见")
	m.text(report.Repository)
	pages[name+".1"] = m.page.String()
}

// manual writes a page in troff's language.
type manual struct {
	*session
	page    strings.Builder
	heading string
}

func (m *manual) line(text string) { m.page.WriteString(text + "\n") }

// section begins a section, unless it is the one that was begun last.
func (m *manual) section(en, zh string) {
	if title := m.say(en, zh); title != m.heading {
		m.heading = title
		m.line(".SH " + title)
	}
}

// text writes text, of which no line is a request.
func (m *manual) text(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			line = `\&` + line
		}
		m.line(line)
	}
}

func (m *manual) verbatim(text string) {
	m.line(".nf")
	m.text(text)
	m.line(".fi")
}

func (m *manual) options(set *pflag.FlagSet) {
	set.SortFlags = false
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		m.section("OPTIONS", "选项")
		m.line(".TP")
		head, text := flagHelp(f)
		m.text(strings.TrimSpace(head))
		m.text(text)
	})
}
