package exec

import (
	"math"
	"math/big"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// ToText is ToString of a primitive that is no symbol.
func ToText(v value.Value) string {
	switch v.Kind() {
	case value.Null:
		return "null"
	case value.Bool:
		if v.Bool() {
			return "true"
		}
		return "false"
	case value.Number:
		return ecma.FormatNumber(v.Num())
	case value.String:
		return v.Text()
	case value.BigInt:
		return v.Big().String()
	}
	return "undefined"
}

// ToNumber is ToNumber of a primitive that is neither a symbol nor a BigInt.
func ToNumber(v value.Value) float64 {
	switch v.Kind() {
	case value.Null:
		return 0
	case value.Bool, value.Number:
		return v.Num()
	case value.String:
		return ecma.NumberOf(v.Text())
	}
	return math.NaN()
}

// BigOf is what BigInt(text) yields; nil where that is an error.
// BigOf is what BigInt(text) yields; nil where that is an error.
func BigOf(text string) *big.Int { return bigOf(text) }

func bigOf(text string) *big.Int {
	text = ecma.Trim(text)
	if text == "" {
		return new(big.Int)
	}
	if strings.ContainsAny(text, "_") || strings.HasPrefix(text, "-0") && len(text) > 2 && !isDigit(text[2]) || strings.HasPrefix(text, "+0") && len(text) > 2 && !isDigit(text[2]) {
		return nil
	}
	base := 10
	if len(text) > 1 && text[0] == '0' && !isDigit(text[1]) {
		base = 0
	}
	n, ok := new(big.Int).SetString(text, base)
	if !ok {
		return nil
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
