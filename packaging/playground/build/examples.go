package main

// The examples to choose from: programs that the repository ships.

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// example is a program with its name on the page.
type example struct {
	ID    string
	Title lang.Text
	Files map[string]string
	// Show is the file that is opened first.
	Show string
}

// shipped are folders and cases below fixtures, the guide's sample first.
var shipped = []struct {
	id, from string
	title    lang.Text
	show     string
}{
	{"guide", "guide-sample", lang.T("The guide's sample", "指引中的示例代码"), "pages/call/call.ts"},
	{"guide-fixed", "guide-sample-fixed", lang.T("The guide's sample, fixed", "指引示例（修改后）"), "pages/call/call.ts"},
	{"not-awaited", "authorize-before-enable/bad-not-awaited-method.txtar", lang.T("Authorization that nothing waits for", "没有等待授权结果"), "pages/call/call.js"},
	{"failure", "join-after-enable/bad-failure-continues-fail.txtar", lang.T("A call placed after enabling failed", "开启失败后仍发起通话"), "pages/call/call.js"},
	{"uni-app", "handler-exists/bad-uni-app.txtar", lang.T("uni-app: a button that calls nothing", "uni-app：按钮绑定了不存在的方法"), "src/pages/call/call.vue"},
	{"taro", "authorize-before-enable/bad-taro-early-return.txtar", lang.T("Taro: the call is shown before the grant", "Taro：未授权时就显示通话按钮"), "src/pages/call/index.jsx"},
}

// examples reads what is shipped.
func examples(top string) ([]byte, error) {
	base, err := trial.Folder(filepath.Join(top, "fixtures", "base"))
	if err != nil {
		return nil, err
	}
	var all []example
	for _, s := range shipped {
		from := filepath.Join(top, "fixtures", filepath.FromSlash(s.from))
		e := example{ID: s.id, Title: s.title, Show: s.show}
		if strings.HasSuffix(from, ".txtar") {
			archive, err := txtar.ParseFile(from)
			if err != nil {
				return nil, err
			}
			if e.Files, err = trial.Laid(archive, base); err != nil {
				return nil, fmt.Errorf("%s: %w", s.from, err)
			}
		} else if e.Files, err = trial.Folder(from); err != nil {
			return nil, err
		}
		delete(e.Files, trial.Want)
		delete(e.Files, "voipcheck.json") // it switches off what a case is not about
		if _, there := e.Files[s.show]; !there {
			return nil, fmt.Errorf("%s has no %s to be opened: %w", s.from, s.show, os.ErrNotExist)
		}
		all = append(all, e)
	}
	return json.Marshal(all)
}
