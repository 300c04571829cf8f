// Packages that make event buses: mitt, tiny-emitter, events, eventemitter3.
const Bus = $$platform('Bus');

function Emitter() { return new.target ? Reflect.construct(Bus, [], new.target) : new Bus(); }
Emitter.prototype = Object.create(Bus.prototype);
Emitter.prototype.constructor = Emitter;
Emitter.EventEmitter = Emitter.TinyEmitter = Emitter.default = Emitter;
Emitter.instance = new Bus();

module.exports = Emitter;
