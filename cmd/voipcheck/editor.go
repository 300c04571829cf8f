package main

// Links that open a place in an editor.

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/voipcheck/voipcheck/internal/source"
)

// editors are those that open addresses like VS Code's, by the schemes of these.
// Source: code.visualstudio.com/docs/configure/command-line, opening VS Code with URLs.
var editors = []string{"vscode", "vscode-insiders", "vscodium", "cursor"}

// linked returns what makes the addresses of places; nil where no editor was asked for.
func (s *session) linked(editor string) func(file string, at source.Position) string {
	if editor == "" {
		return nil
	}
	return func(file string, at source.Position) string {
		path := filepath.ToSlash(s.absolute(filepath.FromSlash(file)))
		if !strings.HasPrefix(path, "/") {
			path = "/" + path // a drive's letter
		}
		address := url.URL{Scheme: editor, Host: "file", Path: path}
		return fmt.Sprintf("%s:%d:%d", address.String(), at.Line, at.Column)
	}
}
