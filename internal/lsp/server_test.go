package lsp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/lsp"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/sourcegraph/jsonrpc2"
)

const (
	file   = "file:///x/tenant-values.yaml"
	tenant = "tenantid: 9350E2FC-a1dd-4c65-8d40-1f75a2e00100\nmotto: yes\n"
)

func TestDiagnostics(t *testing.T) {
	t.Parallel()
	c := start(t, plain(), object{})
	c.open(file, tenant)
	got := c.wait(file, 1)
	i := slices.IndexFunc(got.Diagnostics, func(d diagnostic) bool { return d.Code == "genesys-tenant/uuid-v4" })
	if i < 0 {
		t.Fatalf("no finding about the id: %s", got.codes())
	}
	d := got.Diagnostics[i]
	if d.Severity != 1 || d.Range.Start.Line != 0 || d.Range.Start.Character != 10 || d.Range.End.Character != 46 {
		t.Errorf("the finding is %+v", d)
	}
	c.open("file:///x/readme.txt", "a: [\n")
	if got := c.wait("file:///x/readme.txt", 1); len(got.Diagnostics) > 0 {
		t.Errorf("a file that is left alone has %s", got.codes())
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	for _, enc := range []string{"", "utf-8", "utf-32"} {
		t.Run(enc, func(t *testing.T) {
			t.Parallel()
			c := start(t, plain(), object{"general": object{"positionEncodings": list{"utf-16", enc}}})
			// The emoji has one character, two units of UTF-16 and four bytes.
			wide := map[string]int{"": 2, "utf-8": 4, "utf-32": 1}[enc]
			c.open(file, "note: x\r\na: \"🚀🚀\" # ok\r\nb: no\r\n")
			c.wait(file, 1)
			// Behind both emoji: a: "🚀🚀" becomes a: "🚀🚀!", a finding in the line follows.
			c.change(file, 2, edit(1, 4+2*wide, 4+2*wide, "!"))
			c.change(file, 3, object{"range": span(2, 3, 2, 5), "text": "🚀: no"})
			c.change(file, 4, object{"range": span(2, 3, 2, 3+wide+4), "text": "{k: \"🚀\", l: no}"})
			got := c.wait(file, 4)
			i := slices.IndexFunc(got.Diagnostics, func(d diagnostic) bool { return d.Code == "core/boolean-word" })
			if i < 0 {
				t.Fatalf("there is %s", got.codes())
			}
			if at := got.Diagnostics[i].Range; at.Start.Line != 2 || at.Start.Character != 14+wide || at.End.Character != 16+wide {
				t.Errorf("the finding is at %+v", at)
			}
			var symbols []struct{ Name string }
			c.call("textDocument/documentSymbol", object{"textDocument": object{"uri": file}}, &symbols)
			if fmt.Sprint(symbols) != "[{note} {a} {b} {k} {l}]" {
				t.Errorf("the outline is %v", symbols)
			}
			c.change(file, 5, object{"text": "c: 1\n"})
			if got := c.wait(file, 5); len(got.Diagnostics) > 0 {
				t.Errorf("all new text has %s", got.codes())
			}
		})
	}
}

// slow is a server whose reading of files waits.
func slow() (o lsp.Options, gate chan struct{}, reads *atomic.Int32) {
	o = plain()
	gate, reads = make(chan struct{}), &atomic.Int32{}
	open := o.Open
	o.Open = func(name string) (*lsp.Project, error) {
		p, err := open(name)
		reads.Add(1)
		<-gate
		return p, err
	}
	return o, gate, reads
}

func TestNewerEditWins(t *testing.T) {
	t.Parallel()
	o, gate, reads := slow()
	c := start(t, o, object{})
	c.open(file, tenant)
	for reads.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	for v := 2; v < 50; v++ {
		c.change(file, v, edit(1, 0, 0, "x"))
	}
	// Answered in order: when the answer is there, the edits were taken.
	c.call("textDocument/documentSymbol", object{"textDocument": object{"uri": file}}, nil)
	close(gate)
	c.wait(file, 49)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count > 1 {
		t.Errorf("%d versions were shown, one was wanted", c.count)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	o, gate, _ := slow()
	c := start(t, o, object{})
	c.open(file, tenant)
	call, err := c.conn.DispatchCall(context.Background(), "textDocument/hover", at(file, 0, 2), jsonrpc2.PickID(jsonrpc2.ID{Num: 4711}))
	if err != nil {
		t.Fatal(err)
	}
	c.notify("$/cancelRequest", object{"id": 4711})
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	var e *jsonrpc2.Error
	if err := call.Wait(ctx, nil); !errors.As(err, &e) || e.Code != -32800 {
		t.Errorf("a cancelled request ends with %v", err)
	}
	c.notify("$/cancelRequest", object{"id": "unheard of"})
	close(gate)
	c.wait(file, 1)
}

func TestClose(t *testing.T) {
	t.Parallel()
	c := start(t, plain(), object{})
	c.open(file, tenant)
	c.wait(file, 1)
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": file}})
	c.until(file, "empty", func(d []diagnostic) bool { return len(d) == 0 })
	if err := c.try("textDocument/hover", at(file, 0, 2), nil); err == nil {
		t.Error("hover in a closed file is answered")
	}
	c.change(file, 2, edit(0, 0, 0, "x"))
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": file}})
	c.open(file, "a: 1\n")
	if got := c.wait(file, 1); len(got.Diagnostics) > 0 {
		t.Errorf("the new text has %s", got.codes())
	}
}

// TestTyping types a file, so that most of the time it is broken.
func TestTyping(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../examples/genesys-tenant/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	c := start(t, plain(), object{})
	c.open(file, "")
	version, line, col := 1, 0, 0
	for i, r := range text[:900] {
		version++
		c.change(file, version, edit(line, col, col, string(r)))
		if col++; r == '\n' {
			line, col = line+1, 0
		}
		if i%29 == 0 {
			for _, m := range []string{"hover", "completion", "definition"} {
				if i%(29*11) == 0 || m == "completion" {
					c.call("textDocument/"+m, at(file, line, col), nil)
				}
			}
		}
	}
	for _, bad := range []string{"a: &x [*x]\n", "a: {{ .b }}\n", "\t\n", "a: \x00", "[[[[", strings.Repeat("- ", 5000), "%YAML\n---", "a: \"\\", "? ? ?", "<<<<<<< HEAD\n", "- a: |\n   x\n  y"} {
		version++
		c.change(file, version, object{"text": bad})
		c.wait(file, version)
		for _, m := range []string{"hover", "completion", "definition"} {
			c.call("textDocument/"+m, at(file, 0, 3), nil)
		}
		c.call("textDocument/documentSymbol", object{"textDocument": object{"uri": file}}, nil)
		c.call("textDocument/codeAction", object{"textDocument": object{"uri": file}, "range": span(0, 0, 9, 0), "context": object{}}, nil)
	}
}

func TestHuge(t *testing.T) {
	t.Parallel()
	c := start(t, plain(), object{})
	c.open(file, "a: "+strings.Repeat("x", 3<<20)+"\n")
	got := c.wait(file, 1)
	if len(got.Diagnostics) != 1 || !strings.Contains(got.Diagnostics[0].Message, "move the data out") {
		t.Errorf("a huge file has %+v", got)
	}
	c.call("textDocument/hover", at(file, 0, 0), nil)
	c.call("textDocument/completion", at(file, 0, 0), nil)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	c := begin(t, plain())
	code := func(method string, params any) int64 {
		t.Helper()
		var e *jsonrpc2.Error
		if err := c.try(method, params, nil); !errors.As(err, &e) {
			t.Fatalf("%s: %v", method, err)
		}
		return e.Code
	}
	if got := code("textDocument/hover", at(file, 0, 0)); got != -32002 {
		t.Errorf("before initialize: %d", got)
	}
	c.call("initialize", object{"capabilities": object{}}, nil)
	if got := code("initialize", object{"capabilities": object{}}); got != -32600 {
		t.Errorf("a second initialize: %d", got)
	}
	if got := code("textDocument/foldingRange", object{}); got != -32601 {
		t.Errorf("an unknown request: %d", got)
	}
	if got := code("textDocument/hover", list{1}); got != -32602 {
		t.Errorf("wrong parameters: %d", got)
	}
	if got := code("textDocument/hover", at("file:///not/open.yaml", 0, 0)); got != -32602 {
		t.Errorf("a file that is not open: %d", got)
	}
	c.notify("$/setTrace", object{"value": "off"})
	c.notify("textDocument/didOpen", list{"nonsense"})
	c.open(file, tenant)
	c.wait(file, 1)
	c.call("shutdown", nil, nil)
	if got := code("textDocument/hover", at(file, 0, 0)); got != -32600 {
		t.Errorf("after shutdown: %d", got)
	}
	c.notify("exit", nil)
	select {
	case err := <-c.end:
		if err != nil {
			t.Errorf("after shutdown and exit: %v", err)
		}
		c.end <- nil
	case <-time.After(20 * time.Second):
		t.Error("exit does not end the server")
	}
}

// raw talks to a server byte by byte.
func raw(t *testing.T) (send func(string), next func() string, end chan error) {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	end = make(chan error, 1)
	o := plain()
	o.Log = io.Discard
	go func() {
		err := lsp.Serve(context.Background(), pipe{in, out}, o)
		in.Close()
		end <- err
	}()
	t.Cleanup(func() { toServer.Close(); fromServer.Close() })
	send = func(s string) {
		toServer.Write([]byte(s)) //nolint:errcheck // the server may have had enough
	}
	next = func() string {
		var n int
		if _, err := fmt.Fscanf(fromServer, "Content-Length: %d\r\n\r\n", &n); err != nil {
			t.Fatal(err)
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(fromServer, body); err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	return send, next, end
}

func framed(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

func TestFraming(t *testing.T) {
	t.Parallel()
	send, next, _ := raw(t)
	for _, tc := range [][2]string{
		{framed(`{"jsonrpc": "2.0", "id": 1, "method"`), "-32700"},
		{framed(`{"jsonrpc": "2.0"}`), "-32600"},
		{framed(`[]`), "-32600"},
		{framed(`7`), "-32600"},
		{framed(``), "-32700"},
		{"content-length: 63\r\nContent-Type: x\r\n\r\n" + `{"jsonrpc": "2.0", "id": 5, "method": "initialize", "params": 1}`[:63], "-32700"},
		{framed(`{"jsonrpc": "2.0", "id": "six", "method": "initialize", "params": {"capabilities": {}}}`), `"id":"six"`},
	} {
		send(tc[0])
		if got := next(); !strings.Contains(got, tc[1]) {
			t.Errorf("%q is answered by %s, wanted %s", tc[0], got, tc[1])
		}
	}
	for _, bad := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 99999999999\r\n\r\n", "x\r\n", "\r\n",
		strings.Repeat("X: y\r\n", 2000),
	} {
		send, _, end := raw(t)
		go send(bad)
		select {
		case err := <-end:
			if !errors.Is(err, lsp.ErrNoShutdown) {
				t.Errorf("%.20q ends the server with %v", bad, err)
			}
		case <-time.After(20 * time.Second):
			t.Errorf("%.20q hangs the server", bad)
		}
	}
}

// TestPanic makes the program around the server fail.
func TestPanic(t *testing.T) {
	t.Parallel()
	o := plain()
	var broken atomic.Bool
	o.RuleURL = func(string) string {
		if broken.Load() {
			panic("no address")
		}
		return ""
	}
	open := o.Open
	o.Open = func(name string) (*lsp.Project, error) {
		p, err := open(name)
		p.Linter = p.Linter.With(func(name string) ([]byte, error) { panic("cannot read " + name) })
		alone := p.Alone
		p.Alone = func(name string, data []byte) (linter.Run, bool) {
			run, ok := alone(name, data)
			if strings.HasSuffix(name, "worse.yaml") {
				run.Releases[0].Sources = append(run.Releases[0].Sources, values.Source{File: "boom"})
			}
			return run, ok
		}
		return p, err
	}
	c := start(t, o, object{"textDocument": object{"codeAction": object{"codeActionLiteralSupport": object{}}}})
	c.open(file, tenant)
	c.wait(file, 1)
	broken.Store(true)
	var e *jsonrpc2.Error
	err := c.try("textDocument/codeAction", object{"textDocument": object{"uri": file}, "range": span(0, 0, 9, 0), "context": object{}}, nil)
	if !errors.As(err, &e) || e.Code != jsonrpc2.CodeInternalError {
		t.Errorf("a request that panics ends with %v", err)
	}
	c.change(file, 2, edit(0, 0, 0, "x"))
	c.until(file, "an error", func(ds []diagnostic) bool { return len(ds) == 1 && strings.Contains(ds[0].Message, "internal error") })
	broken.Store(false)
	c.change(file, 3, edit(0, 0, 1, ""))
	c.until(file, "well again", has("genesys-tenant/uuid-v4"))
	if !strings.Contains(c.log.String(), "no address") || !strings.Contains(c.log.String(), "goroutine") {
		t.Errorf("the log does not tell of it: %s", c.log)
	}
	c.open("file:///x/worse.yaml", "a: 1\n")
	c.until("file:///x/worse.yaml", "an error", func(ds []diagnostic) bool {
		return len(ds) == 1 && strings.Contains(ds[0].Message, "cannot read boom")
	})
	c.change(file, 4, edit(0, 0, 0, " "))
	c.wait(file, 4)
}
