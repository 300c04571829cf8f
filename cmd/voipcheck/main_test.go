package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the cases expect and what is generated")

// today is the day on which the tests run, whenever they do.
var today = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// memoryVariable says how many bytes of memory the program may take that a test starts.
const memoryVariable = "VOIPCHECK_TEST_MEMORY"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"voipcheck": func() {
			ignoreBrokenPipes()
			c := &Command{
				Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Version: "test",
				Now: func() time.Time { return today },
			}
			if most, err := strconv.ParseUint(os.Getenv(memoryVariable), 10, 64); err == nil {
				c.guardMemory(most)
			}
			os.Exit(c.Main(os.Args[1:]))
		},
	})
}

// TestScripts runs the cases of testdata/script as a user at a shell would.
func TestScripts(t *testing.T) {
	fixtures, err := filepath.Abs("../../fixtures")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			// git must not find the user's name, nor the terminal's language or colours be inherited.
			env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			env.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
			env.Setenv("LC_ALL", "C")
			env.Setenv("GORACE", os.Getenv("GORACE"))
			env.Setenv("FIXTURES", fixtures)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "mode": mode, "copy": copyTree,
		},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
	})
}

// exits runs a command and compares its exit status: exits 2 voipcheck --nonsense.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND ...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// copyTree copies a folder: copy $FIXTURES/guide-sample sample.
func copyTree(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(args[0])))
}

// mode compares a file's permission bits: mode 640 app.json.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("mode %s, want %s", got, args[0])
	}
}

// TestErrors runs every command line of testdata/errors.txtar, in a folder of its files, and compares
// what is said in English and in Chinese, and the exit status.
func TestErrors(t *testing.T) {
	const file = "testdata/errors.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var commands, want string
	for _, f := range archive.Files {
		switch f.Name {
		case "commands":
			commands = string(f.Data)
			continue
		case "want":
			want = string(f.Data)
			continue
		}
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var got strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(commands), "\n") {
		fmt.Fprintf(&got, "> %s\n", line)
		args := strings.Split(line, " ")[1:]
		status := 0
		for _, language := range []string{"en_US.UTF-8", "zh_CN.UTF-8"} {
			var stdout, stderr bytes.Buffer
			c := &Command{
				Stdout: &stdout, Stderr: &stderr, Dir: dir, Version: "test",
				Now: func() time.Time { return today },
				Env: func(name string) string { return map[string]string{"LANG": language}[name] },
			}
			status = c.Main(args)
			got.WriteString(stdout.String() + strings.ReplaceAll(stderr.String(), filepath.ToSlash(dir), "$DIR"))
		}
		fmt.Fprintf(&got, "%d\n", status)
	}
	if *update {
		for i := range archive.Files {
			if archive.Files[i].Name == "want" {
				archive.Files[i].Data = []byte(got.String())
			}
		}
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}
