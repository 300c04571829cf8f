// How Vue makes components of their options, classes and setup functions: all of them by one table, table, of what each option says.
// $$ functions are the platform's.
const reactivity = require('reactivity.js');
const { isRef, unref } = reactivity;

// prototype is what every instance inherits: Vue.prototype, or globalProperties.
const prototype = {
  $emit(name, ...args) { $$raise(this, name, args); },
  $nextTick(f) {
    const ticked = Promise.resolve();
    return typeof f === 'function' ? ticked.then(() => { f.call(this); }) : ticked;
  },
  $forceUpdate() {},
  $set(object, key, value) { object[key] = value; return value; },
  $delete(object, key) { delete object[key]; },
  $watch(source, f, options) { return watch(this, source, f, options); },
  $on() { return this; }, $once() { return this; }, $off() { return this; }, $destroy() {},
};

// What instances have that is not followed: texts of vue-i18n, what only the page shows, and what makes requests. Of other names that plugins add, which are not
// followed, nothing is known.
for (const name of ['$t', '$tc', '$te', '$d', '$n', '$tm', '$rt']) prototype[name] = () => $$input(name, 'string');
const opaque = ['$i18n', '$el', '$root', '$slots', '$scopedSlots', '$attrs', '$listeners', '$scope', '$mp', '$page', '$vnode', '$children', '$http', '$axios', '$request', '$fetch', '$ajax', '$api', '$u'];
Object.defineProperty(prototype, '$parent', { configurable: true, get() { return $$owner(this); }, set() {} });
Object.setPrototypeOf(prototype, new Proxy(Object.prototype, {
  get(of, name) {
    if (typeof name !== 'string' || name.length < 2 || name[0] !== '$') return of[name];
    return opaque.includes(name) ? $$input(name, '') : $$unknown('this.' + name);
  },
}));

// current is the unit that is loaded or made: what registers itself then belongs to it.
let current;

// A template calls the functions of instances by their names alone.
const bare = ['$emit', '$set', '$delete', '$nextTick', '$forceUpdate'];

function record(unit, kind) {
  const instance = Object.create(prototype);
  for (const name of bare) Object.defineProperty(instance, name, { value: prototype[name].bind(instance), configurable: true, writable: true });
  return { unit, kind, hooks: [], watchers: [], props: undefined, exposed: undefined, declared: undefined, open: false, instance };
}

const records = {};

// life are the names of lifecycle functions, by kind of unit.
const life = { app: new Set($$life('app')), page: new Set($$life('page')), component: new Set($$life('component')) };
const isLife = name => life.app.has(name) || life.page.has(name) || life.component.has(name);
function addLife(names) { for (const name of names) for (const kind of Object.keys(life)) life[kind].add(name); }

function load(unit, kind, top) {
  const outer = current;
  current = records[unit] = record(unit, kind);
  let done;
  try { done = top(); } finally { current = outer; }
  // What waits at its top level is shown once it has come to its end.
  if (done !== null && typeof done === 'object' && typeof done.then === 'function') {
    $$settingUp(unit);
    done.then(() => { $$isSetUp(unit); });
  }
}

// during runs f with a unit being made.
function during(r, f) {
  const outer = current;
  current = r;
  try { return f(); } finally { current = outer; }
}

// hook registers a function of the lifecycle; others are what the composition API calls some of them by.
function hook(name) {
  return f => { if (current && typeof f === 'function') current.hooks.push([name, f]); };
}

const composed = {
  onBeforeMount: 'beforeMount', onMounted: 'mounted', onBeforeUpdate: 'beforeUpdate', onUpdated: 'updated', onBeforeUnmount: 'beforeUnmount', onUnmounted: 'unmounted',
  onActivated: 'activated', onDeactivated: 'deactivated', onErrorCaptured: 'errorCaptured',
};

// watch registers a watcher: what it watches is looked at whenever something may have changed.
function watch(instance, source, f, options) {
  const handler = f !== null && typeof f === 'object' ? f.handler : f;
  const how = f !== null && typeof f === 'object' ? f : options || {};
  if (current) current.watchers.push({ instance, source, f: handler, deep: !!how.deep, immediate: !!how.immediate });
  return () => {};
}

function look(instance, source) {
  if (typeof source === 'string') {
    let at = instance;
    for (const part of source.split('.')) {
      if (at === null || at === undefined) return undefined;
      at = at[part];
    }
    return at;
  }
  if (typeof source === 'function') return source.call(instance);
  if (Array.isArray(source)) return source.map(x => look(instance, x));
  return unref(source);
}

// watched runs a watcher whose source is not what it was in the beginning.
function watched(w) {
  const is = look(w.instance, w.source);
  if (!w.immediate && !(is !== null && typeof is === 'object') && Object.is(is, w.before)) return;
  const f = typeof w.f === 'string' ? w.instance[w.f] : w.f;
  if (typeof f === 'function') f.call(w.instance, is, w.before, () => {});
}

