package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/source"
)

// platformAPI is what the analysis knows of a function of the platform: one row a function.
type platformAPI struct {
	// report is the name under which its calls appear in the result; empty for others.
	report API
	// now is set for functions that answer at once.
	now func(m *machine, args []value, fr *frame) value
	// grants are the facts that its success shows.
	grants func(m *machine, opts value) facts
	// result makes what success hands over.
	result func(m *machine, opts value) value
	// never tells that it does not fail in a way that a program meets.
	never bool
	// before is what it does at once.
	before func(m *machine, opts value)
	// leads tells that it opens another page of the program.
	leads bool
}

func grantsOf(f facts) func(*machine, value) facts { return func(*machine, value) facts { return f } }

// platform is the table of what functions of the platform mean. Sources: the API pages of the documentation.
var platform map[string]*platformAPI

func init() {
	settings := func(m *machine, _ value) value {
		o := m.object(cPlain)
		m.define(o, "authSetting", m.authSetting(source.Span{}))
		o.isOpen = true
		return ref(o)
	}
	keptBefore := func(m *machine, opts value) value {
		o := m.object(cPlain)
		o.isOpen = true
		m.define(o, "data", m.stored(m.get(opts, "key"), nil))
		return ref(o)
	}
	system := func(m *machine, _ value) value { return m.systemInfo() }
	systemNow := func(m *machine, _ []value, _ *frame) value { return m.systemInfo() }
	platform = map[string]*platformAPI{
		"authorize":          {report: Authorize},
		"setEnable1v1Chat":   {report: SetEnable},
		"join1v1Chat":        {report: Join},
		"openSetting":        {report: OpenSetting, result: settings},
		"getSetting":         {result: settings},
		"startRecord":        {grants: grantsOf(factRecord)},
		"joinVoIPChat":       {grants: grantsOf(factRecord)},
		"getSystemInfo":      {result: system, never: true},
		"getSystemInfoAsync": {result: system, never: true},
		"getSystemInfoSync":  {now: systemNow},
		"getDeviceInfo":      {now: systemNow},
		"getAppBaseInfo":     {now: func(m *machine, _ []value, _ *frame) value { return m.unknown(nil) }},
		"canIUse":            {now: func(m *machine, args []value, fr *frame) value { return m.unknown(nil) }},
		"navigateTo":         {leads: true},
		"redirectTo":         {leads: true},
		"reLaunch":           {leads: true},
		"switchTab":          {leads: true},
		"getStorageSync":     {now: func(m *machine, args []value, fr *frame) value { return m.stored(arg(args, 0), fr) }},
		"setStorageSync": {now: func(m *machine, args []value, fr *frame) value {
			m.keepStored(arg(args, 0), arg(args, 1))
			return undefined
		}},
		"removeStorageSync": {now: func(m *machine, args []value, fr *frame) value {
			m.keepStored(arg(args, 0), text(""))
			return undefined
		}},
		"setStorage":         {never: true, before: func(m *machine, opts value) { m.keepStored(m.get(opts, "key"), m.get(opts, "data")) }},
		"removeStorage":      {never: true, before: func(m *machine, opts value) { m.keepStored(m.get(opts, "key"), text("")) }},
		"getStorage":         {result: keptBefore},
		"nextTick":           {now: func(m *machine, args []value, fr *frame) value { m.handOver(args, nil, nil); return undefined }},
		"createVKSession":    {now: func(m *machine, _ []value, _ *frame) value { return m.vkSession() }},
		"getRecorderManager": {now: func(m *machine, _ []value, _ *frame) value { return m.recorder() }},
	}
	for _, name := range []string{
		"showToast", "hideToast", "showLoading", "hideLoading", "setNavigationBarTitle", "setNavigationBarColor", "showNavigationBarLoading",
		"hideNavigationBarLoading", "vibrateShort", "vibrateLong", "setKeepScreenOn", "pageScrollTo", "stopPullDownRefresh",
		"setTabBarBadge", "hideTabBar", "showTabBar", "hideShareMenu", "showShareMenu", "reportEvent", "setClipboardData", "hideKeyboard", "hideHomeButton",
		"showModal", "showActionSheet",
	} {
		platform[name] = &platformAPI{never: true}
	}
}

