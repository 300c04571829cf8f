// Package playground tests the page with the checker in it: as a browser shows it, and against the checker outside of one.
package playground

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/png" // pictures of the page
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/trial"
	"github.com/voipcheck/voipcheck/packaging/browser"
	"github.com/voipcheck/voipcheck/packaging/playground/checker"
)

const top = "../.."

// most is how many bytes of the checker a visitor has to load. Of 5.35 MB, 0.4 are the next core, which nothing runs yet.
const most = 5_400_000

// TestPlayground builds the page and looks at it from all sides.
func TestPlayground(t *testing.T) {
	trial.Long(t, "the checker itself is tested; this compiles it for browsers, which takes a minute")
	dir := t.TempDir()
	c := exec.Command("go", "run", "./packaging/playground/build", dir)
	c.Dir = top
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(filepath.Join(dir, "voipcheck.wasm.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > most {
		t.Errorf("the checker has %d bytes to load, more than %d", info.Size(), most)
	}
	t.Run("verdicts", func(t *testing.T) { verdicts(t, dir) })
	t.Run("browser", func(t *testing.T) { shown(t, dir) })
}

// verdicts holds the program for browsers to the same one outside: a share of all cases, and the examples.
func verdicts(t *testing.T, dir string) {
	trial.Needs(t, "node")
	var programs []map[string]string
	for _, e := range examples(t, dir) {
		programs = append(programs, e.Files)
	}
	cases, err := filepath.Glob(top + "/fixtures/*/*.txtar")
	if err != nil || len(cases) < 100 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for i := 0; i < len(cases); i += 40 {
		programs = append(programs, trial.Fixture(t, cases[i]))
	}
	var in bytes.Buffer
	for _, files := range programs {
		line, err := json.Marshal(files)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	// Node's optimizing compiler makes frames so large that programs which recurse deeply find its stack too small.
	c := exec.Command("node", "--liftoff-only", "testdata/ask.mjs", dir)
	c.Stdin, c.Stderr = &in, os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	for i, files := range programs {
		if !lines.Scan() {
			t.Fatalf("%d answers for %d programs", i, len(programs))
		}
		want, err := json.Marshal(checker.Check(files, time.Now(), "(devel)", lang.EN))
		if err != nil {
			t.Fatal(err)
		}
		if lines.Text() != string(want) {
			t.Errorf("program %d: %.300s\nwant %.300s", i, lines.Text(), want)
		}
	}
}

type example struct {
	ID    string
	Files map[string]string
}

func examples(t *testing.T, dir string) []example {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "examples.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	if err := json.Unmarshal(text, &all); err != nil || len(all) < 4 || all[0].ID != "guide" {
		t.Fatalf("%d examples, %v", len(all), err)
	}
	return all
}

// visit is a browser on the page, and what it asked the server for.
type visit struct {
	*testing.T
	b       *browser.Browser
	address string
	mu      sync.Mutex
	asked   []string
}

func shown(t *testing.T, dir string) {
	v := &visit{T: t}
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.asked = append(v.asked, r.URL.String())
		v.mu.Unlock()
		files.ServeHTTP(w, r)
	}))
	defer server.Close()
	var err error
	if v.b, err = browser.Start(); errors.Is(err, browser.ErrNone) {
		t.Skip(err)
	} else if err != nil {
		t.Skipf("Chromium does not run here: %v", err)
	}
	defer v.b.Close()
	v.address = server.URL
	sample := checker.Check(examples(t, dir)[0].Files, time.Now(), "(devel)", lang.EN)
	v.must(v.b.Size(1440, 1000, 1))
	v.open("?lang=en")
	v.sample(sample.Verdict)
	v.closed()
	v.edited()
	v.mended()
	v.shared()
	v.hostile()
	v.chosen()
	v.chinese(sample)
}

func (v *visit) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

// open opens the page anew and waits for the first verdict.
func (v *visit) open(query string) {
	v.Helper()
	v.must(v.b.Open("about:blank"))
	v.must(v.b.Open(v.address + "/" + query))
	v.must(v.b.Wait("document.documentElement.dataset.shown"))
}

// text is what a script comes to.
func (v *visit) text(script string) string {
	v.Helper()
	var out string
	v.must(v.b.Run("String("+script+")", &out))
	return out
}

func (v *visit) verdict() string {
	v.Helper()
	return v.text("document.querySelector('#verdict h1').textContent + ': ' + document.querySelector('#verdict p').textContent")
}

