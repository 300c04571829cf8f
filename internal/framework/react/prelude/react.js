// React: a component is rendered when something happens to what it shows, with the state that has been left by then. From the root there is a route to each
// element, made of the places in the code where the elements on the way are made; what a component keeps is found by its route.

const cells = {};
// registering tells that components are made.
let registering = false;
// current is the component that is being rendered: its route, how many hooks it has come by, and the functions that it has registered.
let current;

// called is a component that shows what a function returns which nobody knows the arguments of.
function called(props) { return props.f($$input('argument', ''), $$input('argument', '')); }

function referred(el, ref) {
  refer(ref, $$input('element', 'object'));
  return el;
}

function refer(ref, to) {
  if (typeof ref === 'function') ref(to);
  else if (ref !== null && typeof ref === 'object') ref.current = to;
}

// render renders an element of a component: what it shows, and the functions that its hooks have registered. Anew tells that it is shown for the first time.
// Where functions of the component assign its variables, what it has shown first may still be what is there.
function render(el, route, anew) {
  const outer = current, first = route + '!';
  if (!anew && first in cells && $$maybe()) return cells[first];
  current = { route, at: 0, hooks: [], anew };
  const type = el.type;
  const tree = isClass(type) ? renderClass(type, el.props) : type(el.props, el.props.ref);
  const hooks = current.hooks;
  current = outer;
  if (registering && $$assigns(type)) cells[first] = { tree, hooks };
  return { tree, hooks };
}

function isClass(type) { return !!(type.prototype && typeof type.prototype.render === 'function'); }

// The functions of class components that are called by themselves, besides those that the platform has.
const life = ['componentWillMount', 'UNSAFE_componentWillMount', 'componentDidMount', 'componentDidUpdate', 'componentWillUnmount', 'componentDidCatch'];

function renderClass(type, props) {
  const place = slot(() => ({ value: new type(props) }));
  const made = place.value;
  if (made.props !== props && Object.keys(props).length > 0) made.props = props;
  if (type.contextType) made.context = useContext(type.contextType);
  if (props.ref) refer(props.ref, made);
  for (const name of $$functions(made, life)) current.hooks.push({ name, f: made[name], self: made, site: '' });
  if (typeof type.getDerivedStateFromProps === 'function') made.setState(type.getDerivedStateFromProps(made.props, made.state));
  return made.render();
}

class Component {
  constructor(props, context) {
    this.props = props || {};
    this.context = context;
    this.state = {};
    this.refs = $$input('refs', 'object');
  }
  setState(patch, done) {
    const now = typeof patch === 'function' ? patch.call(this, this.state, this.props) : patch;
    if (now !== null && typeof now === 'object') {
      if (this.state === null || typeof this.state !== 'object') this.state = {};
      Object.assign(this.state, now);
    }
    if (typeof done === 'function') $$later(done.bind(this));
  }
  forceUpdate() {}
}

// slot is what a hook of the component keeps.
function slot(make) {
  if (!current) return make();
  const name = current.route + '#' + current.at++;
  if (!(name in cells)) cells[name] = make();
  else if (current.anew) cells[name].value = make().value;
  return cells[name];
}

function useState(initial) {
  const place = slot(() => ({ value: typeof initial === 'function' ? initial() : initial }));
  return [place.value, v => { place.value = typeof v === 'function' ? v(place.value) : v; }];
}

function useReducer(reducer, initial, begin) {
  const place = slot(() => ({ value: typeof begin === 'function' ? begin(initial) : initial }));
  return [place.value, action => { place.value = reducer(place.value, action); }];
}

function useRef(initial) { return slot(() => ({ value: { current: initial } })).value; }

// registers takes a function that is called some time: by the name of the hook.
function registers(name, f, anew) {
  const at = $$callSite();
  if (current && $$function(f)) current.hooks.push({ name, f, site: at, anew });
}

function hook(name, once) {
  return f => registers(name, f, once);
}

function effect(name) {
  return (f, on) => registers(name, f, Array.isArray(on) && on.length === 0);
}

function same(f) { return f; }
function useMemo(f) { return f(); }

function createContext(initial) {
  const context = { current: initial, from: 'value' };
  context.Provider = props => props.children;
  context.Provider.$context = context;
  context.Consumer = props => props.children(useContext(context));
  return context;
}

function useContext(context) {
  const v = context.current;
  if (v !== null && v !== undefined) return v;
  return $$unknown('useContext');
}

function useImperativeHandle(ref, make) { refer(ref, make()); }

function lazy(load) {
  const made = {};
  load().then(from => { made.type = from.default; });
  return props => made.type ? $$element(made.type, props) : null;
}

function createElement(type, props, ...children) { return $$element(type, props, ...children); }
// The runtime of JSX has the children among the properties.
function jsx(type, props) { return $$element(type, props); }

function cloneElement(el, props, ...children) {
  if (el === null || typeof el !== 'object') return el;
  const given = Object.assign({}, el.props, props);
  if (children.length > 0) given.children = children.length === 1 ? children[0] : children;
  return { site: el.site, type: el.type, props: given };
}

