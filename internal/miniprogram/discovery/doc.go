// Package discovery finds mini-programs: from the paths on the command line to the folders of their sources.
//
// [Locate] follows each path upwards and downwards, tells sources from what they are built to, and asks the frameworks that it is given
// which of them a folder belongs to. Beyond these it knows what the platform itself defines: app.json and project.config.json.
//
// The package reads no code and opens no project.
package discovery
