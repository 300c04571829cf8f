package trial

// Long sets: which of them run, and how much of them.

import (
	"hash/fnv"
	"os"
	"testing"
)

// fullVariable is what asks for everything, in the environment so that one setting reaches every package.
const fullVariable = "VOIPCHECK_FULL"

// Full tells that the long sets run whole. Without it they are sampled, or left out where they have no parts.
func Full() bool { return os.Getenv(fullVariable) != "" }

// Long skips a test that only a full run needs; why says what stands in for it otherwise.
func Long(t testing.TB, why string) {
	t.Helper()
	if !Full() {
		t.Skipf("only with %s=1: %s", fullVariable, why)
	}
}

// NotShort skips a test that costs too much for a short run, and for the race detector, which makes each cost many times as much.
func NotShort(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("not in a short run")
	}
}

// shortShare is how many times fewer members of a set a short run takes.
const shortShare = 8

// Sampled tells that a member of a long set runs: all of them in a full run, one of so many otherwise, and fewer in a
// short one. Its name alone decides, so that no member comes or goes with the others.
func Sampled(name string, of uint32) bool {
	if Full() {
		return true
	}
	if testing.Short() {
		of *= shortShare
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(name))
	return hash.Sum32()%of == 0
}
