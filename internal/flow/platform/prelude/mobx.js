// MobX, also as mobx-miniprogram, and its bindings: a store is the object that it is made of, and what a page binds is the store's.
const whenever = $$platform('whenever');

function observable(target) { return target; }
observable.box = v => ({ get: () => v, set: x => { v = x; } });
observable.object = observable.array = observable.map = observable;
observable.ref = observable.shallow = observable.deep = observable;

function action(name, f) { return typeof name === 'function' ? name : f; }
action.bound = action;

function computed(f) { return { get: f }; }
function runInAction(name, f) { return typeof name === 'function' ? name() : f(); }

function autorun(f) {
  f();
  return whenever(f);
}

function reaction(of, effect, options) {
  if (options && options.fireImmediately) effect(of());
  return whenever(function () { effect(of()); });
}

function when(is, effect) {
  if (effect) return whenever(function () { if (is()) effect(); });
  return new Promise(resolve => { if (is()) resolve(); else whenever(() => { if (is()) resolve(); }); });
}

function flow(f) {
  return function () {
    const steps = f.apply(this, arguments);
    return (async () => {
      let at = steps.next();
      while (!at.done) {
        let v, thrown = false;
        try { v = await at.value; } catch (err) { thrown = true; v = err; }
        at = thrown ? steps.throw(v) : steps.next(v);
      }
      return at.value;
    })();
  };
}

function pairs(names) {
  if (Array.isArray(names)) return names.map(name => [name, name]);
  return Object.keys(names || {}).map(name => [name, names[name]]);
}

function members(bindings) {
  const data = {}, methods = {};
  for (const { store, fields, actions } of [].concat(bindings || [])) {
    for (const [name, of] of pairs(fields)) {
      Object.defineProperty(data, name, { enumerable: true, configurable: true, get: typeof of === 'function' ? () => of(store) : () => store[of] });
    }
    for (const [name, of] of pairs(actions)) methods[name] = function () { return store[of].apply(store, arguments); };
  }
  return { data, methods };
}

function extend(definition, bindings) {
  const { data, methods } = members(bindings);
  const own = typeof definition.data === 'function' ? definition.data() : definition.data || {};
  for (const name of Object.keys(own)) if (!(name in data)) data[name] = own[name];
  definition.data = data;
  definition.methods = Object.assign({ updateStoreBindings() {} }, methods, definition.methods);
}

const storeBindingsBehavior = Behavior({ definitionFilter(definition) { extend(definition, definition.storeBindings); } });

function BehaviorWithStore(options) {
  return Behavior({
    behaviors: options.behaviors,
    definitionFilter(definition) { extend(definition, [].concat(options.storeBindings || [], definition.storeBindings || [])); },
  });
}

function ComponentWithStore(options) {
  return Component({ ...options, behaviors: [storeBindingsBehavior].concat(options.behaviors || []) });
}

function createStoreBindings(target, bindings) {
  const { data, methods } = members(bindings);
  for (const name of Object.keys(data)) Object.defineProperty(target.data, name, Object.getOwnPropertyDescriptor(data, name));
  Object.assign(target, methods);
  return { updateStoreBindings() {}, destroyStoreBindings() {} };
}

module.exports = $$package({
  observable, action, computed, runInAction, autorun, reaction, when, flow, configure() {}, toJS: observable, makeAutoObservable: observable, makeObservable: observable,
  storeBindingsBehavior, BehaviorWithStore, ComponentWithStore, createStoreBindings, transaction: runInAction, untracked: runInAction,
  extendObservable: (target, more) => Object.defineProperties(target, Object.getOwnPropertyDescriptors(more)),
});
