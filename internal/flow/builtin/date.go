package builtin

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

const day = 86_400_000

// dates defines Date. Of the time of day only what is told in UTC is known: the clock and the time zone are input.
func (l *library) dates() {
	p := l.r.Date
	f := l.constructor("Date", 7, p, l.newDate)
	l.method(f, "now", 0, func(c *exec.Call) exec.Result { return done(l.input(c, "clock", "number")) })
	l.typed(f, "parse", 1, ".s", "number", func(c *exec.Call, a []value.Value) exec.Result { return done(l.parsed(c, a[1].Text())) })
	l.typed(f, "UTC", 7, ".nNNNNNN", "number", func(_ *exec.Call, a []value.Value) exec.Result {
		var parts [7]float64
		parts[2] = 1
		for n := range parts {
			if n+1 < len(a) && a[n+1].Kind() == value.Number {
				parts[n] = a[n+1].Num()
			}
		}
		return num(timeOf(parts))
	})
	l.dateFields(p)
	l.setters(p)
	of := func(name, gives string, run func(c *exec.Call, t float64) exec.Result) {
		l.method(p, name, 0, l.ofDate(name, gives, run))
	}
	of("getTime", "number", func(_ *exec.Call, t float64) exec.Result { return num(t) })
	of("valueOf", "number", func(_ *exec.Call, t float64) exec.Result { return num(t) })
	of("toISOString", "string", func(c *exec.Call, t float64) exec.Result {
		if math.IsNaN(t) {
			return c.Error("RangeError", "Invalid time value")
		}
		return text(iso(t))
	})
	of("toUTCString", "string", func(_ *exec.Call, t float64) exec.Result {
		if math.IsNaN(t) {
			return text("Invalid Date")
		}
		d := fieldsOf(t)
		return text(fmt.Sprintf("%s, %02d %s %04d %02d:%02d:%02d GMT", []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}[weekday(t)], int(d[2]),
			[]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}[int(d[1])], int(d[0]), int(d[3]), int(d[4]), int(d[5])))
	})
	for _, name := range []string{"toString", "toDateString", "toTimeString", "toLocaleString", "toLocaleDateString", "toLocaleTimeString"} {
		of(name, "string", func(c *exec.Call, t float64) exec.Result {
			if math.IsNaN(t) {
				return text("Invalid Date")
			}
			return derived(c, "time zone", "string")
		})
	}
	of("getTimezoneOffset", "number", func(c *exec.Call, t float64) exec.Result {
		if math.IsNaN(t) {
			return num(t)
		}
		return done(l.input(c, "time zone", "number"))
	})
}

// dateData is the time value of a date.
func dateData(c *exec.Call, v value.Value) (value.Value, bool) {
	if !v.IsObject() {
		return v, false
	}
	o := c.S.Obj(v.ID())
	t, ok := o.Data.(value.Value)
	return t, ok && o.Class == value.DateObject
}

// ofDate is a method of dates; open where the time is not known.
func (l *library) ofDate(name, gives string, run func(c *exec.Call, t float64) exec.Result) exec.Run {
	return func(c *exec.Call) exec.Result {
		t, ok := dateData(c, c.This)
		switch {
		case c.This.Kind() == value.Open:
			return derived(c, name, gives)
		case !ok:
			return c.Error("TypeError", "this is not a Date object.")
		case t.Kind() != value.Number:
			return exec.Done(c.M.Table.Derived("date", name, gives, t))
		}
		return run(c, t.Num())
	}
}

func (l *library) newDate(c *exec.Call) exec.Result {
	if !c.NewTarget.IsObject() {
		return done(l.input(c, "clock", "string"))
	}
	var t value.Value
	switch {
	case len(c.Args) == 0:
		t = l.input(c, "clock", "number")
	case len(c.Args) == 1:
		v := c.Args[0]
		if v.IsObject() {
			d, ok := dateData(c, v)
			if !ok {
				return exec.Calls(l.r.Helper("dateOf"), value.Undef, c.Func, v, c.NewTarget)
			}
			v = d
		}
		switch v.Kind() {
		case value.Open:
			t = c.M.Table.Derived("Date", "", "number", v)
		case value.String:
			t = l.parsed(c, v.Text())
		case value.Symbol, value.BigInt:
			return c.Error("TypeError", "Cannot convert a value to a number")
		default:
			t = value.Num(clip(exec.ToNumber(v)))
		}
	default:
		for _, v := range c.Args {
			if v.IsObject() {
				return l.coerces(c, ".n*")
			}
		}
		t = c.M.Table.Derived("time zone", "", "number", c.Args...)
		for _, v := range c.Args {
			if v.IsPrimitive() && v.Kind() != value.Symbol && v.Kind() != value.BigInt && !finite(exec.ToNumber(v)) {
				t = value.NaN
			}
		}
	}
	return done(c.M.Alloc(c.S, &value.Obj{Class: value.DateObject, Proto: c.M.ProtoOf(c.S, c.NewTarget, l.r.Date), Data: t}))
}

