package main

// How much garbage may lie about. The runtime collects whenever the heap has doubled, which for a program
// that lives for half a second and whose heap is small is a third of its time.

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// roomBytes is how much the heap may grow between two collections, and leastPercent the share of what is in use by which it
// may in any case: a large heap is not let double.
const (
	roomBytes    = 64 << 20
	leastPercent = 60
)

// leaveRoom lets the heap grow by roomBytes before it is collected. Who sets GOGC is left to know better.
func leaveRoom() {
	if os.Getenv("GOGC") != "" {
		return
	}
	const smallest = 4 << 20 // what the runtime takes a heap for that has not been collected, at 100 %
	debug.SetGCPercent(roomBytes / smallest * 100)
	afterCollection()
}

// afterCollection sets, after each collection, how much the heap may grow until the next.
func afterCollection() {
	type mark struct{ _ [16]byte }
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var again func(*mark)
	again = func(m *mark) {
		metrics.Read(live)
		percent := 100
		if bytes := live[0].Value.Uint64(); bytes > 0 {
			percent = max(leastPercent, int(roomBytes*100/bytes))
		}
		debug.SetGCPercent(percent)
		runtime.SetFinalizer(m, again)
	}
	runtime.SetFinalizer(&mark{}, again)
}
