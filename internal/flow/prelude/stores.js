// Pinia and Vuex, as far as the order of actions and the state they share go.
function defineStore(id, options, more) {
  if (typeof id === 'object') options = id
  var store
  if (typeof options === 'function') {
    store = unwrapped(options())
  } else {
    store = {}
    if (options.state) Object.assign(store, options.state())
    Object.keys(options.getters || {}).forEach(function (k) {
      Object.defineProperty(store, k, { get: function () { return options.getters[k].call(store, store) } })
    })
    Object.keys(options.actions || {}).forEach(function (k) {
      store[k] = function () { return options.actions[k].apply(store, arguments) }
    })
  }
  store.$patch = function (patch) {
    if (typeof patch === 'function') patch(store)
    else Object.assign(store, patch)
  }
  function useStore() { return store }
  useStore.$id = id
  return useStore
}
function unwrapped(setup) {
  var out = {}
  Object.keys(setup).forEach(function (k) { __adopt(out, k, setup) })
  return out
}
function Store(options) {
  var store = this
  var actions = {}, mutations = {}, getters = {}, locals = { '': getters }
  store.state = {}
  function add(prefix, module, state) {
    var s = typeof module.state === 'function' ? module.state() : module.state
    Object.assign(state, s || {})
    var space = function (type) { return prefix + type }
    var own = locals[prefix] = locals[prefix] || {}
    // Which of the names is meant is decided once, while the store is made.
    var find = prefix
      ? function (table, type, options) { return (!(options && options.root) && table[prefix + type]) || table[type] }
      : function (table, type) { return table[type] }
    Object.keys(module.mutations || {}).forEach(function (k) {
      mutations[space(k)] = function (payload) { return module.mutations[k].call(store, state, payload) }
    })
    Object.keys(module.actions || {}).forEach(function (k) {
      var action = module.actions[k]
      actions[space(k)] = function (payload) {
        var local = {
          state: state, rootState: store.state, getters: own, rootGetters: getters,
          commit: function (type, p, o) { return run(mutations, type, p, o, find) },
          dispatch: function (type, p, o) { return promised(run(actions, type, p, o, find)) }
        }
        return (action.handler || action).call(store, local, payload)
      }
    })
    Object.keys(module.getters || {}).forEach(function (k) {
      var read = { get: function () { return module.getters[k](state, own, store.state, getters) } }
      Object.defineProperty(getters, space(k), read)
      if (prefix) Object.defineProperty(own, k, read)
    })
    Object.keys(module.modules || {}).forEach(function (k) {
      var child = module.modules[k]
      state[k] = {}
      add(child.namespaced ? prefix + k + '/' : prefix, child, state[k])
    })
  }
  function plain(table, type) { return table[type] }
  function run(table, type, payload, options, find) {
    if (typeof type === 'object') { payload = type; type = type.type }
    return find(table, type, options)(payload)
  }
  function promised(v) { return v && typeof v.then === 'function' ? v : Promise.resolve(v) }
  store.getters = getters
  add('', options, store.state)
  store.commit = function (type, payload) { return run(mutations, type, payload, undefined, plain) }
  store.dispatch = function (type, payload) { return promised(run(actions, type, payload, undefined, plain)) }
  store.subscribe = function () {}
  store.registerModule = function () {}
  __store(store)
}
function each(namespace, map, make) {
  if (typeof namespace === 'function') return eachOf(namespace, map)
  if (map === undefined) { map = namespace; namespace = '' }
  else namespace = namespace + '/'
  var out = {}
  var list = Array.isArray(map) ? map.map(function (k) { return [k, k] }) : Object.entries(map)
  list.forEach(function (pair) { out[pair[0]] = make(namespace, pair[1]) })
  return out
}
function eachOf(useStore, map) {
  var out = {}
  var list = Array.isArray(map) ? map.map(function (k) { return [k, k] }) : Object.entries(map)
  list.forEach(function (pair) {
    out[pair[0]] = function () {
      var member = useStore()[pair[1]]
      return typeof member === 'function' ? member.apply(this, arguments) : member
    }
  })
  return out
}
function mapActions(namespace, map) {
  return each(namespace, map, function (space, name) { return function (payload) { return this.$store.dispatch(space + name, payload) } })
}
function mapMutations(namespace, map) {
  return each(namespace, map, function (space, name) { return function (payload) { return this.$store.commit(space + name, payload) } })
}
function mapGetters(namespace, map) {
  return each(namespace, map, function (space, name) { return function () { return this.$store.getters[space + name] } })
}
function mapState(namespace, map) {
  return each(namespace, map, function (space, name) {
    return function () {
      var state = this.$store.state
      if (space) space.split('/').forEach(function (k) { if (k) state = state[k] })
      return typeof name === 'function' ? name.call(this, state) : state[name]
    }
  })
}
function createNamespacedHelpers(namespace) {
  return {
    mapActions: function (map) { return mapActions(namespace, map) }, mapMutations: function (map) { return mapMutations(namespace, map) },
    mapGetters: function (map) { return mapGetters(namespace, map) }, mapState: function (map) { return mapState(namespace, map) }
  }
}
function createStore(options) { return new Store(options) }
function mapStores() {
  var out = {}
  Array.prototype.forEach.call(arguments, function (useStore) {
    out[useStore.$id + 'Store'] = function () { return useStore() }
  })
  return out
}
// The refs of a store share the places of its state.
function storeToRefs(store) { return require('vue').toRefs(store) }
module.exports = {
  defineStore: defineStore, createPinia: function () { return {} }, setActivePinia: function () {},
  storeToRefs: storeToRefs, mapStores: mapStores, mapWritableState: mapState,
  Store: Store, createStore: createStore, useStore: function () { return __store() },
  mapActions: mapActions, mapMutations: mapMutations, mapGetters: mapGetters, mapState: mapState, createNamespacedHelpers: createNamespacedHelpers
}
module.exports.default = module.exports
