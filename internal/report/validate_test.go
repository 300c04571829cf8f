package report

// Reports held against what others wrote: the published schema, and the ways in which the programs that take
// a report read it. Every text in them tries to break out.

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// hostileTexts are what a repository may hold.
var hostileTexts = []string{
	"%0A::error::%25", "\n::error file=app.js::forged", "##[error]forged", "]]><b>", "<script>alert(1)</script>", "&amp;&#0;",
	"\x1b[31mred\x1b]0;title\x07", "\u202egnp.exe\u2066", "broken \xff\xfe\xc0 bytes", "\x00\x08\uFFFE", "`@everyone` | a [link](https://example.org)",
	"", "end\r", "a,b:c=d;e", "\u2028line", strings.Repeat("长", 3000),
	"see https://example.com/?q=1, HTTP://example.com, www.example.com, Www.example.com, ftp://example.com and mailto:a@example.com",
}

// hostileReport has a finding for every text and every rule, in a file of that name.
func hostileReport() *Report {
	r := &Report{Version: "1.0.0", FailAt: checks.Error, Exit: 1, Rules: checks.Rules()}
	rules := checks.Rules()
	for i, text := range hostileTexts {
		name := "pages/" + strings.ReplaceAll(text, "\x00", "") + ".js"
		file := source.NewFile("/"+name, name, []byte("line one\n  "+text+"\nlast"))
		at := source.Span{File: file, Start: 11, End: 11 + len(text)}
		rule := rules[i%len(rules)]
		f := &checks.Finding{
			Rule: rule, Severity: rule.Severity, Step: rule.Step, At: at, Message: lang.T("en: "+text, "中："+text),
			Trace: []checks.Note{{At: at, Message: lang.T("here "+text, "这里 "+text)}},
		}
		r.Findings = append(r.Findings, Finding{
			Finding: f, Project: "pages", File: ValidPath(name), From: at.From(), To: at.To(), Fingerprint: strings.Repeat("0", 30) + string(rune('a'+i)),
		})
		r.Unreadable = append(r.Unreadable, Unreadable{File: ValidPath(name + "x"), Why: lang.T("denied "+text, "拒绝 "+text)})
		r.GivenUp = append(r.GivenUp, GivenUp{File: ValidPath(name), At: at.From(), What: lang.T("too much of "+text, "太多 "+text)})
		kinds := WeakeningKinds()
		r.Weakened = append(r.Weakened, Weakening{By: kinds[i%len(kinds)], What: lang.T(text, text), Where: ValidPath(name) + ":1"})
	}
	r.Projects = []Project{{Root: "pages", Framework: "native", Files: 3}, {Root: ValidPath(hostileTexts[4]), Framework: "native"}}
	for i, info := range checks.Steps() {
		for _, p := range r.Projects {
			r.Checklist = append(r.Checklist, Step{Project: p.Root, Step: info.Step, Title: info.Title, Status: []Status{Skipped, Unproven, Unconfirmed}[i%3], Note: lang.T(hostileTexts[1], hostileTexts[1]), Rules: []string{}})
		}
	}
	return r
}

// each writes the hostile report in a format, in both languages.
func each(t *testing.T, format string, look func(t *testing.T, r *Report, text []byte)) {
	for name, l := range map[string]lang.Lang{"en": lang.EN, "zh": lang.ZH} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			r := hostileReport()
			if err := Lookup(format).Write(&b, r, Options{Lang: l}); err != nil {
				t.Fatal(err)
			}
			if !utf8.Valid(b.Bytes()) {
				t.Error("no valid UTF-8")
			}
			for _, bad := range []string{"\x1b", "\u202e", "\u2066", "\x07"} {
				if bytes.Contains(b.Bytes(), []byte(bad)) {
					t.Errorf("holds %q", bad)
				}
			}
			look(t, r, b.Bytes())
		})
	}
}

