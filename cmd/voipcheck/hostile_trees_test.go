//go:build unix

package main

// Repositories that were made to hurt: each case of testdata/hostile says what a tree holds and what has to come of it. README.md
// there tells the form. Whatever a case says, nothing outside of the repository is shown or changed, nothing in .git but a hook that
// was asked for, no control character reaches a terminal, and in a full run the program keeps within its memory and work.

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// What the program may take in a full run: seconds of processors, twice what is promised because machines differ by as much, and
// bytes.
const (
	mostSeconds = 2 * 20
	mostBytes   = 500 << 20
)

// secret is in every file beside the repository.
const secret = "token-of-somebody"

// hostileCase is one tree: its lines, with the values of each put in.
type hostileCase struct {
	name  string
	lines []string
}

// hostileCases reads a file of cases.
func hostileCases(t *testing.T, file string) []hostileCase {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []hostileCase
	for _, block := range strings.Split("\n"+string(text), "\n# ")[1:] {
		name, rest, _ := strings.Cut(block, "\n")
		cases := []hostileCase{{name: name}}
		for line := range strings.Lines(rest) {
			line = strings.TrimRight(line, "\n")
			verb, values, _ := strings.Cut(line, " ")
			if verb != "each" {
				for i := range cases {
					cases[i].lines = append(cases[i].lines, line)
				}
				continue
			}
			variable, values, _ := strings.Cut(values, " ")
			var multiplied []hostileCase
			for _, c := range cases {
				for _, v := range wordsOf(t, values) {
					more := hostileCase{name: c.name + " " + strconv.QuoteToASCII(v)}
					more.lines = append(slices.Clone(c.lines), "let "+variable+" "+strconv.Quote(v))
					multiplied = append(multiplied, more)
				}
			}
			cases = multiplied
		}
		for _, c := range cases {
			out = append(out, c.filled(t))
		}
	}
	return out
}

// filled is the case with the values of its variables in its lines: $V as it is, $j(V) as a string of JSON.
func (c hostileCase) filled(t *testing.T) hostileCase {
	t.Helper()
	values := map[string]string{}
	for _, line := range c.lines {
		if rest, ok := strings.CutPrefix(line, "let "); ok {
			name, value, _ := strings.Cut(rest, " ")
			values[name] = wordsOf(t, value)[0]
		}
	}
	var lines []string
	for _, line := range c.lines {
		if line == "" || strings.HasPrefix(line, "let ") {
			continue
		}
		for name, value := range values {
			quoted, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			line = strings.ReplaceAll(line, "$j("+name+")", string(quoted))
			line = strings.ReplaceAll(line, "$q("+name+")", strconv.Quote(value))
			within := strconv.Quote(string(quoted))
			line = strings.ReplaceAll(line, "$e("+name+")", within[1:len(within)-1])
			within = strconv.Quote(value)
			line = strings.ReplaceAll(line, "$g("+name+")", within[1:len(within)-1])
			line = strings.ReplaceAll(line, "$"+name, value)
		}
		lines = append(lines, line)
	}
	return hostileCase{c.name, lines}
}

// oneWord is a name or text as a case writes it: quoted as in Go, or without spaces.
var oneWord = regexp.MustCompile(`^\s*("(?:[^"\\]|\\.)*"|\S+)`)

func wordsOf(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	for {
		m := oneWord.FindStringSubmatch(text)
		if m == nil {
			return out
		}
		text = text[len(m[0]):]
		one := m[1]
		if strings.HasPrefix(one, `"`) {
			unquoted, err := strconv.Unquote(one)
			if err != nil {
				t.Fatalf("%s: %v", one, err)
			}
			one = unquoted
		}
		out = append(out, one)
	}
}

// piece is a part of a text: a quoted string, as often as the number before it says, with # for how often it was there before.
var piece = regexp.MustCompile(`^\s*(?:(\d+)\*)?("(?:[^"\\]|\\.)*")`)

