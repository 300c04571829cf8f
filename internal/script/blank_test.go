package script

import "testing"

func TestBlank(t *testing.T) {
	for _, c := range []struct {
		text string
		keep [][2]int
		want string
	}{
		{"<t>\r\n变</t>\n<s>x()</s>", [][2]int{{16, 19}}, "   \r\n       \n   x()    "},
		{"abc", [][2]int{{-5, 1}, {2, 9}}, "a c"},
		{"abc", [][2]int{{2, 1}}, "   "},
		{"", nil, ""},
	} {
		if got := string(Blank([]byte(c.text), c.keep)); got != c.want || len(got) != len(c.text) {
			t.Errorf("%q becomes %q, not %q", c.text, got, c.want)
		}
	}
}
