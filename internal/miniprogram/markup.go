package miniprogram

// What the templates of pages and components say.

import "github.com/voipcheck/voipcheck/internal/source"

// Template is a page's or component's markup.
type Template struct {
	File *source.File
	// Bindings are the event bindings, of included files and imported templates too.
	Bindings []Binding
	// Navigations are the <navigator> targets.
	Navigations []Navigation
	// Models are the names that two-way bindings write (model:value="{{name}}", v-model="name").
	Models []string
	// Tags are the custom component tags in use.
	Tags []string
	// OpenSetting tells that a button leads to the settings (open-type="openSetting").
	OpenSetting bool
	// Attributes are what is handed to custom components' properties.
	Attributes []Attribute
	// Uses are the places where custom components are used.
	Uses []Use
	// Unread tells that a part of the markup (an include that is missing or
	// dynamic, a syntax error) could not be read, so bindings may be incomplete.
	Unread bool
	// Broken are the syntax errors, the first of each file.
	Broken []Broken
}

// Broken is a template or a unit's configuration that the platform cannot parse: Why and where.
type Broken struct {
	// Project tells that it is the project's configuration, and no page's.
	Project bool
	At      source.Span
	Why     string
}

// Binding is an event bound in a template.
type Binding struct {
	// Event is the event's name without prefix: "tap" for bindtap, bind:tap, catchtap, @tap.
	Event string
	// Handler is the method's name: "onTap", or a wxs function "m.onTap". Empty when Inline or Dynamic.
	Handler string
	// Dynamic tells that the name is computed ({{...}}).
	Dynamic bool
	// Wxs tells that the handler is a function of a wxs module.
	Wxs bool
	// Inline is the code of an inline handler (Vue: @tap="call(user)"); its offsets are those of the
	// template's file. Empty for a plain method name.
	Inline *Script
	// Callee is the method that an inline handler calls and nothing else: bindtap="call(1, $event)".
	Callee string
	// Tag is the element; Component is its unit when it is a custom component of the project, and
	// Custom is true for every custom component, also one that is not in the project.
	Tag       string
	Custom    bool
	Component *Unit
	// Attr is the place of the attribute's name, Value that of its value without quotes.
	Attr, Value source.Span
	// Data are the element's literal data-* attributes and mark:* are left out.
	Data map[string]string
	// Guards is what has to hold for the event to happen.
	Guards Guards
}

// Use is a place where a custom component is used; Component is nil when it is not in the project.
type Use struct {
	Component *Unit
	Guards    Guards
}

// Attribute is a property handed to a custom component.
type Attribute struct {
	Tag       string
	Component *Unit
	Name      string // camelCase
	Value     string // raw text
	Dynamic   bool   // contains {{ }} or is a Vue binding
	At        source.Span
	// Locals are names that the template itself gives a meaning at the element. Given tells that all names are: those of the values that a <template name> is
	// given.
	Locals []string
	Given  bool
}

// Navigation is a <navigator> or the like that leads to another page.
type Navigation struct {
	// Target is the page's path within the mini-program; "" when Dynamic.
	Target  string
	Dynamic bool
	At      source.Span
}

// Condition is an expression that decides whether an element is there or can be used.
type Condition struct {
	// Code is the expression; its offsets are those of the template's file.
	Code *Script
	// Not tells that the expression is false where the element is shown.
	Not bool
	// Exists tells that the element does not exist otherwise; else it is only hidden or does not react.
	Exists bool
}

// Guards is what has to hold where an element is used.
type Guards struct {
	// When are the conditions, all of which hold; none when the element is always there.
	When []Condition
	// Locals are names that the template itself gives a meaning at the element: of list items, slots, wxs modules.
	Locals []string
}