// counts looks how many elements of each kind there are: at least so many, and none where the number is 0.
func (v *visit) counts(want map[string]int) {
	v.Helper()
	for selector, n := range want {
		var got int
		v.must(v.b.Run(fmt.Sprintf("document.querySelectorAll(%q).length", selector), &got))
		if got < n || n == 0 && got > 0 {
			v.Errorf("%d of %s, want %d", got, selector, n)
		}
	}
}

// sample looks at the guide's sample: verdict, checklist, code with marks, and the picture of the way to the enabling.
func (v *visit) sample(verdict string) {
	v.Helper()
	if got := v.verdict(); got != verdict {
		v.Errorf("the page says %q, want %q", got, verdict)
	}
	v.counts(map[string]int{
		".checklist li": 10, ".step.fail": 1, ".finding.error": 1, ".finding .trace li": 5, ".back .mark.error": 1, ".gutter .error": 1,
		".picture.wrong svg.wide g.wrong": 1, ".picture.wrong svg.narrow .way.bad": 3, ".picture.sound .way.good": 2, ".tab.error": 1,
	})
	if line := v.text("document.querySelector('.gutter .error').textContent"); line != "52" {
		v.Errorf("the error is marked in line %s", line)
	}
	v.must(v.b.Run("[...document.querySelectorAll('.picture.wrong svg.wide .leads')].at(-1).dispatchEvent(new MouseEvent('click', {bubbles: true}))", nil))
	v.counts(map[string]int{".line.lit": 1})
}

// closed tries to send something away in the ways that pages have, and holds two servers to having seen nothing of it.
func (v *visit) closed() {
	v.Helper()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		v.asked = append(v.asked, r.URL.String())
		v.mu.Unlock()
	}))
	defer elsewhere.Close()
	v.mu.Lock()
	before := len(v.asked)
	v.mu.Unlock()
	if before < 5 {
		v.Errorf("the page was loaded from nowhere: %s", v.asked)
	}
	v.must(v.b.Run(fmt.Sprintf(`(async () => {
		for (const a of [%q, %q]) {
			fetch(a).catch(() => {})
			try { navigator.sendBeacon(a, 'code') } catch {}
			new Image().src = a
			try { new WebSocket(a.replace('http', 'ws')) } catch {}
			try { new EventSource(a) } catch {}
			for (const [tag, key] of [['script', 'src'], ['iframe', 'src'], ['link', 'href'], ['video', 'src'], ['object', 'data']]) {
				const e = document.createElement(tag)
				if (tag === 'link') e.rel = 'stylesheet'
				e[key] = a
				document.head.append(e)
			}
			import(a).catch(() => {})
			new Worker(URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(a) + '); importScripts(' + JSON.stringify(a) + ')'])))
			const form = document.createElement('form')
			form.action = a
			document.body.append(form)
			form.submit()
		}
		await new Promise((done) => setTimeout(done, 1000))
	})()`, v.address+"/code", elsewhere.URL+"/code"), nil))
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.asked) > before {
		v.Errorf("asked for after loading: %s", v.asked[before:])
	}
}

// edited mends the sample's fault by hand.
func (v *visit) edited() {
	v.Helper()
	v.open("?lang=en")
	v.must(v.b.Run(`(() => {
		const area = document.querySelector('.area')
		area.value = area.value.replace('if (!allowed)', 'if (allowed !== true)')
		area.dispatchEvent(new Event('input'))
	})()`, nil))
	v.must(v.b.Wait("document.querySelector('#verdict.ready')"))
	v.counts(map[string]int{".finding.error": 0, ".back .mark.error": 0, ".picture.wrong": 0, ".picture.sound": 2})
}

// fragment is a program as a link holds it.
func (v *visit) fragment(open string, files map[string]string) string {
	v.Helper()
	text, err := json.Marshal(map[string]any{"open": open, "files": files})
	v.must(err)
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	v.must(err)
	_, err = w.Write(text)
	v.must(err)
	v.must(w.Close())
	return "?lang=en#1." + base64.RawURLEncoding.EncodeToString(packed.Bytes())
}

// mended applies a fix, and takes it back.
func (v *visit) mended() {
	v.Helper()
	files, err := trial.Folder(top + "/fixtures/base")
	v.must(err)
	const page = "pages/call/call.js"
	sound := files[page]
	files[page] = strings.Replace(sound, "enable: true", "enable: 'true'", 1)
	v.open(v.fragment(page, files))
	v.counts(map[string]int{".finding.error": 1, ".last .fix": 1})
	v.must(v.b.Run("document.querySelector('.last .fix').click()", nil))
	v.must(v.b.Wait("document.querySelector('#toast button')"))
	if got := v.text("document.querySelector('.area').value"); got != sound {
		v.Errorf("mended: %s", got)
	}
	v.counts(map[string]int{".finding.error": 0, "#verdict.ready": 1})
	v.must(v.b.Run("document.querySelector('#toast button').click()", nil))
	v.must(v.b.Wait("document.querySelector('.finding.error')"))
	if got := v.text("document.querySelector('.area').value"); got != files[page] {
		v.Errorf("taken back: %s", got)
	}
}

