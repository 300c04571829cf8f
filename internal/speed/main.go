//go:build unix

// Command speed measures voipcheck on trees of many kinds, each beside ripgrep searching the same tree for the same names and beside a
// plain parallel walk that reads every file of code: what no checker can do without. It writes the tables of README.md beside it.
//
//	go run ./internal/speed -modules DIR [-apps DIR] [-runs 5] [-only TEXT] [-keep DIR]
//
// The first DIR is a node_modules folder with tens of thousands of files, the second holds copies of real applications; what is not
// given is left out. ripgrep is taken from the PATH. A run while the machine is busy with something else is refused.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/voipcheck/voipcheck/internal/measure"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == floorCommand {
		readAll(os.Args[2])
		return
	}
	// The system counts as a program's memory what the one that starts it has had: this one stays small.
	debug.SetMemoryLimit(24 << 20)
	b := &bench{}
	flag.StringVar(&b.modules, "modules", "", "a node_modules folder to take files from")
	flag.StringVar(&b.apps, "apps", "", "a folder with copies of real applications")
	flag.IntVar(&b.runs, "runs", 5, "runs of each, of which the median counts")
	flag.StringVar(&b.only, "only", "", "measure only trees whose names hold this, and write no file")
	flag.StringVar(&b.keep, "keep", "", "an empty folder to keep the trees in")
	flag.StringVar(&b.program, "program", "", "a built voipcheck; built here where none is named")
	flag.BoolVar(&b.busy, "busy", false, "measure on a busy machine too, and say so")
	out := flag.String("o", "internal/speed/README.md", "the file to write")
	flag.Parse()
	if err := b.run(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bench is one measurement of everything.
type bench struct {
	modules, apps, only, keep string
	runs                      int
	busy                      bool
	dir                       string // for what is made
	program                   string // the built program
	self                      string // this one, as the floor
	text                      strings.Builder
}

func (b *bench) run(out string) (err error) {
	if err := b.prepare(); err != nil {
		return err
	}
	defer func() {
		if b.keep == "" {
			_ = os.RemoveAll(b.dir) // it is in the way of nothing
		}
	}()
	load := b.idle()
	if load > mostLoad && !b.busy {
		return fmt.Errorf("the machine is busy: a load of %.1f; wait, or measure with -busy", load)
	}
	fmt.Fprintf(&b.text, "# What a check costs\n\nWritten by `go run ./internal/speed -modules DIR -apps DIR` on %s; do not edit.\n", time.Now().UTC().Format(time.DateOnly))
	fmt.Fprintf(&b.text, "%s, %d CPUs, load %.1f before. Medians of %d runs that take turns; the files were read before. CPU is user and system time.\n"+
		"The floor is a parallel walk that reads every file of code and does nothing with it.\n", machine(), runtime.NumCPU(), load, b.runs)
	for _, part := range []func() error{b.beside, b.linters, b.growing} {
		if err := part(); err != nil {
			return err
		}
	}
	fmt.Fprintf(&b.text, "\nThe load was %.1f after.%s\n", b.load(), map[bool]string{true: " The machine was busy: take these numbers for what they are."}[load > mostLoad])
	if b.only != "" {
		fmt.Print(b.text.String())
		return nil
	}
	return os.WriteFile(out, []byte(b.text.String()), 0o644)
}

func (b *bench) prepare() (err error) {
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if b.dir = b.keep; b.keep == "" {
		if b.dir, err = os.MkdirTemp("", "speed"); err != nil {
			return err
		}
	}
	if b.program == "" {
		b.program = filepath.Join(b.dir, "voipcheck")
		if text, err := exec.Command("go", "build", "-o", b.program, "./cmd/voipcheck").CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, text)
		}
	}
	b.program, err = filepath.Abs(b.program)
	return err
}

