// Redux, its toolkit and its hooks, as far as the order of actions and the state they share go. What a reducer returns is
// copied into the state that is there, so that each of its fields keeps its place.
var current
function settled(old, next) {
  if (next === undefined || next === old) return old
  if (old && next && typeof old === 'object' && typeof next === 'object' && !Array.isArray(next)) {
    Object.assign(old, next)
    return old
  }
  return next
}
function combineReducers(reducers) {
  return function (state, action) {
    if (!state) state = {}
    Object.keys(reducers).forEach(function (k) {
      var next = settled(state[k], reducers[k](state[k], action))
      if (next !== state[k]) state[k] = next
    })
    return state
  }
}
function makeStore(reducer, preloaded) {
  var store = {}
  var box = { state: reducer(preloaded, { type: '@@INIT' }) }
  function getState() { return box.state }
  function dispatch(action) {
    if (typeof action === 'function') return action(dispatch, getState)
    var next = settled(box.state, reducer(box.state, action))
    if (next !== box.state) box.state = next
    return action
  }
  store.getState = getState
  store.dispatch = dispatch
  store.subscribe = function (f) { return __unseen(f) }
  store.replaceReducer = function () {}
  current = store
  return store
}
function createStore(reducer, preloaded) {
  return makeStore(reducer, typeof preloaded === 'function' ? undefined : preloaded)
}
function configureStore(options) {
  var reducer = typeof options.reducer === 'function' ? options.reducer : combineReducers(options.reducer)
  return makeStore(reducer, options.preloadedState)
}
function createAction(type, prepare) {
  function make(payload) {
    if (prepare) return Object.assign({ type: type }, prepare.apply(null, arguments))
    return { type: type, payload: payload }
  }
  make.type = type
  make.toString = function () { return type }
  make.match = function (action) { return action.type === type }
  return make
}
function typeOf(action) { return typeof action === 'string' ? action : action.type }
function casesOf(cases, more) {
  if (typeof more !== 'function') {
    Object.assign(cases, more || {})
    return
  }
  var builder = {
    addCase: function (action, f) { cases[typeOf(action)] = f; return builder },
    addMatcher: function (test, f) { __unseen(f); return builder },
    addDefaultCase: function (f) { return builder }
  }
  more(builder)
}
function createReducer(initial, more) {
  var cases = {}
  casesOf(cases, more)
  return reducerOf(initial, cases)
}
function reducerOf(initial, cases) {
  return function (state, action) {
    if (state === undefined) state = typeof initial === 'function' ? initial() : initial
    var run = cases[action.type]
    return run ? settled(state, run(state, action)) : state
  }
}
function createSlice(options) {
  var cases = {}, actions = {}, selectors = {}
  var name = options.reducerPath || options.name
  var reducers = options.reducers || {}
  if (typeof reducers === 'function') {
    var create = function (f) { return f }
    create.reducer = function (f) { return f }
    create.preparedReducer = function (prepare, reducer) { return { prepare: prepare, reducer: reducer } }
    create.asyncThunk = function (f, handlers) { return { thunk: f, handlers: handlers || {} } }
    reducers = reducers(create)
  }
  Object.keys(reducers).forEach(function (k) {
    var r = reducers[k], type = options.name + '/' + k
    if (r.thunk) {
      actions[k] = createAsyncThunk(type, r.thunk)
      ;['pending', 'fulfilled', 'rejected', 'settled'].forEach(function (stage) {
        if (r.handlers[stage]) cases[type + '/' + stage] = r.handlers[stage]
      })
      return
    }
    cases[type] = typeof r === 'function' ? r : r.reducer
    actions[k] = createAction(type, r.prepare)
  })
  casesOf(cases, options.extraReducers)
  Object.keys(options.selectors || {}).forEach(function (k) {
    selectors[k] = function (state) {
      var args = Array.prototype.slice.call(arguments, 1)
      return options.selectors[k].apply(null, [state[name]].concat(args))
    }
  })
  return {
    name: options.name, reducerPath: name, reducer: reducerOf(options.initialState, cases), actions: actions, caseReducers: reducers,
    selectors: selectors, getInitialState: function () { return options.initialState }
  }
}
function createAsyncThunk(type, run) {
  function thunk(arg) {
    return function (dispatch, getState) {
      dispatch({ type: type + '/pending', meta: { arg: arg } })
      var api = {
        dispatch: dispatch, getState: getState,
        rejectWithValue: function (v) { return { __refused: true, payload: v } }, fulfillWithValue: function (v) { return v }
      }
      var done = new Promise(function (resolve) { resolve(run(arg, api)) }).then(function (v) {
        return v && v.__refused === true
          ? { type: type + '/rejected', payload: v.payload, error: { message: 'Rejected' } }
          : { type: type + '/fulfilled', payload: v }
      }, function (e) {
        return { type: type + '/rejected', error: e || { message: 'Rejected' } }
      }).then(function (action) {
        dispatch(action)
        return action
      })
      done.unwrap = function () {
        return done.then(function (action) {
          if (action.error) throw action.payload || action.error
          return action.payload
        })
      }
      return done
    }
  }
  thunk.pending = createAction(type + '/pending')
  thunk.fulfilled = createAction(type + '/fulfilled')
  thunk.rejected = createAction(type + '/rejected')
  thunk.typePrefix = type
  return thunk
}
function unwrapResult(action) {
  if (action.error) throw action.payload || action.error
  return action.payload
}
function createSelector() {
  var inputs = Array.prototype.slice.call(arguments)
  var combine = inputs.pop()
  if (Array.isArray(inputs[0])) inputs = inputs[0]
  return function () {
    var given = arguments
    return combine.apply(null, inputs.map(function (input) { return input.apply(null, given) }))
  }
}
function bindActionCreators(creators, dispatch) {
  if (typeof creators === 'function') return function () { return dispatch(creators.apply(null, arguments)) }
  var out = {}
  Object.keys(creators).forEach(function (k) {
    out[k] = function () { return dispatch(creators[k].apply(null, arguments)) }
  })
  return out
}
function Provider(props) { return props.children }
// The store may be made by code that is not followed.
function stateNow() { return current ? current.getState() : __unknown('store') }
function dispatchOf() {
  return function (action) {
    if (current) return current.dispatch(action)
    __unseen(action)
    return __unknown('dispatch')
  }
}
function useDispatch() { return dispatchOf() }
useDispatch.withTypes = function () { return useDispatch }
function useStore() { return current || __unknown('useStore') }
useStore.withTypes = function () { return useStore }
function useSelector(select) {
  var missing = current ? undefined : __unknown('useSelector')
  return __rendered(function () { return current ? select(current.getState()) : missing })
}
useSelector.withTypes = function () { return useSelector }
// What connect maps becomes properties of the component: a class reads the state whenever it reads them, a function has them
// as it is rendered.
function connect(mapState, mapDispatch) {
  function names() { return mapState ? Object.keys(mapState(stateNow(), {})) : [] }
  function read(k) { return mapState(stateNow(), {})[k] }
  function actions(props) {
    if (!mapDispatch) props.dispatch = dispatchOf()
    else Object.assign(props, typeof mapDispatch === 'function' ? mapDispatch(dispatchOf(), {}) : bindActionCreators(mapDispatch, dispatchOf()))
    return props
  }
  return function (Inner) {
    if (__isClass(Inner)) {
      return class extends Inner {
        constructor(own) {
          super(own)
          var props = Object.assign({}, own)
          names().forEach(function (k) {
            Object.defineProperty(props, k, { enumerable: true, get: function () { return read(k) } })
          })
          this.props = actions(props)
        }
      }
    }
    return function (own) {
      var props = Object.assign({}, own)
      names().forEach(function (k) { props[k] = __rendered(function () { return read(k) }) })
      return Inner(actions(props))
    }
  }
}
function compose() {
  var list = Array.prototype.slice.call(arguments)
  return function (v) { return list.reduceRight(function (x, f) { return f(x) }, v) }
}
module.exports = {
  createStore: createStore, legacy_createStore: createStore, configureStore: configureStore, combineReducers: combineReducers,
  applyMiddleware: function () { return function (make) { return make } }, compose: compose, bindActionCreators: bindActionCreators,
  createAction: createAction, createReducer: createReducer, createSlice: createSlice, createAsyncThunk: createAsyncThunk,
  createSelector: createSelector, unwrapResult: unwrapResult, nanoid: function () { return 'id' },
  Provider: Provider, useDispatch: useDispatch, useSelector: useSelector, useStore: useStore, shallowEqual: function () { return false },
  batch: function (f) { f() }, connect: connect
}
