// Packages of request hooks for Vue (vue-request, vue-hooks-plus): a service runs at once, unless it is manual, and what it brings is a ref.
const { ref } = require('reactivity.js');

function useRequest(service, options) {
  const of = options || {}, data = ref(of.initialData), error = ref(undefined);
  const runAsync = (...args) => Promise.resolve(typeof service === 'function' ? service(...args) : $$input('response', '')).then(
    v => { data.value = v; error.value = undefined; if (typeof of.onSuccess === 'function') of.onSuccess(v, args); if (typeof of.onAfter === 'function') of.onAfter(args); return v; },
    err => { error.value = err; if (typeof of.onError === 'function') of.onError(err, args); if (typeof of.onAfter === 'function') of.onAfter(args); throw err; },
  );
  const run = (...args) => { runAsync(...args).catch(() => {}); };
  if (!of.manual) $$later(() => { run(...(of.defaultParams || [])); });
  return { data, error, loading: ref($$input('loading', 'boolean')), params: ref($$input('params', 'object')), run, runAsync, refresh: run, refreshAsync: runAsync, cancel() {}, mutate(v) { data.value = typeof v === 'function' ? v(data.value) : v; } };
}

module.exports = $$package({ useRequest });
