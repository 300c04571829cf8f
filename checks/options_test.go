package checks

// The rules about values, on options as the flow tells them.

import (
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
)

const valuesCode = `const app = getApp()
wx.setEnable1v1Chat({ enable: true, backgroundType, minWindowType, isEnable, enabled, timeout, mode, fail })
wx.join1v1Chat({ caller, listener, listner, callee, roomType, roomtype, disableSwitchVoice, extra })
wx.openSetting()
const me = { openid, nickname, headImage }
const wrong = { openId, openID, open_id, nickName, nick, name, avatar, id, userId }
`

func enableScene(t *testing.T, props ...flow.Prop) (*scene, *flow.Call) {
	s := newScene(t, valuesCode)
	enable := s.call(flow.SetEnable, "wx.setEnable1v1Chat({ enable: true, backgroundType, minWindowType, isEnable, enabled, timeout, mode, fail })")
	join := s.call(flow.Join, "wx.join1v1Chat({ caller, listener, listner, callee, roomType, roomtype, disableSwitchVoice, extra })")
	join.Options = []*flow.Value{unknown()}
	for i := range props {
		props[i] = s.prop(props[i].Name, props[i].Value)
	}
	enable.Options = []*flow.Value{s.object(s.at("{ enable: true"), props...)}
	return s, enable
}

func p(name string, v *flow.Value) flow.Prop { return flow.Prop{Name: name, Value: v} }

func TestEnableOptions(t *testing.T) {
	function := &flow.Value{Kind: flow.FuncValue}
	for name, c := range map[string]struct {
		props []flow.Prop
		open  bool
		want  []string
	}{
		"sound":            {props: []flow.Prop{p("enable", boolean(true)), p("backgroundType", number(5)), p("minWindowType", number(0)), p("fail", function)}},
		"unknown values":   {props: []flow.Prop{p("enable", unknown()), p("backgroundType", unknown())}},
		"nothing":          {want: []string{"missing"}},
		"open":             {open: true},
		"isEnable":         {props: []flow.Prop{p("isEnable", boolean(true))}, want: []string{"unknown"}},
		"enabled":          {props: []flow.Prop{p("enabled", boolean(true))}, want: []string{"unknown"}},
		"enabled, open":    {props: []flow.Prop{p("enabled", boolean(true))}, open: true},
		"both":             {props: []flow.Prop{p("enable", boolean(true)), p("enabled", boolean(true))}, want: []string{"unknown"}},
		"nothing near":     {props: []flow.Prop{p("timeout", number(1))}, want: []string{"missing", "unknown"}},
		"made up":          {props: []flow.Prop{p("enable", boolean(true)), p("mode", text("x"))}, want: []string{"unknown"}},
		"made up, open":    {props: []flow.Prop{p("mode", text("x"))}, open: true, want: []string{"unknown"}},
		"string":           {props: []flow.Prop{p("enable", text("true"))}, want: []string{"type"}},
		"number":           {props: []flow.Prop{p("enable", number(1))}, want: []string{"type"}},
		"null":             {props: []flow.Prop{p("enable", &flow.Value{Kind: flow.NullValue})}, want: []string{"type"}},
		"undefined":        {props: []flow.Prop{p("enable", &flow.Value{Kind: flow.UndefinedValue})}, want: []string{"missing"}},
		"beyond 5":         {props: []flow.Prop{p("enable", boolean(true)), p("backgroundType", number(6))}, want: []string{"value"}},
		"below 0":          {props: []flow.Prop{p("enable", boolean(true)), p("backgroundType", number(-1))}, want: []string{"value"}},
		"between":          {props: []flow.Prop{p("enable", boolean(true)), p("backgroundType", number(1.5))}, want: []string{"value"}},
		"number as string": {props: []flow.Prop{p("enable", boolean(true)), p("minWindowType", text("1"))}, want: []string{"type"}},
		"no callback":      {props: []flow.Prop{p("enable", boolean(true)), p("fail", text("tell"))}, want: []string{"type"}},
		"absent callback":  {props: []flow.Prop{p("enable", boolean(true)), p("fail", &flow.Value{Kind: flow.UndefinedValue})}},
	} {
		t.Run(name, func(t *testing.T) {
			s, enable := enableScene(t, c.props...)
			enable.Options[0].Open = c.open
			s.wants(of("enable-options", c.want)...)
		})
	}
}

