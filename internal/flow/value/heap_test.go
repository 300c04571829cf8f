package value

import (
	"fmt"
	"testing"
)

func TestHeap(t *testing.T) {
	a := &Owner{}
	var h Heap
	for id := ID(1); id < 3000; id += 7 {
		h.Put(a, id, &Obj{Elems: []Value{Num(float64(id))}})
	}
	other := h
	b, c := &Owner{}, &Owner{}
	other.Edit(b, 8).Elems[0] = Text("eight")
	other.Put(b, 5000, &Obj{})
	h.Edit(c, 15).Define(Prop{Key: Named("x"), Value: True})
	if got := h.Get(8).Elems[0]; !Same(got, Num(8)) {
		t.Errorf("a copy's change is seen: %v", got)
	}
	if h.Get(5000) != nil || h.Get(9) != nil || other.Get(5000) == nil || other.Get(2997) == nil {
		t.Error("the wrong objects are there")
	}
	var got []string
	Diff(&h, &other, func(id ID, x, y *Obj) bool {
		got = append(got, fmt.Sprint(id, x != nil, y != nil))
		return true
	})
	if want := "[8 true true 15 true true 5000 false true]"; fmt.Sprint(got) != want {
		t.Errorf("the heaps differ in %v, not in %s", got, want)
	}
	if o := h.Edit(c, 15); o.Props.Get(Named("x")) == nil || other.Get(15).Props.Len() != 0 {
		t.Error("an object is not edited in place, or in both heaps")
	}
}

func TestProps(t *testing.T) {
	var p Props
	for i := range 20 {
		p.put(Prop{Key: Named(fmt.Sprint(i)), Value: Num(float64(i))})
	}
	p.remove(Named("3"))
	p.put(Prop{Key: Named("4"), Value: True})
	q := p.clone()
	q.put(Prop{Key: Named("new"), Value: Nil})
	if p.Len() != 19 || q.Len() != 20 || p.Get(Named("3")) != nil || p.Get(Named("4")).Value != True || p.Get(Named("19")).Value != Num(19) || p.Get(Named("new")) != nil {
		t.Errorf("%v %v", p.All(), q.All())
	}
}
