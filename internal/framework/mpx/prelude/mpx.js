// mpx: options like Vue's in the platform's own form, and the object mpx, which hands on the platform's functions.
const vue = require('vue.js');
const api = require('package.js');
const store = require('mpxstore.js');

// What instances have of the platform's own.
Object.assign(vue.prototype, {
  triggerEvent(name, detail, how) { $$trigger(this, name, detail, how); },
  setData(patch, done) {
    $$platform('write')({ data: this }, patch);
    if (typeof done === 'function') $$later(done.bind(this));
  },
  selectComponent(selector) { return $$selected(this, selector); },
  selectAllComponents(selector) { return [$$selected(this, selector)]; },
  createSelectorQuery() { return $$input('selector query', 'object'); },
  getOpenerEventChannel() { return $$platform('channel'); },
  $forceUpdate(patch, done) { if (patch) $$platform('write')({ data: this }, patch); if (typeof done === 'function') $$later(done); },
});

Object.assign(vue.table, {
  properties: (r, of) => vue.table.props(r, of),
  observers: (r, of) => {
    for (const names of Object.keys(of || {})) vue.during(r, () => { vue.watch(r.instance, names.split(',').map(name => name.trim().replace('.**', '')), of[names]); });
  },
  lifetimes: (r, of) => { for (const name of Object.keys(of || {})) r.hooks.push([name, of[name]]); },
  pageLifetimes: (r, of) => { for (const name of Object.keys(of || {})) r.hooks.push(['pageLifetimes.' + name, of[name]]); },
});
vue.lists.push('behaviors');
vue.settings.methodsLive = true;
vue.settings.onlyExposed = true;
vue.settings.context = r => {
  const instance = r.instance;
  return { triggerEvent: instance.triggerEvent.bind(instance), selectComponent: instance.selectComponent.bind(instance), selectAllComponents: instance.selectAllComponents.bind(instance), forceUpdate() {} };
};

// register is createPage and the like: the options are those of the unit that is loaded.
const register = options => { vue.declare(options); };

let host = $$host('mpx');
const promised = $$host('promised', 'promised');
const apiProxy = () => {};

const own = {
  use(plugin, options) {
    if (plugin === apiProxy) { if (options && options.usePromise) host = $$host('mpx', 'promised'); return mpx; }
    const install = typeof plugin === 'function' ? plugin : plugin && plugin.install;
    if (typeof install === 'function') install.call(plugin, mpx, options, mpx);
    return mpx;
  },
  mixin: mixInto, injectMixins: mixInto, prototype: vue.prototype, observable: api.reactive, watch: api.watch, isRef: api.isRef,
  set(object, key, v) { object[key] = v; }, delete(object, key) { delete object[key]; },
  config: $$input('config', 'object'), i18n: $$input('i18n', 'object'), xfetch: $$input('xfetch', 'object'),
};
const mpx = new Proxy(own, {
  get(of, name) { return name in of ? of[name] : host[name]; },
  set(of, name, v) { of[name] = v; return true; },
});

function mixInto(mixins, types) {
  const of = types && types.types || types, kinds = of ? [].concat(of) : ['page', 'component'];
  for (const mixin of [].concat(mixins)) vue.mixins.push({ options: mixin, kinds });
  return mpx;
}

const same = v => v;
const core = Object.assign({}, api, {
  createPage: register, createComponent: register, createApp: register, getMixin: same, toPureObject: same, useI18n: () => $$input('i18n', 'object'),
  ...store, useContext() { const r = vue.current(); return r && vue.context(r); }, default: mpx,
});
for (const name of ['onLoad', 'onShow', 'onHide', 'onUnload', 'onResize', 'onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites', 'onTabItemTap', 'onSaveExitState', 'onLaunch', 'onError', 'onPageNotFound', 'onThemeChange']) core[name] = vue.hook(name);
Object.defineProperty(core, '__esModule', { value: true });

// The plugin apiProxy exports the platform's functions, too.
const proxy = Object.create($$host('wx'));
Object.assign(proxy, { getProxy: options => options && options.usePromise ? promised : $$host('wx'), promisify: () => promised, default: apiProxy });
Object.defineProperty(proxy, '__esModule', { value: true });

globalThis.__mpx_mode__ = 'wx';
globalThis.mpx = mpx;
globalThis.process = { env: $$open({ NODE_ENV: 'production' }) };
Object.assign(globalThis, vue.macros, { useContext: core.useContext });

module.exports = { core: $$package(core), api: proxy, load: vue.load, make: vue.make };
