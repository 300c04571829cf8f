'use strict'
// What of Map and Set calls back.

$$helpers({
  fillCollection(o, items, pairs) {
    const add = pairs ? o.set : o.add
    if (!$$isCallable(add)) $$throw('TypeError', `${$$describe(add)} is not a function`)
    for (const x of items) {
      if (pairs) {
        if (!$$isObject(x) && !$$isOpen(x)) $$throw('TypeError', `Iterator value ${$$describe(x)} is not an entry object`)
        $$call(add, o, x[0], x[1])
      } else {
        $$call(add, o, x)
      }
    }
    return o
  },
})

$$methods('Map.prototype', {
  forEach(f, self = undefined) {
    const it = $$call($$member('Map.prototype', 'entries'), this)
    if (!$$isCallable(f)) $$throw('TypeError', `${$$describe(f)} is not a function`)
    for (const e of it) $$call(f, self, e[1], e[0], this)
  },
})

$$methods('Set.prototype', {
  forEach(f, self = undefined) {
    const it = $$call($$member('Set.prototype', 'values'), this)
    if (!$$isCallable(f)) $$throw('TypeError', `${$$describe(f)} is not a function`)
    for (const v of it) $$call(f, self, v, v, this)
  },
})
