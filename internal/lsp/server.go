// Package lsp is the language server: it keeps what an editor has open, lints
// it as it is typed, and answers what the editor asks about it.
//
// Notifications are taken in the order in which they come. One worker lints,
// always what was edited last; an edit ends the run that it makes useless.
// Requests are answered beside it, each in a goroutine of its own.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"runtime/debug"
	"sync"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/sourcegraph/jsonrpc2"
)

// Project is what the files below one configuration are linted with.
type Project struct {
	Linter *linter.Linter
	Run    linter.Run // all that the configuration declares; it may have no releases
	// Alone is how a file is linted that belongs to no release, and that is how
	// much of it: a file that is neither values nor a manifest is left alone.
	Alone func(name string, data []byte) (run linter.Run, ok bool)
}

// Options are what the server needs of the program around it.
type Options struct {
	Version string
	// Config returns the configuration that holds for a file, "" when there is
	// none. It has to be cheap.
	Config func(file string) string
	// Open reads a configuration, "" for none, and what it declares. The error is
	// for the user and may begin with file:line:column.
	Open func(config string) (*Project, error)
	// Check judges the text of a configuration that is being edited.
	Check func(name string, data []byte) error
	// RuleURL is where a rule is documented, "" where that is nowhere.
	RuleURL func(rule string) string
	Log     io.Writer // for what goes wrong in the server itself
}

// ErrNoShutdown is returned when the client ends the server, or goes away,
// without the shutdown that the protocol asks for.
var ErrNoShutdown = errors.New("the language client went away without shutdown")

// Serve talks to one client until it says exit, closes the connection, or ctx
// ends.
func Serve(ctx context.Context, rw io.ReadWriteCloser, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &server{
		Options: o, log: log.New(o.Log, "helmvet: ", 0), enc: utf16Units, stop: stop,
		docs: map[string]*document{}, byPath: map[string]*document{}, projects: map[string]*project{},
		configs: map[string]string{}, names: map[string]string{}, requests: map[jsonrpc2.ID]context.CancelFunc{}, wake: make(chan struct{}, 1),
	}
	s.conn = jsonrpc2.NewConn(ctx, newStream(rw), handler{s}, jsonrpc2.SetLogger(s.log))
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.work(ctx)
	}()
	select {
	case <-s.conn.DisconnectNotify():
	case <-ctx.Done():
	}
	stop()
	s.conn.Close() //nolint:errcheck // it may be closed already
	<-done
	s.answering.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.isShutdown {
		return ErrNoShutdown
	}
	return nil
}

type server struct {
	Options
	conn *jsonrpc2.Conn
	log  *log.Logger
	stop context.CancelFunc
	wake chan struct{} // there is something to lint

	answering  sync.WaitGroup
	publishing sync.Mutex // so that what was closed stays empty

	mu          sync.Mutex
	initialized bool
	isShutdown  bool
	enc         encoding
	plainText   bool // hover in plain text
	flatSymbols bool
	noActions   bool // the client knows commands only
	watches     bool // the client tells of changed files when asked to
	docs        map[string]*document
	byPath      map[string]*document
	projects    map[string]*project // by configuration
	configs     map[string]string   // by folder
	names       map[string]string   // of files, as paths without links
	requests    map[jsonrpc2.ID]context.CancelFunc
	running     *job
	edits       int // how often anything was edited
}

// handler takes messages in their order.
type handler struct{ s *server }

// method is how a request is answered.
type method func(s *server, ctx context.Context, params json.RawMessage) (any, error)

var methods = map[string]method{
	"textDocument/hover":          answer((*server).hover),
	"textDocument/completion":     answer((*server).complete),
	"textDocument/definition":     answer((*server).define),
	"textDocument/documentSymbol": answer((*server).symbols),
	"textDocument/codeAction":     answer((*server).actions),
}

// answer reads the parameters of a request.
func answer[P any](f func(*server, context.Context, *P) (any, error)) method {
	return func(s *server, ctx context.Context, raw json.RawMessage) (any, error) {
		p := new(P)
		if err := json.Unmarshal(raw, p); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
		}
		return f(s, ctx, p)
	}
}

var notifications = map[string]func(s *server, raw json.RawMessage) error{
	"initialized":                     func(s *server, _ json.RawMessage) error { s.register(); return nil },
	"textDocument/didOpen":            notify((*server).didOpen),
	"textDocument/didChange":          notify((*server).didChange),
	"textDocument/didClose":           notify((*server).didClose),
	"textDocument/didSave":            notify((*server).didSave),
	"workspace/didChangeWatchedFiles": notify((*server).didChangeWatchedFiles),
}

func notify[P any](f func(*server, *P) error) func(*server, json.RawMessage) error {
	return func(s *server, raw json.RawMessage) error {
		p := new(P)
		if err := json.Unmarshal(raw, p); err != nil {
			return err
		}
		return f(s, p)
	}
}

// Error codes that the protocol adds to JSON-RPC's.
const (
	codeNotInitialized   = -32002
	codeRequestCancelled = -32800
)

