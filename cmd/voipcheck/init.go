package main

// Writing a commented configuration, and what checks before each commit and each upload.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
)

func (s *session) initCommand() *cobra.Command {
	var hook, global, devTools, force bool
	c := &cobra.Command{
		Use:   "init",
		Short: s.say("write a commented voipcheck.json", "生成带注释的 voipcheck.json"),
		Long: s.say(
			"Writes a voipcheck.json in which every setting is explained. With --hook, git also checks before each commit: through husky or lefthook if the repository uses them, otherwise through a git hook. With --devtools, WeChat DevTools checks before each preview and upload, through its custom commands in project.config.json.",
			"生成 voipcheck.json，其中逐项说明设置。加上 --hook 时，git 会在每次提交前检查：仓库使用 husky 或 lefthook 就写入它们，否则写入 git 的钩子。加上 --devtools 时，会写入 project.config.json 的自定义处理命令，让微信开发者工具在每次预览和上传前检查。"),
		Annotations: map[string]string{"usage": "voipcheck init [--hook | --global-hook] [--devtools] [--force]"},
		Args:        noArguments,
		Example:     "  voipcheck init\n  voipcheck init --hook --devtools",
		RunE:        func(*cobra.Command, []string) error { return s.initialize(hook || global, global, devTools, force) },
	}
	c.Flags().SortFlags = false
	c.Flags().BoolVar(&hook, "hook", false, s.say("also check before each commit", "同时设置提交前检查"))
	c.Flags().BoolVar(&global, "global-hook", false, s.say("like --hook, even if git keeps its hooks outside this repository", "同 --hook，即使 git 的钩子位于本仓库之外也写入"))
	c.Flags().BoolVar(&devTools, "devtools", false, s.say("also let WeChat DevTools check before a preview or an upload", "同时让微信开发者工具在预览和上传前检查"))
	c.Flags().BoolVar(&force, "force", false, s.say("replace an existing voipcheck.json", "覆盖已有的 voipcheck.json"))
	return c
}

func (s *session) initialize(hook, global, devTools, force bool) error {
	file, err := s.configFile("")
	if err != nil {
		return err
	}
	shown := check.Shown(s.Dir, file)
	_, err = os.Lstat(file)
	switch {
	case err == nil && !force && !hook && !devTools:
		return usage(lang.T("%s already exists (--force replaces it)", "%s 已存在（--force 可覆盖）"), shown)
	case err == nil && !force:
		s.print(lang.T("kept     %s", "保留  %s"), shown)
	case err == nil || errors.Is(err, fs.ErrNotExist):
		if err := writeInProject(file, []byte(strings.Replace(configTemplate.In(s.lang), config.SchemaURL, schemaFor(file), 1))); err != nil {
			return err
		}
		s.print(lang.T("created  %s", "新建  %s"), shown)
	default:
		return broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), shown, err))
	}
	if hook {
		if err := s.installHook(global); err != nil {
			return err
		}
	}
	if devTools {
		return s.installCommands()
	}
	return nil
}

// schemaFor is where a configuration's schema is found: in the package that npm installed beside it, which needs no network, or where
// it is published.
func schemaFor(file string) string {
	const installed = "node_modules/voipcheck/voipcheck.schema.json"
	if _, err := os.Stat(filepath.Join(filepath.Dir(file), filepath.FromSlash(installed))); err == nil {
		return "./" + installed
	}
	return config.SchemaURL
}

// configTemplate is a configuration that changes nothing and explains everything.
var configTemplate = lang.T(`{
  "$schema": "`+config.SchemaURL+`",

  // The mini-program's folder, relative to this file, if it should not be looked up.
  // "root": "miniprogram",

  // How much each rule matters: error, warning, info or off. voipcheck rules lists them all.
  "rules": {
    // "authorize-recovery": "off"
  },

  // Files that are not part of the program, in addition to .gitignore, and rules that are off in some files.
  "ignore": [
    // "vendor/**",
    // { "files": "pages/old/**", "rules": ["receiver-enabled"] }
  ],

  // Functions whose success means that both scopes are granted, if the code cannot be followed.
  "grants": [
    // "utils/perm.ts#ensureMedia"
  ],

  // Functions whose success means that enabling has succeeded, likewise.
  "enables": [
    // "utils/voip.ts#goOnline"
  ],

  // How many times the usual work to do at most, if a message says that a limit was reached.
  // "limits": { "work": 2 },

  // Steps that are done in the console: voipcheck confirm STEP writes them.
  "confirmed": {}
}
`, `{
  "$schema": "`+config.SchemaURL+`",

  // 小程序所在的文件夹（相对于本文件），不需要自动查找时填写。
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

  // 代码无法跟踪时，写明哪些函数执行成功就表示两项授权都已拿到。
  "grants": [
    // "utils/perm.ts#ensureMedia"
  ],

  // 同样，写明哪些函数执行成功就表示已开启成功。
  "enables": [
    // "utils/voip.ts#goOnline"
  ],

  // 提示达到上限时，可把读取和跟踪的工作量调高到几倍。
  // "limits": { "work": 2 },

  // 小程序后台已完成的步骤：由 voipcheck confirm 步骤 写入。
  "confirmed": {}
}
`)
