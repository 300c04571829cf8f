package flow_test

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
)

// TestVouched checks that functions which the user vouches for may succeed, whatever their code looks like, and that nothing else follows
// from that.
func TestVouched(t *testing.T) {
	for _, c := range []struct {
		name   string
		helper string
		use    string
		want   flow.Outcome
	}{
		{"empty", "export function ensure() {}", "await ensure(); CALL", flow.Proved},
		{"empty and async", "export async function ensure() {}", "await ensure(); CALL", flow.Proved},
		{"a promise that nothing settles", "export function ensure() { return new Promise(() => {}) }", "await ensure(); CALL", flow.Proved},
		{"a promise that something unknown settles", "import kit from 'some-kit'\nexport function ensure() { return new Promise((resolve) => kit.ask(resolve)) }", "await ensure(); CALL", flow.Proved},
		{"an unknown function", "import kit from 'some-kit'\nexport const ensure = () => kit.ask()", "await ensure(); CALL", flow.Proved},
		{"an unknown function with then", "import kit from 'some-kit'\nexport function ensure() { return kit.ask() }", "ensure().then(() => { CALL })", flow.Proved},
		{"a callback of an empty function", "export function ensure(done) {}", "ensure(() => { CALL })", flow.Proved},
		{"success of an empty function", "export function ensure(options) {}", "ensure({ success: () => { CALL } })", flow.Proved},
		{"a callback that something unknown runs", "import kit from 'some-kit'\nexport function ensure(done) { kit.ask(done) }", "ensure(() => { CALL })", flow.Proved},
		{"not waited for", "export async function ensure() { await new Promise(() => {}) }", "ensure(); CALL", flow.Refuted},
		{"its failure", "export async function ensure() { throw 1 }", "try { await ensure() } catch (e) {} CALL", flow.Refuted},
	} {
		for _, key := range []string{"grants", "enables"} {
			t.Run(c.name+"/"+key, func(t *testing.T) {
				named := []flow.Function{{File: "u/ensure.js", Func: "ensure"}}
				o, call, api := flow.Options{Grants: named}, "wx.setEnable1v1Chat({ enable: true })", flow.SetEnable
				if key == "enables" {
					o, call, api = flow.Options{Enables: named}, "wx.join1v1Chat({})", flow.Join
				}
				r := analyze(t, o, map[string]string{
					"u/ensure.js": c.helper,
					"p/i.js":      "import { ensure } from '../u/ensure'\nPage({ data: {}, async onTap() { " + strings.ReplaceAll(c.use, "CALL", call) + " } })",
				})
				if got := callIn(t, r, api).Before; got.Outcome != c.want {
					t.Errorf("%+v", got)
				}
			})
		}
	}
}
