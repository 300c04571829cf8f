package main

// Sessions with the language server: edits, actions, explanations, and clients that misbehave.

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// page is a page with faults that have a safe fix (enabel), an unsafe one (no fail) and none.
const faulty = "Page({\n  onLoad() {\n    /* 😀 通话 */ wx.setEnable1v1Chat({ enabel: true })\n  }\n})\n"

// small is a program around it.
func small(page string) map[string]string {
	return map[string]string{
		"app.json": `{ "pages": ["p/p"], "permission": { "scope.record": { "desc": "用于和家人通话" }, "scope.camera": { "desc": "用于和家人通话" } } }`,
		"app.js":   "App({})\n", "p/p.js": page, "p/p.wxml": "<view\n  class=\"a\"\n  bindtap=\"none\">call</view>\n",
	}
}

// rules are the rules that something is found of in a file.
func rules(known map[string]protocol.PublishDiagnosticsParams, uri string) []string {
	var out []string
	for _, d := range known[uri].Diagnostics {
		out = append(out, d.Code)
	}
	slices.Sort(out)
	return out
}

// find is the diagnostic of a rule in a file.
func find(t *testing.T, known map[string]protocol.PublishDiagnosticsParams, uri, rule string) protocol.Diagnostic {
	t.Helper()
	for _, d := range known[uri].Diagnostics {
		if d.Code == rule {
			return d
		}
	}
	t.Fatalf("no %s in %s: %v", rule, uri, rules(known, uri))
	return protocol.Diagnostic{}
}

// actions are what can be done at a diagnostic.
func (e *editor) actions(uri string, d protocol.Diagnostic, only ...string) []protocol.CodeAction {
	e.t.Helper()
	p := protocol.CodeActionParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Range: d.Range}
	p.Context.Only = only
	var out []protocol.CodeAction
	e.call("textDocument/codeAction", p, &out)
	return out
}

// applied is a text after the edits that an action makes in one file.
func applied(t *testing.T, text, uri string, a protocol.CodeAction) string {
	t.Helper()
	raw, err := json.Marshal(a.Edit.DocumentChanges)
	if err != nil {
		t.Fatal(err)
	}
	var changes []protocol.TextDocumentEdit
	if err := json.Unmarshal(raw, &changes); err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if c.TextDocument.URI != uri {
			continue
		}
		edits := c.Edits
		slices.SortFunc(edits, func(a, b protocol.TextEdit) int {
			return (b.Range.Start.Line-a.Range.Start.Line)*10_000 + b.Range.Start.Character - a.Range.Start.Character
		})
		for _, e := range edits {
			start, end := offset(text, e.Range.Start), offset(text, e.Range.End)
			text = text[:start] + e.NewText + text[end:]
		}
	}
	return text
}

// offset is a place in a text, counted in UTF-16, as this test counts it.
func offset(text string, p protocol.Position) int {
	lines := strings.SplitAfter(text, "\n")
	at := 0
	for _, line := range lines[:min(p.Line, len(lines))] {
		at += len(line)
	}
	units := 0
	for i, r := range text[at:] {
		if units >= p.Character {
			return at + i
		}
		if units++; r > 0xFFFF {
			units++
		}
	}
	return len(text)
}

// titled is the action whose title begins so.
func titled(t *testing.T, list []protocol.CodeAction, title string) protocol.CodeAction {
	t.Helper()
	var titles []string
	for _, a := range list {
		if strings.HasPrefix(a.Title, title) {
			return a
		}
		titles = append(titles, a.Title)
	}
	t.Fatalf("no action %q among %q", title, titles)
	return protocol.CodeAction{}
}

