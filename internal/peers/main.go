// Command peers runs other linters and TypeScript on the README's sample, and writes what they find into both READMEs:
//
//	go run ./internal/peers
//
// It needs Node and npm, which installs the versions of setup/package.json into a folder that goes away again.
package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

//go:embed setup
var setup embed.FS

// sample is what is looked at: it lets a user who refuses go on to the call.
const sample = "fixtures/guide-sample"

// peer is a program that looks for faults in JavaScript or TypeScript.
type peer struct {
	name    lang.Text
	pack    string // whose version is told
	command []string
	// found takes what the program prints, and returns the names of the rules, or the messages, of what it found.
	found func([]byte) ([]string, error)
}

var peers = []peer{
	{lang.T("TypeScript, `strict`, with WeChat's typings", "TypeScript `strict`，带微信官方类型"), "typescript", []string{"tsc", "-p", "."}, lines},
	{lang.T("ESLint recommended, typescript-eslint `strictTypeChecked`, promise, sonarjs", "ESLint recommended、typescript-eslint `strictTypeChecked`、promise、sonarjs"),
		"eslint", []string{"eslint", "sample", "-f", "json"}, eslint},
	{lang.T("Biome, recommended", "Biome 推荐规则"), "@biomejs/biome", []string{"biome", "lint", "--reporter=github", "sample"}, biome},
	{lang.T("oxlint, default", "oxlint 默认规则"), "oxlint", []string{"oxlint", "sample", "-f", "json"}, oxlint},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left of it harms nobody
	if err := prepare(dir); err != nil {
		return err
	}
	var rows []row
	for _, p := range peers {
		r, err := p.run(dir)
		if err != nil {
			return fmt.Errorf("%s: %w", p.pack, err)
		}
		rows = append(rows, r)
	}
	for file, l := range map[string]lang.Lang{"README.md": lang.EN, "README.zh-CN.md": lang.ZH} {
		if err := write(file, table(rows, l)); err != nil {
			return err
		}
	}
	return nil
}

// prepare installs the programs beside a copy of the sample.
func prepare(dir string) error {
	for _, name := range []string{"package.json", "tsconfig.json", "eslint.config.mjs"} {
		text, err := setup.ReadFile("setup/" + name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return err
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "sample"), os.DirFS(sample)); err != nil {
		return err
	}
	c := exec.Command("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
	c.Dir, c.Stderr = dir, os.Stderr
	return c.Run()
}

// row is what a program said.
type row struct {
	peer
	version string
	rules   []string
}

func (p peer) run(dir string) (row, error) {
	text, err := os.ReadFile(filepath.Join(dir, "node_modules", filepath.FromSlash(p.pack), "package.json"))
	if err != nil {
		return row{}, err
	}
	var pack struct{ Version string }
	if err := json.Unmarshal(text, &pack); err != nil {
		return row{}, err
	}
	var printed, complaints bytes.Buffer
	c := exec.Command(filepath.Join(dir, "node_modules", ".bin", p.command[0]), p.command[1:]...)
	c.Dir, c.Stdout, c.Stderr = dir, &printed, &complaints
	var exit *exec.ExitError
	if err := c.Run(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 2) {
		return row{}, fmt.Errorf("%w\n%s", err, complaints.String())
	}
	rules, err := p.found(printed.Bytes())
	if err != nil {
		return row{}, fmt.Errorf("%w\n%s%s", err, printed.String(), complaints.String())
	}
	return row{p, pack.Version, rules}, nil
}

func lines(printed []byte) ([]string, error) {
	return strings.FieldsFunc(string(printed), func(r rune) bool { return r == '\n' }), nil
}

func eslint(printed []byte) ([]string, error) {
	var files []struct {
		Messages []struct{ RuleID string }
	}
	if err := json.Unmarshal(printed, &files); err != nil {
		return nil, err
	}
	var out []string
	for _, f := range files {
		for _, m := range f.Messages {
			out = append(out, m.RuleID)
		}
	}
	return out, nil
}

var titled = regexp.MustCompile(`title=lint/([^,]+),`)

func biome(printed []byte) ([]string, error) {
	var out []string
	for _, m := range titled.FindAllStringSubmatch(string(printed), -1) {
		out = append(out, m[1])
	}
	return out, nil
}

func oxlint(printed []byte) ([]string, error) {
	var report struct {
		Diagnostics []struct{ Code string }
	}
	if err := json.Unmarshal(printed, &report); err != nil {
		return nil, err
	}
	var out []string
	for _, d := range report.Diagnostics {
		out = append(out, d.Code)
	}
	return out, nil
}

// table is what all programs said, for a README.
func table(rows []row, l lang.Lang) string {
	var b strings.Builder
	b.WriteString(lang.T("| | finds in the sample |\n|---|---|\n", "| | 在示例中发现 |\n|---|---|\n").In(l))
	for _, r := range rows {
		said := lang.T("nothing", "无").In(l)
		if len(r.rules) > 0 {
			var counted []string
			for _, rule := range unique(r.rules) {
				n := 0
				for _, other := range r.rules {
					if other == rule {
						n++
					}
				}
				name := "`" + rule + "`"
				if n > 1 {
					name += fmt.Sprintf(" ×%d", n)
				}
				counted = append(counted, name)
			}
			said = strings.Join(counted, lang.T(", ", "、").In(l))
		}
		fmt.Fprintf(&b, "| %s (%s %s) | %s |\n", r.name.In(l), r.pack, r.version, said)
	}
	return b.String()
}

func unique(all []string) []string {
	var out []string
	for _, one := range all {
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

var measured = regexp.MustCompile(`(?s)(<!-- measured: go run ./internal/peers -->\n).*?(<!-- end -->)`)

// write puts the table into a README.
func write(file, table string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !measured.Match(text) {
		return fmt.Errorf("%s has no place for the table; this has to be run at the top of the repository", file)
	}
	text = measured.ReplaceAllFunc(text, func(place []byte) []byte {
		m := measured.FindSubmatch(place)
		return slices.Concat(m[1], []byte(table), m[2])
	})
	return os.WriteFile(file, text, 0o644)
}
