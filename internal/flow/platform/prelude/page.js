// How the platform makes pages, components and the app of what they are declared with, and what the methods of instances do.
// $$ functions are the platform's own.

const observers = Symbol('observers'), filtered = Symbol('filtered');

const pageMethods = {
  setData(patch, done) {
    const list = this[observers];
    const before = list.length > 0 ? computed(this, list) : undefined;
    $$overwrites(this.data, patch);
    write(this, patch);
    for (let n = 0; n < list.length; n++) notify(this, list[n], patch, before[n]);
    if (typeof done === 'function') $$later(done.bind(this));
  },
  triggerEvent(name, detail, how) { $$trigger(this, name, detail, how); },
  selectComponent(selector) { return $$selected(this, selector); },
  selectAllComponents(selector) { return [$$selected(this, selector)]; },
  getRelationNodes(path) { return [$$selected(this, path)]; },
  selectOwnerComponent() { return $$owner(this); },
  createSelectorQuery() { return $$input('selector query', 'object'); },
  createIntersectionObserver() { return $$input('intersection observer', 'object'); },
  createMediaQueryObserver() { return $$input('media query observer', 'object'); },
  getOpenerEventChannel() { return channel; },
  getTabBar() { return $$input('tab bar', 'object'); },
  getPageId() { return $$input('page id', 'string'); },
  animate(selector, frames, duration, done) { if (typeof done === 'function') $$later(done); },
  clearAnimation(selector, options, done) { if (typeof done === 'function') $$later(done); },
  groupSetData(f) { if (typeof f === 'function') f.call(this); },
  hasBehavior() { return $$input('behavior', 'boolean'); },
  setUpdatePerformanceListener() {},
  setInitialRenderingCache() {},
};

// computed are the values of the fields that observers watch and that are computed from others.
function computed(instance, list) {
  return list.map(o => o.fields.map(field => isComputed(instance.data, field) ? instance.data[field] : undefined));
}

function isComputed(data, field) {
  const d = Object.getOwnPropertyDescriptor(data, field);
  return d !== undefined && d.get !== undefined;
}

// notify runs an observer if setData concerns one of its fields. One that runs already is not run within itself.
function notify(instance, observer, patch, before) {
  if (observer.runs || !concerns(instance, observer, patch, before)) return;
  observer.runs = true;
  try {
    observe(instance, observer.fields, observer.f);
  } finally {
    observer.runs = false;
  }
}

function concerns(instance, observer, patch, before) {
  for (let n = 0; n < observer.fields.length; n++) {
    const field = observer.fields[n];
    if (isComputed(instance.data, field) && !Object.is(before[n], instance.data[field])) return true;
    if (patch !== null && typeof patch === 'object') for (const key in patch) if ($$concerns(field, key)) return true;
  }
  return false;
}

// observe calls an observer, a function or the name of a method, with the values of its fields.
function observe(instance, fields, f) {
  if (typeof f === 'string') f = instance[f];
  if (typeof f === 'function') f.apply(instance, fields.map(field => valueAt(instance.data, field)));
}

function valueAt(data, field) {
  if (field.endsWith('**')) field = field.slice(0, field.endsWith('.**') ? -3 : -2);
  if (field === '') return data;
  const parts = $$path(field);
  if (parts === undefined) return data[field];
  for (const part of parts) {
    if (data === null || data === undefined) return undefined;
    data = data[part];
  }
  return data;
}

// handedOver runs an observer of a component's properties for what its users hand over.
function handedOver(instance, fields, f) {
  for (const field of fields) $$handedOver(valueAt(instance.data, field), instance[initials][field]);
  observe(instance, fields, f);
}

// Bus is what packages for events make. What listens is kept by the event and the place of its code; one that listens once has a mark.
function Bus() {
  if (!new.target) return new Bus();
  Object.defineProperty(this, 'heard', { value: {} });
}

function listen(bus, type, f, context, once) {
  if (typeof f === 'function') bus.heard[String(type) + '\n' + $$site(f) + once] = context ? f.bind(context) : f;
  return bus;
}

