//go:build !race

package mutation

const underRace = false