// textOf is the text of a file: as it stands, or put together of parts.
func textOf(t *testing.T, written string) string {
	t.Helper()
	if piece.FindString(written) == "" {
		return written
	}
	var b strings.Builder
	for rest := written; ; {
		m := piece.FindStringSubmatch(rest)
		if m == nil {
			if strings.TrimSpace(rest) != "" {
				t.Fatalf("not a part: %s", rest)
			}
			return b.String()
		}
		rest = rest[len(m[0]):]
		one, err := strconv.Unquote(m[2])
		if err != nil {
			t.Fatal(m[2], err)
		}
		n := 1
		if m[1] != "" {
			if n, err = strconv.Atoi(m[1]); err != nil {
				t.Fatal(err)
			}
		}
		for i := range n {
			if m[1] == "" {
				b.WriteString(one)
			} else {
				b.WriteString(strings.ReplaceAll(one, "#", strconv.Itoa(i)))
			}
		}
	}
}

// hostileTree is a case that is being tried.
type hostileTree struct {
	*testing.T
	dir, outside string
	args         []string
	// wants are the lines that say what has to come of it.
	wants []string
}

func TestHostileTrees(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/hostile/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		class := strings.TrimSuffix(filepath.Base(file), ".txt")
		for _, c := range hostileCases(t, file) {
			name := class + "/" + c.name
			if seen[name] {
				t.Errorf("two cases are called %s", name)
			}
			seen[name] = true
			if !trial.Sampled(name, 8) {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				h := &hostileTree{T: t}
				h.build(c.lines)
				h.try()
			})
		}
	}
	if len(seen) < 300 {
		t.Errorf("%d trees", len(seen))
	}
}

// build makes the tree, beside a folder whose files hold the secret.
func (h *hostileTree) build(lines []string) {
	h.Helper()
	base, err := os.MkdirTemp("", "") // the name of a socket has to be short
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { _ = os.RemoveAll(base) })
	h.dir, h.outside = filepath.Join(base, "repository"), filepath.Join(base, "outside")
	files := hostileBases(h.T, h.base(lines))
	trial.Write(h.T, h.dir, files)
	trial.Write(h.T, h.dir, tree{".git/HEAD": "ref: refs/heads/main\n", ".git/config": "[core]\n", ".git/hooks/kept": "kept\n"})
	trial.Write(h.T, h.outside, tree{
		"x": secret, "x.js": "exports.token = '" + secret + "'; wx.setEnable1v1Chat({ " + secret + " })", "x.json": `{ "` + secret + `": 1, "pages": ["` + secret + `"] }`,
		"x.wxml": "<view bindtap='" + secret + "'/>", "x.wxs": "module.exports.f = '" + secret + "'", "p/x.js": "Page({ a: '" + secret + "' }); wx.setEnable1v1Chat({ enable: '" + secret + "' })", "p/x.wxml": "<view/>",
	})
	for _, line := range lines {
		h.step(line)
	}
}

// base is the tree that a case starts from.
func (h *hostileTree) base(lines []string) string {
	for _, line := range lines {
		if name, ok := strings.CutPrefix(line, "base "); ok {
			return name
		}
	}
	return "sound"
}

