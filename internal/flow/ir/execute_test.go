package ir

import (
	"encoding/json"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/grafana/sobek"
	"golang.org/x/tools/txtar"

	"github.com/voipcheck/voipcheck/internal/script"
)

var update = flag.Bool("update", false, "write what the cases give as what they should give")

// TestExecute runs lowered programs on an engine: testdata/execute.js carries out the instructions, the values are the engine's own. What
// the programs should print has been compared with what node prints.
func TestExecute(t *testing.T) {
	files, err := filepath.Glob("testdata/run/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	executor, err := os.ReadFile("testdata/execute.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			runCases(t, file, func(name, text string) string {
				m := lowered(name, []byte(text), script.JavaScript)
				if m == nil {
					t.Fatalf("%s cannot be parsed", name)
				}
				return execute(t, string(executor), m)
			}, ".out")
		})
	}
}

// runCases compares what each program of an archive gives with the file of its name and the ending.
func runCases(t *testing.T, file string, give func(name, text string) string, ending string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ending) {
			continue
		}
		got := give(f.Name, string(f.Data))
		if diff := cmp.Diff(want[f.Name+ending], got); diff != "" && !*update {
			t.Errorf("%s: (-want +got)\n%s", f.Name, diff)
		}
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + ending, Data: []byte(got)})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// execute runs a module and returns what it prints.
func execute(t *testing.T, executor string, m *Module) string {
	t.Helper()
	var out strings.Builder
	vm := sobek.New()
	log := func(call sobek.FunctionCall) sobek.Value {
		for i, a := range call.Arguments {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(a.String())
		}
		out.WriteByte('\n')
		return sobek.Undefined()
	}
	must := func(err error) {
		if err != nil {
			t.Fatalf("%v\n%s", err, &out)
		}
	}
	console := vm.NewObject()
	must(console.Set("log", log))
	must(vm.Set("console", console))
	text, err := json.Marshal(encoded(m))
	must(err)
	must(vm.Set("code", string(text)))
	run, err := vm.RunString(executor)
	must(err)
	must(vm.Set("run", run))
	_, err = vm.RunString("run(JSON.parse(code), globalThis)")
	must(err)
	return out.String()
}

// encoded is a module as execute.js takes it.
func encoded(m *Module) any {
	var functions []any
	for _, f := range m.Funcs {
		code := []any{}
		for _, i := range f.Code {
			in := map[string]any{"op": i.Op.String(), "dst": i.Dst, "a": i.A, "b": i.B, "c": i.C, "n": i.N, "m": i.M, "name": i.Name,
				"const": encodedConstant(i.Const), "args": append([]Reg{}, i.Args...), "targets": i.Targets}
			if i.Fn != nil {
				in["fn"] = i.Fn.ID
			}
			code = append(code, in)
		}
		handlers := []any{}
		for _, h := range f.Handlers {
			handlers = append(handlers, map[string]any{"from": h.From, "to": h.To, "target": h.Target, "value": h.Value, "kind": h.Kind})
		}
		functions = append(functions, map[string]any{"name": f.Name, "arrow": f.Arrow, "async": f.Async, "generator": f.Generator,
			"strict": f.Strict, "method": f.Method, "ctor": f.Ctor, "derived": f.Derived, "length": f.Length, "regs": f.Regs,
			"code": code, "handlers": handlers})
	}
	return map[string]any{"funcs": functions}
}

func encodedConstant(v any) any {
	switch v := v.(type) {
	case Undefined:
		return map[string]any{"u": true}
	case *big.Int:
		return map[string]any{"big": v.String()}
	case float64:
		return map[string]any{"num": strconv.FormatFloat(v, 'g', -1, 64)}
	case TemplateStrings:
		return map[string]any{"cooked": v.Cooked, "raw": v.Raw}
	case []string:
		return nil
	}
	return map[string]any{"v": v}
}
