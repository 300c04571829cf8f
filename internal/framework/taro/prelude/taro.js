// Taro: the object Taro, whose functions return promises, and the hooks of pages. Pages and the app are components of React, or of Vue.
const vue = require('vue.js');
const { react, called, referred, register, act, hook, life } = require('react.js');

life.push('componentDidShow', 'componentDidHide', 'onLaunch', 'onLoad', 'onShow', 'onReady', 'onHide', 'onUnload', 'onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onResize', 'onTabItemTap', 'onAddToFavorites', 'onSaveExitState', 'onShareAppMessage', 'onShareTimeline', 'onError', 'onPageNotFound', 'onUnhandledRejection', 'onThemeChange');

vue.addLife(['componentDidShow', 'componentDidHide']);
Object.assign(globalThis, vue.macros, { process: { env: $$open({ TARO_ENV: 'weapp', UNI_PLATFORM: undefined }) }, defineAppConfig: x => x, definePageConfig: x => x });

const taro = $$host('Taro', 'promised');
const kinds = {};
for (const kind of ['WEAPP', 'WEB', 'RN', 'SWAN', 'ALIPAY', 'TT', 'QQ', 'JD']) kinds[kind] = kind;

const Bus = $$platform('Bus');
const instance = () => ({ app: null, router: { params: $$input('params', 'object'), path: $$input('path', 'string') }, page: $$input('page', 'object'), onShow: null });
const useRouter = () => instance().router;

const own = {
  ENV_TYPE: kinds, getEnv: () => 'WEAPP', eventCenter: Bus(), Events: Bus, getCurrentInstance: instance, useRouter, getApp: () => getApp(), getCurrentPages: () => getCurrentPages(), $$router: instance,
  Component: react.Component, PureComponent: react.PureComponent, pxTransform: x => $$input('pxTransform', 'string'), initPxTransform() {}, addInterceptor() {}, cleanInterceptors() {}, preload() {},
};
for (const name of ['useState', 'useEffect', 'useLayoutEffect', 'useReducer', 'useCallback', 'useMemo', 'useRef', 'useContext', 'createContext', 'useImperativeHandle', 'memo']) own[name] = react[name];
for (const name of ['useLaunch', 'useLoad', 'useReady', 'useUnload', 'useDidShow', 'useDidHide', 'usePullDownRefresh', 'useReachBottom', 'usePageScroll', 'useResize', 'useTabItemTap', 'useTitleClick', 'useOptionMenuClick', 'usePullIntercept', 'useAddToFavorites', 'useSaveExitState', 'useError', 'usePageNotFound', 'useUnhandledRejection', 'useShareAppMessage', 'useShareTimeline', 'useThemeChange']) {
  const ofReact = hook(name), ofVue = vue.hook(name);
  own[name] = f => { ofReact(f); ofVue(f); };
}
for (const name of Object.keys(own)) taro[name] = own[name];
globalThis.Taro = taro;

// wrapper shows a component that something wraps which is not known: whether it shows it, and what was established before, is not known either.
function wrapper(inner, by) {
  return props => {
    $$doubt(by);
    return { site: 'wrapped', type: inner, props };
  };
}

// make makes the app and pages of components.
let App;

function make(unit, kind, exported, locals) {
  const inner = $$wrapped(exported);
  if (inner) exported = wrapper(inner, exported);
  if (!$$component(exported) || exported.prototype instanceof vue.Vue) return vue.make(unit, kind, exported, locals);
  if (kind === 'app') App = exported;
  if (kind === 'component') return undefined;
  register(unit, exported, kind === 'page' ? App : undefined);
  return { instance: {}, scope: {}, open: false, entries: [] };
}

module.exports = { taro, called, referred, act, make, load: vue.load, main: vue.main };