// Handle implements jsonrpc2.Handler.
func (h handler) Handle(ctx context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) {
	s := h.s
	var params json.RawMessage
	if req.Params != nil {
		params = *req.Params
	}
	if req.Notif {
		if err := s.notified(req.Method, params); err != nil {
			s.log.Printf("%s: %v", req.Method, err)
		}
		return
	}
	reply := func(result any, err error) {
		if err == nil {
			err = conn.Reply(ctx, req.ID, result)
			if err == nil || errors.Is(err, jsonrpc2.ErrClosed) {
				return
			}
		}
		var e *jsonrpc2.Error
		if !errors.As(err, &e) {
			e = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
			if errors.Is(err, context.Canceled) {
				e = &jsonrpc2.Error{Code: codeRequestCancelled, Message: "the request was cancelled"}
			}
		}
		conn.ReplyWithError(ctx, req.ID, e) //nolint:errcheck // the client is gone
	}
	if r, err, ok := s.lifecycle(req.Method, params); ok {
		reply(r, err)
		return
	}
	f := methods[req.Method]
	if f == nil {
		reply(nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: fmt.Sprintf("%s is not supported", req.Method)})
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	s.requests[req.ID] = cancel
	s.mu.Unlock()
	s.answering.Add(1)
	go func() {
		defer s.answering.Done()
		var result any
		err := s.guard(req.Method, func() (err error) {
			result, err = f(s, ctx, params)
			return err
		})
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		s.mu.Lock()
		delete(s.requests, req.ID)
		s.mu.Unlock()
		cancel()
		reply(result, err)
	}()
}

// guard makes an error of a panic, so that what one file or request does to us
// does not take the editor's server away.
func (s *server) guard(what string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Printf("internal error in %s: %v\n%s", what, r, debug.Stack())
			err = fmt.Errorf("internal error in %s: %v", what, r)
		}
	}()
	return f()
}

// lifecycle answers what is allowed before and after the life of the server,
// and refuses everything else then.
func (s *server) lifecycle(name string, params json.RawMessage) (any, error, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case name == "initialize" && s.initialized:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "initialize was sent before"}, true
	case name == "initialize":
		var p initializeParams
		if err := json.Unmarshal(params, &p); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}, true
		}
		return s.initialize(&p), nil, true
	case !s.initialized:
		return nil, &jsonrpc2.Error{Code: codeNotInitialized, Message: "initialize was not sent yet"}, true
	case s.isShutdown:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "shutdown was sent before"}, true
	case name == "shutdown":
		s.isShutdown = true
		return nil, nil, true
	}
	return nil, nil, false
}

func (s *server) notified(name string, params json.RawMessage) error {
	switch name {
	case "exit":
		s.stop()
		return nil
	case "$/cancelRequest":
		var p struct{ ID jsonrpc2.ID }
		if err := json.Unmarshal(params, &p); err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if cancel := s.requests[p.ID]; cancel != nil {
			cancel()
		}
		return nil
	}
	s.mu.Lock()
	alive := s.initialized && !s.isShutdown
	s.mu.Unlock()
	f := notifications[name]
	if f == nil || !alive {
		return nil // the protocol wants them dropped
	}
	return s.guard(name, func() error { return f(s, params) })
}

func (s *server) initialize(p *initializeParams) *initializeResult {
	s.initialized = true
	c := &p.Capabilities
	s.enc = choose(c.General.PositionEncodings)
	if f := c.TextDocument.Hover.ContentFormat; len(f) > 0 && f[0] == "plaintext" {
		s.plainText = true
	}
	s.flatSymbols = !c.TextDocument.DocumentSymbol.Hierarchical
	s.noActions = len(c.TextDocument.CodeAction.LiteralSupport) == 0
	s.watches = c.Workspace.DidChangeWatchedFiles.DynamicRegistration
	r := &initializeResult{}
	r.ServerInfo.Name, r.ServerInfo.Version = "helmvet", s.Version
	k := &r.Capabilities
	k.PositionEncoding = string(s.enc)
	k.TextDocumentSync.OpenClose, k.TextDocumentSync.Change, k.TextDocumentSync.Save = true, 2, true
	k.HoverProvider, k.DefinitionProvider, k.DocumentSymbolProvider = true, true, true
	k.CompletionProvider.TriggerCharacters = []string{" ", ":", "-", "\n"}
	k.CodeActionProvider.CodeActionKinds = []string{kindQuickFix, kindFixAll}
	return r
}

// register asks the client to tell which files change on the disk.
func (s *server) register() {
	s.mu.Lock()
	watches := s.watches
	s.mu.Unlock()
	if !watches {
		return
	}
	params := map[string]any{"registrations": []any{map[string]any{
		"id": "files", "method": "workspace/didChangeWatchedFiles",
		"registerOptions": map[string]any{"watchers": []any{
			map[string]any{"globPattern": "**/*.{yaml,yml,cue,rego,tpl,tgz,env,sh}"},
		}},
	}}}
	// The answer says nothing; waiting for it here would wait for ourselves.
	if _, err := s.conn.DispatchCall(context.Background(), "client/registerCapability", params); err != nil {
		s.log.Print(err)
	}
}
