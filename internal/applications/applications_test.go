//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestExpectations holds the file of expectations to its form, and to rules and reasons that there are.
func TestExpectations(t *testing.T) {
	applications, err := parse(expectations)
	if err != nil {
		t.Fatal(err)
	}
	if len(applications) == 0 {
		t.Fatal("nothing is expected")
	}
	for _, a := range applications {
		if len(a.expect) == 0 {
			t.Errorf("%s: nothing is expected of it", a.repository)
		}
		for _, f := range a.expect {
			rule := checks.Lookup(f.rule)
			if rule == nil {
				t.Errorf("%s: %v: there is no such rule", a.repository, f)
			} else if f.reason != "" && !slices.ContainsFunc(rule.Reasons, func(r checks.Reason) bool { return r.ID == f.reason }) {
				t.Errorf("%s: %v: the rule's reasons are %v", a.repository, f, rule.Reasons)
			}
		}
	}
	for _, text := range []string{"a.js:1 join-openid", "owner/name 0000", "owner/name 0000000000000000000000000000000000000000\n  a.js join-openid"} {
		if _, err := parse(text); err == nil {
			t.Errorf("read without complaint: %s", text)
		}
	}
}

// TestApplication checks an application that is made here: one thing is found and expected, one is only found, one only expected.
func TestApplication(t *testing.T) {
	trial.NotShort(t) // it builds the program
	trial.Needs(t, "git", "go")
	dir, program := t.TempDir(), filepath.Join(t.TempDir(), "voipcheck")
	if text, err := exec.Command("go", "build", "-o", program, "../../cmd/voipcheck").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, text)
	}
	trial.Write(t, dir, map[string]string{
		"app.json":             `{ "pages": ["pages/call/call"] }`,
		"pages/call/call.wxml": `<button bindtap="call">呼叫</button>`,
		"pages/call/call.js":   "Page({\n  call() {\n    wx.setEnable1v1Chat({ enable: 'yes' })\n  },\n})\n",
	})
	place := trial.Place{Dir: dir, Env: append(os.Environ(), "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")}
	place.Must(t, "git", "init", "-q")
	place.Must(t, "git", "add", ".")
	place.Must(t, "git", "commit", "-qm", "An application")
	a := &application{repository: "made/here", commit: strings.TrimSpace(place.Must(t, "git", "rev-parse", "HEAD")), folder: ".", expect: []finding{
		{"pages/call/call.js", 3, "enable-options", "type"},
		{"pages/call/call.js", 9, "join-options", ""},
	}}
	r, err := examine(program, dir, a)
	if err != nil {
		t.Fatal(err)
	}
	if r.right != 1 || r.status != 1 || r.cost.CPU == 0 || r.cost.Memory == 0 {
		t.Errorf("right %d, exit %d, cost %+v", r.right, r.status, r.cost)
	}
	if diff := cmp.Diff([]finding{{"pages/call/call.js", 9, "join-options", ""}}, r.missed, cmp.AllowUnexported(finding{})); diff != "" {
		t.Errorf("missed (-want +got):\n%s", diff)
	}
	if !slices.Contains(r.wrong, finding{"app.json", 1, "permission-declared", "record"}) {
		t.Errorf("wrong: %v", r.wrong)
	}
	a.commit = strings.Repeat("0", 40)
	if _, err := examine(program, dir, a); err == nil {
		t.Error("another commit is taken for the one that was read")
	}
}
