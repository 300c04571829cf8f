// Package ecma is JavaScript's arithmetic and text: what the functions of the language's library return that depend on nothing but
// their arguments. Where a function here does not compute what the language defines, it says so; it never answers otherwise.
//
// Text is held as UTF-8. JavaScript counts in UTF-16 code units: positions and lengths here are such, and a text that ends or
// begins in the middle of a pair of them cannot be held.
package ecma
