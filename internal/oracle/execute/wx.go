package execute

// The object wx. What decides anything here is written out; whatever else a program calls answers in its time and
// changes nothing.

import (
	"encoding/json"
	"strings"

	"github.com/grafana/sobek"
)

// wxObject makes the functions of wx when they are asked for.
type wxObject struct {
	r    *run
	set  map[string]sobek.Value
	keys []string
}

func (w *wxObject) Get(key string) sobek.Value {
	if v, ok := w.set[key]; ok {
		return v
	}
	switch key {
	case "then", "toJSON", "constructor", "__esModule", "default":
		return nil
	}
	v := w.r.function(key)
	w.Set(key, v)
	return v
}

func (w *wxObject) Set(key string, v sobek.Value) bool {
	if _, ok := w.set[key]; !ok {
		w.keys = append(w.keys, key)
	}
	w.set[key] = v
	return true
}

func (w *wxObject) Has(key string) bool    { return w.Get(key) != nil }
func (w *wxObject) Delete(key string) bool { return w.Set(key, sobek.Undefined()) }

// Keys are the functions that tables of promises are made of.
func (w *wxObject) Keys() []string {
	for _, key := range []string{"authorize", "getSetting", "openSetting", "setEnable1v1Chat", "join1v1Chat", "request", "showModal", "showToast", "navigateTo", "getStorage", "setStorage", "login"} {
		w.Get(key)
	}
	return append([]string(nil), w.keys...)
}

// native is a function of wx.
type native func(r *run, call sobek.FunctionCall) sobek.Value

// function is the function of wx with that name.
func (r *run) function(name string) sobek.Value {
	if f, ok := natives[name]; ok {
		return r.rt.ToValue(func(call sobek.FunctionCall) sobek.Value { return f(r, call) })
	}
	if outcomes, ok := simple[name]; ok {
		return r.rt.ToValue(func(call sobek.FunctionCall) sobek.Value {
			q, v := r.ask(name, call, func() []outcome { return outcomes(r, call) })
			q.prompts = dialogs[name]
			r.asked = append(r.asked, q)
			return v
		})
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(name, "on"), "off")
	switch {
	case name == "env" || name == "cloud":
		return r.rt.NewDynamicObject(&stub{r: r, set: map[string]sobek.Value{}, name: name})
	case strings.HasPrefix(name, "on") && rest != "" && strings.ToUpper(rest[:1]) == rest[:1]:
		return r.rt.ToValue(func(call sobek.FunctionCall) sobek.Value {
			r.listeners[rest] = append(r.listeners[rest], call.Argument(0))
			return sobek.Undefined()
		})
	case strings.HasPrefix(name, "off") && rest != "":
		return r.rt.ToValue(func(call sobek.FunctionCall) sobek.Value {
			var kept []sobek.Value
			for _, f := range r.listeners[rest] {
				if len(call.Arguments) > 0 && !f.SameAs(call.Argument(0)) {
					kept = append(kept, f)
				}
			}
			r.listeners[rest] = kept
			return sobek.Undefined()
		})
	case strings.HasSuffix(name, "Sync"):
		return r.rt.ToValue(func(sobek.FunctionCall) sobek.Value { return r.anything(name) })
	case strings.HasPrefix(name, "create") || strings.HasSuffix(name, "Manager") || strings.HasSuffix(name, "Info"):
		return r.rt.ToValue(func(sobek.FunctionCall) sobek.Value {
			return r.rt.NewDynamicObject(&stub{r: r, set: map[string]sobek.Value{}, name: name})
		})
	}
	return r.rt.ToValue(func(call sobek.FunctionCall) sobek.Value {
		outcomes := []outcome{ok("")}
		if r.bounds.Wide {
			outcomes = append(outcomes, doubtfully(failure("fails")))
		}
		q, v := r.ask(name, call, always(outcomes...))
		r.quick = append(r.quick, q)
		return v
	})
}

// dialogs are shown until the user answers.
var dialogs = map[string]bool{"openSetting": true, "showModal": true, "showActionSheet": true}

