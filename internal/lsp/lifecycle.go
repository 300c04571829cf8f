package lsp

// The beginning and the end, folders, settings, and documents.

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
)

// initialize learns what the client can, and tells what the server can.
func (s *Server) initialize(ctx context.Context, p *protocol.InitializeParams) (any, error) {
	given, err := parseSettings(p.InitializationOptions)
	s.mu.Lock()
	s.client = p.Capabilities
	for _, e := range p.Capabilities.General.PositionEncodings {
		if e == protocol.UTF8 || e == protocol.UTF16 {
			s.encoding = e // the client names first what it likes best
			break
		}
	}
	s.settings = given
	s.chooseLanguage(p.Locale)
	for _, uri := range rootsOf(p) {
		s.add(uri)
	}
	s.phase = initialized
	s.touched("")
	s.mu.Unlock()
	if err != nil {
		s.show(lang.Cause(err))
	}
	if p.ProcessID != nil && s.options.Watch != nil {
		go s.options.Watch(context.WithoutCancel(ctx), *p.ProcessID, s.leaveNow)
	}
	return s.capabilities(), nil
}

// rootsOf are the folders that are open.
func rootsOf(p *protocol.InitializeParams) []string {
	var uris []string
	for _, f := range p.WorkspaceFolders {
		uris = append(uris, f.URI)
	}
	switch {
	case len(uris) > 0:
	case p.RootURI != nil:
		uris = append(uris, *p.RootURI)
	case p.RootPath != nil && *p.RootPath != "":
		uris = append(uris, uriOf(strings.ReplaceAll(*p.RootPath, `\`, "/")))
	}
	return uris
}

// capabilities are what the server can do for this client.
func (s *Server) capabilities() *protocol.InitializeResult {
	out := &protocol.InitializeResult{
		Capabilities: protocol.ServerCapabilities{
			PositionEncoding:       s.encoding,
			TextDocumentSync:       protocol.TextDocumentSyncOptions{OpenClose: true, Change: protocol.SyncIncremental, Save: true},
			HoverProvider:          true,
			CodeActionProvider:     protocol.CodeActionOptions{CodeActionKinds: []string{protocol.QuickFix, protocol.SourceFixAll}},
			ExecuteCommandProvider: protocol.ExecuteCommandOptions{Commands: commandNames()},
		},
		ServerInfo: protocol.ServerInfo{Name: "voipcheck", Version: s.options.Version},
	}
	if s.client.TextDocument.Diagnostic != nil {
		out.Capabilities.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: "voipcheck", InterFileDependencies: true}
	}
	out.Capabilities.Workspace.WorkspaceFolders.Supported = true
	out.Capabilities.Workspace.WorkspaceFolders.ChangeNotifications = true
	return out
}

// chooseLanguage decides in which language the server speaks: that of the settings, else of the client. The caller holds the lock.
func (s *Server) chooseLanguage(locale string) {
	if s.options.Fixed {
		return
	}
	if locale != "" {
		s.lang = lang.EN
		if strings.HasPrefix(strings.ToLower(locale), "zh") {
			s.lang = lang.ZH
		}
	}
	if l, ok := languages[s.settings.Lang]; ok {
		s.lang = l
	}
}

// shutdown stops all work; what is left to come is exit.
func (s *Server) shutdown() (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = shutDown
	s.roots = nil
	s.stop()
	return nil, nil //nolint:nilnil // null is the answer
}

// watched are the files whose change on disk the server wants to know of.
var watched = []string{
	"**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,json,wxml,wxs,vue,nvue,mpx,wpy}", "**/.gitignore",
}

// watchFiles asks to be told of files that change on disk.
func (s *Server) watchFiles() {
	if !s.client.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		return
	}
	var watchers []protocol.FileSystemWatcher
	for _, glob := range watched {
		watchers = append(watchers, protocol.FileSystemWatcher{GlobPattern: glob})
	}
	go s.ask("client/registerCapability", protocol.RegistrationParams{Registrations: []protocol.Registration{{
		ID: "voipcheck-files", Method: "workspace/didChangeWatchedFiles",
		RegisterOptions: protocol.DidChangeWatchedFilesRegistrationOptions{Watchers: watchers},
	}}})
}

// ask sends a request whose answer makes no difference. It waits for the answer, so that it must not be called by a handler.
func (s *Server) ask(method string, params any) {
	_ = s.conn.Call(context.Background(), method, params, nil) // a client that cannot do it goes without
}

// add takes in a folder. The caller holds the lock.
func (s *Server) add(uri string) {
	dir := nameOf(uri)
	if dir == "" || slices.ContainsFunc(s.roots, func(r *root) bool { return r.dir == dir && !r.implied }) {
		return
	}
	s.roots = slices.DeleteFunc(s.roots, func(r *root) bool { return r.implied && r.dir == dir })
	s.roots = append(s.roots, newRoot(dir, false))
}

func (s *Server) didChangeWorkspaceFolders(p *protocol.DidChangeWorkspaceFoldersParams) {
	s.mu.Lock()
	for _, f := range p.Event.Removed {
		dir := nameOf(f.URI)
		s.roots = slices.DeleteFunc(s.roots, func(r *root) bool {
			gone := r.dir == dir && !r.implied
			if gone {
				s.leave(r)
			}
			return gone
		})
	}
	for _, f := range p.Event.Added {
		s.add(f.URI)
	}
	for name := range s.documents {
		s.opened(name)
	}
	s.closed()
	s.touched("")
	s.mu.Unlock()
	s.publish()
}

func (s *Server) didChangeConfiguration(p *protocol.DidChangeConfigurationParams) {
	var under struct {
		Voipcheck json.RawMessage `json:"voipcheck"`
	}
	if json.Unmarshal(p.Settings, &under) != nil || len(under.Voipcheck) == 0 {
		return // the settings of others
	}
	given, err := parseSettings(under.Voipcheck)
	if err != nil {
		s.show(lang.Cause(err))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	given.Status = given.Status || s.settings.Status
	s.settings = given
	s.chooseLanguage("")
	s.touched("")
}

func (s *Server) didOpen(p *protocol.DidOpenTextDocumentParams) {
	name := nameOf(p.TextDocument.URI)
	if name == "" {
		return // not a file: a change in the history, a terminal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.documents[name] = &document{uri: p.TextDocument.URI, version: p.TextDocument.Version, text: p.TextDocument.Text}
	s.opened(name)
	s.touched(name)
}

func (s *Server) didChange(p *protocol.DidChangeTextDocumentParams) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := nameOf(p.TextDocument.URI)
	d := s.documents[name]
	if d == nil {
		return
	}
	d.change(p.ContentChanges, s.encoding)
	d.version = p.TextDocument.Version
	s.touched(name)
}

func (s *Server) didClose(p *protocol.DocumentParams) {
	name := nameOf(p.TextDocument.URI)
	s.mu.Lock()
	if s.documents[name] == nil {
		s.mu.Unlock()
		return
	}
	delete(s.documents, name)
	s.closed()
	s.touched(name)
	s.mu.Unlock()
	s.publish()
}

func (s *Server) didSave(p *protocol.DocumentParams) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touched(nameOf(p.TextDocument.URI))
}

func (s *Server) didChangeWatchedFiles(p *protocol.DidChangeWatchedFilesParams) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range p.Changes {
		if name := nameOf(c.URI); name != "" {
			s.touched(name)
		}
	}
}
