// vue-class-component and vue-property-decorator: what is no decorator. What decorators say is read off the classes.
function Mixins() {
  var list = arguments
  if (list.length === 1) return list[0]
  class Mixed extends list[0] {
    constructor() {
      super()
      for (var n = 1; n < list.length; n++) {
        var part = new list[n]()
        Object.keys(part).forEach(function (k) { this[k] = part[k] }, this)
      }
    }
  }
  for (var n = 1; n < list.length; n++) copy(list[n].prototype, Mixed.prototype)
  return Mixed
}
function copy(from, to) {
  Object.getOwnPropertyNames(from).forEach(function (k) {
    if (k !== 'constructor') Object.defineProperty(to, k, Object.getOwnPropertyDescriptor(from, k))
  })
}
function Component(c) { return c }
module.exports = { Vue: require('vue').default, Mixins: Mixins, mixins: Mixins, Component: Component, Options: Component, default: Component }
