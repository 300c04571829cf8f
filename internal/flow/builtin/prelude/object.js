'use strict'
// What of Object and Reflect reads properties that may be getters.

const FIELDS = ['enumerable', 'configurable', 'value', 'writable', 'get', 'set']

function objectOf(v) {
  if (v === undefined || v === null) $$throw('TypeError', 'Cannot convert undefined or null to object')
  return $$box(v)
}

function keysOf(o) {
  return $$isProxy(o) ? $$call($$helper('proxy_ownKeys'), undefined, o) : $$ownKeys(o)
}

function descriptorOf(o, k) {
  return $$isProxy(o) ? $$call($$helper('proxy_getOwnPropertyDescriptor'), undefined, o, k) : $$descriptor(o, k)
}

// A descriptor whose fields are plain.
function fields(d) {
  if (!$$isObject(d)) $$throw('TypeError', `Property description must be an object: ${$$describe(d)}`)
  const out = $$bare()
  for (let i = 0; i < 6; i++) {
    const name = FIELDS[i]
    if (name in d) out[name] = i < 2 || i === 3 ? !!d[name] : d[name]
  }
  if ('get' in out && out.get !== undefined && !$$isCallable(out.get)) $$throw('TypeError', `Getter must be a function: ${$$describe(out.get)}`)
  if ('set' in out && out.set !== undefined && !$$isCallable(out.set)) $$throw('TypeError', `Setter must be a function: ${$$describe(out.set)}`)
  if (('get' in out || 'set' in out) && ('value' in out || 'writable' in out)) {
    $$throw('TypeError', 'Invalid property descriptor. Cannot both specify accessors and a value or writable attribute')
  }
  return out
}

function define(o, k, d) {
  return $$isProxy(o) ? $$call($$helper('proxy_defineProperty'), undefined, o, k, d) : $$define(o, k, d)
}

function defineAll(o, list) {
  const from = objectOf(list), keys = keysOf(from), all = []
  for (let i = 0; i < keys.length; i++) {
    const d = descriptorOf(from, keys[i])
    if (d !== undefined && d.enumerable) $$put(all, [keys[i], fields(from[keys[i]])])
  }
  for (let i = 0; i < all.length; i++) {
    if (!define(o, all[i][0], all[i][1])) $$throw('TypeError', `Cannot redefine property: ${$$describe(all[i][0])}`)
  }
  return o
}

$$helpers({
  defineProperty(o, k, d) {
    if (!$$isObject(o)) $$throw('TypeError', 'Object.defineProperty called on non-object')
    const name = $$key(k)
    if (!define(o, name, fields(d))) $$throw('TypeError', `Cannot redefine property: ${$$describe(name)}`)
    return o
  },
  defineProperties: defineAll,
  getOwnPropertyDescriptor: (o, k) => descriptorOf(objectOf(o), $$key(k)),
  listProperties(o, kind) {
    const out = [], keys = keysOf(o)
    for (let i = 0; i < keys.length; i++) {
      const k = keys[i]
      if (typeof k === 'symbol') continue
      const d = descriptorOf(o, k)
      if (d === undefined || !d.enumerable) continue
      if (kind === 'keys') $$put(out, k)
      else if (kind === 'values') $$put(out, o[k])
      else $$put(out, [k, o[k]])
    }
    $$copyRest(out, o)
    return out
  },
  proxyKeys(o, symbols) {
    const out = [], keys = keysOf(o)
    for (let i = 0; i < keys.length; i++) if ((typeof keys[i] === 'symbol') === symbols) $$put(out, keys[i])
    return out
  },
})

