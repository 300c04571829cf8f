// Package protocol is the part of the Language Server Protocol 3.17 that the server speaks, as data: the names and the optional
// properties are those of the specification (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/).
package protocol

import "encoding/json"

// The error codes of the protocol, beside those of JSON-RPC.
const (
	ServerNotInitialized = -32002
	RequestFailed        = -32803
	RequestCancelled     = -32800
)

// DocumentURI is the address of a document, "file:///home/ann/app.json".
type DocumentURI = string

// PositionEncoding is how columns are counted.
type PositionEncoding string

// The encodings that the server counts in.
const (
	UTF8  PositionEncoding = "utf-8"
	UTF16 PositionEncoding = "utf-16"
)

// Position is a place between two characters. Both are 0-based; Character counts units of the position encoding.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Range is from Start up to but without End.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Location is a range in a document.
type Location struct {
	URI   DocumentURI `json:"uri"`
	Range Range       `json:"range"`
}

// TextDocumentIdentifier names a document.
type TextDocumentIdentifier struct {
	URI DocumentURI `json:"uri"`
}

// VersionedTextDocumentIdentifier names a document in one of its versions.
type VersionedTextDocumentIdentifier struct {
	URI     DocumentURI `json:"uri"`
	Version int         `json:"version"`
}

// OptionalVersionedTextDocumentIdentifier has the version of a document that is open, and null for others.
type OptionalVersionedTextDocumentIdentifier struct {
	URI     DocumentURI `json:"uri"`
	Version *int        `json:"version"`
}

// TextDocumentItem is a document that is being opened.
type TextDocumentItem struct {
	URI        DocumentURI `json:"uri"`
	LanguageID string      `json:"languageId"`
	Version    int         `json:"version"`
	Text       string      `json:"text"`
}

// WorkspaceFolder is a folder that is open in the editor.
type WorkspaceFolder struct {
	URI  DocumentURI `json:"uri"`
	Name string      `json:"name"`
}

// TextEdit replaces a range.
type TextEdit struct {
	Range   Range  `json:"range"`
	NewText string `json:"newText"`
}

// TextDocumentEdit are edits of one document.
type TextDocumentEdit struct {
	TextDocument OptionalVersionedTextDocumentIdentifier `json:"textDocument"`
	Edits        []TextEdit                              `json:"edits"`
}

// CreateFile creates a file that is not there.
type CreateFile struct {
	Kind    string            `json:"kind"` // "create"
	URI     DocumentURI       `json:"uri"`
	Options CreateFileOptions `json:"options"`
}

// CreateFileOptions tell what happens where the file is there already.
type CreateFileOptions struct {
	IgnoreIfExists bool `json:"ignoreIfExists"`
}

// WorkspaceEdit has Changes for clients that know no DocumentChanges: TextDocumentEdit and CreateFile.
type WorkspaceEdit struct {
	Changes         map[DocumentURI][]TextEdit `json:"changes,omitempty"`
	DocumentChanges []any                      `json:"documentChanges,omitempty"`
}

// CancelParams name a request that nobody waits for any more: a number or a string.
type CancelParams struct {
	ID json.RawMessage `json:"id"`
}

// MessageType is how much a message matters.
type MessageType int

// The types of messages.
const (
	MessageError   MessageType = 1
	MessageWarning MessageType = 2
	MessageInfo    MessageType = 3
	MessageLog     MessageType = 4
)

// MessageParams are those of window/showMessage and window/logMessage.
type MessageParams struct {
	Type    MessageType `json:"type"`
	Message string      `json:"message"`
}

// ProgressParams report on work that goes on.
type ProgressParams struct {
	Token any `json:"token"`
	Value any `json:"value"`
}

// WorkDoneProgressCreateParams announce a token.
type WorkDoneProgressCreateParams struct {
	Token string `json:"token"`
}

// WorkDoneProgress is a report: of the kind "begin" or "end".
type WorkDoneProgress struct {
	Kind    string `json:"kind"`
	Title   string `json:"title,omitempty"`
	Message string `json:"message,omitempty"`
}