const Children = {
  map: (list, f) => [].concat(list === undefined || list === null ? [] : list).map(f),
  forEach: (list, f) => { [].concat(list === undefined || list === null ? [] : list).forEach(f); },
  toArray: list => [].concat(list === undefined || list === null ? [] : list),
  only: same,
  count: list => [].concat(list === undefined || list === null ? [] : list).length,
};

// entering gives a context what a provider on the way provides; it returns what it was.
function entering(el) {
  const context = el.type.$context;
  if (!context) return;
  const before = { context, value: context.current };
  context.current = context.from === '' ? el.props : el.props[context.from];
  return before;
}

// provider is a component that provides what is within it with a property of its own, with all of them if it has no name; provided is what it provides.
function provider(from) {
  const made = props => props.children;
  made.$context = { current: undefined, from };
  return made;
}

function provided(by) { return by.$context.current; }

function leaving(before) { if (before) before.context.current = before.value; }

const roots = {};

function Root(props) { return props.children; }

// register makes a unit of a component: everything that it shows is rendered, so that what the components keep is there, and their handlers are found.
function register(unit, type, around) {
  const shown = { site: 'unit' + unit, type, props: {} };
  roots[unit] = { site: 'root', type: Root, props: { children: around ? { site: 'app', type: around, props: { children: shown } } : shown } };
  $$registers();
  $$enters(unit, 'lifecycle', 'render', isClass(type) ? type.prototype.render : type, '', 'root', 'render');
  registering = true;
  mount('register ', unit, roots[unit], 'root');
  registering = false;
}

// mount renders a component, and those that it shows.
function mount(how, unit, el, route) {
  let shown;
  try {
    shown = render(el, route, false);
  } catch (err) {
    current = undefined;
    return;
  }
  // What the app shows around a page is the app's.
  const own = route.includes('/unit' + unit);
  for (let n = 0; own && n < shown.hooks.length; n++) {
    const h = shown.hooks[n];
    $$enters(unit, 'lifecycle', h.name, h.f, h.site, route, n);
  }
  for (const site of $$parts(own ? unit : -1, route, shown.tree)) {
    const child = $$made(shown.tree, site);
    if (!child) continue;
    const before = entering(child);
    $$within(how + unit + ' ' + route + '/' + site, mount, how, unit, child, route + '/' + site);
    leaving(before);
  }
}

// down renders what is on a route: the last component of it, or with host the element that it shows there.
function down(unit, el, route, rest, host, anew, entered) {
  const last = rest.length === (host ? 1 : 0);
  const shown = render(el, route, anew && last);
  if (rest.length === 0) return shown;
  const next = $$made(shown.tree, rest[0]);
  if (!next || host && last) return next;
  const before = entering(next);
  if (before) entered.push(before);
  const at = route + '/' + rest[0];
  return $$within('render ' + unit + ' ' + at, down, unit, next, at, rest.slice(1), host, anew, entered);
}

function reached(unit, route, host, anew) {
  const entered = [];
  const out = $$within('render ' + unit + ' root', down, unit, roots[unit], 'root', route.split('/').slice(1), host, anew, entered);
  while (entered.length > 0) leaving(entered.pop());
  return out;
}

// act runs a handler of an element by the name of its property, or what a hook of a component has registered by its number.
function act(unit, route, what) {
  if (what === 'render') return mount('render ', unit, roots[unit], 'root');
  if (typeof what === 'string') {
    const el = reached(unit, route, true, false);
    if (!el) return;
    if (el.props.disabled && isButton($$tag(el.site), el.type)) return;
    const f = el.props[what];
    if (typeof f === 'function') f(event(what));
    return;
  }
  const shown = reached(unit, route, false, false);
  const h = shown && shown.hooks[what];
  if (!h) return;
  const done = h.f.call(h.self, $$input('argument', 'object'));
  if (typeof done === 'function') $$later(done);
}

function isButton(tag, type) { return tag === 'Button' || tag === 'button' || type === 'Button'; }

function event(name) {
  const of = { type: name.slice(2).toLowerCase(), preventDefault() {}, stopPropagation() {}, detail: $$input('detail', 'object') };
  of.target = of.currentTarget = $$input('target', 'object');
  return of;
}

const react = {
  Component, PureComponent: Component, createElement, cloneElement, isValidElement: el => !!el && typeof el === 'object' && 'site' in el, createContext, useContext, use: useContext,
  useState, useReducer, useRef, createRef: () => ({ current: null }), useMemo, useCallback: same, memo: same, forwardRef: same, useEffect: effect('useEffect'),
  useLayoutEffect: effect('useLayoutEffect'), useInsertionEffect: effect('useInsertionEffect'), useImperativeHandle, useDebugValue() {}, useDeferredValue: same,
  useTransition: () => [false, f => { f(); }], startTransition: f => { f(); }, useId: () => $$input('useId', 'string'), useSyncExternalStore: (_, get) => get(),
  useEffectEvent: same, lazy, Children, jsx, jsxs: jsx, jsxDEV: jsx,
};
react.default = react;

module.exports = { react, life, called, referred, register, act, hook, effect, registers, slot, provider, provided, render, isClass, useState, useContext, createContext };
