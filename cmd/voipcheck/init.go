package main

// Writing a commented configuration, and a hook that checks before each commit.

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
)

func (s *session) initCommand() *cobra.Command {
	var hook, force bool
	c := &cobra.Command{
		Use:   "init",
		Short: s.say("write a commented voipcheck.json", "生成带注释的 voipcheck.json"),
		Long: s.say(
			"Writes a voipcheck.json with every setting explained. --hook also makes git check before each commit: through husky or lefthook where the repository uses them, else in git's own hook.",
			"生成 voipcheck.json，并逐项说明设置。加上 --hook 时，还会让 git 在每次提交前检查：仓库使用 husky 或 lefthook 就写入它们，否则写入 git 自己的钩子。"),
		Annotations: map[string]string{"usage": "voipcheck init [--hook] [--force]"},
		Args:        noArguments,
		RunE:        func(*cobra.Command, []string) error { return s.initialize(hook, force) },
	}
	c.Flags().SortFlags = false
	c.Flags().BoolVar(&hook, "hook", false, s.say("also check before each commit", "同时设置提交前检查"))
	c.Flags().BoolVar(&force, "force", false, s.say("replace a voipcheck.json that is there", "覆盖已有的 voipcheck.json"))
	return c
}

func (s *session) initialize(hook, force bool) error {
	file, err := s.configFile("")
	if err != nil {
		return err
	}
	shown := check.Shown(s.Dir, file)
	_, err = os.Lstat(file)
	switch {
	case err == nil && !force && !hook:
		return usage(lang.T("%s is already there (--force replaces it)", "%s 已经存在（--force 可覆盖）"), shown)
	case err == nil && !force:
		s.print(lang.T("kept     %s", "保留  %s"), shown)
	case err == nil || errors.Is(err, fs.ErrNotExist):
		if err := writeInProject(file, []byte(configTemplate.In(s.lang))); err != nil {
			return err
		}
		s.print(lang.T("created  %s", "新建  %s"), shown)
	default:
		return broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), shown, err))
	}
	if !hook {
		return nil
	}
	return s.installHook()
}

// command is what a hook runs.
const command = "voipcheck"

// installHook makes git run the check before a commit.
func (s *session) installHook() error {
	top := config.Repository(s.Dir)
	if top == "" {
		return usage(lang.T("%s lies in no git repository, so there is no hook to write", "%s 不在 git 仓库里，无法设置钩子"), s.Dir)
	}
	for _, name := range []string{"lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml"} {
		if text, err := os.ReadFile(filepath.Join(top, name)); err == nil {
			return s.lefthook(top, name, text)
		}
	}
	if info, err := os.Stat(filepath.Join(top, ".husky")); err == nil && info.IsDir() {
		return s.shellHook(top, filepath.Join(top, ".husky", "pre-commit"), "")
	}
	git := exec.Command("git", "rev-parse", "--git-path", "hooks")
	git.Dir = top
	out, err := git.Output()
	if err != nil {
		return broken(lang.Errorf(lang.T("git does not tell where its hooks are: %s", "无法从 git 得知钩子的位置：%s"), err))
	}
	hooks := strings.TrimSpace(string(out))
	if !filepath.IsAbs(hooks) {
		hooks = filepath.Join(top, hooks)
	}
	// Where git keeps its hooks is its own affair: for a work tree it is another folder.
	if err := os.MkdirAll(hooks, 0o755); err != nil {
		return broken(lang.Errorf(lang.T("%s: %s", "%s：%s"), check.Shown(s.Dir, hooks), err))
	}
	return s.shellHook(hooks, filepath.Join(hooks, "pre-commit"), "#!/bin/sh\n")
}

