// Jotai and Recoil: atoms hold values, or compute them from others.
const whenever = $$platform('whenever');

function atom(read, write) {
  if (read && typeof read === 'object' && 'key' in read && 'default' in read) return atom(read.default); // Recoil describes them by an object
  const made = { write };
  if (typeof read === 'function') made.read = read;
  else made.place = { value: read };
  return made;
}

function get(made) { return made.read ? made.read(get) : made.place.value; }

function set(made, ...args) {
  if (typeof made.write === 'function') return made.write(get, set, ...args);
  if (!made.place) return undefined;
  made.place.value = typeof args[0] === 'function' ? args[0](made.place.value) : args[0];
}

function setter(made) { return (...args) => set(made, ...args); }
function useAtom(made) { return [get(made), setter(made)]; }
function createStore() { return { get, set, sub: (_, f) => whenever(f) }; }

function selector(options) {
  return atom(() => options.get({ get }), options.set && ((_, __, v) => options.set({ get, set, reset: () => {} }, v)));
}

const Provider = props => props.children;

module.exports = $$package({
  atom, useAtom, useAtomValue: get, useSetAtom: setter, createStore, getDefaultStore: createStore, useStore: createStore, Provider,
  atomWithStorage: (_, value) => atom(value), atomWithReset: value => atom(value), atomFamily: make => { const made = {}; return key => made[key] || (made[key] = make(key)); },
  selector, useRecoilState: useAtom, useRecoilValue: get, useSetRecoilState: setter, RecoilRoot: Provider,
});