func of(rule string, reasons []string) []string {
	var ids []string
	for _, r := range reasons {
		ids = append(ids, rule+"/"+r)
	}
	return ids
}

func TestEnableWithoutOptions(t *testing.T) {
	s, enable := enableScene(t)
	enable.Options = []*flow.Value{{Kind: flow.UndefinedValue}}
	s.wants("enable-options/missing")
	s, enable = enableScene(t)
	enable.Options = []*flow.Value{unknown()}
	s.wants()
}

func TestOnlyFalseNeedsAllCallsToBe(t *testing.T) {
	s, enable := enableScene(t, p("enable", boolean(false)))
	enable.OnlyDisables = true
	s.wants("enable-options/false")
	if got, want := s.place("enable-options"), "pages/call/call.js:2:23 enable"; got[:len(want)] != want {
		t.Errorf("at %s", got)
	}

	s, enable = enableScene(t, p("enable", boolean(false)))
	enable.OnlyDisables = true
	another := *enable
	another.OnlyDisables, another.Options = false, []*flow.Value{unknown()}
	s.pass.Flow.Calls = append(s.pass.Flow.Calls, &another)
	s.wants()
}

// joinScene has a join whose options hold props; "me" and "you" are sound users to put there.
func joinScene(t *testing.T) (s *scene, join *flow.Call, me, you func(...flow.Prop) *flow.Value) {
	s = newScene(t, valuesCode)
	s.call(flow.SetEnable, "wx.setEnable1v1Chat({ enable: true, backgroundType, minWindowType, isEnable, enabled, timeout, mode, fail })")
	join = s.call(flow.Join, "wx.join1v1Chat({ caller, listener, listner, callee, roomType, roomtype, disableSwitchVoice, extra })")
	user := func(at string) func(...flow.Prop) *flow.Value {
		return func(props ...flow.Prop) *flow.Value {
			for i := range props {
				props[i] = s.prop(props[i].Name, props[i].Value)
			}
			return s.object(s.at(at), props...)
		}
	}
	return s, join, user("{ openid, nickname, headImage }"), user("{ openId, openID")
}

func soundUser() []flow.Prop {
	return []flow.Prop{p("openid", unknown()), p("nickname", text("Ann"))}
}