func finite(n float64) bool { return !math.IsNaN(n) && !math.IsInf(n, 0) }

// clip is TimeClip.
func clip(t float64) float64 {
	if !finite(t) || math.Abs(t) > 8.64e15 {
		return math.NaN()
	}
	return math.Trunc(t) + 0
}

// timeOf is the time of year, month, day, hours, minutes, seconds and milliseconds in UTC; years to 99 are of the 20th century.
func timeOf(d [7]float64) float64 {
	if y := math.Trunc(d[0]); y >= 0 && y <= 99 {
		d[0] = 1900 + y
	}
	return clip(makeTime(d))
}

func makeTime(d [7]float64) float64 {
	for n := range d {
		if !finite(d[n]) {
			return math.NaN()
		}
		d[n] = math.Trunc(d[n])
	}
	return daysOf(d[0]+math.Floor(d[1]/12), math.Mod(math.Mod(d[1], 12)+12, 12), d[2])*day + d[3]*3_600_000 + d[4]*60_000 + d[5]*1000 + d[6]
}

// daysOf is the days from 1970 to a date of the Gregorian calendar.
func daysOf(year, month, date float64) float64 {
	if month < 2 {
		year--
	}
	era := math.Floor(year / 400)
	of := year - era*400
	shifted := math.Mod(month+10, 12)
	doy := math.Floor((153*shifted+2)/5) + date - 1
	return era*146097 + of*365 + math.Floor(of/4) - math.Floor(of/100) + doy - 719468
}

// fieldsOf are year, month, day, hours, minutes, seconds and milliseconds in UTC.
func fieldsOf(t float64) [7]float64 {
	days := math.Floor(t / day)
	ms := t - days*day
	z := days + 719468
	era := math.Floor(z / 146097)
	doe := z - era*146097
	yoe := math.Floor((doe - math.Floor(doe/1460) + math.Floor(doe/36524) - math.Floor(doe/146096)) / 365)
	doy := doe - (365*yoe + math.Floor(yoe/4) - math.Floor(yoe/100))
	mp := math.Floor((5*doy + 2) / 153)
	date := doy - math.Floor((153*mp+2)/5) + 1
	month := math.Mod(mp+2, 12)
	year := yoe + era*400
	if month < 2 {
		year++
	}
	return [7]float64{year, month, date, math.Floor(ms / 3_600_000), math.Mod(math.Floor(ms/60_000), 60), math.Mod(math.Floor(ms/1000), 60), math.Mod(ms, 1000)}
}

func weekday(t float64) int { return int(math.Mod(math.Mod(math.Floor(t/day)+4, 7)+7, 7)) }

func iso(t float64) string {
	d := fieldsOf(t)
	year := fmt.Sprintf("%04d", int(d[0]))
	if d[0] < 0 || d[0] > 9999 {
		year = fmt.Sprintf("%+07d", int(d[0]))
	}
	return fmt.Sprintf("%s-%02d-%02dT%02d:%02d:%02d.%03dZ", year, int(d[1])+1, int(d[2]), int(d[3]), int(d[4]), int(d[5]), int(d[6]))
}

// parsed is the time that a text says; open where that depends on the time zone, or on who reads it.
func (l *library) parsed(c *exec.Call, s string) value.Value {
	if t, ok := parseISO(s); ok {
		return value.Num(t)
	}
	if !strings.ContainsAny(s, "0123456789") {
		return value.NaN
	}
	return c.M.Table.Derived("time zone", "", "number", value.OpenOf(c.M.Table.Term(nil, value.Term{Op: "input", Name: "time zone", Type: "number"})), value.Text(s))
}

