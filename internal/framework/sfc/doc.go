// Package sfc reads single-file components, for the frameworks that have them: [Base] is a reader of Vue's, [Block] one of those with the
// platform's markup and the configuration in a block. A framework embeds one of them and says what differs.
//
// The package names no framework.
package sfc
