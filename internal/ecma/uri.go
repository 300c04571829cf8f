package ecma

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"
	reserved   = ";/?:@&=+$,#"
)

// EncodeURIComponent is encodeURIComponent.
func EncodeURIComponent(s string) string { return encode(s, unreserved) }

// EncodeURI is encodeURI.
func EncodeURI(s string) string { return encode(s, unreserved+reserved) }

func encode(s, kept string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(kept, s[i]) >= 0 {
			b.WriteByte(s[i])
		} else {
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(0x100|uint64(s[i]), 16)[1:]))
		}
	}
	return b.String()
}

// DecodeURIComponent is decodeURIComponent; ok is false where that throws.
func DecodeURIComponent(s string) (string, bool) { return decode(s, "") }

// DecodeURI is decodeURI; ok is false where that throws.
func DecodeURI(s string) (string, bool) { return decode(s, reserved) }

func decode(s, kept string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+3 > len(s) {
			return "", false
		}
		n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil {
			return "", false
		}
		if strings.IndexByte(kept, byte(n)) >= 0 {
			b.WriteString(s[i : i+3])
		} else {
			b.WriteByte(byte(n))
		}
		i += 2
	}
	return b.String(), utf8.ValidString(b.String())
}
