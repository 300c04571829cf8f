// Package files reads a repository: each folder is listed once and each file read once, within limits, as UTF-8, by its one name where
// symbolic links give it several, and with what .gitignore says.
//
// A [Disk] serves all mini-programs of a run; a [Reader] is the disk as one of them reads it, and notes in the project what should have
// been read and could not.
//
// The package knows no mini-program: neither what its files are called nor what is in them. It parses nothing but package.json.
package files