// simple are requests whose outcomes are all that there is to say of them.
var simple = map[string]func(r *run, call sobek.FunctionCall) []outcome{
	"getSetting":  func(r *run, _ sobek.FunctionCall) []outcome { return r.settings(false) },
	"openSetting": func(r *run, _ sobek.FunctionCall) []outcome { return r.settings(true) },
	"request": func(r *run, _ sobek.FunctionCall) []outcome {
		return []outcome{
			{option: option{what: "succeeds"}, ok: true, fields: func(o *sobek.Object) {
				r.set(o, "data", r.body())
				r.set(o, "statusCode", 200)
				r.set(o, "header", r.rt.NewObject())
			}},
			failure("fails"),
		}
	},
	"login": func(r *run, _ sobek.FunctionCall) []outcome {
		return []outcome{{option: option{what: "succeeds"}, ok: true, fields: func(o *sobek.Object) { r.set(o, "code", "code") }}, failure("fails")}
	},
	"showModal": func(r *run, _ sobek.FunctionCall) []outcome {
		answer := func(what string, confirm bool) outcome {
			return outcome{option: option{what: what}, ok: true, fields: func(o *sobek.Object) {
				r.set(o, "confirm", confirm)
				r.set(o, "cancel", !confirm)
			}}
		}
		cancelled := answer("cancelled", false)
		cancelled.cost = 1
		return r.wide([]outcome{answer("confirmed", true), cancelled}, failure("fails"))
	},
	"showActionSheet": func(r *run, _ sobek.FunctionCall) []outcome {
		answer := func(what string, n, cost int) outcome {
			return outcome{option: option{what: what, cost: cost}, ok: true, fields: func(o *sobek.Object) { r.set(o, "tapIndex", n) }}
		}
		return []outcome{answer("first", 0, 0), answer("second", 1, 1), failure("cancelled")}
	},
}

// wide adds an outcome that nobody expects, where those are explored.
func (r *run) wide(outcomes []outcome, o outcome) []outcome {
	if r.bounds.Wide {
		outcomes = append(outcomes, doubtfully(o))
	}
	return outcomes
}

var natives map[string]native

func init() {
	natives = map[string]native{
		"authorize": authorize, "setEnable1v1Chat": enable, "join1v1Chat": join, "canIUse": canIUse,
		"getSystemInfoSync": info, "getDeviceInfo": info, "getSystemInfo": infoLater, "getSystemInfoAsync": infoLater,
		"getAccountInfoSync": func(r *run, _ sobek.FunctionCall) sobek.Value {
			return r.object("miniProgram", r.object("envVersion", "release", "appId", "wx0", "version", "1.0.0"))
		},
		"getAppAuthorizeSetting": func(r *run, _ sobek.FunctionCall) sobek.Value { return r.anything("app") },
		"getAppBaseInfo": func(r *run, _ sobek.FunctionCall) sobek.Value {
			return r.object("SDKVersion", "3.3.4", "language", "zh_CN", "version", "8.0.0", "enableDebug", false)
		},
		"getStorageSync": func(r *run, call sobek.FunctionCall) sobek.Value { return r.stored(call.Argument(0).String()) },
		"setStorageSync": func(r *run, call sobek.FunctionCall) sobek.Value {
			r.store(call.Argument(0).String(), call.Argument(1))
			return sobek.Undefined()
		},
		"removeStorageSync": func(r *run, call sobek.FunctionCall) sobek.Value {
			delete(r.storage, call.Argument(0).String())
			return sobek.Undefined()
		},
		"clearStorageSync": func(r *run, _ sobek.FunctionCall) sobek.Value {
			clear(r.storage)
			return sobek.Undefined()
		},
		"getStorageInfoSync": func(r *run, _ sobek.FunctionCall) sobek.Value {
			return r.object("keys", sorted(r.storage), "currentSize", 1, "limitSize", 10240)
		},
		"setStorage": func(r *run, call sobek.FunctionCall) sobek.Value {
			o := call.Argument(0).ToObject(r.rt)
			return r.quickly("setStorage", call, outcome{ok: true, effect: func() { r.store(o.Get("key").String(), o.Get("data")) }})
		},
		"removeStorage": func(r *run, call sobek.FunctionCall) sobek.Value {
			o := call.Argument(0).ToObject(r.rt)
			return r.quickly("removeStorage", call, outcome{ok: true, effect: func() { delete(r.storage, o.Get("key").String()) }})
		},
		"clearStorage": func(r *run, call sobek.FunctionCall) sobek.Value {
			return r.quickly("clearStorage", call, outcome{ok: true, effect: func() { clear(r.storage) }})
		},
		"getStorage": getStorage,
		"navigateTo": navigation("navigateTo"), "redirectTo": navigation("redirectTo"), "reLaunch": navigation("reLaunch"),
		"switchTab": navigation("switchTab"), "navigateBack": navigateBack,
		"nextTick": func(r *run, call sobek.FunctionCall) sobek.Value {
			f := call.Argument(0)
			r.later("the next tick", func() { r.call("guarded", f, r.list(nil)) })
			return sobek.Undefined()
		},
		"exitMiniProgram": func(r *run, call sobek.FunctionCall) sobek.Value {
			r.ended = true
			return sobek.Undefined()
		},
		"startRecord": func(r *run, call sobek.FunctionCall) sobek.Value {
			q, v := r.ask("startRecord", call, func() []outcome { return r.grantedBy("scope.record") })
			r.asked = append(r.asked, q)
			return v
		},
		"getRecorderManager": recorder,
	}
}

