// Vue's refs and reactive objects: an object that holds a value, and nothing that follows who reads it. Watchers look for themselves.
class Ref { constructor(v) { this.value = v; } }

// Computed is a ref whose value is what a function returns.
class Computed extends Ref {}

function accessor(get, set) {
  const out = Object.create(Computed.prototype);
  Object.defineProperty(out, 'value', { configurable: true, enumerable: true, get, set });
  return out;
}

const isRef = v => v instanceof Ref;
const unref = v => v instanceof Ref ? v.value : v;

function computed(of) {
  const get = typeof of === 'function' ? of : of && of.get, set = of && of.set;
  return accessor(() => typeof get === 'function' ? get() : get, v => { if (typeof set === 'function') set(v); });
}

// reactive is an object whose refs are what they hold.
function reactive(of) {
  if (of === null || typeof of !== 'object' || Array.isArray(of)) return of;
  for (const name of Object.keys(of)) {
    const v = of[name];
    if (!isRef(v)) continue;
    Object.defineProperty(of, name, { configurable: true, enumerable: true, get: () => v.value, set: x => { v.value = x; } });
  }
  return of;
}

// toRef is a ref that stands for a property.
const toRef = (of, name) => name === undefined ? (isRef(of) ? of : typeof of === 'function' ? computed(of) : new Ref(of)) : isRef(of[name]) ? of[name] : accessor(() => of[name], v => { of[name] = v; });

function toRefs(of) {
  const out = {};
  if (of !== null && typeof of === 'object') for (const name of Object.keys(of)) out[name] = toRef(of, name);
  return out;
}

// fields gives an instance the fields of its data.
function fields(instance, data) {
  if (data === null || typeof data !== 'object') return;
  for (const name of Object.keys(data)) Object.defineProperty(instance, name, Object.getOwnPropertyDescriptor(data, name));
}

const ref = v => isRef(v) ? v : new Ref(v);
module.exports = { Ref, accessor, isRef, unref, computed, reactive, toRef, toRefs, fields, ref };
