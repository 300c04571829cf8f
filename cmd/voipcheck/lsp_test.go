package main

// The language server beside the command line: what one finds, the other finds.

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// editor is a client of the language server, as an editor is one.
type editor struct {
	t    testing.TB
	conn *jsonrpc2.Conn
	// status is the exit status of the server, once it has ended.
	status chan int

	mu        sync.Mutex
	published map[string]protocol.PublishDiagnosticsParams
	methods   []string
	shown     []string
	news      chan struct{}
}

// pipes is both ends of two pipes as one.
type pipes struct {
	io.Reader
	io.WriteCloser
}

// edits starts a server and initializes it with one folder.
func edits(t testing.TB, dir string, options string, args ...string) *editor {
	t.Helper()
	e := starts(t, args...)
	var result protocol.InitializeResult
	e.call("initialize", json.RawMessage(`{
		"processId": null, "rootUri": `+quotedURI(dir)+`, "initializationOptions": `+cmp.Or(options, "null")+`,
		"capabilities": {
			"general": { "positionEncodings": ["utf-16"] },
			"window": { "workDoneProgress": true },
			"workspace": {
				"applyEdit": true, "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
				"didChangeWatchedFiles": { "dynamicRegistration": true }
			},
			"textDocument": {
				"publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true, "tagSupport": { "valueSet": [1] }, "dataSupport": true },
				"codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } }, "isPreferredSupport": true },
				"hover": { "contentFormat": ["markdown"] }
			}
		}
	}`), &result)
	if result.Capabilities.PositionEncoding != protocol.UTF16 {
		t.Fatalf("the server counts in %q", result.Capabilities.PositionEncoding)
	}
	e.tell("initialized", struct{}{})
	return e
}

// starts starts a server.
func starts(t testing.TB, args ...string) *editor {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	e := &editor{t: t, status: make(chan int, 1), published: map[string]protocol.PublishDiagnosticsParams{}, news: make(chan struct{}, 1000)}
	c := &Command{
		Stdin: toServer, Stdout: fromServer, Stderr: io.Discard, Env: func(string) string { return "" }, Locale: func() string { return "" },
		Dir: t.TempDir(), Now: func() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }, Version: "1.2.3",
	}
	go func() {
		status := c.Main(append([]string{"lsp"}, args...))
		e.status <- status
		_ = fromServer.Close()
	}()
	e.conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(pipes{toClient, fromClient}, jsonrpc2.VSCodeObjectCodec{}), e)
	t.Cleanup(func() { _ = e.conn.Close() })
	return e
}

// Handle takes in what the server sends.
func (e *editor) Handle(ctx context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.methods = append(e.methods, r.Method)
	switch r.Method {
	case "textDocument/publishDiagnostics":
		var p protocol.PublishDiagnosticsParams
		if err := json.Unmarshal(*r.Params, &p); err != nil {
			e.t.Error(err)
		}
		e.published[p.URI] = p
	case "window/showMessage":
		e.shown = append(e.shown, string(*r.Params))
	}
	if !r.Notif {
		var answer any
		if r.Method == "workspace/applyEdit" {
			answer = protocol.ApplyWorkspaceEditResult{Applied: true}
		}
		go func() { _ = conn.Reply(ctx, r.ID, answer) }()
	}
	select {
	case e.news <- struct{}{}:
	default:
	}
}

func (e *editor) call(method string, params, result any) {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := e.conn.Call(ctx, method, params, result); err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) tell(method string, params any) {
	e.t.Helper()
	if err := e.conn.Notify(context.Background(), method, params); err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

// checked waits until everything is checked, and returns what is known of each file by then.
func (e *editor) checked() map[string]protocol.PublishDiagnosticsParams {
	e.t.Helper()
	e.call("workspace/executeCommand", protocol.ExecuteCommandParams{Command: "voipcheck.check"}, nil)
	e.mu.Lock()
	defer e.mu.Unlock()
	known := map[string]protocol.PublishDiagnosticsParams{}
	for uri, p := range e.published {
		known[uri] = p
	}
	return known
}

// open opens a document.
func (e *editor) open(file, text string) string {
	uri := fileURI(file)
	e.tell("textDocument/didOpen", protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{URI: uri, LanguageID: "javascript", Version: 1, Text: text}})
	return uri
}

// leave ends the session in order.
func (e *editor) leave() {
	e.t.Helper()
	e.call("shutdown", nil, nil)
	e.tell("exit", nil)
	select {
	case status := <-e.status:
		if status != 0 {
			e.t.Errorf("exit status %d", status)
		}
	case <-time.After(time.Minute):
		e.t.Error("the server does not end")
	}
}

