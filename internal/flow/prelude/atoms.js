// Jotai and Recoil: atoms hold values, or compute them from others.
function atom(read, write) {
  var made = {}
  if (typeof read === 'function') made.read = read
  else made.place = { value: read }
  made.write = write
  return made
}
function get(made) { return made.read ? made.read(get) : made.place.value }
function set(made) {
  var args = Array.prototype.slice.call(arguments, 1)
  if (made.write) return made.write.apply(null, [get, set].concat(args))
  if (!made.place) return undefined
  var next = typeof args[0] === 'function' ? args[0](made.place.value) : args[0]
  var old = made.place.value
  if (old && next && typeof old === 'object' && typeof next === 'object' && !Array.isArray(next)) Object.assign(old, next)
  else made.place.value = next
}
function setter(made) {
  return function () { return set.apply(null, [made].concat(Array.prototype.slice.call(arguments))) }
}
function useAtomValue(made) { return __rendered(function () { return get(made) }) }
function useAtom(made) { return [useAtomValue(made), setter(made)] }
function createStore() { return { get: get, set: set, sub: function (made, f) { return __unseen(f) } } }
// Recoil's atoms are described by an object.
function described(options) { return atom(options.default) }
function selector(options) {
  return atom(function () { return options.get({ get: get }) }, options.set && function (_, __, v) { return options.set({ get: get, set: set }, v) })
}
function atomOf(read, write) {
  return read && typeof read === 'object' && 'key' in read && 'default' in read ? described(read) : atom(read, write)
}
module.exports = {
  atom: atomOf, useAtom: useAtom, useAtomValue: useAtomValue, useSetAtom: setter, createStore: createStore, getDefaultStore: createStore,
  useStore: createStore, Provider: function (props) { return props.children },
  atomWithStorage: function (key, value) { return atom(value) }, atomWithReset: function (value) { return atom(value) },
  selector: selector, useRecoilState: useAtom, useRecoilValue: useAtomValue, useSetRecoilState: setter,
  RecoilRoot: function (props) { return props.children }
}