$$statics('Object', {
  assign(target, ...sources) {
    const to = objectOf(target)
    for (let i = 0; i < sources.length; i++) {
      const from = sources[i]
      if (from === undefined || from === null) continue
      if ($$isOpen(from)) {
        $$spread(to, from)
        continue
      }
      const o = $$box(from)
      if ($$assignPlain(to, o)) continue
      const keys = keysOf(o)
      for (let j = 0; j < keys.length; j++) {
        const k = keys[j]
        if ($$isProxy(o)) {
          const d = descriptorOf(o, k)
          if (d === undefined || !d.enumerable) continue
        } else if (!$$isEnumerable(o, k)) continue
        to[k] = o[k]
      }
      $$copyRest(to, o)
    }
    return to
  },
  defineProperties(o, list) {
    if (!$$isObject(o)) $$throw('TypeError', 'Object.defineProperties called on non-object')
    return defineAll(o, list)
  },
  getOwnPropertyDescriptors(v) {
    const o = objectOf(v), out = {}, keys = keysOf(o)
    for (let i = 0; i < keys.length; i++) {
      const d = descriptorOf(o, keys[i])
      if (d !== undefined) $$setOwn(out, keys[i], d)
    }
    return out
  },
  fromEntries(entries) {
    if (entries === undefined || entries === null) $$throw('TypeError', `${entries} is not iterable`)
    const out = {}
    if ($$isOpen(entries)) {
      $$spread(out, entries)
      return out
    }
    for (const e of entries) {
      if (!$$isObject(e) && !$$isOpen(e)) $$throw('TypeError', `Iterator value ${$$describe(e)} is not an entry object`)
      $$setOwn(out, $$key(e[0]), e[1])
    }
    return out
  },
})

$$statics('Reflect', {
  defineProperty: (o, k, d) => define(target(o), $$key(k), fields(d)),
  getOwnPropertyDescriptor: (o, k) => descriptorOf(target(o), $$key(k)),
  get(o, k) {
    target(o)
    return arguments.length > 2 ? $$getFrom(o, $$key(k), arguments[2]) : o[k]
  },
  set(o, k, v) {
    target(o)
    return setOn(o, $$key(k), v, arguments.length > 3 ? arguments[3] : o)
  },
  has: (o, k) => k in target(o),
  deleteProperty: (o, k) => $$deleted(target(o), $$key(k)),
  ownKeys: (o) => keysOf(target(o)),
  apply(f, self, args) {
    if (!$$isCallable(f)) $$throw('TypeError', 'Function.prototype.apply was called on something that is no function')
    return $$call($$named('functionApply'), f, self, args)
  },
  construct(f, args, by = undefined) {
    if (!$$isConstructor(f)) $$throw('TypeError', `${$$describe(f)} is not a constructor`)
    const list = []
    for (let i = 0, n = $$toLength(+args.length); i < n; i++) $$put(list, args[i])
    return $$construct(f, list, by === undefined ? f : by)
  },
})

function target(o) {
  if (!$$isObject(o) && !$$isOpen(o)) $$throw('TypeError', 'Reflect called on non-object')
  return o
}

// OrdinarySet with a receiver: whether it could be written.
function setOn(o, k, v, receiver) {
  for (let at = o; at !== null; at = $$protoOf(at)) {
    if ($$isProxy(at)) return $$call($$helper('proxy_trySet'), undefined, at, k, v, receiver)
    const d = $$descriptor(at, k)
    if (d === undefined) continue
    if ('get' in d || 'set' in d) {
      if (d.set === undefined) return false
      $$call(d.set, receiver, v)
      return true
    }
    if (!d.writable) return false
    break
  }
  if (!$$isObject(receiver)) return false
  const own = descriptorOf(receiver, k)
  if (own !== undefined) {
    if ('get' in own || !own.writable) return false
    const change = $$bare()
    change.value = v
    return define(receiver, k, change)
  }
  const fresh = $$bare()
  fresh.value = v
  fresh.writable = fresh.enumerable = fresh.configurable = true
  return define(receiver, k, fresh)
}

$$helpers({ setOn })

$$methods('Object.prototype', {
  __defineGetter__(k, f) {
    const d = $$bare()
    d.get = f
    d.enumerable = d.configurable = true
    define($$box(this), $$key(k), fields(d))
  },
  __defineSetter__(k, f) {
    const d = $$bare()
    d.set = f
    d.enumerable = d.configurable = true
    define($$box(this), $$key(k), fields(d))
  },
  __lookupGetter__(k) {
    const name = $$key(k)
    for (let o = $$box(this); o !== null; o = $$protoOf(o)) {
      const d = descriptorOf(o, name)
      if (d !== undefined) return d.get
    }
  },
  __lookupSetter__(k) {
    const name = $$key(k)
    for (let o = $$box(this); o !== null; o = $$protoOf(o)) {
      const d = descriptorOf(o, name)
      if (d !== undefined) return d.set
    }
  },
})
