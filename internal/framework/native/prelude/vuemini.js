// The package @vue-mini/core: pages and components of the platform whose members a setup function returns, refs among the data and functions among the methods.
// Source: vuemini.org.
const reactivity = require('reactivity.js');
const { isRef, unref, ref, computed, reactive, toRef, toRefs } = reactivity;

// current is what is being set up: hooks that are registered then belong to it, and instance is what its functions were called on last.
let current;

const life = {
  app: ['onLaunch', 'onShow', 'onHide', 'onError', 'onPageNotFound', 'onUnhandledRejection', 'onThemeChange'],
  page: ['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload', 'onRouteDone', 'onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites', 'onResize', 'onTabItemTap', 'onSaveExitState'],
};
// What components call some of them by, in their lifetimes and those of the page around them.
const lifetimes = { onAttach: 'attached', onReady: 'ready', onMove: 'moved', onDetach: 'detached', onError: 'error' };
const pageLifetimes = { onShow: 'show', onHide: 'hide', onResize: 'resize', onRouteDone: 'routeDone' };

function hook(name) { return f => { if (current && typeof f === 'function') (current.hooks[name] || (current.hooks[name] = [])).push(f); }; }

// called makes a function of an instance one that tells which instance it is.
function called(unit, f) {
  return function (...args) {
    unit.instance = this;
    return f.apply(this, args);
  };
}

// setUp runs a setup function and puts what it returns, and the hooks that it registers, into options.
function setUp(of, kind) {
  const { setup, ...options } = typeof of === 'function' ? { setup: of } : of;
  if (typeof setup !== 'function') return options;
  const unit = { hooks: {}, instance: undefined }, outer = current;
  current = unit;
  const context = new Proxy({}, { get(of, name) {
    if (name in of) return of[name];
    const own = unit.instance && unit.instance[name];
    return typeof own === 'function' ? own.bind(unit.instance) : own === undefined ? $$input('context', '') : own;
  } });
  for (const name of ['triggerEvent', 'setData', 'selectComponent', 'selectOwnerComponent', 'getOpenerEventChannel']) {
    Object.defineProperty(context, name, { value: (...args) => unit.instance && unit.instance[name](...args) });
  }
  const given = kind === 'component' ? new Proxy({}, { get(_, name) { return unit.instance ? unit.instance.data[name] : $$input('property', ''); } }) : $$input('query', 'object');
  let made;
  try { made = setup(given, context); } finally { current = outer; }
  const methods = kind === 'component' ? { ...options.methods } : options, data = { ...options.data };
  for (const name of Object.keys(made || {})) {
    const v = made[name];
    if (typeof v === 'function') methods[name] = called(unit, v);
    else Object.defineProperty(data, name, { enumerable: true, configurable: true, get: () => unref(v), set: x => { if (isRef(v)) v.value = x; } });
  }
  options.data = data;
  if (kind === 'component') options.methods = methods;
  for (const name of Object.keys(unit.hooks)) {
    const own = options[name], list = unit.hooks[name];
    const run = called(unit, function (...args) {
      if (typeof own === 'function') own.apply(this, args);
      let out;
      for (const f of list) out = f.apply(this, args);
      return out;
    });
    if (kind !== 'component') options[name] = run;
    else if (name in lifetimes) options.lifetimes = { ...options.lifetimes, [lifetimes[name]]: run };
    else if (name in pageLifetimes) options.pageLifetimes = { ...options.pageLifetimes, [pageLifetimes[name]]: run };
    else options.methods[name] = run;
  }
  return options;
}

// watch runs a function some time with what it watches: whether that changes is not known.
function watch(source, f) {
  $$later(() => { f(typeof source === 'function' ? source() : unref(source), undefined, () => {}); });
  return () => {};
}

const provisions = new Map();
const out = {
  createApp(of) { App(setUp(of, 'app')); },
  definePage(of, config) { Page(setUp(of, 'page')); },
  defineComponent(of, config) { Component(setUp(of, 'component')); },
  ref, shallowRef: ref, computed, reactive, shallowReactive: reactive, readonly: x => x, toRaw: x => x, markRaw: x => x, isRef, unref, toRef, toRefs, toValue: v => typeof v === 'function' ? v() : unref(v),
  watch, watchEffect: f => { $$later(() => { f(() => {}); }); return () => {}; }, nextTick: f => Promise.resolve().then(f),
  provide(key, v) { provisions.set(key, v); }, inject: (key, otherwise) => provisions.has(key) ? provisions.get(key) : otherwise,
  getCurrentInstance: () => current, effectScope: () => ({ run: f => f(), stop() {} }),
};
out.watchPostEffect = out.watchSyncEffect = out.watchEffect;
for (const name of new Set([...life.app.filter(name => !life.page.includes(name)), ...life.page, ...Object.keys(lifetimes), ...Object.keys(pageLifetimes)])) out[name] = hook(name);
for (const name of ['onLaunch', 'onShow', 'onHide', 'onError', 'onPageNotFound', 'onUnhandledRejection', 'onThemeChange']) out['onApp' + name.slice(2)] = hook(name);
Object.defineProperty(out, '__esModule', { value: true });
module.exports = $$package(out);
