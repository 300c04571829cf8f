package main

// The tools for coding agents, with the client of the protocol's own library.

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// agentIn starts a server in a folder and connects to it.
func agentIn(t *testing.T, dir string, args ...string) *mcp.ClientSession {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := &Command{
		Stdin: toServer, Stdout: fromServer, Stderr: io.Discard, Env: func(string) string { return "" }, Locale: func() string { return "" }, Dir: dir,
		Now: func() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }, Version: "1.2.3",
	}
	ended := make(chan int, 1)
	go func() {
		ended <- c.Main(append([]string{"mcp"}, args...))
		_ = fromServer.Close()
	}()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(context.Background(), &mcp.IOTransport{Reader: toClient, Writer: fromClient}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = session.Close()
		if status := <-ended; status != 0 {
			t.Errorf("exit status %d", status)
		}
	})
	return session
}

// tool calls a tool, and returns its text; what it answers in structure goes to out.
func tool(t *testing.T, s *mcp.ClientSession, name string, args map[string]any, out any) (text string, failed bool) {
	t.Helper()
	r, err := s.CallTool(context.Background(), &mcp.CallToolParams{Name: name, Arguments: args})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Content {
		if said, ok := c.(*mcp.TextContent); ok {
			text += said.Text
		}
	}
	if out != nil {
		raw, err := json.Marshal(r.StructuredContent)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, out); err != nil {
			t.Fatal(err)
		}
	}
	return text, r.IsError
}

func TestAgentTools(t *testing.T) {
	dir := t.TempDir()
	trial.Write(t, dir, small(faulty))
	file := filepath.Join(dir, "p", "p.js")
	for _, writes := range []bool{false, true} {
		var args []string
		if writes {
			args = append(args, "--write")
		}
		s := agentIn(t, dir, args...)
		list, err := s.ListTools(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range list.Tools {
			if reads := one.Annotations.ReadOnlyHint; reads != (one.Name != "fix" || !writes) {
				t.Errorf("%s with --write %v only reads: %v", one.Name, writes, reads)
			}
		}
		var report struct {
			Schema   string
			Ready    bool
			Findings []told
		}
		text, failed := tool(t, s, "check", nil, &report)
		if failed || report.Schema != "voipcheck/report/1" || report.Ready || !strings.Contains(text, "enable-options") {
			t.Errorf("check answers %v, %+v", text, report)
		}
		if diff := gocmp.Diff(commandLine(t, dir), report.Findings, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-command line +agent)\n%s", diff)
		}
		var fixed struct {
			Written bool
			Fixed   int
			Files   []struct{ File, Diff string }
		}
		text, failed = tool(t, s, "fix", map[string]any{"paths": []string{"p/p.js"}}, &fixed)
		if failed || fixed.Written != writes || fixed.Fixed == 0 || len(fixed.Files) != 1 || !strings.Contains(fixed.Files[0].Diff, "+    /* 😀 通话 */ wx.setEnable1v1Chat({ enable: true })") {
			t.Errorf("fix answers %s, %+v", text, fixed)
		}
		got, err := os.ReadFile(file)
		if err != nil || strings.Contains(string(got), "enabel") == writes {
			t.Errorf("with --write %v the file is %s, %v", writes, got, err)
		}
	}
}

func TestAgentQuestions(t *testing.T) {
	dir := t.TempDir()
	s := agentIn(t, dir, "--lang", "zh")
	if text, failed := tool(t, s, "explain", map[string]any{"topic": "join-openid -30003"}, nil); failed || !strings.Contains(text, "怎么改") || !strings.Contains(text, "先看什么") {
		t.Errorf("explain answers %s", text)
	}
	if text, failed := tool(t, s, "explain", map[string]any{"topic": "join-openid", "lang": "en"}, nil); failed || !strings.Contains(text, "What to do") {
		t.Errorf("explain answers %s", text)
	}
	for name, c := range map[string]struct {
		tool string
		args map[string]any
		want string
	}{
		"nothing to check": {"check", nil, "没有找到小程序"},
		"elsewhere":        {"check", map[string]any{"paths": []string{".."}, "lang": "en"}, "is outside"},
		"no rule":          {"explain", map[string]any{"topic": "join-opnid", "lang": "en"}, `did you mean "join-openid"`},
		"no language":      {"check", map[string]any{"lang": "de"}, "de"},
		"no argument":      {"check", map[string]any{"path": "."}, "path"},
	} {
		if text, failed := tool(t, s, c.tool, c.args, nil); !failed || !strings.Contains(text, c.want) {
			t.Errorf("%s: answers %v, %s", name, failed, text)
		}
	}
}
