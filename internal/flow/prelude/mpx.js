// mpx's store, as far as the order of its functions and the state they share go. Names lead into depths by dots.
function at(table, path) {
  var names = path.split('.')
  for (var i = 0; i < names.length; i++) {
    if (table === undefined || table === null) return undefined
    table = table[names[i]]
  }
  return table
}
function promised(v) { return v && typeof v.then === 'function' ? v : Promise.resolve(v) }
function Store(options) {
  var store = this
  store.getters = {}
  store.mutations = {}
  store.actions = {}
  store.commit = function (type) {
    var mutation = at(store.mutations, type)
    if (mutation) mutation.apply(undefined, Array.prototype.slice.call(arguments, 1))
  }
  store.dispatch = function (type) {
    var action = at(store.actions, type)
    if (!action) return Promise.reject(new Error('unknown action type'))
    return action.apply(undefined, Array.prototype.slice.call(arguments, 1))
  }
  store.subscribe = function () {}
  store.state = add(store, options, options.withThis)
  __store(store)
  Object.assign(store, maps(store))
}
function add(store, module, withThis) {
  var state = module.state || {}
  Object.keys(module.getters || {}).forEach(function (k) {
    var getter = module.getters[k]
    Object.defineProperty(store.getters, k, { get: function () {
      if (withThis) return getter.call({ state: state, getters: store.getters, rootState: store.state })
      return getter(state, store.getters, store.state)
    } })
  })
  Object.keys(module.mutations || {}).forEach(function (k) {
    var mutation = module.mutations[k]
    store.mutations[k] = function (a, b, c) {
      if (withThis) return mutation.call({ state: state, commit: store.commit }, a, b, c)
      return mutation(state, a, b, c)
    }
  })
  Object.keys(module.actions || {}).forEach(function (k) {
    var action = module.actions[k]
    store.actions[k] = function (a, b, c) {
      var context = { rootState: store.state, state: state, getters: store.getters, dispatch: store.dispatch, commit: store.commit }
      return promised(withThis ? action.call(context, a, b, c) : action(context, a, b, c))
    }
  })
  Object.keys(module.deps || {}).forEach(function (k) {
    var other = module.deps[k]
    state[k] = other.state
    store.getters[k] = other.getters
    store.mutations[k] = other.mutations
    store.actions[k] = other.actions
  })
  Object.keys(module.modules || {}).forEach(function (k) { state[k] = add(store, module.modules[k], withThis) })
  return state
}
function maps(store) {
  function named(make) {
    return function (prefix, table) {
      if (typeof prefix !== 'string') { table = prefix; prefix = '' }
      var out = {}
      var list = Array.isArray(table) ? table.map(function (k) { return [k, k] }) : Object.entries(table)
      list.forEach(function (pair) {
        out[pair[0]] = make(typeof pair[1] === 'string' && prefix ? prefix + '.' + pair[1] : pair[1])
      })
      return out
    }
  }
  function refs(map) {
    return function (prefix, table) {
      var out = map(prefix, table)
      Object.keys(out).forEach(function (k) { out[k] = require('@mpxjs/core').computed(out[k]) })
      return out
    }
  }
  var mapState = named(function (name) {
    return function () { return typeof name === 'function' ? name.call(this, store.state, store.getters) : at(store.state, name) }
  })
  var mapGetters = named(function (name) { return function () { return at(store.getters, name) } })
  return {
    mapState: mapState, mapGetters: mapGetters, mapStateToRefs: refs(mapState), mapGettersToRefs: refs(mapGetters),
    mapMutations: named(function (name) { return function (payload) { return store.commit(name, payload) } }),
    mapActions: named(function (name) { return function (payload) { return store.dispatch(name, payload) } })
  }
}
module.exports = {
  createStore: function (options) { return new Store(options) },
  createStoreWithThis: function (options) { return new Store(Object.assign({}, options, { withThis: true })) }
}
