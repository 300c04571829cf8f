// Command pictures takes the picture of the READMEs: the extension in a VS Code, with the guide's sample.
//
//	go run ./packaging/vscode/pictures SERVER EXTENSION FILE
//
// SERVER is the server-main.js of a VS Code, as npm's code-server has it in lib/vscode/out; EXTENSION is the folder that `node build.mjs
// --pack` makes; FILE is the picture, a PNG.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/voipcheck/voipcheck/packaging/vscode/host"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: go run ./packaging/vscode/pictures SERVER EXTENSION FILE")
		os.Exit(2)
	}
	if err := take(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// take opens the sample, the problems below it and the report beside it.
func take(server, extension, file string) error {
	dir, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	folder := filepath.Join(dir, "miniprogram")
	if err := os.CopyFS(folder, os.DirFS("fixtures/guide-sample")); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(folder, "want")); err != nil {
		return err
	}
	h, err := host.Start(server, extension, folder, filepath.Join(folder, "pages", "call", "call.ts")+":52:8", false)
	if err != nil {
		return err
	}
	defer h.Close()
	if err := errors.Join(
		h.Size(1200, 760, 1),
		h.Wait("[...document.querySelectorAll('.statusbar-item')].some(e => e.innerText.includes('Not ready'))"),
		h.Command("View: Toggle Primary Side Bar Visibility"),
		h.Command("View: Toggle Problems"),
		h.Wait("document.querySelectorAll('.markers-panel .monaco-list-row').length > 2"),
		h.Command("voipcheck: Show the report"),
		h.Wait("document.querySelector('iframe.webview.ready')"),
		h.Command("Notifications: Clear All Notifications"),
	); err != nil {
		return err
	}
	time.Sleep(5 * time.Second) // until nothing moves any more
	picture, err := h.Picture()
	if err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o644)
}
