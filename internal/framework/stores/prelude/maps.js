// What the functions mapState, mapActions and the like make of lists and tables of names.
const entries = map => Array.isArray(map) ? map.map(name => [name, name]) : Object.entries(map);

// each calls make for each name of map(namespace, names) or map(names).
function each(make) {
  return (space, map) => {
    if (map === undefined) { map = space; space = ''; } else space += '/';
    const out = {};
    for (const [as, name] of entries(map)) out[as] = make(space, name);
    return out;
  };
}

module.exports = { entries, each };
