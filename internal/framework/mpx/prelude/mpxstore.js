// mpx's store, as far as the order of its functions and the state that they share go. Names lead into depths by dots.
const vue = require('vue.js');
const { computed } = require('reactivity.js');

const at = (table, path) => path.split('.').reduce((of, name) => of === undefined || of === null ? undefined : of[name], table);
const promised = v => v !== null && typeof v === 'object' && typeof v.then === 'function' ? v : Promise.resolve(v);
const each = (of, f) => { if (of) for (const name of Object.keys(of)) f(name, of[name]); };

class Store {
  constructor(options, withThis) {
    this.getters = {};
    this.mutations = {};
    this.actions = {};
    this.commit = (type, ...args) => { const f = at(this.mutations, type); if (f) f(...args); };
    this.dispatch = (type, ...args) => { const f = at(this.actions, type); return f ? f(...args) : Promise.reject(new Error('unknown action type')); };
    this.state = add(this, options, withThis);
    Object.assign(this, maps(this));
    vue.prototype.$store = this;
  }
  subscribe() {}
}

// add gives a store the functions of a module, and returns its state.
function add(store, module, withThis) {
  const state = module.state || {};
  each(module.getters, (name, f) => {
    Object.defineProperty(store.getters, name, {
      enumerable: true, configurable: true,
      get: () => withThis ? f.call({ state, getters: store.getters, rootState: store.state }) : f(state, store.getters, store.state),
    });
  });
  each(module.mutations, (name, f) => { store.mutations[name] = (...args) => withThis ? f.apply({ state, commit: store.commit }, args) : f(state, ...args); });
  each(module.actions, (name, f) => {
    store.actions[name] = (...args) => {
      const context = { rootState: store.state, state, getters: store.getters, dispatch: store.dispatch, commit: store.commit };
      return promised(withThis ? f.apply(context, args) : f(context, ...args));
    };
  });
  each(module.deps, (name, other) => {
    state[name] = other.state;
    store.getters[name] = other.getters;
    store.mutations[name] = other.mutations;
    store.actions[name] = other.actions;
  });
  each(module.modules, (name, child) => { state[name] = add(store, child, withThis); });
  return state;
}

// named is a function that makes a table of mapX(prefix, names) or mapX(names).
function named(make) {
  return (prefix, table) => {
    if (typeof prefix !== 'string') { table = prefix; prefix = ''; }
    const out = {};
    for (const [as, name] of Array.isArray(table) ? table.map(k => [k, k]) : Object.entries(table)) out[as] = make(typeof name === 'string' && prefix ? prefix + '.' + name : name);
    return out;
  };
}

function maps(store) {
  const mapState = named(name => function () { return typeof name === 'function' ? name.call(this, store.state, store.getters) : at(store.state, name); });
  const mapGetters = named(name => () => at(store.getters, name));
  const refs = map => (prefix, table) => {
    const out = map(prefix, table);
    each(out, (name, f) => { out[name] = computed(f); });
    return out;
  };
  return {
    mapState, mapGetters, mapStateToRefs: refs(mapState), mapGettersToRefs: refs(mapGetters),
    mapMutations: named(name => (...args) => store.commit(name, ...args)), mapActions: named(name => (...args) => store.dispatch(name, ...args)),
  };
}

const same = v => v;
module.exports = {
  createStore: options => new Store(options, options && options.withThis), createStoreWithThis: options => new Store(options, true),
  createStateWithThis: same, createGettersWithThis: same, createMutationsWithThis: same, createActionsWithThis: same,
};
