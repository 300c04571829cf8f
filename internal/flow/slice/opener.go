package slice

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// Opening pages. What holds when a page is opened matters if the page has code that matters, and if nothing else opens it with nothing.

// Page is a page that begins with what holds where it is opened.
type Page struct {
	// Modules are those of its own code, and of the components on it.
	Modules []*ir.Module
}

// Pages is what is known of pages.
type Pages struct {
	// Openers are the names of the functions that open one.
	Openers []string
	// All are the pages that begin with what holds where they are opened.
	All []*Page
	// At are those of them that a text may stand for, and whether it stands for pages at all.
	At func(text string) (at []*Page, known bool)
}

// opens reports whether a function of a name opens pages.
func (s *Slice) opens(name string) bool { return slices.Contains(s.o.Pages.Openers, name) }

// opensMatter reports whether a function opens a page of which it matters what holds then.
func (s *Slice) opensMatter(x *facts) bool {
	if x.opens == 0 {
		return false
	}
	known := 0
	for _, url := range x.urls {
		at, ok := s.o.Pages.At(url)
		if ok {
			known++
		}
		if slices.ContainsFunc(at, s.pageMatters) {
			return true
		}
	}
	return known < x.opens && slices.ContainsFunc(s.o.Pages.All, s.pageMatters)
}

// pageMatters reports whether a page has code that matters.
func (s *Slice) pageMatters(p *Page) bool {
	return slices.ContainsFunc(p.Modules, func(m *ir.Module) bool {
		return slices.ContainsFunc(m.Funcs, func(f *ir.Func) bool { return f.Outer != nil && s.matters[f] })
	})
}

// handOn lets all matter that names a function which opens pages, if one is taken without being called at once.
func (s *Slice) handOn() {
	for _, x := range s.funcs {
		if x.mentioned > x.opens {
			for _, name := range s.o.Pages.Openers {
				s.called[name] = true
			}
			return
		}
	}
}
