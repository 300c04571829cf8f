'use strict'
// Proxies: each operation asks the handler's trap, or does what it does to the target.

function trapOf(p, name) {
  const handler = $$handler(p)
  if (handler === null) $$throw('TypeError', `Cannot perform '${name}' on a proxy that has been revoked`)
  const f = handler[name]
  if (f === undefined || f === null) return undefined
  if (!$$isCallable(f)) $$throw('TypeError', `${$$describe(f)} returned for property '${name}' of object is not a function`)
  return f
}

// The machine names the target and the handler of the proxy that it asks.
function trap(handler, name) {
  if (handler === null) $$throw('TypeError', `Cannot perform '${name}' on a proxy that has been revoked`)
  const f = handler[name]
  if (f === undefined || f === null) return undefined
  if (!$$isCallable(f)) $$throw('TypeError', `${$$describe(f)} returned for property '${name}' of object is not a function`)
  return f
}

function keys(o) {
  return $$isProxy(o) ? $$call($$helper('proxy_ownKeys'), undefined, o) : $$ownKeys(o)
}

function descriptor(o, k) {
  return $$isProxy(o) ? $$call($$helper('proxy_getOwnPropertyDescriptor'), undefined, o, k) : $$descriptor(o, k)
}

$$helpers({
  proxy_get(target, handler, receiver, k) {
    const f = trap(handler, 'get')
    if (f === undefined) return $$getFrom(target, k, receiver)
    const v = $$call(f, handler, target, k, receiver)
    if (!$$isProxy(target)) {
      const d = $$descriptor(target, k)
      if (d !== undefined && !d.configurable && 'value' in d && !d.writable && !$$isOpen(v) && !$$same(v, d.value)) {
        $$throw('TypeError', `'get' on proxy: property '${$$describe(k)}' is a read-only and non-configurable data property on the proxy target but the proxy did not return its actual value`)
      }
    }
    return v
  },
  proxy_set(target, handler, receiver, k, v, strict) {
    const f = trap(handler, 'set')
    const ok = f === undefined ? $$call($$helper('setOn'), undefined, target, k, v, receiver) : $$call(f, handler, target, k, v, receiver)
    if (!ok && strict) $$throw('TypeError', `'set' on proxy: trap returned falsish for property '${$$describe(k)}'`)
  },
  proxy_trySet(p, k, v, receiver) {
    const f = trapOf(p, 'set')
    return f === undefined ? $$call($$helper('setOn'), undefined, $$target(p), k, v, receiver) : !!$$call(f, $$handler(p), $$target(p), k, v, receiver)
  },
  proxy_has(target, handler, receiver, k) {
    const f = trap(handler, 'has')
    return f === undefined ? k in target : !!$$call(f, handler, target, k)
  },
  proxy_deleteProperty(target, handler, receiver, k, strict) {
    const f = trap(handler, 'deleteProperty')
    const ok = f === undefined ? $$deleted(target, k) : !!$$call(f, handler, target, k)
    if (!ok && strict) $$throw('TypeError', `'deleteProperty' on proxy: trap returned falsish for property '${$$describe(k)}'`)
    return ok
  },
  proxy_apply(target, handler, self, args) {
    const f = trap(handler, 'apply')
    return f === undefined ? $$apply(target, self, args) : $$call(f, handler, target, self, args)
  },
  proxy_construct(target, handler, args, by) {
    const f = trap(handler, 'construct')
    if (f === undefined) return $$construct(target, args, by)
    const o = $$call(f, handler, target, args, by)
    if (!$$isObject(o) && !$$isOpen(o)) $$throw('TypeError', 'proxy [[Construct]] must return an object')
    return o
  },
  proxy_ownKeys(p) {
    const f = trapOf(p, 'ownKeys')
    if (f === undefined) return keys($$target(p))
    const list = $$call(f, $$handler(p), $$target(p)), out = []
    for (let i = 0, n = $$toLength(+list.length); i < n; i++) $$put(out, list[i])
    return out
  },
  proxy_getOwnPropertyDescriptor(p, k) {
    const f = trapOf(p, 'getOwnPropertyDescriptor')
    if (f === undefined) return descriptor($$target(p), k)
    const d = $$call(f, $$handler(p), $$target(p), k)
    if (d === undefined) return undefined
    const out = { enumerable: !!d.enumerable, configurable: !!d.configurable }
    if ('get' in d || 'set' in d) {
      out.get = d.get
      out.set = d.set
    } else {
      out.value = d.value
      out.writable = !!d.writable
    }
    return out
  },
  proxy_defineProperty(p, k, d) {
    const f = trapOf(p, 'defineProperty'), t = $$target(p)
    if (f === undefined) return $$isProxy(t) ? $$call($$helper('proxy_defineProperty'), undefined, t, k, d) : $$define(t, k, d)
    return !!$$call(f, $$handler(p), t, k, { ...d })
  },
  proxy_getPrototypeOf(p) {
    const f = trapOf(p, 'getPrototypeOf')
    return f === undefined ? $$protoOf($$target(p)) : $$call(f, $$handler(p), $$target(p))
  },
  proxy_setPrototypeOf(p, proto, strict) {
    const f = trapOf(p, 'setPrototypeOf')
    const ok = f === undefined ? $$call($$named('setPrototypeOf'), undefined, $$target(p), proto) : $$call(f, $$handler(p), $$target(p), proto)
    if (!ok && strict) $$throw('TypeError', "'setPrototypeOf' on proxy: trap returned falsish")
    return p
  },
  proxy_integrity(p, name) {
    const t = $$target(p)
    if (name === 'preventExtensions' || name === 'isExtensible') {
      const f = trapOf(p, name)
      const r = f === undefined ? $$call($$static('Object', name), undefined, t) : $$call(f, $$handler(p), t)
      if (name === 'isExtensible') return !!r
      if (f !== undefined && !r) $$throw('TypeError', "'preventExtensions' on proxy: trap returned falsish")
      return p
    }
    const r = $$call($$static('Object', name), undefined, t)
    return r === t ? p : r
  },
  proxyInChain(v, p) {
    for (let at = $$protoOf(v); at !== null; at = $$protoOf(at)) if (at === p) return true
    return false
  },
})
