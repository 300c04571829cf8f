package slice

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// held is what a register may hold.
type held struct {
	// names lead to it.
	names []string
	// funcs are the functions that are made there.
	funcs []*ir.Func
	// param tells that it is an argument of the function.
	param bool
	// element tells that it may be an element, which may have anything in it.
	element bool
	// prefix is what it begins with, as a text.
	prefix string
	// this tells that it is the function's this, platform that it is the platform's object or one within it.
	this, platform bool
	// global tells that it is a global.
	global bool
	// computed tells that it is an object with something under a name that is computed.
	computed *bool
	// tuple is the name of what goes with it: const [state, setState] = useState().
	tuple string
	text  string
}

func (h *held) join(o held) {
	for _, name := range o.names {
		if len(h.names) < mostNames && !slices.Contains(h.names, name) {
			h.names = append(h.names, name)
		}
	}
	for _, f := range o.funcs {
		if !slices.Contains(h.funcs, f) {
			h.funcs = append(h.funcs, f)
		}
	}
	h.param, h.element = h.param || o.param, h.element || o.element
	h.this, h.platform, h.global = h.this || o.this, h.platform || o.platform, h.global || o.global
	if h.computed == nil {
		h.computed = o.computed
	}
	if h.tuple == "" {
		h.tuple = o.tuple
	}
	if h.prefix == "" {
		h.prefix = o.prefix
	}
	if h.text == "" {
		h.text = o.text
	}
}

// mostNames bounds the names of one register: of what has more no name is known to lead to it.
const mostNames = 24
