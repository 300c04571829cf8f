package main

// What an edit costs in a large project, and what many of them leave behind.

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// pages is a mini-program of so many pages, of which some are the reference page.
func pages(t testing.TB, count, calling int) map[string]string {
	t.Helper()
	read := func(name string) string {
		text, err := os.ReadFile("../../fixtures/reference/native-js/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	code, markup := read("call.js"), read("call.wxml")
	plain := "import { format } from '../../lib/m'\nPage({\n  onTap() {\n" +
		strings.Repeat("    const value = this.data.list.map(item => ({ ...item, title: format(item.title) }))\n    this.setData({ value })\n", 20) + "  }\n})\n"
	files := map[string]string{"lib/m.js": "export const format = s => s.trim()\n", "app.js": "App({})"}
	var list []string
	for i := range count {
		page := fmt.Sprintf("pages/group%d/page%d", i%17, i)
		list = append(list, fmt.Sprintf("%q", page))
		files[page+".js"], files[page+".wxml"], files[page+".json"] = plain, `<view><text bindtap="onTap">{{value}}</text></view>`, "{}"
		if i < calling {
			files[page+".js"], files[page+".wxml"] = code, markup
		}
	}
	files["app.json"] = `{"pages":[` + strings.Join(list, ",") + `],"permission":{"scope.record":{"desc":"用于和家人通话"},"scope.camera":{"desc":"用于和家人通话"}}}`
	return files
}

// typing types a character and takes it away again, so many times, and returns how long it took each time until the diagnostics of
// that version were there.
func (e *editor) typing(uri string, times int) []time.Duration {
	e.t.Helper()
	var took []time.Duration
	for i := range times {
		change := protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{}, Text: " "}
		if i%2 == 1 {
			change = protocol.TextDocumentContentChangeEvent{Range: &protocol.Range{End: protocol.Position{Character: 1}}}
		}
		version := i + 2
		began := time.Now()
		e.tell("textDocument/didChange", protocol.DidChangeTextDocumentParams{
			TextDocument:   protocol.VersionedTextDocumentIdentifier{URI: uri, Version: version},
			ContentChanges: []protocol.TextDocumentContentChangeEvent{change},
		})
		for !e.knows(uri, version) {
			select {
			case <-e.news:
			case <-time.After(time.Minute):
				e.t.Fatal("no diagnostics of version", version)
			}
		}
		took = append(took, time.Since(began))
	}
	return took
}

// knows reports whether the diagnostics of a version are there.
func (e *editor) knows(uri string, version int) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	p := e.published[uri]
	return p.Version != nil && *p.Version == version
}

// BenchmarkTyping tells how long an edit takes: go test ./cmd/voipcheck -run XXX -bench Typing -benchtime 50x.
func BenchmarkTyping(b *testing.B) {
	for _, calling := range []int{1, 3, 10} {
		for _, edited := range []struct {
			what string
			page int
		}{{"a page that calls", 0}, {"another page", 299}} {
			b.Run(fmt.Sprintf("300 pages, %d call, %s", calling, edited.what), func(b *testing.B) {
				dir, name := b.TempDir(), fmt.Sprintf("pages/group%d/page%d.js", edited.page%17, edited.page)
				files := pages(b, 300, calling)
				trial.Write(b, dir, files)
				e := edits(b, dir, "")
				e.checked()
				uri := e.open(filepath.Join(dir, filepath.FromSlash(name)), files[name])
				before := cpu()
				b.ResetTimer()
				took := e.typing(uri, b.N)
				b.StopTimer()
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
				b.ReportMetric(float64((cpu()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
				e.leave()
			})
		}
	}
}

// TestTypingLeaks types a thousand times: memory stays what it was after a hundred.
func TestTypingLeaks(t *testing.T) {
	trial.NotShort(t)
	dir := t.TempDir()
	files := pages(t, 3, 1)
	trial.Write(t, dir, files)
	e := edits(t, dir, "")
	uri := e.open(filepath.Join(dir, "pages", "group0", "page0.js"), files["pages/group0/page0.js"])
	edits := 1000
	if !trial.Full() {
		edits = 200
	}
	e.typing(uri, edits/5)
	goroutines, before := runtime.NumGoroutine(), heap()
	e.mu.Lock()
	e.published, e.methods = map[string]protocol.PublishDiagnosticsParams{}, nil
	e.mu.Unlock()
	e.typing(uri, edits)
	e.mu.Lock()
	e.methods = nil
	e.mu.Unlock()
	if after := heap(); after > before+before/2 {
		t.Errorf("%d edits take %d kB, and %d before", edits, after>>10, before>>10)
	}
	if now := runtime.NumGoroutine(); now > goroutines+5 {
		t.Errorf("%d goroutines, and %d before", now, goroutines)
	}
	e.leave()
}

// heap is what is in use after a collection, in bytes.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
