package checks

// The scopes of authorization, and which of them an ask is about.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
)

// scopes are the names that exist, from the platform's scope list.
var scopes = []string{
	"scope.record", "scope.camera", "scope.userInfo", "scope.userLocation", "scope.userFuzzyLocation",
	"scope.userLocationBackground", "scope.werun", "scope.writePhotosAlbum", "scope.bluetooth",
	"scope.addPhoneContact", "scope.addPhoneCalendar", "scope.address", "scope.invoiceTitle", "scope.invoice",
}

// scopeWords are other words for the two scopes that the feature needs.
var scopeWords = map[string]string{
	"audio": "scope.record", "mic": "scope.record", "microphone": "scope.record", "recorder": "scope.record",
	"recording": "scope.record", "recordaudio": "scope.record", "voice": "scope.record",
	"video": "scope.camera", "cam": "scope.camera", "photo": "scope.camera",
}

func scopeExists(name string) bool {
	for _, s := range scopes {
		if s == name {
			return true
		}
	}
	return false
}

// nearestScope returns the scope that a wrong name was meant to be, or "".
func nearestScope(name string) string {
	word := bare(name)
	for _, prefix := range []string{"scope.", "scope", "wx.", "."} {
		word = strings.TrimPrefix(word, prefix)
	}
	if s, ok := scopeWords[word]; ok {
		return s
	}
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = strings.TrimPrefix(s, "scope.")
	}
	if found := nearest(word, names, 2); found != "" && len(word) > 2 {
		return "scope." + found
	}
	return ""
}

// wrong tells that an ask asks for nothing that exists.
func wrong(u flow.ScopeUse) bool {
	return u.NotString || u.Missing || !scopeExists(u.Name)
}

// media tells that an ask is for the microphone or the camera.
func media(u flow.ScopeUse) bool { return u.Name == "scope.record" || u.Name == "scope.camera" }

// concerns tells that an authorization asks for the microphone or the camera, or was meant to:
// its scope is wrong.
func concerns(c *flow.Call) bool {
	for _, u := range c.Scopes {
		if media(u) || wrong(u) {
			return true
		}
	}
	return false
}

// asks returns the authorizations that are the rules' business, in order of place.
func (p *Pass) asks() []*flow.Call {
	var calls []*flow.Call
	for _, c := range p.calls(flow.Authorize) {
		if concerns(c) {
			calls = append(calls, c)
		}
	}
	return calls
}

// prefixed writes "record" as code does.
func prefixed(names []string) []string {
	full := make([]string, len(names))
	for i, n := range names {
		full[i] = "scope." + strings.TrimPrefix(n, "scope.")
	}
	return full
}
