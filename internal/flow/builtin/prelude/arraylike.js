'use strict'
// The methods of arrays that are called on something that is no usual array.

function toObject(v) {
  return $$box(v)
}

function toLength(o) {
  return $$toLength(+o.length)
}

function relative(v, n) {
  const i = $$toInteger(+v)
  return i < 0 ? (n + i < 0 ? 0 : n + i) : i > n ? n : i
}

function end(v, n) {
  return v === undefined ? n : relative(v, n)
}

function made(o, n) {
  if (!$$isArray(o)) return []
  const C = o.constructor
  const S = $$isObject(C) ? C[$$symbol('species')] : undefined
  return S === undefined || S === null || S === $$named('Array') ? [] : new S(n)
}

// The arrays that are being joined: one within itself is nothing.
const joining = []

$$helpers({
  array_push(...items) {
    const o = toObject(this)
    let n = toLength(o)
    if (n + items.length > 9007199254740991) $$throw('TypeError', 'Pushing past 2 ** 53 - 1 elements')
    for (let i = 0; i < items.length; i++) o[n++] = items[i]
    return (o.length = n)
  },
  array_pop() {
    const o = toObject(this), n = toLength(o)
    if (n === 0) {
      o.length = 0
      return
    }
    const v = o[n - 1]
    delete o[n - 1]
    o.length = n - 1
    return v
  },
  array_shift() {
    const o = toObject(this), n = toLength(o)
    if (n === 0) {
      o.length = 0
      return
    }
    const v = o[0]
    for (let i = 1; i < n; i++) {
      if (i in o) o[i - 1] = o[i]
      else delete o[i - 1]
    }
    delete o[n - 1]
    o.length = n - 1
    return v
  },
  array_unshift(...items) {
    const o = toObject(this), n = toLength(o), k = items.length
    if (k > 0) {
      for (let i = n - 1; i >= 0; i--) {
        if (i in o) o[i + k] = o[i]
        else delete o[i + k]
      }
      for (let i = 0; i < k; i++) o[i] = items[i]
    }
    return (o.length = n + k)
  },
  array_splice(start, count, ...items) {
    const o = toObject(this), n = toLength(o)
    const from = relative(start, n)
    const removed = arguments.length === 0 ? 0 : arguments.length === 1 ? n - from : $$clamp(+count, n - from)
    const out = made(o, removed)
    for (let i = 0; i < removed; i++) if (from + i in o) out[i] = o[from + i]
    out.length = removed
    const shift = items.length - removed
    if (shift < 0) {
      for (let i = from + removed; i < n; i++) {
        if (i in o) o[i + shift] = o[i]
        else delete o[i + shift]
      }
      for (let i = n - 1; i >= n + shift; i--) delete o[i]
    } else if (shift > 0) {
      for (let i = n - 1; i >= from + removed; i--) {
        if (i in o) o[i + shift] = o[i]
        else delete o[i + shift]
      }
    }
    for (let i = 0; i < items.length; i++) o[from + i] = items[i]
    o.length = n + shift
    return out
  },
  array_slice(start, last) {
    const o = toObject(this), n = toLength(o), from = relative(start, n), to = end(last, n)
    const out = made(o, to > from ? to - from : 0)
    let k = 0
    for (let i = from; i < to; i++, k++) if (i in o) out[k] = o[i]
    out.length = k
    return out
  },
  array_concat(...items) {
    const out = made(toObject(this), 0)
    let n = 0
    const add = (v) => {
      let spread = false
      if ($$isObject(v)) {
        const wish = v[$$symbol('isConcatSpreadable')]
        spread = wish === undefined ? $$isArrayLike(v) : wish
      }
      if (spread) {
        const k = toLength(v)
        for (let i = 0; i < k; i++, n++) if (i in v) out[n] = v[i]
        out.length = n
      } else {
        out[n++] = v
      }
    }
    add(toObject(this))
    for (let i = 0; i < items.length; i++) add(items[i])
    return out
  },
  array_reverse() {
    const o = toObject(this), n = toLength(o)
    for (let i = 0, j = n - 1; i < j; i++, j--) {
      const hasI = i in o, hasJ = j in o, a = o[i], b = o[j]
      if (hasJ) o[i] = b
      else delete o[i]
      if (hasI) o[j] = a
      else delete o[j]
    }
    return o
  },
  array_fill(v, start, last) {
    const o = toObject(this), n = toLength(o)
    for (let i = relative(start, n), to = end(last, n); i < to; i++) o[i] = v
    return o
  },
  array_copyWithin(target, start, last) {
    const o = toObject(this), n = toLength(o), copy = []
    let to = relative(target, n)
    for (let i = relative(start, n), stop = end(last, n); i < stop; i++) copy.push(o[i])
    for (let i = 0; i < copy.length && to < n; i++) o[to++] = copy[i]
    return o
  },
  array_indexOf(v, start) {
    const o = toObject(this), n = toLength(o)
    if (n === 0) return -1
    for (let i = relative(start, n); i < n; i++) if (i in o && o[i] === v) return i
    return -1
  },
  array_lastIndexOf(v, start) {
    const o = toObject(this), n = toLength(o)
    let i = n - 1
    if (arguments.length > 1) {
      i = $$toInteger(+start)
      if (i < 0) i += n
      else if (i > n - 1) i = n - 1
    }
    for (; i >= 0; i--) if (i in o && o[i] === v) return i
    return -1
  },
  array_includes(v, start) {
    const o = toObject(this), n = toLength(o)
    for (let i = n === 0 ? 0 : relative(start, n); i < n; i++) if (o[i] === v || (v !== v && o[i] !== o[i])) return true
    return false
  },
  array_join(separator) {
    const o = toObject(this)
    for (let i = 0; i < joining.length; i++) if (joining[i] === o) return ''
    joining.push(o)
    const n = $$isArray(o) && !$$hasRest(o) ? $$known(o) : toLength(o)
    const sep = separator === undefined ? ',' : `${separator}`
    let out = ''
    try {
      for (let i = 0; i < n; i++) {
        if (i > 0) out += sep
        const v = o[i]
        if (v !== undefined && v !== null) out += `${v}`
      }
    } finally {
      joining.pop()
    }
    return out
  },
  array_at(index) {
    const o = toObject(this), n = toLength(o), i = $$toInteger(+index)
    return o[i < 0 ? n + i : i]
  },
  array_flat(depth) {
    const list = []
    for (let o = toObject(this), i = 0, n = toLength(o); i < n; i++) if (i in o) list.push(o[i])
    return list.flat(depth)
  },
  array_toReversed() {
    const o = toObject(this), out = []
    for (let i = toLength(o) - 1; i >= 0; i--) out.push(o[i])
    return out
  },
  array_with(index, v) {
    const o = toObject(this), out = []
    for (let i = 0, n = toLength(o); i < n; i++) out.push(o[i])
    return out.with(index, v)
  },
})
