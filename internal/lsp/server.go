package lsp

// The server, its life, and the table of its methods.

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"runtime/debug"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Options are what a server is started with.
type Options struct {
	// Check is what a check is asked for. Folder, paths, files and time are the server's.
	Check check.Options
	// Baseline is the file of known findings, relative to the folder that is checked; "" for none.
	Baseline string
	// Files is the file system below the open documents.
	Files miniprogram.FS
	// Lang is the language of what is said, where the client asks for none; Fixed leaves no choice to the client.
	Lang  lang.Lang
	Fixed bool
	// Now tells the time.
	Now     func() time.Time
	Version string
	// StatusOf is the exit status that an error of a check leads to.
	StatusOf func(error) int
	// Watch tells when the process of that number has ended; nil for not to look.
	Watch func(ctx context.Context, process int, ended func())
}

// Server is a language server. Make one for each connection.
type Server struct {
	options Options
	conn    *jsonrpc2.Conn

	mu        sync.Mutex
	phase     phase
	encoding  protocol.PositionEncoding
	client    protocol.ClientCapabilities
	lang      lang.Lang
	settings  settings
	documents map[string]*document // by file name
	roots     []*root
	// state counts the changes; running is the check that runs now, and stop ends it.
	state   int
	running *task
	stop    func()
	// settledOne is closed, and made anew, when a check ends.
	settledOne chan struct{}
	// published are the diagnostics that the client knows, by file name.
	published map[string]published
	// complained is the last error that was shown, so that it is shown once.
	complained string
	requests   map[jsonrpc2.ID]context.CancelFunc
	tokens     int

	// publishing keeps what is told in order.
	publishing sync.Mutex

	wake chan struct{}
	// ended is closed when the client says exit, or its process is gone.
	ended chan struct{}
	end   sync.Once
}

// phase is where in its life a server is.
type phase int

const (
	started phase = iota
	initialized
	shutDown
)

// New returns a server.
func New(o Options) *Server {
	return &Server{
		options: o, encoding: protocol.UTF16, lang: o.Lang, documents: map[string]*document{}, stop: func() {},
		settledOne: make(chan struct{}), published: map[string]published{}, requests: map[jsonrpc2.ID]context.CancelFunc{},
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
}

// ErrNotShutDown is the end of a server that its client left without saying so.
var ErrNotShutDown error = &lang.Error{Text: lang.T("the client disconnected without a shutdown request", "客户端没有请求关闭就断开了连接")}

// Serve speaks to a client until it says exit, goes away, or sends what cannot be read. It returns nil when the client asked for
// a shutdown before.
func (s *Server) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	messages := &stream{in: bufio.NewReader(in), out: out}
	if c, ok := in.(io.Closer); ok {
		messages.close = c.Close
	}
	var working sync.WaitGroup
	working.Go(func() { s.work(ctx) })
	s.mu.Lock()
	s.conn = jsonrpc2.NewConn(ctx, messages, handler{s}, jsonrpc2.SetLogger(log.New(io.Discard, "", 0)))
	s.mu.Unlock()
	select {
	case <-s.ended:
	case <-s.conn.DisconnectNotify():
	case <-ctx.Done():
	}
	failed := messages.failed() // before its end is ours
	cancel()
	s.mu.Lock()
	s.stop()
	orderly := s.phase == shutDown
	s.mu.Unlock()
	working.Wait()
	switch {
	case failed != nil:
		return failed
	case !orderly:
		return ErrNotShutDown
	}
	return nil
}

// handler receives the messages of a connection, one after the other.
type handler struct{ server *Server }

// Handle answers a request or takes in a notification. Notifications are done in their order; requests do not wait for each other.
func (h handler) Handle(ctx context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) {
	s := h.server
	if r.Notif {
		s.notified(ctx, r)
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	if s.conn == nil {
		s.conn = conn // the first message may be here before the constructor returns
	}
	s.requests[r.ID] = cancel
	s.mu.Unlock()
	answer := func() {
		defer cancel()
		result, err := s.answer(ctx, r)
		s.mu.Lock()
		delete(s.requests, r.ID)
		s.mu.Unlock()
		if err != nil {
			_ = conn.ReplyWithError(ctx, r.ID, s.failure(err)) // there is nobody left to tell
			return
		}
		_ = conn.Reply(ctx, r.ID, result)
	}
	if inOrder[r.Method] {
		answer()
		return
	}
	go answer()
}

// inOrder are the requests that change what the server knows.
var inOrder = map[string]bool{"initialize": true, "shutdown": true}

// fault is an error with its code.
func fault(code int, format string, args ...any) error {
	return &jsonrpc2.Error{Code: int64(code), Message: fmt.Sprintf(format, args...)}
}

// failure is an error as the protocol has it.
func (s *Server) failure(err error) *jsonrpc2.Error {
	var own *jsonrpc2.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, context.Canceled):
		return &jsonrpc2.Error{Code: protocol.RequestCancelled, Message: "cancelled"}
	}
	return &jsonrpc2.Error{Code: protocol.RequestFailed, Message: s.in(lang.Cause(err))}
}

// method answers a request.
type method func(s *Server, ctx context.Context, params json.RawMessage) (any, error)

