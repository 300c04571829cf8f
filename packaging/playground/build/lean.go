package main

// What a browser does not need. esbuild, which lowers TypeScript and JSX, asks net/http for the media type of files that it would put
// into a bundle; with it come TLS and all of cryptography, a tenth of the program. Here nothing is bundled, and no file has a media
// type: the program is built with a copy of esbuild that does not ask.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const esbuild = "github.com/evanw/esbuild"

// asking is what is taken out of esbuild, and what stands in its place. Where a later version asks otherwise, the build fails and tells.
var asking = []struct{ file, from, to string }{
	{"internal/bundler/bundler.go", "\t\"net/http\"\n", ""},
	{"internal/bundler/bundler.go", "http.DetectContentType([]byte(contents))", `"application/octet-stream"`},
}

// lean makes the copy below the folder work, and returns the name of a go.mod that uses it.
func lean(top, work string) (string, error) {
	from, err := said("go", "list", "-C", top, "-m", "-f", "{{.Dir}}", esbuild)
	if err != nil {
		return "", err
	}
	to := filepath.Join(work, "esbuild")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return "", err
	}
	for _, a := range asking {
		file := filepath.Join(to, filepath.FromSlash(a.file))
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		if strings.Count(string(text), a.from) != 1 {
			return "", fmt.Errorf("%s of %s has not one %q any more: see what a browser needs of it", a.file, esbuild, a.from)
		}
		text = []byte(strings.Replace(string(text), a.from, a.to, 1))
		// What the module cache holds cannot be written to, and so neither can the copy.
		if err := os.Remove(file); err != nil {
			return "", err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return "", err
		}
	}
	return modules(top, work, to)
}

// modules writes a go.mod beside the copy that is the repository's but for it.
func modules(top, work, copied string) (string, error) {
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			return "", err
		}
		if name == "go.mod" {
			text = fmt.Appendf(text, "\nreplace %s => %q\n", esbuild, filepath.ToSlash(copied))
		}
		if err := os.WriteFile(filepath.Join(work, name), text, 0o644); err != nil {
			return "", err
		}
	}
	return filepath.Join(work, "go.mod"), nil
}
