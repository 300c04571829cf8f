export default class Session extends (EventTarget ?? Object) {
  static #count = 0
  static instances = new Set();
  #state = 'idle'; options = { retry: 3 }
  'quoted key' = 1
  42 = 'number'
  ['computed' + 1] = null
  handler = (e) => this.#on(e)
  static { Session.#count = 1 }

  constructor(options, ...args) {
    super(...args)
    this.options = { ...this.options, ...options }
    new.target.instances.add(this)
  }

  get state() { return this.#state }
  set state(v) { this.#state = v; super.state = v }
  static get count() { return Session.#count }
  async join() { await super.join?.(); return #state in this }
  *[Symbol.iterator]() { yield* this.entries() }
  async *poll() { while (true) yield await this.next() }
  #on(event) { return event.type.default.class.if.new }
  static async create(o) { const s = new this(o); await s.join(); return s }
  get() {} set() {} static() {} async() {} await() {}
}

export class Empty {}
export const anonymous = class { m() {} }, named = class Named extends Session {}
const legacy = new (class { run() { return import.meta.url } })().run()
export { legacy as old }
export * as names from './names'
export * from "./rest"
export { default as other } from './other'
