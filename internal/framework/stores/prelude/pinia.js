// Pinia: a store is made when it is defined, so that all who use it share it.
const reactivity = require('reactivity.js');
const { entries } = require('maps.js');

function defineStore(id, options) {
  if (id !== null && typeof id === 'object') { options = id; id = options.id; }
  const store = typeof options === 'function' ? reactivity.reactive(Object.assign({}, options())) : {};
  if (typeof options !== 'function') {
    if (options.state) Object.assign(store, options.state());
    const getters = options.getters || {}, actions = options.actions || {};
    for (const name of Object.keys(getters)) Object.defineProperty(store, name, { enumerable: true, configurable: true, get: () => getters[name].call(store, store), set() {} });
    for (const name of Object.keys(actions)) store[name] = (...args) => actions[name].apply(store, args);
  }
  const hidden = (name, v) => { Object.defineProperty(store, name, { value: v }); };
  hidden('$id', id);
  hidden('$state', store);
  hidden('$patch', patch => { if (typeof patch === 'function') patch(store); else Object.assign(store, patch); });
  hidden('$reset', () => { if (options.state) Object.assign(store, options.state()); });
  hidden('$subscribe', () => () => {});
  hidden('$onAction', () => () => {});
  const useStore = () => store;
  useStore.$id = id;
  return useStore;
}

function mapState(useStore, map) {
  const out = {};
  for (const [as, name] of entries(map)) out[as] = function () { return typeof name === 'function' ? name.call(this, useStore()) : useStore()[name]; };
  return out;
}
function mapWritableState(useStore, map) {
  const out = {};
  for (const [as, name] of entries(map)) out[as] = { get: () => useStore()[name], set: v => { useStore()[name] = v; } };
  return out;
}
function mapActions(useStore, map) {
  const out = {};
  for (const [as, name] of entries(map)) out[as] = (...args) => useStore()[name](...args);
  return out;
}
function mapStores(...list) {
  const out = {};
  for (const useStore of list) out[useStore.$id + 'Store'] = () => useStore();
  return out;
}

// storeToRefs are refs that stand for the properties of a store that are no functions.
function storeToRefs(store) {
  const out = {};
  for (const name of Object.keys(store)) {
    const d = Object.getOwnPropertyDescriptor(store, name);
    if (d.get || typeof d.value !== 'function') out[name] = reactivity.toRef(store, name);
  }
  return out;
}

const pinia = () => ({ install() {}, use() { return this; }, state: reactivity.ref({}) });
const out = { defineStore, createPinia: pinia, getActivePinia: pinia, setActivePinia() {}, storeToRefs, mapState, mapGetters: mapState, mapWritableState, mapActions, mapStores };
Object.defineProperty(out, '__esModule', { value: true });
module.exports = $$package(out);
