// Vuex, as far as the order of its functions and the state that they share go.
const vue = require('vue.js');
const { each } = require('maps.js');

const promised = v => v !== null && typeof v === 'object' && typeof v.then === 'function' ? v : Promise.resolve(v);

class Store {
  constructor(options) {
    this.state = {};
    this.getters = {};
    Object.defineProperty(this, 'tables', { value: { mutations: {}, actions: {}, own: {} } });
    add(this, '', options || {}, this.state);
    this.commit = this.commit.bind(this);
    this.dispatch = this.dispatch.bind(this);
    vue.prototype.$store = this;
  }
  commit(type, payload) { run(this.tables.mutations, type, payload); }
  dispatch(type, payload) { return promised(run(this.tables.actions, type, payload)); }
  subscribe() { return () => {}; }
  subscribeAction() { return () => {}; }
  watch(source, f, options) { return vue.watch(undefined, () => source(this.state, this.getters), f, options); }
  registerModule(path, module) {
    const names = [].concat(path), state = this.state;
    state[names[names.length - 1]] = {};
    add(this, module.namespaced ? names.join('/') + '/' : '', module, state[names[names.length - 1]]);
  }
  unregisterModule() {}
  hasModule() { return $$input('hasModule', 'boolean'); }
  replaceState(state) { Object.assign(this.state, state); }
  install(app) { app.config.globalProperties.$store = this; }
}

function run(table, type, payload) {
  if (type !== null && typeof type === 'object') { payload = type; type = type.type; }
  for (const f of table[type] || []) var out = f(payload);
  return out;
}

// add gives a store the functions of a module, whose names begin with prefix, and its state.
function add(store, prefix, module, state) {
  const { mutations, actions, own } = store.tables;
  Object.assign(state, typeof module.state === 'function' ? module.state() : module.state);
  const getters = prefix ? own[prefix] || (own[prefix] = {}) : store.getters;
  const under = (type, options) => prefix && !(options && options.root) && typeof type === 'string' ? prefix + type : type;
  const local = {
    state, getters, rootGetters: store.getters, get rootState() { return store.state; },
    commit: (type, payload, options) => { run(mutations, known(mutations, type, options), payload); },
    dispatch: (type, payload, options) => promised(run(actions, known(actions, type, options), payload)),
  };
  // A name that the module does not have is the store's.
  function known(table, type, options) { const name = under(type, options); return typeof name === 'string' && !(name in table) ? type : name; }
  const each = (of, f) => { if (of) for (const name of Object.keys(of)) f(name, of[name]); };
  const into = (table, name, f) => { (table[prefix + name] || (table[prefix + name] = [])).push(f); };
  each(module.mutations, (name, f) => { into(mutations, name, payload => f.call(store, state, payload)); });
  each(module.actions, (name, f) => { into(actions, name, payload => (f.handler || f).call(store, local, payload)); });
  each(module.getters, (name, f) => {
    const read = { enumerable: true, configurable: true, get: () => f(state, getters, store.state, store.getters) };
    Object.defineProperty(store.getters, prefix + name, read);
    if (prefix) Object.defineProperty(getters, name, read);
  });
  each(module.modules, (name, child) => {
    state[name] = {};
    add(store, child.namespaced ? prefix + name + '/' : prefix, child, state[name]);
  });
}

const within = (state, space) => space.split('/').reduce((of, name) => name && of ? of[name] : of, state);

const mapState = each((space, name) => function () {
  const state = within(this.$store.state, space);
  return typeof name === 'function' ? name.call(this, state, this.$store.getters) : state && state[name];
});
const mapGetters = each((space, name) => function () { return this.$store.getters[space + name]; });
const mapActions = each((space, name) => function (payload) {
  return typeof name === 'function' ? name.call(this, this.$store.dispatch, payload) : this.$store.dispatch(space + name, payload);
});
const mapMutations = each((space, name) => function (payload) {
  return typeof name === 'function' ? name.call(this, this.$store.commit, payload) : this.$store.commit(space + name, payload);
});

const maps = { mapState, mapGetters, mapActions, mapMutations };
function createNamespacedHelpers(space) {
  const out = {};
  for (const name of Object.keys(maps)) out[name] = map => maps[name](space, map);
  return out;
}

const out = { Store, createStore: options => new Store(options), useStore: () => vue.prototype.$store, ...maps, createNamespacedHelpers, createLogger: () => () => {}, install() {} };
out.default = out;
Object.defineProperty(out, '__esModule', { value: true });
module.exports = $$package(out);
