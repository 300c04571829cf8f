package confirm

import (
	"strconv"
	"testing"
	"time"
)

// TestEvidenceByUTC: the phone tells its day in UTC, on which it may be tomorrow already.
func TestEvidenceByUTC(t *testing.T) {
	answers := "2026-12-02 library=3.5.1 platform=android microphone=authorized camera=authorized scope.record=ok scope.camera=ok enable=ok"
	d, err := ReadDevice("voipcheck/1 " + strconv.Itoa(len(answers)) + " " + answers)
	if err != nil {
		t.Fatal(err)
	}
	west := time.FixedZone("west", -8*60*60)
	for _, c := range []struct {
		now  time.Time
		want bool
	}{
		{time.Date(2026, 12, 1, 17, 0, 0, 0, west), true},
		{time.Date(2026, 12, 1, 15, 0, 0, 0, west), false},
		{time.Date(2026, 12, 2, 1, 0, 0, 0, time.UTC), true},
	} {
		if _, err := d.Evidence(c.now); (err == nil) != c.want {
			t.Errorf("at %s: %v", c.now, err)
		}
	}
}
