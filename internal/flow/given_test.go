package flow

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestTextAgreesWithRuns holds what the text of a call tells against what the runs show of it, in all the cases of the rules:
// where the runs came by a call and followed everything, the text may know less, and never something else.
func TestTextAgreesWithRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("all cases")
	}
	files, err := filepath.Glob("../../fixtures/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	compared := 0
	for _, name := range files {
		if !trial.Full() && !trial.Sampled(name, 4) {
			continue
		}
		t.Run(strings.TrimPrefix(strings.TrimSuffix(name, ".txtar"), "../../fixtures/"), func(t *testing.T) {
			projects, err := discover(miniprogram.MemFS(trial.Fixture(t, name)), nil)
			if err != nil {
				t.Skip(err)
			}
			for _, p := range projects {
				a := newAnalysis(p, Options{})
				a.run()
				for _, s := range a.sites {
					if s.open() {
						continue
					}
					for _, v := range s.shapes {
						for _, w := range s.written {
							if overlap(v, w) {
								compared++
								agrees(t, s, "", v, w)
							}
						}
					}
				}
			}
		})
	}
	if compared < 100 {
		t.Errorf("only %d objects compared", compared)
	}
}

func agrees(t *testing.T, s *site, path string, v *Value, w *callsite.Value) {
	t.Helper()
	kind := kindsOfText[w.Kind]
	switch {
	case w.Kind == callsite.Unknown:
		return
	case w.NeverAssigned && !v.NeverAssigned:
		t.Errorf("%s%s: never assigned by the text only", s.at.File.Path, path)
	case v.Kind != UnknownValue && v.Kind != kind, v.Kind == UnknownValue && len(v.Alts) > 0,
		v.Kind == kind && (v.Str != w.Str || v.Num != w.Num || v.Bool != w.Bool):
		t.Errorf("%s%s: the runs show %+v, the text %+v", s.at.File.Path, path, v, w)
	}
	if v.Kind != ObjectValue || w.Kind != callsite.Object {
		return
	}
	for _, p := range v.Props {
		switch q := w.Prop(p.Name); {
		case q == nil && !w.Open && p.Value.Kind != FuncValue: // what wraps the call adds callbacks
			t.Errorf("%s%s: the text lacks %s", s.at.File.Path, path, p.Name)
		case q != nil && q.Key == p.Key:
			agrees(t, s, path+"."+p.Name, p.Value, q.Value)
		}
	}
	for _, q := range w.Props {
		if v.Prop(q.Name) == nil && !v.Open {
			t.Errorf("%s%s: the text alone has %s", s.at.File.Path, path, q.Name)
		}
	}
}
