package main

import (
	"runtime/debug"
	"testing"
)

func TestCommit(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	for want, info := range map[string]*debug.BuildInfo{
		"": {Settings: []debug.BuildSetting{setting("GOOS", "linux")}},
		" (commit 4c8e9bf01234, 2026-12-01)": {Settings: []debug.BuildSetting{
			setting("vcs.revision", "4c8e9bf0123456789"), setting("vcs.time", "2026-12-01T00:07:53Z"), setting("vcs.modified", "false"),
		}},
		" (commit abc, modified)": {Settings: []debug.BuildSetting{setting("vcs.revision", "abc"), setting("vcs.modified", "true")}},
	} {
		if got := commit(info, true); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := commit(nil, false); got != "" {
		t.Errorf("got %q of nothing", got)
	}
}
