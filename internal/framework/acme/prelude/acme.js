// acme: a screen's module registers hooks while it is loaded, and exports the screen's methods.
const shown = {};
let current;

module.exports = {
  load(unit, kind, top) {
    shown[unit] = [];
    current = unit;
    top();
    current = undefined;
  },
  make(unit, kind, methods) {
    if (kind !== 'page') return undefined;
    const screen = Object.assign({}, methods);
    return { instance: screen, scope: screen, entries: shown[unit].map((f) => ({ kind: 'lifecycle', name: 'onShow', f, self: screen })) };
  },
  onShow(f) {
    if (current !== undefined) shown[current].push(f);
  },
};
