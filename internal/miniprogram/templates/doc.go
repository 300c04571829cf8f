// Package templates turns WXML into what the analysis asks of a template: bindings with the conditions under which they can be used, components,
// navigations, properties. Included files and imported templates count as parts of the template that uses them.
//
// A framework that compiles WXML with meanings of its own hands in a [Dialect].
//
// The package is given the unit with the components that its tags stand for; it does not look for them, and knows neither configurations nor
// code.
package templates
