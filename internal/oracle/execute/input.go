package execute

// What comes from outside: queries, answers of servers, what a user types. It is made of what the program compares
// it with, and of being there or not.

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/grafana/sobek"
)

// input is an object from outside; its fields are decided when they are first read.
type input struct {
	r      *run
	name   string
	fields map[string]sobek.Value
	order  []string
}

func (i *input) Get(key string) sobek.Value {
	if v, ok := i.fields[key]; ok {
		return v
	}
	switch key {
	case "then", "toJSON", "constructor", "toString", "valueOf", "hasOwnProperty":
		return nil
	}
	v := i.r.field(i.name+"."+key, key)
	i.Set(key, v)
	return v
}

func (i *input) Set(key string, v sobek.Value) bool {
	if i.fields == nil {
		i.fields = map[string]sobek.Value{}
	}
	if _, ok := i.fields[key]; !ok {
		i.order = append(i.order, key)
	}
	i.fields[key] = v
	return true
}

func (i *input) Has(key string) bool {
	v := i.Get(key)
	return v != nil && !sobek.IsUndefined(v)
}
func (i *input) Delete(key string) bool { return i.Set(key, sobek.Undefined()) }
func (i *input) Keys() []string         { return append([]string(nil), i.order...) }

func (r *run) anything(name string) sobek.Value {
	return r.rt.NewDynamicObject(&input{r: r, name: name})
}

// body is the answer of a server.
func (r *run) body() sobek.Value {
	if r.program.shape("data") == "list" {
		return r.rt.NewArray(r.anything("data[0]"))
	}
	return r.anything("data")
}

// shape is how a program uses a field of that name.
func (p *Program) shape(key string) string {
	if s, ok := p.shapes[key]; ok {
		return s
	}
	q := regexp.QuoteMeta(key)
	s := "value"
	switch {
	case regexp.MustCompile(`\b` + q + `\??\.(map|forEach|every|some|filter|find|findIndex|reduce|push)\b`).MatchString(p.text):
		s = "list"
	case regexp.MustCompile(`(\bof\s+[\w.]*\b` + q + `\b)`).MatchString(p.text):
		s = "list"
	case regexp.MustCompile(`\.`+q+`\??\.\w`).MatchString(p.text) && !regexp.MustCompile(`\.`+q+`\??\.(length|trim|slice|split|includes|indexOf|startsWith|toString)\b`).MatchString(p.text):
		s = "object"
	}
	p.shapes[key] = s
	return s
}

// field decides a field of something that comes from outside.
func (r *run) field(path, key string) sobek.Value {
	switch r.program.shape(key) {
	case "list":
		return r.rt.NewArray(r.anything(path + "[0]"))
	case "object":
		return r.anything(path)
	}
	values := r.program.literals(key)
	all := append([]any{}, values...)
	if len(values) == 0 || !onlyBooleans(values) {
		all = append(all, "some "+key)
	}
	options := make([]option, 0, len(all)+1)
	for n, v := range all {
		options = append(options, option{what: fmt.Sprint(v), cost: min(n, 1)})
	}
	options = append(options, option{what: "missing", cost: 1})
	n := r.pick(path, options...)
	switch {
	case n == len(all):
		return sobek.Undefined()
	case all[n] == nil:
		return sobek.Null()
	}
	return r.rt.ToValue(all[n])
}

func onlyBooleans(values []any) bool {
	for _, v := range values {
		if _, isBool := v.(bool); !isBool {
			return false
		}
	}
	return true
}

// detail is what an event of an element carries.
func (r *run) detail(event, tag string) sobek.Value {
	if event == "change" && (tag == "switch" || tag == "checkbox") {
		return r.object("value", r.pick(tag, option{what: "on"}, option{what: "off", cost: 1}) == 0)
	}
	switch event {
	case "tap", "longpress", "longtap", "touchstart", "touchend", "touchmove":
		return r.object("x", 1, "y", 1)
	case "input", "change", "blur", "focus", "confirm":
		return r.anything("detail")
	case "opensetting":
		all := r.settings(true)
		options := make([]option, len(all))
		for i := range all {
			options[i] = all[i].option
		}
		options[0].cost = 0
		o := all[r.pick("settings", options...)]
		result := r.object("errMsg", "openSetting:ok")
		if o.effect != nil {
			o.effect()
		}
		if o.fields != nil {
			o.fields(result)
		}
		return result
	}
	return r.anything("detail")
}

// stub is an object of the platform that does nothing.
type stub struct {
	r    *run
	name string
	set  map[string]sobek.Value
}

func (s *stub) Get(key string) sobek.Value {
	if v, ok := s.set[key]; ok {
		return v
	}
	switch key {
	case "then", "toJSON", "constructor", "toString", "valueOf":
		return nil
	}
	var v sobek.Value
	switch {
	case s.name == "cloud" && key == "callFunction":
		v = s.r.rt.ToValue(func(call sobek.FunctionCall) sobek.Value {
			q, v := s.r.ask("cloud.callFunction", call, always(
				outcome{option: option{what: "succeeds"}, ok: true, fields: func(o *sobek.Object) { s.r.set(o, "result", s.r.anything("result")) }},
				failure("fails")))
			s.r.asked = append(s.r.asked, q)
			return v
		})
	case strings.HasPrefix(key, "USER_"):
		v = s.r.rt.ToValue("wxfile://usr")
	default:
		v = s.r.rt.ToValue(func(sobek.FunctionCall) sobek.Value {
			return s.r.rt.NewDynamicObject(&stub{r: s.r, set: map[string]sobek.Value{}})
		})
	}
	s.set[key] = v
	return v
}

func (s *stub) Set(key string, v sobek.Value) bool {
	s.set[key] = v
	return true
}
func (s *stub) Has(string) bool        { return true }
func (s *stub) Delete(key string) bool { delete(s.set, key); return true }
func (s *stub) Keys() []string         { return nil }
