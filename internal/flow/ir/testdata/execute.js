// Executes lowered code, so that lowering can be held against an engine. It is given a module as JSON and hosts its values itself.
(function (m, globals, report) {
  'use strict';
  const TDZ = { tdz: true };
  const NONE = -1;
  const UNDEFINED = { undefined: true };
  const privates = new Map();
  const data = new WeakMap(); // of functions: { f, env, home, fields, derived }
  const templates = new Map();

  function privateOf(name) {
    if (!privates.has(name)) privates.set(name, new WeakMap());
    return privates.get(name);
  }
  function findPrivate(o, name) {
    const table = privateOf(name);
    if (Object(o) !== o) throw new TypeError('no private ' + name);
    for (let p = o; p; p = Object.getPrototypeOf(p)) if (table.has(p)) return table.get(p);
    return null;
  }
  function get(o, k) {
    if (typeof k === 'string' && k[0] === '#' && k.indexOf('@') > 0) {
      const p = findPrivate(o, k);
      if (!p) throw new TypeError('no private ' + k);
      if (p.accessor) { if (!p.get) throw new TypeError('no getter'); return p.get.call(o); }
      return p.value;
    }
    if (o === undefined || o === null) throw new TypeError('Cannot read ' + String(k) + ' of ' + o);
    return o[k];
  }
  function set(o, k, v, sloppy) {
    if (typeof k === 'string' && k[0] === '#' && k.indexOf('@') > 0) {
      const p = findPrivate(o, k);
      if (!p) throw new TypeError('no private ' + k);
      if (p.accessor) { if (!p.set) throw new TypeError('no setter'); p.set.call(o, v); return; }
      if (p.method) throw new TypeError('a private method');
      p.value = v;
      return;
    }
    if (o === undefined || o === null) throw new TypeError('Cannot set ' + String(k) + ' of ' + o);
    if (!Reflect.set(Object(o), k, v, o) && !sloppy) throw new TypeError('Cannot assign ' + String(k));
  }
  function define(o, k, v, kind, hidden) {
    if (typeof k === 'string' && k[0] === '#' && k.indexOf('@') > 0) {
      const table = privateOf(k);
      const old = table.get(o);
      if (kind === 2 || kind === 3) {
        const a = old || { accessor: true };
        a[kind === 2 ? 'get' : 'set'] = v;
        table.set(o, a);
        return;
      }
      if (old) throw new TypeError('twice');
      table.set(o, { value: v, method: kind === 1 });
      return;
    }
    const d = { configurable: true, enumerable: !hidden };
    if (kind === 2) d.get = v;
    else if (kind === 3) d.set = v;
    else { d.value = v; d.writable = true; }
    Object.defineProperty(o, k, d);
  }
  function makeEnv(parent, n) {
    const slots = new Array(n).fill(TDZ);
    return { parent, slots };
  }

  const GeneratorPrototype = Object.getPrototypeOf(function* () {}).prototype;
  const AsyncFunctionPrototype = Object.getPrototypeOf(async function () {});

  function frameOf(f, env, o) {
    return {
      f, env, pc: 0, r: new Array(f.regs), args: o.args, self: o.self, home: o.home, newTarget: o.newTarget, callee: o.callee,
    };
  }

  function invoke(f, env, o) {
    if (!f.arrow && !f.strict && !f.ctor) {
      if (o.self === undefined || o.self === null) o.self = globals;
      else if (Object(o.self) !== o.self) o.self = Object(o.self);
    }
    const frame = frameOf(f, env, o);
    if (f.generator) {
      const r = exec(frame);
      if (r.type !== 'start') throw new Error('a generator that does not start: ' + r.type);
      frame.pc++;
      return f.async ? asyncGenerator(frame, o.callee) : generator(frame, o.callee);
    }
    if (f.async) return asyncRun(frame);
    const r = exec(frame);
    if (r.type !== 'return') throw new Error('unexpected ' + r.type);
    return r.value;
  }

  function asyncRun(frame) {
    return new Promise((resolve, reject) => {
      const step = (mode, v) => {
        let r;
        try { r = mode === 'start' ? exec(frame) : resume(frame, mode, v); } catch (e) { reject(e); return; }
        if (r.type === 'await') wait(r.value, v => step('next', v), e => step('throw', e), reject);
        else resolve(r.value);
      };
      step('start');
    });
  }
  function wait(v, ok, fail) {
    let p;
    try { p = Promise.resolve(v); } catch (e) { p = Promise.reject(e); }
    Promise.prototype.then.call(p, ok, fail);
  }

  function generator(frame, callee) {
    let state = 'suspended', first = true;
    const run = (mode, v) => {
      if (state === 'running') throw new TypeError('already running');
      if (state === 'done' || first && mode !== 'next') {
        state = 'done';
        if (mode === 'throw') throw v;
        return { value: mode === 'return' ? v : undefined, done: true };
      }
      state = 'running';
      let r;
      try {
        r = first ? exec(frame) : resume(frame, mode, v);
      } catch (e) { state = 'done'; throw e; }
      first = false;
      if (r.type === 'yield') { state = 'suspended'; return { value: r.value, done: false }; }
      if (r.type !== 'return') throw new Error('unexpected ' + r.type);
      state = 'done';
      return { value: r.value, done: true };
    };
    const proto = Object(callee.prototype) === callee.prototype ? callee.prototype : GeneratorPrototype;
    const g = Object.create(proto);
    generators.set(g, run);
    return g;
  }
  const generators = new WeakMap();
  const MyGenerator = {
    next(v) { return generators.get(this)('next', v); },
    throw(v) { return generators.get(this)('throw', v); },
    return(v) { return generators.get(this)('return', v); },
    [Symbol.iterator]() { return this; },
    [Symbol.toStringTag]: 'Generator',
  };
  const asyncIterator = Symbol.asyncIterator || '@@asyncIterator';
  const MyAsyncGenerator = {
    next(v) { return generators.get(this)('next', v); },
    throw(v) { return generators.get(this)('throw', v); },
    return(v) { return generators.get(this)('return', v); },
    [asyncIterator]() { return this; },
  };

  function asyncGenerator(frame, callee) {
    const queue = [];
    let state = 'start', running = false;
    const settle = (ok, value, done) => {
      const q = queue.shift();
      running = false;
      if (ok) q.resolve({ value, done }); else q.reject(value);
      pump();
    };
    const handle = step => {
      let r;
      try { r = step(); } catch (e) { state = 'done'; settle(false, e); return; }
      if (r.type === 'await') wait(r.value, v => handle(() => resume(frame, 'next', v)), e => handle(() => resume(frame, 'throw', e)));
      else if (r.type === 'yield') { state = 'suspended'; settle(true, r.value, false); }
      else { state = 'done'; settle(true, r.value, true); }
    };
    const pump = () => {
      if (running || !queue.length) return;
      running = true;
      const { mode, v } = queue[0];
      if (state === 'start' && mode !== 'next') state = 'done';
      if (state === 'done') {
        if (mode === 'next') settle(true, undefined, true);
        else if (mode === 'throw') settle(false, v);
        else wait(v, x => settle(true, x, true), e => settle(false, e));
        return;
      }
      if (state === 'start') { state = 'running'; handle(() => exec(frame)); return; }
      state = 'running';
      if (mode === 'return') {
        wait(v, x => handle(() => resume(frame, 'return', x)), e => handle(() => resume(frame, 'throw', e)));
        return;
      }
      handle(() => resume(frame, mode, v));
    };
    const run = (mode, v) => new Promise((resolve, reject) => { queue.push({ mode, v, resolve, reject }); pump(); });
    const proto = Object(callee.prototype) === callee.prototype ? callee.prototype : MyAsyncGenerator;
    const g = Object.create(proto);
    generators.set(g, run);
    return g;
  }

  function closure(f, env, home, frame, name) {
    let fn;
    if (f.arrow) {
      const { self, newTarget, home, callee, args } = frame;
      const active = frame.active || callee;
      fn = (...a) => {
        const fr = { self, newTarget, home, callee: fn, args: a };
        return invokeArrow(f, env, fr, active, args);
      };
    } else if (f.method) {
      fn = { m(...args) { return invoke(f, env, { self: this, args, home, newTarget: undefined, callee: fn }); } }.m;
      if (f.generator) Object.defineProperty(fn, 'prototype', { value: Object.create(f.async ? MyAsyncGenerator : MyGenerator), writable: true });
    } else {
      fn = function (...args) {
        if (new.target) {
          const proto = Object(new.target.prototype) === new.target.prototype ? new.target.prototype : Object.prototype;
          const self = Object.create(proto);
          const out = invoke(f, env, { self, args, home, newTarget: new.target, callee: fn });
          return Object(out) === out ? out : self;
        }
        return invoke(f, env, { self: this, args, home, newTarget: undefined, callee: fn });
      };
    }
    Object.defineProperty(fn, 'name', { value: name || f.name, configurable: true });
    Object.defineProperty(fn, 'length', { value: f.length, configurable: true });
    data.set(fn, { f, home });
    return fn;
  }
  function invokeArrow(f, env, o, active) {
    const frame = frameOf(f, env, o);
    frame.active = active;
    if (f.async) return asyncRun(frame);
    const r = exec(frame);
    return r.value;
  }

  function makeClass(f, env, base, hasBase, name) {
    let parent = Function.prototype, protoParent = Object.prototype;
    if (hasBase) {
      if (base === null) protoParent = null;
      else {
        if (!isConstructor(base)) throw new TypeError('Class extends value ' + String(base));
        parent = base;
        protoParent = base.prototype;
        if (protoParent !== null && Object(protoParent) !== protoParent) throw new TypeError('prototype');
      }
    }
    const proto = Object.create(protoParent);
    const fn = function (...args) {
      if (!new.target) throw new TypeError('Class constructor cannot be invoked without new');
      if (f.derived) {
        const out = invoke(f, env, { self: undefined, args, home: proto, newTarget: new.target, callee: fn });
        if (Object(out) !== out) throw new TypeError('Derived constructors may only return object or undefined');
        return out;
      }
      const p = Object(new.target.prototype) === new.target.prototype ? new.target.prototype : Object.prototype;
      const self = Object.create(p);
      const d = data.get(fn);
      if (d.fields) d.fields.call(self);
      const out = invoke(f, env, { self, args, home: proto, newTarget: new.target, callee: fn });
      return Object(out) === out ? out : self;
    };
    Object.setPrototypeOf(fn, parent);
    Object.defineProperty(fn, 'prototype', { value: proto, writable: false, enumerable: false, configurable: false });
    Object.defineProperty(fn, 'name', { value: name, configurable: true });
    Object.defineProperty(fn, 'length', { value: f.length, configurable: true });
    Object.defineProperty(proto, 'constructor', { value: fn, writable: true, configurable: true, enumerable: false });
    data.set(fn, { f, home: proto });
    return [fn, proto];
  }
  function isConstructor(x) {
    if (typeof x !== 'function') return false;
    try { Reflect.construct(Object, [], x); return true; } catch (e) { return false; }
  }
  function superCall(frame, args) {
    const active = frame.active || frame.callee;
    const parent = Object.getPrototypeOf(active);
    if (!isConstructor(parent)) throw new TypeError('Super constructor is not a constructor');
    const self = Reflect.construct(parent, args, frame.newTarget);
    const d = data.get(active);
    if (d.fields) d.fields.call(self);
    return self;
  }

  // Iterators.
  function iter(x, isAsync) {
    let method;
    if (x === undefined || x === null) throw new TypeError(x + ' is not iterable');
    if (isAsync) {
      method = x[asyncIterator];
      if (method === undefined || method === null) {
        const s = iter(x, false);
        return asyncFromSync(s);
      }
    } else method = x[Symbol.iterator];
    if (typeof method !== 'function') throw new TypeError('not iterable');
    const it = method.call(x);
    if (Object(it) !== it) throw new TypeError('no iterator');
    return { it, next: it.next, done: false };
  }
  function asyncFromSync(s) {
    const cont = (r, close) => {
      if (Object(r) !== r) throw new TypeError('not an object');
      const done = !!r.done;
      return Promise.resolve(r.value).then(value => ({ value, done }), e => { if (close && !done) { try { close(); } catch (_) { } } throw e; });
    };
    const close = () => { if (s.it.return) s.it.return(); };
    const it = {
      next(v) { try { return cont(s.next.call(s.it, v), close); } catch (e) { return Promise.reject(e); } },
      return(v) {
        try {
          const f = s.it.return;
          if (f === undefined || f === null) return Promise.resolve({ value: v, done: true });
          return cont(f.call(s.it, v));
        } catch (e) { return Promise.reject(e); }
      },
      throw(v) {
        try {
          const f = s.it.throw;
          if (f === undefined || f === null) { close(); throw new TypeError('no throw'); }
          return cont(f.call(s.it, v), close);
        } catch (e) { return Promise.reject(e); }
      },
    };
    return { it, next: it.next, done: false };
  }
  function iterNext(s) { // undefined at the end
    if (s.names) {
      while (s.at < s.names.length) {
        const k = s.names[s.at++];
        if (k in s.of) return { value: k };
      }
      return undefined;
    }
    if (s.done) return undefined;
    let r, done, value;
    try {
      r = s.next.call(s.it);
      if (Object(r) !== r) throw new TypeError('no object');
      done = r.done;
      if (!done) value = r.value;
    } catch (e) { s.done = true; throw e; }
    if (done) { s.done = true; return undefined; }
    return { value };
  }
  function iterClose(s, quiet) {
    if (s.done) return;
    s.done = true;
    try {
      const f = s.it.return;
      if (f === undefined || f === null) return;
      const r = f.call(s.it);
      if (!quiet && Object(r) !== r) throw new TypeError('no object');
    } catch (e) { if (!quiet) throw e; }
  }

  function handle(frame, e) {
    for (const h of frame.f.handlers) {
      if (frame.pc >= h.from && frame.pc < h.to) {
        frame.r[h.value] = e;
        if (h.kind !== NONE) frame.r[h.kind] = 1;
        frame.pc = h.target;
        return true;
      }
    }
    return false;
  }
  function resume(frame, mode, v) {
    const i = frame.f.code[frame.pc];
    if (mode === 'next') {
      if (i.dst !== NONE) frame.r[i.dst] = v;
      frame.pc++;
    } else if (mode === 'throw') {
      if (!handle(frame, v)) throw v;
    } else {
      let found = false;
      for (const h of frame.f.handlers) {
        if (frame.pc >= h.from && frame.pc < h.to && h.kind !== NONE) {
          frame.r[h.value] = v;
          frame.r[h.kind] = 2;
          frame.pc = h.target;
          found = true;
          break;
        }
      }
      if (!found) return { type: 'return', value: v };
    }
    return exec(frame);
  }

  function exec(frame) {
    for (;;) {
      try {
        for (;;) {
          const out = step(frame, frame.f.code[frame.pc]);
          if (out) return out;
        }
      } catch (e) {
        if (!handle(frame, e)) throw e;
      }
    }
  }

  function up(env, n) { while (n-- > 0) env = env.parent; return env; }
  function value(c) { return c.u ? undefined : c.big ? BigInt(c.big) : c.num ? Number(c.num) : c.v; }
  const binary = {
    '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b, '**': (a, b) => Math.pow(a, b),
    '&': (a, b) => a & b, '|': (a, b) => a | b, '^': (a, b) => a ^ b, '<<': (a, b) => a << b, '>>': (a, b) => a >> b, '>>>': (a, b) => a >>> b,
    '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b, '==': (a, b) => a == b, '!=': (a, b) => a != b,
    '===': (a, b) => a === b, '!==': (a, b) => a !== b, 'in': (a, b) => a in b, 'instanceof': (a, b) => a instanceof b,
  };
  try { binary['**'] = new Function('a', 'b', 'return a ** b'); } catch (e) { /* as above */ }

  function step(frame, i) {
    const r = frame.r;
    const A = i.a === NONE ? undefined : r[i.a], B = i.b === NONE ? undefined : r[i.b], C = i.c === NONE ? undefined : r[i.c];
    const put = v => { if (i.dst !== NONE) r[i.dst] = v; };
    const args = () => i.args.map(x => r[x]);
    const key = () => i.name !== '' || i.b === NONE ? i.name : B;
    switch (i.op) {
      case 'Nop': case 'LoopEnter': case 'LoopHead': case 'LoopExit': break;
      case 'Const': put(value(i.const)); break;
      case 'RegExp': put(new RegExp(i.name, i.const.v)); break;
      case 'Move': put(A); break;
      case 'Arg': put(frame.args[i.n]); break;
      case 'RestArgs': put(frame.args.slice(i.n)); break;
      case 'Arguments': put((function () { return arguments; }).apply(undefined, frame.args)); break;
      case 'This': put(frame.self); break;
      case 'NewTarget': put(frame.newTarget); break;
      case 'Callee': put(frame.callee); break;
      case 'PushEnv': frame.env = makeEnv(frame.env, i.n); break;
      case 'PopEnv': frame.env = frame.env.parent; break;
      case 'CopyEnv': frame.env = { parent: frame.env.parent, slots: frame.env.slots.slice() }; break;
      case 'SaveEnv': put(frame.env); break;
      case 'RestoreEnv': frame.env = A; break;
      case 'LoadEnv': {
        const v = up(frame.env, i.n).slots[i.m];
        if (v === TDZ) throw new ReferenceError('Cannot access ' + i.name + ' before initialization');
        put(v);
        break;
      }
      case 'StoreEnv': {
        const e = up(frame.env, i.n);
        if (e.slots[i.m] === TDZ) throw new ReferenceError('Cannot access ' + i.name + ' before initialization');
        e.slots[i.m] = A;
        break;
      }
      case 'InitEnv': up(frame.env, i.n).slots[i.m] = A; break;
      case 'CheckInit': if (A === TDZ) throw new ReferenceError('Cannot access ' + i.name + ' before initialization'); break;
      case 'Uninit': put(TDZ); break;
      case 'LoadGlobal':
        if (i.name in globals) put(globals[i.name]);
        else if (i.n === 1) put(undefined);
        else throw new ReferenceError(i.name + ' is not defined');
        break;
      case 'StoreGlobal':
        if (i.n === 1 && !(i.name in globals)) throw new ReferenceError(i.name + ' is not defined');
        set(globals, i.name, A, i.n !== 1);
        break;
      case 'NewObject': put({}); break;
      case 'NewArray': put([]); break;
      case 'Template': {
        let t = templates.get(i);
        if (!t) {
          t = i.const.cooked.slice();
          Object.defineProperty(t, 'raw', { value: Object.freeze(i.const.raw.slice()) });
          Object.freeze(t);
          templates.set(i, t);
        }
        put(t);
        break;
      }
      case 'Append': if (i.b === NONE) A.length++; else define(A, A.length, B, 0, false); break;
      case 'AppendAll': {
        const s = i.n === 1 ? B : iter(B, false);
        for (let n = iterNext(s); n; n = iterNext(s)) define(A, A.length, n.value, 0, false);
        break;
      }
      case 'Define': define(A, key(), C, i.m, i.n === 1); break;
      case 'SetProto': if (B === null || Object(B) === B) Object.setPrototypeOf(A, B); break;
      case 'CopyProps':
        if (B !== undefined && B !== null) {
          const from = Object(B);
          for (const k of Reflect.ownKeys(from)) {
            const d = Reflect.getOwnPropertyDescriptor(from, k);
            if (d && d.enumerable) define(A, k, from[k], 0, false);
          }
        }
        break;
      case 'RestProps': {
        const o = {}, not = args(), from = Object(A);
        for (const k of Reflect.ownKeys(from)) {
          if (not.some(n => n === k || typeof k === 'string' && typeof n !== 'symbol' && String(n) === k)) continue;
          const d = Reflect.getOwnPropertyDescriptor(from, k);
          if (d && d.enumerable) define(o, k, from[k], 0, false);
        }
        put(o);
        break;
      }
      case 'Closure': put(closure(m.funcs[i.fn], frame.env, i.b === NONE ? frame.home : B, frame, i.name)); break;
      case 'Class': {
        const [fn, proto] = makeClass(m.funcs[i.fn], frame.env, A, i.a !== NONE, i.name);
        put(fn);
        r[i.c] = proto;
        break;
      }
      case 'SetFields': data.get(A).fields = B; break;
      case 'SetName': {
        let n = i.name !== '' ? i.name : typeof B === 'symbol' ? (B.description === undefined ? '' : '[' + B.description + ']') : String(B);
        if (i.m === 2) n = 'get ' + n;
        if (i.m === 3) n = 'set ' + n;
        if (!(Object.prototype.hasOwnProperty.call(A, 'name') && typeof A.name !== 'string')) {
          const d = Object.getOwnPropertyDescriptor(A, 'name');
          if (!d || d.value === '') Object.defineProperty(A, 'name', { value: n, configurable: true });
        }
        break;
      }
      case 'Get': put(get(A, i.name)); break;
      case 'GetElem': put(get(A, B)); break;
      case 'Set': set(A, i.name, B, i.n === 1); break;
      case 'SetElem': set(A, B, C, i.n === 1); break;
      case 'Delete': case 'DeleteElem': {
        const k = i.op === 'Delete' ? i.name : B;
        if (A === undefined || A === null) throw new TypeError('Cannot delete of ' + A);
        const ok = Reflect.deleteProperty(Object(A), k);
        if (!ok && i.n !== 1) throw new TypeError('Cannot delete ' + String(k));
        put(ok);
        break;
      }
      case 'GetSuper': {
        const p = Object.getPrototypeOf(frame.home);
        if (p === null) throw new TypeError('no super');
        put(Reflect.get(p, key(), A));
        break;
      }
      case 'SetSuper': {
        const p = Object.getPrototypeOf(frame.home);
        if (!Reflect.set(p, key(), C, A) && i.n !== 1) throw new TypeError('Cannot assign');
        break;
      }
      case 'HasPrivate': put(!!findPrivate(A, i.name)); break;
      case 'Unary': put(i.name === '-' ? -A : i.name === '+' ? +A : i.name === '~' ? ~A : i.name === '!' ? !A : typeof A); break;
      case 'Binary': put(binary[i.name](A, B)); break;
      case 'ToNumeric': { let v = A; if (Object(v) === v) v = toPrimitive(v, 'number'); put(typeof v === 'bigint' ? v : Number(+v)); break; }
      case 'ToKey': { const v = Object(A) === A ? toPrimitive(A, 'string') : A; put(typeof v === 'symbol' ? v : String(v)); break; }
      case 'ToString': put(`${A}`); break;
      case 'Increment': put(typeof A === 'bigint' ? A + BigInt(i.n) : A + i.n); break;
      case 'Jump': frame.pc = i.n; return;
      case 'JumpIf': if (A) { frame.pc = i.n; return; } break;
      case 'JumpIfNot': if (!A) { frame.pc = i.n; return; } break;
      case 'JumpNullish': if (A === null || A === undefined) { frame.pc = i.n; return; } break;
      case 'JumpUndefined': if (A === undefined) { frame.pc = i.n; return; } break;
      case 'Return': return { type: 'return', value: A };
      case 'Throw': throw A;
      case 'ThrowError': throw new globals[i.name](i.const.v);
      case 'EndFinally':
        if (A === 0) break;
        if (A === 1) throw B;
        if (A === 2) {
          if (i.n === 0) return { type: 'return', value: B };
          frame.pc = i.n;
          return;
        }
        frame.pc = i.targets[A - 3];
        return;
      case 'Call': if (typeof A !== 'function') throw new TypeError('not a function'); put(Reflect.apply(A, B, args())); break;
      case 'CallSpread': if (typeof A !== 'function') throw new TypeError('not a function'); put(Reflect.apply(A, B, C)); break;
      case 'New': if (!isConstructor(A)) throw new TypeError('not a constructor'); put(Reflect.construct(A, args())); break;
      case 'NewSpread': if (!isConstructor(A)) throw new TypeError('not a constructor'); put(Reflect.construct(A, C)); break;
      case 'SuperCall': put(superCall(frame, args())); break;
      case 'SuperCallSpread': put(superCall(frame, C)); break;
      case 'Iter': put(iter(A, i.n === 1)); break;
      case 'IterNext': {
        const n = iterNext(A);
        put(n && n.value);
        if (!n) { frame.pc = i.n; return; }
        break;
      }
      case 'IterClose': iterClose(A, i.n === 1 || i.b !== NONE && B === 1); break;
      case 'IterCall': {
        if (i.name === '') { put(A.next.call(A.it, B)); break; }
        const f = A.it[i.name];
        if (f === undefined || f === null) { frame.pc = i.n; return; }
        if (typeof f !== 'function') throw new TypeError('not a function');
        put(i.b === NONE ? f.call(A.it) : f.call(A.it, B));
        break;
      }
      case 'IterResult': {
        if (Object(A) !== A) throw new TypeError('not an object');
        const done = A.done;
        put(A.value);
        if (done) { frame.pc = i.n; return; }
        break;
      }
      case 'ForIn': {
        const names = [];
        if (A !== undefined && A !== null) for (const k in Object(A)) names.push(k);
        put({ names, at: 0, of: Object(A) });
        break;
      }
      case 'Await': return { type: 'await', value: A };
      case 'Yield': return { type: 'yield', value: A };
      case 'Start': return { type: 'start' };
      case 'GiveUp': throw new Error('GAVE UP: ' + i.name);
      default: throw new Error('unknown instruction ' + i.op);
    }
    frame.pc++;
  }
  function toPrimitive(o, hint) {
    const f = o[Symbol.toPrimitive];
    if (f !== undefined && f !== null) {
      const v = f.call(o, hint);
      if (Object(v) === v) throw new TypeError('no primitive');
      return v;
    }
    for (const n of hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString']) {
      const g = o[n];
      if (typeof g === 'function') {
        const v = g.call(o);
        if (Object(v) !== v) return v;
      }
    }
    throw new TypeError('no primitive');
  }

  const top = frameOf(m.funcs[0], null, { args: [], self: globals.__self, home: null });
  // The loader fills the first slots in.
  top.env = makeEnv(null, m.funcs[0].code[0].n);
  top.env.slots[0] = globals.require;
  top.env.slots[1] = globals.module;
  top.env.slots[2] = globals.module && globals.module.exports;
  top.pc = 1;
  if (m.funcs[0].async) return asyncRun(top);
  return exec(top);
})