// with reads a request's parameters.
func with[P any](do func(*Server, context.Context, *P) (any, error)) method {
	return func(s *Server, ctx context.Context, params json.RawMessage) (any, error) {
		var p P
		if err := json.Unmarshal(params, &p); err != nil {
			return nil, fault(jsonrpc2.CodeInvalidParams, "the parameters cannot be read: %v", err)
		}
		return do(s, ctx, &p)
	}
}

// methods are the requests that are answered.
var methods = map[string]method{
	"initialize":               with((*Server).initialize),
	"shutdown":                 func(s *Server, _ context.Context, _ json.RawMessage) (any, error) { return s.shutdown() },
	"textDocument/hover":       with((*Server).hover),
	"textDocument/codeAction":  with((*Server).codeAction),
	"textDocument/diagnostic":  with((*Server).documentDiagnostic),
	"workspace/diagnostic":     with((*Server).workspaceDiagnostic),
	"workspace/executeCommand": with((*Server).executeCommand),
}

// answer is the answer to a request.
func (s *Server) answer(ctx context.Context, r *jsonrpc2.Request) (result any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fault(jsonrpc2.CodeInternalError, "%v\n%s", cause, debug.Stack())
		}
	}()
	s.mu.Lock()
	phase := s.phase
	s.mu.Unlock()
	do := methods[r.Method]
	switch {
	case phase == started && r.Method != "initialize":
		return nil, fault(protocol.ServerNotInitialized, "initialize comes first")
	case phase == initialized && r.Method == "initialize":
		return nil, fault(jsonrpc2.CodeInvalidRequest, "the server is initialized already")
	case phase == shutDown:
		return nil, fault(jsonrpc2.CodeInvalidRequest, "the server is shut down")
	case do == nil:
		return nil, fault(jsonrpc2.CodeMethodNotFound, "no such method: %s", r.Method)
	}
	return do(s, ctx, paramsOf(r))
}

func paramsOf(r *jsonrpc2.Request) json.RawMessage {
	if r.Params == nil {
		return json.RawMessage("null")
	}
	return *r.Params
}

// notice takes in a notification.
type notice func(s *Server, params json.RawMessage) error

// noticeOf reads a notification's parameters.
func noticeOf[P any](do func(*Server, *P)) notice {
	return func(s *Server, params json.RawMessage) error {
		var p P
		if err := json.Unmarshal(params, &p); err != nil {
			return err
		}
		do(s, &p)
		return nil
	}
}

// notices are the notifications that are taken in; others are passed over, as the protocol wants it.
var notices = map[string]notice{
	"initialized":                         func(s *Server, _ json.RawMessage) error { s.watchFiles(); return nil },
	"textDocument/didOpen":                noticeOf((*Server).didOpen),
	"textDocument/didChange":              noticeOf((*Server).didChange),
	"textDocument/didClose":               noticeOf((*Server).didClose),
	"textDocument/didSave":                noticeOf((*Server).didSave),
	"workspace/didChangeWatchedFiles":     noticeOf((*Server).didChangeWatchedFiles),
	"workspace/didChangeWorkspaceFolders": noticeOf((*Server).didChangeWorkspaceFolders),
	"workspace/didChangeConfiguration":    noticeOf((*Server).didChangeConfiguration),
	"$/cancelRequest":                     noticeOf((*Server).cancelRequest),
}

// notified takes in a notification. One that cannot be read is told in the log, since nobody waits for an answer.
func (s *Server) notified(_ context.Context, r *jsonrpc2.Request) {
	if r.Method == "exit" {
		s.leaveNow()
		return
	}
	s.mu.Lock()
	phase := s.phase
	s.mu.Unlock()
	do := notices[r.Method]
	if do == nil || phase != initialized {
		return
	}
	if err := do(s, paramsOf(r)); err != nil {
		s.log(protocol.MessageError, lang.F(lang.T("%s cannot be read: %s", "%s 无法读取：%s"), r.Method, err.Error()))
	}
}

// leaveNow ends the server.
func (s *Server) leaveNow() { s.end.Do(func() { close(s.ended) }) }

// cancelRequest lets a request go that nobody waits for any more.
func (s *Server) cancelRequest(p *protocol.CancelParams) {
	var id jsonrpc2.ID
	if json.Unmarshal(p.ID, &id) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.requests[id]; cancel != nil {
		cancel()
	}
}

// in is a text in the language of the client.
func (s *Server) in(t lang.Text) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return t.In(s.lang)
}

// tell sends a notification. When the client is gone there is nobody left to tell.
func (s *Server) tell(method string, params any) {
	_ = s.conn.Notify(context.Background(), method, params)
}

// log writes a line to the client's log.
func (s *Server) log(kind protocol.MessageType, t lang.Text) {
	s.tell("window/logMessage", protocol.MessageParams{Type: kind, Message: s.in(t)})
}

// show shows an error to the user, once.
func (s *Server) show(t lang.Text) {
	said := s.in(t)
	s.mu.Lock()
	again := s.complained == said
	s.complained = said
	s.mu.Unlock()
	if !again {
		s.tell("window/showMessage", protocol.MessageParams{Type: protocol.MessageError, Message: "voipcheck: " + said})
	}
}
