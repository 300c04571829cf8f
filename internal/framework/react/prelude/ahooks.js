// Hooks that many programs use: those that run functions some time, keep state, and make requests.
const { react, effect, registers, slot } = require('react.js');
const { useState, useRef } = react;

function useRequest(service, options) {
  const of = options || {};
  const [data, setData] = useState(of.initialData), [error, setError] = useState(undefined);
  const run = (...args) => Promise.resolve(typeof service === 'function' ? service(...args) : $$input('response', '')).then(
    v => { setData(v); setError(undefined); if (typeof of.onSuccess === 'function') of.onSuccess(v, args); if (typeof of.onFinally === 'function') of.onFinally(args, v); return v; },
    err => { setError(err); if (typeof of.onError === 'function') of.onError(err, args); if (typeof of.onFinally === 'function') of.onFinally(args, undefined, err); throw err; },
  );
  const quiet = (...args) => { run(...args).catch(() => {}); };
  if (!of.manual) registers('useRequest', () => { quiet(...(of.defaultParams || [])); });
  return {
    data, loading: $$input('loading', 'boolean'), error, params: $$input('params', 'object'), run: quiet, runAsync: run, refresh: quiet,
    refreshAsync: run, cancel() {}, mutate: setData,
  };
}

function useLatest(v) { return { current: v }; }
function useToggle(initial) {
  const [v, set] = useState(initial === undefined ? false : initial);
  return [v, { toggle: () => set(!v), set, setLeft: () => set(initial), setRight: () => set(!initial) }];
}
function useBoolean(initial) {
  const [v, set] = useState(!!initial);
  return [v, { toggle: () => set(!v), set, setTrue: () => set(true), setFalse: () => set(false) }];
}
function useSetState(initial) {
  const [v, set] = useState(initial);
  return [v, patch => set(old => Object.assign({}, old, typeof patch === 'function' ? patch(old) : patch))];
}
const same = f => f;
const once = name => f => registers(name, f, true);

module.exports = $$package({
  useRequest, useLatest, useToggle, useBoolean, useSetState, useMemoizedFn: same, useEvent: same, usePersistFn: same, useMount: once('useMount'), useEffectOnce: once('useEffectOnce'),
  useUnmount: f => registers('useUnmount', () => f), useUpdateEffect: effect('useUpdateEffect'), useUpdateLayoutEffect: effect('useUpdateLayoutEffect'), useCreation: f => f(), useSafeState: useState,
  useGetState: initial => { const [v, set] = useState(initial); return [v, set, () => v]; }, useDebounceFn: f => ({ run: f, cancel() {}, flush() {} }), useThrottleFn: f => ({ run: f, cancel() {}, flush() {} }),
  useLockFn: same, useDebounce: same, useThrottle: same, usePrevious: v => $$input('usePrevious', ''), useUpdate: () => () => {}, useUnmountedRef: () => useRef(false),
  useInterval: f => registers('useInterval', () => { $$later(f); }), useTimeout: f => registers('useTimeout', () => { $$later(f); }), useAsyncEffect: effect('useAsyncEffect'),
});
