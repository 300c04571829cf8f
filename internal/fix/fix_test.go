package fix

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// at is the machine's file system as seen from a folder.
type at struct {
	miniprogram.FS
	dir string
}

func (a at) Base() string { return filepath.ToSlash(a.dir) }

const before = "Page({\r\n  onLoad() {\r\n    // 开启\r\n    wx.setEnable1v1Chat({ enabel: true })\r\n  }\r\n})\r\n"

func write(t *testing.T, dir, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// program writes a mini-program whose page is the given bytes, and returns how it is checked.
func program(t *testing.T, page []byte) (string, check.Options) {
	dir := t.TempDir()
	write(t, dir, "app.json", []byte(`{ "pages": ["index"] }`))
	write(t, dir, "app.js", []byte("App({})"))
	write(t, dir, "index.js", page)
	return dir, check.Options{Dir: dir, FS: at{miniprogram.OSFS(), dir}, Now: time.Unix(0, 0)}
}

func TestEncodingsAreKept(t *testing.T) {
	for name, e := range map[string]encoding.Encoding{
		"UTF-8":            encoding.Nop,
		"UTF-8 marked":     unicode.UTF8BOM,
		"UTF-16LE marked":  unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16BE marked":  unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16LE without": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"GBK":              simplifiedchinese.GBK,
	} {
		t.Run(name, func(t *testing.T) {
			page, err := e.NewEncoder().Bytes([]byte(before))
			if err != nil {
				t.Fatal(err)
			}
			dir, options := program(t, page)
			result, err := Run(options, false)
			if err != nil {
				t.Fatal(err)
			}
			if _, failed := result.Write(dir); failed != nil {
				t.Fatal(failed)
			}
			want, err := e.NewEncoder().Bytes([]byte(strings.Replace(before, "enabel", "enable", 1)))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(filepath.Join(dir, "index.js")); err != nil || !bytes.Equal(got, want) {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
			for _, f := range result.Check.Findings {
				if f.Rule.ID == "enable-options" {
					t.Errorf("the report is that of before: %s", f.Message.EN)
				}
			}
		})
	}
}

func TestWhatChangedMeanwhileIsLeftAlone(t *testing.T) {
	dir, options := program(t, []byte(before))
	result, err := Run(options, false)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "index.js", []byte("// somebody's work"))
	if _, failed := result.Write(dir); len(failed) != 1 || !strings.Contains(failed[0].Error(), "index.js was changed while") {
		t.Errorf("got %v", failed)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "index.js")); err != nil || string(got) != "// somebody's work" {
		t.Errorf("overwritten by %q, %v", got, err)
	}
}
