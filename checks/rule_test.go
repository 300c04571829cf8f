package checks

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// contract is the table that users rely on: id, severity, step, reasons.
const contract = `
app-json error permission missing invalid comment duplicate-key
permission-declared error permission record camera
permission-desc error permission missing type blank too-long
permission-desc-placeholder warning permission
authorize-scope error authorize unknown type
authorize-combined info authorize
authorize-before-enable error authorize never-asked other-path scope-missing asked-after not-awaited refusal-continues
authorize-unproven warning authorize
authorize-fail-handled warning authorize
authorize-recovery info authorize none never-asked
enable-called error enable missing unused
enable-options error enable missing type false value unknown
enable-fail-handled warning enable
base-library info enable
plugin-unsupported error enable
join-called error join
join-after-enable error join never-enabled not-awaited failure-continues disabled
join-unproven warning join
join-openid error join missing misspelt empty type placeholder never-assigned same
join-openid-hardcoded warning join
join-nickname error join missing misspelt empty type never-assigned
join-options error join missing type value unknown
join-fail-handled warning join
call-end-observed info join
listener-leak warning join
devtools-unsupported warning devtools unguarded inverted
page-registered error reachable
handler-exists error reachable
call-reachable warning reachable
receiver-enabled warning reachable
console-step info category category interface minutes privacy
parse-error error join
unused-suppression warning
`

func TestRegistryKeepsTheContract(t *testing.T) {
	severities := map[Severity]string{Info: "info", Warning: "warning", Error: "error"}
	var got []string
	for _, r := range Rules() {
		line := []string{r.ID, severities[r.Severity]}
		if r.Step != NoStep {
			line = append(line, string(r.Step))
		}
		for _, reason := range r.Reasons {
			line = append(line, reason.ID)
		}
		got = append(got, strings.Join(line, " "))
	}
	if diff := cmp.Diff(strings.Fields(contract), strings.Fields(strings.Join(got, "\n"))); diff != "" {
		t.Error(diff)
	}
}

func TestRulesSayEverything(t *testing.T) {
	code := regexp.MustCompile(`-\d{5}|errno 112|(?i)no error code`)
	for _, r := range Rules() {
		t.Run(r.ID, func(t *testing.T) {
			for name, said := range map[string]lang.Text{"Title": r.Title, "Text": r.Text, "Fix": r.Fix, "RunTime": r.RunTime} {
				bothLanguages(t, name, said)
			}
			for _, reason := range r.Reasons {
				bothLanguages(t, "reason "+reason.ID, reason.Title)
			}
			if strings.Contains(r.Title.EN+r.Title.ZH, "\n") || len([]rune(r.Title.EN)) > 80 {
				t.Errorf("the title is no short line: %q", r.Title.EN)
			}
			if r.Bad == "" || r.Good == "" || r.Bad == r.Good || r.Example == "" {
				t.Error("there is no pair of examples, or it is not said what they are")
			}
			if !code.MatchString(r.RunTime.EN) || !strings.Contains(r.RunTime.ZH, "错误码") && !code.MatchString(r.RunTime.ZH) {
				t.Errorf("no error code, nor that there is none: %q", r.RunTime.EN)
			}
			if len(r.Sources) == 0 {
				t.Error("no source")
			}
			for _, s := range r.Sources {
				if s.Title.IsZero() || s.URL != "" && !strings.HasPrefix(s.URL, "https://developers.weixin.qq.com/") {
					t.Errorf("source %+v", s)
				}
			}
			switch r.Evidence {
			case Documented, Guide, Community, Contested:
			default:
				t.Errorf("evidence %q", r.Evidence)
			}
			if (r.Run == nil) != (r.ID == "unused-suppression") {
				t.Error("only the rule that the command applies has no Run")
			}
			if r.Step != NoStep && LookupStep(r.Step) == nil {
				t.Errorf("no such step: %q", r.Step)
			}
		})
	}
}

// bothLanguages tells of a text that lacks one language, or has English where Chinese belongs.
func bothLanguages(t *testing.T, what string, said lang.Text) {
	t.Helper()
	han := strings.IndexFunc(said.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
	if strings.TrimSpace(said.EN) == "" || !han {
		t.Errorf("%s is not said in both languages: %q, %q", what, said.EN, said.ZH)
	}
	if strings.Contains(said.EN+said.ZH, "%!") {
		t.Errorf("%s is filled wrongly: %q, %q", what, said.EN, said.ZH)
	}
}

// sentences checks that a text is made of sentences: they end as sentences do, and none begins with a small letter, unless it is
// part of a name in the code.
func sentences(t *testing.T, what string, said lang.Text) {
	t.Helper()
	if !regexp.MustCompile(`[.?]$`).MatchString(said.EN) || !regexp.MustCompile(`[。？]$`).MatchString(said.ZH) {
		t.Errorf("%s does not end as a sentence: %q, %q", what, said.EN, said.ZH)
	}
	if word := strings.FieldsFunc(said.EN, func(r rune) bool { return r == ' ' || r == '.' })[0]; smallWord.MatchString(word) {
		t.Errorf("%s does not begin as a sentence: %q", what, said.EN)
	}
}

// smallWord is a word that begins small and names nothing in code.
var smallWord = regexp.MustCompile(`^(an?|the|this|there|it|no|nothing|several|cannot|ask|call|do|write|add|pass|request)$`)

func TestEveryRuleHasItsFile(t *testing.T) {
	for _, r := range Rules() {
		name := strings.ReplaceAll(r.ID, "-", "_") + ".go"
		text, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.Contains(string(text), `ID: "`+r.ID+`"`) {
			t.Errorf("%s does not hold the rule %s", name, r.ID)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, r := range Rules() {
		if Lookup(r.ID) != r {
			t.Errorf("Lookup(%q) is another rule", r.ID)
		}
	}
	if Lookup("no-such-rule") != nil {
		t.Error("found a rule that does not exist")
	}
}

func TestSteps(t *testing.T) {
	want := []Step{StepCategory, StepInterface, StepMinutes, StepPrivacy, StepPermission, StepAuthorize, StepEnable, StepJoin, StepDevTools, StepReachable}
	var got []Step
	for i, s := range Steps() {
		got = append(got, s.Step)
		bothLanguages(t, string(s.Step), s.Title)
		bothLanguages(t, string(s.Step), s.Text)
		if s.Guide == "" || len(s.Sources) == 0 {
			t.Errorf("%s: no place in the guide or no source", s.Step)
		}
		if s.Console != (i < 4) {
			t.Errorf("%s: console is %v", s.Step, s.Console)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if LookupStep("nowhere") != nil {
		t.Error("found a step that does not exist")
	}
}
