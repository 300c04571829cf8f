package main

// Text that nobody would write, and text that was made to hurt whoever reads it: code that breaks off, encodings, names.

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
)

// TestUnterminated checks code that ends in the middle of something.
func TestUnterminated(t *testing.T) {
	for _, end := range []string{
		`"abc`, `'abc`, "`abc", "`${", "/*", "(", "[", "{", "function f(", "class A", "class A{", "a?", "a?.", "a.", "import {", "import {a} from", "export", "export default",
		"new", "if(", "for(", "while", "try{", "switch(a){case", "=>", "...", "@", `\u`, `\u{`, "0x", "1e", "<div", "<div>", "${", "??=", "?.[", "`${`${`", "var a=;",
		"wx.", "wx.setEnable1v1Chat({", "wx.setEnable1v1Chat({enable:true,success(", "function*", "label:", "static{", "let [", "let {a:", "a=>{", "a=b=>", "do", "throw", "enum A{", "interface A{", "<T>(", "\x00",
	} {
		t.Run(end, func(t *testing.T) {
			if o := executeJSON(t, enabling(end).write(t)); o.exit != 1 || !o.has("parse-error") {
				t.Errorf("exit %d: %v", o.exit, o.findings)
			}
		})
	}
}

// TestEncodings checks that the same code gives the same findings however it is written down.
func TestEncodings(t *testing.T) {
	wide := func(text string, low, high int) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			b.WriteByte(byte(u >> low))
			b.WriteByte(byte(u >> high))
		}
		return b.String()
	}
	code := enabling("var name = '通话'\n")["p/i.js"]
	want := executeJSON(t, page(code).write(t))
	if !want.has("authorize-before-enable") {
		t.Fatal(want.findings)
	}
	cases := map[string]string{
		"a byte order mark": "\ufeff" + code, "UTF-16, little end first": wide(code, 0, 8), "UTF-16, big end first": wide(code, 8, 0),
		"CRLF": strings.ReplaceAll(code, "\n", "\r\n"), "CR": strings.ReplaceAll(code, "\n", "\r"), "line separators": strings.ReplaceAll(code, "\n", "\u2028"),
		"a NUL in a string": code + "var a = '\x00'", "GBK": strings.ReplaceAll(code, "通话", "\xcd\xa8\xbb\xb0"), "bytes of no encoding": code + "var b = '\xff\xfe\x80' // \xc3\x28",
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			o := executeJSON(t, page(text).write(t))
			if fmt.Sprint(o.findings) != fmt.Sprint(want.findings) || o.exit != want.exit {
				t.Errorf("exit %d: %v, want %v", o.exit, o.findings, want.findings)
			}
		})
	}
	if _, _, said := execute(t, page(cases["GBK"]).write(t), "--verbose", "--lang", "en"); !strings.Contains(said, "p/i.js: read as GBK") {
		t.Errorf("what was assumed is not said:\n%s", said)
	}
	for name, text := range map[string]string{"half a character of UTF-16": wide(code, 0, 8) + "a", "a NUL between statements": strings.ReplaceAll(code, "\n", "\x00\n"), "no text at all": "setEnable1v1Chat\xff\xfe\x00\x01\x02"} {
		t.Run(name, func(t *testing.T) {
			if o := executeJSON(t, page(text).write(t)); o.exit != 1 || !o.has("parse-error") {
				t.Errorf("exit %d: %v", o.exit, o.findings)
			}
		})
	}
}

// TestHostileConfigurations checks app configurations that name what they should not.
func TestHostileConfigurations(t *testing.T) {
	for _, app := range []string{
		`{"pages":["p/i","../../x","/p/i","//p//i","./p/i","p/../p/i","../../../../etc/passwd","","  ","p/i?x=1",5,null,{},"p\\i","p/i.js","C:\\x","\u0000"],"permission":5,"usingComponents":{"a":"../../../../../etc/passwd","b":5,"c":""}}`,
		`{"pages":["p/i"],"subPackages":[5,null,{"root":"..","pages":["x"]},{"root":"/","pages":"x"},{"root":5}],"tabBar":5,"plugins":[],"permission":{"scope.record":null,"scope.camera":[]}}`,
		`{"pages":{"p/i":1},"permission":[],"entryPagePath":{},"workers":7,"usingComponents":"x"}`, `[]`, `5`, `"x"`, `null`, ``, ` `, `{}`,
	} {
		t.Run(app, func(t *testing.T) {
			if o := executeJSON(t, calling("", "").with(tree{"app.json": app}).write(t)); o.exit != 1 {
				t.Errorf("exit %d: %v\n%s", o.exit, o.findings, o.stderr)
			}
		})
	}
}

// TestHostileNames checks names of files and text in code that would do something to whoever reads the report.
func TestHostileNames(t *testing.T) {
	evil := "a\x1b]0;x\x07\u202e\u0085 %0A::error::x ]]><script>alert(1)</script>&\"'"
	quoted, err := json.Marshal(evil)
	if err != nil {
		t.Fatal(err)
	}
	files := page("Page({ onTap() {\n  wx.authorize({ scope: " + string(quoted) + " })\n  wx.setEnable1v1Chat({ enable: true, " + string(quoted) + ": 1 })\n} })").with(tree{
		"p/i.wxml":     "<view bindtap=\"a\x1b[31m\u202eb\">x</view><view bindtap=\"onTap\"/>",
		"中文 目录/页 面.js": "Page({ onTap() { wx.join1v1Chat({}) } })", "中文 目录/页 面.wxml": `<view bindtap="onTap"/>`,
	})
	if os.PathSeparator == '/' {
		files["q/\x1b[31m\u202e\n::error::x ]]><script>alert(1)<.js"] = "wx.setEnable1v1Chat({ enable: true })"
		files["q/\xff\xfe.js"] = "wx.setEnable1v1Chat({ enable: true })"
	}
	files["app.json"] = strings.Replace(hostileApp, `"p/i"`, `"p/i","中文 目录/页 面"`, 1)
	dir := files.write(t)
	for _, format := range []string{"text", "concise", "json", "sarif", "junit", "github", "gitlab", "checkstyle", "rdjson", "markdown", "html"} {
		t.Run(format, func(t *testing.T) {
			exit, out, stderr := execute(t, dir, "--format", format, "--color", "never", "--verbose")
			if exit != 1 {
				t.Fatalf("exit %d\n%s", exit, stderr)
			}
			for _, said := range []string{out, stderr} {
				for _, r := range said {
					if r != '\n' && r != '\t' && unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
						t.Fatalf("%U is written as it is:\n%q", r, said)
					}
				}
			}
			switch format {
			case "json", "sarif", "gitlab", "rdjson":
				if !json.Valid([]byte(out)) {
					t.Error("no JSON")
				}
			case "junit", "checkstyle":
				for d := xml.NewDecoder(strings.NewReader(out)); ; {
					if _, err := d.Token(); errors.Is(err, io.EOF) {
						break
					} else if err != nil {
						t.Fatal(err)
					}
				}
			case "github":
				for _, line := range strings.Split(out, "\n") {
					if strings.HasPrefix(line, "::error::x") {
						t.Errorf("a name wrote a command: %q", line)
					}
				}
			case "html":
				if strings.Contains(out, "<script>alert") {
					t.Error("a name wrote an element")
				}
			}
		})
	}
}
