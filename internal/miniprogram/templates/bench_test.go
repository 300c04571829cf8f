package templates

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
)

func BenchmarkWXML(b *testing.B) {
	text := []byte(strings.Repeat("<view class=\"a\" wx:if=\"{{a > 1}}\"><text bindtap=\"onTap\" data-id=\"{{item.id}}\">{{value}}</text></view>\n", 400))
	files := files.NewReader(files.NewDisk(miniprogram.MemFS(map[string]string{"a.wxml": string(text)}), files.DefaultLimits), &miniprogram.Project{})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if t := NewReader(resolution.New(files, "/work", "/work", ""), &miniprogram.Unit{}, &miniprogram.Template{}).Read("/work/a.wxml"); len(t.Bindings) != 400 {
			b.Fatal("bindings are missing")
		}
	}
}
