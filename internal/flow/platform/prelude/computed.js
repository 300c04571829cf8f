// miniprogram-computed: fields that are computed when they are read, and functions that run when a field changes.
function extend(definition) {
  const of = definition.computed, watch = definition.watch;
  if (of && typeof of === 'object') {
    const data = {};
    for (const name of Object.keys(of)) Object.defineProperty(data, name, { enumerable: true, configurable: true, get() { return of[name].call({ data: this }, this); } });
    const own = definition.data || {};
    for (const name of Object.keys(own)) if (!(name in data)) data[name] = own[name];
    definition.data = data;
  }
  if (watch && typeof watch === 'object') definition.observers = Object.assign({}, definition.observers, watch);
}

const behavior = Behavior({ definitionFilter: extend });

function using(definition) { return { ...definition, behaviors: (definition.behaviors || []).concat([behavior]) }; }

behavior.behavior = behavior;
behavior.BehaviorWithComputed = definition => Behavior(using(definition));
behavior.ComponentWithComputed = definition => Component(using(definition));
module.exports = behavior;
