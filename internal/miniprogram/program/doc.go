// Package program reads the mini-program that was found at a place.
//
// [Open] goes through the steps in order: the app configuration; one walk over the tree that tells what each file's bytes say (package
// scan); pages and the components that they use; the closure over imports, components and navigations which starts from the files that
// name the feature; and only then code and templates, of what is in that closure.
//
// How each kind of file is read is the framework's to say; the package knows none of them by name.
package program
