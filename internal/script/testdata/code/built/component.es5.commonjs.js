"use strict";
var __extends = (this && this.__extends) || (function () {
    var extendStatics = function (d, b) {
        extendStatics = Object.setPrototypeOf ||
            ({ __proto__: [] } instanceof Array && function (d, b) { d.__proto__ = b; }) ||
            function (d, b) { for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p]; };
        return extendStatics(d, b);
    };
    return function (d, b) {
        if (typeof b !== "function" && b !== null)
            throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
        extendStatics(d, b);
        function __() { this.constructor = d; }
        d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
    };
})();
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
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
exports.Base = void 0;
var vue_property_decorator_1 = require("vue-property-decorator");
var CallPage = /** @class */ (function (_super) {
    __extends(CallPage, _super);
    function CallPage(api, options, plain) {
        if (options === void 0) { options = {}; }
        var _this = _super.call(this) || this;
        _this.api = api;
        _this.options = options;
        _this.service = null;
        _this.list = [];
        _this.timer = undefined;
        return _this;
    }
    CallPage_1 = CallPage;
    Object.defineProperty(CallPage.prototype, "ready", {
        get: function () { var _a; return !!((_a = this.service) === null || _a === void 0 ? void 0 : _a.ready); },
        set: function (v) { this.$emit('ready', v); },
        enumerable: false,
        configurable: true
    });
    CallPage.prototype.onOpenid = function (value, old) { this.list.push(value, old); };
    CallPage.prototype.onLoad = function (query) {
        return __awaiter(this, void 0, Promise, function () {
            var _this = this;
            return __generator(this, function (_a) {
                switch (_a.label) {
                    case 0: return [4 /*yield*/, Promise.all(CallPage_1.scopes.map(function (scope) { return _this.api.authorize({ scope: scope }); }))];
                    case 1:
                        _a.sent();
                        this.list = __spreadArray(__spreadArray([], this.list, true), Object.values(query).map(String), true);
                        return [2 /*return*/];
                }
            });
        });
    };
    var CallPage_1;
    CallPage.scopes = ['scope.record', 'scope.camera'];
    __decorate([
        (0, vue_property_decorator_1.Prop)({ type: String, required: true })
    ], CallPage.prototype, "openid", void 0);
    __decorate([
        (0, vue_property_decorator_1.Prop)()
    ], CallPage.prototype, "nickname", void 0);
    __decorate([
        (0, vue_property_decorator_1.Inject)('service')
    ], CallPage.prototype, "service", void 0);
    __decorate([
        (0, vue_property_decorator_1.Watch)('openid', { immediate: true }),
        __param(1, Arg())
    ], CallPage.prototype, "onOpenid", null);
    CallPage = CallPage_1 = __decorate([
        (0, vue_property_decorator_1.Component)({
            components: { Avatar: function () { return Promise.resolve().then(function () { return require('./avatar.vue'); }); } },
            filters: { upper: function (s) { return s.toUpperCase(); } },
        })
    ], CallPage);
    return CallPage;
}(vue_property_decorator_1.Vue));
exports.default = CallPage;
var Base = /** @class */ (function () {
    function Base(x) {
        this.x = x;
    }
    Base.make = function (u) { return new this(u); };
    return Base;
}());
exports.Base = Base;