func TestServerActions(t *testing.T) {
	dir := t.TempDir()
	trial.Write(t, dir, small(faulty))
	e := edits(t, dir, "")
	uri, markup := e.open(filepath.Join(dir, "p", "p.js"), faulty), fileURI(filepath.Join(dir, "p", "p.wxml"))
	known := e.checked()

	misspelt := find(t, known, uri, "enable-options")
	if want := (protocol.Range{Start: protocol.Position{Line: 2, Character: 38}, End: protocol.Position{Line: 2, Character: 44}}); misspelt.Range != want {
		t.Errorf("the misspelt key is at %v, want %v", misspelt.Range, want)
	}
	list := e.actions(uri, misspelt)
	if !list[0].IsPreferred || list[0].Kind != protocol.QuickFix {
		t.Errorf("the first action is %+v, want the safe fix", list[0])
	}
	mended := applied(t, faulty, uri, list[0])
	if !strings.Contains(mended, "{ enable: true }") {
		t.Errorf("the safe fix leaves %s", mended)
	}
	if all := e.actions(uri, misspelt, "source"); len(all) != 1 || applied(t, faulty, uri, all[0]) != mended {
		t.Errorf("all safe fixes are %+v", all)
	}
	if none := e.actions(uri, misspelt, "refactor"); len(none) != 0 {
		t.Errorf("refactorings are %+v", none)
	}

	unsafe := titled(t, e.actions(uri, find(t, known, uri, "enable-fail-handled"), "quickfix"), "")
	if unsafe.IsPreferred || !strings.Contains(unsafe.Title, "(unsafe") {
		t.Errorf("the unsafe fix is %+v", unsafe)
	}

	// Suppressions, in code and in markup: each silences its finding and nothing complains.
	silenced := applied(t, faulty, uri, titled(t, e.actions(uri, find(t, known, uri, "devtools-unsupported")), "Suppress devtools-unsupported: not a problem here"))
	if !strings.Contains(silenced, "\n    // voipcheck-ignore devtools-unsupported -- checked: not a problem here\n") {
		t.Errorf("the suppression is %s", silenced)
	}
	marked := applied(t, small("")["p/p.wxml"], markup, titled(t, e.actions(markup, find(t, known, markup, "handler-exists")), "Suppress handler-exists: accepted"))
	if !strings.HasPrefix(marked, "<!-- voipcheck-ignore handler-exists -- known, accepted for now -->\n<view\n") {
		t.Errorf("the suppression in markup is %s", marked)
	}
	e.change(uri, 2, silenced)
	e.open(filepath.Join(dir, "p", "p.wxml"), marked)
	known = e.checked()
	for _, rule := range []string{"devtools-unsupported", "unused-suppression", "handler-exists"} {
		if slices.Contains(rules(known, uri), rule) || slices.Contains(rules(known, markup), rule) {
			t.Errorf("%s is still found", rule)
		}
	}
	e.leave()
}

// change replaces a document's text.
func (e *editor) change(uri string, version int, text string) {
	e.t.Helper()
	e.tell("textDocument/didChange", protocol.DidChangeTextDocumentParams{
		TextDocument: protocol.VersionedTextDocumentIdentifier{URI: uri, Version: version}, ContentChanges: []protocol.TextDocumentContentChangeEvent{{Text: text}},
	})
}

// TestServerConfigures confirms a step and silences a rule in a file without comments, first without a configuration.
func TestServerConfigures(t *testing.T) {
	trial.Needs(t, "git")
	dir := t.TempDir()
	files := small(faulty)
	files["app.json"] = strings.Replace(files["app.json"], "用于和家人通话", "描述", 1)
	trial.Write(t, dir, files)
	git := trial.Place{Dir: dir}
	git.Must(t, "git", "init", "-q")
	git.Must(t, "git", "config", "user.name", "Ann")
	e := edits(t, dir, "")
	app, config := fileURI(filepath.Join(dir, "app.json")), fileURI(filepath.Join(dir, "voipcheck.json"))
	known := e.checked()
	list := e.actions(app, find(t, known, app, "console-step"))
	raw, err := json.Marshal(titled(t, list, "Confirm that category is done (by Ann)").Edit)
	if err != nil || !strings.Contains(string(raw), `{"kind":"create","options":{"ignoreIfExists":true},"uri":"`+config+`"`) {
		t.Errorf("no file is created: %s", raw)
	}
	text := applied(t, "", config, titled(t, list, "Confirm that category"))
	if !strings.Contains(text, `"on": "2026-12-01"`) {
		t.Errorf("the configuration is %s", text)
	}
	e.open(filepath.Join(dir, "voipcheck.json"), text)
	known = e.checked()
	if n := len(slices.DeleteFunc(rules(known, app), func(r string) bool { return r != "console-step" })); n != 3 {
		t.Errorf("%d console steps are left", n)
	}
	text = applied(t, text, config, titled(t, e.actions(app, find(t, known, app, "permission-desc-placeholder")), "Ignore permission-desc-placeholder in app.json"))
	e.change(config, 2, text)
	if known = e.checked(); slices.Contains(rules(known, app), "permission-desc-placeholder") {
		t.Errorf("it is still found with %s", text)
	}

	// What is wrong with a configuration is shown where it stands.
	e.change(config, 3, "{\n  \"ruels\": {}\n}\n")
	known = e.checked()
	if d := known[config].Diagnostics; len(d) != 1 || d[0].Range.Start.Line != 1 || !strings.Contains(d[0].Message, `"rules"`) {
		t.Errorf("the configuration has %+v", d)
	}
	if n := len(known[app].Diagnostics); n != 0 {
		t.Errorf("%d findings without a configuration", n)
	}
	e.leave()
}

