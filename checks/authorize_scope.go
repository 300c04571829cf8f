package checks

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var authorizeScope = &Rule{
	ID: "authorize-scope", Severity: Error, Step: StepAuthorize, Evidence: Documented,
	Reasons: []Reason{
		{"unknown", lang.T("the scope does not exist", "scope 不存在")},
		{"type", lang.T("the scope is not a string", "scope 不是字符串")},
	},
	Title: lang.T("Request a scope that exists", "申请真实存在的 scope"),
	Text: lang.T(
		"`wx.authorize` takes one string with the name of a scope, such as `scope.record`. A misspelt name or an array goes straight to `fail`: the user is not asked, and nothing is granted.",
		"`wx.authorize` 的 `scope` 是一个字符串，例如 `scope.record`。名称拼错或传入数组时会直接进入 `fail`，既不弹窗，也拿不到授权。"),
	Example: ExamplePage,
	Bad: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  onCall() {
    wx.authorize({
      scope: 'scope.recrod',
      success: () => wx.authorize({
        scope: 'scope.camera',
        success: () => this.enable(),
        fail: toSettings
      }),
      fail: toSettings
    })
  },
  enable() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Good: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  onCall() {
    wx.authorize({
      scope: 'scope.record',
      success: () => wx.authorize({
        scope: 'scope.camera',
        success: () => this.enable(),
        fail: toSettings
      }),
      fail: toSettings
    })
  },
  enable() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Fix:     lang.T("Write 'scope.record' or 'scope.camera', one per call.", "请改为 'scope.record' 或 'scope.camera'，一次申请一个。"),
	RunTime: lang.T("authorize fails without asking the user. Calling all the same may fail with -30003 (microphone) or -30004 (camera).", "authorize 不弹窗，直接失败；如果仍发起通话，可能以 -30003（麦克风）或 -30004（摄像头）失败。"),
	Sources: []Source{docAuthorize, docAuthorization},
	Fixable: true,
	Aside:   []Aside{unused},
	Run:     runAuthorizeScope,
}

func runAuthorizeScope(p *Pass) {
	for _, call := range p.calls(flow.Authorize) {
		for _, use := range call.Scopes {
			if !wrong(use) {
				continue
			}
			f := Finding{At: use.At, Reason: "unknown", about: subject{call: call, part: use.Name}}
			if f.At.IsZero() {
				f.At = call.Name
			}
			nearest := nearestScope(use.Name)
			if nearest != "" {
				f.about.scopes = []string{nearest}
			}
			switch {
			case use.Missing:
				f.Reason = "type"
				f.Message = lang.T(
					"This authorize has no scope, which is required and must be a string.",
					"这次 authorize 没有传 scope：这是必填的字符串。")
			case use.NotString:
				f.Reason = "type"
				f.Message = lang.T(
					"The scope of this authorize is not a string.",
					"这次 authorize 的 scope 不是字符串。")
			case nearest != "":
				f.Message = lang.F(lang.T(
					"There is no scope '%[1]s': the user is not asked, and authorize fails. Did you mean '%[2]s'?",
					"没有 '%[1]s' 这个 scope：不会弹窗，authorize 直接失败。是否应为 '%[2]s'？"), short(use.Name), nearest)
				f.Fix = scopeFix(p.written(use), nearest)
			default:
				f.Message = lang.F(lang.T(
					"There is no scope '%s': the user is not asked, and authorize fails.",
					"没有 '%s' 这个 scope：不会弹窗，authorize 直接失败。"), short(use.Name))
			}
			p.Report(f)
		}
	}
}

// written is a use with the place of its value, when that is a string where the key is.
func (p *Pass) written(use flow.ScopeUse) flow.ScopeUse {
	if use.Value == use.At && !use.At.IsZero() {
		if at, ok := p.syntaxOf(use.At.File).strings[use.At.Start]; ok {
			use.Value.Start, use.Value.End = at.Start, at.End
		}
	}
	return use
}

// scopeFix puts the scope that was meant where the wrong one is written, when it is written there.
func scopeFix(use flow.ScopeUse, scope string) *Fix {
	written := use.Value.Text()
	i := strings.Index(written, use.Name)
	if use.Name == "" || i < 0 || strings.Count(written, use.Name) != 1 || !quoted(written) {
		return nil
	}
	at := use.Value
	at.Start += i
	at.End = at.Start + len(use.Name)
	return &Fix{
		Title: lang.F(lang.T("write '%s'", "改为 '%s'"), scope), Safe: true,
		Edits: []Edit{{At: at, New: scope}},
	}
}

// quoted tells that a piece of code is one string literal.
func quoted(code string) bool {
	n := len(code)
	return n >= 2 && strings.IndexByte("'\"`", code[0]) >= 0 && code[n-1] == code[0] && strings.Count(code, code[:1]) == 2
}
