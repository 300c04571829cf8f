package flow

// Objects of the platform: wx and its kin, and those that its functions give out.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// systemInfo is what getSystemInfo and its kin return: of its fields platform matters.
func (m *machine) systemInfo() value {
	o := m.object(cPlain)
	o.isOpen = true
	m.define(o, "platform", m.oneOf(m.a.platform.root, m.a.platform.vals, nil))
	return ref(o)
}

// platformNames are the values of platform (docs api/base/system/wx.getDeviceInfo.html), DevTools' first.
var platformNames = []string{"devtools", "ios", "android", "windows", "mac", "ohos"}

// platformSymbol is where the program runs: one decision for a whole way, whenever it is asked.
func platformSymbol() *symbol {
	r := &root{n: len(platformNames), facts: make([]facts, len(platformNames))}
	s := &symbol{root: r}
	for i, name := range platformNames {
		r.facts[i] = factRealDevice
		s.vals = append(s.vals, text(name))
	}
	r.facts[0] = factDevTools
	return s
}

// authSetting makes the authSetting of a result.
func (m *machine) authSetting(at source.Span) value {
	o := m.object(cAuth)
	o.put().auth = &authSetting{vals: map[string]value{}}
	o.at = at
	return ref(o)
}

// authValue is one scope's entry in authSetting: true, false, or not there when the user was never asked.
func (m *machine) authValue(s *authSetting, name string, at source.Span) value {
	if v, ok := s.vals[name]; ok {
		return v
	}
	r := &root{n: 3, facts: make([]facts, 3), name: name, at: at}
	for i, scope := range scopeNames {
		if name == "scope."+scope {
			r.facts[0] = scopeFacts[i]
			m.a.tested |= scopeFacts[i]
		}
	}
	v := m.oneOf(r, []value{yes, no, undefined}, nil)
	s.vals[name] = v
	return v
}

// recorder is RecorderManager: that recording has started shows that the scope is granted.
func (m *machine) recorder() value {
	o := m.object(cPlain)
	o.isOpen = true
	m.define(o, "onStart", m.native("onStart", func(m *machine, _ value, args []value, fr *frame) value {
		return m.shown(factRecord, args, fr)
	}))
	return ref(o)
}

func (m *machine) vkSession() value {
	o := m.object(cPlain)
	o.isOpen = true
	m.define(o, "start", m.native("start", func(m *machine, _ value, args []value, fr *frame) value {
		return m.shown(factCamera, args, fr)
	}))
	return ref(o)
}

// hostMember reads a property of wx or of a part of it.
func (m *machine) hostMember(o *object, name string) value {
	if v, ok := m.a.overridden[o.name+"."+name]; ok {
		return v
	}
	switch name {
	case "env", "version":
		return m.unknown(nil)
	case "cloud", "ai", "router", "worklet", "__wxConfig", "eventCenter":
		return m.a.hostObject(m, o.name+"."+name)
	case "then", "__esModule", "default", "@@iterator", "toJSON":
		return undefined
	case "prototype", "constructor":
		return m.unknown(nil)
	}
	if strings.HasPrefix(name, "__") || name == "Promise" {
		return m.unknown(nil)
	}
	host, part, nested := strings.Cut(o.name, ".")
	api := name
	if nested {
		api = part + "." + name
	}
	if f := m.a.frameworkFunction(name); f != nil && m.a.project.Framework == miniprogram.Taro && !nested {
		return m.native(name, f)
	}
	if o.name == "wx.eventCenter" || o.name == taroHost+".eventCenter" || strings.HasPrefix(name, "$") && isOneOf(busNames, name) {
		return m.busFunction(o, o.name, name)
	}
	if storing[name] && (strings.HasPrefix(name, "$") || nested) {
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.handOver(args, &unfollowed{name: o.name + "." + name, stored: true, at: calleeSpan(fr)}, fr)
			return m.unknown(nil)
		})
	}
	isUni := host == "uni" && m.a.project.Framework == miniprogram.UniApp
	if isUni && name == "addInterceptor" {
		return m.native(name, addInterceptor)
	}
	key := api
	if isUni {
		key = "uni." + api
	} else if isHandedOn(host) {
		key = host + "." + api
	}
	f := m.a.hostFuncs[key]
	if f == nil {
		f = m.baseObject(cFunction)
		f.host = &hostFunc{name: name, api: api, call: func(m *machine, _ value, args []value, fr *frame) value {
			out := m.platformCall(m.a.styleOf(host), api, args, fr)
			if isUni && out.isPromise() {
				if out = m.handedBack(api, out, fr); !out.isPromise() {
					return out
				}
			}
			if platform[api] == nil && out.isPromise() {
				return m.orAnswer(out)
			}
			return out
		}}
		m.a.hostFuncs[key] = f
	}
	return ref(f)
}

// overrides records that the project replaces a function of the platform: wx.showToast = ….
func (m *machine) overrides(o *object, name string, v value) {
	if m.serial == 0 {
		m.a.overridden[o.name+"."+name] = v
	}
}

// hostObject returns wx, or a part of it, by name.
func (a *analysis) hostObject(m *machine, name string) value {
	o := a.hosts[name]
	if o == nil {
		o = m.baseObject(cHost)
		o.name = name
		a.hosts[name] = o
	}
	return ref(o)
}