// step does what a line of a case says, or keeps it for later where it says what has to come of it.
func (h *hostileTree) step(line string) {
	h.Helper()
	verb, rest, _ := strings.Cut(line, " ")
	given := func(n int) []string {
		list := wordsOf(h.T, rest)
		if len(list) < n {
			h.Fatalf("%s: too short", line)
		}
		return list
	}
	at := func(name string) string { return h.dir + "/" + name }
	room := func(name string) string {
		if err := errors.Join(os.MkdirAll(filepath.Dir(at(name)), 0o755), os.RemoveAll(at(name))); err != nil {
			h.Skip(err)
		}
		return at(name)
	}
	var err error
	switch verb {
	case "base":
	case "put":
		m := oneWord.FindString(rest)
		name, text := given(1)[0], textOf(h.T, strings.TrimPrefix(rest[len(m):], " "))
		if err = os.WriteFile(room(name), []byte(text), 0o644); errors.Is(err, syscall.EILSEQ) || errors.Is(err, syscall.EINVAL) {
			h.Skip(err) // a name that this file system does not take
		}
	case "edit":
		list := given(3)
		text, failed := os.ReadFile(at(list[0]))
		if failed != nil || !strings.Contains(string(text), list[1]) {
			h.Fatalf("%s: %v", line, failed)
		}
		err = os.WriteFile(at(list[0]), []byte(strings.ReplaceAll(string(text), list[1], list[2])), 0o644)
	case "move":
		list := given(2)
		err = os.Rename(at(list[0]), room(list[1]))
	case "remove":
		err = os.RemoveAll(at(given(1)[0]))
	case "link":
		list := given(2)
		err = os.Symlink(list[1], room(list[0]))
	case "hard": // another name of a file outside
		list := given(2)
		err = os.Link(h.outside+"/"+list[1], room(list[0]))
	case "pipe":
		err = syscall.Mkfifo(room(given(1)[0]), 0o644)
	case "socket":
		name := room(given(1)[0])
		var l net.Listener
		if l, err = net.Listen("unix", name); err == nil {
			h.Cleanup(func() { _ = l.Close() })
		}
	case "folder":
		err = os.MkdirAll(room(given(1)[0]), 0o755)
	case "git":
		trial.Needs(h.T, "git")
		err = errors.Join(os.RemoveAll(at(".git")), exec.Command("git", "init", "-q", h.dir).Run())
		if len(rest) > 0 {
			err = errors.Join(err, exec.Command("git", append([]string{"-C", h.dir}, wordsOf(h.T, rest)...)...).Run())
		}
	case "run":
		h.args = wordsOf(h.T, rest)
	default:
		h.wants = append(h.wants, line)
	}
	if err != nil {
		h.Fatalf("%s: %v", line, err)
	}
}

// writes tells that the arguments ask for something to be written, which is tried once only.
func (h *hostileTree) writes() bool {
	for _, a := range h.args {
		for _, flag := range []string{"--fix", "--report", "--write-baseline"} {
			if strings.HasPrefix(a, flag) {
				return true
			}
		}
	}
	return h.command()
}

// command tells that the arguments name a command, and no check.
func (h *hostileTree) command() bool {
	return len(h.args) > 0 && slices.Contains([]string{"init", "new", "confirm"}, h.args[0])
}

// try runs the program and holds what comes of it against what was wanted.
func (h *hostileTree) try() {
	before, control := contents(h.T, h.outside), h.control()
	exit, stdout, stderr := h.execute(h.with("--lang", "en"))
	h.wanted(exit, stdout, stderr)
	if !h.command() {
		h.report(exit)
	}
	if slices.Contains(h.wants, "formats") {
		for _, format := range []string{"concise", "sarif", "junit", "github", "gitlab", "checkstyle", "rdjson", "markdown", "html"} {
			status, out, errs := h.execute(h.with("--lang", "zh", "-f", format))
			if status != exit {
				h.Errorf("%s: exit %d, and in text %d", format, status, exit)
			}
			h.clean(format, out+errs)
		}
	}
	if diff := cmp.Diff(before, contents(h.T, h.outside)); diff != "" {
		h.Errorf("outside changed (-before +after):\n%s", diff)
	}
	after := h.control()
	for _, want := range h.wants {
		if name, ok := strings.CutPrefix(want, "hook "); ok {
			delete(after, filepath.Join(h.dir, ".git", name))
			delete(control, filepath.Join(h.dir, ".git", name))
		}
	}
	if diff := cmp.Diff(control, after); diff != "" {
		h.Errorf(".git changed (-before +after):\n%s", diff)
	}
}

// control is what version control keeps; nil where there is none.
func (h *hostileTree) control() map[string]string {
	if _, err := os.Lstat(h.dir + "/.git"); err != nil {
		return nil
	}
	return contents(h.T, h.dir+"/.git")
}