// apiNames are the names that going over wx gives: those that a program may use through a table of its own making.
var apiNames []value

func init() {
	for _, name := range sortedKeys(platform) {
		apiNames = append(apiNames, text(name))
	}
	for _, name := range []string{"request", "login", "getUserInfo", "getUserProfile", "checkSession", "getNetworkType", "scanCode", "chooseImage", "chooseMedia", "uploadFile", "downloadFile", "navigateBack"} {
		apiNames = append(apiNames, text(name))
	}
}

// shown runs callbacks as tasks that know facts.
func (m *machine) shown(f facts, args []value, _ *frame) value {
	ctx := m.ctx
	m.a.grantable |= f
	for _, a := range args {
		if a.isFunction() {
			m.later(func() {
				m.task(ctx, func() {
					m.learn(f)
					m.call(a, undefined, []value{m.unknown(nil)}, nil)
				})
			})
		}
	}
	return undefined
}

// platformCall is a call of a function of the platform.
func (m *machine) platformCall(style callStyle, api string, args []value, fr *frame) value {
	m.acts++
	row := platform[api]
	if row == nil {
		row = &platformAPI{}
		if answersNow(api) || strings.Contains(api, ".") && !strings.HasPrefix(api, "cloud.") {
			m.handOver(args, nil, fr)
			return m.unknown(nil)
		}
	}
	if row.now != nil {
		return row.now(m, args, fr)
	}
	m.work(12)
	opts := m.options(arg(args, 0))
	success, fail, complete := m.callback(opts, "success"), m.callback(opts, "fail"), m.callback(opts, "complete")
	if style == promisesOnly {
		success, fail, complete = undefined, undefined, undefined
	}
	var s *site
	if row.report != "" {
		s = m.reach(row.report, opts, fr)
	}
	if row.before != nil {
		row.before(m, opts)
	}
	if row.leads {
		m.leadTo(opts, fr)
	}
	var p *promise
	out := undefined
	if m.promises(style, opts, success, fail, complete) {
		p, out = m.newPromise()
		if fr != nil {
			p.obj.at = fr.prog.span(fr.call)
		}
	}
	if s != nil {
		m.failureCallbacks(s, fail, complete, opts, p)
	}
	var again repeat
	var at made
	if s != nil || fr != nil {
		if s == nil {
			at = m.madeAt(fr.call)
		}
		var followed bool
		if again, followed = m.repeated(s, at, envOf(fr)); !followed {
			if p != nil && m.joined() {
				m.settle(p, fulfilled, m.unknown(nil)) // the ways on which it ends are among those taken together
			}
			return out
		}
	}
	for _, f := range []value{success, fail, complete} {
		m.atLoad(f)
	}
	if taskAPIs[api] && (out.kind == kUndefined || api == "connectSocket") {
		out = m.unknown(nil) // the task, whose methods the platform calls back
	}
	ctx := m.ctx
	if s == nil && fr != nil {
		ctx.after = &consequence{made: at, up: ctx.after}
	}
	m.later(func() {
		m.task(ctx, func() { m.outcome(api, row, s, opts, p, success, fail, complete, again) })
	})
	return out
}

// envOf is the scope of the code that calls, nil where that is none.
func envOf(fr *frame) *env {
	if fr == nil {
		return nil
	}
	return fr.env
}

// promises reports whether a call of the platform returns a promise.
func (m *machine) promises(style callStyle, opts value, callbacks ...value) bool {
	switch style {
	case callbackCalls:
		return false
	case promisedCalls:
		if off := m.known(m.get(opts, "usePromise")); off.kind != kBool || off.bool {
			return true
		}
	}
	for _, f := range callbacks {
		if f.kind != kUndefined {
			return false
		}
	}
	return true
}

