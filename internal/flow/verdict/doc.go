// Package verdict turns what was come by into what is reported: whether a call is proved, refuted, or unproven, with the reason and the
// path that shows it.
//
// It reads sites and their views, and decides nothing about what can happen: that has been explored. Only here does a bound that was
// met become "unproven".
package verdict