// parseISO reads a date, or a date and time with its zone.
func parseISO(s string) (t float64, ok bool) {
	number := func(digits int) (n float64, ok bool) {
		if len(s) < digits {
			return 0, false
		}
		x, err := strconv.ParseUint(s[:digits], 10, 32)
		if err == nil {
			s = s[digits:]
		}
		return float64(x), err == nil
	}
	skip := func(c byte) bool {
		if s != "" && s[0] == c {
			s = s[1:]
			return true
		}
		return false
	}
	d := [7]float64{2: 1}
	sign := 1.0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
		if d[0], ok = number(6); !ok {
			return 0, false
		}
		d[0] *= sign
	} else if d[0], ok = number(4); !ok {
		return 0, false
	}
	if skip('-') {
		m, ok := number(2)
		if !ok || m < 1 || m > 12 {
			return math.NaN(), ok
		}
		d[1] = m - 1
		if skip('-') {
			if d[2], ok = number(2); !ok {
				return 0, false
			}
			if d[2] < 1 || d[2] > 31 {
				return math.NaN(), true
			}
		}
	}
	if s == "" {
		return clip(makeTime(d)), true
	}
	if !skip('T') {
		return 0, false
	}
	if d[3], ok = number(2); !ok || !skip(':') {
		return 0, false
	}
	if d[4], ok = number(2); !ok {
		return 0, false
	}
	if skip(':') {
		if d[5], ok = number(2); !ok {
			return 0, false
		}
		if skip('.') {
			n := 0
			for n < len(s) && s[n] >= '0' && s[n] <= '9' {
				n++
			}
			if n == 0 {
				return 0, false
			}
			d[6], _ = strconv.ParseFloat((s[:n] + "000")[:3], 64)
			s = s[n:]
		}
	}
	if d[3] > 24 || d[4] > 59 || d[5] > 59 || d[3] == 24 && d[4]+d[5]+d[6] > 0 {
		return math.NaN(), true
	}
	if skip('Z') {
		return clip(makeTime(d)), s == ""
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	if sign = 1; s[0] == '-' {
		sign = -1
	}
	s = s[1:]
	h, ok := number(2)
	if !ok {
		return 0, false
	}
	skip(':')
	m, ok := number(2)
	return clip(makeTime(d) - sign*(h*60+m)*60_000), ok && s == ""
}

// dateFields defines the getters: of local time they depend on the time zone.
func (l *library) dateFields(p value.Value) {
	for n, name := range []string{"FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds", "Day"} {
		field := func(_ *exec.Call, t float64) exec.Result {
			switch {
			case math.IsNaN(t):
				return num(t)
			case n == 7:
				return num(float64(weekday(t)))
			}
			return num(fieldsOf(t)[n])
		}
		l.method(p, "getUTC"+name, 0, l.ofDate("getUTC"+name, "number", field))
		l.method(p, "get"+name, 0, l.ofDate("get"+name, "number", func(c *exec.Call, t float64) exec.Result {
			if math.IsNaN(t) || n == 6 {
				return field(c, t)
			}
			return exec.Done(c.M.Table.Derived("time zone", name, "number", value.OpenOf(c.M.Table.Term(nil, value.Term{Op: "input", Name: "time zone", Type: "number"})), value.Num(t)))
		}))
	}
}

// setters defines those of UTC, and of local time, after which the time is not known.
func (l *library) setters(p value.Value) {
	set := func(c *exec.Call, t value.Value) exec.Result {
		c.S.Edit(c.This.ID()).Data = t
		return done(t)
	}
	l.method(p, "setTime", 1, func(c *exec.Call) exec.Result {
		if _, ok := dateData(c, c.This); !ok {
			return c.Error("TypeError", "this is not a Date object.")
		}
		if c.Arg(0).IsObject() {
			return l.coerces(c, ".n")
		}
		v, class, why := convert(c.Arg(0), 'n', "setTime")
		if class != "" {
			return c.Error(class, why)
		}
		if v.Kind() == value.Number {
			v = value.Num(clip(v.Num()))
		}
		return set(c, v)
	})
	for n, k := range []struct {
		name string
		most int
	}{{"FullYear", 3}, {"Month", 2}, {"Date", 1}, {"Hours", 4}, {"Minutes", 3}, {"Seconds", 2}, {"Milliseconds", 1}} {
		change := func(utc bool) exec.Run {
			return func(c *exec.Call) exec.Result {
				t, ok := dateData(c, c.This)
				if !ok {
					return c.Error("TypeError", "this is not a Date object.")
				}
				for _, v := range c.Args {
					if v.IsObject() {
						return l.coerces(c, ".n*")
					}
				}
				if !utc || t.Kind() != value.Number || anyOpen(c.Args...) {
					return set(c, c.M.Table.Derived("time zone", k.name, "number", append([]value.Value{t}, c.Args...)...))
				}
				d := fieldsOf(t.Num())
				if math.IsNaN(t.Num()) {
					if n != 0 {
						return num(math.NaN())
					}
					d = fieldsOf(0)
				}
				for i := range max(1, min(k.most, len(c.Args))) {
					d[n+i] = exec.ToNumber(c.Arg(i))
				}
				return set(c, value.Num(clip(makeTime(d))))
			}
		}
		l.method(p, "setUTC"+k.name, k.most, change(true))
		l.method(p, "set"+k.name, k.most, change(false))
	}
	l.typed(p, "getYear", 0, ".", "number", func(c *exec.Call, _ []value.Value) exec.Result { return derived(c, "getYear", "number") })
}
