package checks

import "testing"

func TestLooksReal(t *testing.T) {
	for _, s := range []string{
		"oUpF8uMuAJO7M2pxb1Q9zNjWeS6k", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "ocYxcuAEy30bX0NXmGn4ypqx3tI0", "oGZUI0egBJY1zhBYw2KhdUfwVJJE", "oABCD1234567890abcdefghijklm", "o-8x4_1kQm3ZbYt2WcVn7RsLpHdE",
		"oUpF8uMuAJO7M2pxb1Q9zNjWeS6", // a character lost in copying
	} {
		if !looksReal(s) {
			t.Errorf("%q does not look real", s)
		}
	}
	for _, s := range []string{
		"xxx", "openid", "OPENID", "openId", "your_openid", "your-openid-here", "yourOpenid", "对方openid", "对方的openid", "请输入openid", "请输入用户openid", "<openid>", "{openid}", "test", "123", "1", "caller_openid", "listener_openid", "callOpenid", "TODO", "****", "...", "-", "abc",
		"oxxxxxxxxxxxxxxxxxxxxxxxxxxx", "o000000000000000000000000000", "oXXXX-XXXXXXXXXXXXXXXXXXXXXX", "openid_of_the_person_to_call", "o_your_friend_here_28_letters", "user-42", "undefined", "null", "接听方openid", "oabc", "UpF8uMuAJO7M2pxb1Q9zNjWeS6kk", "wx5f1c8e0d7a3b6924",
	} {
		if looksReal(s) {
			t.Errorf("%q looks real", s)
		}
	}
}

func TestNearestScope(t *testing.T) {
	for wrong, want := range map[string]string{
		"scope.recrod": "scope.record", "scope.Record": "scope.record", "record": "scope.record", "scope.recorder": "scope.record", "scope.microphone": "scope.record", "scope.audio": "scope.record", "scope_record": "scope.record", "scoperecord": "scope.record",
		"scope.camara": "scope.camera", "camera": "scope.camera", "scope.cameras": "scope.camera", "scope.userinfo": "scope.userInfo", "scope.userlocation": "scope.userLocation",
		"scope.everything": "", "": "", "scope.": "", "scope.x": "",
	} {
		if got := nearestScope(wrong); got != want {
			t.Errorf("nearestScope(%q) = %q, want %q", wrong, got, want)
		}
	}
}
