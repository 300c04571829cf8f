//go:build race

package mutation

// underRace tells that the race detector watches: it looks for other faults than the table does, and each program
// costs it many times as much.
const underRace = true
