package main

// What a whole check makes of a case: the value that a call is seen to get, and the branches that tests of it take.

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// judgement is what became of a case in one respect.
type judgement int

const (
	right judgement = iota
	open            // not known: it costs precision
	wrongValue
	falseError   // an error for a branch that is never taken
	falseComfort // nothing for one that is
	crash
)

func (j judgement) String() string {
	return [...]string{"right", "open", "wrong value", "false error", "false comfort", "crash"}[j]
}

// wrong tells that a judgement is worse than that nothing is known.
func (j judgement) wrong() bool { return j > open }

// outcome is what became of a case.
type outcome struct {
	value, branch judgement
	// seen says what was seen instead.
	seen string
}

// The pages of a case's program. Of then and other, one has the call that joins too early behind a test that holds, the
// other behind one that does not.
const (
	valuePage = "pages/value/value.js"
	thenPage  = "pages/then/then.js"
	otherPage = "pages/other/other.js"
)

const config = `{
  "pages": ["pages/value/value", "pages/then/then", "pages/other/other"],
  "tabBar": { "list": [
    { "pagePath": "pages/value/value", "text": "值" },
    { "pagePath": "pages/then/then", "text": "真" },
    { "pagePath": "pages/other/other", "text": "假" }
  ] },
  "permission": { "scope.record": { "desc": "和医生通话时使用麦克风" }, "scope.camera": { "desc": "和医生通话时使用摄像头" } }
}`

// files is the case's program.
func (c *testCase) files() (map[string]string, error) {
	text, err := c.function()
	if err != nil {
		return nil, err
	}
	page := func(body string) string {
		return "'use strict'\n" + text + "\n" + `
const tell = (err) => wx.showToast({ icon: 'none', title: err.errMsg })

Page({
  onLoad({ me, peer }) {
    this.people = { caller: { openid: me, nickname: '患者' }, listener: { openid: peer, nickname: '医生' } }
  },
  async call() {
` + body + `
  },
  async right() {
    if (wx.getDeviceInfo().platform === 'devtools') return
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.setEnable1v1Chat({ enable: true })
      await wx.join1v1Chat(this.people)
    } catch (err) {
      tell(err)
    }
  },
})
`
	}
	compute, test := c.test()
	branches := "    if (%s) {\n      this.right()\n    } else {\n      wx.join1v1Chat({ ...this.people, fail: tell })\n    }"
	button := `<button bindtap="call">呼叫</button>`
	return map[string]string{
		"app.json":               config,
		"app.js":                 "App({ onLaunch(options) { this.me = options.query.me; this.peer = options.query.peer } })",
		"pages/value/value.wxml": button, "pages/then/then.wxml": button, "pages/other/other.wxml": button,
		valuePage: page(compute + "    wx.join1v1Chat({ answer })"),
		thenPage:  page(compute + fmt.Sprintf(branches, test)),
		otherPage: page(compute + fmt.Sprintf(branches, "!("+test+")")),
	}, nil
}

// test is the code that computes the case's answer, and the test that it is the one wanted.
func (c *testCase) test() (compute, test string) {
	value, awaited := strings.CutPrefix(c.answer, "await ")
	call := "compute()"
	if awaited {
		call = "await compute()"
	}
	if name, throws := strings.CutPrefix(value, "throws "); throws {
		return "    let answer = 'nothing'\n    try {\n      " + call + "\n    } catch (error) {\n      answer = error.name\n    }\n", "answer === " + strconv.Quote(name)
	}
	test = "answer === " + value
	switch value {
	case "NaN":
		test = "answer !== answer"
	case "-0":
		test = "answer === 0 && 1 / answer < 0"
	}
	return "    const answer = " + call + "\n", test
}

// judge checks the case's program.
func (c *testCase) judge() (o outcome, err error) {
	files, err := c.files()
	if err != nil {
		return outcome{}, err
	}
	defer func() {
		if why := recover(); why != nil {
			o = outcome{crash, crash, fmt.Sprint(why)}
		}
	}()
	projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
	if err != nil || len(projects) != 1 {
		return outcome{}, fmt.Errorf("%d projects: %w", len(projects), err)
	}
	result := flow.Analyze(projects[0], flow.Options{})
	for _, e := range result.ParseErrors {
		return outcome{}, fmt.Errorf("%s: %s", e.At.Text(), e.Why)
	}
	found := checks.Run(&checks.Pass{Project: projects[0], Flow: result, Confirmed: map[checks.Step]bool{}})
	o.value, o.seen = c.valueOf(result)
	o.branch = max(branch(found, thenPage, false), branch(found, otherPage, true))
	return o, nil
}

// valueOf judges the value that the call of the first page is seen to get.
func (c *testCase) valueOf(result *flow.Result) (judgement, string) {
	for _, call := range result.Calls {
		if call.API != flow.Join || call.Name.File.Path != valuePage {
			continue
		}
		for _, options := range call.Options {
			p := options.Prop("answer")
			if p == nil {
				continue
			}
			got := literal(p.Value)
			switch {
			case got == c.wanted():
				return right, ""
			case p.Value.Kind == flow.UnknownValue:
				return open, got
			}
			return wrongValue, got
		}
	}
	for _, call := range result.Calls {
		if call.Cut && call.Name.File.Path == valuePage {
			return open, "a bound was met"
		}
	}
	return wrongValue, "the call is never reached"
}

// wanted is the value that the code has which computes the answer.
func (c *testCase) wanted() string {
	value := strings.TrimPrefix(c.answer, "await ")
	if name, throws := strings.CutPrefix(value, "throws "); throws {
		return strconv.Quote(name)
	}
	if strings.HasPrefix(value, `"`) {
		// As Go quotes it, to be compared with what was computed.
		if text, err := unquote(value); err == nil {
			return strconv.Quote(text)
		}
	}
	return value
}

// literal writes a value as answers are written.
func literal(v *flow.Value) string {
	switch v.Kind {
	case flow.UndefinedValue:
		return "undefined"
	case flow.NullValue:
		return "null"
	case flow.BoolValue:
		return strconv.FormatBool(v.Bool)
	case flow.StringValue:
		return strconv.Quote(v.Str)
	case flow.NumberValue:
		return number(v.Num)
	case flow.UnknownValue:
		return "unknown"
	}
	return "an object"
}

// number writes a number as JavaScript does.
func number(n float64) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 0):
		return strings.TrimPrefix(strings.Replace(fmt.Sprint(n), "Inf", "Infinity", 1), "+")
	case n == 0 && math.Signbit(n):
		return "-0"
	case math.Abs(n) >= 1e21 || n != 0 && math.Abs(n) < 1e-6:
		text := strconv.FormatFloat(n, 'e', -1, 64)
		mantissa, exponent, _ := strings.Cut(text, "e")
		sign := exponent[:1]
		return mantissa + "e" + sign + strings.TrimLeft(exponent[1:], "0")
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// branch judges a page of which the branch that joins too early is taken, or is not.
func branch(found []*checks.Finding, page string, taken bool) judgement {
	refuted, unproven := false, false
	for _, f := range found {
		if f.At.File == nil || f.At.File.Path != page {
			continue
		}
		switch f.Rule.ID {
		case "join-after-enable", "authorize-before-enable":
			refuted = true
		case "join-unproven", "authorize-unproven":
			unproven = true
		}
	}
	switch {
	case refuted == taken && !(unproven && !taken):
		return right
	case refuted:
		return falseError
	case unproven:
		return open
	}
	return falseComfort
}
