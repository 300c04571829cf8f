// Command site builds the documentation as static pages, for whatever serves files:
//
//	go run ./packaging/site [-base /path/] [-playground FOLDER] FOLDER
//
// What the pages say is written by package content. VitePress makes pages of it, with the versions of package-lock.json; it needs
// Node 20 or later, and the network only for the first time.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/voipcheck/voipcheck/packaging/site/content"
)

func main() {
	var s site
	flag.StringVar(&s.base, "base", "/", "the path that the pages are served under, such as /voipcheck/")
	flag.StringVar(&s.playground, "playground", "", "the folder of a built playground, to be served under playground/")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: go run ./packaging/site [-base /path/] [-playground FOLDER] FOLDER")
		os.Exit(2)
	}
	if err := s.build(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

// site is what is built of.
type site struct{ base, playground string }

// build writes the pages to a folder.
func (s *site) build(out string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	top, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return errors.New("this has to be run in the repository: go run ./packaging/site FOLDER")
	}
	root := filepath.Clean(string(top[:len(top)-1]))
	here := filepath.Join(root, "packaging", "site")
	pages := filepath.Join(here, "pages")
	if err := os.RemoveAll(pages); err != nil {
		return err
	}
	if err := content.Write(root, pages, s.playground != ""); err != nil {
		return err
	}
	if s.playground != "" {
		if err := os.CopyFS(filepath.Join(pages, "public", "playground"), os.DirFS(s.playground)); err != nil {
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(here, "node_modules", ".package-lock.json")); err != nil {
		if err := run(here, "npm", "ci", "--no-audit", "--no-fund"); err != nil {
			return err
		}
	}
	return run(here, "npm", "exec", "--", "vitepress", "build", "--base", s.base, "--outDir", out)
}

// run runs a command in a folder, in sight.
func run(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stdout, c.Stderr = dir, os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, args[0], err)
	}
	return nil
}
