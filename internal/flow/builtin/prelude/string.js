'use strict'
// The methods of strings that take regular expressions, or functions.

const MATCH = $$symbol('match'), MATCH_ALL = $$symbol('matchAll'), REPLACE = $$symbol('replace'), SEARCH = $$symbol('search'), SPLIT = $$symbol('split')

function text(v, name) {
  if (v === undefined || v === null) $$throw('TypeError', `String.prototype.${name} called on null or undefined`)
  return `${v}`
}

// The method of a pattern that does the work, if it has one.
function by(pattern, symbol) {
  if (!$$isObject(pattern)) return undefined
  const f = pattern[symbol]
  return f === null ? undefined : f
}

function isRegExp(v) {
  if (!$$isObject(v)) return false
  const m = v[MATCH]
  return m !== undefined ? !!m : $$isRegExp(v)
}

// What is called to replace something in a text that is not known: any number of times.
function openReplace(s, pattern, replacement) {
  if ($$isCallable(replacement)) while ($$maybe()) $$call(replacement, undefined, $$derivedText('replace', s, pattern), $$derivedText('replace', s, pattern))
  return $$derivedText('replace', s, pattern, replacement)
}

function replaceText(s, pattern, replacement, all) {
  const f = $$isCallable(replacement)
  const with_ = f ? replacement : `${replacement}`
  if ($$isOpen(s) || $$isOpen(pattern)) return openReplace(s, pattern, with_)
  let out = '', last = 0
  for (let at = $$find(s, pattern, 0); at >= 0; ) {
    const r = f ? `${$$call(with_, undefined, pattern, at, s)}` : $$expand(with_, s, at, at + pattern.length)
    out += $$part(s, last, at) + r
    last = at + pattern.length
    if (!all) break
    const next = pattern.length === 0 ? at + 1 : last
    if (next > s.length) break
    at = $$find(s, pattern, next)
  }
  return out + $$part(s, last)
}

$$methods('String.prototype', {
  replace(pattern, replacement) {
    if (this === undefined || this === null) text(this, 'replace')
    const f = by(pattern, REPLACE)
    if (f !== undefined) return $$call(f, pattern, this, replacement)
    return replaceText(text(this, 'replace'), `${pattern}`, replacement, false)
  },
  replaceAll(pattern, replacement) {
    if (this === undefined || this === null) text(this, 'replaceAll')
    if (isRegExp(pattern) && !`${pattern.flags}`.includes('g')) $$throw('TypeError', 'replaceAll must be called with a global RegExp')
    const f = by(pattern, REPLACE)
    if (f !== undefined) return $$call(f, pattern, this, replacement)
    return replaceText(text(this, 'replaceAll'), `${pattern}`, replacement, true)
  },
  match(pattern) {
    if (this === undefined || this === null) text(this, 'match')
    const f = by(pattern, MATCH)
    if (f !== undefined) return $$call(f, pattern, this)
    const r = $$regexp(pattern === undefined ? '' : pattern, '')
    return r[MATCH](text(this, 'match'))
  },
  matchAll(pattern) {
    if (this === undefined || this === null) text(this, 'matchAll')
    if (isRegExp(pattern) && !`${pattern.flags}`.includes('g')) $$throw('TypeError', 'String.prototype.matchAll called with a non-global RegExp argument')
    const f = by(pattern, MATCH_ALL)
    if (f !== undefined) return $$call(f, pattern, this)
    const r = $$regexp(pattern === undefined ? '' : pattern, 'g')
    return r[MATCH_ALL](text(this, 'matchAll'))
  },
  search(pattern) {
    if (this === undefined || this === null) text(this, 'search')
    const f = by(pattern, SEARCH)
    if (f !== undefined) return $$call(f, pattern, this)
    return $$searchFor($$regexp(pattern === undefined ? '' : pattern, ''), text(this, 'search'))
  },
  split(separator, limit) {
    if (this === undefined || this === null) text(this, 'split')
    const f = by(separator, SPLIT)
    if (f !== undefined) return $$call(f, separator, this, limit)
    const s = text(this, 'split')
    return $$splitText(s, separator === undefined ? undefined : `${separator}`, limit === undefined ? undefined : +limit)
  },
})

// The methods that write HTML.
function tagged(s, name, attribute, v) {
  const by = attribute === '' ? '' : ` ${attribute}="${`${v}`.replaceAll('"', '&quot;')}"`
  return `<${name}${by}>${text(s, name)}</${name}>`
}

$$methods('String.prototype', {
  anchor(v) {
    return tagged(this, 'a', 'name', v)
  },
  big() {
    return tagged(this, 'big', '')
  },
  bold() {
    return tagged(this, 'b', '')
  },
  fontcolor(v) {
    return tagged(this, 'font', 'color', v)
  },
  fontsize(v) {
    return tagged(this, 'font', 'size', v)
  },
  italics() {
    return tagged(this, 'i', '')
  },
  link(v) {
    return tagged(this, 'a', 'href', v)
  },
  small() {
    return tagged(this, 'small', '')
  },
  strike() {
    return tagged(this, 'strike', '')
  },
  sub() {
    return tagged(this, 'sub', '')
  },
  sup() {
    return tagged(this, 'sup', '')
  },
})

$$statics('String', {
  raw(strings, ...values) {
    const raw = strings.raw
    let out = ''
    for (let i = 0, n = $$toLength(+raw.length); i < n; i++) {
      if (i > 0 && i <= values.length) out += `${values[i - 1]}`
      out += `${raw[i]}`
    }
    return out
  },
})

function regexp(r) {
  if (!$$isRegExp(r)) $$throw('TypeError', 'RegExp.prototype method called on incompatible receiver')
  return r
}

// The methods of regular expressions that strings call. An exec of the program's own is not asked.
$$methods('RegExp.prototype', {
  [REPLACE](s, replacement) {
    const r = regexp(this), str = `${s}`
    const f = $$isCallable(replacement)
    const with_ = f ? replacement : `${replacement}`
    const found = $$matches(r, str)
    if ($$isOpen(found)) return openReplace(str, r, with_)
    let out = '', last = 0
    for (let i = 0; i < found.length; i++) {
      const m = found[i]
      const by = f ? `${$$apply(with_, undefined, m.args)}` : $$expand(with_, str, m.from, m.to, m.args, m.groups, m.count)
      out += $$part(str, last, m.from) + by
      last = m.to
    }
    return out + $$part(str, last)
  },
})
$$methods('RegExp.prototype', {
  [MATCH](s) {
    const r = regexp(this), str = `${s}`
    return r.global ? $$matchTexts(r, str) : r.exec(str)
  },
})
$$methods('RegExp.prototype', {
  [MATCH_ALL](s) {
    const r = regexp(this), str = `${s}`
    const found = $$matches($$regexp(r, r.flags), str)
    if ($$isOpen(found)) return $$fromOpen(found)[$$symbol('iterator')]()
    const out = []
    for (let i = 0; i < found.length; i++) $$put(out, found[i].result)
    return $$iteratorOf(out, 'RegExpStringIterator')
  },
})
$$methods('RegExp.prototype', {
  [SEARCH](s) {
    return $$searchFor(regexp(this), `${s}`)
  },
})
$$methods('RegExp.prototype', {
  [SPLIT](s, limit) {
    return $$splitBy(regexp(this), `${s}`, limit === undefined ? undefined : +limit)
  },
})

$$helpers({
  testBy: (r, s) => r.exec(s) !== null,
})
