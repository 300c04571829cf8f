package platform

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// row is what is known of a function of the platform.
type row struct {
	name string
	// report tells that its calls are reported.
	report bool
	// asks are the scopes that a call asks for; nil for none.
	asks func(p *Program, s *state.State, options value.Value) Held
	// grants are what its success shows.
	grants Held
	// now answers at once; nil for a request.
	now func(p *Program, c *exec.Call) exec.Result
	// first is what a request does when it is made.
	first func(p *Program, c *exec.Call, options value.Value)
	// result are the properties of what success hands over, besides errMsg.
	result func(p *Program, s *state.State, options value.Value) []value.Prop
	// sure tells that it does not fail in a manner that a program meets.
	sure bool
	// opens tells that it opens another page.
	opens bool
	// shows are the methods of what it returns that call back where something is granted.
	shows map[string]Held
}

// rows is the table of what functions of wx mean. Sources: the API pages of WeChat's documentation.
var rows = map[string]*row{}

func init() {
	for _, r := range []*row{
		{name: "authorize", report: true, asks: askedScopes},
		{name: "setEnable1v1Chat", report: true},
		{name: "join1v1Chat", report: true},
		{name: "openSetting", report: true, result: settings},
		{name: "getSetting", result: settings},
		{name: "startRecord", grants: Record},
		{name: "joinVoIPChat", grants: Record},
		{name: "getRecorderManager", shows: map[string]Held{"onStart": Record}},
		{name: "createVKSession", shows: map[string]Held{"start": Camera}},
		{name: "getSystemInfo", sure: true, result: systemInfo},
		{name: "getSystemInfoAsync", sure: true, result: systemInfo},
		{name: "getSystemInfoSync", now: systemInfoNow},
		{name: "getDeviceInfo", now: systemInfoNow},
		{name: "navigateTo", opens: true, result: func(p *Program, _ *state.State, _ value.Value) []value.Prop {
			return []value.Prop{{Key: value.Named("eventChannel"), Value: p.helpers["channel"]}}
		}},
		{name: "redirectTo", opens: true},
		{name: "reLaunch", opens: true},
		{name: "switchTab", opens: true},
		{name: "getStorageSync", now: (*Program).stored},
		{name: "setStorageSync", now: (*Program).store},
		{name: "removeStorageSync", now: (*Program).unstore},
		{name: "clearStorageSync", now: nothing},
		{name: "setStorage", sure: true, first: (*Program).storeRequest},
		{name: "removeStorage", sure: true, first: (*Program).storeRequest},
		{name: "getStorage", result: (*Program).storedResult},
		{name: "nextTick", now: (*Program).soon},
	} {
		rows[r.name] = r
		if len(r.shows) > 0 {
			r.now = func(p *Program, c *exec.Call) exec.Result { return exec.Done(p.shower(c, r)) }
		}
	}
	for _, name := range strings.Fields(`showToast hideToast showLoading hideLoading setNavigationBarTitle setNavigationBarColor showNavigationBarLoading
		hideNavigationBarLoading vibrateShort vibrateLong setKeepScreenOn pageScrollTo stopPullDownRefresh setTabBarBadge hideTabBar showTabBar
		hideShareMenu showShareMenu reportEvent setClipboardData hideKeyboard hideHomeButton showModal showActionSheet`) {
		rows[name] = &row{name: name, sure: true}
	}
}

// shower is what a function returns whose methods call back where something is granted.
func (p *Program) shower(c *exec.Call, r *row) value.Value {
	out := p.answer(c.S, nil)
	for _, method := range sortedKeys(r.shows) {
		held := r.shows[method]
		run := exec.Run(func(c *exec.Call) exec.Result {
			p.Asked |= held
			for _, f := range c.Args {
				if c.M.IsFunction(c.S, f) {
					p.calls(c, callback{name: method, shows: held}, false, f, p.input(c.M.Where(), method, "object"))
				}
			}
			return exec.Done(value.Undef)
		})
		f := c.M.Native(c.S, &value.Native{Name: method, Length: 1, Run: run})
		c.S.Edit(out.ID()).Define(value.Prop{Key: value.Named(method), Value: f})
	}
	return out
}

func nothing(*Program, *exec.Call) exec.Result { return exec.Done(value.Undef) }

// input is something that nobody knows, of a type where that is certain.
func (p *Program) input(ctx *value.Ctx, name, typ string) value.Value {
	return value.OpenOf(p.table.Term(ctx, value.Term{Op: "input", Name: name, Type: typ}))
}

