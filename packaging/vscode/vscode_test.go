// Package vscode tests the extension for VS Code and WeChat DevTools: its manifest, its client's side of the protocol, and what is packed.
package vscode

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
	"github.com/voipcheck/voipcheck/packaging/vscode/host"
)

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// manifest is what of package.json is looked at.
type manifest struct {
	Version          string
	Engines          map[string]string
	ActivationEvents []string
	Scripts          map[string]string
	DevDependencies  map[string]string
	Contributes      struct {
		Commands      []struct{ Command string }
		Configuration struct{ Properties map[string]any }
	}
}

func manifestOf(t *testing.T, text string) manifest {
	t.Helper()
	var m manifest
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestManifest looks whether what the manifest promises is there, in both languages.
func TestManifest(t *testing.T) {
	text := read(t, "package.json")
	m := manifestOf(t, text)
	if m.Engines["vscode"] != "^1.46.0" {
		t.Errorf("it asks for VS Code %s, and WeChat DevTools has 1.46", m.Engines["vscode"])
	}
	for name, version := range m.DevDependencies {
		if strings.ContainsAny(version, "^~*x") {
			t.Errorf("%s is not pinned: %s", name, version)
		}
	}
	var keys []string
	for _, found := range regexp.MustCompile(`%([^%"]+)%`).FindAllStringSubmatch(text, -1) {
		keys = append(keys, found[1])
	}
	slices.Sort(keys)
	for _, file := range []string{"package.nls.json", "package.nls.zh-cn.json"} {
		var said map[string]string
		if err := json.Unmarshal([]byte(read(t, file)), &said); err != nil {
			t.Fatal(err)
		}
		var there []string
		for key, text := range said {
			there = append(there, key)
			if han := regexp.MustCompile(`\p{Han}`).MatchString(text); han != strings.Contains(file, "zh") {
				t.Errorf("%s: %s is in another language: %s", file, key, text)
			}
		}
		slices.Sort(there)
		if !slices.Equal(keys, there) {
			t.Errorf("%s has %s, want %s", file, there, keys)
		}
	}
	source := read(t, "src/extension.ts")
	for _, c := range m.Contributes.Commands {
		if !strings.Contains(source, "command('"+c.Command+"'") {
			t.Errorf("nothing does %s", c.Command)
		}
		// Before VS Code 1.74 a command wakes no extension by itself.
		if !slices.Contains(m.ActivationEvents, "onCommand:"+c.Command) {
			t.Errorf("%s does not wake the extension", c.Command)
		}
	}
	for name := range m.Contributes.Configuration.Properties {
		if short := strings.TrimPrefix(name, "voipcheck."); !strings.Contains(source, "'"+short+"'") && short != "trace.server" {
			t.Errorf("nothing reads %s", name)
		}
	}
}

// TestExtension builds, tries and packs the extension, from nothing but what is committed.
func TestExtension(t *testing.T) {
	trial.Needs(t, "node", "npm")
	trial.Long(t, "the language server's own tests are run; this installs what the extension is built with")
	dir := t.TempDir()
	here := trial.Place{Dir: filepath.Join(dir, "packaging", "vscode"), Env: append(os.Environ(), "npm_config_update_notifier=false", "LC_ALL=C.UTF-8")}
	for _, name := range []string{"src", "test", "media"} {
		if err := os.CopyFS(filepath.Join(here.Dir, name), os.DirFS(name)); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string]string{"../../LICENSE": read(t, "../../LICENSE")}
	for _, name := range []string{
		"package.json", "package-lock.json", "package.nls.json", "package.nls.zh-cn.json", "tsconfig.json", "build.mjs",
		"README.md", "README.zh-CN.md", ".npmrc", ".vscodeignore",
	} {
		files[name] = read(t, name)
	}
	trial.Write(t, here.Dir, files)
	install := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1")
	install.Dir = here.Dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("what the extension is built with cannot be installed here: %v\n%s", err, out)
	}
	platform := map[string]string{"darwin": "darwin", "linux": "linux", "windows": "win32"}[runtime.GOOS] + "-" + map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	file := "voipcheck"
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	program := filepath.Join(dir, "built", platform, file)
	trial.Place{Dir: "../..", Env: os.Environ()}.Must(t, "go", "build", "-o", program, "./cmd/voipcheck")
	sample, err := filepath.Abs("../../fixtures/guide-sample")
	if err != nil {
		t.Fatal(err)
	}
	here.Env = append(here.Env, "VOIPCHECK="+program, "SAMPLE="+sample)
	here.Must(t, "npx", "--no-install", "tsc", "-p", ".")
	here.Must(t, "node", "build.mjs", "--pack", "--version", "1.2.3", "--programs", filepath.Join(dir, "built"), platform)
	here.Must(t, "npm", "test")
	hosted(t, filepath.Join(dir, "dist", "vscode", platform), sample)
	packed(t, filepath.Join(dir, "dist", "vscode", "voipcheck-1.2.3-"+platform+".vsix"), "extension/programs/"+platform+"/"+file)
}

// hosted opens the sample in a VS Code with the extension, where VOIPCHECK_VSCODE names the server-main.js of one: its problems, its
// verdict in the status bar, the report in its webview, and the verdict again once the fault is mended.
func hosted(t *testing.T, extension, sample string) {
	t.Helper()
	server := os.Getenv("VOIPCHECK_VSCODE")
	if server == "" {
		t.Log("no VS Code in VOIPCHECK_VSCODE: the extension is not tried in one")
		return
	}
	folder := filepath.Join(t.TempDir(), "work")
	if err := os.CopyFS(folder, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(folder, "pages", "call", "call.ts")
	h, err := host.Start(server, extension, folder, page+":52:8", true)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	const bar = "[...document.querySelectorAll('.statusbar-item')].map(e => e.innerText).join()"
	if err := errors.Join(
		h.Wait(bar+".includes('voipcheck: Not ready')"),
		h.Wait("document.querySelector('.squiggly-error')"),
		h.Command("View: Toggle Problems"),
		h.Wait("document.querySelector('.markers-panel').innerText.includes('authorize-before-enable')"),
		h.Wait("document.querySelector('.markers-panel').innerText.includes('the user refuses')"),
		h.Command("voipcheck: Show the report"),
		h.Wait("document.querySelector('iframe.webview.ready')"),
	); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(read(t, page), "if (!allowed)", "if (allowed !== true)", 1)
	if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := h.Wait("!(" + bar + ").includes('Not ready') && (" + bar + ").includes('voipcheck: Ready')"); err != nil {
		t.Fatal(err)
	}
}

// packed looks at what is in the package.
func packed(t *testing.T, vsix, program string) {
	t.Helper()
	archive, err := zip.OpenReader(vsix)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
		if f.Name != "extension/package.json" {
			continue
		}
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var m manifest
		if err := json.NewDecoder(from).Decode(&m); err != nil {
			t.Fatal(err)
		}
		if m.Version != "1.2.3" || len(m.Scripts)+len(m.DevDependencies) > 0 {
			t.Errorf("the manifest is of version %s, with %v and %v", m.Version, m.Scripts, m.DevDependencies)
		}
	}
	for _, want := range []string{"extension/out/extension.js", "extension/package.nls.zh-cn.json", "extension/media/icon.png", program} {
		if !slices.Contains(names, want) {
			t.Errorf("no %s among %s", want, names)
		}
	}
	for _, name := range names {
		if strings.Contains(name, "node_modules") || strings.Contains(name, "/src/") || strings.Contains(name, "/test/") {
			t.Errorf("%s is packed", name)
		}
	}
}
