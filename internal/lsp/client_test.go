package lsp_test

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/lsp"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/sourcegraph/jsonrpc2"
)

type (
	object = map[string]any
	list   = []any
)

// client is the editor's side of a connection in memory.
type client struct {
	t    testing.TB
	conn *jsonrpc2.Conn
	end  chan error // what Serve returned
	log  *buffer

	mu    sync.Mutex
	shown map[string]published // by URI
	came  chan struct{}        // something was published
	asked []string             // what the server asked for
	count int                  // how often anything was published

	settings object // what a server that asks for its configuration is told
}

type published struct {
	Version     int
	Diagnostics []diagnostic
}

type diagnostic struct {
	Range struct {
		Start, End struct{ Line, Character int }
	}
	Severity           int
	Code               code
	Message            string
	RelatedInformation []struct {
		Location struct{ URI string }
		Message  string
	}
}

// code is what other servers give as a number.
type code string

func (c *code) UnmarshalJSON(raw []byte) error {
	*c = code(strings.Trim(string(raw), `"`))
	return nil
}

// buffer may be written to and read at the same time.
type buffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

type pipe struct {
	io.Reader
	io.WriteCloser
}

func (p pipe) Close() error { return p.WriteCloser.Close() }

// plain is a server without configuration: every file is values by itself.
func plain() lsp.Options {
	read := func(name string) ([]byte, error) { return os.ReadFile(name) }
	l := linter.New(pack.Builtins(), read)
	return lsp.Options{
		Config: func(string) string { return "" },
		Open: func(string) (*lsp.Project, error) {
			return &lsp.Project{Linter: l, Alone: func(name string, _ []byte) (linter.Run, bool) {
				if strings.HasSuffix(name, ".txt") {
					return linter.Run{}, false
				}
				return linter.Run{Releases: []linter.Release{{Single: true, Sources: []values.Source{{File: name}}}}}, true
			}}, nil
		},
		Check:   func(string, []byte) error { return nil },
		RuleURL: func(rule string) string { return "https://example.com/" + rule },
	}
}

func start(t testing.TB, o lsp.Options, capabilities object) *client {
	t.Helper()
	c := begin(t, o)
	var r struct{ Capabilities object }
	c.call("initialize", object{"processId": nil, "rootUri": nil, "capabilities": capabilities}, &r)
	c.notify("initialized", object{})
	return c
}

// begin connects without a word.
func begin(t testing.TB, o lsp.Options) *client {
	t.Helper()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	end, log := make(chan error, 1), &buffer{}
	o.Log = log
	go func() {
		err := lsp.Serve(context.Background(), pipe{in, out}, o)
		in.Close()
		end <- err
	}()
	return connect(t, pipe{fromServer, toServer}, end, log)
}

// connect is the editor's side of a server that writes its end to a channel.
func connect(t testing.TB, to pipe, end chan error, log *buffer) *client {
	t.Helper()
	c := &client{t: t, end: end, log: log, shown: map[string]published{}, came: make(chan struct{}, 1)}
	c.conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(to, jsonrpc2.VSCodeObjectCodec{}),
		jsonrpc2.HandlerWithError(c.handle))
	t.Cleanup(func() {
		c.conn.Close()
		select {
		case <-c.end:
		case <-time.After(20 * time.Second):
			t.Error("the server does not end")
		}
		if strings.Contains(c.log.String(), "internal error") && !strings.Contains(t.Name(), "Panic") {
			t.Errorf("the server had an accident:\n%s", c.log)
		}
	})
	return c
}

func (c *client) handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if req.Method != "textDocument/publishDiagnostics" {
		c.asked = append(c.asked, req.Method)
		if req.Method == "workspace/configuration" {
			var p struct{ Items []struct{ Section string } }
			if err := json.Unmarshal(*req.Params, &p); err != nil {
				return nil, err
			}
			out := make(list, len(p.Items))
			for i, it := range p.Items {
				if it.Section == "yaml" {
					out[i] = c.settings
				}
			}
			return out, nil
		}
		return nil, nil
	}
	var p struct {
		URI string
		published
	}
	if err := json.Unmarshal(*req.Params, &p); err != nil {
		c.t.Error(err)
	}
	c.shown[p.URI] = p.published
	c.count++
	select {
	case c.came <- struct{}{}:
	default:
	}
	return nil, nil
}

func (c *client) call(method string, params, result any) {
	c.t.Helper()
	if err := c.try(method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *client) try(method string, params, result any) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return c.conn.Call(ctx, method, params, result)
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	if err := c.conn.Notify(context.Background(), method, params); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *client) open(uri, text string) {
	c.t.Helper()
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
}

func (c *client) change(uri string, version int, changes ...any) {
	c.t.Helper()
	c.notify("textDocument/didChange", object{"textDocument": object{"uri": uri, "version": version}, "contentChanges": changes})
}

// edit is a change of a range within one line.
func edit(line, from, to int, text string) object {
	return object{"range": span(line, from, line, to), "text": text}
}

func span(line, from, endLine, to int) object {
	return object{"start": object{"line": line, "character": from}, "end": object{"line": endLine, "character": to}}
}

// wait returns what was published of a version.
func (c *client) wait(uri string, version int) published {
	c.t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		c.mu.Lock()
		p, ok := c.shown[uri]
		c.mu.Unlock()
		if ok && p.Version >= version {
			return p
		}
		select {
		case <-c.came:
		case <-deadline:
			c.t.Fatalf("nothing was published of version %d of %s; last %+v\n%s", version, uri, p, c.log)
		}
	}
}

// until waits for diagnostics that are as wanted.
func (c *client) until(uri string, what string, ok func([]diagnostic) bool) {
	c.t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		c.mu.Lock()
		p := c.shown[uri]
		c.mu.Unlock()
		if ok(p.Diagnostics) {
			return
		}
		select {
		case <-c.came:
		case <-deadline:
			c.t.Fatalf("%s: never was %s; last %+v\n%s", uri, what, p, c.log)
		}
	}
}

func (p published) codes() string {
	var out []string
	for _, d := range p.Diagnostics {
		out = append(out, string(d.Code))
	}
	return strings.Join(out, " ")
}

func has(code string) func([]diagnostic) bool {
	return func(ds []diagnostic) bool { return strings.Contains(published{Diagnostics: ds}.codes(), code) }
}

func at(uri string, line, character int) object {
	return object{"textDocument": object{"uri": uri}, "position": object{"line": line, "character": character}}
}

func uri(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}).String()
}
