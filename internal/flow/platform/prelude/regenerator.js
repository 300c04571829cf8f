// What the runtime of Babel's lowered async functions and generators does, as far as order and values go.
function wrap(inner, outer, self, tryLocs) {
  var done = false
  var context = {
    prev: 0, next: 0, sent: undefined, _sent: undefined, done: false, method: 'next', arg: undefined, rval: undefined,
    stop: function () { this.done = true; done = true; if (this.pendingThrow) { var e = this.pendingThrow; this.pendingThrow = undefined; throw e.value } return this.rval },
    abrupt: function (type, value) {
      if (type === 'return') {
        var f = finallyFor(this.prev)
        if (f !== undefined) { this.rval = value; this.after = 'end'; this.next = f; return mark0 }
        this.rval = value; this.next = 'end'; return mark0
      }
      if (type === 'throw') { throw value }
      this.next = value
      return mark0
    },
    finish: function () {
      if (this.pendingThrow) { var e = this.pendingThrow; this.pendingThrow = undefined; throw e.value }
      if (this.after !== undefined) { this.next = this.after; this.after = undefined }
      return mark0
    },
    'catch': function () { var e = this.caught; this.caught = undefined; this._sent = this.sent = e; return e },
    delegateYield: function (iterable, resultName, nextLoc) { this.next = nextLoc; return iterable },
    t0: undefined, t1: undefined, t2: undefined
  }
  Object.defineProperty(context, 'n', { get: function () { return context.next } })
  function locs() { return tryLocs || [] }
  function catchFor(prev) {
    var list = locs()
    for (var i = list.length - 1; i >= 0; i--) {
      var l = list[i]
      if (prev >= l[0] && l[1] !== undefined && l[1] !== null && prev < l[1]) return l
      if (prev >= l[0] && (l[1] === undefined || l[1] === null) && l[2] !== undefined && prev < l[2]) return l
      if (prev >= l[0] && l[1] !== undefined && l[1] !== null && prev >= l[1] && l[2] !== undefined && prev < l[2]) return [l[0], null, l[2], l[3]]
    }
    return undefined
  }
  function finallyFor(prev) {
    var list = locs()
    for (var i = list.length - 1; i >= 0; i--) {
      var l = list[i]
      if (l[2] !== undefined && prev >= l[0] && prev < l[2]) return l[2]
    }
    return undefined
  }
  function step(method, arg) {
    if (done) {
      if (method === 'throw') throw arg
      return { value: undefined, done: true }
    }
    if (method === 'throw') {
      if (!dispatch(arg)) { done = true; throw arg }
    } else {
      context.sent = context._sent = arg
    }
    while (true) {
      var value
      try {
        value = inner.call(self, context)
      } catch (e) {
        if (!dispatch(e)) { done = true; throw e }
        continue
      }
      if (value === mark0 && !done) continue
      if (done) return { value: value === mark0 ? context.rval : value, done: true }
      return { value: value, done: false }
    }
  }
  function dispatch(e) {
    var l = catchFor(context.prev)
    if (!l) return false
    if (l[1] !== undefined && l[1] !== null) {
      context.caught = e
      context.next = l[1]
      return true
    }
    context.pendingThrow = { value: e }
    context.next = l[2]
    return true
  }
  return {
    next: function (v) { return step('next', v) },
    'throw': function (e) { return step('throw', e) },
    'return': function (v) { done = true; return { value: v, done: true } }
  }
}
var mark0 = {}
function asyncRun(inner, outer, self, tryLocs) {
  return new Promise(function (resolve, reject) {
    var it = wrap(inner, outer, self, tryLocs)
    function go(f, v) {
      var r
      try { r = f(v) } catch (e) { reject(e); return }
      if (r.done) resolve(r.value)
      else Promise.resolve(r.value).then(function (v) { go(it.next, v) }, function (e) { go(it['throw'], e) })
    }
    go(it.next, undefined)
  })
}
module.exports = {
  wrap: wrap,
  mark: function (f) { return f },
  awrap: function (v) { return v },
  async: asyncRun
}
module.exports.default = module.exports
