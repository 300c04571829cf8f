//go:build unix

// Command speed measures voipcheck on large trees: next to ripgrep, oxlint and ast-grep on one made of npm packages,
// and by the number of files and of pages that make calls. It writes the tables of README.md beside it.
//
//	go run ./internal/speed -modules DIR [-runs 5]
//
// DIR is a node_modules folder with tens of thousands of files; ripgrep, oxlint and ast-grep are taken from the PATH or from
// DIR/.bin, and left out where they are not there.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/voipcheck/voipcheck/internal/measure"
)

func main() {
	b := &bench{}
	flag.StringVar(&b.modules, "modules", "", "a node_modules folder to take files from")
	flag.IntVar(&b.files, "files", 41_000, "files of the tree on which the tools are compared")
	flag.IntVar(&b.runs, "runs", 5, "runs of each, of which the median counts")
	out := flag.String("o", "internal/speed/README.md", "the file to write")
	flag.Parse()
	if err := b.run(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bench is one measurement of everything.
type bench struct {
	modules     string
	files, runs int
	dir         string // for what is made
	program     string // the built program
}

func (b *bench) run(out string) (err error) {
	if b.modules == "" {
		return fmt.Errorf("-modules DIR is needed: a node_modules folder, from `npm install` of some dozens of packages")
	}
	if b.dir, err = os.MkdirTemp("", "speed"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.dir) }() // it is in the way of nothing
	b.program = filepath.Join(b.dir, "voipcheck")
	if text, err := exec.Command("go", "build", "-o", b.program, "./cmd/voipcheck").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, text)
	}
	all, err := packageFiles(b.modules)
	if err != nil {
		return err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "# What a check costs\n\nWritten by `go run ./internal/speed -modules DIR` on %s; do not edit.\n", time.Now().UTC().Format(time.DateOnly))
	fmt.Fprintf(&text, "%s, %d CPUs. Medians of %d runs that take turns; the files were read before. CPU is user and system time.\n", machine(), runtime.NumCPU(), b.runs)
	for _, part := range []func(*strings.Builder, []packageFile) error{b.tools, b.trees, b.calls} {
		if err := part(&text, all); err != nil {
			return err
		}
	}
	return os.WriteFile(out, []byte(text.String()), 0o644)
}

// tools compares voipcheck with what else is run on such a tree.
func (b *bench) tools(text *strings.Builder, all []packageFile) error {
	tree, err := b.tree("tools", all, b.files, 1)
	if err != nil {
		return err
	}
	commands := []command{{"voipcheck", []string{b.program, "."}}}
	for _, c := range []command{
		{"ripgrep", []string{"rg", "-l", "setEnable1v1Chat|join1v1Chat|authorize", "."}},
		{"oxlint", []string{"oxlint", "."}},
		{"ast-grep", []string{"ast-grep", "run", "-p", "wx.setEnable1v1Chat($$$)", "-l", "js", "."}},
	} {
		if c.args[0], err = b.find(c.args[0]); err == nil {
			commands = append(commands, c)
		}
	}
	results := b.alternate(tree.dir, commands)
	fmt.Fprintf(text, "\n## Next to other tools\n\nA mini-program of %d files, %d MB, from npm packages, with one page that makes calls.\n\n", tree.files, tree.bytes>>20)
	text.WriteString("| | wall, s | CPU, s | memory, MB | wall, of ripgrep's |\n|---|---:|---:|---:|---:|\n")
	for i, r := range results {
		ratio := ""
		if len(results) > 1 && commands[1].name == "ripgrep" {
			ratio = fmt.Sprintf("%.2f", r.Wall.Seconds()/results[1].Wall.Seconds())
		}
		fmt.Fprintf(text, "| %s | %.2f | %.2f | %d | %s |\n", commands[i].name, r.Wall.Seconds(), r.CPU.Seconds(), r.Memory>>20, ratio)
	}
	start := b.alternate(tree.dir, []command{{"start", []string{b.program, "version"}}})
	fmt.Fprintf(text, "\nStarting the program (`voipcheck version`) takes %.1f ms.\n", float64(start[0].Wall.Microseconds())/1000)
	return nil
}

// trees shows the growth with the number of files.
func (b *bench) trees(text *strings.Builder, all []packageFile) error {
	text.WriteString("\n## By the number of files\n\n| files | MB | wall, s | CPU, s | memory, MB | CPU, µs a file |\n|---:|---:|---:|---:|---:|---:|\n")
	for _, n := range []int{10_000, 20_000, 40_000, 80_000} {
		tree, err := b.tree(fmt.Sprintf("files%d", n), all, n, 1)
		if err != nil {
			return err
		}
		r := b.alternate(tree.dir, []command{{"voipcheck", []string{b.program, "."}}})[0]
		fmt.Fprintf(text, "| %d | %d | %.2f | %.2f | %d | %d |\n", tree.files, tree.bytes>>20, r.Wall.Seconds(), r.CPU.Seconds(), r.Memory>>20, r.CPU.Microseconds()/int64(tree.files))
		if err := os.RemoveAll(tree.dir); err != nil {
			return err
		}
	}
	return nil
}

// calls shows the growth with the number of pages that make calls.
func (b *bench) calls(text *strings.Builder, _ []packageFile) error {
	text.WriteString("\n## By the pages that make calls\n\nEach is the reference page: both calls, five entry points, a few hundred ways. One run each.\n\n| pages | wall, s | CPU, s | memory, MB | CPU, ms a page |\n|---:|---:|---:|---:|---:|\n")
	for _, n := range []int{10, 100, 1000} {
		tree, err := b.tree(fmt.Sprintf("calls%d", n), nil, 0, n)
		if err != nil {
			return err
		}
		r, _ := measure.Run(tree.dir, nil, b.program, ".")
		fmt.Fprintf(text, "| %d | %.2f | %.2f | %d | %.1f |\n", n, r.Wall.Seconds(), r.CPU.Seconds(), r.Memory>>20, float64(r.CPU.Microseconds())/1000/float64(n))
	}
	return nil
}

// find returns the full name of a tool.
func (b *bench) find(name string) (string, error) {
	local := filepath.Join(b.modules, ".bin", name)
	if _, err := os.Stat(local); err == nil {
		return filepath.Abs(local)
	}
	return exec.LookPath(name)
}

// machine names the processor.
func machine() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOOS + "/" + runtime.GOARCH
	}
	for _, line := range strings.Split(string(text), "\n") {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOOS + "/" + runtime.GOARCH
}
