package wxml

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// dump shows a document, one element a line.
func dump(text string, d *Document) string {
	var b strings.Builder
	for i, e := range d.Elements {
		depth := 0
		for p := e.Parent; p >= 0; p = d.Elements[p].Parent {
			depth++
		}
		fmt.Fprintf(&b, "%s%s next=%d inner=%q", strings.Repeat("  ", depth), e.Name, e.Next-i, text[e.Inner.Start:e.Inner.End])
		for _, a := range e.Attrs {
			fmt.Fprintf(&b, " [%s", text[a.NameAt.Start:a.NameAt.End])
			if a.HasValue {
				fmt.Fprintf(&b, "=%s", text[a.ValueAt.Start:a.ValueAt.End])
			}
			b.WriteByte(']')
		}
		b.WriteByte('\n')
	}
	for _, f := range d.Faults {
		fmt.Fprintf(&b, "! %d %s\n", f.At, f.Why)
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		html             bool
	}{
		{name: "nesting", text: `<view><text>a</text><image src="x"/></view><b/>`, want: `
view next=3 inner="<text>a</text><image src=\"x\"/>"
  text next=1 inner="a"
  image next=1 inner="" [src=x]
b next=1 inner=""
`},
		{name: "attributes", text: "<a b c = 'd\"' e=f g=\"{{x > 1 ? '<' : '/>'}}\"\n\tbind:tap=on/>", want: `
a next=1 inner="" [b] [c=d"] [e=f] [g={{x > 1 ? '<' : '/>'}}] [bind:tap=on]
`},
		{name: "text in braces", text: `<view>{{a < b ? '<text>' : ''}} < 3</view>`, want: `
view next=1 inner="{{a < b ? '<text>' : ''}} < 3"
`},
		{name: "comments", text: `<!-- <a> --><b/><!-- open`, want: `
b next=1 inner=""
! 16 the comment has no end
`},
		{name: "wxs", text: `<wxs module="m">if (a<b) { '</view>' }</wxs><a/>`, want: `
wxs next=1 inner="if (a<b) { '</view>' }" [module=m]
a next=1 inner=""
`},
		{name: "an end that is missing", text: `<a><b></a><c/></d>`, want: `
a next=2 inner="<b>"
  b next=1 inner=""
c next=1 inner=""
! 4 <b> has no end
! 14 </d> ends nothing
`},
		{name: "html", html: true, text: `<div><img src="a"><br></div>`, want: `
div next=3 inner="<img src=\"a\"><br>"
  img next=1 inner="" [src=a]
  br next=1 inner=""
`},
		{name: "unfinished", text: `<view a="b" <text/>`, want: `
view next=2 inner="<text/>" [a=b]
  text next=1 inner=""
! 1 <view is not finished
! 1 <view> has no end
`},
		{name: "open quote", text: `<view a="b><text/>`, want: `
view next=1 inner="" [a=b><text/>]
! 8 the value has no closing quote
! 1 <view is not finished
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := dump(c.text, Parse([]byte(c.text), Options{HTML: c.html}))
			want := strings.TrimPrefix(c.want, "\n")
			if got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func TestDepthAndSize(t *testing.T) {
	trial.NotShort(t)
	const n = 300_000
	for _, text := range []string{
		strings.Repeat("<a>", n), strings.Repeat("</a>", n), strings.Repeat("<a>", n) + strings.Repeat("</b>", n),
		strings.Repeat("{{", n), strings.Repeat("{{<a>", n), strings.Repeat("<a b={{", n), strings.Repeat("<a b=", n), strings.Repeat("<!--", n), strings.Repeat("<wxs>", n),
	} {
		d := Parse([]byte(text), Options{})
		if len(d.Elements) == 0 && len(d.Faults) == 0 && !strings.HasPrefix(text, "{{") {
			t.Errorf("%.20q...: nothing found", text)
		}
	}
}

func FuzzWXML(f *testing.F) {
	var seeds trial.Seeds
	for _, s := range []string{`<view bindtap="a">{{b}}</view>`, `<a b='c' d>`, "<wxs>x</wxs>", "<!-- -->", "<a <b =c/></a", "<a b={{c d}}>", "\xff<\xff\xff>"} {
		seeds.Add([]byte(s), false)
		seeds.Add([]byte(s), true)
	}
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text []byte, html bool) {
		d := Parse(text, Options{HTML: html})
		inside := func(r Range) {
			if r.Start < 0 || r.End > len(text) || r.Start > r.End {
				t.Fatalf("range %v in %d bytes", r, len(text))
			}
		}
		for i, e := range d.Elements {
			inside(e.NameAt)
			inside(e.Inner)
			if e.Parent >= i || e.Next <= i || e.Next > len(d.Elements) {
				t.Fatalf("element %d: parent %d, next %d of %d", i, e.Parent, e.Next, len(d.Elements))
			}
			if e.Parent >= 0 && e.Next > d.Elements[e.Parent].Next {
				t.Fatalf("element %d reaches beyond its parent", i)
			}
			for _, a := range e.Attrs {
				inside(a.NameAt)
				inside(a.ValueAt)
				if a.Name != string(text[a.NameAt.Start:a.NameAt.End]) || a.Value != string(text[a.ValueAt.Start:a.ValueAt.End]) {
					t.Fatalf("attribute %q is not its text", a.Name)
				}
			}
		}
		for _, f := range d.Faults {
			if f.At < 0 || f.At > len(text) {
				t.Fatalf("fault at %d", f.At)
			}
		}
		if dump(string(text), d) != dump(string(text), Parse(text, Options{HTML: html})) {
			t.Fatal("two readings differ")
		}
	})
}
