package main

import (
	"testing"

	"github.com/voipcheck/voipcheck/internal/lang"
)

func TestLanguage(t *testing.T) {
	for name, c := range map[string]struct {
		env    map[string]string
		system string
		args   []string
		want   lang.Lang
	}{
		"nothing":                {want: lang.EN},
		"Linux":                  {env: map[string]string{"LANG": "zh_CN.UTF-8"}, want: lang.ZH},
		"Linux, overridden":      {env: map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, want: lang.EN},
		"messages":               {env: map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, want: lang.ZH},
		"macOS":                  {env: map[string]string{"AppleLocale": "zh_CN"}, want: lang.ZH},
		"macOS, with a terminal": {env: map[string]string{"AppleLocale": "zh_CN", "LANG": "en_US.UTF-8"}, want: lang.EN},
		"Windows":                {system: "zh-Hans-CN", want: lang.ZH},
		"Windows in English":     {system: "en-US", want: lang.EN},
		"Windows, Git Bash":      {system: "zh-CN", env: map[string]string{"LANG": "en_US.UTF-8"}, want: lang.EN},
		"asked":                  {env: map[string]string{"LANG": "zh_CN"}, args: []string{"rules", "--lang", "en"}, want: lang.EN},
		"asked with =":           {args: []string{"--lang=zh"}, want: lang.ZH},
		"asked behind --":        {args: []string{"--", "--lang=zh"}, want: lang.EN},
	} {
		t.Run(name, func(t *testing.T) {
			s := &session{Command: &Command{Env: func(n string) string { return c.env[n] }, Locale: func() string { return c.system }}}
			if got := s.language(c.args); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