func fileURI(file string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
}

func quotedURI(file string) string { return `"` + fileURI(file) + `"` }

// told is a finding as both tell it.
type told struct {
	Rule, Reason, Severity, Step, Message, File string
	Line, Column                                int
	EndLine                                     int `json:"end_line"`
	EndColumn                                   int `json:"end_column"`
	Trace                                       []toldStep
	URL, Fingerprint                            string
}

type toldStep struct {
	File         string
	Line, Column int
	Message      string
}

// commandLine is what the command line finds in a folder.
func commandLine(t *testing.T, dir string, args ...string) []told {
	t.Helper()
	var out bytes.Buffer
	c := &Command{
		Stdout: &out, Stderr: io.Discard, Env: func(string) string { return "" }, Locale: func() string { return "" }, Dir: dir,
		Now: func() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }, Version: "1.2.3",
	}
	c.Main(append([]string{"--format", "json"}, args...))
	var report struct{ Findings []told }
	if out.Len() > 0 {
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
	}
	return report.Findings
}

// languageServer is the same from diagnostics.
func languageServer(t *testing.T, dir string, known map[string]protocol.PublishDiagnosticsParams) []told {
	t.Helper()
	relative := func(uri string) string {
		u, err := url.Parse(uri)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(dir, filepath.FromSlash(u.Path))
		if err != nil {
			t.Fatal(err)
		}
		return filepath.ToSlash(rel)
	}
	var out []told
	for uri, p := range known {
		for _, d := range p.Diagnostics {
			if d.Data == nil { // what is wrong with a configuration is no finding
				continue
			}
			f := told{
				Rule: d.Code, Reason: d.Data.Reason, Severity: []string{"", "error", "warning", "info"}[d.Severity], Step: d.Data.Step,
				Message: d.Message, File: relative(uri), Line: d.Range.Start.Line + 1, Column: d.Range.Start.Character + 1,
				EndLine: d.Range.End.Line + 1, EndColumn: d.Range.End.Character + 1, URL: d.CodeDescription.Href, Fingerprint: d.Data.Fingerprint,
				Trace: []toldStep{},
			}
			for _, r := range d.RelatedInformation {
				f.Trace = append(f.Trace, toldStep{relative(r.Location.URI), r.Location.Range.Start.Line + 1, r.Location.Range.Start.Character + 1, r.Message})
			}
			out = append(out, f)
		}
	}
	return out
}

// sorted orders findings, so that lists can be compared.
func sorted(list []told) []told {
	slices.SortFunc(list, func(a, b told) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Fingerprint, b.Fingerprint))
	})
	return list
}

// cases are the programs of the fixtures.
func cases(t *testing.T) map[string]map[string]string {
	t.Helper()
	names, err := filepath.Glob("../../fixtures/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no fixtures", err)
	}
	out := map[string]map[string]string{}
	for _, name := range names {
		label := filepath.Base(filepath.Dir(name)) + "/" + strings.TrimSuffix(filepath.Base(name), ".txtar")
		if trial.Sampled("lsp "+label, 12) {
			out[label] = trial.Fixture(t, name)
		}
	}
	return out
}

// fewer is a share of programs, for what takes more of each; all of them where there are few.
func fewer(all map[string]map[string]string, share int) map[string]map[string]string {
	if !trial.Full() {
		return all
	}
	out := map[string]map[string]string{}
	for i, name := range slices.Sorted(maps.Keys(all)) {
		if i%share == 0 {
			out[name] = all[name]
		}
	}
	return out
}

// TestServerAndCommandLine checks every fixture both ways: with files on disk, and with every text in the editor and another on disk.
func TestServerAndCommandLine(t *testing.T) {
	for name, files := range cases(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			trial.Write(t, dir, files)
			want := sorted(commandLine(t, dir))
			e := edits(t, dir, "")
			if diff := gocmp.Diff(want, sorted(languageServer(t, dir, e.checked())), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("files on disk (-command line +server)\n%s", diff)
			}
			typed := map[string]string{}
			for name, text := range files {
				if strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".ts") || strings.HasSuffix(name, ".vue") || strings.HasSuffix(name, ".wxml") {
					typed[name] = text
					trial.Write(t, dir, map[string]string{name: "// another text"})
				}
			}
			for name, text := range typed {
				e.open(filepath.Join(dir, filepath.FromSlash(name)), text)
			}
			if diff := gocmp.Diff(want, sorted(languageServer(t, dir, e.checked())), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("texts in the editor (-command line +server)\n%s", diff)
			}
			e.leave()
		})
	}
}
