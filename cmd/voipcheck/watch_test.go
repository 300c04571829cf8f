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

func TestWatchChecksAgain(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("app.json", `{ "pages": ["index"] }`)
	write("app.js", "App({})")
	write("index.js", "Page({})")
	ctx, stop := context.WithCancel(t.Context())
	var stdout, stderr collector
	status := make(chan int)
	go func() {
		c := &Command{Stdout: &stdout, Stderr: &stderr, Dir: dir, Env: func(string) string { return "" }, Context: ctx}
		status <- c.Main([]string{"--watch", "--quiet"})
	}()
	stdout.await(t, "Not ready", 1)
	stderr.await(t, "watching", 1)
	write("index.js", "Page({ onLoad() { wx.join1v1Chat({}) } })")
	stdout.await(t, "join-options", 1)
	stderr.await(t, "watching", 2)
	write("voipcheck.json", `{ "rule": {} }`)
	stderr.await(t, "unknown key", 1)
	stop()
	if got := <-status; got != 2 {
		t.Errorf("exit status %d, want that of the last check", got)
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
	if !strings.Contains(stderr.String(), "internal failure") || stdout.Len() > 0 {
		t.Errorf("said %q and %q", stdout.String(), stderr.String())
	}
}
