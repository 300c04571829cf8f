package checker

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var now = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)

// TestSample holds the answer about the guide's sample to what a check of its folder on disk says.
func TestSample(t *testing.T) {
	t.Chdir("../../../fixtures/guide-sample")
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	files, err := trial.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []lang.Lang{lang.EN, lang.ZH} {
		got := Check(files, now, "1", l)
		result, err := check.Run(check.Options{Dir: dir, FS: miniprogram.OSFS(), Now: now, Pictures: true})
		if err != nil {
			t.Fatal(err)
		}
		if want := report.Verdict(result.Report, l); got.Verdict != want || got.Ready || got.Failed != "" {
			t.Errorf("%q (%s), want %q", got.Verdict, got.Failed, want)
		}
		var here, there []string
		for _, f := range got.Findings {
			here = append(here, fmt.Sprintf("%s:%d:%d %s %s", f.At.File, f.At.Line, f.At.Column, f.Rule, f.Message))
		}
		for _, f := range result.Findings {
			there = append(there, fmt.Sprintf("%s:%d:%d %s %s", f.File, f.From.Line, f.From.Column, f.Rule.ID, f.Message.In(l)))
		}
		if !slices.Equal(here, there) || len(here) == 0 {
			t.Errorf("%q\nwant %q", here, there)
		}
		if len(got.Projects) != 1 || len(got.Projects[0].Steps) != 10 {
			t.Errorf("%d projects", len(got.Projects))
		}
		drawn(t, got)
	}
}

// drawn looks at the picture of the enabling, which can run too early.
func drawn(t *testing.T, a *Answer) {
	t.Helper()
	at := slices.IndexFunc(a.Pictures, func(p report.PlacedPicture) bool { return p.Verdict == report.PictureWrong })
	if at < 0 {
		t.Fatalf("no picture of what is wrong among %d", len(a.Pictures))
	}
	p := a.Pictures[at]
	if p.API != "setEnable1v1Chat" || p.At.Line != 52 || len(p.Wide.Boxes) == 0 || p.Narrow == nil || len(p.Steps) == 0 {
		t.Errorf("%s in line %d: %d boxes, %d steps", p.API, p.At.Line, len(p.Wide.Boxes), len(p.Steps))
	}
	if !slices.ContainsFunc(a.Findings, func(f Finding) bool { return f.Fingerprint == p.Finding && f.Rule == "authorize-before-enable" }) {
		t.Errorf("the picture leads to %q, which is no finding about it", p.Finding)
	}
}

func TestNothingToCheck(t *testing.T) {
	for l, want := range map[lang.Lang]string{lang.EN: "no mini-program", lang.ZH: "小程序"} {
		if got := Check(map[string]string{"a/b.js": "1"}, now, "1", l); !strings.Contains(got.Failed, want) || got.Ready || got.Exit != check.ExitUsage {
			t.Errorf("%+v", got)
		}
	}
}

// TestFixes mends an option of a wrong type: by the finding's own fix, and by all that are safe.
func TestFixes(t *testing.T) {
	files, err := trial.Folder("../../../fixtures/base")
	if err != nil {
		t.Fatal(err)
	}
	const page = "pages/call/call.js"
	sound := files[page]
	files[page] = strings.Replace(sound, "enable: true", "enable: 'true'", 1)
	at := slices.IndexFunc(Check(files, now, "1", lang.EN).Findings, func(f Finding) bool { return f.Rule == "enable-options" && f.Fix != nil })
	if at < 0 {
		t.Fatal("the string is not found, or has no fix")
	}
	fingerprint := Check(files, now, "1", lang.EN).Findings[at].Fingerprint
	for name, fixed := range map[string]*Fixed{
		"one": FixOne(files, fingerprint, now, "1", lang.EN), "all": FixSafe(files, now, "1", lang.EN),
	} {
		if want := map[string]string{page: sound}; fixed.Failed != "" || fixed.Count != 1 || !maps.Equal(fixed.Files, want) {
			t.Errorf("%s: %+v", name, fixed)
		}
	}
	if gone := FixOne(files, "no such", now, "1", lang.EN); gone.Failed == "" {
		t.Error("the fix of a finding that is not there is applied")
	}
}
