package jsonedit_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/conditional"
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// parts are pieces of a list as people write them around conditional blocks.
var parts = []string{
	"\t{ \"path\": \"NAME\" }\n",
	"\t{ \"path\": \"NAME\" },\n",
	"\t,{ \"path\": \"NAME\" }\n",
	"\t{ \"path\": \"NAME\" } // the NAME, and more\n",
	"\t{ \"path\": \"NAME\" }, /* NAME */\n",
	"\t// #ifdef APP-PLUS\n\t,{ \"path\": \"NAME\" }\n\t// #endif\n",
	"\t/* #ifdef H5 || MP-ALIPAY */\n\t{ \"path\": \"NAME\" },\n\t/* #endif */\n",
	"\t// #ifdef MP-WEIXIN\n\t{ \"path\": \"NAME\" },\n\t// #endif\n",
	"\t// #ifndef MP-WEIXIN\n\t,{ \"path\": \"NAME\" }\n\t// #endif\n",
	"\t// #ifdef VUE2\n\t,{ \"path\": \"NAME\" }\n\t// #else\n\t,{ \"path\": \"NAME3\" }\n\t// #endif\n",
	"\t// #ifdef OWN-SHOP\n\t,{ \"path\": \"NAME\" }\n\t// #endif\n",
	"\t// nothing, { here\n",
}

// TestViewsStayReadable checks that no change breaks a view that could be read, that the changed view holds the entry last or refuses
// the change, and that what was there stays, byte by byte.
func TestViewsStayReadable(t *testing.T) {
	done, refused := 0, 0
	try := func(pieces ...string) {
		var list strings.Builder
		for i, p := range pieces {
			list.WriteString(strings.ReplaceAll(p, "NAME", string(rune('a'+i))))
		}
		text := []byte("{\n\"pages\": [\n" + list.String() + "]\n}\n")
		views := conditional.Views(text, 3)
		d, err := jsonedit.Open(text, views...)
		if err != nil {
			return
		}
		if !d.AppendTo(d.Root.Get("pages"), "{\n\t\"path\": \"new\"\n}") {
			if refused++; !bytes.Equal(d.Text, text) {
				t.Fatalf("refused and changed all the same:\n%s", d.Text)
			}
			return
		}
		done++
		for i, view := range views {
			if jsondoc.ParseTolerant(view(text)).Err == nil && jsondoc.ParseTolerant(view(d.Text)).Err != nil {
				t.Fatalf("view %d of\n%scannot be read any more:\n%s", i, text, d.Text)
			}
		}
		found := false
		for _, e := range jsondoc.ParseTolerant(views[0](d.Text)).Root.Get("pages").Elements {
			found = found || e.StringOf("path") == "new"
		}
		if !found {
			t.Fatalf("the entry is not there:\n%s", d.Text)
		}
		// Without the entry and commas, all is as it was.
		plain := func(b []byte) string {
			return strings.Join(strings.Fields(strings.NewReplacer(",", " ", `{ "path": "new" }`, " ").Replace(strings.Join(strings.Fields(string(b)), " "))), " ")
		}
		if plain(text) != plain(d.Text) {
			t.Fatalf("more has changed:\n%s\n%s", text, d.Text)
		}
	}
	for _, a := range parts {
		try(a)
		for _, b := range parts {
			try(a, b)
			for _, c := range parts {
				try(a, b, c)
				for _, d := range parts {
					if trial.Full() {
						try(a, b, c, d)
					}
				}
			}
		}
	}
	if done < 500 || refused > done/4 {
		t.Errorf("%d changed, %d refused", done, refused)
	}
	t.Logf("%d changed, %d refused", done, refused)
}
