// The checker in a worker of its own, so that the page stays usable and a check that is not wanted any more can be ended.

const LONGEST = 120_000 // milliseconds

// Once everything is loaded, nothing more may be: neither this page nor the worker, which inherits this, can send what it is given.
const SHUT = "default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:; img-src data:; form-action 'none'"

export class TooLong extends Error {}

// The program ends by itself only when it fails: when it runs out of memory, or of the browser's stack, of which deep code needs much.
const WORKER = `
let ready, asked
const failed = (error) => postMessage({ id: asked, error: String(error?.message ?? error) })
addEventListener('error', (e) => failed(e.message))
addEventListener('unhandledrejection', (e) => failed(e.reason))
onmessage = async ({ data }) => {
  if (data.module) {
    const go = new Go()
    ready = WebAssembly.instantiate(data.module, go.importObject).then((made) => {
      go.run(made).then(() => failed('exit'), failed)
      return globalThis.voipcheck
    })
    return
  }
  asked = data.id
  try {
    postMessage({ id: asked, said: await (await ready)[data.ask](data.files, data.text, data.language) })
  } catch (error) {
    failed(error)
  }
}
`

// unpacked is the program, which the server may or may not have unpacked on the way.
async function unpacked(response) {
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  const reader = response.body.getReader()
  const first = await reader.read()
  const rest = new ReadableStream({
    start: (to) => to.enqueue(first.value),
    async pull(to) {
      const { done, value } = await reader.read()
      if (done) to.close()
      else to.enqueue(value)
    },
  })
  const packed = first.value[0] === 0x1f && first.value[1] === 0x8b
  return new Response(packed ? rest.pipeThrough(new DecompressionStream('gzip')) : rest, { headers: { 'Content-Type': 'application/wasm' } })
}

export class Checker {
  #module
  #script
  #worker
  #asked = new Map()
  #number = 0

  // load loads the checker and shuts the door behind it.
  async load() {
    const [module, start] = await Promise.all([
      fetch('voipcheck.wasm.gz').then(unpacked).then((r) => WebAssembly.compileStreaming(r)),
      fetch('wasm_exec.js').then((r) => r.text()),
    ])
    this.#module = module
    const policy = document.createElement('meta')
    policy.httpEquiv = 'Content-Security-Policy'
    policy.content = SHUT
    document.head.append(policy)
    this.#script = URL.createObjectURL(new Blob([start, WORKER], { type: 'text/javascript' }))
    this.#start()
  }

  #start() {
    this.#worker = new Worker(this.#script)
    this.#worker.onmessage = ({ data }) => {
      const asked = this.#asked.get(data.id)
      if (!asked) return
      this.#asked.delete(data.id)
      clearTimeout(asked.timer)
      if (data.error === undefined) asked.resolve(JSON.parse(data.said))
      else this.#fail(asked, new Error(data.error))
    }
    this.#worker.postMessage({ module: this.#module })
  }

  // After a failure the program's memory is not to be trusted.
  #fail(asked, error) {
    this.#again()
    asked.reject(error)
  }

  #again() {
    this.#worker.terminate()
    for (const { timer } of this.#asked.values()) clearTimeout(timer)
    this.#asked.clear()
    this.#start()
  }

  // ask asks for 'check' or 'fix'. Whatever was asked for before and is not answered yet is given up, and its promise never settles.
  ask(ask, files, text, language) {
    if (this.#asked.size > 0) this.#again()
    return new Promise((resolve, reject) => {
      const id = ++this.#number
      const asked = { resolve, reject }
      asked.timer = setTimeout(() => this.#fail(asked, new TooLong()), LONGEST)
      this.#asked.set(id, asked)
      const encoder = new TextEncoder()
      const bytes = {}
      for (const [name, file] of files) bytes[name] = typeof file === 'string' ? encoder.encode(file) : file
      this.#worker.postMessage({ id, ask, files: bytes, text, language })
    })
  }

  get longest() {
    return LONGEST / 1000
  }
}