func TestServerExplains(t *testing.T) {
	dir := t.TempDir()
	trial.Write(t, dir, small(faulty))
	e := edits(t, dir, `{ "lang": "zh" }`)
	uri := e.open(filepath.Join(dir, "p", "p.js"), faulty)
	hover := func(line, character int) string {
		var h *protocol.Hover
		e.call("textDocument/hover", protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, Position: protocol.Position{Line: line, Character: character}}, &h)
		if h == nil {
			return ""
		}
		return h.Contents.Value
	}
	if got := hover(2, 40); !strings.Contains(got, "enable-options") || !strings.Contains(got, "怎么改") {
		t.Errorf("the finding is explained by %q", got)
	}
	if got := hover(0, 0); got != "" {
		t.Errorf("nothing is explained by %q", got)
	}
	e.change(uri, 2, "// voipcheck-ignore join-openid -- why\n"+faulty)
	if got := hover(0, 25); !strings.Contains(got, "join-openid") {
		t.Errorf("the rule that a comment names is explained by %q", got)
	}
	e.leave()
}

// TestServerFollowsEdits types text that counts differently in bytes, in UTF-16 and in characters.
func TestServerFollowsEdits(t *testing.T) {
	for _, encoding := range []protocol.PositionEncoding{protocol.UTF16, protocol.UTF8} {
		t.Run(string(encoding), func(t *testing.T) {
			dir := t.TempDir()
			trial.Write(t, dir, small("Page({})\n"))
			e := starts(t)
			var result protocol.InitializeResult
			e.call("initialize", json.RawMessage(`{"processId":null,"rootUri":`+quotedURI(dir)+`,"capabilities":{"general":{"positionEncodings":["`+string(encoding)+`"]},
				"textDocument":{"diagnostic":{}},"workspace":{"diagnostics":{"refreshSupport":true}}}}`), &result)
			if result.Capabilities.PositionEncoding != encoding || result.Capabilities.DiagnosticProvider == nil {
				t.Fatalf("the server can do %+v", result.Capabilities)
			}
			e.tell("initialized", struct{}{})
			uri := e.open(filepath.Join(dir, "p", "p.js"), "Page({\r\n  onLoad() {\r\n    /* 😀通 */ wx.setEnable1v1Chat({ enabel: true })\r\n  }\r\n})\r\n")
			pull := func(previous string) protocol.DocumentDiagnosticReport {
				var r protocol.DocumentDiagnosticReport
				e.call("textDocument/diagnostic", protocol.DocumentDiagnosticParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}, PreviousResultID: previous}, &r)
				return r
			}
			start := 14 // of "wx" in UTF-16
			if encoding == protocol.UTF8 {
				start += 2 + 2 // of four bytes instead of two units, of three instead of one
			}
			at := func(r protocol.DocumentDiagnosticReport, rule string) protocol.Range {
				for _, d := range *r.Items {
					if d.Code == rule {
						return d.Range
					}
				}
				t.Fatalf("no %s", rule)
				return protocol.Range{}
			}
			first := pull("")
			if got := at(first, "enable-options").Start; got != (protocol.Position{Line: 2, Character: start + 22}) {
				t.Errorf("the misspelt key is at %v", got)
			}
			if again := pull(first.ResultID); again.Kind != protocol.ReportUnchanged || again.Items != nil {
				t.Errorf("nothing has changed: %+v", again)
			}
			// Mend the key, put another character before it, and a line above.
			key := at(first, "enable-options")
			e.tell("textDocument/didChange", protocol.DidChangeTextDocumentParams{
				TextDocument: protocol.VersionedTextDocumentIdentifier{URI: uri, Version: 2},
				ContentChanges: []protocol.TextDocumentContentChangeEvent{
					{Range: &key, Text: "enable"},
					{Range: &protocol.Range{Start: protocol.Position{Line: 2, Character: 7}, End: protocol.Position{Line: 2, Character: 7}}, Text: "😀"},
					{Range: &protocol.Range{}, Text: "// 行\r\n"},
				},
			})
			second := pull(first.ResultID)
			moved := 2
			if encoding == protocol.UTF8 {
				moved = 4
			}
			if got := at(second, "devtools-unsupported").Start; got != (protocol.Position{Line: 3, Character: start + 3 + moved}) {
				t.Errorf("the call is at %v, in %+v", got, second)
			}
			for _, d := range *second.Items {
				if d.Code == "enable-options" {
					t.Errorf("the key was mended: %+v", d)
				}
			}
			// Of files that are not open the client does not ask: they are pushed, and open ones are not.
			e.mu.Lock()
			if len(e.published[uri].Diagnostics) != 0 || len(e.published[fileURI(filepath.Join(dir, "app.json"))].Diagnostics) == 0 {
				t.Errorf("pushed are %v", e.published)
			}
			e.mu.Unlock()
			var all protocol.WorkspaceDiagnosticReport
			e.call("workspace/diagnostic", json.RawMessage(`{"previousResultIds":[]}`), &all)
			if len(all.Items) < 2 {
				t.Errorf("the workspace has %+v", all)
			}
			e.leave()
		})
	}
}