function unlisten(bus, type, f) {
  for (const key of Object.keys(bus.heard)) {
    if (type === undefined || key.startsWith(String(type) + '\n') && (f === undefined || key.includes('\n' + $$site(f)))) bus.heard[key] = undefined;
  }
  return bus;
}

function raise(bus, type, args) {
  for (const key of Object.keys(bus.heard)) {
    const f = bus.heard[key], all = key.startsWith('*\n');
    if (!f || !all && !key.startsWith(String(type) + '\n')) continue;
    if (key.endsWith('\nonce')) bus.heard[key] = undefined;
    if (all) f.call(bus, type, ...args);
    else f.apply(bus, args);
  }
  return bus;
}

for (const name of ['on', '$on', 'addListener', 'addEventListener', 'subscribe']) Bus.prototype[name] = function (type, f, context) { return listen(this, type, f, context, ''); };
for (const name of ['once', '$once']) Bus.prototype[name] = function (type, f, context) { return listen(this, type, f, context, '\nonce'); };
for (const name of ['off', '$off', 'removeListener', 'removeEventListener', 'removeAllListeners', 'unsubscribe']) Bus.prototype[name] = function (type, f) { return unlisten(this, type, f); };
for (const name of ['emit', '$emit', 'trigger', 'publish']) Bus.prototype[name] = function (type, ...args) { return raise(this, type, args); };

// channel stands for all channels between a page and the one that opened it.
const channel = new Bus();

// whenever keeps a function that runs some time after what it reads has changed; changed runs one of them.
const reactions = {};
function whenever(f) {
  const key = $$site(f);
  $$reacts();
  reactions[key] = f;
  return () => { reactions[key] = undefined; };
}
function changed() {
  const f = $$oneOf(Object.values(reactions));
  if (typeof f === 'function') f();
}

// write does what setData does: keys are paths.
function write(instance, patch) {
  if (patch === null || typeof patch !== 'object') return;
  for (const key in patch) {
    const parts = $$path(key);
    if (parts === undefined) { instance.data[key] = patch[key]; continue; }
    let at = instance.data;
    for (let n = 0; n < parts.length - 1; n++) {
      if (at[parts[n]] === null || typeof at[parts[n]] !== 'object') at[parts[n]] = typeof parts[n + 1] === 'number' ? [] : {};
      at = at[parts[n]];
    }
    at[parts[parts.length - 1]] = patch[key];
  }
}

function merge(to, from) {
  for (const key of Object.keys(from)) {
    if (key in to && key !== 'constructor') continue;
    const d = Object.getOwnPropertyDescriptor(from, key);
    if (d && d.get) Object.defineProperty(to, key, d);
    else to[key] = from[key];
  }
}

// filter lets the behaviors of a definition change it (definitionFilter), those that they have themselves first.
function filter(definition, list) {
  if (!Array.isArray(list)) return;
  for (const b of list) {
    const of = b && b.$behavior;
    if (!of || typeof of !== 'object') continue;
    filter(definition, of.behaviors);
    if (typeof of.definitionFilter === 'function') of.definitionFilter(definition, []);
  }
}

function filterOnce(definition) {
  if (!Array.isArray(definition.behaviors) || definition[filtered]) return;
  Object.defineProperty(definition, filtered, { value: true });
  filter(definition, definition.behaviors);
}

// behaviors fills what a definition's behaviors bring, the definition's own going first.
function behaviors(list, into) {
  if (!Array.isArray(list)) return;
  for (let n = list.length - 1; n >= 0; n--) if (list[n] && typeof list[n] === 'object') define(list[n].$behavior || list[n], into);
}

// property is a component's property: what its users hand over, until the component itself writes it.
function property(into, name, definition) {
  const own = { written: false, value: undefined };
  const unit = into.unit;
  into.initials[name] = initial(definition);
  Object.defineProperty(into.data, name, {
    enumerable: true, configurable: true,
    get() { return own.written ? own.value : $$handed(unit, name, initial(definition)); },
    set(v) { own.written = true; own.value = v; },
  });
}

