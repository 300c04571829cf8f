'use strict'
// The methods of arrays that call back. Of an array with elements that are not known, $$known counts those that are; $$more tells, each
// time it is asked, that there is another one or none, and $$item is one of them.

function callable(f) {
  if (!$$isCallable(f)) $$throw('TypeError', `${$$describe(f)} is not a function`)
}

function object(v) {
  if (v === undefined || v === null) $$throw('TypeError', 'Array.prototype method called on null or undefined')
  return $$box(v)
}

function lengthOf(o) {
  return $$isArray(o) ? $$known(o) : $$toLength(+o.length)
}

// The array that a method of o makes: one of the same class.
function species(o, n) {
  if ($$isPlainArray(o) || !$$isArray(o)) return []
  let C = o.constructor
  if ($$isObject(C)) {
    C = C[$$symbol('species')]
    if (C === null) C = undefined
  }
  return C === undefined || C === $$named('Array') ? [] : new C(n)
}

$$methods('Array.prototype', {
  forEach(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    for (let i = 0; i < n; i++) if (i in o) $$call(f, self, o[i], i, o)
    while ($$more(o)) $$call(f, self, $$item(o), $$index(o), o)
  },
  map(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    const out = species(o, n)
    for (let i = 0; i < n; i++) if (i in o) out[i] = $$call(f, self, o[i], i, o)
    if (out.length < n) out.length = n
    while ($$more(o)) $$add(out, $$call(f, self, $$item(o), $$index(o), o))
    return out
  },
  filter(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    const out = species(o, 0)
    for (let i = 0; i < n; i++) {
      if (!(i in o)) continue
      const v = o[i], keep = $$call(f, self, v, i, o)
      if ($$isOpen(keep)) $$add(out, v)
      else if (keep) $$put(out, v)
    }
    while ($$more(o)) {
      const v = $$item(o), keep = $$call(f, self, v, $$index(o), o)
      if ($$isOpen(keep)) $$add(out, v)
      else if (keep) $$add(out, v)
    }
    return out
  },
  some(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    for (let i = 0; i < n; i++) if (i in o && $$call(f, self, o[i], i, o)) return true
    while ($$more(o)) if ($$call(f, self, $$item(o), $$index(o), o)) return true
    return false
  },
  every(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    for (let i = 0; i < n; i++) if (i in o && !$$call(f, self, o[i], i, o)) return false
    while ($$more(o)) if (!$$call(f, self, $$item(o), $$index(o), o)) return false
    return true
  },
  find(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    for (let i = 0; i < n; i++) {
      const v = o[i]
      if ($$call(f, self, v, i, o)) return v
    }
    while ($$more(o)) {
      const v = $$item(o)
      if ($$call(f, self, v, $$index(o), o)) return v
    }
  },
  findIndex(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    for (let i = 0; i < n; i++) if ($$call(f, self, o[i], i, o)) return i
    while ($$more(o)) {
      const i = $$index(o)
      if ($$call(f, self, $$item(o), i, o)) return i
    }
    return -1
  },
  findLast(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    while ($$more(o)) {
      const v = $$item(o)
      if ($$call(f, self, v, $$index(o), o)) return v
    }
    for (let i = n - 1; i >= 0; i--) {
      const v = o[i]
      if ($$call(f, self, v, i, o)) return v
    }
  },
  findLastIndex(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    while ($$more(o)) {
      const i = $$index(o)
      if ($$call(f, self, $$item(o), i, o)) return i
    }
    for (let i = n - 1; i >= 0; i--) if ($$call(f, self, o[i], i, o)) return i
    return -1
  },
  reduce(f) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    let i = 0, value
    if (arguments.length > 1) value = arguments[1]
    else {
      while (i < n && !(i in o)) i++
      if (i < n) value = o[i++]
      else if ($$more(o)) value = $$item(o)
      else $$throw('TypeError', 'Reduce of empty array with no initial value')
    }
    for (; i < n; i++) if (i in o) value = $$call(f, undefined, value, o[i], i, o)
    while ($$more(o)) value = $$call(f, undefined, value, $$item(o), $$index(o), o)
    return value
  },
  reduceRight(f) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    let i = n - 1, value
    if (arguments.length > 1) value = arguments[1]
    else if ($$more(o)) value = $$item(o)
    else {
      while (i >= 0 && !(i in o)) i--
      if (i < 0) $$throw('TypeError', 'Reduce of empty array with no initial value')
      value = o[i--]
    }
    while ($$more(o)) value = $$call(f, undefined, value, $$item(o), $$index(o), o)
    for (; i >= 0; i--) if (i in o) value = $$call(f, undefined, value, o[i], i, o)
    return value
  },
  flatMap(f, self = undefined) {
    const o = object(this), n = lengthOf(o)
    callable(f)
    const out = []
    for (let i = 0; i < n; i++) if (i in o) $$flatten(out, $$call(f, self, o[i], i, o))
    while ($$more(o)) $$flatten(out, $$add([], $$call(f, self, $$item(o), $$index(o), o)).flat())
    return out
  },
  sort(compare) {
    if (compare !== undefined) callable(compare)
    const o = object(this)
    const items = [], n = lengthOf(o)
    let holes = 0
    for (let i = 0; i < n; i++) {
      if (i in o) $$put(items, o[i])
      else holes++
    }
    $$copyRest(items, o)
    const sorted = order(items, compare)
    if ($$isArray(o) && $$replace(o, sorted, holes)) return o
    for (let i = 0; i < sorted.length; i++) o[i] = sorted[i]
    for (let i = sorted.length; i < n; i++) delete o[i]
    return o
  },
  toSorted(compare) {
    if (compare !== undefined) callable(compare)
    const o = object(this), n = lengthOf(o), items = []
    for (let i = 0; i < n; i++) $$put(items, o[i])
    $$copyRest(items, o)
    return order(items, compare)
  },
  toSpliced(start, count, ...items) {
    const o = object(this), out = []
    for (let i = 0, n = lengthOf(o); i < n; i++) $$put(out, o[i])
    $$copyRest(out, o)
    if (arguments.length === 0) return out
    if (arguments.length === 1) out.splice(start)
    else out.splice(start, count, ...items)
    return out
  },
  toString() {
    const o = object(this), join = o.join
    return $$isCallable(join) ? $$call(join, o) : $$call($$named('objectToString'), o)
  },
  toLocaleString() {
    const o = object(this), n = lengthOf(o)
    let out = ''
    for (let i = 0; i < n; i++) {
      if (i > 0) out += ','
      const v = o[i]
      if (v !== undefined && v !== null) out += v.toLocaleString()
    }
    return out
  },
})

