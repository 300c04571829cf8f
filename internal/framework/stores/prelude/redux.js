// Redux, its toolkit and its hooks, as far as the order of actions and the state that they share go. What a reducer returns is copied into the state that is
// there, so that each of its fields keeps its place.
const { provider, provided } = require('react.js');
const whenever = $$platform('whenever');

const Provider = provider('store');
let last;

function store() { return provided(Provider) || last; }

function settled(old, next) {
  if (next === undefined || next === old) return old;
  if (old && next && typeof old === 'object' && typeof next === 'object' && !Array.isArray(next)) return Object.assign(old, next);
  return next;
}

function combineReducers(reducers) {
  return (state = {}, action) => {
    for (const k of Object.keys(reducers)) state[k] = settled(state[k], reducers[k](state[k], action));
    return state;
  };
}

function makeStore(reducer, preloaded) {
  const box = { state: reducer(preloaded, { type: '@@INIT' }) };
  const made = {
    getState: () => box.state,
    dispatch(action) {
      if (typeof action === 'function') return action(made.dispatch, made.getState);
      box.state = settled(box.state, reducer(box.state, action));
      return action;
    },
    subscribe: f => whenever(f),
    replaceReducer() {},
  };
  last = made;
  return made;
}

function createStore(reducer, preloaded) { return makeStore(reducer, typeof preloaded === 'function' ? undefined : preloaded); }

function configureStore(options) {
  return makeStore(typeof options.reducer === 'function' ? options.reducer : combineReducers(options.reducer), options.preloadedState);
}

function createAction(type, prepare) {
  const make = function (payload) { return prepare ? Object.assign({ type }, prepare.apply(null, arguments)) : { type, payload }; };
  make.type = type;
  make.toString = () => type;
  make.match = action => action.type === type;
  return make;
}

function typeOf(action) { return typeof action === 'string' ? action : action.type; }

// casesOf adds cases, by the types of actions, and those that a test chooses.
function casesOf(of, more) {
  if (typeof more !== 'function') {
    Object.assign(of.cases, more);
    return;
  }
  const builder = {
    addCase(action, f) { of.cases[typeOf(action)] = f; return builder; },
    addMatcher(test, f) { of.matchers.push({ test, f }); return builder; },
    addDefaultCase(f) { of.usual = f; return builder; },
  };
  more(builder);
}

function reducerOf(initial, of) {
  return (state, action) => {
    if (state === undefined) state = typeof initial === 'function' ? initial() : initial;
    const run = of.cases[action.type];
    let chosen = !!run;
    if (run) state = settled(state, run(state, action));
    for (const m of of.matchers) {
      if (!m.test(action)) continue;
      chosen = true;
      state = settled(state, m.f(state, action));
    }
    return !chosen && of.usual ? settled(state, of.usual(state, action)) : state;
  };
}

function createReducer(initial, more) {
  const of = { cases: {}, matchers: [] };
  casesOf(of, more);
  return reducerOf(initial, of);
}

function createSlice(options) {
  const of = { cases: {}, matchers: [] }, actions = {}, selectors = {};
  const path = options.reducerPath || options.name;
  let reducers = options.reducers || {};
  if (typeof reducers === 'function') {
    const create = f => f;
    create.reducer = create;
    create.preparedReducer = (prepare, reducer) => ({ prepare, reducer });
    create.asyncThunk = (thunk, handlers) => ({ thunk, handlers: handlers || {} });
    reducers = reducers(create);
  }
  for (const k of Object.keys(reducers)) {
    const r = reducers[k], type = options.name + '/' + k;
    if (r.thunk) {
      actions[k] = createAsyncThunk(type, r.thunk);
      for (const stage of ['pending', 'fulfilled', 'rejected']) if (r.handlers[stage]) of.cases[type + '/' + stage] = r.handlers[stage];
      if (r.handlers.settled) of.matchers.push({ test: action => action.type === type + '/fulfilled' || action.type === type + '/rejected', f: r.handlers.settled });
      continue;
    }
    of.cases[type] = typeof r === 'function' ? r : r.reducer;
    actions[k] = createAction(type, r.prepare);
  }
  casesOf(of, options.extraReducers);
  for (const k of Object.keys(options.selectors || {})) selectors[k] = (state, ...args) => options.selectors[k](state[path], ...args);
  return { name: options.name, reducerPath: path, reducer: reducerOf(options.initialState, of), actions, caseReducers: reducers, selectors, getInitialState: () => options.initialState };
}

