'use strict';
var __makeTemplateObject = (this && this.__makeTemplateObject) || function (cooked, raw) {
    if (Object.defineProperty) { Object.defineProperty(cooked, "raw", { value: raw }); } else { cooked.raw = raw; }
    return cooked;
};
var __assign = (this && this.__assign) || function () {
    __assign = Object.assign || function(t) {
        for (var s, i = 1, n = arguments.length; i < n; i++) {
            s = arguments[i];
            for (var p in s) if (Object.prototype.hasOwnProperty.call(s, p))
                t[p] = s[p];
        }
        return t;
    };
    return __assign.apply(this, arguments);
};
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
var __generator = (this && this.__generator) || function (thisArg, body) {
    var _ = { label: 0, sent: function() { if (t[0] & 1) throw t[1]; return t[1]; }, trys: [], ops: [] }, f, y, t, g = Object.create((typeof Iterator === "function" ? Iterator : Object).prototype);
    return g.next = verb(0), g["throw"] = verb(1), g["return"] = verb(2), typeof Symbol === "function" && (g[Symbol.iterator] = function() { return this; }), g;
    function verb(n) { return function (v) { return step([n, v]); }; }
    function step(op) {
        if (f) throw new TypeError("Generator is already executing.");
        while (g && (g = 0, op[0] && (_ = 0)), _) try {
            if (f = 1, y && (t = op[0] & 2 ? y["return"] : op[0] ? y["throw"] || ((t = y["return"]) && t.call(y), 0) : y.next) && !(t = t.call(y, op[1])).done) return t;
            if (y = 0, t) op = [op[0] & 2, t.value];
            switch (op[0]) {
                case 0: case 1: t = op; break;
                case 4: _.label++; return { value: op[1], done: false };
                case 5: _.label++; y = op[1]; op = [0]; continue;
                case 7: op = _.ops.pop(); _.trys.pop(); continue;
                default:
                    if (!(t = _.trys, t = t.length > 0 && t[t.length - 1]) && (op[0] === 6 || op[0] === 2)) { _ = 0; continue; }
                    if (op[0] === 3 && (!t || (op[1] > t[0] && op[1] < t[3]))) { _.label = op[1]; break; }
                    if (op[0] === 6 && _.label < t[1]) { _.label = t[1]; t = op; break; }
                    if (t && _.label < t[2]) { _.label = t[2]; _.ops.push(op); break; }
                    if (t[2]) _.ops.pop();
                    _.trys.pop(); continue;
            }
            op = body.call(thisArg, _);
        } catch (e) { op = [6, e]; y = 0; } finally { f = t = 0; }
        if (op[0] & 5) throw op[1]; return { value: op[0] ? op[1] : void 0, done: true };
    }
};
var __rest = (this && this.__rest) || function (s, e) {
    var t = {};
    for (var p in s) if (Object.prototype.hasOwnProperty.call(s, p) && e.indexOf(p) < 0)
        t[p] = s[p];
    if (s != null && typeof Object.getOwnPropertySymbols === "function")
        for (var i = 0, p = Object.getOwnPropertySymbols(s); i < p.length; i++) {
            if (e.indexOf(p[i]) < 0 && Object.prototype.propertyIsEnumerable.call(s, p[i]))
                t[p[i]] = s[p[i]];
        }
    return t;
};
var __asyncValues = (this && this.__asyncValues) || function (o) {
    if (!Symbol.asyncIterator) throw new TypeError("Symbol.asyncIterator is not defined.");
    var m = o[Symbol.asyncIterator], i;
    return m ? m.call(o) : (o = typeof __values === "function" ? __values(o) : o[Symbol.iterator](), i = {}, verb("next"), verb("throw"), verb("return"), i[Symbol.asyncIterator] = function () { return this; }, i);
    function verb(n) { i[n] = o[n] && function (v) { return new Promise(function (resolve, reject) { v = o[n](v), settle(resolve, reject, v.done, v.value); }); }; }
    function settle(resolve, reject, d, v) { Promise.resolve(v).then(function(v) { resolve({ value: v, done: d }); }, reject); }
};
var __await = (this && this.__await) || function (v) { return this instanceof __await ? (this.v = v, this) : new __await(v); }
var __asyncGenerator = (this && this.__asyncGenerator) || function (thisArg, _arguments, generator) {
    if (!Symbol.asyncIterator) throw new TypeError("Symbol.asyncIterator is not defined.");
    var g = generator.apply(thisArg, _arguments || []), i, q = [];
    return i = Object.create((typeof AsyncIterator === "function" ? AsyncIterator : Object).prototype), verb("next"), verb("throw"), verb("return", awaitReturn), i[Symbol.asyncIterator] = function () { return this; }, i;
    function awaitReturn(f) { return function (v) { return Promise.resolve(v).then(f, reject); }; }
    function verb(n, f) { if (g[n]) { i[n] = function (v) { return new Promise(function (a, b) { q.push([n, v, a, b]) > 1 || resume(n, v); }); }; if (f) i[n] = f(i[n]); } }
    function resume(n, v) { try { step(g[n](v)); } catch (e) { settle(q[0][3], e); } }
    function step(r) { r.value instanceof __await ? Promise.resolve(r.value.v).then(fulfill, reject) : settle(q[0][2], r); }
    function fulfill(value) { resume("next", value); }
    function reject(value) { resume("throw", value); }
    function settle(f, v) { if (f(v), q.shift(), q.length) resume(q[0][0], q[0][1]); }
};
var __values = (this && this.__values) || function(o) {
    var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
    if (m) return m.call(o);
    if (o && typeof o.length === "number") return {
        next: function () {
            if (o && i >= o.length) o = void 0;
            return { value: o && o[i++], done: !o };
        }
    };
    throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
};
/**
 * Small wrappers. "Quoted" text, 'other' text and /slashes/ in a comment.
 */
