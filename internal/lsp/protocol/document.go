package protocol

import "encoding/json"

// DidOpenTextDocumentParams tell that a document is open: from now on the client knows its text.
type DidOpenTextDocumentParams struct {
	TextDocument TextDocumentItem `json:"textDocument"`
}

// DidChangeTextDocumentParams tell of changes, each made to what the one before left.
type DidChangeTextDocumentParams struct {
	TextDocument   VersionedTextDocumentIdentifier  `json:"textDocument"`
	ContentChanges []TextDocumentContentChangeEvent `json:"contentChanges"`
}

// TextDocumentContentChangeEvent replaces a range, or without one the whole text.
type TextDocumentContentChangeEvent struct {
	Range *Range `json:"range"`
	Text  string `json:"text"`
}

// DocumentParams name a document: that of didClose and didSave.
type DocumentParams struct {
	TextDocument TextDocumentIdentifier `json:"textDocument"`
}

// DidChangeWatchedFilesParams tell of files that changed on disk.
type DidChangeWatchedFilesParams struct {
	Changes []struct {
		URI DocumentURI `json:"uri"`
	} `json:"changes"`
}

// DidChangeWorkspaceFoldersParams tell of folders that were opened and closed.
type DidChangeWorkspaceFoldersParams struct {
	Event struct {
		Added   []WorkspaceFolder `json:"added"`
		Removed []WorkspaceFolder `json:"removed"`
	} `json:"event"`
}

// DidChangeConfigurationParams hold the client's settings.
type DidChangeConfigurationParams struct {
	Settings json.RawMessage `json:"settings"`
}

// DiagnosticSeverity is how much a diagnostic matters.
type DiagnosticSeverity int

// The severities.
const (
	SeverityError       DiagnosticSeverity = 1
	SeverityWarning     DiagnosticSeverity = 2
	SeverityInformation DiagnosticSeverity = 3
)

// TagUnnecessary is the tag of what could be left out.
const TagUnnecessary = 1

// Diagnostic is a finding in a document.
type Diagnostic struct {
	Range              Range                          `json:"range"`
	Severity           DiagnosticSeverity             `json:"severity"`
	Code               string                         `json:"code,omitempty"`
	CodeDescription    *CodeDescription               `json:"codeDescription,omitempty"`
	Source             string                         `json:"source"`
	Message            string                         `json:"message"`
	Tags               []int                          `json:"tags,omitempty"`
	RelatedInformation []DiagnosticRelatedInformation `json:"relatedInformation,omitempty"`
	Data               *DiagnosticData                `json:"data,omitempty"`
}

// CodeDescription leads to the documentation.
type CodeDescription struct {
	Href string `json:"href"`
}

// DiagnosticRelatedInformation is a step of the witness.
type DiagnosticRelatedInformation struct {
	Location Location `json:"location"`
	Message  string   `json:"message"`
}

// DiagnosticData is what the server finds a diagnostic by, and what the protocol has no place for. The names are those of the JSON
// report.
type DiagnosticData struct {
	Fingerprint string `json:"fingerprint"`
	Reason      string `json:"reason,omitempty"`
	Step        string `json:"step,omitempty"`
}

// PublishDiagnosticsParams are all diagnostics of a document.
type PublishDiagnosticsParams struct {
	URI         DocumentURI  `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []Diagnostic `json:"diagnostics"`
}

// DocumentDiagnosticParams ask for the diagnostics of a document.
type DocumentDiagnosticParams struct {
	TextDocument     TextDocumentIdentifier `json:"textDocument"`
	PreviousResultID string                 `json:"previousResultId"`
}

// The kinds of reports on a document.
const (
	ReportFull      = "full"
	ReportUnchanged = "unchanged"
)

// DocumentDiagnosticReport has Items unless nothing has changed since the previous result. URI and Version are there in reports
// on the workspace.
type DocumentDiagnosticReport struct {
	Kind     string        `json:"kind"`
	ResultID string        `json:"resultId"`
	Items    *[]Diagnostic `json:"items,omitempty"`
}

// WorkspaceDiagnosticParams ask for the diagnostics of all documents.
type WorkspaceDiagnosticParams struct {
	PreviousResultIDs []struct {
		URI   DocumentURI `json:"uri"`
		Value string      `json:"value"`
	} `json:"previousResultIds"`
}

// WorkspaceDocumentDiagnosticReport is a report on one document of the workspace.
type WorkspaceDocumentDiagnosticReport struct {
	DocumentDiagnosticReport
	URI     DocumentURI `json:"uri"`
	Version *int        `json:"version"`
}

// WorkspaceDiagnosticReport holds the reports on all documents.
type WorkspaceDiagnosticReport struct {
	Items []WorkspaceDocumentDiagnosticReport `json:"items"`
}

// TextDocumentPositionParams name a place in a document.
type TextDocumentPositionParams struct {
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Position     Position               `json:"position"`
}

// Hover is what is shown beside a place.
type Hover struct {
	Contents MarkupContent `json:"contents"`
	Range    *Range        `json:"range,omitempty"`
}

// MarkupContent is text of the kind "markdown" or "plaintext".
type MarkupContent struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// The kinds of code actions.
const (
	QuickFix     = "quickfix"
	SourceFixAll = "source.fixAll.voipcheck"
)

// CodeActionParams ask what can be done about a range.
type CodeActionParams struct {
	TextDocument TextDocumentIdentifier `json:"textDocument"`
	Range        Range                  `json:"range"`
	Context      struct {
		Only []string `json:"only"`
	} `json:"context"`
}

// CodeAction is something that can be done.
type CodeAction struct {
	Title       string         `json:"title"`
	Kind        string         `json:"kind"`
	Diagnostics []Diagnostic   `json:"diagnostics,omitempty"`
	IsPreferred bool           `json:"isPreferred,omitempty"`
	Edit        *WorkspaceEdit `json:"edit,omitempty"`
}

// ExecuteCommandParams call a command.
type ExecuteCommandParams struct {
	Command   string            `json:"command"`
	Arguments []json.RawMessage `json:"arguments"`
}

// ApplyWorkspaceEditParams ask the client to edit.
type ApplyWorkspaceEditParams struct {
	Label string        `json:"label,omitempty"`
	Edit  WorkspaceEdit `json:"edit"`
}

// ApplyWorkspaceEditResult tells whether it did.
type ApplyWorkspaceEditResult struct {
	Applied       bool   `json:"applied"`
	FailureReason string `json:"failureReason"`
}
