package main

// A check before WeChat DevTools previews and uploads: its custom commands, which project.config.json holds. DevTools runs them in a
// shell in the project's folder, where the user has switched custom commands on. Whether a failing one stops the upload is not known
// (https://developers.weixin.qq.com/community/develop/doc/00008ef410c008b2f7a8792b256c00).

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// projectConfig is the file in which DevTools keeps a project's settings.
const projectConfig = "project.config.json"

// customCommands are the moments before which DevTools runs a command that can still stop something.
var customCommands = []string{"beforePreview", "beforeUpload"}

// installCommands makes DevTools check before it previews and uploads.
func (s *session) installCommands() error {
	top := boundary.Home(s.Dir)
	dir := s.Dir
	for !exists(filepath.Join(dir, projectConfig)) {
		if dir == top || dir == filepath.Dir(dir) {
			return usage(lang.T(
				"there is no project.config.json in %s or above it; WeChat DevTools writes one when it opens the project",
				"%s 及其上级文件夹里没有 project.config.json；用微信开发者工具打开项目时会生成"), s.Dir)
		}
		dir = filepath.Dir(dir)
	}
	file := filepath.Join(dir, projectConfig)
	shown := check.Shown(s.Dir, file)
	text, err := edit.Read(file)
	if err != nil {
		return broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), shown, err))
	}
	changed, err := s.withCommands(text, shown, s.commandIn(top, dir))
	if err != nil {
		return err
	}
	if bytes.Equal(changed, text) {
		s.print(lang.T("kept     %s", "保留  %s"), shown)
		return nil
	}
	if err := writeInProject(file, changed); err != nil {
		return err
	}
	s.print(lang.T("devtools %s", "开发者工具  %s"), shown)
	s.print(lang.T(
		"In DevTools, switch custom commands on (Details, Local settings). It shows what they print in its console; WeChat does not say whether a failed check stops the upload.",
		"请在开发者工具的“详情 → 本地设置”里勾选“启用自定义处理命令”。检查结果显示在它的控制台里；检查不通过时是否会中止上传，微信没有说明。"))
	return nil
}

func exists(file string) bool {
	_, err := os.Lstat(file)
	return err == nil
}

// commandIn is what runs the program in a folder of the repository at top.
func (s *session) commandIn(top, dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if exists(filepath.Join(at, "node_modules", ".bin", program)) {
			if at == dir {
				return "npx --no-install " + program
			}
			return "npx --prefix " + quoted(relative(dir, at)) + " --no-install " + program
		}
		if at == top || at == filepath.Dir(at) {
			return program
		}
	}
}

// withCommands is a project.config.json with the command before each of the moments, and before what is run there already.
func (s *session) withCommands(text []byte, shown, command string) ([]byte, error) {
	mark := []byte("\uFEFF")
	bare, marked := bytes.CutPrefix(text, mark)
	if !gjson.ValidBytes(bare) {
		return nil, usage(lang.T("%s is no valid JSON; nothing was written", "%s 不是合法的 JSON，没有写入任何内容"), shown)
	}
	document, err := jsonedit.Open(bare)
	if err != nil {
		return nil, err
	}
	for _, moment := range customCommands {
		runs := strings.TrimSpace(gjson.GetBytes(bare, "scripts."+moment).String())
		switch {
		case strings.Contains(runs, program):
			continue
		case runs != "":
			runs = command + " && " + runs
		default:
			runs = command
		}
		if !document.Set([]string{"scripts"}, moment, jsonedit.Quote(runs)) {
			return nil, usage(lang.T("%s: \"scripts\" is not an object; nothing was written", "%s：\"scripts\" 不是对象，没有写入任何内容"), shown)
		}
	}
	if marked {
		return append(mark, document.Text...), nil
	}
	return document.Text, nil
}
