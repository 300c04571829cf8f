Component({
    options: { multipleSlots: true, styleIsolation: 'apply-shared' },
    behaviors: ['wx://form-field', require('../../behaviors/auth')],
    properties: { openid: { type: String, value: '', observer: function (n) { n && this.prepare(n); } }, sns: Array, max: { type: Number, value: 9 } },
    observers: { 'openid, nickname': function (openid, nickname) { this.setData({ ready: Boolean(openid && nickname) }); }, 'list[0].**': function (item) { item; } },
    lifetimes: { attached: function () {
            var _this = this;
            this._off = getApp().bus.on('grant', function (ok) { return ok ? _this.enable() : _this.refuse(); });
        }, detached: function () { var _a; (_a = this._off) === null || _a === void 0 ? void 0 : _a.call(this); } },
    pageLifetimes: { show: function () { }, hide: null },
    methods: {
        prepare: function (id) {
            var _this = this;
            wx.authorize({ scope: 'scope.record', success: function () { return wx.authorize({ scope: 'scope.camera', success: function () { return _this.enable(id); }, fail: _this.refuse.bind(_this) }); }, fail: this.refuse.bind(this) });
        },
        enable: wx.canIUse('setEnable1v1Chat') ? function () { wx.setEnable1v1Chat({ enable: true }); } : function () { },
        refuse: function () { var that = this; wx.showModal({ title: '提示', content: '需要授权', success: function (_a) {
                var confirm = _a.confirm;
                if (confirm)
                    wx.openSetting({ success: function (res) { that.setData({ ok: !!res.authSetting['scope.record'] && res.authSetting["scope.camera"] }); } });
            } }); },
        get dynamic() { return this['on' + this.data.kind]; }, set dynamic(v) { },
    },
});