// shellHook adds the check to a hook that is a shell script, which begins with head when it is new.
func (s *session) shellHook(within, file, head string) error {
	shown := check.Shown(s.Dir, file)
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = []byte(head + command + "\n")
	case err != nil:
		return broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), shown, err))
	case runs(text):
		s.print(lang.T("kept     %s", "保留  %s"), shown)
		return nil
	case bytes.HasPrefix(text, []byte("#!")) && !shell(text):
		return usage(lang.T(
			"%s is no shell script; add a call of `%s` to it by hand",
			"%s 不是 shell 脚本，请手工在其中加上 `%s`"), shown, command)
	default:
		text = append(append(bytes.TrimRight(text, "\n"), '\n'), []byte(command+" || exit $?\n")...)
	}
	return s.writeHook(within, file, text, 0o755)
}

// runs tells that a hook calls the program already.
func runs(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); !bytes.HasPrefix(line, []byte("#")) && bytes.Contains(line, []byte(command)) {
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
func (s *session) lefthook(top, name string, text []byte) error {
	file := filepath.Join(top, name)
	shown := check.Shown(s.Dir, file)
	if runs(text) {
		s.print(lang.T("kept     %s", "保留  %s"), shown)
		return nil
	}
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte("pre-commit:")) {
			return usage(lang.T(
				"%s has a pre-commit already; add this to its commands by hand:\n    voipcheck:\n      run: voipcheck",
				"%s 已有 pre-commit，请手工在它的 commands 里加上：\n    voipcheck:\n      run: voipcheck"), shown)
		}
	}
	text = bytes.TrimRight(text, "\n")
	if len(text) > 0 {
		text = append(text, '\n', '\n')
	}
	return s.writeHook(top, file, append(text, "pre-commit:\n  commands:\n    voipcheck:\n      run: voipcheck\n"...), 0o644)
}

func (s *session) writeHook(within, file string, text []byte, mode fs.FileMode) error {
	folder, err := edit.Within(within)
	if err == nil {
		err = folder.WriteMode(file, text, mode)
	}
	if err == nil && mode&0o100 != 0 {
		err = os.Chmod(file, mode) // git passes over a hook that is not executable
	}
	if err != nil {
		return broken(err)
	}
	s.print(lang.T("hook     %s", "钩子  %s"), check.Shown(s.Dir, file))
	return nil
}

// configTemplate is a configuration that changes nothing and explains everything.
var configTemplate = lang.T(`{
  "$schema": "`+config.SchemaURL+`",

  // The mini-program's folder, relative to this file, when discovery should not decide.
  // "root": "miniprogram",

  // How much each rule matters: error, warning, info or off. voipcheck rules lists them all.
  "rules": {
    // "authorize-recovery": "off"
  },

  // Files that are no part of the program, on top of .gitignore; and rules that are silent in some files.
  "ignore": [
    // "vendor/**",
    // { "files": "pages/old/**", "rules": ["receiver-enabled"] }
  ],

  // Functions whose success implies both authorizations, where the code cannot be followed.
  "grants": [
    // "utils/perm.ts#ensureMedia"
  ],

  // Steps in WeChat's console that are done: voipcheck confirm STEP writes them.
  "confirmed": {}
}
`, `{
  "$schema": "`+config.SchemaURL+`",

  // 小程序所在的文件夹（相对于本文件），不想自动查找时填写。
  // "root": "miniprogram",

  // 每条规则的级别：error、warning、info 或 off。用 voipcheck rules 查看全部规则。
  "rules": {
    // "authorize-recovery": "off"
  },

  // 不属于程序的文件（.gitignore 之外），以及在某些文件里关闭的规则。
  "ignore": [
    // "vendor/**",
    // { "files": "pages/old/**", "rules": ["receiver-enabled"] }
  ],

  // 无法跟踪代码时，在这里写明哪些函数成功即表示两项授权都已获得。
  "grants": [
    // "utils/perm.ts#ensureMedia"
  ],

  // 微信后台已完成的步骤：由 voipcheck confirm STEP 写入。
  "confirmed": {}
}
`)
