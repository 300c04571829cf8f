// Package miniprogram is a repository as the platform sees it: the mini-programs in it, their configuration, pages, components, templates
// and modules.
//
// It holds the model, which is what rules and the analysis of flow know of a project, and the file system that a repository is read from.
// How it is read is in the packages below it, in this order, each importing only those before it:
//
//	wxml           the syntax of markup
//	files          folders and files, within limits, by their one name
//	scan           what a file's bytes say without being parsed
//	resolution     from an import to a file
//	configuration  what app configurations and project.config.json mean
//	evaluation     configurations that are written as code
//	templates      from WXML to what the analysis asks of a template
//	reading        what a framework has to say, and what it is given for it
//	discovery      from paths to mini-programs
//	program        from a mini-program that was found to the model
//
// Frameworks are in internal/framework, one folder each, which also holds the functions that callers use to find and open mini-programs of
// all of them (framework.Discover). Neither this package nor those below it know how any framework is written; the model only has their names.
package miniprogram
