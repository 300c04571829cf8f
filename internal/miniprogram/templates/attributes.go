package templates

// What the attributes of an element say: events and their handlers, directives, data sets.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
)

// HandlerOf fills in what a binding's value names.
func HandlerOf(b *miniprogram.Binding, value string, wxs map[string][]string) {
	value = strings.TrimSpace(value)
	if !strings.Contains(value, "{{") {
		b.Handler = value
		return
	}
	name := strings.TrimSpace(Unbrace(value))
	if module, function, ok := strings.Cut(name, "."); ok && scan.IsIdentifier(function) {
		if _, known := wxs[module]; known {
			b.Handler, b.Wxs = name, true
			return
		}
	}
	b.Dynamic = true
}

// Unbrace takes {{ and }} off a value.
func Unbrace(value string) string {
	value = strings.TrimSpace(value)
	if inner, ok := strings.CutPrefix(value, "{{"); ok {
		if inner, ok = strings.CutSuffix(inner, "}}"); ok {
			return inner
		}
	}
	return value
}

// eventPrefixes are the ways to bind an event, longest first.
var eventPrefixes = []string{"capture-catch:", "capture-bind:", "mut-bind:", "catch:", "bind:", "mut-bind", "catch", "bind"}

// EventOf returns the event that an attribute binds. Source: developers.weixin.qq.com/miniprogram/dev,
// framework/view/wxml/event.html.
func EventOf(attr string) (string, bool) {
	for _, prefix := range eventPrefixes {
		if event, ok := strings.CutPrefix(attr, prefix); ok {
			return event, event != "" && event[0] != '-' && event != "ing" && event != "ings"
		}
	}
	return "", false
}

// IsDirective tells of attributes that are no property of a component.
func IsDirective(name string) bool {
	switch name {
	case "class", "style", "id", "slot", "hidden":
		return true
	}
	for _, prefix := range []string{"wx:", "data-", "mark:", "generic:", "change:", "worklet:"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// DataOf are an element's literal data-* attributes by the key they have in dataset.
func DataOf(e *wxml.Element) map[string]string {
	out := map[string]string{}
	for i := range e.Attrs {
		a := &e.Attrs[i]
		if name, ok := strings.CutPrefix(a.Name, "data-"); ok && !strings.Contains(a.Value, "{{") {
			out[Camel(strings.ToLower(name))] = a.Value
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// Camel turns user-id into userId.
func Camel(name string) string {
	head, rest, found := strings.Cut(name, "-")
	if !found {
		return name
	}
	out := []string{head}
	for found {
		head, rest, found = strings.Cut(rest, "-")
		if head != "" {
			head = strings.ToUpper(head[:1]) + head[1:]
		}
		out = append(out, head)
	}
	return strings.Join(out, "")
}