// each calls f for each own name of an object.
function each(of, f) {
  if (of !== null && (typeof of === 'object' || typeof of === 'function')) for (const name of Object.keys(of)) f(name, of[name]);
}

// table tells what each option of a component says: (record, what the option holds, the options). They are taken in its order.
const table = {
  inject(r, injected) {
    const names = Array.isArray(injected) ? Object.fromEntries(injected.map(name => [name, name])) : injected;
    each(names, (name, from) => {
      const key = from !== null && typeof from === 'object' ? ('from' in from ? from.from : name) : from;
      Object.defineProperty(r.instance, name, { configurable: true, enumerable: true, get() { return inject(key); }, set() {} });
    });
  },
  props(r, props) { declareProps(r, props); },
  setup(r, setup) {
    if (typeof setup !== 'function') return;
    $$stage('setup', setup);
    const given = during(r, () => setup(r.props || props(r, undefined), context(r)));
    if (given !== null && typeof given === 'object') adopt(r, given);
  },
  methods(r, methods) { each(methods, (name, f) => { method(r, name, f); }); },
  data(r, data) {
    if (typeof data === 'function') $$stage('data', data);
    const of = typeof data === 'function' ? data.call(r.instance, r.instance) : data;
    reactivity.fields(r.instance, of);
  },
  computed(r, computed) { each(computed, (name, of) => { computedField(r.instance, name, of); }); },
  watch(r, watches) {
    each(watches, (source, f) => { for (const one of [].concat(f)) during(r, () => { watch(r.instance, source, one); }); });
  },
  provide(r, provided) {
    each(typeof provided === 'function' ? provided.call(r.instance) : provided, (name, v) => { provide(name, v); });
  },
  globalData(r, data) { r.instance.globalData = data; },
};

const lists = ['mixins', 'extends'];
const apart = { name: true, components: true, filters: true, directives: true, emits: true, config: true, options: true, template: true, render: true, model: true, inheritAttrs: true, externalClasses: true };

// options takes the options of a component. What is mixed in comes first, so that the component's own members win.
function options(r, of) {
  if (!$$followed(of)) { r.open = true; return; }
  of = settings.prepare(of);
  if (typeof of === 'function' && of.options) of = of.options; // a class
  if (of === null || typeof of !== 'object') return;
  for (const name of lists) for (const mixed of [].concat(of[name] || [])) options(r, mixed);
  for (const name of Object.keys(table)) if (name in of) table[name](r, of[name], of);
  for (const name of Object.keys(of)) {
    if (name in table || lists.includes(name) || name in apart) continue;
    const v = of[name];
    if (!isLife(name)) method(r, name, v);
    else for (const f of [].concat(v)) if (typeof f === 'function') r.hooks.push([name, f]);
  }
}

function method(r, name, f) {
  if (typeof f !== 'function') { r.instance[name] = f; return; }
  r.instance[name] = f.bind(r.instance);
  if (settings.methodsLive && r.kind === 'page' && isLife(name)) r.hooks.push([name, f]);
}

function computedField(instance, name, of) {
  const get = typeof of === 'function' ? of : of && of.get, set = of && of.set;
  Object.defineProperty(instance, name, {
    configurable: true, enumerable: true,
    get() { return typeof get === 'function' ? get.call(instance, instance) : get; },
    set(v) { if (typeof set === 'function') set.call(instance, v); },
  });
}

// declareProps makes properties of what a component's users hand over.
function declareProps(r, declared) {
  const from = props(r, declared);
  each(from, name => {
    Object.defineProperty(r.instance, name, { configurable: true, enumerable: true, get() { return from[name]; }, set(v) { from[name] = v; } });
  });
}

// props is the object of a component's properties. Those that are declared as a type are not known by name: any may be asked for.
function props(r, declared) {
  const known = {};
  const names = Array.isArray(declared) ? Object.fromEntries(declared.map(name => [name, null])) : declared || {};
  each(names, (name, of) => { property(r, known, name, of); });
  r.props = declared === undefined ? new Proxy(known, {
    get(of, name) {
      if (typeof name !== 'string' || name in of) return of[name];
      const v = $$handed(r.unit, name, undefined);
      return v === '' ? true : v;
    },
  }) : known;
  return r.props;
}

// openProps makes an instance one that has properties which nobody knows by name.
function openProps(r) {
  const from = props(r, undefined);
  r.open = true;
  Object.setPrototypeOf(r.instance, new Proxy(prototype, {
    get(of, name) { return name in of ? of[name] : from[name]; },
  }));
}

// property is one that the component's users hand over.
function property(r, into, name, of) {
  Object.defineProperty(into, name, {
    configurable: true, enumerable: true,
    get() { const v = $$handed(r.unit, name, fallback(of)); return v === '' && isBoolean(of) ? true : v; },
    set() {},
  });
}

// isBoolean reports whether a property is on where it has no value.
function isBoolean(of) {
  const type = of !== null && typeof of === 'object' && !Array.isArray(of) ? of.type : of;
  return type === Boolean || Array.isArray(type) && type[0] === Boolean;
}

