// uni-app: the object uni, and components as Vue makes them.
const vue = require('vue.js');

const bus = $$platform('Bus')();
const uni = Object.create($$host('uni'));
for (const name of ['$on', '$once', '$off', '$emit']) uni[name] = (...args) => { bus[name](...args); };
uni.addInterceptor = () => {};
uni.removeInterceptor = () => {};
globalThis.uni = uni;
Object.assign(globalThis, vue.macros);

const hooks = {};
for (const name of ['onLaunch', 'onShow', 'onHide', 'onLoad', 'onInit', 'onReady', 'onUnload', 'onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onResize', 'onTabItemTap', 'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites', 'onSaveExitState', 'onError', 'onPageNotFound', 'onUnhandledRejection', 'onThemeChange', 'onBackPress', 'onNavigationBarButtonTap', 'onNavigationBarSearchInputChanged', 'onExit']) hooks[name] = vue.hook(name);

module.exports = Object.assign(hooks, { load: vue.load, main: vue.main, make: vue.make });
