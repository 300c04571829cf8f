package wxml

// The elements that are no components.

import "strings"

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

// IsBuiltin reports whether an element is the platform's own.
func IsBuiltin(name string) bool { return builtins[name] }

// IsHTML tells of the elements of HTML that frameworks turn into the platform's.
func IsHTML(name string) bool {
	switch name {
	case "a", "article", "aside", "b", "br", "div", "em", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
		"img", "li", "main", "nav", "ol", "p", "section", "small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr",
		"u", "ul", "component", "keep-alive", "transition", "template", "slot", "block", "select", "option", "pre", "code",
		"iframe", "svg", "details", "summary", "dl", "dt", "dd", "router-view", "suspense", "teleport":
		return true
	}
	return false
}
