package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// written is a report as text for a terminal of a width.
func written(t *testing.T, r *Report, o Options) string {
	t.Helper()
	var text bytes.Buffer
	if err := (textWriter{}).Write(&text, r, o); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// TestTextFinding: the place and the rule are on one line where they fit, and the code of a path beside its steps or below them.
func TestTextFinding(t *testing.T) {
	for width, want := range map[int]string{
		100: `
 ✗ error  pages/a/index.js:2:4  rule · why
   message

      1 │ f()
      2 │ wx.g()
        │    ^
      3 │ h()

   Path
   1  index.js:1  first  │ f()
   2          :2  then   │ wx.g()

`,
		44: `
 ✗ error  pages/a/index.js:2:4  rule · why
   message

      1 │ f()
      2 │ wx.g()
        │    ^
      3 │ h()

   Path
   1  index.js:1  first
                  │ f()
   2          :2  then
                  │ wx.g()

`,
		40: `
 ✗ error  pages/a/index.js:2:4  rule
   message [why]

      1 │ f()
      2 │ wx.g()
        │    ^
      3 │ h()

   Path
   1  index.js:1  first
                  │ f()
   2          :2  then
                  │ wx.g()

`,
	} {
		r := found()
		r.Projects, r.Findings = nil, r.Findings[1:2]
		r.Findings[0].Reason = "why"
		text, _, _ := strings.Cut(written(t, r, Options{Lang: lang.EN, Width: width}), "✗ Not ready")
		if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), text); diff != "" {
			t.Errorf("%d columns: %s", width, diff)
		}
	}
}

// TestTextSaysOnce: the code of one place, the advice of one rule, and one remedy of two findings are shown once.
func TestTextSaysOnce(t *testing.T) {
	r := found()
	f := source.NewFile("a.js", "a.js", []byte("f()\nwx.g()\n"))
	at := source.Span{File: f, Start: 7, End: 8}
	for i := range r.Findings {
		found := &r.Findings[i]
		found.At, found.File, found.Trace, found.Severity = at, "a.js", nil, checks.Warning
		found.Rule = &checks.Rule{ID: "rule", RunTime: lang.T("it breaks", "会出错"), Fix: lang.T("do it", "这样改")}
		found.Fix = &checks.Fix{Title: lang.T("write h", "改成 h"), Safe: true, Edits: []checks.Edit{{At: at, New: "h"}}}
	}
	text := written(t, r, Options{Lang: lang.EN})
	for said, times := range map[string]int{"  rule\n": 3, "^": 1, "it breaks": 1, "do it": 1, "→ write h": 3, "+ wx.h()": 1, "apply 3 fixes": 1} {
		if n := strings.Count(text, said); n != times {
			t.Errorf("%q is said %d times, want %d:\n%s", said, n, times, text)
		}
	}
}

// TestTextSummary: how the steps stand is repeated once the checklist is out of sight; of several projects only what there is to do.
func TestTextSummary(t *testing.T) {
	r := found()
	for root, statuses := range map[string][]Status{".": {Fail, Skipped, Pass}, "other": {Pass, Pass, Unproven}} {
		for i, s := range statuses {
			r.Checklist = append(r.Checklist, Step{Project: root, Step: []checks.Step{"enable", "join", "devtools"}[i], Status: s})
		}
	}
	end := func(o Options) string {
		text := written(t, r, o)
		return text[strings.LastIndex(text, "\n\n  ")+2 : strings.Index(text, "\n✗ ")]
	}
	if diff := cmp.Diff("  ✗ failed: enable   - skipped: join   ✓ passed: devtools\n", end(Options{Lang: lang.EN})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("  ✗ 未通过：enable   - 已跳过：join\n  ✓ 通过：devtools\n", end(Options{Lang: lang.ZH, Width: 40})); diff != "" {
		t.Error(diff)
	}
	r.Projects = append(r.Projects, Project{Root: "other"}, Project{Root: "spared", Spared: true})
	if diff := cmp.Diff("  .\n  ✗ failed: enable\n  other\n  ? unproven: devtools\n", end(Options{Lang: lang.EN})); diff != "" {
		t.Error(diff)
	}
	r.Findings = r.Findings[:0]
	if text := written(t, r, Options{Lang: lang.EN}); strings.Contains(text, "failed:") {
		t.Errorf("what is in sight is repeated:\n%s", text)
	}
}
