package platform_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/voipcheck/voipcheck/internal/flow/platform"
)

// TestRowGrants adds a row and follows a program that is right with it, and wrong without.
func TestRowGrants(t *testing.T) {
	program := &txtar.Archive{Files: []txtar.File{{Name: "pages/call/call.js", Data: []byte(`
Page({
  call() {
    wx.authorize({ scope: 'scope.record', success: () => wx.startCamera({ success: () => wx.setEnable1v1Chat({ enable: true }) }) })
  },
})
`)}}}
	if got := judged(t, program); !strings.Contains(got, "refuted") {
		t.Errorf("without the row: %s", got)
	}
	platform.AddRow(t, "startCamera", platform.Camera)
	if got := judged(t, program); !strings.Contains(got, ": proved") {
		t.Errorf("with the row: %s", got)
	}
}
