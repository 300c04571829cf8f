package protocol

import "encoding/json"

// InitializeParams are what a client says of itself.
type InitializeParams struct {
	ProcessID             *int               `json:"processId"`
	Locale                string             `json:"locale"`
	RootPath              *string            `json:"rootPath"`
	RootURI               *DocumentURI       `json:"rootUri"`
	InitializationOptions json.RawMessage    `json:"initializationOptions"`
	Capabilities          ClientCapabilities `json:"capabilities"`
	WorkspaceFolders      []WorkspaceFolder  `json:"workspaceFolders"`
}

// ClientCapabilities are those that make a difference to the server.
type ClientCapabilities struct {
	General struct {
		PositionEncodings []PositionEncoding `json:"positionEncodings"`
	} `json:"general"`
	Workspace    WorkspaceClientCapabilities    `json:"workspace"`
	TextDocument TextDocumentClientCapabilities `json:"textDocument"`
	Window       struct {
		WorkDoneProgress bool `json:"workDoneProgress"`
	} `json:"window"`
}

// WorkspaceClientCapabilities concern the workspace.
type WorkspaceClientCapabilities struct {
	ApplyEdit     bool `json:"applyEdit"`
	WorkspaceEdit struct {
		DocumentChanges    bool     `json:"documentChanges"`
		ResourceOperations []string `json:"resourceOperations"`
	} `json:"workspaceEdit"`
	DidChangeWatchedFiles struct {
		DynamicRegistration bool `json:"dynamicRegistration"`
	} `json:"didChangeWatchedFiles"`
	Diagnostics struct {
		RefreshSupport bool `json:"refreshSupport"`
	} `json:"diagnostics"`
}

// TextDocumentClientCapabilities concern documents.
type TextDocumentClientCapabilities struct {
	Diagnostic *struct {
		DynamicRegistration bool `json:"dynamicRegistration"`
	} `json:"diagnostic"`
	Hover struct {
		ContentFormat []string `json:"contentFormat"`
	} `json:"hover"`
}

// InitializeResult is what the server says of itself.
type InitializeResult struct {
	Capabilities ServerCapabilities `json:"capabilities"`
	ServerInfo   ServerInfo         `json:"serverInfo"`
}

// ServerInfo names the server.
type ServerInfo struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// ServerCapabilities are what the server can do.
type ServerCapabilities struct {
	PositionEncoding       PositionEncoding        `json:"positionEncoding"`
	TextDocumentSync       TextDocumentSyncOptions `json:"textDocumentSync"`
	HoverProvider          bool                    `json:"hoverProvider"`
	CodeActionProvider     CodeActionOptions       `json:"codeActionProvider"`
	ExecuteCommandProvider ExecuteCommandOptions   `json:"executeCommandProvider"`
	DiagnosticProvider     *DiagnosticOptions      `json:"diagnosticProvider,omitempty"`
	Workspace              WorkspaceOptions        `json:"workspace"`
}

// SyncIncremental is the kind of synchronization in which changes are told by their ranges.
const SyncIncremental = 2

// TextDocumentSyncOptions tell which changes of documents the server wants to know.
type TextDocumentSyncOptions struct {
	OpenClose bool `json:"openClose"`
	Change    int  `json:"change"`
	Save      bool `json:"save"`
}

// CodeActionOptions tell which code actions there are.
type CodeActionOptions struct {
	CodeActionKinds []string `json:"codeActionKinds"`
}

// ExecuteCommandOptions tell which commands there are.
type ExecuteCommandOptions struct {
	Commands []string `json:"commands"`
}

// DiagnosticOptions tell that diagnostics can be asked for.
type DiagnosticOptions struct {
	Identifier            string `json:"identifier"`
	InterFileDependencies bool   `json:"interFileDependencies"`
	WorkspaceDiagnostics  bool   `json:"workspaceDiagnostics"`
}

// WorkspaceOptions tell that several folders may be open.
type WorkspaceOptions struct {
	WorkspaceFolders struct {
		Supported           bool `json:"supported"`
		ChangeNotifications bool `json:"changeNotifications"`
	} `json:"workspaceFolders"`
}

// RegistrationParams ask the client for notifications.
type RegistrationParams struct {
	Registrations []Registration `json:"registrations"`
}

// Registration asks for one kind of notifications.
type Registration struct {
	ID              string `json:"id"`
	Method          string `json:"method"`
	RegisterOptions any    `json:"registerOptions,omitempty"`
}

// DidChangeWatchedFilesRegistrationOptions tell which files are watched.
type DidChangeWatchedFilesRegistrationOptions struct {
	Watchers []FileSystemWatcher `json:"watchers"`
}

// FileSystemWatcher watches the files that a glob names.
type FileSystemWatcher struct {
	GlobPattern string `json:"globPattern"`
}
