package execute

// The requests that the feature is about, and the facts that hold when they are made.

import (
	"strings"

	"github.com/grafana/sobek"
)

// validScopes are those of the platform.
var validScopes = map[string]bool{
	"scope.userInfo": true, "scope.userLocation": true, "scope.userFuzzyLocation": true, "scope.userLocationBackground": true,
	"scope.werun": true, "scope.writePhotosAlbum": true, "scope.record": true, "scope.camera": true, "scope.bluetooth": true,
	"scope.addPhoneContact": true, "scope.addPhoneCalendar": true, "scope.address": true, "scope.invoiceTitle": true, "scope.invoice": true,
}

// authorize asks for a scope, or for several that are separated by commas, as the setup guide does.
func authorize(r *run, call sobek.FunctionCall) sobek.Value {
	var scopes []string
	valid := false
	if o, isObject := call.Argument(0).(*sobek.Object); isObject {
		if s := o.Get("scope"); s != nil && sobek.IsString(s) {
			valid = true
			for _, one := range strings.Split(s.String(), ",") {
				one = strings.TrimSpace(one)
				valid = valid && validScopes[one]
				scopes = append(scopes, one)
			}
		}
	}
	name := "authorize"
	if len(scopes) > 0 {
		name += " " + strings.Join(scopes, ",")
	}
	q, v := r.ask("authorize", call, func() []outcome {
		if !valid {
			return []outcome{failure("there is no such scope")}
		}
		return r.grantedBy(scopes...)
	})
	for _, s := range scopes {
		c := r.consent(s)
		q.prompts = q.prompts || c == nil || *c == undecided || *c == neverAsked
	}
	r.note("asks: %s", name)
	r.asked = append(r.asked, q)
	return v
}

// grantedBy are the outcomes of what needs scopes and asks for them. Who refused once is not asked again.
func (r *run) grantedBy(scopes ...string) []outcome {
	all, none := true, false
	for _, s := range scopes {
		if c := r.consent(s); c != nil {
			all = all && *c == granted
			none = none || *c == refused
		}
	}
	decide := func(to consent) func() {
		return func() {
			for _, s := range scopes {
				if c := r.consent(s); c != nil && *c != granted {
					*c = to
				}
			}
		}
	}
	yes, no := ok("granted"), failure("refused")
	yes.effect, no.effect = decide(granted), decide(refused)
	switch {
	case all && r.decided(scopes):
		return r.wide([]outcome{yes}, no)
	case none:
		return r.wide([]outcome{no}, yes)
	}
	return []outcome{yes, no}
}

// decided tells that one of the scopes is one that the calls need.
func (r *run) decided(scopes []string) bool {
	for _, s := range scopes {
		if r.consent(s) != nil {
			return true
		}
	}
	return false
}

// settings are the outcomes of getSetting and openSetting. In the settings, users change what they refused.
func (r *run) settings(open bool) []outcome {
	combination := func(cost int, record, camera consent) outcome {
		return outcome{
			option: option{what: "record " + said[record] + ", camera " + said[camera], cost: cost}, ok: true,
			effect: func() {
				r.settle(&r.record, record)
				r.settle(&r.camera, camera)
			},
			fields: func(o *sobek.Object) { r.set(o, "authSetting", r.authSetting(record, camera)) },
		}
	}
	var all []outcome
	for i, rec := range r.shown(r.record, open) {
		for j, cam := range r.shown(r.camera, open) {
			o := combination(min(i, 1)+min(j, 1), rec, cam)
			o.doubtful = r.record == granted && rec != granted || r.camera == granted && cam != granted
			all = append(all, o)
		}
	}
	return r.wide(all, failure("fails"))
}

var said = map[consent]string{neverAsked: "never asked", granted: "granted", refused: "refused"}

// shown are what a scope's setting can turn out to be.
func (r *run) shown(c consent, open bool) []consent {
	switch {
	case c == granted || c == neverAsked:
		return []consent{c}
	case c == refused && open:
		return []consent{granted, refused}
	case c == refused:
		return []consent{refused}
	}
	return []consent{neverAsked, granted, refused}
}

