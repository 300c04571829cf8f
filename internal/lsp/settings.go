package lsp

// What a client may set: the flags of the command line that concern what is found.

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

// settings are those of the client. Files are relative to the folder that is open.
type settings struct {
	Lang     string            `json:"lang"`
	Config   string            `json:"config"`
	Baseline string            `json:"baseline"`
	Strict   *bool             `json:"strict"`
	Isolated *bool             `json:"isolated"`
	Rules    map[string]string `json:"rules"`
	// Status asks for the notification voipcheck/status after each check.
	Status bool `json:"status"`
}

// settingNames are the names of the settings.
var settingNames = []string{"lang", "config", "baseline", "strict", "isolated", "rules", "status"}

// languages are the values of lang, by the names of --lang.
var languages = map[string]lang.Lang{"en": lang.EN, "zh": lang.ZH}

// parseSettings reads settings. What is wrong with them is an error, and then none of them holds.
func parseSettings(text json.RawMessage) (settings, error) {
	var s settings
	if len(text) == 0 || string(text) == "null" {
		return s, nil
	}
	var given map[string]json.RawMessage
	if err := json.Unmarshal(text, &given); err != nil {
		return s, lang.Errorf(lang.T("the settings are not an object", "设置不是对象"))
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(settingNames, name) {
			return s, lang.Errorf(lang.T("unknown setting %q; %s", "未知的设置 %q；%s"), name, spelling.Suggest(name, settingNames))
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&s); err != nil {
		return settings{}, lang.Errorf(lang.T("a setting has the wrong type: %s", "有一项设置的类型不对：%s"), err)
	}
	if _, ok := languages[s.Lang]; !ok && s.Lang != "" && s.Lang != "auto" {
		return settings{}, lang.Errorf(lang.T("unknown value %q of lang; allowed values: auto, zh, en", "lang 的值 %q 无效；可用 auto、zh、en"), s.Lang)
	}
	for _, id := range slices.Sorted(maps.Keys(s.Rules)) {
		if checks.Lookup(id) == nil {
			return settings{}, lang.Errorf(lang.T("unknown rule %q; %s", "未知的规则 %q；%s"), id, spelling.Suggest(id, ruleIDs()))
		}
		if _, ok := config.SeverityOf(s.Rules[id]); !ok {
			return settings{}, lang.Errorf(lang.T("unknown severity %q; allowed values: %s", "未知的级别 %q；可用 %s"), s.Rules[id], lang.List(config.Severities))
		}
	}
	return s, nil
}

// apply lays the settings over what the command line asks for.
func (s *settings) apply(o *check.Options) {
	if s.Config != "" {
		o.Config = s.Config
	}
	if s.Strict != nil {
		o.Strict = *s.Strict
	}
	if s.Isolated != nil {
		o.Isolated = *s.Isolated
	}
	o.Rules = maps.Clone(o.Rules)
	for id, name := range s.Rules {
		if o.Rules == nil {
			o.Rules = map[string]checks.Severity{}
		}
		o.Rules[id], _ = config.SeverityOf(name)
	}
}

func ruleIDs() []string {
	var ids []string
	for _, r := range checks.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}
