package miniprogram

// What the attributes of an element say: events and their handlers, directives, data sets.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
)

// handlerOf fills in what a binding's value names.
func handlerOf(b *Binding, value string, wxs map[string][]string) {
	value = strings.TrimSpace(value)
	if !strings.Contains(value, "{{") {
		b.Handler = value
		return
	}
	name := strings.TrimSpace(unbrace(value))
	if module, function, ok := strings.Cut(name, "."); ok && isIdentifier(function) {
		if _, known := wxs[module]; known {
			b.Handler, b.Wxs = name, true
			return
		}
	}
	b.Dynamic = true
}

func isIdentifier(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isWordByte(s[i]) || i == 0 && '0' <= s[i] && s[i] <= '9' {
			return false
		}
	}
	return s != ""
}

// unbrace takes {{ and }} off a value.
func unbrace(value string) string {
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

// eventOf returns the event that an attribute binds. Source: developers.weixin.qq.com/miniprogram/dev,
// framework/view/wxml/event.html.
func eventOf(attr string) (string, bool) {
	for _, prefix := range eventPrefixes {
		if event, ok := strings.CutPrefix(attr, prefix); ok {
			return event, event != "" && event[0] != '-' && event != "ing" && event != "ings"
		}
	}
	return "", false
}

// isDirective tells of attributes that are no property of a component.
func isDirective(name string) bool {
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

// dataOf are an element's literal data-* attributes by the key they have in dataset.
func dataOf(e *wxml.Element) map[string]string {
	out := map[string]string{}
	for i := range e.Attrs {
		a := &e.Attrs[i]
		if name, ok := strings.CutPrefix(a.Name, "data-"); ok && !strings.Contains(a.Value, "{{") {
			out[camel(strings.ToLower(name))] = a.Value
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// camel turns user-id into userId.
func camel(name string) string {
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

// builtins are the platform's own elements. Source: developers.weixin.qq.com/miniprogram/dev, component/.
var builtins = func() map[string]bool {
	out := map[string]bool{}
	for _, name := range strings.Fields(`view text block slot template import include wxs image icon button input textarea form label
		picker picker-view picker-view-column radio radio-group checkbox checkbox-group slider switch progress rich-text editor
		editor-portal scroll-view swiper swiper-item movable-area movable-view cover-view cover-image match-media page-container
		share-element root-portal keyboard-accessory navigator functional-page-navigator camera live-player live-pusher
		video audio voip-room channel-live channel-video map canvas open-data official-account open-container ad ad-custom web-view
		page-meta navigation-bar aria-component grid-view list-view sticky-header sticky-section snapshot span selection
		grid-builder list-builder nested-scroll-body nested-scroll-header draggable-sheet native-component xr-scene
		double-tap-gesture-handler force-press-gesture-handler horizontal-drag-gesture-handler long-press-gesture-handler
		pan-gesture-handler scale-gesture-handler tap-gesture-handler vertical-drag-gesture-handler store-product store-home
		store-coupon store-gift official-account-publish page wx-button`) {
		out[name] = true
	}
	return out
}()

func isBuiltin(name string) bool { return builtins[name] }
