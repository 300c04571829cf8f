package checks

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// TestErrorCodesSayEverything holds the table to its form.
func TestErrorCodesSayEverything(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range ErrorCodes() {
		t.Run(c.ID, func(t *testing.T) {
			for name, said := range map[string]lang.Text{"Meaning": c.Meaning, "Because": c.Because, "First": c.First} {
				bothLanguages(t, name, said)
			}
			if len(c.From) == 0 || len(c.Sources) == 0 {
				t.Error("no function, or no source")
			}
			if !slices.Contains([]Evidence{Documented, Community, Guess}, c.Evidence) {
				t.Errorf("evidence %q", c.Evidence)
			}
			if seen[c.ID] {
				t.Error("there twice")
			}
			seen[c.ID] = true
			for _, s := range c.Steps {
				if LookupStep(s) == nil {
					t.Errorf("no such step: %q", s)
				}
			}
			for _, phrase := range c.Phrases {
				if phrase != strings.ToLower(phrase) {
					t.Errorf("%q is compared with text in lower case", phrase)
				}
			}
			if c.Evidence == Guess && !regexp.MustCompile("guess|JavaScript reports").MatchString(c.Meaning.EN+c.Because.EN) {
				t.Error("does not say what is guessed")
			}
		})
	}
}

// TestRulesNameKnownCodes holds what rules say of the run time to the table.
func TestRulesNameKnownCodes(t *testing.T) {
	number := regexp.MustCompile(`-\d{1,5}\b|errno \d+`)
	for _, r := range Rules() {
		for _, said := range []string{r.RunTime.EN, r.RunTime.ZH, r.Text.EN, r.Text.ZH} {
			for _, named := range number.FindAllString(said, -1) {
				if len(LookupErrorCodes(named)) == 0 {
					t.Errorf("%s names %s, which is not in the table", r.ID, named)
				}
			}
		}
		for _, c := range LookupErrorCodes(r.RunTime.EN) {
			if !slices.Contains(c.Rules(), r) {
				t.Errorf("%s does not know of %s", c.ID, r.ID)
			}
			if r.Step != StepJoin && r.Step != NoStep && len(c.Steps) == 0 && !strings.HasSuffix(r.ID, "-fail-handled") {
				t.Errorf("%s leads to %s, to which no step leads", r.ID, c.ID)
			}
		}
	}
}

// TestLookupErrorCodes finds codes in what people paste.
func TestLookupErrorCodes(t *testing.T) {
	for text, want := range map[string]string{
		"-30003": "-30003", "－30003": "-30003", "−20000": "-20000", "112": "112", "errno 112": "112", "-30003,": "-30003", "-30003}": "-30003",
		`{errMsg: "join1v1Chat:fail -30003", errCode: -30003}`:                                          "-30003",
		`{"errMsg":"join1v1Chat:fail: -10086, -5, join room callback failed: 13, 290","errCode":-1000}`: "-10086 -1000",
		"join1v1Chat:fail -10086, -1, Already in room!, -1,errCode:-1":                                  "-1 -10086",
		"join1v1Chat:fail jsapi has no permission":                                                      "jsapi has no permission",
		`{"errno":112,"errMsg":"authorize:fail api scope is not declared in the privacy agreement"}`:    "112",
		"authorize:fail privacy permission is not authorized":                                           "104",
		"authorize:fail auth deny":                                                                      "auth deny", "authorize:fail:auth denied": "auth deny",
		"setEnable1v1Chat:fail device not support": "-20001", "提示对方不在小程序内": "对方不在小程序内",
		"openSetting:fail can only be invoked by user TAP gesture.": "user TAP gesture",
		"MINIPROGRAM HAS NO RECORD AUTHORIZATION":                   "-30003",
		"2024-10-01": "", "room-1": "", "-4": "", "1000": "", "": "", "call 104 people": "", "-300031": "", "a1-1": "",
	} {
		var got []string
		for _, c := range LookupErrorCodes(text) {
			got = append(got, c.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
