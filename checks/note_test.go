package checks

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
)

// stepKinds reads the kinds of steps from where they are declared, so that a new one cannot be forgotten.
func stepKinds(t *testing.T) []flow.StepKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../internal/flow/result.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []flow.StepKind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "StepKind" {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, flow.StepKind(value))
		}
		return true
	})
	if len(kinds) < 20 {
		t.Fatalf("only %d kinds found", len(kinds))
	}
	return kinds
}

func TestEveryStepIsSaid(t *testing.T) {
	for _, kind := range stepKinds(t) {
		for _, s := range []flow.Step{{Kind: kind}, {Kind: kind, Name: "record,camera", Detail: "tap"}, {Kind: kind, Name: "100%\nsure"}} {
			said := Describe(s)
			bothLanguages(t, string(kind), said)
		}
		_, inTable := sayings[kind]
		if !inTable {
			t.Errorf("%s has no sentence", kind)
		}
	}
}

func TestDescribe(t *testing.T) {
	for _, c := range []struct {
		step   flow.Step
		en, zh string
	}{
		{flow.Step{Kind: flow.StepHandler, Name: "onCall", Detail: "tap"}, "onCall runs on the user's tap", "用户触发 tap，执行 onCall"},
		{flow.Step{Kind: flow.StepHandler, Name: "onCall"}, "onCall runs as an event handler", "作为事件处理函数执行 onCall"},
		{flow.Step{Kind: flow.StepAsk, Name: "record,camera"}, "requests authorization of scope.record and scope.camera", "申请 scope.record 和 scope.camera 授权"},
		{flow.Step{Kind: flow.StepRefused, Name: "scope.camera"}, "the user refuses scope.camera", "用户拒绝 scope.camera 授权"},
		{flow.Step{Kind: flow.StepGranted, Name: "scope.camrea"}, "continues as if scope.camrea were granted", "按已获得 scope.camrea 授权的情况继续执行"},
		{flow.Step{Kind: flow.StepJoin}, "join1v1Chat is called", "调用 join1v1Chat"},
	} {
		said := Describe(c.step)
		if said.EN != c.en || said.ZH != c.zh {
			t.Errorf("%+v: %q, %q", c.step, said.EN, said.ZH)
		}
	}
}
