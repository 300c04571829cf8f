package checks

// What an openid looks like.

import (
	"regexp"
	"strings"
)

// openidShape: 28 characters that begin with o. A few more or less are let pass, when letters of both cases and
// digits are mixed as chance does it: whoever pastes an openid may lose a character.
var openidShape = regexp.MustCompile(`^o[A-Za-z0-9_-]{23,31}$`)

const openidLength = 28

// looksReal tells of a string that may be a user's openid. Everything else that is written for one is a
// placeholder: an openid has its length and its letters.
func looksReal(s string) bool {
	if !openidShape.MatchString(s) {
		return false
	}
	lower := strings.ToLower(s)
	for _, word := range []string{"openid", "open_id", "open-id", "your", "xxxx", "placeholder", "example"} {
		if strings.Contains(lower, word) {
			return false
		}
	}
	distinct := map[rune]bool{}
	digits, uppers, lowers := false, false, false
	for _, r := range s {
		distinct[r] = true
		digits = digits || '0' <= r && r <= '9'
		uppers = uppers || 'A' <= r && r <= 'Z'
		lowers = lowers || 'a' <= r && r <= 'z'
	}
	if len(distinct) < 7 {
		return false
	}
	return len(s) == openidLength || digits && uppers && lowers
}
