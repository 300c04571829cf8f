// The helpers that compilers put in front of lowered code, and small functions that many projects take from packages.
function asyncToGenerator(fn) {
  return function () {
    var self = this, args = arguments
    return new Promise(function (resolve, reject) {
      var gen = fn.apply(self, args)
      function step(key, arg) {
        var info
        try { info = gen[key](arg) } catch (error) { reject(error); return }
        if (info.done) resolve(info.value)
        else Promise.resolve(info.value).then(function (v) { step('next', v) }, function (e) { step('throw', e) })
      }
      step('next', undefined)
    })
  }
}
function awaiter(thisArg, args, P, generator) {
  return asyncToGenerator(generator).apply(thisArg, args || [])
}
function generatorOf(thisArg, body) {
  var _ = { label: 0, trys: [], ops: [], sent: function () { if (t[0] & 1) throw t[1]; return t[1] } }, f, y, t
  function verb(n) { return function (v) { return step([n, v]) } }
  function step(op) {
    while (_) {
      try {
        f = 1
        switch (op[0]) {
          case 0: case 1: t = op; break
          case 4: _.label++; return { value: op[1], done: false }
          case 5: _.label++; y = op[1]; op = [0]; continue
          case 7: op = _.ops.pop(); _.trys.pop(); continue
          default:
            t = _.trys; t = t.length > 0 && t[t.length - 1]
            if (!t && (op[0] === 6 || op[0] === 2)) { _ = 0; continue }
            if (op[0] === 3 && (!t || (op[1] > t[0] && op[1] < t[3]))) { _.label = op[1]; break }
            if (op[0] === 6 && _.label < t[1]) { _.label = t[1]; t = op; break }
            if (t && _.label < t[2]) { _.label = t[2]; _.ops.push(op); break }
            if (t[2]) _.ops.pop()
            _.trys.pop()
            continue
        }
        op = body.call(thisArg, _)
      } catch (e) { op = [6, e]; y = 0 } finally { f = t = 0 }
    }
    if (op[0] & 5) throw op[1]
    return { value: op[0] ? op[1] : undefined, done: true }
  }
  return { next: verb(0), 'throw': verb(1), 'return': verb(2) }
}
function assign() { return Object.assign.apply(Object, arguments) }
function rest(source, excluded) {
  var out = {}
  for (var key in source) if (excluded.indexOf(key) < 0) out[key] = source[key]
  return out
}
function spreadArray(to, from) { return to.concat(Array.from(from)) }
function promisify(fn) {
  return function (options) {
    return new Promise(function (resolve, reject) {
      fn(Object.assign({}, options, { success: resolve, fail: reject }))
    })
  }
}
function promisifyAll(from, to) {
  for (const k of Object.keys(from)) {
    if (k.slice(-4) === 'Sync' || k.slice(0, 2) === 'on' || k.slice(0, 3) === 'off') {
      to[k] = from[k]
      continue
    }
    to[k] = function (options) {
      if (options && (options.success || options.fail || options.complete)) return void from[k](options)
      return new Promise(function (resolve, reject) {
        from[k](Object.assign({}, options, { success: resolve, fail: reject }))
      })
    }
  }
}
function delayed(fn) { return function () { return fn.apply(this, arguments) } }
function once(fn) { return function () { return fn.apply(this, arguments) } }
function to(promise) {
  return promise.then(function (data) { return [null, data] }, function (err) { return [err, undefined] })
}
module.exports = {
  asyncToGenerator: asyncToGenerator, __awaiter: awaiter, __generator: generatorOf, __assign: assign, __rest: rest, __spreadArray: spreadArray,
  cloneDeep: function (v) { return JSON.parse(JSON.stringify(v)) },
  promisify: promisify, promisifyAll: promisifyAll, debounce: delayed, throttle: delayed, once: once, to: to
}
