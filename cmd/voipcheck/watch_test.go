package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// collector is an output that is read while it is written.
type collector struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (c *collector) Write(text []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(text)
}

// await waits until the output holds the text so many times.
func (c *collector) await(t *testing.T, text string, times int) {
	t.Helper()
	for range 1000 {
		c.mu.Lock()
		n := strings.Count(c.text.String(), text)
		c.mu.Unlock()
		if n >= times {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%q did not come %d times", text, times)
}

// watching is a program under --watch.
type watching struct {
	dir            string
	stdout, stderr collector
	stop           func()
	status         chan int
}

func watch(t *testing.T, terminal bool, args ...string) *watching {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	w := &watching{dir: t.TempDir(), stop: stop, status: make(chan int, 1)}
	w.program(t, "app")
	go func() {
		c := &Command{
			Stdout: &w.stdout, Stderr: &w.stderr, Dir: w.dir, Env: func(string) string { return "" },
			Context: ctx, Terminal: terminal,
		}
		w.status <- c.Main(append([]string{"--watch", "--quiet", "--color", "never"}, args...))
	}()
	w.stdout.await(t, "Not ready", 1)
	w.stderr.await(t, "watching", 1)
	return w
}

// write replaces a file as editors do: a new one takes its place.
func (w *watching) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+"~", file); err != nil {
		t.Fatal(err)
	}
}

func (w *watching) program(t *testing.T, dir string) {
	t.Helper()
	w.write(t, dir+"/app.json", `{ "pages": ["index"] }`)
	w.write(t, dir+"/app.js", "App({})")
	w.write(t, dir+"/index.js", "Page({})")
}

func (w *watching) end(t *testing.T, want int) {
	t.Helper()
	w.stop()
	if got := <-w.status; got != want {
		t.Errorf("exit status %d, want that of the last check, %d", got, want)
	}
}

func TestWatchChecksAgain(t *testing.T) {
	t.Parallel()
	w := watch(t, false, "app")
	w.write(t, "app/index.js", "Page({ onLoad() { wx.join1v1Chat({}) } })")
	w.stdout.await(t, "join-options", 1)
	// A folder that was not there before, and a file in it.
	w.write(t, "app/app.json", `{ "pages": ["index", "call/call"] }`)
	w.write(t, "app/call/call.js", "Page({ onLoad() { wx.setEnable1v1Chat({ enabel: true }) } })")
	w.stdout.await(t, "enable-options", 1)
	w.write(t, "app/voipcheck.json", `{ "rule": {} }`)
	w.stderr.await(t, "unknown key", 1)
	w.end(t, 2)
	if strings.Contains(w.stdout.text.String(), "\x1b") {
		t.Error("the screen of no terminal is cleared")
	}
}

// TestWatchReplacedTree: the program goes away as a whole, and another one comes in its place.
func TestWatchReplacedTree(t *testing.T) {
	t.Parallel()
	w := watch(t, true, "app")
	if err := os.Rename(filepath.Join(w.dir, "app"), filepath.Join(w.dir, "old")); err != nil {
		t.Fatal(err)
	}
	w.stderr.await(t, "watching", 2)
	w.program(t, "new")
	w.write(t, "new/index.js", "Page({ onLoad() { wx.join1v1Chat({}) } })")
	if err := os.Rename(filepath.Join(w.dir, "new"), filepath.Join(w.dir, "app")); err != nil {
		t.Fatal(err)
	}
	w.stdout.await(t, "join-options", 1)
	w.end(t, 1)
	w.stdout.await(t, clearScreen, 3)
}

// TestOwnFilesAreNoChange: what each check writes does not lead to the next one.
func TestOwnFilesAreNoChange(t *testing.T) {
	dir := t.TempDir()
	s := &session{Command: (&Command{Dir: dir, Env: func(string) string { return "" }}).filled()}
	p := &plan{flags: &checkFlags{writeBaseline: "known.json"}, targets: []target{{file: "report.html"}}}
	before := lookAt(s.watched(p), s.ours(p))
	for name, same := range map[string]bool{"known.json": true, "report.html": true, "app.json": false, "../voipcheck.json": false} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
		if (lookAt(s.watched(p), s.ours(p)).sum == before.sum) != same {
			t.Errorf("%s: a change: %v, want %v", name, same, !same)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPanicIsNeverReady makes the program fail inside.
func TestPanicIsNeverReady(t *testing.T) {
	var stdout, stderr bytes.Buffer
	c := &Command{
		Stdout: &stdout, Stderr: &stderr, Dir: t.TempDir(), Env: func(string) string { return "" },
		Now: func() time.Time { panic("the clock is broken") },
	}
	if status := c.Main([]string{"."}); status != 3 {
		t.Errorf("exit status %d", status)
	}
	if !strings.Contains(stderr.String(), "internal error") || stdout.Len() > 0 {
		t.Errorf("said %q and %q", stdout.String(), stderr.String())
	}
}