// TestServerRoots opens two folders, one of which holds no mini-program, closes one, and opens a file that lies in none.
func TestServerRoots(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c"} {
		trial.Write(t, filepath.Join(dir, name), small(faulty))
	}
	e := edits(t, filepath.Join(dir, "a"), "")
	at := func(name string) string { return fileURI(filepath.Join(dir, name, "p", "p.js")) }
	e.tell("workspace/didChangeWorkspaceFolders", json.RawMessage(`{"event":{"added":[{"uri":`+quotedURI(filepath.Join(dir, "b"))+`,"name":"b"},{"uri":`+quotedURI(filepath.Join(dir, "none"))+`,"name":"none"}],"removed":[]}}`))
	known := e.checked()
	if len(rules(known, at("a"))) == 0 || len(rules(known, at("b"))) == 0 || len(known[at("c")].Diagnostics) != 0 {
		t.Errorf("found in a %v, b %v, c %v", rules(known, at("a")), rules(known, at("b")), rules(known, at("c")))
	}
	e.tell("workspace/didChangeWorkspaceFolders", json.RawMessage(`{"event":{"added":[],"removed":[{"uri":`+quotedURI(filepath.Join(dir, "a"))+`,"name":"a"}]}}`))
	e.open(filepath.Join(dir, "c", "p", "p.js"), faulty)
	known = e.checked()
	if len(rules(known, at("a"))) != 0 || len(rules(known, at("c"))) == 0 {
		t.Errorf("found in a, which is closed, %v, and in c, of which a file is open, %v", rules(known, at("a")), rules(known, at("c")))
	}
	e.tell("textDocument/didClose", protocol.DocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: at("c")}})
	if known = e.checked(); len(rules(known, at("c"))) != 0 {
		t.Errorf("found in c, of which no file is open any more, %v", rules(known, at("c")))
	}
	// A file in a folder that is a part of a mini-program.
	e.tell("workspace/didChangeWorkspaceFolders", json.RawMessage(`{"event":{"added":[{"uri":`+quotedURI(filepath.Join(dir, "a", "p"))+`,"name":"p"}],"removed":[]}}`))
	e.open(filepath.Join(dir, "a", "p", "p.js"), faulty)
	if known = e.checked(); len(rules(known, at("a"))) == 0 {
		t.Error("nothing is found in a folder of a mini-program")
	}
	e.leave()
}

// TestServerSettings holds flags and settings to those of the command line.
func TestServerSettings(t *testing.T) {
	dir := t.TempDir()
	trial.Write(t, dir, small(faulty))
	check := func(e *editor, args ...string) {
		t.Helper()
		if diff := gocmp.Diff(sorted(commandLine(t, dir, args...)), sorted(languageServer(t, dir, e.checked())), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%v (-command line +server)\n%s", args, diff)
		}
	}
	commandLine(t, dir, "--write-baseline", "known.json")
	trial.Write(t, dir, map[string]string{"p/p.js": strings.Replace(faulty, "})\n", "}, wx.join1v1Chat())\n", 1)})
	e := edits(t, dir, "", "--strict", "--baseline", "known.json", "--rule", "join-options=off")
	check(e, "--strict", "--baseline", "known.json", "--rule", "join-options=off")
	e.leave()
	e = edits(t, dir, `{ "strict": true, "rules": { "enable-options": "warning" } }`)
	check(e, "--strict", "--rule", "enable-options=warning")
	e.tell("workspace/didChangeConfiguration", json.RawMessage(`{"settings":{"voipcheck":{"baseline":"known.json"}}}`))
	check(e, "--baseline", "known.json")
	e.tell("workspace/didChangeConfiguration", json.RawMessage(`{"settings":{"voipcheck":{"basline":"known.json"}}}`))
	e.checked()
	e.mu.Lock()
	if said := strings.Join(e.shown, "\n"); !strings.Contains(said, "baseline") {
		t.Errorf("a setting that is none: %q", said)
	}
	e.mu.Unlock()
	e.leave()
}

