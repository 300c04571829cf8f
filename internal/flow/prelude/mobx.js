// MobX, also as mobx-miniprogram, and its bindings: a store is the object that it is made of, and what a page binds is the store's.
function observable(target) { return target }
observable.box = function (v) { return { get: function () { return v }, set: function (x) { v = x } } }
observable.object = observable.array = observable
function action(name, fn) { return typeof name === 'function' ? name : fn }
action.bound = action
function computed(fn) { return { get: fn } }
function runInAction(name, fn) { return typeof name === 'function' ? name() : fn() }
function autorun(fn) {
  fn()
  setTimeout(fn)
  return function () {}
}
function reaction(of, effect) {
  setTimeout(function () { effect(of()) })
  return function () {}
}
function when(is, effect) {
  if (effect) return setTimeout(function () { if (is()) effect() })
  return new Promise(function (resolve) { setTimeout(function () { if (is()) resolve() }) })
}
function flow(f) {
  return function () { return require('@babel/runtime/helpers/asyncToGenerator')(f).apply(this, arguments) }
}
function pairs(names) {
  if (Array.isArray(names)) return names.map(function (k) { return [k, k] })
  return Object.keys(names || {}).map(function (k) { return [k, names[k]] })
}
function field(store, from) {
  return typeof from === 'function' ? function () { return from(store) } : function () { return store[from] }
}
function members(bindings) {
  var data = {}, methods = {}
  ;[].concat(bindings || []).forEach(function (b) {
    pairs(b.fields).forEach(function (p) { Object.defineProperty(data, p[0], { get: field(b.store, p[1]) }) })
    pairs(b.actions).forEach(function (p) {
      methods[p[0]] = function () { return b.store[p[1]].apply(b.store, arguments) }
    })
  })
  return { data: data, methods: methods }
}
var storeBindingsBehavior = Behavior({
  definitionFilter: function (definition) { return members(definition.storeBindings) },
  methods: { updateStoreBindings: function () {} }
})
function BehaviorWithStore(options) {
  return Behavior({
    behaviors: options.behaviors,
    definitionFilter: function (definition) { return members([].concat(options.storeBindings || [], definition.storeBindings || [])) },
    methods: { updateStoreBindings: function () {} }
  })
}
function ComponentWithStore(options) {
  options.behaviors = [storeBindingsBehavior].concat(options.behaviors || [])
  return Component(options)
}
function createStoreBindings(target, bindings) {
  __extend(target, members(bindings))
  return { updateStoreBindings: function () {}, destroyStoreBindings: function () {} }
}
module.exports = {
  observable: observable, action: action, computed: computed, runInAction: runInAction, autorun: autorun, reaction: reaction, when: when,
  configure: function () {}, toJS: observable, makeAutoObservable: observable, makeObservable: observable,
  storeBindingsBehavior: storeBindingsBehavior, BehaviorWithStore: BehaviorWithStore, ComponentWithStore: ComponentWithStore,
  createStoreBindings: createStoreBindings, flow: flow, transaction: runInAction, untracked: runInAction,
  extendObservable: function (target, more) { return Object.assign(target, more) }
}
