// Zustand: a state that functions of the store replace in part, and hooks that select from it.
const whenever = $$platform('whenever');

function create(begin) {
  if (typeof begin !== 'function') return create;
  const state = {};
  const get = () => state;
  const set = patch => {
    const next = typeof patch === 'function' ? patch(state) : patch;
    if (next !== null && typeof next === 'object' && next !== state) Object.assign(state, next);
  };
  // A component has the state as it was when it was rendered.
  const use = select => (typeof select === 'function' ? select(state) : Object.assign({}, state));
  Object.assign(use, { getState: get, setState: set, getInitialState: get, subscribe: f => whenever(() => f(state, state)), destroy() {}, persist: { rehydrate() {}, clearStorage() {}, hasHydrated: () => $$input('hasHydrated', 'boolean') } });
  Object.assign(state, begin(set, get, use));
  return use;
}

const first = f => f;

module.exports = $$package({
  create, createStore: create, createWithEqualityFn: create, default: create, useStore: (of, select) => of(select), useShallow: first, shallow: () => $$input('shallow', 'boolean'),
  persist: first, devtools: first, immer: first, subscribeWithSelector: first, redux: first, combine: (state, begin) => (set, get, use) => Object.assign({}, state, begin(set, get, use)),
  createJSONStorage: () => $$input('storage', 'object'),
});
