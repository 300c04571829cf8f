// 小程序入口
const { version } = require('./config')
const auth = require("./utils/auth");

App({
  globalData: {
    userInfo: null,
    authorized: false,
    'device-sn': '',
    version,
  },

  onLaunch(options) {
    const { scene, query = {} } = options || {}
    this.scene = scene
    wx.getSystemInfo({
      success: (res) => {
        this.globalData.platform = res.platform
        this.globalData.isIPhoneX = /iPhone X/i.test(res.model) || res.safeArea?.top > 20
      },
    })
    if (query['sn']) this.globalData['device-sn'] = query['sn']
    auth.login().then(user => { this.globalData.userInfo = user })['catch'](console.error)
  },

  onShow: function () {
    const update = wx.getUpdateManager && wx.getUpdateManager()
    update && update.onUpdateReady(() => update.applyUpdate())
  },

  /* 分享 */ onError(msg) { console.log('出错了: ' + msg + "！") },
})