// TestServerReports asks for a report, and for what a check came to.
func TestServerReports(t *testing.T) {
	dir := t.TempDir()
	trial.Write(t, dir, small(faulty))
	e := edits(t, dir, `{ "status": true }`)
	e.checked()
	e.mu.Lock()
	for _, method := range []string{"client/registerCapability", "window/workDoneProgress/create", "$/progress", "voipcheck/status"} {
		if !slices.Contains(e.methods, method) {
			t.Errorf("no %s among %v", method, e.methods)
		}
	}
	e.mu.Unlock()
	var html string
	e.call("workspace/executeCommand", json.RawMessage(`{"command":"voipcheck.report","arguments":[{"format":"html"}]}`), &html)
	if !strings.Contains(html, "<svg") {
		t.Error("the report has no picture")
	}
	e.call("workspace/executeCommand", json.RawMessage(`{"command":"voipcheck.confirm","arguments":[{"steps":["minutes"],"by":"Ann"}]}`), nil)
	e.mu.Lock()
	if !slices.Contains(e.methods, "workspace/applyEdit") {
		t.Error("nothing is recorded")
	}
	e.mu.Unlock()
	e.leave()
}

// raw starts a server that is spoken to in bytes.
func raw(t *testing.T) (in io.WriteCloser, out *bufio.Reader, ended chan int) {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	ended = make(chan int, 1)
	go func() {
		c := &Command{Stdin: toServer, Stdout: fromServer, Stderr: io.Discard, Env: func(string) string { return "" }, Locale: func() string { return "" }, Dir: os.TempDir()}
		status := c.Main([]string{"lsp"})
		_ = fromServer.Close()
		ended <- status
	}()
	return fromClient, bufio.NewReader(toClient), ended
}