// compiled is a schema of testdata.
func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestSARIFSchema holds the report against the schema as the standard's authors publish it.
func TestSARIFSchema(t *testing.T) {
	schema := compiled(t, "sarif-2.1.0.schema.json")
	each(t, "sarif", func(t *testing.T, r *Report, text []byte) {
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(log); err != nil {
			t.Error(err)
		}
		results := log.(map[string]any)["runs"].([]any)[0].(map[string]any)["results"].([]any)
		if len(results) != len(r.Findings) {
			t.Errorf("%d results of %d findings", len(results), len(r.Findings))
		}
		// The test can fail: what a schema must refuse is refused.
		results[0].(map[string]any)["level"] = "fatal"
		if schema.Validate(log) == nil {
			t.Error("a level that does not exist is accepted")
		}
	})
}

// element is a part of an XML document.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

// grammar is for each element which attributes it must and may have, and what may be in it.
type grammar map[string]struct{ required, optional, children string }

func (g grammar) check(t *testing.T, e element) {
	t.Helper()
	name := e.XMLName.Local
	of, ok := g[name]
	if !ok {
		t.Errorf("no such element: %s", name)
		return
	}
	has := map[string]bool{}
	for _, a := range e.Attrs {
		has[a.Name.Local] = true
		if !strings.Contains(" "+of.required+" "+of.optional+" ", " "+a.Name.Local+" ") {
			t.Errorf("<%s> has %s", name, a.Name.Local)
		}
	}
	for _, attr := range strings.Fields(of.required) {
		if !has[attr] {
			t.Errorf("<%s> has no %s", name, attr)
		}
	}
	for _, c := range e.Children {
		if !strings.Contains(" "+of.children+" ", " "+c.XMLName.Local+" ") {
			t.Errorf("<%s> in <%s>", c.XMLName.Local, name)
		}
		g.check(t, c)
	}
}

// tree reads a whole document.
func tree(t *testing.T, text []byte) element {
	t.Helper()
	var root element
	d := xml.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root
		}
		if s, ok := token.(xml.CharData); err != nil || !ok || strings.TrimSpace(string(s)) != "" {
			t.Fatalf("after the end: %v, %v", token, err)
		}
	}
}

// count is how many elements of a name there are.
func (e element) count(name string) int {
	n := 0
	if e.XMLName.Local == name {
		n = 1
	}
	for _, c := range e.Children {
		n += c.count(name)
	}
	return n
}

// TestJUnit: the elements and attributes are those of the schema of Jenkins's xUnit plugin (junit-10.xsd), which
// is the strictest in use.
func TestJUnit(t *testing.T) {
	g := grammar{
		"testsuites": {"", "name time tests failures errors", "testsuite"},
		"testsuite":  {"name tests failures errors", "group time skipped timestamp hostname id package file log url", "testsuite properties testcase system-out system-err"},
		"testcase":   {"name", "time classname group", "skipped error failure system-out system-err"},
		"failure":    {"", "type message", ""}, "error": {"", "type message", ""}, "skipped": {"", "type message", ""},
		"system-out": {"", "", ""}, "properties": {"", "", "property"}, "property": {"name", "value", ""},
	}
	each(t, "junit", func(t *testing.T, r *Report, text []byte) {
		root := tree(t, text)
		g.check(t, root)
		if n := root.count("failure"); n == 0 {
			t.Error("nothing failed")
		}
		for _, suite := range root.Children {
			tests := 0
			for _, c := range suite.Children {
				tests += c.count("testcase")
			}
			for _, a := range suite.Attrs {
				if a.Name.Local == "tests" && a.Value != jsonNumber(tests) {
					t.Errorf("a suite says %s tests and has %d", a.Value, tests)
				}
			}
		}
	})
}

func jsonNumber(n int) string {
	text, _ := json.Marshal(n)
	return string(text)
}

func TestCheckstyle(t *testing.T) {
	g := grammar{
		"checkstyle": {"version", "", "file"}, "file": {"name", "", "error"},
		"error": {"line severity message source", "column", ""},
	}
	each(t, "checkstyle", func(t *testing.T, r *Report, text []byte) {
		root := tree(t, text)
		g.check(t, root)
		if got, want := root.count("error"), len(r.Findings)+len(r.Unreadable)+len(r.GivenUp); got != want {
			t.Errorf("%d errors, want %d", got, want)
		}
	})
}

