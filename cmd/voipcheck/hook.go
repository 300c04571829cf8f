package main

// A check before each commit: where the repository keeps its hooks, and never over what is there.

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// program is what every hook's command names.
const program = "voipcheck"

// installHook makes git run the check before a commit; with global, also where git keeps this user's hooks for all repositories.
func (s *session) installHook(global bool) error {
	top := boundary.Repository(s.Dir)
	if top == "" {
		return usage(lang.T("%s is not in a git repository, so there is no hook to write", "%s 不在 git 仓库里，无法设置钩子"), s.Dir)
	}
	command := s.hookCommand(top)
	for _, name := range []string{"lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml"} {
		if text, err := edit.Read(filepath.Join(top, name)); err == nil {
			return s.lefthook(top, name, text, command)
		}
	}
	if info, err := os.Stat(filepath.Join(top, ".husky")); err == nil && info.IsDir() {
		return s.shellHook(top, filepath.Join(top, ".husky", "pre-commit"), "", command)
	}
	if file, snippet := keptElsewhere(top, command); file != "" {
		if text, err := edit.Read(filepath.Join(top, file)); err == nil && runs(text) {
			s.print(lang.T("kept     %s", "保留  %s"), check.Shown(s.Dir, filepath.Join(top, file)))
			return nil
		}
		return usage(lang.T(
			"this repository keeps its hooks in %s; add this to it yourself:\n%s",
			"这个仓库的钩子写在 %s 里，请手动加上：\n%s"), check.Shown(s.Dir, filepath.Join(top, file)), snippet)
	}
	hooks, err := gitFolder(top, "--git-path", "hooks")
	if err != nil {
		return broken(err)
	}
	if !global {
		if err := ownHooks(top, hooks); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(hooks, 0o777); err != nil { // the umask takes its part
		return broken(lang.Errorf(lang.T("%s: %s", "%s：%s"), check.Shown(s.Dir, hooks), err))
	}
	return s.shellHook(hooks, filepath.Join(hooks, "pre-commit"), "#!/bin/sh\n", command)
}

// gitFolder asks git for one of its folders: an absolute path.
func gitFolder(top string, question ...string) (string, error) {
	git := exec.Command("git", append([]string{"rev-parse"}, question...)...)
	git.Dir = top
	out, err := git.Output()
	if err != nil {
		return "", lang.Errorf(lang.T("git does not report where its hooks are: %s", "无法从 git 得知钩子的位置：%s"), err)
	}
	folder := strings.TrimSpace(string(out))
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(top, folder)
	}
	return folder, nil
}

// ownHooks returns an error when the folder of the hooks belongs to more than this repository: a core.hooksPath of the user's, a
// link. The hooks of a repository's work trees lie in the repository that they were made from.
func ownHooks(top, hooks string) error {
	real, err := boundary.Resolve(hooks)
	if err != nil {
		return broken(lang.Errorf(lang.T("%s: %s", "%s：%s"), hooks, err))
	}
	shared, err := gitFolder(top, "--git-common-dir")
	if err != nil {
		return broken(err)
	}
	for _, own := range []string{top, shared} {
		if own, err = filepath.EvalSymlinks(own); err == nil && boundary.Below(own, real) {
			return nil
		}
	}
	return usage(lang.T(
		"git keeps its hooks in %s, outside this repository, where they also run for other repositories; use --global-hook to write the hook there",
		"git 的钩子位于本仓库之外的 %s，写在那里会对其他仓库也生效；确实需要时请用 --global-hook"), real)
}

// hookCommand is what runs the program at the top of the repository: that of npm where a project has it.
func (s *session) hookCommand(top string) string {
	command := ""
	for dir := s.Dir; command == ""; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "node_modules", ".bin", program)); err == nil {
			command = "npx --no-install " + program
			if within := relative(top, dir); within != "." {
				command = "npx --prefix " + quoted(within) + " --no-install " + program
			}
		}
		if dir == top || dir == filepath.Dir(dir) {
			break
		}
	}
	if command == "" {
		command = program
		if _, err := exec.LookPath(program); err != nil {
			s.note("%s", s.say(
				"voipcheck is not on the PATH; until it is, the hook rejects every commit",
				"PATH 里没有 voipcheck，加入之前钩子会拒绝每次提交"))
		}
	}
	return command
}

func relative(top, dir string) string {
	within, err := filepath.Rel(top, dir)
	if err != nil {
		return "."
	}
	return filepath.ToSlash(within)
}