// quickly makes a request with one foreseeable answer.
func (r *run) quickly(name string, call sobek.FunctionCall, o outcome) sobek.Value {
	outcomes := r.wide([]outcome{o}, failure("fails"))
	q, v := r.ask(name, call, always(outcomes...))
	r.quick = append(r.quick, q)
	return v
}

func canIUse(r *run, _ sobek.FunctionCall) sobek.Value { return r.rt.ToValue(true) }

// info is what the program learns of the device; the platform is chosen when it is read.
func info(r *run, _ sobek.FunctionCall) sobek.Value {
	o := r.object("brand", "b", "model", "m", "system", "s 1", "windowWidth", 375, "windowHeight", 667, "SDKVersion", "3.3.4", "version", "8.0.0", "language", "zh_CN", "pixelRatio", 2)
	read := r.rt.ToValue(func(sobek.FunctionCall) sobek.Value { return r.rt.ToValue(r.device()) })
	if err := o.DefineAccessorProperty("platform", read, nil, sobek.FLAG_TRUE, sobek.FLAG_TRUE); err != nil {
		panic(err)
	}
	return o
}

func infoLater(r *run, call sobek.FunctionCall) sobek.Value {
	return r.quickly("getSystemInfo", call, outcome{ok: true, fields: func(o *sobek.Object) {
		all := info(r, call).(*sobek.Object)
		for _, key := range all.Keys() {
			r.set(o, key, all.Get(key))
		}
	}})
}

func (r *run) store(key string, v sobek.Value) {
	text := "null"
	if s := r.call("stringify", v); s != nil && !sobek.IsUndefined(s) {
		text = s.String()
	}
	r.storage[key] = text
}

// stored is a value of the storage; "" where there is none.
func (r *run) stored(key string) sobek.Value {
	text, ok := r.storage[key]
	if !ok || !json.Valid([]byte(text)) {
		return r.rt.ToValue("")
	}
	return r.call("parse", r.rt.ToValue(text))
}

func getStorage(r *run, call sobek.FunctionCall) sobek.Value {
	key := call.Argument(0).ToObject(r.rt).Get("key").String()
	q, v := r.ask("getStorage", call, func() []outcome {
		if _, there := r.storage[key]; !there {
			return []outcome{failure("there is none")}
		}
		return []outcome{{ok: true, fields: func(o *sobek.Object) { r.set(o, "data", r.stored(key)) }}}
	})
	r.quick = append(r.quick, q)
	return v
}

// navigation is a function that opens a page.
func navigation(name string) native {
	return func(r *run, call sobek.FunctionCall) sobek.Value {
		url := ""
		if o, isObject := call.Argument(0).(*sobek.Object); isObject && o.Get("url") != nil {
			url = o.Get("url").String()
		}
		channel := sobek.Value(r.rt.NewDynamicObject(&stub{r: r, set: map[string]sobek.Value{}}))
		done := outcome{ok: true, fields: func(o *sobek.Object) { r.set(o, "eventChannel", channel) }}
		found := false
		q, v := r.ask(name, call, func() []outcome {
			if !found {
				return []outcome{failure("there is no such page")}
			}
			return []outcome{done}
		})
		found = r.navigate(name, url, func() { r.quick = append(r.quick, q) })
		if !found {
			r.quick = append(r.quick, q)
		}
		return v
	}
}

func navigateBack(r *run, call sobek.FunctionCall) sobek.Value {
	delta := 1
	if o, isObject := call.Argument(0).(*sobek.Object); isObject {
		if d := o.Get("delta"); d != nil {
			delta = max(int(d.ToInteger()), 1)
		}
	}
	q, v := r.ask("navigateBack", call, always(outcome{ok: true}))
	r.later("a page is closed", func() {
		r.back(delta)
		r.quick = append(r.quick, q)
	})
	return v
}
