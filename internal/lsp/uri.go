package lsp

// Addresses of documents, and names of files.

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// nameOf is the name of a file, absolute, clean and "/" separated, "" for an address of something else.
func nameOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return ""
	}
	name := u.Path
	if runtime.GOOS == "windows" {
		if u.Host != "" {
			name = "//" + u.Host + name
		} else if len(name) > 2 && name[0] == '/' && name[2] == ':' {
			name = strings.ToUpper(name[1:2]) + name[2:]
		}
	}
	return filepath.ToSlash(filepath.Clean(filepath.FromSlash(name)))
}

// uriOf is the address of a file.
func uriOf(name string) string {
	if !strings.HasPrefix(name, "/") {
		name = "/" + name // a drive of Windows
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}
