package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func (s *session) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       s.say("print the version", "输出版本号"),
		Annotations: map[string]string{"usage": "voipcheck version"},
		Args:        noArguments,
		RunE:        func(*cobra.Command, []string) error { return s.printVersion() },
	}
}

func (s *session) printVersion() error {
	fmt.Fprintf(&s.out, "voipcheck %s%s\n", s.Version, commit(debug.ReadBuildInfo()))
	return nil
}

// commit names what the program was built from, " (commit 4c8e9bf, 2026-12-01)"; "" where Go was not told, as by go run.
func commit(info *debug.BuildInfo, ok bool) string {
	if !ok {
		return ""
	}
	var revision, date, modified string
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			revision = setting.Value[:min(len(setting.Value), 12)]
		case "vcs.time":
			date, _, _ = strings.Cut(setting.Value, "T")
		case "vcs.modified":
			if setting.Value == "true" {
				modified = ", modified"
			}
		}
	}
	if revision == "" {
		return ""
	}
	if date != "" {
		date = ", " + date
	}
	return " (commit " + revision + date + modified + ")"
}