// The elements in order: undefined last, equal ones as they were. Short lists are compared as common engines compare them: a run that is
// ordered already, then each further one by halving.
function order(items, compare) {
  if ($$hasRest(items)) {
    if (compare !== undefined) while ($$more(items)) $$call(compare, undefined, $$item(items), $$item(items))
    return $$unordered(items)
  }
  const out = [], defined = [], texts = []
  let nothing = 0
  for (let i = 0; i < items.length; i++) {
    if (items[i] === undefined) nothing++
    else $$put(defined, items[i])
  }
  if (compare === undefined) {
    for (let i = 0; i < defined.length; i++) $$put(texts, `${defined[i]}`)
    const places = $$sortTexts(texts)
    if (places === undefined) return $$unordered(items)
    for (let i = 0; i < places.length; i++) $$put(out, defined[places[i]])
  } else {
    const sorted = insertInto(defined, compare)
    if (sorted === undefined) return $$unordered(items)
    for (let i = 0; i < sorted.length; i++) $$put(out, sorted[i])
  }
  for (let i = 0; i < nothing; i++) $$put(out, undefined)
  return out
}

function compared(compare, a, b) {
  const r = $$call(compare, undefined, a, b)
  return $$isOpen(r) ? r : +r
}

function insertInto(list, compare) {
  const n = list.length
  if (n < 2) return list
  let run = 1, c = compared(compare, list[1], list[0])
  if ($$isOpen(c)) return undefined
  run = 2
  const down = c < 0
  while (run < n) {
    c = compared(compare, list[run], list[run - 1])
    if ($$isOpen(c)) return undefined
    if (down ? c >= 0 : c < 0) break
    run++
  }
  const out = []
  if (down) for (let i = run - 1; i >= 0; i--) $$put(out, list[i])
  else for (let i = 0; i < run; i++) $$put(out, list[i])
  for (let i = run; i < n; i++) {
    let left = 0, right = out.length
    while (left < right) {
      const middle = (left + right) >> 1
      c = compared(compare, list[i], out[middle])
      if ($$isOpen(c)) return undefined
      if (c < 0) right = middle
      else left = middle + 1
    }
    $$insert(out, left, list[i])
  }
  return out
}

$$statics('Array', {
  from(items, f = undefined, self = undefined) {
    if (f !== undefined) callable(f)
    if (items === undefined || items === null) $$throw('TypeError', `${items} is not iterable`)
    const plain = this === $$named('Array') || !$$isConstructor(this)
    const method = $$isOpen(items) ? undefined : items[$$symbol('iterator')]
    let i = 0
    if ($$isOpen(items)) {
      const out = $$fromOpen(items)
      return f === undefined ? out : out.map((v, i) => $$call(f, self, v, i))
    }
    if (method !== undefined && method !== null) {
      const out = plain ? [] : new this()
      for (const v of items) {
        $$put(out, f === undefined ? v : $$call(f, self, v, i))
        i++
      }
      return out
    }
    const o = $$box(items), n = lengthOf(o)
    const out = plain ? [] : new this(n)
    for (; i < n; i++) out[i] = f === undefined ? o[i] : $$call(f, self, o[i], i)
    out.length = n
    return out
  },
})

$$helpers({
  // What a method of something that is not known may do with its callback: call it any number of times, with things that are not known.
  arrayMethodOnOpen(name, receiver, args) {
    const list = $$fromOpen(receiver), method = list[name]
    if (!$$isCallable(args[0])) return $$derived(name, receiver)
    while ($$more(list)) $$apply(args[0], undefined, [$$item(list), $$item(list), $$item(list)])
    return $$derived(name, receiver)
  },
  arrayIterator(o, kind) {
    o = object(o)
    let i = 0, over = false
    const it = $$create('ArrayIterator')
    it.next = () => {
      if (over) return { value: undefined, done: true }
      if (i >= lengthOf(o)) {
        over = true
        return { value: undefined, done: true }
      }
      const at = i++
      return { value: kind === 'keys' ? at : kind === 'values' ? o[at] : [at, o[at]], done: false }
    }
    return it
  },
})
