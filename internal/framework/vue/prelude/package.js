// What the package vue exports: the composition API of version 3, and by default the constructor of version 2.
const vue = require('vue.js');
const reactivity = require('reactivity.js');
const { isRef, unref, ref, computed, reactive, toRef, toRefs } = reactivity;

const same = v => v;

function watch(source, f, options) { return vue.watch(vue.instance(), source, f, options); }

// watchEffect is a watcher that runs at once, whatever it reads.
function watchEffect(f) { return vue.watch(vue.instance(), () => undefined, () => f(() => {}), { immediate: true }); }

// application is what createApp returns, and Vue itself: what is said there holds for every instance.
function application(of) {
  const app = of || {};
  Object.assign(app, {
    use(plugin, ...args) {
      const install = typeof plugin === 'function' ? plugin : plugin && plugin.install;
      if (typeof install === 'function') install.call(plugin, app, ...args);
      return app;
    },
    mixin(options) { vue.mixins.push({ options, kinds: ['app', 'page', 'component'] }); return app; },
    provide(key, v) { vue.provide(key, v); return app; },
    component() { return app; }, directive() { return app; }, filter() { return app; }, mount() { return app; },
  });
  app.config = { globalProperties: vue.prototype };
  return app;
}

const Vue = vue.Vue;
application(Vue);
Vue.extend = options => options;
Vue.set = (object, key, v) => { object[key] = v; return v; };
Vue.delete = (object, key) => { delete object[key]; };
Vue.nextTick = f => vue.prototype.$nextTick(f);
Vue.observable = reactive;

function createApp(options) { const app = application(); app.options = options; return app; }

const out = {
  ref, shallowRef: ref, reactive, shallowReactive: reactive, readonly: same, shallowReadonly: same, toRaw: same, markRaw: same, computed, isRef, unref, toRef, toRefs,
  toValue: v => typeof v === 'function' ? v() : unref(v), isReactive: () => $$input('isReactive', 'boolean'), isProxy: () => $$input('isProxy', 'boolean'),
  customRef(f) { const { get, set } = f(() => {}, () => {}); return reactivity.accessor(get, set); }, triggerRef() {},
  watch, watchEffect, watchPostEffect: watchEffect, watchSyncEffect: watchEffect, effectScope: () => ({ run: f => f(), stop() {} }), onScopeDispose() {},
  nextTick: f => typeof f === 'function' ? Promise.resolve().then(f) : Promise.resolve(),
  provide: vue.provide, inject: vue.inject, defineComponent: same, defineAsyncComponent: same,
  getCurrentInstance() {
    const instance = vue.instance();
    return instance && { proxy: instance, ctx: instance, appContext: { config: { globalProperties: vue.prototype }, app: Vue }, emit: (name, ...args) => { $$raise(instance, name, args); } };
  },
  useSlots: () => $$input('slots', 'object'), useAttrs: () => $$input('attrs', 'object'),
  useTemplateRef(name) { const r = vue.current(); return reactivity.accessor(() => r ? r.instance.$refs[name] : undefined); },
  h: () => ({}), createApp, createSSRApp: createApp, Vue, ...vue.macros,
};
for (const name of Object.keys(vue.composed)) out[name] = vue.hook(vue.composed[name]);
out.default = Vue;
Object.defineProperty(out, '__esModule', { value: true });
module.exports = $$package(out);