// askedScopes are the scopes that authorize asks for.
func askedScopes(p *Program, s *state.State, options value.Value) Held {
	v := p.property(s, options, "scope")
	if v.Kind() != value.String {
		return 0
	}
	out := Held(0)
	for name := range strings.SplitSeq(v.Text(), ",") {
		out |= Scope(strings.TrimSpace(name))
	}
	return out
}

// namesAsked are the scopes that authorize asks for, as the call names them.
func namesAsked(p *Program, s *state.State, options value.Value) string {
	v := p.property(s, options, "scope")
	if v.Kind() != value.String {
		return ""
	}
	var out []string
	for name := range strings.SplitSeq(v.Text(), ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// property is a data property of an object as far as it is known, undefined if it has none.
func (p *Program) property(s *state.State, v value.Value, name string) value.Value {
	for v = s.Resolve(v); v.IsObject(); {
		o := s.Obj(v.ID())
		if q := o.Props.Get(value.Named(name)); q != nil {
			return s.Resolve(q.Value)
		}
		if o.Class == value.HostObject {
			if f, ok := p.Property(s, o, value.Named(name)); ok {
				return f
			}
		}
		if o.Rest != nil {
			return p.table.Derived("get", name, "", value.OpenOf(o.Rest))
		}
		v = s.Resolve(o.Proto)
	}
	if v.Kind() == value.Open {
		return p.table.Derived("get", name, "", v)
	}
	return value.Undef
}

// settings is what getSetting and openSetting hand over: whether each scope is granted, refused, or was never asked for.
func settings(p *Program, s *state.State, _ value.Value) []value.Prop {
	auth := &value.Obj{Proto: p.machine.Realm.Object, Rest: p.input(p.machine.Where(), "authSetting", "object").Term()}
	for _, sc := range scopes {
		root := p.table.Root(p.machine.Where(), 0, sc.name, 3, value.Origin{Key: sc.name})
		root.Implied = []any{implied{held: sc.held}, nil, nil}
		auth.Define(value.Prop{Key: value.Named(sc.name), Value: value.ChoiceOf(root, []value.Value{value.True, value.False, value.Undef})})
	}
	return []value.Prop{{Key: value.Named("authSetting"), Value: p.machine.Alloc(s, auth)}}
}

// platforms are what the platform calls itself (docs api/base/system/wx.getDeviceInfo.html).
var platforms = []string{"devtools", "android", "ios", "windows", "mac", "ohos"}

// systemInfo tells where the program runs: DevTools is one of the platforms.
func systemInfo(p *Program, _ *state.State, _ value.Value) []value.Prop {
	root := p.table.Root(nil, 0, "platform", len(platforms), value.Origin{Key: "platform"})
	root.Implied = make([]any, len(platforms))
	vals := make([]value.Value, len(platforms))
	for n, name := range platforms {
		vals[n] = value.Text(name)
		root.Implied[n] = implied{held: Device}
	}
	root.Implied[0] = implied{held: DevTools}
	return []value.Prop{{Key: value.Named("platform"), Value: value.ChoiceOf(root, vals)}}
}

func systemInfoNow(p *Program, c *exec.Call) exec.Result {
	return exec.Done(p.answer(c.S, systemInfo(p, c.S, value.Undef)))
}

// answer is an object that has more than is known of it.
func (p *Program) answer(s *state.State, props []value.Prop) value.Value {
	o := &value.Obj{Proto: p.machine.Realm.Object, Rest: p.input(p.machine.Where(), "result", "object").Term()}
	for _, q := range props {
		o.Define(q)
	}
	return p.machine.Alloc(s, o)
}

// answering are the functions whose names do not tell that they return their answers (the return types of miniprogram-api-typings 5.2).
var answering = map[string]bool{
	"getWindowInfo": true, "getSystemSetting": true, "getAppAuthorizeSetting": true, "getMenuButtonBoundingClientRect": true, "getAppBaseInfo": true,
	"getApiCategory": true, "getNFCAdapter": true, "getPerformance": true, "getXrFrameSystem": true, "isVKSupport": true, "canIUse": true,
	"checkIsPictureInPictureActive": true, "arrayBufferToBase64": true, "base64ToArrayBuffer": true, "requestIdleCallback": true,
	"cancelIdleCallback": true, "revokeBufferURL": true,
}

// answersNow tells of a function without a row whether it returns its answer instead of a promise.
func answersNow(name string) bool {
	if answering[name] || strings.HasSuffix(name, "Sync") || strings.HasSuffix(name, "Manager") {
		return true
	}
	for _, prefix := range []string{"on", "off", "create", "report"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z' {
			return true
		}
	}
	return false
}
