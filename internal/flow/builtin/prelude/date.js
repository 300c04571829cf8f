'use strict'
// What of Date and Number converts objects.

$$helpers({
  dateOf: (f, v, target) => $$construct(f, [$$call($$helper('toPrimitive'), undefined, v, 'default')], target),
  numberOf(f, v, target) {
    const p = $$call($$helper('toPrimitive'), undefined, v, 'number')
    return target === undefined ? f(p) : $$construct(f, [p], target)
  },
  bigOf: (f, v) => f($$call($$helper('toPrimitive'), undefined, v, 'number')),
})

$$methods('Date.prototype', {
  toJSON() {
    const o = $$box(this)
    const p = $$call($$helper('toPrimitive'), undefined, o, 'number')
    if (typeof p === 'number' && !$$isOpen(p) && p - p !== 0) return null
    return o.toISOString()
  },
  [$$symbol('toPrimitive')](hint) {
    if (!$$isObject(this)) $$throw('TypeError', 'Date.prototype[Symbol.toPrimitive] called on non-object')
    if (hint !== 'string' && hint !== 'default' && hint !== 'number') $$throw('TypeError', `Invalid hint: ${$$describe(hint)}`)
    const text = hint !== 'number'
    const first = text ? this.toString : this.valueOf
    if ($$isCallable(first)) {
      const r = $$call(first, this)
      if (!$$isObject(r)) return r
    }
    const second = text ? this.valueOf : this.toString
    if ($$isCallable(second)) {
      const r = $$call(second, this)
      if (!$$isObject(r)) return r
    }
    $$throw('TypeError', 'Cannot convert object to primitive value')
  },
})
