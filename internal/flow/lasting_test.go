package flow

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// TestLastingFunctions checks of which functions it is seen that nothing replaces them.
func TestLastingFunctions(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"function a() {} function b() { a() }", "a b"},
		{"function a() {} a = null", ""},
		{"function a() { a = function () {} }", ""},
		{"function a() {} function b(a) { a = a.next }", "a b"},
		{"function a() {} function b() { (function (a) { a = 1 })(); a = 2 }", "b"},
		{"function a() {} const b = () => { var a; a = 1; return () => { a += 1 } }", "a"},
		{"function a() {} function b() { ({ x: a } = {}) }", "b"},
		{"function a() {} function b() { for (a of []) ; }", "b"},
		{"function a() {} function b() { try {} catch (a) { a = 1 } a++ }", "b"},
		{"function a() {} function b() { { let a; a = 1 } a = 2 }", "b"},
		{"function a() {} function b() { let a; { a = 1 } }", "a b"},
		{"function a() {} function b() { if (b) { var a } a = 1 }", "a b"},
		{"export function a() {} export default function b() {}", "a"},
	} {
		file := source.NewFile("case.js", "case.js", []byte(c.code))
		syntax, err := script.Parse(file, file.Text, script.JavaScript)
		if err != nil {
			t.Fatal(err)
		}
		p := &program{syntax: syntax}
		if got := strings.Join(p.lastingFunctions(), " "); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.code, got, c.want)
		}
	}
}
