// Package host runs the extension in a VS Code of which the window is a web page: one of which the server can be had as a program for
// Node, as npm's code-server brings it along.
package host

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/voipcheck/voipcheck/packaging/browser"
)

// Host is a VS Code with the extension, and a window of it.
type Host struct {
	*browser.Browser
	server *exec.Cmd
	said   *output
	data   string
}

// output is what the server says.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(text []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(text)
}

// Settings of the folder that is opened: nothing that moves, and nothing that asks.
const settings = `{
  "workbench.startupEditor": "none", "workbench.tips.enabled": false, "editor.minimap.enabled": false, "telemetry.telemetryLevel": "off",
  "workbench.colorTheme": %q, "editor.fontSize": 13, "editor.stickyScroll.enabled": false, "breadcrumbs.enabled": false,
  "typescript.validate.enable": false, "extensions.ignoreRecommendations": true
}`

// Start runs the server of the file main, the server-main.js of a VS Code, with the extension of an unpacked folder, and opens a file of a
// folder, which gets a .vscode of its own. dark is the theme.
func Start(main, extension, folder, file string, dark bool) (*Host, error) {
	data, err := os.MkdirTemp("", "vscode")
	if err != nil {
		return nil, err
	}
	h := &Host{data: data, said: &output{}}
	if err := h.prepare(extension, folder, dark); err != nil {
		h.Close()
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Close()
		return nil, err
	}
	address := listener.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	_ = listener.Close()
	h.server = exec.Command("node", main, "--host", "127.0.0.1", "--port", port, "--without-connection-token", "--accept-server-license-terms",
		"--disable-workspace-trust", "--telemetry-level", "off", "--extensions-dir", filepath.Join(data, "extensions"), "--server-data-dir", filepath.Join(data, "data"))
	h.server.Stdout, h.server.Stderr = h.said, h.said
	if err := h.server.Start(); err != nil {
		h.Close()
		return nil, err
	}
	if err := listening(address); err != nil {
		h.Close()
		return nil, fmt.Errorf("%w: %s", err, h.said.text.String())
	}
	// The window's own look-ups lead nowhere.
	if h.Browser, err = browser.Start("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"); err != nil {
		h.Close()
		return nil, err
	}
	query := url.Values{"folder": {folder}, "payload": {fmt.Sprintf(`[["openFile","vscode-remote://%s%s"],["gotoLineMode","true"]]`, address, file)}}
	if err := errors.Join(h.Size(1360, 860, 1), h.Open("http://"+address+"/?"+query.Encode())); err != nil {
		h.Close()
		return nil, err
	}
	return h, nil
}

// prepare lays the extension where the server looks for it, and the folder's settings.
func (h *Host) prepare(extension, folder string, dark bool) error {
	theme := "Default Light Modern"
	if dark {
		theme = "Default Dark Modern"
	}
	if err := os.MkdirAll(filepath.Join(folder, ".vscode"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, ".vscode", "settings.json"), fmt.Appendf(nil, settings, theme), 0o644); err != nil {
		return err
	}
	return os.CopyFS(filepath.Join(h.data, "extensions", "voipcheck.voipcheck-0.1.0"), os.DirFS(extension))
}

// listening waits until somebody listens at an address.
func listening(address string) error {
	var err error
	for range 600 {
		var c net.Conn
		if c, err = net.DialTimeout("tcp", address, time.Second); err == nil {
			return c.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

// Command runs a command by the words that the palette finds it by.
func (h *Host) Command(words string) error {
	const input = "document.querySelector('.quick-input-widget:not([style*=\"display: none\"]) input')"
	if err := errors.Join(h.Press("F1", 112), h.Wait(input), h.Type(words)); err != nil {
		return err
	}
	if err := h.Wait(fmt.Sprintf("[...document.querySelectorAll('.quick-input-list .monaco-list-row')].some(e => e.innerText.includes(%q))", words)); err != nil {
		return err
	}
	return h.Press("Enter", 13)
}

// Close ends the window and the server.
func (h *Host) Close() {
	if h.Browser != nil {
		h.Browser.Close()
	}
	if h.server != nil && h.server.Process != nil {
		_ = h.server.Process.Kill()
		_ = h.server.Wait()
	}
	_ = os.RemoveAll(h.data)
}
