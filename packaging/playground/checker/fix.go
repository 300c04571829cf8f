package checker

// Fixes: of one finding, or all that are safe.

import (
	"time"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/fix"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Fixed is what fixes come to.
type Fixed struct {
	// Failed says why nothing was fixed; "" when something could be.
	Failed string
	// Files are the new texts of the files that change.
	Files map[string]string
	// Count is how many findings were fixed.
	Count int
}

var goneWord = lang.T("this finding no longer exists", "这个问题已经不存在")

// FixSafe applies all safe fixes, again and again until there are none.
func FixSafe(files map[string]string, now time.Time, version string, l lang.Lang) *Fixed {
	result, err := fix.Run(options(files, now, version), false)
	if err != nil {
		return &Fixed{Failed: lang.Say(err, l)}
	}
	out := &Fixed{Files: map[string]string{}, Count: result.Fixed}
	for _, f := range result.Files {
		out.Files[f.Path] = string(f.After)
	}
	return out
}

// FixOne applies the fix of the finding with a fingerprint.
func FixOne(files map[string]string, fingerprint string, now time.Time, version string, l lang.Lang) *Fixed {
	result, err := check.Run(options(files, now, version))
	if err != nil {
		return &Fixed{Failed: lang.Say(err, l)}
	}
	for i := range result.Findings {
		if f := &result.Findings[i]; f.Fingerprint == fingerprint && f.Fix != nil {
			return &Fixed{Files: edited(f), Count: 1}
		}
	}
	return &Fixed{Failed: goneWord.In(l)}
}

// edited are the texts of the files that a finding's fix changes.
func edited(f *report.Finding) map[string]string {
	groups := map[*source.File][]edit.Replacement{}
	for _, e := range f.Fix.Edits {
		groups[e.At.File] = append(groups[e.At.File], edit.Replacement{Start: e.At.Start, End: e.At.End, New: e.New})
	}
	out := map[string]string{}
	for file, group := range groups {
		text, _ := edit.Apply(file.Text, [][]edit.Replacement{group})
		out[report.ValidPath(file.Path)] = string(text)
	}
	return out
}
