package fix

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/check"
)

// TestFixesThatFailAreTakenBack lets the rules propose one bad fix beside a good one: the good one is written.
func TestFixesThatFailAreTakenBack(t *testing.T) {
	const page = "Page({\n  onLoad() {\n    wx.setEnable1v1Chat({ enabel: true })\n" +
		"    wx.join1v1Chat({ caller: { openId: 'o' }, listner: {} })\n  }\n})\n"
	for name, c := range map[string]struct{ instead, why string }{
		"that breaks the file": {"openid' +", "index.js could not be parsed afterwards"},
		"that does not help":   {"openId  ", "it does not remove the finding"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, options := program(t, []byte(page))
			f := newFixer(&options, false)
			f.check = func(o check.Options) (*check.Result, error) {
				r, err := check.Run(o)
				for i := range r.Findings {
					if found := &r.Findings[i]; found.Rule.ID == "join-openid" && found.Reason == "misspelt" {
						found.Fix.Edits[0].New = c.instead
					}
				}
				return r, err
			}
			result, err := f.run(options)
			if err != nil {
				t.Fatal(err)
			}
			if _, failed := result.Write(dir); failed != nil {
				t.Fatal(failed)
			}
			text, err := os.ReadFile(filepath.Join(dir, "index.js"))
			if err != nil {
				t.Fatal(err)
			}
			var why []string
			for _, r := range result.Refused {
				why = append(why, r.Rule+": "+r.Why.EN)
			}
			if got := strings.Join(why, "; "); !strings.Contains(got, "join-openid: "+c.why) {
				t.Errorf("refused because %q, want %q", got, c.why)
			}
			for _, want := range []string{"openId: 'o'", "enable: true", "listener: {}"} {
				if !bytes.Contains(text, []byte(want)) {
					t.Errorf("no %q in:\n%s", want, text)
				}
			}
		})
	}
}
