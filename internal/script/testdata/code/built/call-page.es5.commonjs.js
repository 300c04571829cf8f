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
Object.defineProperty(exports, "__esModule", { value: true });
var permission_1 = require("../../utils/permission");
var device = require("../../utils/device");
var report_1 = require("../../utils/report");
var app = getApp();
var timer = null;
Page({
    data: {
        authorized: false,
        caller: { openid: '', nickname: '' },
        listeners: [],
        status: "空闲 😀",
    },
    onLoad: function (_a) {
        return __awaiter(this, void 0, void 0, function () {
            var err_1;
            var _b;
            var _c;
            var openid = _a.openid, _d = _a.name, nickname = _d === void 0 ? '访客' : _d, rest = __rest(_a, ["openid", "name"]);
            return __generator(this, function (_e) {
                switch (_e.label) {
                    case 0:
                        this.setData((_b = { 'caller.openid': openid }, _b['caller.nickname'] = nickname, _b));
                        _e.label = 1;
                    case 1:
                        _e.trys.push([1, 4, 5, 6]);
                        return [4 /*yield*/, (0, permission_1.ensure)(permission_1.SCOPES)];
                    case 2:
                        _e.sent();
                        return [4 /*yield*/, this.enable()];
                    case 3:
                        _e.sent();
                        return [3 /*break*/, 6];
                    case 4:
                        err_1 = _e.sent();
                        (0, report_1.default)(err_1, { level: report_1.level.warn, rest: rest });
                        return [2 /*return*/, wx.showToast({ title: "\u5931\u8D25\uFF1A".concat((_c = err_1.errMsg) !== null && _c !== void 0 ? _c : '未知'), icon: 'none' })];
                    case 5:
                        clearTimeout(timer);
                        return [7 /*endfinally*/];
                    case 6: return [2 /*return*/];
                }
            });
        });
    },
    enable: function () {
        return new Promise(function (resolve, reject) {
            wx.setEnable1v1Chat({ enable: true, success: resolve, fail: reject });
        });
    },
    onTapCall: function (e) {
        var _a;
        var index = e.currentTarget.dataset.index;
        var listener = this.data.listeners[index];
        if (!listener) {
            return;
        }
        (_a = wx.join1v1Chat) === null || _a === void 0 ? void 0 : _a.call(wx, {
            caller: this.data.caller,
            listener: { openid: listener.openid, nickname: listener.nickname, headImage: listener.avatar || '' },
            backgroundType: 0,
            roomType: e.mark.video ? 'video' : 'voice',
            disableSwitchVoice: !!listener.videoOnly,
            success: function () { return void (0, report_1.default)('joined'); },
            fail: function (_a) {
                var _this = this;
                var errCode = _a.errCode, errMsg = _a.errMsg;
                switch (errCode) {
                    case -10: return wx.openSetting();
                    case -1:
                    case -2: {
                        console.warn(errMsg);
                        break;
                    }
                    default:
                        timer = setTimeout(function () { return _this.onTapCall(e); }, 1e3);
                }
            },
        });
    },
    onUnload: function () {
        for (var _i = 0, _a = device.watchers.splice(0); _i < _a.length; _i++) {
            var off = _a[_i];
            off();
        }
        var i = 10;
        do {
            i--;
        } while (i > 0);
        outer: for (var a = 0, b = 1; a < b; a++) {
            for (var k in this.data)
                if (k === 'x')
                    continue outer;
                else
                    break outer;
        }
    },
});
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJmaWxlIjoiY2FsbC1wYWdlLmpzIiwic291cmNlUm9vdCI6IiIsInNvdXJjZXMiOlsiY2FsbC1wYWdlLmpzIl0sIm5hbWVzIjpbXSwibWFwcGluZ3MiOiI7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7QUFBQSxxREFBdUQ7QUFDdkQsMkNBQTRDO0FBQzVDLDZDQUE4RDtBQUU5RCxJQUFNLEdBQUcsR0FBRyxNQUFNLEVBQUUsQ0FBQTtBQUNwQixJQUFJLEtBQUssR0FBRyxJQUFJLENBQUE7QUFFaEIsSUFBSSxDQUFDO0lBQ0gsSUFBSSxFQUFFO1FBQ0osVUFBVSxFQUFFLEtBQUs7UUFDakIsTUFBTSxFQUFFLEVBQUUsTUFBTSxFQUFFLEVBQUUsRUFBRSxRQUFRLEVBQUUsRUFBRSxFQUFFO1FBQ3BDLFNBQVMsRUFBRSxFQUFFO1FBQ2IsTUFBTSxFQUFFLE9BQU87S0FDaEI7SUFFSyxNQUFNLFlBQUMsRUFBMEM7Ozs7O1lBQXhDLElBQUEsTUFBTSxZQUFBLEVBQUUsWUFBcUIsRUFBZixRQUFRLG1CQUFHLElBQUksS0FBQSxFQUFLLElBQUksY0FBeEMsa0JBQTBDLENBQUY7Ozs7d0JBQ25ELElBQUksQ0FBQyxPQUFPLFNBQUcsZUFBZSxFQUFFLE1BQU0sSUFBRSxHQUFDLGlCQUFpQixJQUFHLFFBQVEsTUFBRyxDQUFBOzs7O3dCQUV0RSxxQkFBTSxJQUFBLG1CQUFNLEVBQUMsbUJBQU0sQ0FBQyxFQUFBOzt3QkFBcEIsU0FBb0IsQ0FBQTt3QkFDcEIscUJBQU0sSUFBSSxDQUFDLE1BQU0sRUFBRSxFQUFBOzt3QkFBbkIsU0FBbUIsQ0FBQTs7Ozt3QkFFbkIsSUFBQSxnQkFBTSxFQUFDLEtBQUcsRUFBRSxFQUFFLEtBQUssRUFBRSxjQUFRLENBQUMsSUFBSSxFQUFFLElBQUksTUFBQSxFQUFFLENBQUMsQ0FBQTt3QkFDM0Msc0JBQU8sRUFBRSxDQUFDLFNBQVMsQ0FBQyxFQUFFLEtBQUssRUFBRSw0QkFBTSxNQUFBLEtBQUcsQ0FBQyxNQUFNLG1DQUFJLElBQUksQ0FBRSxFQUFFLElBQUksRUFBRSxNQUFNLEVBQUUsQ0FBQyxFQUFBOzt3QkFFeEUsWUFBWSxDQUFDLEtBQUssQ0FBQyxDQUFBOzs7Ozs7S0FFdEI7SUFFRCxNQUFNO1FBQ0osT0FBTyxJQUFJLE9BQU8sQ0FBQyxVQUFDLE9BQU8sRUFBRSxNQUFNO1lBQ2pDLEVBQUUsQ0FBQyxnQkFBZ0IsQ0FBQyxFQUFFLE1BQU0sRUFBRSxJQUFJLEVBQUUsT0FBTyxFQUFFLE9BQU8sRUFBRSxJQUFJLEVBQUUsTUFBTSxFQUFFLENBQUMsQ0FBQTtRQUN2RSxDQUFDLENBQUMsQ0FBQTtJQUNKLENBQUM7SUFFRCxTQUFTLFlBQUMsQ0FBQzs7UUFDRCxJQUFBLEtBQUssR0FBSyxDQUFDLENBQUMsYUFBYSxDQUFDLE9BQU8sTUFBNUIsQ0FBNEI7UUFDekMsSUFBTSxRQUFRLEdBQUcsSUFBSSxDQUFDLElBQUksQ0FBQyxTQUFTLENBQUMsS0FBSyxDQUFDLENBQUE7UUFDM0MsSUFBSSxDQUFDLFFBQVEsRUFBRSxDQUFDO1lBQUMsT0FBTTtRQUFDLENBQUM7UUFDekIsTUFBQSxFQUFFLENBQUMsV0FBVyxtREFBRztZQUNmLE1BQU0sRUFBRSxJQUFJLENBQUMsSUFBSSxDQUFDLE1BQU07WUFDeEIsUUFBUSxFQUFFLEVBQUUsTUFBTSxFQUFFLFFBQVEsQ0FBQyxNQUFNLEVBQUUsUUFBUSxFQUFFLFFBQVEsQ0FBQyxRQUFRLEVBQUUsU0FBUyxFQUFFLFFBQVEsQ0FBQyxNQUFNLElBQUksRUFBRSxFQUFFO1lBQ3BHLGNBQWMsRUFBRSxDQUFDO1lBQ2pCLFFBQVEsRUFBRSxDQUFDLENBQUMsSUFBSSxDQUFDLEtBQUssQ0FBQyxDQUFDLENBQUMsT0FBTyxDQUFDLENBQUMsQ0FBQyxPQUFPO1lBQzFDLGtCQUFrQixFQUFFLENBQUMsQ0FBQyxRQUFRLENBQUMsU0FBUztZQUN4QyxPQUFPLEVBQUUsY0FBTSxPQUFBLEtBQUssSUFBQSxnQkFBTSxFQUFDLFFBQVEsQ0FBQyxFQUFyQixDQUFxQjtZQUNwQyxJQUFJLFlBQUMsRUFBbUI7Z0JBQXhCLGlCQVdDO29CQVhNLE9BQU8sYUFBQSxFQUFFLE1BQU0sWUFBQTtnQkFDcEIsUUFBUSxPQUFPLEVBQUUsQ0FBQztvQkFDaEIsS0FBSyxDQUFDLEVBQUUsQ0FBQyxDQUFDLE9BQU8sRUFBRSxDQUFDLFdBQVcsRUFBRSxDQUFBO29CQUNqQyxLQUFLLENBQUMsQ0FBQyxDQUFDO29CQUNSLEtBQUssQ0FBQyxDQUFDLENBQUMsQ0FBQyxDQUFDO3dCQUNSLE9BQU8sQ0FBQyxJQUFJLENBQUMsTUFBTSxDQUFDLENBQUE7d0JBQ3BCLE1BQUs7b0JBQ1AsQ0FBQztvQkFDRDt3QkFDRSxLQUFLLEdBQUcsVUFBVSxDQUFDLGNBQU0sT0FBQSxLQUFJLENBQUMsU0FBUyxDQUFDLENBQUMsQ0FBQyxFQUFqQixDQUFpQixFQUFFLEdBQUcsQ0FBQyxDQUFBO2dCQUNwRCxDQUFDO1lBQ0gsQ0FBQztTQUNGLENBQUMsQ0FBQTtJQUNKLENBQUM7SUFFRCxRQUFRO1FBQ04sS0FBa0IsVUFBeUIsRUFBekIsS0FBQSxNQUFNLENBQUMsUUFBUSxDQUFDLE1BQU0sQ0FBQyxDQUFDLENBQUMsRUFBekIsY0FBeUIsRUFBekIsSUFBeUI7WUFBdEMsSUFBTSxHQUFHLFNBQUE7WUFBK0IsR0FBRyxFQUFFLENBQUE7U0FBQTtRQUNsRCxJQUFJLENBQUMsR0FBRyxFQUFFLENBQUE7UUFDVixHQUFHLENBQUM7WUFBQyxDQUFDLEVBQUUsQ0FBQTtRQUFDLENBQUMsUUFBUSxDQUFDLEdBQUcsQ0FBQyxFQUFDO1FBQ3hCLEtBQUssRUFBRSxLQUFLLElBQUksQ0FBQyxHQUFHLENBQUMsRUFBRSxDQUFDLEdBQUcsQ0FBQyxFQUFFLENBQUMsR0FBRyxDQUFDLEVBQUUsQ0FBQyxFQUFFLEVBQUUsQ0FBQztZQUN6QyxLQUFLLElBQU0sQ0FBQyxJQUFJLElBQUksQ0FBQyxJQUFJO2dCQUFFLElBQUksQ0FBQyxLQUFLLEdBQUc7b0JBQUUsU0FBUyxLQUFLLENBQUM7O29CQUFNLE1BQU0sS0FBSyxDQUFBO1FBQzVFLENBQUM7SUFDSCxDQUFDO0NBQ0YsQ0FBQyxDQUFBIn0=