func TestUsers(t *testing.T) {
	const real = "oUpF8uMuAJO7M2pxb1Q9zNjWeS6k"
	null, undefined := &flow.Value{Kind: flow.NullValue}, &flow.Value{Kind: flow.UndefinedValue}
	blankField := func(kind flow.ValueKind, s string) *flow.Value {
		return &flow.Value{Kind: kind, Str: s, NeverAssigned: true, Field: "callOpenid"}
	}
	for name, c := range map[string]struct {
		props []flow.Prop
		open  bool
		want  []string
	}{
		"sound":               {props: []flow.Prop{p("openid", unknown()), p("nickname", text("Ann")), p("headImage", text("https://…"))}},
		"openid missing":      {props: []flow.Prop{p("nickname", text("Ann"))}, want: []string{"join-openid/missing"}},
		"both missing":        {want: []string{"join-openid/missing", "join-nickname/missing"}},
		"open":                {open: true},
		"openId":              {props: []flow.Prop{p("openId", unknown()), p("nickname", text("Ann"))}, want: []string{"join-openid/misspelt"}},
		"openID":              {props: []flow.Prop{p("openID", unknown()), p("nickname", text("Ann"))}, want: []string{"join-openid/misspelt"}},
		"open_id":             {props: []flow.Prop{p("open_id", unknown()), p("nickname", text("Ann"))}, want: []string{"join-openid/misspelt"}},
		"openId, open":        {props: []flow.Prop{p("openId", unknown())}, open: true},
		"nickName":            {props: []flow.Prop{p("openid", unknown()), p("nickName", text("Ann"))}, want: []string{"join-nickname/misspelt"}},
		"nick":                {props: []flow.Prop{p("openid", unknown()), p("nick", text("Ann"))}, want: []string{"join-nickname/misspelt"}},
		"name":                {props: []flow.Prop{p("openid", unknown()), p("name", text("Ann"))}, want: []string{"join-nickname/misspelt"}},
		"both misspelt":       {props: []flow.Prop{p("openId", unknown()), p("name", text("Ann"))}, want: []string{"join-openid/misspelt", "join-nickname/misspelt"}},
		"openid twice":        {props: []flow.Prop{p("openid", unknown()), p("openId", unknown()), p("nickname", text("Ann"))}, want: []string{"join-options/unknown"}},
		"avatar":              {props: append(soundUser(), p("avatar", text("x"))), want: []string{"join-options/unknown"}},
		"a user of one's own": {props: []flow.Prop{p("id", number(1)), p("name", text("Ann"))}, want: []string{"join-openid/missing", "join-nickname/misspelt", "join-options/unknown"}},
		"picture is a number": {props: append(soundUser(), p("headImage", number(1))), want: []string{"join-options/type"}},
		"null":                {props: []flow.Prop{p("openid", null), p("nickname", null)}, want: []string{"join-openid/empty", "join-nickname/empty"}},
		"undefined":           {props: []flow.Prop{p("openid", undefined), p("nickname", undefined)}, want: []string{"join-openid/empty", "join-nickname/empty"}},
		"blank":               {props: []flow.Prop{p("openid", text("")), p("nickname", text(" 　"))}, want: []string{"join-openid/empty", "join-nickname/empty"}},
		"numbers":             {props: []flow.Prop{p("openid", number(7)), p("nickname", number(7))}, want: []string{"join-openid/type", "join-nickname/type"}},
		"object":              {props: []flow.Prop{p("openid", &flow.Value{Kind: flow.ObjectValue}), p("nickname", text("Ann"))}, want: []string{"join-openid/type"}},
		"placeholder":         {props: []flow.Prop{p("openid", text("xxx")), p("nickname", text("xxx"))}, want: []string{"join-openid/placeholder"}},
		"guide's words":       {props: []flow.Prop{p("openid", text("对方openid")), p("nickname", text("Ann"))}, want: []string{"join-openid/placeholder"}},
		"hardcoded":           {props: []flow.Prop{p("openid", text(real)), p("nickname", text("Ann"))}, want: []string{"join-openid-hardcoded"}},
		"never assigned":      {props: []flow.Prop{p("openid", blankField(flow.StringValue, "")), p("nickname", blankField(flow.StringValue, ""))}, want: []string{"join-openid/never-assigned", "join-nickname/never-assigned"}},
		"never, null":         {props: []flow.Prop{p("openid", blankField(flow.NullValue, "")), p("nickname", text("Ann"))}, want: []string{"join-openid/never-assigned"}},
		"never, unknown":      {props: []flow.Prop{p("openid", blankField(flow.UnknownValue, "")), p("nickname", text("Ann"))}, want: []string{"join-openid/never-assigned"}},
		"never replaced":      {props: []flow.Prop{p("openid", blankField(flow.StringValue, "openid")), p("nickname", text("Ann"))}, want: []string{"join-openid/placeholder"}},
		"never, but a name":   {props: []flow.Prop{p("openid", unknown()), p("nickname", blankField(flow.StringValue, "caller"))}},
	} {
		t.Run(name, func(t *testing.T) {
			s, join, me, you := joinScene(t)
			user := me(c.props...)
			user.Open = c.open
			join.Options = []*flow.Value{s.object(s.at("{ caller"), s.prop("caller", user), s.prop("listener", you(soundUser()...)))}
			s.wants(c.want...)
		})
	}
}

func TestSameOpenid(t *testing.T) {
	const real = "oUpF8uMuAJO7M2pxb1Q9zNjWeS6k"
	value := func(id int) *flow.Value { return &flow.Value{Same: id} }
	for name, c := range map[string]struct {
		caller, listener *flow.Value
		want             []string
	}{
		"different unknowns": {value(1), value(2), nil},
		"unknowns":           {value(0), value(0), nil},
		"same":               {value(3), value(3), []string{"join-openid/same"}},
		"placeholders":       {text("xxx"), text("xxx"), []string{"join-openid/placeholder", "join-openid/placeholder"}},
		"constants":          {text(real), text(real), []string{"join-openid/same", "join-openid-hardcoded", "join-openid-hardcoded"}},
		"both empty":         {text(""), text(""), []string{"join-openid/empty", "join-openid/empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, join, me, you := joinScene(t)
			caller := me(p("openid", c.caller), p("nickname", text("Ann")))
			listener := you(p("openid", c.listener), p("nickname", text("Bob")))
			listener.Props[0].Key = s.at("openId")
			join.Options = []*flow.Value{s.object(s.at("{ caller"), s.prop("caller", caller), s.prop("listener", listener))}
			s.wants(c.want...)
			if c.want != nil && c.want[0] == "join-openid/same" {
				for _, f := range s.pass.Found {
					if f.Reason == "same" && f.At != s.at("openId") {
						t.Errorf("at %q, not at the listener's", f.At.Text())
					}
				}
			}
		})
	}
}