// TestGitLab holds the report against what GitLab accepts. Of several issues with the same fingerprint it keeps one.
func TestGitLab(t *testing.T) {
	schema := compiled(t, "gitlab.schema.json")
	each(t, "gitlab", func(t *testing.T, r *Report, text []byte) {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Error(err)
		}
		issues := document.([]any)
		if got, want := len(issues), len(r.Findings)+len(r.Unreadable)+len(r.GivenUp); got != want {
			t.Errorf("%d issues, want %d", got, want)
		}
		prints := map[any]bool{}
		for _, issue := range issues {
			prints[issue.(map[string]any)["fingerprint"]] = true
		}
		if len(prints) != len(issues) {
			t.Errorf("%d fingerprints of %d issues", len(prints), len(issues))
		}
		// The test can fail: what GitLab drops is refused.
		delete(issues[0].(map[string]any), "location")
		if schema.Validate(document) == nil {
			t.Error("an issue without a place is accepted")
		}
	})
}

// TestMarkdown: a reader of GitHub's Markdown finds the headings, tables, links and code of the report, and nothing that
// a repository put there.
func TestMarkdown(t *testing.T) {
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM))
	each(t, "markdown", func(t *testing.T, r *Report, source []byte) {
		counts, steps := map[string]int{}, 0
		err := ast.Walk(reader.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			switch n := n.(type) {
			case *ast.Heading:
				counts["heading"]++
			case *ast.Link:
				counts["link"]++
				if !strings.HasPrefix(string(n.Destination), Repository) {
					t.Errorf("a link to %s", n.Destination)
				}
			case *ast.AutoLink, *ast.RawHTML, *ast.HTMLBlock, *ast.Image, *ast.Blockquote, *ast.ThematicBreak, *ast.CodeBlock, *extast.Strikethrough:
				t.Errorf("a %s in:\n%s", n.Kind(), source)
			case *extast.Table:
				counts["table"]++
			case *extast.TableRow:
				steps++
				if n.ChildCount() != 3 {
					t.Errorf("a row of %d cells", n.ChildCount())
				}
			case *ast.Text:
				if called := mention.Find(n.Value(source)); called != nil && n.Parent().Kind() != ast.KindCodeSpan {
					t.Errorf("%q calls somebody", called)
				}
			}
			return ast.WalkContinue, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]int{"heading": 1 + len(r.Projects) + len(r.Findings), "link": len(r.Findings), "table": len(r.Projects)}
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Severity == checks.Info && isConsole(f.Step) {
				want["heading"]--
				want["link"]--
			}
		}
		if diff := cmp.Diff(want, counts); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if steps != len(r.Checklist) {
			t.Errorf("%d rows of %d steps", steps, len(r.Checklist))
		}
	})
}

// mention is what calls somebody.
var mention = regexp.MustCompile(`@[a-zA-Z0-9]+`)