// with are the arguments with flags before them; a command comes first.
func (h *hostileTree) with(flags ...string) []string {
	if h.command() {
		return append(slices.Clone(h.args), flags...)
	}
	return append(flags, h.args...)
}

// execute runs the program: within this one, or in a full run on its own, for what it takes to be measured.
func (h *hostileTree) execute(args []string) (exit int, stdout, stderr string) {
	h.Helper()
	if !trial.Full() {
		return execute(h.T, h.dir, args...)
	}
	self, err := os.Executable()
	if err != nil {
		h.Fatal(err)
	}
	var out, errs bytes.Buffer
	c := &exec.Cmd{
		Path: self, Args: append([]string{program}, args...), Dir: h.dir, Env: []string{"PATH=" + os.Getenv("PATH"), "HOME=" + h.dir, fmt.Sprintf("%s=%d", memoryVariable, mostBytes)}, Stdout: &out, Stderr: &errs,
	}
	var failed *exec.ExitError
	if err := c.Run(); err != nil && !errors.As(err, &failed) {
		h.Fatal(err)
	}
	state := c.ProcessState
	if spent := state.UserTime() + state.SystemTime(); spent > mostSeconds*time.Second {
		h.Errorf("%v: %v of processors", args, spent)
	}
	if strings.Contains(errs.String(), "MB of memory") {
		h.Errorf("%v: %s", args, errs.String())
	}
	if strings.Contains(errs.String(), "goroutine ") {
		h.Errorf("the program failed:\n%s", errs.String())
	}
	return state.ExitCode(), out.String(), errs.String()
}

// clean fails where a control character got through, or what is outside of the repository.
func (h *hostileTree) clean(format, text string) {
	h.Helper()
	if strings.Contains(text, secret) {
		h.Errorf("%s: shows what is outside:\n%s", format, text)
	}
	for _, r := range text {
		switch {
		case r == '\n' || r == '\t' || r == '\r' && format == "html":
		case r < ' ' || r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f:
			h.Errorf("%s: %U in the output", format, r)
			return
		}
	}
	scanner := bufio.NewScanner(strings.NewReader(text))
	for scanner.Scan() {
		if line := scanner.Text(); format == "text" && strings.HasPrefix(line, "::") {
			h.Errorf("a workflow command: %s", line)
		}
	}
}

// wanted holds the exit status and the texts against the case.
func (h *hostileTree) wanted(exit int, stdout, stderr string) {
	h.Helper()
	said := strings.Join(strings.Fields(stdout+" "+stderr), " ")
	h.clean("text", stdout+stderr)
	stated := false
	for _, want := range h.wants {
		verb, rest, _ := strings.Cut(want, " ")
		switch verb {
		case "exit":
			stated = true
			if !slices.Contains(strings.Fields(rest), strconv.Itoa(exit)) {
				h.Errorf("exit %d, want %s:\n%s\n%s", exit, rest, stdout, stderr)
			}
		case "says":
			if !strings.Contains(said, rest) {
				h.Errorf("does not say %q:\n%s\n%s", rest, stdout, stderr)
			}
		case "hides":
			if strings.Contains(said, rest) {
				h.Errorf("says %q:\n%s\n%s", rest, stdout, stderr)
			}
		case "exists":
			if _, err := os.Lstat(h.dir + "/" + rest); err != nil {
				h.Errorf("%s is not there: %s", rest, stderr)
			}
		case "lacks":
			if _, err := os.Lstat(h.dir + "/" + rest); err == nil {
				h.Errorf("%s is there", rest)
			}
		}
	}
	if !stated {
		h.Fatal("the case says no exit status")
	}
}

// hostileReport is what is looked at of a report.
type hostileReport struct {
	Ready     bool
	Weakened  []struct{ By, What, Where string }
	Checklist []struct{ Step, Status string }
	Findings  []struct{ Rule, Reason, File string }
	Refused   []struct{ File string }
	Unread    []struct{ File string } `json:"unreadable"`
}