// shared puts the program of a page into its address and opens that.
func (v *visit) shared() {
	v.Helper()
	v.open("?lang=en")
	v.must(v.b.Run("document.getElementById('share').click()", nil))
	v.must(v.b.Wait("location.hash.length > 100"))
	hash, verdict, code := v.text("location.hash"), v.verdict(), v.text("document.querySelector('.area').value")
	v.open("?lang=en" + hash)
	if got := v.verdict(); got != verdict {
		v.Errorf("shared: %q, want %q", got, verdict)
	}
	if got := v.text("document.querySelector('.area').value"); got != code {
		v.Errorf("shared: %s", got)
	}
	v.open("?lang=en#1.damaged")
	v.must(v.b.Wait("document.getElementById('toast').textContent !== ''"))
}

// hostile opens a program whose names and texts would like to run.
func (v *visit) hostile() {
	v.Helper()
	const evil = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`
	v.open(v.fragment("", map[string]string{
		"app.json":             `{"pages":["pages/call/call"],"permission":{"scope.record":{"desc":"` + strings.ReplaceAll(evil, `"`, `\"`) + `"}}}`,
		evil + ".js":           "App({})",
		"pages/call/call.wxml": "<button bindtap=\"" + evil + "\">" + evil + "</button>",
		"pages/call/call.js":   "Page({ call() { wx.setEnable1v1Chat({ enable: true, '" + strings.ReplaceAll(evil, "'", `\'`) + "': 1 }) } })",
	}))
	if title := v.text("document.title"); !strings.HasPrefix(title, "voipcheck") {
		v.Errorf("the page is called %q", title)
	}
	v.counts(map[string]int{"body img": 0, "body script": 0, "body iframe": 0, ".finding": 1})
	if text := v.text("document.body.textContent"); !strings.Contains(text, evil) {
		v.Error("the hostile text is not on the page, so nothing is tested")
	}
}

// chosen opens files as the chooser hands them over: a program with an error, and what is left out of it.
func (v *visit) chosen() {
	v.Helper()
	v.open("?lang=en")
	v.must(v.b.Run(`(() => {
		const files = { 'app.json': '{"pages":["a"]}', 'a.js': 'Page({ onLoad() { wx.setEnable1v1Chat({ enable: true }) } })', 'a.wxml': '<view/>', 'a.png': 'x', 'b.js': '\r\n' }
		const transfer = new DataTransfer()
		for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name))
		const input = document.getElementById('chosen')
		input.files = transfer.files
		input.dispatchEvent(new Event('change'))
	})()`, nil))
	v.must(v.b.Wait("document.getElementById('toast').textContent.startsWith('4 files opened')"))
	v.counts(map[string]int{".tab": 4, ".finding.error": 1, ".picture": 1})
	if name := v.text("document.querySelector('.tab.open').title"); name != "a.js" {
		v.Errorf("%s is shown first", name)
	}
}

// chinese looks at the page as somebody in China sees it, at night and on a telephone.
func (v *visit) chinese(sample *checker.Answer) {
	v.Helper()
	v.must(v.b.Prefer("dark"))
	v.must(v.b.Size(390, 800, 2))
	v.open("?lang=zh")
	if got := v.verdict(); !strings.HasPrefix(got, "还不能上线") {
		v.Errorf("the page says %q, and in English %q", got, sample.Verdict)
	}
	if wide := v.text("document.documentElement.scrollWidth"); wide != "390" {
		v.Errorf("the page is %s pixels wide on a telephone", wide)
	}
	shot, err := v.b.Picture()
	v.must(err)
	picture, _, err := image.Decode(bytes.NewReader(shot))
	v.must(err)
	if r, g, b, _ := picture.At(4, picture.Bounds().Dy()/2).RGBA(); (r+g+b)/3 > 0x4000 {
		v.Errorf("at night the ground is %04x %04x %04x", r, g, b)
	}
	v.must(v.b.Run("document.getElementById('theme').click()", nil))
	shot, err = v.b.Picture()
	v.must(err)
	picture, _, err = image.Decode(bytes.NewReader(shot))
	v.must(err)
	if r, g, b, _ := picture.At(4, picture.Bounds().Dy()/2).RGBA(); (r+g+b)/3 < 0xC000 {
		v.Errorf("by day the ground is %04x %04x %04x", r, g, b)
	}
}