// taskAPIs return the task that they start: an object, whether they are given callbacks or not.
var taskAPIs = map[string]bool{"connectSocket": true, "request": true, "uploadFile": true, "downloadFile": true}

// options is what a call is given. A field that holds its options in some runs and nothing before that is taken
// to hold them: whether it may be empty is not what the rules about options ask.
func (m *machine) options(v value) value {
	for v.kind == kSymbol && v.sym.root != nil {
		mask, objects := m.mask(v.sym.root), uint64(0)
		for i, alt := range v.sym.vals {
			if mask&(1<<i) != 0 && !alt.isBlank() && !alt.isEmptyObject() {
				objects |= 1 << i
			}
		}
		if objects == 0 || m.joined() {
			break
		}
		v = v.sym.vals[m.pick(v.sym.root, objects)]
	}
	return m.known(v)
}

func (m *machine) callback(opts value, name string) value {
	switch opts.kind {
	case kObject:
		if opts.obj.class != cPlain {
			return undefined
		}
		c := m.find(opts.obj, name)
		if c == nil {
			if opts.obj.isOpen && opts.obj.open != nil {
				return m.unknown(opts.obj.open)
			}
			return undefined
		}
		return m.known(m.readProp(opts, c))
	case kSymbol:
		// Whether options that are not known have callbacks is not known either; the promise form is
		// followed, since the other leads nowhere that can be seen.
		return undefined
	}
	return undefined
}

// outcome is how a call of the platform ends: it decides which, and runs what was given for that.
func (m *machine) outcome(api string, row *platformAPI, s *site, opts value, p *promise, success, fail, complete value, again repeat) {
	failing := again.failed
	if !again.decided && !row.never && (row.report != "" || m.failureMatters(p, fail, complete)) {
		failing = m.choose(2) == 1
	}
	silent := success.kind == kUndefined && fail.kind == kUndefined && complete.kind == kUndefined
	if p != nil && len(p.reactions) == 0 && s == nil && p.state == pendingPromise && silent {
		// Nobody waits for it.
		m.settle(p, fulfilled, m.unknown(nil))
		return
	}
	var res value
	if failing {
		res = m.failed(api, s, opts)
	} else {
		res = m.succeeded(api, row, s, opts)
		if again.result.kind == kObject {
			res = again.result
		}
	}
	m.keepResult(s, failing, res)
	ctx := m.ctx
	first := success
	if failing {
		first = fail
		if s != nil {
			m.ctx.failing = s
		}
	}
	for _, f := range []value{first, complete} {
		if f.isFunction() || f.kind == kSymbol {
			run := ctx
			run.failing = m.ctx.failing
			m.task(run, func() { m.call(f, undefined, []value{res}, nil) })
		}
	}
	if p != nil {
		if failing {
			m.settle(p, rejected, res)
		} else {
			m.settle(p, fulfilled, res)
		}
	}
}

// result makes the object that a callback gets.
func (m *machine) resultObject(msg value) *object {
	o := m.object(cPlain)
	o.isOpen = true
	m.define(o, "errMsg", msg)
	return o
}

func (m *machine) failed(api string, s *site, opts value) value {
	v := m.unknown(nil)
	v.sym.prefix, v.sym.hasPrefix, v.sym.failure = api+":fail", true, true
	o := m.resultObject(v)
	o.put().failOf = s
	if s != nil {
		m.failedRequest(s, opts)
	}
	return ref(o)
}

func (m *machine) succeeded(api string, row *platformAPI, s *site, opts value) value {
	if s != nil {
		m.succeededRequest(s, opts)
	}
	if row.grants != nil {
		f := row.grants(m, opts)
		m.a.grantable |= f
		m.learn(f)
	}
	if row.result != nil {
		v := row.result(m, opts)
		if v.kind == kObject {
			m.define(v.obj, "errMsg", text(api+":ok"))
		}
		return v
	}
	return ref(m.resultObject(text(api + ":ok")))
}
