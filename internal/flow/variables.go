package flow

import (
	"iter"
	"slices"
)

// The variables of a scope. There are about as many scopes as calls on all ways, and most hold a few variables: a list
// that is searched from one end to the other costs less than a table, in time and in room.

// mostListed is how many variables a scope holds in a list.
const mostListed = 8

// variables are the variables of a scope by their names.
type variables struct {
	few  []variable
	many map[string]*cell // all of them, where they are more
}

type variable struct {
	name string
	cell *cell
}

// get returns a variable's place, nil where there is none of that name.
func (v *variables) get(name string) *cell {
	if v.many != nil {
		return v.many[name]
	}
	for i := range v.few {
		if v.few[i].name == name {
			return v.few[i].cell
		}
	}
	return nil
}

// put adds a variable, or gives it another place.
func (v *variables) put(name string, c *cell) {
	if v.many != nil {
		v.many[name] = c
		return
	}
	for i := range v.few {
		if v.few[i].name == name {
			v.few[i].cell = c
			return
		}
	}
	if len(v.few) < mostListed {
		v.few = append(v.few, variable{name, c})
		return
	}
	v.many = make(map[string]*cell, 2*mostListed)
	for _, one := range v.few {
		v.many[one.name] = one.cell
	}
	v.many[name], v.few = c, nil
}

// all goes through the variables, in no order.
func (v *variables) all() iter.Seq2[string, *cell] {
	return func(yield func(string, *cell) bool) {
		for name, c := range v.many {
			if !yield(name, c) {
				return
			}
		}
		for _, one := range v.few {
			if !yield(one.name, one.cell) {
				return
			}
		}
	}
}

// names lists their names in order.
func (v *variables) names() []string {
	var out []string
	for name := range v.all() {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
