'use strict'
// The steps of iteration over what is no usual array.

function fromSync(it) {
  const next = it.next
  const step = (r) => {
    if (!$$isObject(r)) $$throw('TypeError', 'Iterator result is not an object')
    const done = r.done, value = r.value
    return $$then($$promiseOf(value), (v) => ({ value: v, done }), undefined)
  }
  const wrap = (f) => {
    try {
      return f()
    } catch (e) {
      return $$rejected(e)
    }
  }
  const out = $$create('AsyncFromSyncIterator')
  out.next = (v) => wrap(() => step($$call(next, it, v)))
  out.return = (v) => wrap(() => {
    const f = it.return
    if (f === undefined || f === null) return $$resolved({ value: v, done: true })
    return step($$call(f, it, v))
  })
  out.throw = (v) => wrap(() => {
    const f = it.throw
    if (f === undefined || f === null) {
      const close = it.return
      if (close !== undefined && close !== null) $$call(close, it)
      $$throw('TypeError', 'The iterator does not provide a throw method')
    }
    return step($$call(f, it, v))
  })
  return out
}

$$helpers({
  iterator(v) {
    const f = v[$$symbol('iterator')]
    if (!$$isCallable(f)) $$throw('TypeError', `${$$describe(v)} is not iterable`)
    const it = $$call(f, v)
    if ($$isOpen(it)) return it
    if (!$$isObject(it)) $$throw('TypeError', 'Result of the Symbol.iterator method is not an object')
    return $$isOwnIterator(it) ? it : $$record(it, it.next)
  },
  asyncIterator(v) {
    const f = v[$$symbol('asyncIterator')]
    if (f === undefined || f === null) {
      const sync = v[$$symbol('iterator')]
      if (!$$isCallable(sync)) $$throw('TypeError', `${$$describe(v)} is not async iterable`)
      const it = $$call(sync, v)
      if ($$isOpen(it)) return it
      if (!$$isObject(it)) $$throw('TypeError', 'Result of the Symbol.iterator method is not an object')
      const out = fromSync(it)
      return $$record(out, out.next)
    }
    if (!$$isCallable(f)) $$throw('TypeError', `${$$describe(v)} is not async iterable`)
    const it = $$call(f, v)
    if ($$isOpen(it)) return it
    if (!$$isObject(it)) $$throw('TypeError', 'Result of the Symbol.asyncIterator method is not an object')
    return $$record(it, it.next)
  },
  // The next value, or nothing at the end.
  iterNext(record) {
    if ($$isOver(record)) return $$absent()
    $$over(record, true)
    const r = $$call($$recordNext(record), $$recordOf(record))
    if (!$$isObject(r)) {
      if ($$isOpen(r)) {
        $$over(record, false)
        return $$maybeItem(r)
      }
      $$throw('TypeError', `Iterator result ${$$describe(r)} is not an object`)
    }
    if (r.done) return $$absent()
    const v = r.value
    $$over(record, false)
    return v
  },
  iterClose(record, quiet) {
    if ($$isOver(record)) return
    const it = $$recordOf(record)
    if (quiet) {
      try {
        const f = it.return
        if (f !== undefined && f !== null) $$call(f, it)
      } catch (e) {}
      return
    }
    const f = it.return
    if (f === undefined || f === null) return
    const r = $$call(f, it)
    if (!$$isObject(r) && !$$isOpen(r)) $$throw('TypeError', `${$$describe(r)} is not an object`)
  },
  iterCall(record, name, v, given) {
    const it = $$recordOf(record)
    const f = name === 'next' ? $$recordNext(record) : it[name]
    if (name !== 'next' && (f === undefined || f === null)) return $$absent()
    return given ? $$call(f, it, v) : $$call(f, it)
  },
  appendAll(list, v) {
    for (const x of v) $$put(list, x)
  },
  appendRest(list, record) {
    const next = $$helper('iterNext')
    for (;;) {
      const v = next(record)
      if ($$isAbsent(v)) return
      $$put(list, v)
    }
  },
  forInProxy(p) {
    const names = []
    for (let o = p; o !== null; o = $$protoOf(o)) {
      const keys = $$isProxy(o) ? $$call($$helper('proxy_ownKeys'), undefined, o) : $$ownKeys(o)
      for (let i = 0; i < keys.length; i++) {
        const k = keys[i]
        if (typeof k === 'symbol' || $$among(names, k)) continue
        const d = $$isProxy(o) ? $$call($$helper('proxy_getOwnPropertyDescriptor'), undefined, o, k) : $$descriptor(o, k)
        if (d !== undefined && d.enumerable) $$put(names, k)
      }
    }
    return $$iteratorOf(names, 'ForIn')
  },
  copyProps(to, from, but) {
    const keys = $$isProxy(from) ? $$call($$helper('proxy_ownKeys'), undefined, from) : $$ownKeys(from)
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i]
      if ($$among(but, k)) continue
      if ($$isProxy(from)) {
        const d = $$call($$helper('proxy_getOwnPropertyDescriptor'), undefined, from, k)
        if (d === undefined || !d.enumerable) continue
      } else if (!$$isEnumerable(from, k)) continue
      $$setOwn(to, k, from[k])
    }
    $$copyRest(to, from)
  },
  follow(then, thenable, resolve, reject) {
    try {
      $$call(then, thenable, resolve, reject)
    } catch (e) {
      reject(e)
    }
  },
  resumeGenerator: (g, kind, v) => (kind === 0 ? g.next(v) : kind === 1 ? g.throw(v) : g.return(v)),
  // An element of JSX, where no framework says otherwise.
  element: (type, props, ...children) => ({ type, props: { ...props, children } }),
})
