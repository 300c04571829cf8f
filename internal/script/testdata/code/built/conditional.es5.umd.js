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
var __spreadArray = (this && this.__spreadArray) || function (to, from, pack) {
    if (pack || arguments.length === 2) for (var i = 0, l = from.length, ar; i < l; i++) {
        if (ar || !(i in from)) {
            if (!ar) ar = Array.prototype.slice.call(from, 0, i);
            ar[i] = from[i];
        }
    }
    return to.concat(ar || Array.prototype.slice.call(from));
};
(function (factory) {
    if (typeof module === "object" && typeof module.exports === "object") {
        var v = factory(require, exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "@/utils/voip.js"], factory);
    }
})(function (require, exports) {
    "use strict";
    var __syncRequire = typeof module === "object" && typeof module.exports === "object";
    var _a;
    Object.defineProperty(exports, "__esModule", { value: true });
    // #ifdef MP-WEIXIN
    var voip_js_1 = require("@/utils/voip.js");
    // #endif
    exports.default = {
        name: 'call',
        components: { 'call-button': function () { return __syncRequire ? Promise.resolve().then(function () { return require('@/components/call-button.vue'); }) : new Promise(function (resolve_1, reject_1) { require(['@/components/call-button.vue'], resolve_1, reject_1); }); } },
        props: { sn: { type: String, default: '' }, mode: { type: [String, Number], default: function () { return 'video'; }, validator: function (v) { return ['video', 'voice'].includes(v); } } },
        data: function () { return { list: [], page: 1, loading: !1 }; },
        computed: { total: function () { return this.list.reduce(function (a, b) { return a + b.count; }, 0); }, full: { get: function () { return this.total > 10; }, set: function (v) { this.$emit('update:full', v); } } },
        watch: { 'page.current': { handler: function (n, o) { n !== o && this.load(); }, immediate: true } },
        onLoad: function (query) {
            return __awaiter(this, void 0, void 0, function () { var _a, err, res; return __generator(this, function (_b) {
                switch (_b.label) {
                    case 0: return [4 /*yield*/, uni.authorize({ scope: 'scope.record' })];
                    case 1:
                        _a = _b.sent(), err = _a[0], res = _a[1];
                        if (err)
                            return [2 /*return*/];
                        this.load(res);
                        return [2 /*return*/];
                }
            }); });
        },
        onPullDownRefresh: function () { this.page = 1; this.load().finally(function () { return uni.stopPullDownRefresh(); }); },
        methods: (_a = {
                load: function () {
                    return __awaiter(this, void 0, void 0, function () {
                        var _a, _b;
                        return __generator(this, function (_c) {
                            switch (_c.label) {
                                case 0: 
                                // #ifndef H5
                                return [4 /*yield*/, (0, voip_js_1.setEnable)(true)
                                    // #endif
                                ];
                                case 1:
                                    // #ifndef H5
                                    _c.sent();
                                    // #endif
                                    _a = this;
                                    _b = [__spreadArray([], this.list, true)];
                                    return [4 /*yield*/, this.$http.get("/calls?page=".concat(this.page++, "&sn=").concat(encodeURIComponent(this.sn)))];
                                case 2:
                                    // #endif
                                    _a.list = __spreadArray.apply(void 0, _b.concat([(_c.sent()).data, true]));
                                    return [2 /*return*/];
                            }
                        });
                    });
                }
            },
            _a['on' + 'Tap'] = function (e) { return e.detail.value ? this.call(e) : null; },
            _a),
    };
});
