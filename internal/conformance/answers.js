// Evaluates each program that standard input lists, a function `compute` in strict mode, and prints what it returns.
'use strict'
const vm = require('vm')

const literal = (value) => {
  switch (typeof value) {
    case 'string': {
      if (/[\ud800-\udfff]/.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) throw new Error('half of a surrogate pair: use charCodeAt')
      return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (c) => (/[\u0080-\u00a0\u00ad\u2000-\u206f\ufeff]/.test(c) ? '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0') : c))
    }
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'bigint':
      return value + 'n'
    case 'object':
    case 'function':
    case 'symbol':
      if (value !== null) throw new Error('a case ends in a value without an identity, not in ' + typeof value)
  }
  return String(value)
}

// Errors of the context are not instances of this one's Error.
const thrown = (error) => {
  if (error === null || typeof error !== 'object' || typeof error.name !== 'string') throw new Error('a case throws errors only')
  return 'throws ' + error.name
}

const answer = async (program) => {
  const context = vm.createContext({ setTimeout, setInterval, clearInterval, queueMicrotask, console })
  const compute = vm.runInContext("'use strict';(" + program + ')', context, { timeout: 2000 })
  let value
  try {
    value = compute()
  } catch (error) {
    return thrown(error)
  }
  if (!value || typeof value.then !== 'function') return literal(value)
  try {
    return 'await ' + literal(await value)
  } catch (error) {
    return 'await ' + thrown(error)
  }
}

let text = ''
process.stdin.on('data', (part) => (text += part))
process.stdin.on('end', async () => {
  const out = []
  for (const program of JSON.parse(text)) {
    try {
      out.push({ Answer: await answer(program) })
    } catch (error) {
      out.push({ Fault: String(error) })
    }
  }
  process.stdout.write(JSON.stringify(out))
})
