package main

// What the user probably meant: errors of the command line, with the nearest name that exists.

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

// oneOf is an error unless value is among the allowed ones.
func oneOf(what, value string, allowed []string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	all := lang.List(allowed)
	if near := spelling.Nearest(value, allowed); near != "" {
		return usage(lang.T("%s: unknown value %q; did you mean %q? Allowed values: %s", "%s：未知的值 %q，是否应为 %q？可用的值有 %s"), what, value, near, all)
	}
	return usage(lang.T("%s: unknown value %q; allowed values: %s", "%s：未知的值 %q；可用的值有 %s"), what, value, all)
}

// flagError translates what the flag parser says and adds the nearest flag.
func (s *session) flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var lacking *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown)
	case errors.As(err, &lacking):
		return usage(lang.T("the flag %s needs a value", "选项 %s 缺少值"), dashed(lacking.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return usage(lang.T("the flag --%s does not accept %q", "选项 --%s 不接受 %q"), invalid.GetFlag().Name, invalid.GetValue())
	}
	return usage(lang.T("%s", "命令行有误：%s"), err)
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func unknownFlag(c *cobra.Command, unknown *pflag.NotExistError) error {
	var names []string
	add := func(f *pflag.Flag) { names = append(names, f.Name) }
	c.Flags().VisitAll(add)
	c.InheritedFlags().VisitAll(add)
	name := unknown.GetSpecifiedName()
	shown := dashed(name)
	if unknown.GetSpecifiedShortnames() != "" {
		shown = "-" + unknown.GetSpecifiedShortnames()
		name = ""
	}
	help := c.CommandPath() + " --help"
	if near := spelling.Nearest(name, names); near != "" {
		return usage(lang.T("unknown flag %s; did you mean --%s?", "未知的选项 %s，是否应为 --%s？"), shown, near)
	}
	return usage(lang.T("unknown flag %s; run `%s` for all flags", "未知的选项 %s；可用 `%s` 查看全部选项"), shown, help)
}

// commandNames are the commands below c that help lists.
func commandNames(c *cobra.Command) []string {
	var names []string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return names
}

// missingPath tells of an argument that is no file and perhaps a misspelt command.
func missingPath(root *cobra.Command, path string) error {
	if slices.Contains([]string{"check", "lint", "run", "scan", "test"}, path) {
		return usage(lang.T(
			"no such file or folder: %s; to check, no command is needed: `voipcheck [PATH ...]`",
			"没有这个文件或文件夹：%s；检查不需要写命令，直接执行 `voipcheck [路径 ...]`"), path)
	}
	if fix := root.Flags().Lookup("fix"); fix != nil && fix.Changed && path == "all" {
		return usage(lang.T("no such file or folder: %s; did you mean --fix=all?", "没有这个文件或文件夹：%s，是否应为 --fix=all？"), path)
	}
	if !strings.ContainsAny(path, `/\.`) {
		if near := spelling.Nearest(path, commandNames(root)); near != "" {
			return usage(lang.T(
				"no such file or folder: %s; did you mean the command `voipcheck %s`?",
				"没有这个文件或文件夹：%s，是否要执行命令 `voipcheck %s`？"), path, near)
		}
	}
	return usage(lang.T("no such file or folder: %s", "没有这个文件或文件夹：%s"), path)
}

// noArguments refuses arguments of a command that takes none.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage(lang.T("`%s` takes no arguments, but got %q", "`%s` 不接受参数，却收到了 %q"), c.CommandPath(), args[0])
}
