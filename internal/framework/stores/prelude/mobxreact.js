// MobX in components of React: what they read is the store's own, and Provider hands it down by name.
const { provider, provided, slot } = require('react.js');

const Provider = provider('');

// inject gives a component stores as properties: by their names, or what a function makes of all of them.
function inject(...names) {
  return Inner => function Injected(own) {
    const stores = provided(Provider) || {};
    const props = Object.assign({}, own);
    if (typeof names[0] === 'function') Object.assign(props, names[0](stores, own));
    else for (const name of names) if (props[name] === undefined) props[name] = name in stores ? stores[name] : $$unknown(name);
    return { site: 'injected', type: Inner, props };
  };
}

function observer(of) { return of; }
function local(make) { return slot(() => ({ value: typeof make === 'function' ? make() : make })).value; }

module.exports = $$package({
  Provider, inject, observer, useObserver: f => f(), Observer: props => (props.children || props.render)(), useLocalStore: local, useLocalObservable: local, useAsObservableSource: of => of,
  MobXProviderContext: { get current() { return provided(Provider); } }, enableStaticRendering() {}, onError() {},
});