// report holds the report in JSON against the case.
func (h *hostileTree) report(exit int) {
	h.Helper()
	args := h.with("--lang", "en", "-f", "json")
	if h.writes() {
		args = []string{"--lang", "en", "-f", "json"} // what was asked for was written before
	}
	status, stdout, stderr := h.execute(args)
	h.clean("json", stdout+stderr)
	if h.writes() {
		return
	}
	if status != exit {
		h.Errorf("exit %d in text, %d in JSON", exit, status)
	}
	if stdout == "" && status > 1 {
		stdout = "{}" // wrong usage, or nothing was checked
	}
	var r hostileReport
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		h.Fatalf("no JSON: %v\n%s", err, stdout)
	}
	if r.Ready != (status == 0) {
		h.Errorf("ready is %v, the exit status %d", r.Ready, status)
	}
	for _, want := range h.wants {
		if wrong := r.lacks(want); wrong {
			h.Errorf("not so: %s\n%s\n%s", want, stdout, stderr)
		}
	}
}

// lacks tells that a report does not hold what is wanted.
func (r *hostileReport) lacks(want string) bool {
	verb, rest, _ := strings.Cut(want, " ")
	found := func() bool {
		rule, reason, _ := strings.Cut(rest, "/")
		for _, f := range r.Findings {
			if f.Rule == rule && (reason == "" || f.Reason == reason) {
				return true
			}
		}
		return false
	}
	named := func(lists ...[]struct{ File string }) bool {
		for _, f := range slices.Concat(lists...) {
			if f.File == rest {
				return true
			}
		}
		return false
	}
	switch verb {
	case "finds":
		return !found()
	case "silent":
		return found()
	case "weakened":
		return !slices.ContainsFunc(r.Weakened, func(w struct{ By, What, Where string }) bool { return w.By == rest })
	case "unweakened":
		return len(r.Weakened) > 0
	case "step":
		return !slices.ContainsFunc(r.Checklist, func(s struct{ Step, Status string }) bool { return s.Step+" "+s.Status == rest })
	case "told":
		return !named(r.Refused, r.Unread)
	case "unreadable":
		return !named(r.Unread)
	}
	return false
}

// hostileBases are the trees that cases start from.
func hostileBases(t *testing.T, name string) tree {
	t.Helper()
	const permission = `"permission": {"scope.record": {"desc": "用于和家人通话"}, "scope.camera": {"desc": "用于和家人通话"}}`
	sound := tree{
		"app.json": `{"pages": ["pages/call/call"], ` + permission + "}\n",
		"app.js":   "App({\n  onLaunch() {\n    wx.onVoIPChatMembersChanged(() => console.log('hung up'))\n  }\n})\n", "project.config.json": `{"libVersion": "3.0.0"}`,
		"pages/call/call.json": "{}\n", "pages/call/call.wxml": `<button bindtap="call">call</button>` + "\n" + `<button open-type="openSetting">settings</button>` + "\n",
		"pages/call/call.js": `Page({
  onLoad(query) { this.query = query; this.enable() },
  async enable() {
    if (wx.getDeviceInfo().platform === 'devtools') return false
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      ;// before
      await wx.setEnable1v1Chat({ enable: true })
      return true
    } catch (err) {
      wx.showToast({ title: err.errMsg })
      return false
    }
  },
  async call() {
    const tell = (err) => wx.showToast({ title: err.errMsg })
    const { me, myName, peer, peerName } = this.query
    if (!(await this.enable())) return
    wx.join1v1Chat({ caller: { openid: me, nickname: myName }, listener: { openid: peer, nickname: peerName }, fail: tell })
  }
})
`,
	}
	switch name {
	case "sound":
		return sound
	case "bad": // the camera is never asked for
		return sound.with(tree{"pages/call/call.js": strings.Replace(sound["pages/call/call.js"], "      await wx.authorize({ scope: 'scope.camera' })\n", "", 1)})
	case "nothing":
		return tree{"README.md": "nothing\n"}
	}
	t.Fatal(fmt.Errorf("no base %q", name))
	return nil
}
