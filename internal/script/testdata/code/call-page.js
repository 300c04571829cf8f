import { ensure, SCOPES } from '../../utils/permission'
import * as device from '../../utils/device'
import report, { level as logLevel } from '../../utils/report'

const app = getApp()
let timer = null

Page({
  data: {
    authorized: false,
    caller: { openid: '', nickname: '' },
    listeners: [],
    status: "空闲 😀",
  },

  async onLoad({ openid, name: nickname = '访客', ...rest }) {
    this.setData({ 'caller.openid': openid, ['caller.nickname']: nickname })
    try {
      await ensure(SCOPES)
      await this.enable()
    } catch (err) {
      report(err, { level: logLevel.warn, rest })
      return wx.showToast({ title: `失败：${err.errMsg ?? '未知'}`, icon: 'none' })
    } finally {
      clearTimeout(timer)
    }
  },

  enable() {
    return new Promise((resolve, reject) => {
      wx.setEnable1v1Chat({ enable: true, success: resolve, fail: reject })
    })
  },

  onTapCall(e) {
    const { index } = e.currentTarget.dataset
    const listener = this.data.listeners[index]
    if (!listener) { return }
    wx.join1v1Chat?.({
      caller: this.data.caller,
      listener: { openid: listener.openid, nickname: listener.nickname, headImage: listener.avatar || '' },
      backgroundType: 0,
      roomType: e.mark.video ? 'video' : 'voice',
      disableSwitchVoice: !!listener.videoOnly,
      success: () => void report('joined'),
      fail({ errCode, errMsg }) {
        switch (errCode) {
          case -10: return wx.openSetting()
          case -1:
          case -2: {
            console.warn(errMsg)
            break
          }
          default:
            timer = setTimeout(() => this.onTapCall(e), 1e3)
        }
      },
    })
  },

  onUnload() {
    for (const off of device.watchers.splice(0)) off()
    let i = 10
    do { i-- } while (i > 0)
    outer: for (let a = 0, b = 1; a < b; a++) {
      for (const k in this.data) if (k === 'x') continue outer; else break outer
    }
  },
})
