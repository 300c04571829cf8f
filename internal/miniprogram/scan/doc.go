// Package scan tells what a file's bytes say without parsing them: the words of the feature, what the file imports and under which names, the
// components that it registers and uses, the pages that it names.
//
// It runs over every file of a tree, so it searches for a few bytes that text seldom has, and looks closer only where one is found. What
// stands in a comment counts too: to say too much costs a file that is read for nothing, to say too little a finding.
//
// The package reads no files, and knows neither where an import leads nor what a program is made of.
package scan
