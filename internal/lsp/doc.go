// Package lsp is the language server: what the command line finds, while one types.
//
//	stream     messages between bytes; one that is none is answered with an error
//	server     the methods of the protocol, and what each does
//	text, uri  open documents, and places as the client counts them
//	root       a folder that is open, and the check of it
//	checker    when checks run; a change stops the one that runs and starts another
//	publish    findings as diagnostics, pushed and pulled
//	action     what can be done about a finding
//	hover      what a rule asks, beside the finding
//	command    what clients may ask for by name
//
// A root is checked as the command line checks that folder: the same function, the same options, the same configuration and
// baseline, with the open documents laid over the files. The server decides nothing itself, so that its verdicts are those of the
// command line, byte for byte.
//
// # Push and pull
//
// A client that can pull gets the diagnostics of open documents when it asks for them, and those of all other files pushed, since
// it would not ask for them. To others all are pushed. No client sees one twice.
//
// # Beside the protocol
//
// The initialization options, and the settings of workspace/didChangeConfiguration under "voipcheck", are: lang ("auto", "zh",
// "en"), config and baseline (files, relative to the folder), strict and isolated (booleans), rules (severities by rule), and
// status. With status the server sends the notification voipcheck/status after each check of a folder: uri, exit, ready, verdict,
// summary, or error where there is no verdict.
//
// Commands (workspace/executeCommand), each with one object as its argument:
//
//	voipcheck.check    checks all folders again
//	voipcheck.report   {uri, format}: the report on the folder that holds uri (by default the first), in a format of --format
//	voipcheck.confirm  {uri, steps, by, note, until}: records console steps in voipcheck.json, as an edit that the client applies
package lsp
