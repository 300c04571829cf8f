// Command build makes the playground: a folder of files for any web server, with the checker as WebAssembly.
//
//	go run ./packaging/playground/build [-serve ADDRESS] [-version VERSION] [FOLDER]
//
// FOLDER is dist/playground by default. With -serve the folder is served afterwards, as localhost:8080 for example, to be tried.
package main

import (
	"compress/gzip"
	"embed"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	address := flag.String("serve", "", "serve the folder at this `ADDRESS` afterwards")
	version := flag.String("version", "(devel)", "the program's `VERSION`")
	flag.Parse()
	folder := filepath.Join("dist", "playground")
	if flag.NArg() > 0 {
		folder = flag.Arg(0)
	}
	if err := build(folder, *version); err != nil {
		fmt.Fprintln(os.Stderr, "playground:", err)
		os.Exit(1)
	}
	if *address == "" {
		return
	}
	fmt.Printf("http://%s\n", *address)
	server := &http.Server{Addr: *address, Handler: http.FileServer(http.Dir(folder)), ReadHeaderTimeout: 10 * time.Second}
	fmt.Fprintln(os.Stderr, "playground:", server.ListenAndServe())
	os.Exit(1)
}

//go:embed page
var page embed.FS

// build writes all files of the page.
func build(folder, version string) error {
	top, err := said("go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	files, err := fs.Sub(page, "page")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := copied(folder, files); err != nil {
		return err
	}
	shown, err := examples(top)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "examples.json"), shown, 0o644); err != nil {
		return err
	}
	root, err := said("go", "env", "GOROOT")
	if err != nil {
		return err
	}
	// The half of Go's WebAssembly that is JavaScript, which has to be of the same version.
	start, err := os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "wasm_exec.js"), start, 0o644); err != nil {
		return err
	}
	return program(top, folder, version)
}

// copied copies the files of the page over what is in the folder.
func copied(folder string, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, name), text, 0o644)
	})
}

// program compiles the checker and compresses it, as few servers do for files that they do not know.
func program(top, folder, version string) error {
	work, err := os.MkdirTemp("", "playground")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	modules, err := lean(top, work)
	if err != nil {
		return err
	}
	binary := filepath.Join(work, "voipcheck.wasm")
	c := exec.Command("go", "build", "-trimpath", "-modfile="+modules,
		// No names for debuggers; and calls instead of copies of what is called, which take a quarter more time and 0.7 MB less to load.
		"-ldflags=-s -w -X main.version="+version, "-gcflags=all=-l",
		"-o", binary, "./packaging/playground/wasm")
	c.Dir, c.Stdout, c.Stderr = top, os.Stdout, os.Stderr
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=")
	if err := c.Run(); err != nil {
		return fmt.Errorf("compiling the checker: %w", err)
	}
	return compressed(binary, filepath.Join(folder, "voipcheck.wasm.gz"))
}

func compressed(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	packed, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	size, err := io.Copy(packed, in)
	if err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	info, err := out.Stat()
	if err != nil {
		return err
	}
	fmt.Printf("%s: %.2f MB, %.1f MB unpacked\n", to, float64(info.Size())/1e6, float64(size)/1e6)
	return out.Close()
}

// said is what a command prints.
func said(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