// beside compares voipcheck with ripgrep and the floor on each tree.
func (b *bench) beside() error {
	b.text.WriteString("\n## Trees of many kinds\n\nA ratio is CPU over ripgrep's. Each tree has a page that calls, whose paths are followed: the first rows tell what that costs by itself.\n\n")
	b.text.WriteString("| tree | files | MB | wall, s | CPU, s | memory, MB | ripgrep, CPU s | floor, CPU s | ratio |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, k := range b.kinds() {
		if !strings.Contains(k.name, b.only) {
			continue
		}
		t := &tree{dir: filepath.Join(b.dir, slug(k.name))}
		if err := k.make(t); err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
		for _, from := range k.from {
			name := k.name
			if len(k.from) > 1 {
				name += ", in " + from
			}
			at := filepath.Join(t.dir, from)
			searched := filepath.Join(t.dir, k.program)
			commands := []command{{"voipcheck", []string{b.program, "-q"}}, {"floor", []string{b.self, floorCommand, searched}}}
			if rg, err := exec.LookPath("rg"); err == nil {
				commands = append(commands, command{"ripgrep", []string{rg, "-l", "setEnable1v1Chat|join1v1Chat|authorize", searched}})
			}
			r := b.alternate(at, commands)
			fmt.Fprintf(&b.text, "| %s | %d | %d | %.2f | %.2f | %d | ", name, t.files, t.bytes>>20, r[0].Wall.Seconds(), r[0].CPU.Seconds(), r[0].Memory>>20)
			if len(r) > 2 {
				fmt.Fprintf(&b.text, "%.2f | %.2f | %.1f |\n", r[2].CPU.Seconds(), r[1].CPU.Seconds(), r[0].CPU.Seconds()/r[2].CPU.Seconds())
			} else {
				fmt.Fprintf(&b.text, "| %.2f | |\n", r[1].CPU.Seconds())
			}
			fmt.Fprintf(os.Stderr, "%s: %.2f s of CPU\n", name, r[0].CPU.Seconds())
		}
		if err := b.done(t); err != nil {
			return err
		}
	}
	return nil
}

// linters compares voipcheck with linters on the largest tree, where there are any: in the folder of modules or on the PATH.
func (b *bench) linters() error {
	const name = "libraries, five copies"
	if b.modules == "" || !strings.Contains(name, b.only) {
		return nil
	}
	commands := []command{{"voipcheck", []string{b.program, "-q"}}}
	for _, c := range []command{
		{"oxlint", []string{"oxlint", "."}},
		{"ast-grep", []string{"ast-grep", "run", "-p", "wx.setEnable1v1Chat($$$)", "-l", "js", "."}},
	} {
		if c.args[0] = b.find(c.args[0]); c.args[0] != "" {
			commands = append(commands, c)
		}
	}
	if len(commands) == 1 {
		return nil
	}
	t := &tree{dir: filepath.Join(b.dir, "linters")}
	if err := b.libraries(false)(t); err != nil {
		return err
	}
	b.text.WriteString("\n## Next to linters\n\nOn the tree of five copies of libraries.\n\n| | wall, s | CPU, s | memory, MB |\n|---|---:|---:|---:|\n")
	for i, r := range b.alternate(t.dir, commands) {
		fmt.Fprintf(&b.text, "| %s | %.2f | %.2f | %d |\n", commands[i].name, r.Wall.Seconds(), r.CPU.Seconds(), r.Memory>>20)
	}
	return b.done(t)
}

// find returns the full name of a tool; "" where it is not there.
func (b *bench) find(name string) string {
	local := filepath.Join(b.modules, ".bin", name)
	if _, err := os.Stat(local); err == nil {
		if full, err := filepath.Abs(local); err == nil {
			return full
		}
	}
	full, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return full
}

// growing shows the growth with what there is more and more of.
func (b *bench) growing() error {
	for _, g := range b.growths() {
		if !strings.Contains(g.name, b.only) {
			continue
		}
		fmt.Fprintf(&b.text, "\n## By the number of %s\n\n%s\n\n| %s | files | wall, s | CPU, s | memory, MB | exponent |\n|---:|---:|---:|---:|---:|---:|\n", g.name, g.about, g.name)
		var before measure.Cost
		for i, n := range g.sizes {
			t := &tree{dir: filepath.Join(b.dir, fmt.Sprintf("%s%d", slug(g.name), n))}
			if err := g.make(t, n); err != nil {
				return fmt.Errorf("%d %s: %w", n, g.name, err)
			}
			r := b.alternate(t.dir, []command{{"voipcheck", []string{b.program, "-q"}}})[0]
			exponent := ""
			if i > 0 {
				exponent = fmt.Sprintf("%.2f", exponentOf(before.CPU, r.CPU, g.sizes[i-1], n))
			}
			before = r
			fmt.Fprintf(&b.text, "| %d | %d | %.2f | %.2f | %d | %s |\n", n, t.files, r.Wall.Seconds(), r.CPU.Seconds(), r.Memory>>20, exponent)
			fmt.Fprintf(os.Stderr, "%d %s: %.2f s of CPU\n", n, g.name, r.CPU.Seconds())
			if err := b.done(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// done takes a tree away that is measured.
func (b *bench) done(t *tree) error {
	if b.keep != "" {
		return nil
	}
	return os.RemoveAll(t.dir)
}

func slug(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(name))
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
