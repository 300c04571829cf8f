package main

// Which language to speak, before the flags are parsed: their help and their errors are in it too.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// language is that of --lang, or that of the locale.
func (s *session) language(args []string) lang.Lang {
	asked := ""
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			asked = value
		} else if arg == "--lang" && i+1 < len(args) {
			asked = args[i+1]
		}
	}
	switch asked {
	case "zh":
		return lang.ZH
	case "en":
		return lang.EN
	}
	// macOS gives AppleLocale to programs that it starts itself; a terminal there sets LANG.
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG", "AppleLocale"} {
		if locale := s.Env(name); locale != "" {
			return spoken(locale)
		}
	}
	return spoken(s.Locale())
}

// spoken is the language for a locale: zh_CN.UTF-8, zh-Hans-CN.
func spoken(locale string) lang.Lang {
	if strings.HasPrefix(strings.ToLower(locale), "zh") {
		return lang.ZH
	}
	return lang.EN
}