// initial is a property's value as long as nobody hands one over.
function initial(definition) {
  const type = definition !== null && typeof definition === 'object' ? definition.type : definition;
  if (definition !== null && typeof definition === 'object' && 'value' in definition) return definition.value;
  switch (type) {
    case String: return '';
    case Number: return 0;
    case Boolean: return false;
    case Array: return [];
  }
  return null;
}

// define fills data, methods and lifecycle functions of a component or behavior into the parts of an instance.
function define(options, into) {
  if (!options || typeof options !== 'object') return;
  filterOnce(options);
  const methods = options.methods || {};
  for (const name of Object.keys(methods)) if (!(name in into.own)) into.own[name] = methods[name];
  for (const name of Object.keys(options)) {
    const v = options[name];
    if (name === 'methods' || name === 'data' || name === 'properties' || name === 'behaviors' || name === 'lifetimes' || name === 'pageLifetimes' || name === 'observers' || name === 'relations' || name === 'definitionFilter') continue;
    if (typeof v === 'function') into.life.push([name, v]);
    else if (!(name in into.own)) into.own[name] = v;
  }
  const life = options.lifetimes || {};
  for (const name of Object.keys(life)) into.life.push([name, life[name]]);
  const page = options.pageLifetimes || {};
  for (const name of Object.keys(page)) into.life.push(['pageLifetimes.' + name, page[name]]);
  const data = typeof options.data === 'function' ? options.data() : options.data || {};
  merge(into.data, data);
  const props = options.properties || {};
  for (const name of Object.keys(props)) {
    if (!(name in into.data)) property(into, name, props[name]);
    const observer = props[name] && props[name].observer;
    if (observer) into.watches.push({ fields: [name], f: observer, runs: false });
  }
  observed(options, into);
  const relations = options.relations || {};
  for (const path of Object.keys(relations)) {
    for (const name of ['linked', 'linkChanged', 'unlinked']) if (typeof relations[path][name] === 'function') into.life.push([name, relations[path][name]]);
  }
  behaviors(options.behaviors, into);
}

function observed(options, into) {
  const of = options.observers || {};
  for (const names of Object.keys(of)) into.watches.push({ fields: names.split(',').map(name => name.trim()), f: of[names], runs: false });
}

const initials = Symbol('initials');

function finish(into) {
  Object.defineProperty(into.own, observers, { value: into.watches });
  Object.defineProperty(into.own, initials, { value: into.initials });
  return [into.own, into.life, into.watches];
}

// makePage and makeComponent return the instance, the lifecycle functions besides its methods, and the observers. makeApp fills the one app that there is.
function makePage(options) {
  const instance = Object.create(pageMethods);
  const into = { own: instance, data: {}, life: [], watches: [], initials: {} };
  if (options && typeof options === 'object') {
    filterOnce(options);
    observed(options, into);
    for (let at = options; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) {
        if (name === 'data' || name === 'behaviors' || name === 'mixins' || name === 'observers' || name === 'constructor' || name in instance && name in pageMethods) continue;
        if (!Object.hasOwn(instance, name)) Object.defineProperty(instance, name, Object.getOwnPropertyDescriptor(at, name));
      }
      if (at.data) merge(into.data, typeof at.data === 'function' ? at.data() : at.data);
    }
    behaviors(options.behaviors, into);
    behaviors(options.mixins, into);
  }
  instance.data = into.data;
  return finish(into);
}

function makeComponent(options, unit) {
  const instance = Object.create(pageMethods);
  const into = { own: instance, data: {}, life: [], watches: [], initials: {}, unit };
  define(options, into);
  instance.data = into.data;
  instance.properties = into.data;
  const out = finish(into);
  for (const begin of options && options[begins] || []) begin(instance, into);
  return out;
}

function makeApp(options, instance) {
  if (options && typeof options === 'object') {
    for (let at = options; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) if (!Object.hasOwn(instance, name) && name !== 'constructor') Object.defineProperty(instance, name, Object.getOwnPropertyDescriptor(at, name));
    }
  }
}

const begins = Symbol('init');

