package script

import (
	"reflect"
	"testing"
)

// TestWalk holds what Walk visits against what the fields of the nodes hold: every node, once, and
// the parts of a node in the order of the source.
func TestWalk(t *testing.T) {
	for _, name := range codeFiles(t) {
		p := parseFile(t, name)
		visited := map[Node]int{}
		WalkProgram(p, func(n Node) bool {
			visited[n]++
			return true
		})
		held := map[Node]bool{}
		for _, s := range p.Body {
			collect(reflect.ValueOf(s), held)
		}
		for n := range held {
			if visited[n] != 1 {
				t.Errorf("%s: %T %s visited %d times", name, n, excerpt(p, n.Range()), visited[n])
			}
		}
		for n := range visited {
			if !held[n] {
				t.Errorf("%s: %T %s visited but not held", name, n, excerpt(p, n.Range()))
			}
		}
		if d, _ := dialectOf(name); d == JavaScript {
			for n := range visited {
				inOrder(t, p, n)
			}
		}
	}
}

// inOrder checks that the parts of n come as they stand in the text, and inside n.
func inOrder(t *testing.T, p *Program, n Node) {
	last := n.Range().Start
	self := true
	Walk(n, func(m Node) bool {
		if self {
			self = false
			return true
		}
		at := m.Range()
		if _, ok := m.(*Func); ok && at.Start == n.Range().Start {
			return false // a method holds its key
		}
		if at.Start < last || at.End > n.Range().End {
			t.Errorf("%s: %T %s in %T %s is out of order", p.File.Path, m, excerpt(p, at), n, excerpt(p, n.Range()))
		}
		last = at.Start
		return false
	})
}

// collect adds the nodes that v holds.
func collect(v reflect.Value, nodes map[Node]bool) {
	switch v.Kind() {
	case reflect.Interface:
		collect(v.Elem(), nodes)
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		if n, ok := v.Interface().(Node); ok {
			nodes[n] = true
		}
		collect(v.Elem(), nodes)
	case reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), nodes)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			collect(v.Field(i), nodes)
		}
	}
}

// TestWalkStops checks that what visit refuses is not entered.
func TestWalkStops(t *testing.T) {
	p := parseFile(t, "testdata/code/app.js")
	WalkProgram(p, func(n Node) bool {
		switch n.(type) {
		case *ExprStmt, *VarDecl:
			return false
		}
		t.Errorf("%T was visited below what was refused", n)
		return true
	})
}
