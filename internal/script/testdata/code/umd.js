!function (root, factory) {
  "object" == typeof exports && "undefined" != typeof module ? module.exports = factory() : "function" == typeof define && define.amd ? define(factory) : (root = root || self).Voip = factory();
}(this, function () {
  'use strict';
  var _extends = Object.assign || function (target) {
    for (var i = 1; i < arguments.length; i++) { var source = arguments[i]; for (var key in source) if (Object.prototype.hasOwnProperty.call(source, key)) target[key] = source[key]; }
    return target;
  };
  function Voip(options) { if (!(this instanceof Voip)) return new Voip(options); _extends(this, options) }
  Voip.prototype.enable = function enable() {
    var self = this;
    return new Promise(function (resolve, reject) {
      wx.setEnable1v1Chat({ enable: !0, success: function () { self.enabled = true, resolve() }, fail: reject });
    });
  };
  var i = 0;
  with_: { if (i) break with_; else i = void 0 }
  return Voip;
});
