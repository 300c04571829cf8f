'use strict'
// What runs executors and combines promises.

function constructorOf(C) {
  if (!$$isObject(C)) $$throw('TypeError', 'Promise combinator called on non-object')
  const resolve = C.resolve
  if (!$$isCallable(resolve)) $$throw('TypeError', 'Promise resolve or reject function is not callable')
  return resolve
}

// Goes over what is to be combined: each(promise, index) for each, then end(count). Whatever is thrown rejects.
function combine(C, items, each, end, resolve, reject) {
  try {
    const f = constructorOf(C)
    let n = 0
    for (const x of items) each($$call(f, C, x), n++)
    end(n)
  } catch (e) {
    reject(e)
  }
}

$$helpers({
  runExecutor(executor, resolve, reject, p) {
    try {
      $$call(executor, undefined, resolve, reject)
    } catch (e) {
      reject(e)
    }
    return p
  },
})

$$statics('Promise', {
  all(items) {
    const p = $$promise(), both = $$resolvers(p), resolve = both[0], reject = both[1]
    if ($$isOpen(items)) {
      resolve($$fromOpenAll(items))
      return p
    }
    const values = []
    let left = 1
    combine(this, items, (x, i) => {
      let called = false
      $$put(values, undefined)
      left++
      x.then((v) => {
        if (called) return
        called = true
        values[i] = v
        if (--left === 0) resolve(values)
      }, reject)
    }, () => {
      if (--left === 0) resolve(values)
    }, resolve, reject)
    return p
  },
  allSettled(items) {
    const p = $$promise(), both = $$resolvers(p), resolve = both[0], reject = both[1]
    if ($$isOpen(items)) {
      resolve($$fromOpenAll(items))
      return p
    }
    const values = []
    let left = 1
    combine(this, items, (x, i) => {
      let called = false
      $$put(values, undefined)
      left++
      const settle = (o) => {
        if (called) return
        called = true
        values[i] = o
        if (--left === 0) resolve(values)
      }
      x.then((value) => settle({ status: 'fulfilled', value }), (reason) => settle({ status: 'rejected', reason }))
    }, () => {
      if (--left === 0) resolve(values)
    }, resolve, reject)
    return p
  },
  any(items) {
    const p = $$promise(), both = $$resolvers(p), resolve = both[0], reject = both[1]
    if ($$isOpen(items)) {
      resolve($$derived('any', items))
      return p
    }
    const errors = []
    let left = 1
    const failed = () => reject($$construct($$named('AggregateError'), [errors, 'All promises were rejected'], $$named('AggregateError')))
    combine(this, items, (x, i) => {
      let called = false
      $$put(errors, undefined)
      left++
      x.then(resolve, (e) => {
        if (called) return
        called = true
        errors[i] = e
        if (--left === 0) failed()
      })
    }, () => {
      if (--left === 0) failed()
    }, resolve, reject)
    return p
  },
  race(items) {
    const p = $$promise(), both = $$resolvers(p), resolve = both[0], reject = both[1]
    if ($$isOpen(items)) {
      resolve($$derived('race', items))
      return p
    }
    combine(this, items, (x) => {
      x.then(resolve, reject)
    }, () => {}, resolve, reject)
    return p
  },
  try(f, ...args) {
    const p = $$promise(), both = $$resolvers(p)
    try {
      both[0]($$apply(f, undefined, args))
    } catch (e) {
      both[1](e)
    }
    return p
  },
})

$$methods('Promise.prototype', {
  catch(onRejected) {
    return this.then(undefined, onRejected)
  },
  finally(f) {
    if (!$$isObject(this)) $$throw('TypeError', 'Promise.prototype.finally called on a non-object')
    if (!$$isCallable(f)) return this.then(f, f)
    return this.then((v) => $$promiseOf(f()).then(() => v), (e) => $$promiseOf(f()).then(() => {
      throw e
    }))
  },
})