function fallback(of) {
  if (of !== null && typeof of === 'object' && !Array.isArray(of)) {
    if ('default' in of) return typeof of.default === 'function' && of.type !== Function ? of.default() : of.default;
    of = of.type;
  }
  return of === Boolean ? false : undefined;
}

// adopt gives an instance what a setup function returns, or the names of a <script setup>. A ref is what it holds.
function adopt(r, from) {
  for (const name of Object.keys(from)) {
    const v = from[name], definite = $$definite(v);
    if (definite && typeof v === 'function') { r.instance[name] = v; continue; }
    if (definite && isRef(v) && $$definite(v.value) && v.value === null) refer(r, name, v);
    Object.defineProperty(r.instance, name, {
      configurable: true, enumerable: true,
      get() { return unref(from[name]); },
      set(x) { if (isRef(from[name])) from[name].value = x; else from[name] = x; },
    });
  }
}

// refer gives a ref that the template names what it then holds: ref="panel" and const panel = ref(null).
function refer(r, name, v) {
  const found = $$selected(r.instance, '@' + name);
  if (found !== undefined) v.value = found;
}

function context(r) {
  return { ...settings.context(r), emit: (name, ...args) => { $$raise(r.instance, name, args); }, expose: of => { expose(r, of); }, attrs: $$input('attrs', 'object'), slots: $$input('slots', 'object'), refs: refsOf(r) };
}

function expose(r, of) { each(of, name => { adopt(r, { [name]: of[name] }); }); }

function refsOf(r) {
  return new Proxy({}, { get(_, name) { return typeof name === 'string' ? $$selected(r.instance, '@' + name) : undefined; } });
}

// What is provided, by its key.
const provisions = new Map();
function provide(key, v) { provisions.set(key, v); }
function inject(key, otherwise) {
  if (provisions.has(key)) return provisions.get(key);
  return otherwise;
}

// macros are the names that mean something in a <script setup> without an import.
const macros = {
  defineProps(declared) {
    if (declared === undefined) openProps(current);
    else declareProps(current, declared);
    return current.props;
  },
  withDefaults(of, defaults) {
    each(defaults, (name, v) => { property(current, of, name, { default: v }); });
    return of;
  },
  defineEmits: () => { const r = current; return (name, ...args) => { $$raise(r.instance, name, args); }; },
  defineExpose: of => { if (current) current.exposed = of; },
  defineOptions: declare,
  defineSlots: () => $$input('slots', 'object'),
  defineModel(name, of) {
    const r = current, key = typeof name === 'string' ? name : 'modelValue';
    return reactivity.accessor(() => $$handed(r.unit, key, undefined), v => { $$raise(r.instance, 'update:' + key, [v]); });
  },
};

// mixins are those that every component of some kinds has.
const mixins = [];

// settings are what frameworks change: methodsLive tells that a method of a page with a lifecycle function's name is one; onlyExposed that a template can use only what
// a <script setup> exposes, if it exposes anything; context gives more to the context of setup functions; prepare makes options of what a unit is declared with.
const settings = { methodsLive: false, onlyExposed: false, context: () => ({}), prepare: of => of };

function declare(of) { if (current) current.declared = of; }

// make makes a unit's instance.
function make(unit, kind, exported, locals) {
  const r = records[unit] || record(unit, kind);
  const of = r.declared || exported;
  if (of === undefined && locals === undefined) return undefined;
  const instance = r.instance;
  Object.defineProperty(instance, '$refs', { value: refsOf(r) });
  Object.defineProperty(instance, '$options', { value: of !== null && typeof of === 'object' ? of : {} });
  during(r, () => {
    for (const mixin of mixins) if (mixin.kinds.includes(kind)) options(r, mixin.options);
    options(r, of);
    if (locals && !(settings.onlyExposed && r.exposed)) adopt(r, locals);
    if (r.exposed) expose(r, r.exposed);
  });
  const entries = r.hooks.map(([name, f]) => ({ kind: 'lifecycle', name, f, self: instance }));
  for (const w of r.watchers) {
    if (!w.immediate) w.before = look(w.instance, w.source);
    entries.push({ kind: 'observer', name: 'watch', f: watched, args: [w], own: typeof w.f === 'string' ? instance[w.f] : w.f });
  }
  return { instance, scope: instance, open: r.open, entries };
}

// Vue is the constructor of version 2: its prototype is what every instance inherits.
function Vue(options) {
  if (options === undefined) return $$platform('Bus')();
  if (options.store) prototype.$store = options.store;
  for (const name of Object.keys(options)) if (name !== 'store') this[name] = options[name];
}
Vue.prototype = prototype;
prototype.$mount = function () {};

// main takes what the main module exports: on Vue 3 it makes the app when the platform asks for it.
function main(exported) {
  if (exported && typeof exported.createApp === 'function') exported.createApp();
}

module.exports = { table, lists, settings, declare, context, Vue, isLife, addLife, prototype, load, make, main, during, hook, composed, watch, mixins, macros, provide, inject, options, record, instance: () => current && current.instance, current: () => current };