// TestMarkdownFitsAComment: the worst comes first, and what does not fit is counted.
func TestMarkdownFitsAComment(t *testing.T) {
	r := hostileReport()
	findings := r.Findings
	for range 20 {
		r.Findings = append(r.Findings, findings...)
	}
	var b bytes.Buffer
	if err := Lookup("markdown").Write(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	if n := utf8.RuneCount(b.Bytes()); n > 65536 || n < 30000 {
		t.Errorf("%d characters", n)
	}
	if !strings.Contains(b.String(), "more findings are not shown here") {
		t.Error("nothing tells that findings are left out")
	}
}

// workflowCommand is a line as GitHub's runner reads it: "::name key=value,key=value::text", where
// percent escapes are undone once, %25 last.
func workflowCommand(line string) (name string, properties map[string]string, text string, ok bool) {
	line = strings.TrimLeft(line, " \t")
	rest, ok := strings.CutPrefix(line, "::")
	if !ok {
		return
	}
	head, text, ok := strings.Cut(rest, "::")
	if !ok {
		return
	}
	name, list, _ := strings.Cut(head, " ")
	properties = map[string]string{}
	for _, pair := range strings.Split(list, ",") {
		if key, value, ok := strings.Cut(pair, "="); ok {
			for _, e := range [][2]string{{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}} {
				value = strings.ReplaceAll(value, e[0], e[1])
			}
			properties[key] = value
		}
	}
	for _, e := range [][2]string{{"%0D", "\r"}, {"%0A", "\n"}, {"%25", "%"}} {
		text = strings.ReplaceAll(text, e[0], e[1])
	}
	return name, properties, text, true
}

func TestGitHubCommands(t *testing.T) {
	each(t, "github", func(t *testing.T, r *Report, text []byte) {
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		if got, want := len(lines), len(r.Findings)+len(r.Unreadable)+len(r.GivenUp)+2; got != want {
			t.Fatalf("%d lines, want %d", got, want)
		}
		files := map[string]bool{}
		for _, line := range lines[:len(lines)-1] {
			name, properties, said, ok := workflowCommand(line)
			if !ok || !strings.Contains(" notice warning error ", " "+name+" ") {
				t.Fatalf("no command: %q", line)
			}
			for key := range properties {
				if !strings.Contains(" file line endLine col endColumn title ", " "+key+" ") {
					t.Errorf("forged property %s in %q", key, line)
				}
			}
			if !strings.HasPrefix(said, properties["file"]) {
				t.Errorf("%q does not begin with the file %q", said, properties["file"])
			}
			files[properties["file"]] = true
		}
		for _, want := range []string{"pages/%0A::error::%25.js", `pages/\n::error file=app.js::forged.js`, "pages/a,b:c=d;e.js"} {
			if !files[want] {
				t.Errorf("no command about %q", want)
			}
		}
		if _, _, _, ok := workflowCommand(lines[len(lines)-1]); ok {
			t.Errorf("the verdict is a command: %q", lines[len(lines)-1])
		}
	})
}

// TestConcise: every finding is one line that begins with its place, whatever the repository puts into names and texts.
func TestConcise(t *testing.T) {
	shape := regexp.MustCompile(`^.+:\d+:\d+: (?:error|warning|info) [a-z-]+(?:/[a-z-]+)?: `)
	each(t, "concise", func(t *testing.T, r *Report, text []byte) {
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		if got, want := len(lines), len(r.Findings)+len(r.Unreadable)+len(r.GivenUp)+1; got != want {
			t.Fatalf("%d lines, want %d", got, want)
		}
		for _, line := range lines[:len(lines)-1] {
			if !shape.MatchString(line) {
				t.Errorf("no finding: %q", line)
			}
		}
	})
}

// TestRDJSON holds the report against the message types of reviewdog's format, whose JSON takes no other fields.
func TestRDJSON(t *testing.T) {
	type position struct{ Line, Column int }
	type span struct{ Start, End position }
	type location struct {
		Path  string
		Range *span
	}
	type diagnostic struct {
		Message     string
		Location    location
		Severity    string
		Source      struct{ Name, URL string }
		Code        struct{ Value, URL string }
		Suggestions []struct {
			Range span
			Text  string
		}
		OriginalOutput string
	}
	each(t, "rdjson", func(t *testing.T, r *Report, text []byte) {
		var got struct {
			Diagnostics []diagnostic
			Source      struct{ Name, URL string }
			Severity    string
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(&got); err != nil {
			t.Fatal(err)
		}
		others := len(r.Unreadable) + len(r.GivenUp)
		if len(got.Diagnostics) != others+len(r.Findings) {
			t.Fatalf("%d diagnostics", len(got.Diagnostics))
		}
		for i, one := range got.Diagnostics[others:] {
			f := &r.Findings[i]
			at := one.Location.Range
			start, _ := f.At.File.Extent(at.Start.Line)
			if at.Start.Line != f.From.Line || start+at.Start.Column-1 != f.At.Start {
				t.Errorf("%d:%d is not the byte %d", at.Start.Line, at.Start.Column, f.At.Start)
			}
			if one.Message == "" || !strings.Contains(" ERROR WARNING INFO ", " "+one.Severity+" ") {
				t.Errorf("%+v", one)
			}
		}
	})
}
