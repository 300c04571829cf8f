package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (s *session) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       s.say("show the version", "显示版本"),
		Annotations: map[string]string{"usage": "voipcheck version"},
		Args:        noArguments,
		RunE:        func(*cobra.Command, []string) error { return s.printVersion() },
	}
}

func (s *session) printVersion() error {
	fmt.Fprintf(&s.out, "voipcheck %s\n", s.Version)
	return nil
}
