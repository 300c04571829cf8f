// Package configuration is what app configurations and project.config.json mean, wherever they are written.
//
// A [Value] is a value in a configuration, of JSON or of code alike; an [Outline] is what an app configuration says of the program's parts.
// [Check], [FillPermissions] and their like fill in the part that rules see.
//
// The package evaluates nothing and looks for nothing: it is given values, or the name of the one file that it reads (project.config.json).
package configuration
