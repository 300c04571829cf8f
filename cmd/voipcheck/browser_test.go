package main

// The page as a browser shows it. Where there is no browser, what needs one is skipped.

import (
	"bytes"
	"image"
	"image/color"
	_ "image/png" // screenshots
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// hostile is text that would like to run.
const hostile = `"><script>document.title='owned'</script><img src=x onerror="document.title='owned'">]]>{{.}}`

// hostilePage is a page whose names and texts get into a report, with a call that is wrong.
var hostilePage = map[string]string{
	"app.json": `{"pages":["pages/call/call"],"permission":{"scope.record":{"desc":""},"scope.camera":{"desc":"<svg onload=document.title='owned'>"}}}`,
	"app.js":   "App({})",
	"pages/call/call.wxml": `<button bindtap="call">call</button><button bindtap="x&quot;><script>document.title='owned'</script>">x</button>
`,
	"pages/call/call.js": "const s = '" + strings.ReplaceAll(hostile, "'", `\'`) + "'\nPage({\n  call() {\n    if (s === `</pre></svg>" + hostile + "`) return\n    wx.setEnable1v1Chat({ enable: true, '" +
		strings.ReplaceAll(hostile, "'", `\'`) + "': 1, success: () => wx.join1v1Chat({ caller: {}, listener: {} }) })\n  }\n})\n",
}

// htmlOf is the page about a program.
func htmlOf(t *testing.T, files map[string]string, language string) (string, string) {
	t.Helper()
	dir := t.TempDir()
	trial.Write(t, dir, files)
	return htmlFrom(t, dir, language)
}

func htmlFrom(t *testing.T, dir, language string) (string, string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := &Command{Stdout: &stdout, Stderr: &stderr, Dir: dir, Version: "test", Env: func(string) string { return "" }}
	if status := c.Main([]string{"--lang", language, "--format", "html"}); status != 1 {
		t.Fatalf("exit status %d, %s", status, stderr.String())
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, stdout.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file, stdout.String()
}

// browse runs a headless browser on a file.
func browse(t *testing.T, file string, args ...string) string {
	t.Helper()
	trial.Long(t, "the page is looked at as it is written")
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		t.Skip("no Chromium on this machine: the page is not shown to a browser")
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(file)}
	args = append([]string{
		"--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
		"--user-data-dir=" + t.TempDir(), "--window-size=1100,2400",
	}, append(args, address.String())...)
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Skipf("%s does not run here (%v): the page is not shown to a browser", program, err)
	}
	return string(out)
}

// links finds where links on the page lead to, and what can be led to.
var (
	fragments = regexp.MustCompile(`href="#([^"]*)"`)
	targets   = regexp.MustCompile(`\bid="([^"]*)"`)
	outside   = regexp.MustCompile(`(?:src|href|action|data)="([^"#][^"]*)"`)
	handlers  = regexp.MustCompile(`<[a-zA-Z][^<>]*\son[a-z]+\s*=`)
)

// sound looks at a page, as written or as a browser has read it.
func sound(t *testing.T, page string) {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range targets.FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("two elements are called %s", m[1])
		}
		ids[m[1]] = true
	}
	led := fragments.FindAllStringSubmatch(page, -1)
	if len(led) < 5 {
		t.Errorf("only %d links within the page", len(led))
	}
	for _, m := range led {
		if !ids[m[1]] {
			t.Errorf("a link leads to #%s, which is not there", m[1])
		}
	}
	for _, m := range outside.FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(m[1], "https://github.com/voipcheck/voipcheck/blob/main/checks/README") {
			t.Errorf("the page leads elsewhere: %s", m[1])
		}
	}
	for _, bad := range []string{"<script", "<img", "<iframe", "<object", "<link", "@import", "javascript:"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	if m := handlers.FindString(page); m != "" {
		t.Errorf("the page holds a handler: %s", m)
	}
}

func TestPageOfHostileProgram(t *testing.T) {
	file, page := htmlOf(t, hostilePage, "en")
	sound(t, page)
	if !strings.Contains(page, "&lt;script&gt;document.title=") {
		t.Error("the hostile text is not in the page, so nothing is tested")
	}
	dom := browse(t, file, "--dump-dom")
	sound(t, dom)
	if !strings.Contains(dom, "<title>voipcheck: Not ready") {
		t.Error("the page has lost its title")
	}
}

func TestPageOfSample(t *testing.T) {
	sample, err := filepath.Abs("../../fixtures/guide-sample")
	if err != nil {
		t.Fatal(err)
	}
	for language, c := range map[string]struct {
		light  bool
		scheme string
	}{"en": {true, "1"}, "zh": {false, "0"}} {
		t.Run(language, func(t *testing.T) {
			file, page := htmlFrom(t, sample, language)
			sound(t, page)
			for _, want := range []string{`class="picture wrong" id="call-1"`, `class="way bad"`, `class=" lit wrong"`, `class=" absent"`} {
				if !strings.Contains(page, want) {
					t.Errorf("no %s in the page", want)
				}
			}
			sound(t, browse(t, file, "--dump-dom"))
			shot := filepath.Join(t.TempDir(), "page.png")
			browse(t, file, "--screenshot="+shot, "--blink-settings=preferredColorScheme="+c.scheme)
			if ground, shades := look(t, shot); (ground > 0x8000) != c.light || shades < 20 {
				t.Errorf("a page on %04x with %d shades", ground, shades)
			}
		})
	}
}

// look tells how bright the ground of a picture is, and how many colours it has.
func look(t *testing.T, file string) (uint32, int) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	shades := map[color.Color]bool{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y += 3 {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x += 3 {
			shades[picture.At(x, y)] = true
		}
	}
	r, g, b, _ := picture.At(2, 2).RGBA()
	return (r + g + b) / 3, len(shades)
}
