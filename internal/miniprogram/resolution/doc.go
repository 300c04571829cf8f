// Package resolution finds the file that an import leads to: relative paths, paths from the mini-program's root, aliases, the paths of a
// tsconfig.json, packages that are installed, built in or part of the repository.
//
// A [Resolver] belongs to one mini-program and remembers each edge once all folders are listed. Where it does not find a file that the
// program names, it says so to the disk.
//
// The package knows no syntax: it is given specifiers. Which aliases and which endings there are is told by those who read the configuration.
package resolution