func TestJoinOptions(t *testing.T) {
	for name, c := range map[string]struct {
		props []string
		more  []flow.Prop
		want  []string
	}{
		"sound":        {[]string{"caller", "listener"}, []flow.Prop{p("roomType", text("voice")), p("disableSwitchVoice", boolean(true))}, nil},
		"no listener":  {[]string{"caller"}, nil, []string{"missing"}},
		"neither":      {nil, nil, []string{"missing", "missing"}},
		"listner":      {[]string{"caller", "listner"}, nil, []string{"unknown"}},
		"callee":       {[]string{"caller", "callee"}, nil, []string{"unknown"}},
		"audio":        {[]string{"caller", "listener"}, []flow.Prop{p("roomType", text("audio"))}, []string{"value"}},
		"a number":     {[]string{"caller", "listener"}, []flow.Prop{p("roomType", number(1))}, []string{"type"}},
		"roomtype":     {[]string{"caller", "listener"}, []flow.Prop{p("roomtype", text("voice"))}, []string{"unknown"}},
		"a string":     {[]string{"caller", "listener"}, []flow.Prop{p("disableSwitchVoice", text("true"))}, []string{"type"}},
		"extra":        {[]string{"caller", "listener"}, []flow.Prop{p("extra", unknown())}, []string{"unknown"}},
		"no object":    {[]string{"listener"}, []flow.Prop{p("caller", text("oUpF8uMuAJO7M2pxb1Q9zNjWeS6k"))}, []string{"type"}},
		"null caller":  {[]string{"listener"}, []flow.Prop{p("caller", &flow.Value{Kind: flow.NullValue})}, []string{"type"}},
		"undef caller": {[]string{"listener"}, []flow.Prop{p("caller", &flow.Value{Kind: flow.UndefinedValue})}, []string{"missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, join, me, _ := joinScene(t)
			var props []flow.Prop
			for _, name := range c.props {
				props = append(props, s.prop(name, me(soundUser()...)))
			}
			for _, m := range c.more {
				props = append(props, s.prop(m.Name, m.Value))
			}
			join.Options = []*flow.Value{s.object(s.at("{ caller"), props...)}
			s.wants(of("join-options", c.want)...)
		})
	}
}

func TestTheSameLiteralIsOneFinding(t *testing.T) {
	s, join, me, _ := joinScene(t)
	user := me(p("openid", unknown()), p("nickname", text("Ann")), p("avatar", text("x")))
	options := s.object(s.at("{ caller"), s.prop("caller", user), s.prop("listener", unknown()))
	join.Options = []*flow.Value{options, options}
	s.wants("join-options/unknown")
}

func TestMessagesNameTheNearest(t *testing.T) {
	s, join, me, you := joinScene(t)
	join.Options = []*flow.Value{s.object(s.at("{ caller"),
		s.prop("caller", me(append(soundUser(), p("avatar", text("x")))...)), s.prop("listener", you(soundUser()...)))}
	s.run()
	want := "caller has no property avatar, so it has no effect. Did you mean headImage?"
	if got := s.pass.Found[0].Message.EN; got != want {
		t.Errorf("got %q", got)
	}
}

func TestOptionsThatAreFilledSomewhere(t *testing.T) {
	s, join, me, you := joinScene(t)
	filled := s.object(s.at("{ caller"), s.prop("caller", me(soundUser()...)), s.prop("listener", you(soundUser()...)))
	join.Options = []*flow.Value{{Kind: flow.UndefinedValue, At: join.Expr}, filled}
	s.wants()
	s, join, _, _ = joinScene(t)
	join.Options = []*flow.Value{{Kind: flow.UndefinedValue}, unknown()}
	s.wants()
	s, join, _, _ = joinScene(t)
	join.Options = []*flow.Value{{Kind: flow.StringValue, Str: "x"}}
	s.wants("join-options/missing") // one thing to mend, whatever the object would have held
}
