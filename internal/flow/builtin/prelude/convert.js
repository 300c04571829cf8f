'use strict'
// Conversions and operators on objects, which may call what the program defined.

const TO_PRIMITIVE = $$symbol('toPrimitive')

function primitive(v, hint) {
  if (!$$isObject(v)) return v
  const exotic = v[TO_PRIMITIVE]
  if (exotic !== undefined && exotic !== null) {
    if (!$$isCallable(exotic)) $$throw('TypeError', 'Symbol.toPrimitive is not a function')
    const r = $$call(exotic, v, hint)
    if (!$$isObject(r)) return r
    $$throw('TypeError', 'Cannot convert object to primitive value')
  }
  const first = hint === 'string' ? v.toString : v.valueOf
  if ($$isCallable(first)) {
    const r = $$call(first, v)
    if (!$$isObject(r)) return r
  }
  const second = hint === 'string' ? v.valueOf : v.toString
  if ($$isCallable(second)) {
    const r = $$call(second, v)
    if (!$$isObject(r)) return r
  }
  $$throw('TypeError', 'Cannot convert object to primitive value')
}

function key(v) {
  const p = primitive(v, 'string')
  return typeof p === 'symbol' ? p : `${p}`
}

function coerced(v, kind) {
  if (!$$isObject(v)) return v
  switch (kind) {
    case 't':
    case 's':
    case 'S':
      return `${v}`
    case 'n':
    case 'N':
    case 'i':
    case 'I':
      return +v
  }
  return v
}

$$helpers({
  toNumeric: (v) => $$numeric(primitive(v, 'number')),
  toKey: key,
  toString: (v) => `${primitive(v, 'string')}`,
  toPrimitive: primitive,
  'unary+': (v) => +primitive(v, 'number'),
  'unary-': (v) => -primitive(v, 'number'),
  'unary~': (v) => ~primitive(v, 'number'),
  'binary+': (a, b) => {
    const x = primitive(a, 'default'), y = primitive(b, 'default')
    return x + y
  },
  'binary==': (a, b) => loose(a, b),
  'binary!=': (a, b) => !loose(a, b),
  'binary-': (a, b) => $$numeric(primitive(a, 'number')) - $$numeric(primitive(b, 'number')),
  'binary*': (a, b) => $$numeric(primitive(a, 'number')) * $$numeric(primitive(b, 'number')),
  'binary/': (a, b) => $$numeric(primitive(a, 'number')) / $$numeric(primitive(b, 'number')),
  'binary%': (a, b) => $$numeric(primitive(a, 'number')) % $$numeric(primitive(b, 'number')),
  'binary**': (a, b) => $$numeric(primitive(a, 'number')) ** $$numeric(primitive(b, 'number')),
  'binary|': (a, b) => $$numeric(primitive(a, 'number')) | $$numeric(primitive(b, 'number')),
  'binary&': (a, b) => $$numeric(primitive(a, 'number')) & $$numeric(primitive(b, 'number')),
  'binary^': (a, b) => $$numeric(primitive(a, 'number')) ^ $$numeric(primitive(b, 'number')),
  'binary<<': (a, b) => $$numeric(primitive(a, 'number')) << $$numeric(primitive(b, 'number')),
  'binary>>': (a, b) => $$numeric(primitive(a, 'number')) >> $$numeric(primitive(b, 'number')),
  'binary>>>': (a, b) => $$numeric(primitive(a, 'number')) >>> $$numeric(primitive(b, 'number')),
  'binary<': (a, b) => primitive(a, 'number') < primitive(b, 'number'),
  'binary>': (a, b) => primitive(a, 'number') > primitive(b, 'number'),
  'binary<=': (a, b) => primitive(a, 'number') <= primitive(b, 'number'),
  'binary>=': (a, b) => primitive(a, 'number') >= primitive(b, 'number'),
  binaryin: (a, b) => key(a) in b,
  binaryinstanceof(v, f) {
    const has = f[$$symbol('hasInstance')]
    if (has !== undefined && has !== null) return !!$$call(has, f, v)
    if (!$$isCallable(f)) $$throw('TypeError', "Right-hand side of 'instanceof' is not callable")
    return $$call($$named('hasInstance'), f, v)
  },
  instanceBy(f, v) {
    const p = f.prototype
    if (!$$isObject(p)) $$throw('TypeError', 'Function has non-object prototype in instanceof check')
    return $$inChain(v, p)
  },
  getElement: (o, k) => o[key(k)],
  setElement: (o, k, v) => {
    o[key(k)] = v
  },
  deleteElement: (o, k) => delete o[key(k)],
  getSuper(at, k, self) {
    return $$getFrom(at, key(k), self)
  },
  // Converts this and arguments as the letters of package builtin say, and calls the function again.
  coerce(f, self, args, takes, target) {
    const self2 = coerced(self, takes[0])
    let kind = ''
    for (let i = 0; i < args.length; i++) {
      const next = i + 1 < takes.length ? takes[i + 1] : ''
      if (next !== '*' && (next !== '' || takes[takes.length - 1] !== '*')) kind = next
      args[i] = coerced(args[i], kind)
    }
    return target === undefined ? $$apply(f, self2, args) : $$construct(f, args, target)
  },
  tagged(v, tag) {
    const own = v[$$symbol('toStringTag')]
    return `[object ${typeof own === 'string' ? own : tag}]`
  },
  hasOwn(v, k) {
    const o = $$box(v), name = key(k)
    return $$isProxy(o) ? $$call($$helper('proxy_getOwnPropertyDescriptor'), undefined, o, name) !== undefined : $$hasOwn(o, name)
  },
  withCause(e, options) {
    if ('cause' in options) $$hide(e, 'cause', options.cause)
    return e
  },
  aggregate(errors, message, options) {
    const e = this
    if (message !== undefined) $$hide(e, 'message', `${message}`)
    if ($$isObject(options) && 'cause' in options) $$hide(e, 'cause', options.cause)
    $$hide(e, 'errors', [...errors])
    return e
  },
  applyList(f, self, list) {
    const args = []
    for (let i = 0, n = $$toLength(+list.length); i < n; i++) $$put(args, list[i])
    return $$apply(f, self, args)
  },
})

function loose(a, b) {
  if ($$isObject(a)) {
    if ($$isObject(b)) return a === b
    return b === undefined || b === null ? false : primitive(a, 'default') == b
  }
  return a === undefined || a === null ? false : a == primitive(b, 'default')
}

$$methods('Error.prototype', {
  toString() {
    if (!$$isObject(this)) $$throw('TypeError', 'Error.prototype.toString requires that this be an object')
    const n = this.name, m = this.message
    const name = n === undefined ? 'Error' : `${n}`, message = m === undefined ? '' : `${m}`
    return name === '' ? message : message === '' ? name : `${name}: ${message}`
  },
})

$$methods('Object.prototype', {
  toLocaleString() {
    return this.toString()
  },
})
