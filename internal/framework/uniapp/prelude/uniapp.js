// uni-app: the object uni, and components as Vue makes them.
const vue = require('vue.js');

const bus = $$platform('Bus')();
// On Vue 2 what a function returns is fulfilled with a pair.
const uni = Object.create($$host('uni', $$vueVersion() === 2 ? 'pairs' : ''));
for (const name of ['$on', '$once', '$off', '$emit']) uni[name] = (...args) => { bus[name](...args); };

// interceptors are given what functions return: the one of their name, or all.
const interceptors = [];
function intercepted(name, call) {
  let v = call();
  for (const i of interceptors) if (i.name === undefined || i.name === name) v = i.f(v);
  return v;
}
uni.addInterceptor = (name, handlers) => {
  const all = typeof name !== 'string', of = all ? name : handlers;
  if (of === null || typeof of !== 'object') return;
  if (typeof of.returnValue === 'function') {
    interceptors.push({ name: all ? undefined : name, f: of.returnValue });
    $$intercepts('uni', intercepted);
  }
  for (const f of [of.invoke, of.success, of.fail, of.complete]) if (typeof f === 'function') $$later(() => { f($$input('intercepted', 'object')); });
};
uni.removeInterceptor = () => {};
globalThis.uni = uni;
Object.assign(globalThis, vue.macros);

const hooks = {};
for (const name of ['onLaunch', 'onShow', 'onHide', 'onLoad', 'onInit', 'onReady', 'onUnload', 'onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onResize', 'onTabItemTap', 'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites', 'onSaveExitState', 'onError', 'onPageNotFound', 'onUnhandledRejection', 'onThemeChange', 'onBackPress', 'onNavigationBarButtonTap', 'onNavigationBarSearchInputChanged', 'onExit']) hooks[name] = vue.hook(name);

module.exports = Object.assign(hooks, { load: vue.load, main: vue.main, make: vue.make });
