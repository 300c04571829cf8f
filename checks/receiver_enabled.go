package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var receiverEnabled = &Rule{
	ID: "receiver-enabled", Severity: Warning, Step: StepReachable, Evidence: Documented,
	Title: lang.T("Enable users who wait for a call, too", "等待来电的用户也要开启通话功能"),
	Text: lang.T(
		"Enabling lasts for one run of the mini-program, and a user who has not enabled since the start cannot be reached. If the feature is enabled only when a user places a call, someone who waits for a call is never enabled. Enable at launch, when a page loads or shows, or with a switch of its own.",
		"开启只在小程序本次运行期间有效，启动后没有开启过的用户无法被呼叫到。如果只在发起通话的途中开启，等待来电的一方就一直没有开启。请在启动时、页面加载或显示时开启，或提供单独的开关。"),
	Example: ExamplePage,
	Bad: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  async onCall() {
    const { me, friend } = this.data
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.setEnable1v1Chat({ enable: true })
      await wx.join1v1Chat({ caller: me, listener: friend })
    } catch (failed) {
      toSettings()
    }
  }
})`,
	Good: `Page({
  async onShow() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.setEnable1v1Chat({ enable: true })
      this.enabled = true
    } catch (failed) {
      wx.showToast({ title: '无法接听来电', icon: 'none' })
    }
  },
  onCall() {
    const { me, friend } = this.data
    if (!this.enabled) return wx.openSetting()
    wx.join1v1Chat({
      caller: me,
      listener: friend,
      fail: console.error
    })
  }
})`,
	Fix:     lang.T("Enable at launch as well, or when the page on which users wait loads or shows.", "请在小程序启动时，或用户等待来电的页面加载、显示时也开启。"),
	RunTime: lang.T("The caller is told that the other side is not in the mini-program (对方不在小程序内). There is no error code.", "呼叫方看到「对方不在小程序内」，没有错误码。"),
	Sources: []Source{docVoip, docSetEnable, communityListener, inGuide("notes 2")},
	Aside:   []Aside{broken()},
	Run:     runReceiverEnabled,
}

func runReceiverEnabled(p *Pass) {
	var first *flow.Call
	for _, call := range p.enablings() {
		if call.DevToolsOnly {
			continue // on a phone it does not run
		}
		// An enabling that the analysis could not follow to its entry points may run at any time.
		if call.Cut || call.Reached && len(call.Runs) == 0 {
			return
		}
		for _, run := range call.Runs {
			if run.ByPlatform || !run.Joins {
				return
			}
		}
		if first == nil && call.Reached {
			first = call
		}
	}
	if first == nil {
		return
	}
	f := Finding{At: first.Name, about: subject{seeks: miniprogram.NameEnable | miniprogram.NameJoin}, Message: lang.F(lang.T(
		"%s runs only when the user places a call, so a user who waits for one is not enabled and cannot be reached.",
		"%s 只在发起通话的途中执行，等待来电的用户没有开启，无法被呼叫到。"), first.API)}
	for _, run := range first.Runs {
		if run.Entry.Kind != "" {
			f.Trace = append(f.Trace, trace([]flow.Step{run.Entry}, first.Name)...)
		}
	}
	p.Report(f)
}
