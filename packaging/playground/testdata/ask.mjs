// Asks the checker in a WebAssembly file, as the page's worker does: programs come as lines of JSON, verdicts and findings go as lines.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { gunzipSync } from 'node:zlib'

const [folder] = process.argv.slice(2)
;(0, eval)(readFileSync(`${folder}/wasm_exec.js`, 'utf8'))
const go = new Go()
const { instance } = await WebAssembly.instantiate(gunzipSync(readFileSync(`${folder}/voipcheck.wasm.gz`)), go.importObject)
go.run(instance)
for await (const line of createInterface({ input: process.stdin })) {
  const files = Object.fromEntries(Object.entries(JSON.parse(line)).map(([name, text]) => [name, new TextEncoder().encode(text)]))
  console.log(await globalThis.voipcheck.check(files, '', 'en'))
}
process.exit(0)