// chain is Component() and Behavior() without a definition, which is given bit by bit.
function chain(kind) {
  const options = { data: {}, properties: {}, methods: {}, observers: {}, lifetimes: {}, pageLifetimes: {}, relations: {}, behaviors: [], [begins]: [] };
  const builder = {
    staticData(data) { merge(options.data, data); return builder; },
    data(f) { merge(options.data, typeof f === 'function' ? f() : f); return builder; },
    property(name, of) { options.properties[name] = of; return builder; },
    observer(fields, f) { options.observers[[].concat(fields).join(', ')] = f; return builder; },
    lifetime(name, f) { options.lifetimes[name] = f; return builder; },
    pageLifetime(name, f) { options.pageLifetimes[name] = f; return builder; },
    method(name, f) { options.methods[name] = f; return builder; },
    methods(of) { Object.assign(options.methods, of); return builder; },
    relation(path, of) { options.relations[path] = of; return builder; },
    behavior(of) { options.behaviors.push(of); return builder; },
    definition(of) { options.behaviors.push({ $behavior: of }); return builder; },
    init(f) { options[begins].push((instance, into) => initialise(instance, into, f)); return builder; },
    register() { return $$register(kind, options); },
  };
  for (const name of ['options', 'template', 'externalClasses', 'implement', 'export']) builder[name] = () => builder;
  return builder;
}

// initialise runs the function of init for an instance: it declares its parts, and returns methods.
function initialise(instance, into, f) {
  const methods = f.call(instance, {
    self: instance, data: instance.data,
    setData: (patch, done) => instance.setData(patch, done),
    method: g => g, listener: g => g,
    observer: (fields, g) => { into.watches.push({ fields: [].concat(fields), f: g, runs: false }); },
    lifetime: (name, g) => { into.life.push([name, g]); },
    pageLifetime: (name, g) => { into.life.push(['pageLifetimes.' + name, g]); },
    relation: () => ({ list: () => [] }), implement() {},
  });
  if (methods !== null && typeof methods === 'object') Object.assign(instance, methods);
}

// vouched is a call of a function of which somebody says that its success shows facts: it may succeed whatever its code looks like. It runs the functions
// for success that its code does nothing with; their places are unused.
function vouched(f, self, args, facts, unused) {
  const done = unused.map(n => args[n]).map(g => g !== null && typeof g === 'object' ? g.success : g).find(g => typeof g === 'function');
  if (done) $$later(() => { $$vouch(facts); done($$input('result', '')); });
  const out = f.apply(self, args);
  if (!$$isOpen(out) && typeof out === 'boolean') return $$vouched(facts);
  if (out === null || typeof out !== 'object' && typeof out !== 'function' || typeof out.then !== 'function') {
    $$vouch(facts);
    return out;
  }
  return new Promise((resolve, reject) => {
    out.then(v => { $$vouch(facts); resolve(v); }, reject);
    $$later(() => { $$vouch(facts); resolve($$input('result', '')); });
  });
}

// decorated is the descriptor of a method that a decorator was given which is not known, doubted the method: what the decorator does before it is not known.
function decorated(descriptor, by) {
  descriptor.value = doubted(descriptor.value, by);
  return descriptor;
}

function doubted(f, by) {
  return function () {
    $$doubt(by);
    return f.apply(this, arguments);
  };
}

// late calls a method that an instance may have been given.
function late(instance, name, event) {
  const f = instance[name];
  if (typeof f === 'function') return f.call(instance, event);
}

// gated runs what belongs to a place in a template where one of the places is there: each is a list of conditions with the data that they are of.
function gated(places, name, f, self, args) {
  if (!$$ungated(name) && !places.some(conditions => conditions.every(c => !!c[0].call(c[2]) !== c[1]))) return;
  $$opened(name);
  return f.apply(self, args);
}

// inline runs the code of an inline handler. If it is a function, that is the handler.
function inline(scope, code, ...args) {
  const f = code.apply(scope, args);
  return typeof f === 'function' ? f.apply(scope, args) : f;
}

module.exports = { write, gated, inline, makePage, makeComponent, makeApp, handedOver, late, decorated, doubted, chain, vouched, Bus, channel, whenever, changed, require(top, module) { top(); return module.exports; }, async fetched(top, module) { top(); return module.exports; } };