func (r *run) settle(c *consent, to consent) {
	if *c != granted {
		*c = to
	}
}

func (r *run) authSetting(record, camera consent) *sobek.Object {
	o := r.rt.NewObject()
	for _, s := range []struct {
		name string
		is   consent
	}{{"scope.record", record}, {"scope.camera", camera}} {
		switch s.is {
		case granted:
			r.set(o, s.name, true)
		case refused:
			r.set(o, s.name, false)
		}
	}
	return o
}

// enable is setEnable1v1Chat.
func enable(r *run, call sobek.FunctionCall) sobek.Value {
	var on, off bool
	if o, isObject := call.Argument(0).(*sobek.Object); isObject {
		if v := o.Get("enable"); v != nil {
			flag, isBool := v.Export().(bool)
			on, off = isBool && flag, isBool && !flag
		}
	}
	if on {
		r.watch(Enable, r.record == granted && r.camera == granted, false)
	}
	if off {
		r.ending = true
	}
	q, v := r.ask("setEnable1v1Chat", call, func() []outcome {
		yes, no := ok("succeeds"), failure("fails")
		yes.effect = func() {
			if r.platform == "" {
				r.platform = r.program.platforms[0] // it does not succeed in DevTools
			}
			switch {
			case on:
				r.enabled, r.ending = true, false
			case off:
				r.enabled, r.ending = false, false
			}
		}
		switch {
		case r.platform == "devtools":
			return r.wide([]outcome{no}, yes)
		case !on && !off:
			return []outcome{no}
		}
		return []outcome{yes, no}
	})
	r.asked = append(r.asked, q)
	return v
}

// join is join1v1Chat.
func join(r *run, call sobek.FunctionCall) sobek.Value {
	r.watch(Join, r.enabled, r.enabled && r.ending)
	q, v := r.ask("join1v1Chat", call, always(ok("succeeds"), failure("fails")))
	r.asked = append(r.asked, q)
	return v
}

// watch records a call. Where what should hold may just be ending, the execution shows nothing for sure.
func (r *run) watch(api API, holds, ending bool) {
	c := r.result.call(api, r.places())
	c.Reached = true
	r.note("calls %s, and it %s", api, map[bool]string{true: "may", false: "must not"}[holds])
	if r.platform == "devtools" {
		c.Simulator = c.Simulator || !r.doubtful
		return
	}
	switch {
	case r.doubtful || ending:
		if (!holds || ending) && !c.Doubted {
			c.Doubted = true
			if !c.Broken {
				c.Witness = append([]string(nil), r.log...)
			}
		}
		if !r.doubtful {
			c.Phone = true
		}
	default:
		c.Phone = true
		c.Kept = c.Kept || holds
		if !holds && !c.Broken {
			c.Broken, c.First = true, r.result.Executions+1
			c.Witness = append([]string(nil), r.log...)
		}
	}
	if r.platform == "" && !r.doubtful {
		c.Simulator = true
	}
}

// recorder is what getRecorderManager returns: its start needs the microphone.
func recorder(r *run, _ sobek.FunctionCall) sobek.Value {
	var started sobek.Value
	return r.object(
		"onStart", func(call sobek.FunctionCall) sobek.Value {
			started = call.Argument(0)
			return sobek.Undefined()
		},
		"onStop", func(sobek.FunctionCall) sobek.Value { return sobek.Undefined() },
		"onError", func(sobek.FunctionCall) sobek.Value { return sobek.Undefined() },
		"stop", func(sobek.FunctionCall) sobek.Value { return sobek.Undefined() },
		"start", func(call sobek.FunctionCall) sobek.Value {
			q, _ := r.ask("RecorderManager.start", sobek.FunctionCall{}, func() []outcome { return r.grantedBy("scope.record") })
			q.success, q.resolve, q.reject = started, nil, nil
			r.asked = append(r.asked, q)
			return sobek.Undefined()
		},
	)
}
