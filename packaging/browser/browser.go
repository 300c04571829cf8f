// Package browser lets tests and pictures use a headless Chromium: it opens pages, runs scripts on them and takes pictures of them.
package browser

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// ErrNone says that there is no Chromium on the machine.
var ErrNone = errors.New("no Chromium on this machine")

// Browser is a running Chromium with one page. It speaks the DevTools protocol over a pipe.
type Browser struct {
	command *exec.Cmd
	out     io.Closer
	in      io.WriteCloser
	folder  string
	session string

	mu      sync.Mutex
	number  int
	waiting map[int]chan answer
	ended   bool
}

type answer struct {
	result json.RawMessage
	err    error
}

// Start starts a Chromium. Flags are added to those that it needs. Its error is ErrNone where there is none.
func Start(flags ...string) (*Browser, error) {
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		return nil, ErrNone
	}
	folder, err := os.MkdirTemp("", "browser")
	if err != nil {
		return nil, err
	}
	hers, mine, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	said, says, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c := exec.Command(program, append([]string{
		"--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--hide-scrollbars",
		"--disable-background-networking", "--remote-debugging-pipe", "--user-data-dir=" + folder,
	}, flags...)...)
	c.ExtraFiles = []*os.File{hers, says}
	if err := c.Start(); err != nil {
		return nil, err
	}
	_, _ = hers.Close(), says.Close()
	b := &Browser{command: c, in: mine, out: said, folder: folder, waiting: map[int]chan answer{}}
	go b.listen(said)
	if err := b.attach(); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// attach opens the one page.
func (b *Browser) attach() error {
	var target struct{ TargetID string }
	if err := b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return err
	}
	var session struct{ SessionID string }
	if err := b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session); err != nil {
		return err
	}
	b.session = session.SessionID
	return b.call("Page.enable", nil, nil)
}

// Close ends the browser.
func (b *Browser) Close() {
	_, _ = b.in.Close(), b.out.Close()
	_ = b.command.Process.Kill()
	_ = b.command.Wait()
	_ = os.RemoveAll(b.folder)
}

func (b *Browser) listen(from io.Reader) {
	reader := bufio.NewReader(from)
	for {
		text, err := reader.ReadBytes(0)
		if err != nil {
			b.mu.Lock()
			b.ended = true
			for id, w := range b.waiting {
				w <- answer{err: fmt.Errorf("the browser went away: %w", err)}
				delete(b.waiting, id)
			}
			b.mu.Unlock()
			return
		}
		var m struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if json.Unmarshal(text[:len(text)-1], &m) != nil || m.ID == 0 {
			continue // an event
		}
		b.mu.Lock()
		w := b.waiting[m.ID]
		delete(b.waiting, m.ID)
		b.mu.Unlock()
		if w == nil {
			continue
		}
		if m.Error != nil {
			w <- answer{err: errors.New(m.Error.Message)}
		} else {
			w <- answer{result: m.Result}
		}
	}
}

// patience is how long an answer may take on a busy machine.
const patience = 2 * time.Minute

// call calls a method of the protocol, and fills the result where one is wanted.
func (b *Browser) call(method string, params, result any) error {
	if params == nil {
		params = struct{}{}
	}
	w := make(chan answer, 1)
	b.mu.Lock()
	if b.ended {
		b.mu.Unlock()
		return errors.New("the browser went away")
	}
	b.number++
	m := map[string]any{"id": b.number, "method": method, "params": params}
	if b.session != "" {
		m["sessionId"] = b.session
	}
	b.waiting[b.number] = w
	text, err := json.Marshal(m)
	if err == nil {
		_, err = b.in.Write(append(text, 0))
	}
	b.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case a := <-w:
		if a.err != nil || result == nil {
			return a.err
		}
		return json.Unmarshal(a.result, result)
	case <-time.After(patience):
		return fmt.Errorf("%s is not answered", method)
	}
}

// Open opens an address.
func (b *Browser) Open(url string) error {
	return b.call("Page.navigate", map[string]any{"url": url}, nil)
}

// Size gives the page a size in CSS pixels, and how many of a picture's there are to each.
func (b *Browser) Size(width, height int, scale float64) error {
	return b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": scale, "mobile": false}, nil)
}

// Prefer tells pages what the system prefers: "dark" or "light".
func (b *Browser) Prefer(scheme string) error {
	return b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Run runs a script on the page, waits for the promise that it may return, and fills result with what comes of it, nil for nothing.
func (b *Browser) Run(script string, result any) error {
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	err := b.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &r)
	if err != nil {
		return err
	}
	if r.ExceptionDetails != nil {
		return fmt.Errorf("%s %s", r.ExceptionDetails.Text, r.ExceptionDetails.Exception.Description)
	}
	if result == nil || len(r.Result.Value) == 0 {
		return nil
	}
	return json.Unmarshal(r.Result.Value, result)
}

// Type types a text into what has the focus.
func (b *Browser) Type(text string) error {
	return b.call("Input.insertText", map[string]any{"text": text}, nil)
}

// Press presses a key, by its name and its Windows code: "Enter", 13.
func (b *Browser) Press(key string, code int) error {
	for _, kind := range []string{"keyDown", "keyUp"} {
		event := map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}
		if key == "Enter" && kind == "keyDown" {
			event["text"] = "\r"
		}
		if err := b.call("Input.dispatchKeyEvent", event, nil); err != nil {
			return err
		}
	}
	return nil
}

// Wait waits until an expression is true on the page.
func (b *Browser) Wait(expression string) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var so bool
		if err := b.Run("Boolean("+expression+")", &so); err == nil && so {
			return nil
		}
	}
	return fmt.Errorf("it never came to %s", expression)
}

// Picture takes a picture of what is in view, as a PNG.
func (b *Browser) Picture() ([]byte, error) {
	var shot struct{ Data string }
	if err := b.call("Page.captureScreenshot", map[string]any{"format": "png"}, &shot); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(shot.Data)
}