module.exports = { promisify: promisify, all: function () {
        var tasks = [];
        for (var _i = 0; _i < arguments.length; _i++) {
            tasks[_i] = arguments[_i];
        }
        return Promise.all(tasks.map(function (t) { return t(); }));
    }, sleep: sleep };
function promisify(name) {
    return function (options) {
        return new Promise(function (resolve, reject) {
            wx[name](Object.assign({}, options, { success: resolve, fail: reject }));
        });
    };
}
var sleep = function (ms) { return new Promise(function (r) { return setTimeout(r, ms); }); };
var divide = function (a, b) { return a / b / 2; }, half = 10 / 2 / 1;
var pattern = /[/\]"'`]+\/(?<name>\w+)/giu, other = divide(4, 2) / sleep.length;
var nested = "a".concat("b".concat([1, 2].map(function (x) { return "".concat(x); }).join(""), "c"), "d`e\uD83D\uDE00");
var tagged = String.raw(__makeTemplateObject([void 0, void 0], ["\\unicode ", " and \\xerxes"]), nested);
var escaped = 'It\'s', twice = "say \"hi\"\n", continued = 'a\
b';
exports.cache = new Map([[1, { v: .5 }], [0x10, { 'v-2': 1000 }], [1e21, {}]]);
exports.get = function get(key_1) {
    return __awaiter(this, arguments, void 0, function (key, _a) {
        var hit, _b;
        if (_a === void 0) { _a = {}; }
        var _c = _a.fresh, fresh = _c === void 0 ? false : _c, _d = _a.ttl, _e = _d === void 0 ? [] : _d, min = _e[0], _f = _e[2], max = _f === void 0 ? 60 : _f, rest = __rest(_a, ["fresh", "ttl"]);
        return __generator(this, function (_g) {
            switch (_g.label) {
                case 0:
                    hit = exports.cache.get(key);
                    _b = hit;
                    if (_b) return [3 /*break*/, 2];
                    return [4 /*yield*/, sleep(min !== null && min !== void 0 ? min : max)];
                case 1:
                    _b = (hit = _g.sent());
                    _g.label = 2;
                case 2:
                    _b, hit && (hit = __assign(__assign({}, rest), hit));
                    return [2 /*return*/, fresh ? undefined : (hit, hit)];
            }
        });
    });
};
exports.counter = (function () { var i, reset; return __generator(this, function (_a) {
    switch (_a.label) {
        case 0:
            i = 0;
            _a.label = 1;
        case 1: return [4 /*yield*/, i++];
        case 2:
            reset = _a.sent();
            if (!reset) return [3 /*break*/, 4];
            i = -1;
            return [5 /*yield**/, __values([1, 2])];
        case 3:
            _a.sent();
            _a.label = 4;
        case 4: return [3 /*break*/, 1];
        case 5: return [2 /*return*/];
    }
}); })();
exports.stream = function (source) { return __asyncGenerator(this, arguments, function () { var _a, source_1, source_1_1, chunk, e_1_1; var _b, e_1, _c, _d; var _e, _f; return __generator(this, function (_g) {
    switch (_g.label) {
        case 0:
            _g.trys.push([0, 7, 8, 13]);
            _a = true, source_1 = __asyncValues(source);
            _g.label = 1;
        case 1: return [4 /*yield*/, __await(source_1.next())];
        case 2:
            if (!(source_1_1 = _g.sent(), _b = source_1_1.done, !_b)) return [3 /*break*/, 6];
            _d = source_1_1.value;
            _a = false;
            chunk = _d;
            return [4 /*yield*/, __await((_f = (_e = chunk === null || chunk === void 0 ? void 0 : chunk.data) === null || _e === void 0 ? void 0 : _e[0]) === null || _f === void 0 ? void 0 : _f.call(_e))];
        case 3: return [4 /*yield*/, _g.sent()];
        case 4:
            _g.sent();
            _g.label = 5;
        case 5:
            _a = true;
            return [3 /*break*/, 1];
        case 6: return [3 /*break*/, 13];
        case 7:
            e_1_1 = _g.sent();
            e_1 = { error: e_1_1 };
            return [3 /*break*/, 13];
        case 8:
            _g.trys.push([8, , 11, 12]);
            if (!(!_a && !_b && (_c = source_1.return))) return [3 /*break*/, 10];
            return [4 /*yield*/, __await(_c.call(source_1))];
        case 9:
            _g.sent();
            _g.label = 10;
        case 10: return [3 /*break*/, 12];
        case 11:
            if (e_1) throw e_1.error;
            return [7 /*endfinally*/];
        case 12: return [7 /*endfinally*/];
        case 13: return [2 /*return*/];
    }
}); }); };
if (typeof wx === 'undefined' || !('authorize' in wx) || wx instanceof Function)
    delete global.wx;
[1, 2, 3].forEach(function (n) { exports['n' + n] = Math.pow(n, 2) >>> 1; });
(function () { try {
    null.x;
}
catch ( /* nothing */_a) { /* nothing */ } })();
