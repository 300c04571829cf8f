package flow

import "github.com/voipcheck/voipcheck/internal/source"

// The pages that are open, as getCurrentPages hands them out. Which page is meant is not followed: what one keeps may have
// been written where something is granted.

// pagePart is what of the stack of pages an unknown value is.
type pagePart uint8

const (
	noPage pagePart = iota
	pageStack
	onePage
)

// platformFields are what the platform itself puts on a page: they tell nothing of what the page has done.
var platformFields = map[string]bool{"route": true, "options": true, "is": true, "setData": true, "selectComponent": true, "getOpenerEventChannel": true}

// stackMethods are the methods of the stack of pages, by what they return.
var stackMethods = map[string]pagePart{
	"pop": onePage, "at": onePage, "shift": onePage, "find": onePage, "findLast": onePage, "slice": pageStack, "filter": pageStack, "reverse": pageStack, "concat": pageStack,
}

// currentPages is getCurrentPages.
func currentPages(m *machine, _ value, _ []value, _ *frame) value { return m.openPages(pageStack) }

func (m *machine) openPages(part pagePart) value {
	v := m.unknown(nil)
	v.sym.pages = part
	return v
}

// openPage is what is read of the stack of pages, or of one of them; out is what it would be of any unknown value.
func (m *machine) openPage(of *symbol, name string, at source.Span, out value) value {
	switch {
	case of.pages == pageStack && name == "length", of.pages == onePage && platformFields[name]:
	case of.pages == pageStack:
		if part := stackMethods[name]; part != noPage {
			return m.native(name, func(m *machine, _ value, _ []value, _ *frame) value { return m.openPages(part) })
		}
		out.sym.pages = onePage
	case out.sym.cause == nil:
		out.sym.cause = &unfollowed{name: "getCurrentPages", at: at, stored: true}
	}
	return out
}