func message(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

// TestServerAndBadClients sends what no client should: each message has an answer, or ends the server with a status.
func TestServerAndBadClients(t *testing.T) {
	const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`
	for name, c := range map[string]struct {
		sent []string
		want []string // in the answers, in order
		left int
	}{
		"no JSON":               {[]string{message(`{"jsonrpc":`), message(initialize)}, []string{`"id":null,"error":{"code":-32700`, `"id":1`}, 1},
		"no message":            {[]string{message(`{"jsonrpc":"2.0","id":7}`), message(`[]`), message(initialize)}, []string{`"id":7,"error":{"code":-32600`, `-32600`, `"id":1`}, 1},
		"too early":             {[]string{message(`{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{}}`)}, []string{`-32002`}, 1},
		"twice":                 {[]string{message(initialize), message(strings.Replace(initialize, `"id":1`, `"id":2`, 1))}, []string{`"id":1`, `-32600`}, 1},
		"unknown":               {[]string{message(initialize), message(`{"jsonrpc":"2.0","id":2,"method":"a/b"}`)}, []string{`"id":1`, `-32601`}, 1},
		"bad parameters":        {[]string{message(initialize), message(`{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":[1]}`)}, []string{`"id":1`, `-32602`}, 1},
		"after the end":         {[]string{message(initialize), message(`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`), message(`{"jsonrpc":"2.0","id":3,"method":"shutdown"}`), message(`{"jsonrpc":"2.0","method":"exit"}`)}, []string{`"id":1`, `"id":2,"result":null`, `-32600`}, 0},
		"no shutdown":           {[]string{message(initialize), message(`{"jsonrpc":"2.0","method":"exit"}`)}, []string{`"id":1`}, 1},
		"no header":             {[]string{"hello\r\n\r\n"}, nil, 3},
		"a length that is none": {[]string{"Content-Length: many\r\n\r\n{}"}, nil, 3},
		"too long":              {[]string{"Content-Length: 99999999999\r\n\r\n{}"}, nil, 3},
		"cut off":               {[]string{"Content-Length: 100\r\n\r\n{}"}, nil, 3},
		"other headers":         {[]string{"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: " + strconv.Itoa(len(initialize)) + "\r\n\r\n" + initialize}, []string{`"id":1`}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			in, out, ended := raw(t)
			answers := make(chan string, 1)
			go func() {
				text, _ := io.ReadAll(out)
				answers <- string(text)
			}()
			go func() {
				for _, s := range c.sent {
					if _, err := io.WriteString(in, s); err != nil {
						return
					}
					time.Sleep(20 * time.Millisecond) // a request is not answered before the one that came first
				}
				_ = in.Close()
			}()
			got := <-answers
			for _, want := range c.want {
				_, rest, ok := strings.Cut(got, want)
				if !ok {
					t.Fatalf("no %s in %q", want, got)
				}
				got = rest
			}
			if status := <-ended; status != c.left {
				t.Errorf("exit status %d, want %d", status, c.left)
			}
		})
	}
}

// TestServerCancels lets a request go that waits for a check.
func TestServerCancels(t *testing.T) {
	dir := t.TempDir()
	trial.Write(t, dir, pages(t, 3, 3))
	e := edits(t, dir, "")
	uri := e.open(filepath.Join(dir, "pages", "group0", "page0.js"), faulty)
	answer := make(chan error, 1)
	go func() {
		answer <- e.conn.Call(context.Background(), "textDocument/hover",
			protocol.TextDocumentPositionParams{TextDocument: protocol.TextDocumentIdentifier{URI: uri}}, nil, jsonrpc2.PickID(jsonrpc2.ID{Num: 77}))
	}()
	for version := 2; ; version++ { // as long as one types nothing is settled
		e.change(uri, version, faulty+strings.Repeat(" ", version))
		e.tell("$/cancelRequest", json.RawMessage(`{"id":77}`))
		select {
		case err := <-answer:
			var told *jsonrpc2.Error
			if !errors.As(err, &told) || told.Code != protocol.RequestCancelled {
				t.Errorf("the answer is %v", err)
			}
			e.leave()
			return
		case <-time.After(time.Millisecond):
		}
	}
}

// TestServerSuppresses takes the first suppression that is offered for each finding of the fixtures, in code, markup and
// configuration: the finding is gone, and nothing else comes.
func TestServerSuppresses(t *testing.T) {
	for name, files := range fewer(cases(t), 36) {
		if files["voipcheck.json"] == "" {
			files["voipcheck.json"] = "{}\n"
		}
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			trial.Write(t, dir, files)
			e := edits(t, dir, "")
			known := e.checked()
			for uri, p := range known {
				for _, d := range p.Diagnostics {
					if d.Code == "console-step" || d.Code == "unused-suppression" || d.Code == "app-json" || d.Code == "parse-error" {
						continue // they have their own actions, or their file cannot be read
					}
					var offered *protocol.CodeAction
					for _, a := range e.actions(uri, d, "quickfix") {
						if strings.HasPrefix(a.Title, "Suppress "+d.Code+":") || strings.HasPrefix(a.Title, "Ignore "+d.Code+" in") {
							offered = &a
							break
						}
					}
					if offered == nil {
						t.Errorf("no suppression of %s at %s:%d", d.Code, uri, d.Range.Start.Line+1)
						continue
					}
					e.suppressed(t, dir, files, known, d, *offered)
				}
			}
			e.leave()
		})
	}
}

// suppressed applies a suppression to the one file that it changes, and takes it back after looking at what is found with it.
func (e *editor) suppressed(t *testing.T, dir string, files map[string]string, known map[string]protocol.PublishDiagnosticsParams, d protocol.Diagnostic, a protocol.CodeAction) {
	t.Helper()
	for name, text := range files {
		target := fileURI(filepath.Join(dir, filepath.FromSlash(name)))
		changed := applied(t, text, target, a)
		if changed == text {
			continue
		}
		e.open(filepath.Join(dir, filepath.FromSlash(name)), changed)
		after := e.checked()
		before, now := map[string]int{}, map[string]int{}
		for _, p := range known {
			for _, d := range p.Diagnostics {
				before[d.Code]++
			}
		}
		for _, p := range after {
			for _, d := range p.Diagnostics {
				now[d.Code]++
			}
		}
		if now[d.Code] >= before[d.Code] {
			t.Errorf("%q leaves %d of %s, as before:\n%s", a.Title, now[d.Code], d.Code, changed)
		}
		for rule, n := range now {
			if n > before[rule] {
				t.Errorf("%q brings %s:\n%s", a.Title, rule, changed)
			}
		}
		e.tell("textDocument/didClose", protocol.DocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: target}})
		return
	}
	t.Errorf("%q changes nothing", a.Title)
}
