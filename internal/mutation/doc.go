// Package mutation proves the analysis on programs that are made, not found. Its tests compose
// correct call pages from a few dimensions (how calls are sequenced, what stands in a function of its
// own, how that function tells its outcome, where it lives, what kind of page it is), break each in
// every way that the rules name, and rewrite each without changing what it does. A broken one has to
// give exactly the finding of its fault, a rewritten one none.
//
// README.md has the result by rule and by style; go test ./internal/mutation -update writes it anew.
package mutation
