// wepy: the object wepy, which hands on the platform's functions, and pages that are options or classes.
const vue = require('vue.js');

const settle = v => typeof v === 'string' ? { url: v } : v;
const raise = vue.prototype.$emit;

Object.assign(vue.prototype, {
  // An event comes to the handlers that the template names, and to the functions that those around it have for it in their events.
  $emit(name, ...args) {
    $$raise(this, name, args);
    for (let at = $$owner(this), n = 0; $$followed(at) && n < 8; at = $$owner(at), n++) {
      const f = at.$events && at.$events[name];
      if (typeof f === 'function') f.apply(at, args);
    }
  },
  $trigger(name, ...args) { raise.call(this, name, ...args); },
  $apply(f) { if (typeof f === 'function') f.call(this); },
  $invoke(child, method, ...args) {
    const found = typeof child === 'string' ? $$selected(this, '~' + child) : child;
    const f = found[method] || found.$methods && found.$methods[method];
    return f.apply(found, args);
  },
  $navigate(to) { wx.navigateTo(settle(to)); }, $redirect(to) { wx.redirectTo(settle(to)); }, $switch(to) { wx.switchTab(settle(to)); }, $relaunch(to) { wx.reLaunch(settle(to)); },
  $back() {},
});
for (const name of ['$parent', '$app']) Object.defineProperty(vue.prototype, name, { configurable: true, get() { return name === '$app' || !$$followed($$owner(this)) ? getApp() : $$owner(this); } });
Object.defineProperty(vue.prototype, '$root', { configurable: true, get() { return $$followed($$owner(this)) ? $$owner(this) : this; } });
for (const name of ['$wx', '$wxpage', '$wxapp']) Object.defineProperty(vue.prototype, name, { configurable: true, get() { return this; } });

vue.table.events = (r, of) => { Object.defineProperty(r.instance, '$events', { value: of }); };
vue.settings.prepare = of => typeof of === 'function' && !of.options ? fields(of) : of;

// fields are the members of a class, as options: its methods that are no lifecycle functions are methods, too.
function fields(c) {
  const out = {}, outer = collecting;
  collecting = Object.create(vue.current().instance);
  const made = new c();
  collecting = outer;
  for (const name of Object.keys(made)) out[name] = made[name];
  for (let at = c.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      const v = at[name];
      if (name !== 'constructor' && name !== 'use' && name !== 'intercept' && !Object.hasOwn(out, name) && typeof v === 'function') out[name] = v;
    }
  }
  return out;
}

// The base classes of version 1 construct what fields are collected on.
let collecting;
class app { constructor() { if (collecting) return collecting; } }
class page extends app {}
class component extends app {}
class mixin extends app {}
vue.prototype.use = function (addition) { if (addition === 'promisify') host = $$host('wepy', 'promises'); };
vue.prototype.intercept = function () {};
app.prototype.use = vue.prototype.use;
app.prototype.intercept = vue.prototype.intercept;

const asynchronous = {};
const promisify = {};

let host = $$host('wepy');
function use(plugin, ...args) {
  if (plugin === promisify) { host = $$host('wepy', 'promises'); return; }
  const install = typeof plugin === 'function' ? plugin : plugin && plugin.install;
  if (typeof install === 'function') install.call(plugin, wepy, ...args);
}

function promised(f) { return options => new Promise((resolve, reject) => { f(Object.assign({}, options, { success: resolve, fail: reject })); }); }

const own = {
  use, promisify: promised, get wx() { return host; }, mixin(options) { vue.mixins.push({ options, kinds: ['page', 'component'] }); },
  app: vue.declare, page: vue.declare, component: vue.declare, nextTick: f => Promise.resolve().then(f), set(object, key, v) { object[key] = v; },
};
const handing = of => new Proxy(of, {
  get(from, name) { return name in from ? from[name] : host[name]; },
  set(from, name, v) { from[name] = v; return true; },
});
const wepy = handing(own);
const classes = handing(Object.assign(Object.create(own), { app, page, component, mixin }));

function exported(v) {
  const out = { default: v };
  Object.defineProperty(out, '__esModule', { value: true });
  return $$package(out);
}

function make(unit, kind, of, locals) {
  if (kind === 'app' && typeof of === 'function') host = $$host('wepy', 'callbacks');
  return vue.make(unit, kind, of, locals);
}

module.exports = { core: exported(wepy), classes: exported(classes), promisify: exported(promisify), asynchronous: exported(asynchronous), load: vue.load, make };
