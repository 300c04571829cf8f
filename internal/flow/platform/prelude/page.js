// How the platform makes pages, components and the app of what they are declared with, and what the methods of instances do.
// $$ functions are the platform's own.

const pageMethods = {
  setData(patch, done) {
    write(this, patch);
    if (typeof done === 'function') $$later(done);
  },
  triggerEvent(name, detail, how) { return $$trigger(this, name, detail, how); },
  selectComponent(selector) { return $$selected(this, selector); },
  createSelectorQuery() { return $$input('selector query', 'object'); },
  getOpenerEventChannel() { return $$channel(this); },
  groupSetData(f) { if (typeof f === 'function') f.call(this); },
};

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
  for (const key of Object.keys(from)) if (!(key in to) || key === 'constructor') to[key] = from[key];
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
  const methods = options.methods || {};
  for (const name of Object.keys(methods)) if (!(name in into.own)) into.own[name] = methods[name];
  for (const name of Object.keys(options)) {
    const v = options[name];
    if (name === 'methods' || name === 'data' || name === 'properties' || name === 'behaviors' || name === 'lifetimes' || name === 'pageLifetimes' || name === 'observers') continue;
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
    if (props[name] && typeof props[name].observer === 'function') into.life.push(['observer ' + name, props[name].observer]);
  }
  const observers = options.observers || {};
  for (const name of Object.keys(observers)) into.life.push(['observer ' + name, observers[name]]);
  behaviors(options.behaviors, into);
}

// makePage and makeComponent return the instance and the lifecycle functions besides its methods. makeApp fills the one app that there is.
function makePage(options) {
  const instance = Object.create(pageMethods);
  const into = { own: instance, data: {}, life: [] };
  if (options && typeof options === 'object') {
    for (let at = options; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) {
        if (name === 'data' || name === 'behaviors' || name === 'mixins' || name === 'constructor' || name in instance && name in pageMethods) continue;
        if (!Object.hasOwn(instance, name)) Object.defineProperty(instance, name, Object.getOwnPropertyDescriptor(at, name));
      }
      if (at.data) merge(into.data, typeof at.data === 'function' ? at.data() : at.data);
    }
    behaviors(options.behaviors, into);
    behaviors(options.mixins, into);
  }
  instance.data = into.data;
  return [instance, into.life];
}

function makeComponent(options, unit) {
  const instance = Object.create(pageMethods);
  const into = { own: instance, data: {}, life: [], unit };
  define(options, into);
  instance.data = into.data;
  instance.properties = into.data;
  return [instance, into.life];
}

function makeApp(options, instance) {
  if (options && typeof options === 'object') {
    for (let at = options; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) if (!Object.hasOwn(instance, name) && name !== 'constructor') Object.defineProperty(instance, name, Object.getOwnPropertyDescriptor(at, name));
    }
  }
}

// gated runs a handler where one of the places that bind it is there.
function gated(places, name, f, self, args) {
  if (!$$ungated(name) && !places.some(conditions => conditions.every(c => !!c[0].call(self.data) !== c[1]))) return;
  $$opened(name);
  return f.apply(self, args);
}

module.exports = { gated, makePage, makeComponent, makeApp, require: function (top, module) { top(); return module.exports; } };
