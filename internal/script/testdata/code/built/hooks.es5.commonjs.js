"use strict";
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
Object.defineProperty(exports, "__esModule", { value: true });
exports.Call = void 0;
var react_1 = require("react");
var taro_1 = require("@tarojs/taro");
var components_1 = require("@tarojs/components");
require("./index.scss");
var Item = function (_a) {
    var value = _a.value;
    return react_1.default.createElement(components_1.Text, { className: "item" }, String(value));
};
var Call = function (_a) {
    var openid = _a.openid, _b = _a.onJoin, onJoin = _b === void 0 ? function () { } : _b, children = _a.children;
    var _c = (0, react_1.useState)(false), enabled = _c[0], setEnabled = _c[1];
    var _d = (0, react_1.useState)([]), list = _d[0], setList = _d[1];
    (0, taro_1.useDidShow)(function () { return __awaiter(void 0, void 0, void 0, function () {
        var authSetting;
        return __generator(this, function (_a) {
            switch (_a.label) {
                case 0: return [4 /*yield*/, taro_1.default.getSetting()];
                case 1:
                    authSetting = (_a.sent()).authSetting;
                    if (!!authSetting['scope.record']) return [3 /*break*/, 3];
                    return [4 /*yield*/, taro_1.default.authorize({ scope: 'scope.record' })];
                case 2:
                    _a.sent();
                    _a.label = 3;
                case 3:
                    setEnabled(true);
                    return [2 /*return*/];
            }
        });
    }); });
    (0, taro_1.useLoad)(function (_a) {
        var sn = _a.sn;
        return setList(function (old) { return __spreadArray(__spreadArray([], old, true), [sn], false); });
    });
    (0, react_1.useEffect)(function () { var t = setInterval(function () { }, 1000); return function () { return clearInterval(t); }; }, [enabled]);
    if (!enabled)
        return react_1.default.createElement(components_1.View, null, "Don't call \"yet\" & wait // really");
    return (react_1.default.createElement(components_1.View, { className: "call ".concat(enabled ? 'on' : "off"), "data-openid": openid, id: 'x' },
        list.length > 0 && list.map(function (item, i) { return react_1.default.createElement(Item, { key: i, value: item }); }),
        react_1.default.createElement(react_1.default.Fragment, null,
            react_1.default.createElement(components_1.Button, { type: 'primary', disabled: true, onClick: function () { return taro_1.default.join1v1Chat({ caller: { openid: openid, nickname: 'a' }, listener: { openid: list[0], nickname: 'b' } }); } },
                "Call ",
                list.length,
                " ",
                list.length < 2 ? react_1.default.createElement("b", null, "one") : react_1.default.createElement("i", null, "many"),
                " \u4EBA"),
            react_1.default.createElement(components_1.View.Item, { "a:b": "c", style: { color: 'red', width: 10 }, render: function (x) { return react_1.default.createElement(components_1.Text, null, x); } })),
        children));
};
exports.Call = Call;
exports.default = react_1.default.memo(exports.Call);
