'use strict'
// What of JSON calls back.

// Of something that is not known: it may be JSON, or not.
function parseOpen(v, reviver) {
  if ($$maybe()) $$throw('SyntaxError', 'Unexpected token in JSON')
  if ($$isCallable(reviver)) while ($$maybe()) $$call(reviver, {}, $$derivedText('key', v), v)
  return v
}

function internalize(holder, name, reviver) {
  const v = holder[name]
  if ($$isObject(v)) {
    if ($$isArrayLike(v)) {
      for (let i = 0, n = $$toLength(+v.length); i < n; i++) {
        const x = internalize(v, `${i}`, reviver)
        if (x === undefined) delete v[i]
        else $$setOwn(v, `${i}`, x)
      }
    } else {
      const keys = $$ownKeys(v)
      for (let i = 0; i < keys.length; i++) {
        const x = internalize(v, keys[i], reviver)
        if (x === undefined) delete v[keys[i]]
        else $$setOwn(v, keys[i], x)
      }
    }
  }
  return $$call(reviver, holder, name, v)
}

function keysOf(o) {
  return $$call($$static('Object', 'keys'), undefined, o)
}

// What state holds: the replacer, the names that are wanted, the space of a level, and the objects around.
function write(state, holder, key, indent) {
  let v = holder[key]
  if ($$isObject(v) || typeof v === 'bigint') {
    const toJSON = v.toJSON
    if ($$isCallable(toJSON)) v = $$call(toJSON, v, key)
  }
  if (state.replacer !== undefined) v = $$call(state.replacer, holder, key, v)
  if ($$isOpen(v)) {
    state.open = true
    return 'null'
  }
  if ($$isObject(v)) v = $$unbox(v)
  if (v === null) return 'null'
  if (v === true) return 'true'
  if (v === false) return 'false'
  if (typeof v === 'string') return $$quote(v)
  if (typeof v === 'number') return v - v === 0 ? `${v}` : 'null'
  if (typeof v === 'bigint') $$throw('TypeError', 'Do not know how to serialize a BigInt')
  if (!$$isObject(v) || $$isCallable(v)) return undefined
  for (let i = 0; i < state.around.length; i++) {
    if (state.around[i] === v) $$throw('TypeError', 'Converting circular structure to JSON')
  }
  $$put(state.around, v)
  const inner = indent + state.gap
  const parts = []
  let open = '{', close = '}'
  if ($$isArrayLike(v)) {
    open = '['
    close = ']'
    if ($$hasRest(v)) state.open = true
    for (let i = 0, n = $$isArray(v) ? $$known(v) : $$toLength(+v.length); i < n; i++) {
      const s = write(state, v, `${i}`, inner)
      $$put(parts, s === undefined ? 'null' : s)
    }
  } else {
    if ($$hasRest(v)) state.open = true
    const keys = state.names === undefined ? keysOf(v) : state.names
    for (let i = 0, n = $$known(keys); i < n; i++) {
      const s = write(state, v, keys[i], inner)
      if (s !== undefined) $$put(parts, `${$$quote(keys[i])}:${state.gap === '' ? '' : ' '}${s}`)
    }
  }
  state.around.length = state.around.length - 1
  if (parts.length === 0) return open + close
  return state.gap === '' ? open + parts.join(',') + close : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
}

$$helpers({
  parseOpen,
  revive: (v, reviver) => internalize({ '': v }, '', reviver),
})

$$statics('JSON', {
  stringify(v, replacer, space) {
    if (replacer === undefined && space === undefined) {
      const quick = $$stringifyPlain(v)
      if (!$$isAbsent(quick)) return quick
    }
    const state = { replacer: undefined, names: undefined, gap: '', around: [], open: false }
    if ($$isCallable(replacer)) state.replacer = replacer
    else if ($$isArrayLike(replacer)) {
      state.names = []
      for (let i = 0, n = $$toLength(+replacer.length); i < n; i++) {
        let k = replacer[i]
        if ($$isObject(k)) k = typeof $$unbox(k) === 'object' ? undefined : `${k}`
        else if (typeof k === 'number') k = `${k}`
        else if (typeof k !== 'string') k = undefined
        if (k !== undefined && !$$among(state.names, k)) $$put(state.names, k)
      }
    }
    if ($$isObject(space)) space = $$unbox(space)
    if (typeof space === 'number') state.gap = '          '.slice(0, space < 1 ? 0 : space > 10 ? 10 : space)
    else if (typeof space === 'string') state.gap = space.slice(0, 10)
    if ($$isOpen(v) && state.replacer === undefined) return $$derivedText('JSON.stringify', v)
    const out = write(state, { '': v }, '', '')
    return state.open ? $$derivedText('JSON.stringify', v, out) : out
  },
})
