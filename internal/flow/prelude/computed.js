// miniprogram-computed: fields that are computed when they are read, and functions that run when a field changes.
function members(definition) {
  var data = {}, computed = definition.computed || {}
  Object.keys(computed).forEach(function (k) {
    Object.defineProperty(data, k, { get: function () { return computed[k].call({ data: this }, this) } })
  })
  return { data: data, observers: definition.watch || {} }
}
var computedBehavior = Behavior({ definitionFilter: members })
function BehaviorWithComputed(options) {
  options.behaviors = (options.behaviors || []).concat([computedBehavior])
  return Behavior(options)
}
function ComponentWithComputed(options) {
  options.behaviors = (options.behaviors || []).concat([computedBehavior])
  return Component(options)
}
computedBehavior.behavior = computedBehavior
computedBehavior.BehaviorWithComputed = BehaviorWithComputed
computedBehavior.ComponentWithComputed = ComponentWithComputed
module.exports = computedBehavior
