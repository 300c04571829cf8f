package checks

// Everything that the rules and steps say of themselves is there in both languages.

import (
	"reflect"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// texts visits every text that a value holds.
func texts(v reflect.Value, path string, visit func(path string, t lang.Text)) {
	if v.Type() == reflect.TypeFor[lang.Text]() {
		visit(path, lang.Text{EN: v.Field(0).String(), ZH: v.Field(1).String()})
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), path, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), path, visit)
		}
	}
}

func TestMetadataInBothLanguages(t *testing.T) {
	look := func(path string, said lang.Text) {
		if (strings.TrimSpace(said.EN) == "") != (strings.TrimSpace(said.ZH) == "") {
			t.Errorf("%s: one language says nothing: %+v", path, said)
		}
	}
	for _, r := range Rules() {
		texts(reflect.ValueOf(r), r.ID, look)
		if r.Title.IsZero() || r.Text.IsZero() || r.Fix.IsZero() {
			t.Errorf("%s does not say what it asks, why, or what to do", r.ID)
		}
		for _, reason := range r.Reasons {
			if reason.Title.IsZero() {
				t.Errorf("%s/%s says nothing", r.ID, reason.ID)
			}
		}
	}
	for _, s := range Steps() {
		texts(reflect.ValueOf(s), string(s.Step), look)
		if s.Title.IsZero() {
			t.Errorf("%s has no title", s.Step)
		}
	}
}
