// The base classes of wepy 1: an app tells which of the framework's additions it uses.
function app() { __wepy('app') }
app.prototype.use = function (addition) { __wepy(addition) }
app.prototype.intercept = function () {}
function page() {}
function component() {}
function mixin() {}
module.exports = { app: app, page: page, component: component, mixin: mixin }
