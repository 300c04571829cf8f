var self = this, undefined_;
function Call(o) { if (o == null) o = undefined; this.o = o; return this }
Call.prototype = { constructor: Call, 'join': function () { return this.o && (this.o.openid, this.o["openid"]) || null }, 2: 'two', .5: 'half', 0x1f: 'hex' };
Call.prototype.each = function (fn) { for (var i = 0, n = this.o.length; i < n; ++i) { if (fn.call(this, this.o[i], i) === false) { break } } return this };
with (Math) { var r = cos(PI) }
switch (self) { case 1: { r = 1 } case 2: r = 2; break; default: r = 010 + 0xFF }
a: b: for (;;) { break a }
var t = new Date, u = new Date().getTime(), v = new (Call.bind(null))(1), w = new Call.Sub.Type(2).x;
throw (new Error('x' + 1 + "y")), 1
