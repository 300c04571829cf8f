'use strict'
/**
 * Small wrappers. "Quoted" text, 'other' text and /slashes/ in a comment.
 */
module.exports = { promisify, all: (...tasks) => Promise.all(tasks.map(t => t())), sleep }

function promisify(name) {
  return function (options) {
    return new Promise(function (resolve, reject) {
      wx[name](Object.assign({}, options, { success: resolve, fail: reject }))
    })
  }
}

const sleep = (ms) => new Promise(r => setTimeout(r, ms))
const divide = (a, b) => a / b / 2, half = 10 /2/ 1
const pattern = /[/\]"'`]+\/(?<name>\w+)/giu, other = divide(4, 2) / sleep.length
var nested = `a${`b${[1, 2].map(x => `${x}`).join("")}c`}d\`e\u{1F600}`
var tagged = String.raw`\unicode ${nested} and \xerxes`
const escaped = 'It\'s', twice = "say \"hi\"\n", continued = 'a\
b'
exports.cache = new Map([[1, { v: .5 }], [0x10, { 'v-2': 1_000 }], [1e21, {}]])
exports.get = async function get(key, { fresh = false, ttl: [min, , max = 60] = [], ...rest } = {}) {
  let hit = exports.cache.get(key)
  hit ||= await sleep(min ?? max), hit &&= { ...rest, ...hit }
  return fresh ? undefined : (hit, hit)
}
exports.counter = (function* () { let i = 0; for (;;) { const reset = yield i++; if (reset) i = -1, yield* [1, 2] } })()
exports.stream = async function* (source) { for await (const chunk of source) yield chunk?.data?.[0]?.() }
if (typeof wx === 'undefined' || !('authorize' in wx) || wx instanceof Function) delete global.wx
;[1, 2, 3].forEach((n) => { exports['n' + n] = n ** 2 >>> 1 })
;(() => { try { null.x } catch { /* nothing */ } })()
