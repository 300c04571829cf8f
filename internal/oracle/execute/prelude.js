// The part of the platform that is best written in the language of its programs: App, Page, Component, Behavior,
// instances with their data, templates and events. It returns what the event loop works with.
(function (host, globals) {
  const definitions = Object.create(null) // by the path of the page or component
  const records = new WeakMap() // of instances
  const registry = { app: undefined }
  const isObject = (v) => v !== null && typeof v === 'object'

  function copy(v) {
    if (Array.isArray(v)) return v.map(copy)
    if (!isObject(v) || (Object.getPrototypeOf(v) !== Object.prototype && Object.getPrototypeOf(v) !== null)) return v
    const out = {}
    for (const k of Object.keys(v)) out[k] = copy(v[k])
    return out
  }

  // assign takes over what an object has, also from the class that it is made of.
  function assign(target, from) {
    const chain = []
    for (let o = from; isObject(o) && o !== Object.prototype; o = Object.getPrototypeOf(o)) chain.unshift(o)
    for (const o of chain) {
      for (const k of Reflect.ownKeys(o)) {
        if (k !== 'constructor') Object.defineProperty(target, k, { ...Object.getOwnPropertyDescriptor(o, k), configurable: true })
      }
    }
    return target
  }

  function guarded(f, self, args) {
    try {
      return f.apply(self, args)
    } catch (err) {
      host.failed(err)
    }
  }

  const keysOf = (path) => String(path).replace(/\[(\w+)\]/g, '.$1').split('.')

  function put(data, path, value) {
    const keys = keysOf(path)
    let o = data
    keys.slice(0, -1).forEach((k, i) => {
      if (!isObject(o[k])) o[k] = /^\d+$/.test(keys[i + 1]) ? [] : {}
      o = o[k]
    })
    o[keys[keys.length - 1]] = value
  }

  const at = (data, path) => keysOf(path).reduce((o, k) => (o === undefined || o === null ? undefined : o[k]), data)

  // ---- templates

  const compiled = Object.create(null)
  const failed = {} // an expression that cannot be evaluated

  function evaluate(scope, code) {
    if (!(code in compiled)) {
      try {
        compiled[code] = new Function('$scope', 'with ($scope) { return (' + (/^\s*(\.\.\.|[\w$]+\s*[:,])/.test(code) ? '{' + code + '}' : code) + ') }')
      } catch {
        compiled[code] = null
      }
    }
    if (!compiled[code]) return failed
    try {
      return compiled[code](new Proxy(scope, { has: (_, k) => typeof k === 'string', get: (t, k) => (k === Symbol.unscopables ? undefined : t[k]) }))
    } catch {
      return failed
    }
  }

  // value is what an attribute comes to.
  function value(scope, text) {
    const whole = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(text)
    if (whole && !whole[1].includes('}}')) {
      const v = evaluate(scope, whole[1])
      return v === failed ? undefined : v
    }
    return text.replace(/\{\{([\s\S]*?)\}\}/g, (_, code) => {
      const v = evaluate(scope, code)
      return v === failed || v === undefined ? '' : String(v)
    })
  }

  // scopeOf is what expressions at a node see; null where a list around it is empty.
  function scopeOf(r, n) {
    let around
    for (let m = n; m; m = r.nodes[m.parent]) if (m.list !== undefined) (around = around || []).unshift(m)
    if (!around) return r.inst.data || {}
    let scope = r.inst.data || {}
    for (const m of around) {
      let list = value(scope, m.list)
      if (typeof list === 'number') list = Array.from({ length: list }, (_, i) => i)
      if (isObject(list) && !Array.isArray(list)) list = Object.values(list)
      if (list !== undefined && (!list || !list.length)) return null
      scope = { ...scope, [m.item || 'item']: list && list[0], [m.index || 'index']: 0 }
    }
    return scope
  }

  function present(r, n, touchable) {
    for (let m = n; m; m = r.nodes[m.parent]) {
      if (!m.cond && !m.hidden && m.list === undefined) continue
      const scope = scopeOf(r, m)
      if (!scope) return false
      if (m.cond && !evaluate(scope, m.cond)) return false
      if (touchable && m.hidden) {
        const h = evaluate(scope, m.hidden)
        if (h !== failed && h) return false
      }
    }
    return true
  }

  const camel = (name) => name.replace(/-(\w)/g, (_, c) => c.toUpperCase())

  function attributes(r, n, prefix) {
    const scope = scopeOf(r, n) || {}
    const out = {}
    for (const [name, text] of n.attrs) {
      if (name.startsWith(prefix)) out[camel(name.slice(prefix.length))] = value(scope, text)
    }
    return out
  }

  const attribute = (n, name) => (n.attrs.find((a) => a[0] === name) || [])[1]

  // render creates, updates and removes the components of a template.
  function render(r) {
    if (r.rendering || r.depth > 12) return
    r.rendering = true
    for (const n of r.components) {
      if (!definitions[n.component]) continue
      const shown = present(r, n, false)
      const child = r.children.get(n)
      if (shown && !child) {
        r.children.set(n, create(n.component, r, n))
      } else if (!shown && child) {
        r.children.delete(n)
        detach(child)
      } else if (child) {
        pass(child)
      }
    }
    r.rendering = false
  }

  // pass hands the properties from the template to a component.
  function pass(child) {
    const given = attributes(child.owner, child.node, '')
    const patch = {}
    for (const name of Object.keys(child.def.properties)) {
      if (name in given && given[name] !== child.inst.data[name]) patch[name] = given[name]
    }
    if (Object.keys(patch).length) change(child, patch)
  }

  // ---- data

  function change(r, patch) {
    const data = r.inst.data
    const old = {}
    for (const k of Object.keys(patch)) {
      const name = keysOf(k)[0]
      if (name in r.def.properties) old[name] = data[name]
      put(data, k, patch[k])
    }
    for (const name of Object.keys(old)) {
      const o = r.def.properties[name] && r.def.properties[name].observer
      const f = typeof o === 'string' ? r.inst[o] : o
      if (typeof f === 'function' && old[name] !== data[name]) guarded(f, r.inst, [data[name], old[name], [name]])
    }
    const changed = Object.keys(patch).map((k) => keysOf(k).join('.'))
    for (const [fields, f] of r.def.observers) {
      const names = fields.split(',').map((s) => s.trim())
      const touched = names.some((n) => {
        const field = keysOf(n.replace(/\.?\*\*$/, '')).join('.')
        return field === '' || changed.some((c) => c === field || c.startsWith(field + '.') || field.startsWith(c + '.'))
      })
      if (touched) guarded(f, r.inst, names.map((n) => (n === '**' ? data : at(data, n.replace(/\.\*\*$/, '')))))
    }
    render(r)
  }

  // ---- instances

  const shared = {
    setData(patch, done) {
      const r = records.get(this)
      if (isObject(patch)) change(r, patch)
      if (typeof done === 'function') host.soon('the data is on the screen', () => guarded(done, this, []))
    },
    triggerEvent(name, detail, options) {
      const r = records.get(this)
      if (!r.owner) return
      const o = options || {}
      dispatch(r.owner, r.node, name, { type: name, detail }, !!o.bubbles, !!o.composed)
    },
    selectComponent(selector) {
      return select(records.get(this), selector)[0] || null
    },
    selectAllComponents(selector) {
      return select(records.get(this), selector)
    },
    selectOwnerComponent() {
      const r = records.get(this)
      return r.owner ? r.owner.inst : null
    },
    groupSetData(f) {
      if (typeof f === 'function') f.call(this)
    },
    getRelationNodes: () => [],
    hasBehavior: () => false,
    getPageId: () => 1,
    getTabBar: () => null,
    createSelectorQuery: () => host.object('SelectorQuery'),
    createIntersectionObserver: () => host.object('IntersectionObserver'),
    createMediaQueryObserver: () => host.object('MediaQueryObserver'),
    animate() {},
    clearAnimation() {},
  }

  function select(r, selector) {
    const out = []
    for (const one of String(selector).split(',')) {
      const last = one.trim().split(/[\s>]+/).pop()
      for (const [n, child] of r.children) {
        const scope = scopeOf(r, n) || {}
        const id = value(scope, attribute(n, 'id') || '')
        const classes = String(value(scope, attribute(n, 'class') || '')).split(/\s+/)
        const fits = last[0] === '#' ? id === last.slice(1) : last[0] === '.' ? last.slice(1).split('.').every((c) => classes.includes(c)) : n.tag === last
        if (fits) out.push(child.inst)
      }
    }
    return out
  }

  const zero = (type) => (type === String ? '' : type === Number ? 0 : type === Boolean ? false : type === Array ? [] : null)
  const lifetimes = ['created', 'attached', 'ready', 'moved', 'detached']

  // flatten is a definition with that of its behaviors.
  function flatten(def, out) {
    out = out || { data: {}, properties: {}, methods: {}, observers: [], created: [], attached: [], ready: [], moved: [], detached: [], show: [], hide: [], routeDone: [] }
    for (const b of def.behaviors || []) if (isObject(b)) flatten(b, out)
    Object.assign(out.data, copy(typeof def.data === 'function' ? def.data() : def.data || {}))
    for (const [name, p] of Object.entries(def.properties || {})) {
      out.properties[name] = typeof p === 'function' || p === null ? { type: p } : p
    }
    assign(out.methods, def.methods || {})
    for (const name of lifetimes) {
      const f = (def.lifetimes && def.lifetimes[name]) || def[name]
      if (typeof f === 'function') out[name].push(f)
    }
    for (const name of ['show', 'hide', 'routeDone']) {
      const f = def.pageLifetimes && def.pageLifetimes[name]
      if (typeof f === 'function') out[name].push(f)
    }
    if (!def.isPage) out.observers.push(...Object.entries(def.observers || {}))
    return out
  }

  // create makes an instance of a page or component, with the components of its template.
  function create(path, owner, node) {
    const { kind, def: raw } = definitions[path]
    const def = flatten(kind === 'page' ? { behaviors: raw.behaviors, data: raw.data, isPage: true } : raw)
    const inst = Object.create(shared)
    const r = { path, inst, def, owner, node, nodes: host.nodes(path), children: new Map(), depth: owner ? owner.depth + 1 : 0, kind }
    r.touchable = r.nodes.filter((n) => n.events.length || n.tag === 'navigator')
    r.components = r.nodes.filter((n) => n.component)
    records.set(inst, r)
    if (kind === 'page') {
      assign(inst, def.methods)
      assign(inst, raw)
    } else {
      assign(inst, def.methods)
    }
    const data = def.data
    for (const [name, p] of Object.entries(def.properties)) data[name] = p.value !== undefined ? copy(p.value) : zero(p.type)
    inst.data = data
    inst.properties = data
    inst.is = path
    inst.route = path
    if (owner) {
      inst.id = value(scopeOf(owner, node) || {}, attribute(node, 'id') || '')
      inst.dataset = attributes(owner, node, 'data-')
    }
    call(r, 'created')
    if (owner) pass(r)
    call(r, 'attached')
    render(r)
    if (owner && root(r).isReady) host.soon(path + ' is ready', () => readied(r))
    return r
  }

  const root = (r) => (r.owner ? root(r.owner) : r)

  const call = (r, name, ...args) => r.def[name].forEach((f) => guarded(f, r.inst, args))

  function readied(r) {
    if (r.isReady) return
    r.isReady = true
    for (const child of r.children.values()) readied(child)
    call(r, 'ready')
  }

  function detach(r) {
    for (const child of r.children.values()) detach(child)
    call(r, 'detached')
  }

  function everywhere(r, name, ...args) {
    call(r, name, ...args)
    for (const child of r.children.values()) everywhere(child, name, ...args)
  }

  // life runs a step of a page's life.
  function life(r, name, arg) {
    const own = () => typeof r.inst[name] === 'function' && guarded(r.inst[name], r.inst, arg === undefined ? [] : [arg])
    switch (name) {
      case 'onShow':
        own()
        everywhere(r, 'show', arg)
        break
      case 'onHide':
        own()
        everywhere(r, 'hide')
        break
      case 'onReady':
        readied(r)
        own()
        everywhere(r, 'routeDone')
        break
      case 'onUnload':
        own()
        detach(r)
        break
      default:
        own()
    }
  }

  // ---- events

  function dispatch(r, n, name, event, bubbles, composed) {
    const target = { id: attribute(n, 'id') || '', dataset: attributes(r, n, 'data-') }
    for (let m = n; m; m = r.nodes[m.parent]) {
      const b = m.events.find((e) => e.name === name)
      if (b) {
        const f = r.inst[value(scopeOf(r, m) || {}, b.handler)]
        const currentTarget = { id: attribute(m, 'id') || '', dataset: attributes(r, m, 'data-') }
        if (typeof f === 'function') guarded(f, r.inst, [{ type: name, timeStamp: 1, target, mark: {}, touches: [], ...event, currentTarget }])
        if (b.stops) return
      }
      if (!bubbles) return
    }
    if (composed && r.owner) dispatch(r.owner, r.node, name, event, bubbles, composed)
  }

  // native are the events that the platform's own elements have; all others come from components.
  const native = /^(tap|long(press|tap)|touch\w+|input|change|changing|blur|focus|confirm|submit|reset|opensetting|get\w+|contact|choose\w+|agree\w+|load|error|scroll\w*|refresher\w+|play|pause|ended|timeupdate|transition\w*|animation\w+|launchapp|markertap|regionchange|linechange|columnchange|cancel|close|keyboard\w+)$/

  // acts lists what a user can touch.
  function acts(r, out) {
    for (let i = 0; i < r.touchable.length; i++) {
      const n = r.touchable[i]
      if (!host.wide && !present(r, n, true)) continue
      const doubtful = host.wide && !present(r, n, true)
      if (n.tag === 'navigator' && attribute(n, 'url')) {
        const url = value(scopeOf(r, n) || {}, attribute(n, 'url'))
        out.push({ what: 'follows the link to ' + url, doubtful, run: () => host.navigate(attribute(n, 'open-type') || 'navigate', url) })
      }
      for (const e of n.events) {
        if (n.component ? e.name !== 'tap' : !native.test(e.name)) continue
        out.push({ what: e.name + ' ' + e.handler, doubtful, run: () => dispatch(r, n, e.name, { type: e.name, detail: host.detail(e.name, n.tag) }, true, true) })
      }
    }
    if (r.children.size) r.children.forEach((child) => acts(child, out))
    return out
  }

  const pageActs = ['onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onResize', 'onTabItemTap', 'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites', 'onSaveExitState']

  // ---- what programs see

  globals.App = (def) => {
    registry.app = assign(registry.app || {}, def)
  }
  globals.getApp = () => registry.app
  globals.Page = (def) => {
    definitions[host.current()] = { kind: 'page', def: def || {} }
  }
  globals.Behavior = (def) => def || {}
  globals.Component = (def) => {
    const path = host.current()
    if (def) {
      definitions[path] = { kind: 'component', def }
      return path
    }
    return chaining(path)
  }
  globals.getCurrentPages = () => host.pages().map((r) => r.inst)
  globals.requirePlugin = () => host.object('plugin')

  // chaining is the form Component().init(…).register().
  function chaining(path) {
    const def = { data: {}, properties: {}, methods: {}, lifetimes: {}, pageLifetimes: {}, observers: {}, behaviors: [] }
    let init
    const chain = {
      data: (f) => (Object.assign(def.data, typeof f === 'function' ? f() : f), chain),
      property: (name, p) => ((def.properties[name] = p), chain),
      methods: (m) => (Object.assign(def.methods, m), chain),
      lifetime: (name, f) => ((def.lifetimes[name] = f), chain),
      pageLifetime: (name, f) => ((def.pageLifetimes[name] = f), chain),
      observer: (name, f) => ((def.observers[[].concat(name).join(',')] = f), chain),
      behavior: (b) => (def.behaviors.push(b), chain),
      init: (f) => ((init = f), chain),
      register() {
        const create = def.lifetimes.created
        def.lifetimes.created = function () {
          if (create) create.call(this)
          if (!init) return
          const r = records.get(this)
          const on = (list) => (name, f) => list(name, f)
          const made = init.call(this, {
            self: this,
            get data() {
              return r.inst.data
            },
            setData: (patch, done) => r.inst.setData(patch, done),
            method: (f) => f,
            lifetime: on((name, f) => r.def[name].push(f)),
            pageLifetime: on((name, f) => r.def[name].push(f)),
            observer: on((name, f) => r.def.observers.push([[].concat(name).join(','), f])),
            relation: () => ({}),
            implement() {},
          })
          if (isObject(made)) assign(this, made)
        }
        definitions[path] = { kind: 'component', def }
        return path
      },
    }
    return chain
  }

  return {
    registered: (path) => path in definitions,
    create: (path, query) => {
      const r = create(path, null, null)
      r.inst.options = query
      return r
    },
    life,
    acts: (r) => {
      const out = acts(r, [])
      for (const name of pageActs) {
        if (typeof r.inst[name] === 'function') out.push({ what: name, run: () => guarded(r.inst[name], r.inst, [{ from: 'menu', scrollTop: 10 }]) })
      }
      return out
    },
    app: (name, arg) => {
      const f = registry.app && registry.app[name]
      if (typeof f === 'function') guarded(f, registry.app, arg === undefined ? [] : [arg])
    },
    guarded: (f, args) => guarded(f, undefined, args),
    parse: JSON.parse,
    stringify: JSON.stringify,
  }
})
