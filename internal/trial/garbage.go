package trial

// How much garbage tests leave about.

import (
	"os"
	"runtime/debug"
)

// heapGrowth is by how many per cent the heap grows between two collections. A test keeps little of what it allocates: at Go's 100 %
// collecting takes a quarter of all tests' time.
const heapGrowth = 400

// Who sets GOGC is left to know better.
func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
}
