// Small functions that many projects take from packages. One that runs later, or seldom, is taken to run at once and each time.
function later(f) {
  function g() { return f.apply(this, arguments); }
  g.cancel = g.flush = () => {};
  return g;
}

module.exports = $$package({ cloneDeep: v => JSON.parse(JSON.stringify(v)), debounce: later, throttle: later, once: later });
