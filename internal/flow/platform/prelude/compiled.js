// The helpers that compilers put in front of lowered code, where they are imported: tslib and those of Babel.
function asyncToGenerator(f) {
  return function () {
    const self = this, args = arguments;
    return new Promise((resolve, reject) => {
      const steps = f.apply(self, args);
      function step(how, arg) {
        let at;
        try { at = steps[how](arg); } catch (err) { reject(err); return; }
        if (at.done) resolve(at.value);
        else Promise.resolve(at.value).then(v => { step('next', v); }, err => { step('throw', err); });
      }
      step('next', undefined);
    });
  };
}

function __awaiter(self, args, P, f) { return asyncToGenerator(f).apply(self, args || []); }

function __generator(thisArg, body) {
  var _ = { label: 0, trys: [], ops: [], sent: function () { if (t[0] & 1) throw t[1]; return t[1] } }, f, y, t
  function verb(n) { return function (v) { return step([n, v]) } }
  function step(op) {
    while (_) {
      try {
        f = 1
        switch (op[0]) {
          case 0: case 1: t = op; break
          case 4: _.label++; return { value: op[1], done: false }
          case 5: _.label++; y = op[1]; op = [0]; continue
          case 7: op = _.ops.pop(); _.trys.pop(); continue
          default:
            t = _.trys; t = t.length > 0 && t[t.length - 1]
            if (!t && (op[0] === 6 || op[0] === 2)) { _ = 0; continue }
            if (op[0] === 3 && (!t || (op[1] > t[0] && op[1] < t[3]))) { _.label = op[1]; break }
            if (op[0] === 6 && _.label < t[1]) { _.label = t[1]; t = op; break }
            if (t && _.label < t[2]) { _.label = t[2]; _.ops.push(op); break }
            if (t[2]) _.ops.pop()
            _.trys.pop()
            continue
        }
        op = body.call(thisArg, _)
      } catch (e) { op = [6, e]; y = 0 } finally { f = t = 0 }
    }
    if (op[0] & 5) throw op[1]
    return { value: op[0] ? op[1] : undefined, done: true }
  }
  return { next: verb(0), 'throw': verb(1), 'return': verb(2) }
}

function __assign() { return Object.assign.apply(Object, arguments); }

function __rest(from, without) {
  const out = {};
  for (const name in from) if (without.indexOf(name) < 0) out[name] = from[name];
  return out;
}

function __spreadArray(to, from) { return to.concat(Array.from(from)); }

module.exports = $$package({ asyncToGenerator, __awaiter, __generator, __assign, __rest, __spreadArray });