function createAsyncThunk(type, run) {
  const thunk = arg => (dispatch, getState) => {
    dispatch({ type: type + '/pending', meta: { arg } });
    const api = { dispatch, getState, rejectWithValue: v => ({ $refused: true, payload: v }), fulfillWithValue: v => v };
    const done = new Promise(resolve => resolve(run(arg, api))).then(
      v => (v && v.$refused === true ? { type: type + '/rejected', payload: v.payload, error: { message: 'Rejected' } } : { type: type + '/fulfilled', payload: v }),
      err => ({ type: type + '/rejected', error: err || { message: 'Rejected' } }),
    ).then(action => {
      dispatch(action);
      return action;
    });
    done.unwrap = () => done.then(unwrapResult);
    return done;
  };
  for (const stage of ['pending', 'fulfilled', 'rejected']) thunk[stage] = createAction(type + '/' + stage);
  thunk.typePrefix = type;
  return thunk;
}

function unwrapResult(action) {
  if (action.error) throw action.payload || action.error;
  return action.payload;
}

function createSelector(...inputs) {
  const combine = inputs.pop();
  const from = Array.isArray(inputs[0]) ? inputs[0] : inputs;
  return (...given) => combine(...from.map(input => input(...given)));
}

function bindActionCreators(creators, dispatch) {
  if (typeof creators === 'function') return (...args) => dispatch(creators(...args));
  const out = {};
  for (const k of Object.keys(creators)) out[k] = (...args) => dispatch(creators[k](...args));
  return out;
}

// The store may be made by code that is not followed.
function stateNow() { return store() ? store().getState() : $$unknown('store'); }

function useDispatch() {
  const made = store();
  return made ? made.dispatch : $$unknown('dispatch');
}

function useStore() { return store() || $$unknown('useStore'); }
function useSelector(select) { return select(stateNow()); }
for (const f of [useDispatch, useStore, useSelector]) f.withTypes = () => f;

// connect gives a component what it maps as properties. A class reads the state whenever it reads them.
function connect(mapState, mapDispatch) {
  return Inner => function Connected(own) {
    const props = Object.assign({}, own);
    const names = mapState ? Object.keys(mapState(stateNow(), own)) : [];
    for (const k of names) Object.defineProperty(props, k, { enumerable: true, configurable: true, get: () => mapState(stateNow(), own)[k] });
    if (!mapDispatch) props.dispatch = useDispatch();
    else Object.assign(props, typeof mapDispatch === 'function' ? mapDispatch(useDispatch(), own) : bindActionCreators(mapDispatch, useDispatch()));
    return { site: 'connected', type: Inner, props };
  };
}

function compose(...list) { return v => list.reduceRight((x, f) => f(x), v); }

module.exports = $$package({
  createStore, legacy_createStore: createStore, configureStore, combineReducers, applyMiddleware: () => make => make, compose, bindActionCreators, createAction, createReducer,
  createSlice, createAsyncThunk, createSelector, createDraftSafeSelector: createSelector, unwrapResult, nanoid: () => $$input('nanoid', 'string'), Provider, useDispatch,
  useSelector, useStore, shallowEqual: () => $$input('shallowEqual', 'boolean'), batch: f => { f(); }, connect,
  isAnyOf: (...of) => action => of.some(f => f.match(action)), isFulfilled: (...of) => action => of.some(f => f.fulfilled.match(action)),
  isRejected: (...of) => action => of.some(f => f.rejected.match(action)), isPending: (...of) => action => of.some(f => f.pending.match(action)),
  createListenerMiddleware: () => ({ middleware: same, startListening() {}, stopListening() {} }), thunk: same, default: same,
});
function same(v) { return v; }
