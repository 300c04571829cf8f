Component({
  options: { multipleSlots: true, styleIsolation: 'apply-shared' },
  behaviors: ['wx://form-field', require('../../behaviors/auth')],
  properties: { openid: { type: String, value: '', observer(n) { n && this.prepare(n) } }, sns: Array, max: { type: Number, value: 9 } },
  observers: { 'openid, nickname': function (openid, nickname) { this.setData({ ready: Boolean(openid && nickname) }) }, 'list[0].**'(item) { item } },
  lifetimes: { attached() { this._off = getApp().bus.on('grant', (ok) => ok ? this.enable() : this.refuse()) }, detached() { this._off?.() } },
  pageLifetimes: { show: () => {}, hide: null },
  methods: {
    prepare(id) { wx.authorize({ scope: 'scope.record', success: () => wx.authorize({ scope: 'scope.camera', success: () => this.enable(id), fail: this.refuse.bind(this) }), fail: this.refuse.bind(this) }) },
    enable: wx.canIUse('setEnable1v1Chat') ? function () { wx.setEnable1v1Chat({ enable: true }) } : () => {},
    refuse() { const that = this; wx.showModal({ title: '提示', content: '需要授权', success({ confirm }) { if (confirm) wx.openSetting({ success(res) { that.setData({ ok: !!res.authSetting['scope.record'] && res.authSetting["scope.camera"] }) } }) } }) },
    get dynamic() { return this['on' + this.data.kind] }, set dynamic(v) {},
  },
})