// quoted is a path as a word of a shell.
func quoted(path string) string {
	if !strings.ContainsFunc(path, func(r rune) bool { return strings.ContainsRune(" \t'\"\\$`&|;<>()*?[]#~!{}", r) }) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// keptElsewhere is the file in which a tool that rewrites git's hooks is configured, and what belongs there.
func keptElsewhere(top, command string) (file, snippet string) {
	for _, name := range []string{".pre-commit-config.yaml", ".pre-commit-config.yml"} {
		if _, err := os.Stat(filepath.Join(top, name)); err == nil {
			return name, `  - repo: local
    hooks:
      - id: voipcheck
        name: voipcheck
        entry: ` + command + `
        language: system
        pass_filenames: false`
		}
	}
	text, err := edit.Read(filepath.Join(top, "package.json"))
	if err != nil || !gjson.ValidBytes(text) {
		return "", ""
	}
	for _, key := range []string{"simple-git-hooks", "gitHooks"} { // the latter is yorkie's, of the Vue CLI
		if gjson.GetBytes(text, key).IsObject() {
			return "package.json", `  "` + key + `": { "pre-commit": "` + command + `" }`
		}
	}
	return "", ""
}

// shellHook adds the check to a hook that is a shell script, which begins with head when it is new.
func (s *session) shellHook(within, file, head, command string) error {
	shown := check.Shown(s.Dir, file)
	text, err := edit.Read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = []byte(head + command + "\n")
	case err != nil:
		return broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), shown, err))
	case runs(text):
		s.print(lang.T("kept     %s", "保留  %s"), shown)
		return nil
	case bytes.IndexByte(text, 0) >= 0:
		return usage(lang.T(
			"%s is a binary file and was not changed. Run `%s` before a commit by other means",
			"%s 是二进制文件，没有改动。请用其他方式在提交前运行 `%s`"), shown, command)
	case bytes.HasPrefix(text, []byte("#!")) && !shell(text):
		return usage(lang.T(
			"%s is not a shell script; call `%s` in it yourself",
			"%s 不是 shell 脚本，请手动在其中加上 `%s`"), shown, command)
	default:
		text = added(text, command+" || exit $?\n")
	}
	return s.writeHook(within, file, text, 0o777)
}

// added is a shell script with one more line: the last one, or the first where the script may end before its end.
func added(script []byte, line string) []byte {
	ends := false
	for l := range bytes.Lines(script) {
		word, _, _ := strings.Cut(strings.TrimSpace(string(l)), " ")
		ends = ends || word == "exec" || word == "exit"
	}
	if !ends {
		return append(append(bytes.TrimRight(script, "\n"), '\n'), line...)
	}
	head := 0
	if bytes.HasPrefix(script, []byte("#!")) {
		head = bytes.IndexByte(script, '\n') + 1
	}
	return append(append(bytes.Clone(script[:head]), line...), script[head:]...)
}

// runs tells that a hook calls the program already.
func runs(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); !bytes.HasPrefix(line, []byte("#")) && bytes.Contains(line, []byte(program)) {
			return true
		}
	}
	return false
}

func shell(text []byte) bool {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.HasSuffix(bytes.TrimSpace(first), []byte("sh")) || bytes.Contains(first, []byte("sh "))
}

// lefthook adds a command to a lefthook.yml.
func (s *session) lefthook(top, name string, text []byte, command string) error {
	file := filepath.Join(top, name)
	shown := check.Shown(s.Dir, file)
	if runs(text) {
		s.print(lang.T("kept     %s", "保留  %s"), shown)
		return nil
	}
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte("pre-commit:")) {
			return usage(lang.T(
				"%s already has a pre-commit hook; add this to its commands yourself:\n  voipcheck:\n    run: %s",
				"%s 已有 pre-commit，请手动在它的 commands 里加上：\n  voipcheck:\n    run: %s"), shown, command)
		}
	}
	text = bytes.TrimRight(text, "\n")
	if len(text) > 0 {
		text = append(text, '\n', '\n')
	}
	return s.writeHook(top, file, append(text, "pre-commit:\n  commands:\n    voipcheck:\n      run: "+command+"\n"...), 0o666)
}

func (s *session) writeHook(within, file string, text []byte, mode fs.FileMode) error {
	folder, err := edit.Within(within)
	if err == nil {
		err = folder.WriteMode(file, text, mode)
	}
	if err == nil && mode&0o100 != 0 {
		err = executable(file) // git passes over a hook that is not
	}
	if err != nil {
		return broken(err)
	}
	s.print(lang.T("hook     %s", "钩子  %s"), check.Shown(s.Dir, file))
	return nil
}

// executable lets everybody run a file who may read it.
func executable(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	mode := info.Mode().Perm()
	return os.Chmod(file, mode|mode&0o444>>2)
}
