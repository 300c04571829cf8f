package flow

import (
	"slices"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// The methods of arrays. Callbacks are called for the elements that are known, and of an array that is
// not wholly known once more for one that is not.
func init() {
	each := func(m *machine, this value, args []value, fr *frame, visit func(i int, r value) bool) {
		f, self := arg(args, 0), arg(args, 1)
		list := slices.Clone(this.obj.elems)
		for i, v := range list {
			if !visit(i, m.call(f, self, []value{v, number(float64(i)), this}, fr)) {
				return
			}
		}
		if this.obj.isOpen {
			m.weakly(func() value { return m.call(f, self, []value{m.unknown(nil), m.unknown(nil), this}, fr) })
		}
	}
	arrayMethods = map[string]nativeFunc{
		"forEach": func(m *machine, this value, args []value, fr *frame) value {
			each(m, this, args, fr, func(int, value) bool { return true })
			return undefined
		},
		"map": func(m *machine, this value, args []value, fr *frame) value {
			out := make([]value, 0, len(this.obj.elems))
			each(m, this, args, fr, func(_ int, r value) bool { out = append(out, r); return true })
			v := m.array(out)
			v.obj.openLike(this.obj)
			return v
		},
		"flatMap": func(m *machine, this value, args []value, fr *frame) value {
			var out []value
			each(m, this, args, fr, func(_ int, r value) bool {
				if r.kind == kObject && r.obj.class == cArray {
					out = append(out, r.obj.elems...)
				} else {
					out = append(out, r)
				}
				return true
			})
			return m.array(out)
		},
		"filter": func(m *machine, this value, args []value, fr *frame) value {
			var out []value
			open := this.obj.isOpen
			list := slices.Clone(this.obj.elems)
			each(m, this, args, fr, func(i int, r value) bool {
				switch m.decideIn(r) {
				case triYes:
					out = append(out, list[i])
				case triBoth:
					open = true
				}
				return true
			})
			v := m.array(out)
			v.obj.openLike(this.obj)
			v.obj.isOpen = v.obj.isOpen || open
			return v
		},
		"find":          finder(func(_ int, v value) value { return v }, undefined, false),
		"findLast":      finder(func(_ int, v value) value { return v }, undefined, true),
		"findIndex":     finder(func(i int, _ value) value { return number(float64(i)) }, number(-1), false),
		"findLastIndex": finder(func(i int, _ value) value { return number(float64(i)) }, number(-1), true),
		"some":          finder(func(int, value) value { return yes }, no, false),
		"every": func(m *machine, this value, args []value, fr *frame) value {
			out := yes
			each(m, this, args, fr, func(_ int, r value) bool {
				switch m.decideIn(r) {
				case triNo:
					out = no
					return false
				case triBoth:
					out = m.unknown(nil)
				}
				return true
			})
			if this.obj.isOpen && out.kind == kBool && out.bool {
				return m.unknown(nil)
			}
			return out
		},
		"reduce":      func(m *machine, this value, args []value, fr *frame) value { return m.reduce(this, args, fr, false) },
		"reduceRight": func(m *machine, this value, args []value, fr *frame) value { return m.reduce(this, args, fr, true) },
		"push": func(m *machine, this value, args []value, fr *frame) value {
			m.keep(this.obj)
			if m.weak != 0 && this.obj.seq < m.weak {
				this.obj.isOpen = true
			}
			m.store(this.obj, fr, args...)
			m.altered(this.obj, putIn, fr, args...)
			if len(this.obj.elems)+len(args) <= m.most(boundElements) {
				this.obj.elems = append(this.obj.elems, args...)
			} else {
				m.openUp(this.obj, boundElements)
			}
			return number(float64(len(this.obj.elems)))
		},
		"unshift": func(m *machine, this value, args []value, fr *frame) value {
			m.keep(this.obj)
			if m.weak != 0 && this.obj.seq < m.weak {
				this.obj.isOpen = true
			}
			m.store(this.obj, fr, args...)
			m.altered(this.obj, putIn, fr, args...)
			this.obj.elems = append(slices.Clone(args), this.obj.elems...)
			return number(float64(len(this.obj.elems)))
		},
		"pop": func(m *machine, this value, _ []value, fr *frame) value {
			n := len(this.obj.elems)
			if n == 0 {
				return m.missing(this.obj)
			}
			m.keep(this.obj)
			m.altered(this.obj, takenOut, fr, yes)
			v := this.obj.elems[n-1]
			this.obj.elems = this.obj.elems[:n-1]
			return v
		},
		"shift": func(m *machine, this value, _ []value, fr *frame) value {
			if len(this.obj.elems) == 0 {
				return m.missing(this.obj)
			}
			m.keep(this.obj)
			m.altered(this.obj, takenOut, fr, yes)
			v := this.obj.elems[0]
			this.obj.elems = this.obj.elems[1:]
			return v
		},
		"concat": func(m *machine, this value, args []value, _ *frame) value {
			out := slices.Clone(this.obj.elems)
			open := this.obj.isOpen
			for _, a := range args {
				if a = m.known(a); a.kind == kObject && a.obj.class == cArray {
					out = append(out, a.obj.elems...)
					open = open || a.obj.isOpen
				} else {
					out = append(out, a)
				}
			}
			m.work(len(out))
			v := m.array(out)
			v.obj.isOpen = v.obj.isOpen || open
			return v
		},
		"slice": func(m *machine, this value, args []value, _ *frame) value {
			n := len(this.obj.elems)
			from, to := clampIndex(arg(args, 0), 0, n), clampIndex(arg(args, 1), n, n)
			if from > to {
				from = to
			}
			v := m.array(this.obj.elems[from:to])
			v.obj.openLike(this.obj)
			return v
		},
		"splice": func(m *machine, this value, args []value, fr *frame) value {
			m.keep(this.obj)
			m.altered(this.obj, takenOut, fr, yes)
			m.altered(this.obj, putIn, fr, args[min(2, len(args)):]...)
			n := len(this.obj.elems)
			from := clampIndex(arg(args, 0), 0, n)
			count := n - from
			switch c, ok := m.numberAt(args, 1, 0); {
			case len(args) == 0:
				count = 0
			case len(args) > 1 && ok:
				count = ecma.Clamp(c, count)
			}
			cut := slices.Clone(this.obj.elems[from : from+count])
			rest := slices.Clone(this.obj.elems[from+count:])
			this.obj.elems = append(this.obj.elems[:from:from], append(slices.Clone(args[min(2, len(args)):]), rest...)...)
			return m.array(cut)
		},
		"includes": func(m *machine, this value, args []value, _ *frame) value {
			return m.contains(this, args, true, func(int) value { return yes }, no)
		},
		"indexOf": func(m *machine, this value, args []value, _ *frame) value {
			return m.contains(this, args, false, func(i int) value { return number(float64(i)) }, number(-1))
		},
		"lastIndexOf": computes(func(m *machine, this value, args []value, _ *frame) value {
			for i := len(this.obj.elems) - 1; i >= 0 && len(args) < 2 && !this.obj.isOpen; i-- {
				switch eq := m.equals(this.obj.elems[i], m.known(arg(args, 0)), true); {
				case eq.kind == kSymbol:
					return m.unknown(causeOf(eq))
				case eq.constTruth():
					return number(float64(i))
				case i == 0:
					return number(-1)
				}
			}
			return m.unknown(nil)
		}),
		"copyWithin": func(m *machine, this value, args []value, _ *frame) value {
			m.keep(this.obj)
			n := len(this.obj.elems)
			from, to := clampIndex(arg(args, 1), 0, n), clampIndex(arg(args, 2), n, n)
			copy(this.obj.elems[clampIndex(arg(args, 0), 0, n):], slices.Clone(this.obj.elems[from:max(from, to)]))
			return this
		},
		"toString": func(m *machine, this value, _ []value, _ *frame) value { return m.joinElements(this.obj, ",") },
		"toSorted": copying("sort"), "toReversed": copying("reverse"),
		"toSpliced": func(m *machine, this value, args []value, fr *frame) value {
			v := m.copyOf(this)
			arrayMethods["splice"](m, v, args, fr)
			return v
		},
		"with": func(m *machine, this value, args []value, _ *frame) value {
			v := m.copyOf(this)
			if i, ok := m.numberAt(args, 0, 0); ok && len(v.obj.elems) > 0 {
				if i = ecma.ToInteger(i); i < 0 {
					i += float64(len(v.obj.elems))
				}
				if i >= 0 && int(i) < len(v.obj.elems) {
					v.obj.elems[int(i)] = arg(args, 1)
					return v
				}
			}
			return m.unknown(nil)
		},
		"join": func(m *machine, this value, args []value, _ *frame) value {
			sep := ","
			if s, ok := m.textAt(args, 0); ok && arg(args, 0).kind != kUndefined {
				sep = s
			}
			return m.joinElements(this.obj, sep)
		},
		"fill": func(m *machine, this value, args []value, _ *frame) value {
			m.keep(this.obj)
			n := len(this.obj.elems)
			for i := clampIndex(arg(args, 1), 0, n); i < clampIndex(arg(args, 2), n, n); i++ {
				m.setElement(this.obj, strconv.Itoa(i), arg(args, 0))
			}
			return this
		},
		"reverse": func(m *machine, this value, _ []value, _ *frame) value {
			m.keep(this.obj)
			slices.Reverse(this.obj.elems)
			return this
		},
		"sort": func(m *machine, this value, args []value, fr *frame) value {
			m.sort(this.obj, arg(args, 0), fr)
			return this
		},
		"flat": func(m *machine, this value, args []value, _ *frame) value {
			depth, ok := m.numberAt(args, 0, 1)
			if !ok {
				depth = 1
			}
			v := m.array(nil)
			v.obj.isOpen = this.obj.isOpen || !ok
			m.flatten(v.obj, this.obj, ecma.Clamp(depth, m.most(boundCopied)))
			return v
		},
		"keys": func(m *machine, this value, _ []value, _ *frame) value {
			items, _ := m.keyList(this)
			return m.array(items)
		},
		"values": func(m *machine, this value, _ []value, _ *frame) value { return this },
		"entries": func(m *machine, this value, _ []value, _ *frame) value {
			var out []value
			for i, v := range this.obj.elems {
				out = append(out, m.array([]value{number(float64(i)), v}))
			}
			return m.array(out)
		},
		"at": func(m *machine, this value, args []value, _ *frame) value {
			n := float64(len(this.obj.elems))
			i, ok := m.numberAt(args, 0, 0)
			if i = ecma.ToInteger(i); i < 0 {
				i += n
			}
			switch {
			case !ok:
				return m.unknown(causeOf(arg(args, 0)))
			case i < 0 || i >= n:
				return m.missing(this.obj)
			}
			return this.obj.elems[int(i)]
		},
	}
}

func (m *machine) missing(o *object) value {
	if o.isOpen || m.outlives(o) {
		return m.unknown(nil)
	}
	return undefined
}

// decideIn decides a callback's answer; where ways are taken together it stays open.
func (m *machine) decideIn(v value) tri { return m.decide(v) }

// finder makes a method that looks for an element, from the end where last is set.
func finder(found func(int, value) value, none value, last bool) nativeFunc {
	return func(m *machine, this value, args []value, fr *frame) value {
		open := this.obj.isOpen
		list := slices.Clone(this.obj.elems)
		for n := range list {
			i := n
			if last {
				i = len(list) - 1 - n
			}
			v := list[i]
			switch m.decideIn(m.call(arg(args, 0), arg(args, 1), []value{v, number(float64(i)), this}, fr)) {
			case triYes:
				return found(i, v)
			case triBoth:
				open = true
			}
		}
		if open {
			return m.unknown(nil)
		}
		return none
	}
}

func (m *machine) reduce(this value, args []value, fr *frame, right bool) value {
	list := slices.Clone(this.obj.elems)
	if right {
		slices.Reverse(list)
	}
	acc := arg(args, 1)
	if len(args) < 2 {
		if len(list) == 0 && fr != nil && !this.obj.isOpen {
			return m.fails("TypeError")
		} else if len(list) == 0 {
			return m.unknown(nil)
		}
		acc, list = list[0], list[1:]
	}
	for i, v := range list {
		acc = m.call(arg(args, 0), undefined, []value{acc, v, number(float64(i)), this}, fr)
	}
	if this.obj.isOpen {
		acc = m.either(acc, m.call(arg(args, 0), undefined, []value{acc, m.unknown(nil), m.unknown(nil), this}, fr))
	}
	return acc
}

// contains looks for a value in an array, from a place on where there is a second argument. nans tells that NaN is found.
func (m *machine) contains(list value, args []value, nans bool, found func(int) value, none value) value {
	from := clampIndex(arg(args, 1), 0, len(list.obj.elems))
	return m.lift(arg(args, 0), func(v value) value {
		open := list.obj.isOpen
		for i, x := range list.obj.elems {
			if i < from {
				continue
			}
			eq := m.equals(x, v, true)
			if nans && isNumberless(x) && isNumberless(v) {
				eq = yes
			}
			if eq.kind == kSymbol {
				open = true
				continue
			}
			if eq.constTruth() {
				if open {
					return m.unknown(nil)
				}
				out := found(i)
				out.know = eq.know
				return out
			}
		}
		if open {
			if v.kind == kSymbol {
				return m.derive(v.sym, "in"+spanKey(list.obj.at))
			}
			if more := list.obj.in().more; more != nil {
				return m.among(more, v, found(len(list.obj.elems)), none)
			}
			return m.unknown(nil)
		}
		return none
	})
}

func clampIndex(v value, def, n int) int {
	f, ok := toNumber(v)
	if v.kind == kUndefined || !ok {
		return def
	}
	return ecma.Relative(f, n)
}
