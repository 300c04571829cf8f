// Components that are classes: vue-class-component, vue-property-decorator and vuex-class. A class becomes the options that it stands for.
// Source: class-component.vuejs.org, and the packages' documentation.
const vue = require('vue.js');

// Base is what component classes are derived from: what it constructs is the object that their fields are collected on.
function Base() { return collecting || {}; }
let collecting;

const said = Symbol('decorators');

// decorator is one that changes the options of the component: f(options, key, descriptor).
function decorator(f) {
  return (target, key, descriptor) => {
    const c = typeof target === 'function' ? target : target.constructor;
    if (!Object.hasOwn(c, said)) Object.defineProperty(c, said, { value: [] });
    c[said].push(options => { f(options, key, descriptor); });
  };
}

// part is one of the tables among options.
function part(options, name) { return options[name] || (options[name] = {}); }

// optionsOf are the options that a class stands for, without those of the classes that it is derived from.
function optionsOf(c, given) {
  const options = Object.assign({}, given);
  options.mixins = [].concat(given.mixins || []);
  for (const name of ['methods', 'computed', 'watch', 'props', 'inject']) if (options[name] && !Array.isArray(options[name])) options[name] = Object.assign({}, options[name]);
  for (const name of Object.getOwnPropertyNames(c.prototype)) {
    const d = Object.getOwnPropertyDescriptor(c.prototype, name);
    if (name === 'constructor') continue;
    if (d.get || d.set) part(options, 'computed')[name] = { get: d.get, set: d.set };
    else if (typeof d.value !== 'function' || name === 'data' || vue.isLife(name)) options[name] = d.value;
    else part(options, 'methods')[name] = d.value;
  }
  const base = Object.getPrototypeOf(c);
  if (typeof base === 'function' && base.options && base !== vue.Vue) options.mixins.unshift(base.options);
  options.mixins.push({ data() { return fieldsOf(c, this); } });
  if (Object.hasOwn(c, said)) for (const f of c[said]) f(options);
  return options;
}

// fieldsOf are the fields of a class: those that are only declared say nothing.
function fieldsOf(c, instance) {
  const out = {}, outer = collecting, scratch = Object.create(instance);
  collecting = scratch;
  try { new c(); } finally { collecting = outer; }
  for (const name of Object.getOwnPropertyNames(scratch)) if (scratch[name] !== undefined) out[name] = scratch[name];
  return out;
}

// Component makes a class a component: it is a decorator, with options or without.
function Component(given) {
  if (typeof given !== 'function') return c => componentOf(c, given || {});
  return componentOf(given, {});
}
Component.registerHooks = names => { vue.addLife(names); };

function componentOf(c, given) {
  Object.defineProperty(c, 'options', { value: optionsOf(c, given), configurable: true });
  return c;
}

function Mixins(...list) {
  class Mixed extends Base {}
  Object.defineProperty(Mixed, 'options', { value: { mixins: list.map(c => c.options || c) } });
  return Mixed;
}

const kebab = name => name.replace(/[A-Z]/g, c => '-' + c.toLowerCase()).replace(/^-/, '');

const Prop = of => decorator((options, key) => { part(options, 'props')[key] = of || null; });
const synced = (event, from) => decorator((options, key) => {
  part(options, 'props')[from] = null;
  part(options, 'computed')[key] = { get() { return this[from]; }, set(v) { this.$emit(event, v); } };
});

const decorators = {
  Prop, Model: (event, of) => Prop(of),
  PropSync: name => synced('update:' + name, name), ModelSync: (name, event) => synced(event, name), VModel: () => synced('input', 'value'),
  Watch: (source, how) => decorator((options, key, descriptor) => {
    const watches = part(options, 'watch');
    watches[source] = [].concat(watches[source] || [], { ...how, handler: descriptor ? descriptor.value : key });
  }),
  Inject: from => decorator((options, key) => { part(options, 'inject')[key] = from === undefined ? key : from; }),
  Provide: name => decorator((options, key) => {
    const before = options.provide;
    options.provide = function () { return Object.assign({}, typeof before === 'function' ? before.call(this) : before, { [name || key]: this[key] }); };
  }),
  Ref: name => decorator((options, key) => { part(options, 'computed')[key] = { get() { return this.$refs[name || key]; } }; }),
  Emit: event => decorator((options, key, descriptor) => {
    const f = descriptor.value;
    part(options, 'methods')[key] = function (...args) {
      const out = f.apply(this, args);
      const raised = v => { this.$emit(event || kebab(key), ...(v === undefined ? args : [v, ...args])); };
      if (out !== null && typeof out === 'object' && typeof out.then === 'function') out.then(raised);
      else raised(out);
      return out;
    };
  }),
};
decorators.InjectReactive = decorators.Inject;
decorators.ProvideReactive = decorators.Provide;

// The decorators of vuex-class: @State('name'), @State, @(namespace('a').Getter).
function stored(get) {
  return space => (name, key) => {
    if (key !== undefined) return decorator((options, k) => { get(options, k, space + k, k); })(name, key);
    return decorator((options, k) => { get(options, k, typeof name === 'string' ? space + name : name, name || k); });
  };
}
const at = (object, path) => path.split('/').reduce((o, name) => o && o[name], object);
const vuex = {
  State: stored((options, key, path) => { part(options, 'computed')[key] = { get() { return typeof path === 'function' ? path(this.$store.state) : at(this.$store.state, path); } }; }),
  Getter: stored((options, key, path) => { part(options, 'computed')[key] = { get() { return this.$store.getters[path]; } }; }),
  Action: stored((options, key, path) => { part(options, 'methods')[key] = function (payload) { return this.$store.dispatch(path, payload); }; }),
  Mutation: stored((options, key, path) => { part(options, 'methods')[key] = function (payload) { return this.$store.commit(path, payload); }; }),
};
function namespace(space) {
  const out = {};
  for (const name of Object.keys(vuex)) out[name] = vuex[name](space + '/');
  return out;
}
const rooted = {};
for (const name of Object.keys(vuex)) rooted[name] = vuex[name]('');

Base.extend = options => ({ options });
Base.prototype = vue.Vue.prototype;
const createDecorator = f => decorator(f);
const out = { Vue: Base, Base, Component, Options: Component, Mixins, mixins: Mixins, createDecorator, ...decorators, ...rooted, namespace, default: Component };
Object.defineProperty(out, '__esModule', { value: true });
module.exports = $$package(out);
