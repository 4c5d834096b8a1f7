package lsp

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/helmvet/helmvet/internal/pack"
	"github.com/sourcegraph/jsonrpc2"
)

// maxText is the size of a document from which on it is not linted: Helm keeps
// a release in a Secret of at most 1 MiB.
const maxText = 2 << 20

// document is one open file. Its fields are guarded by the server; what they
// point to is not changed.
type document struct {
	uri      string
	path     string // without links; the URI of what is no file
	version  int
	src      *source
	modified bool          // it is not as on the disk
	stamp    int           // when it was edited last; what was edited last is linted first
	dirty    bool          // it waits to be linted
	settled  chan struct{} // closed when it has been linted
	result   *result
	packs    []*pack.Pack // that judged it when it could be read last
}

// result is what linting a version of a document gave.
type result struct {
	src      *source
	findings []placed
	infos    []*info      // of the releases that it is part of
	packs    []*pack.Pack // that know what stands in it
}

func (s *server) didOpen(p *didOpenParams) error {
	t := &p.TextDocument
	s.mu.Lock()
	defer s.mu.Unlock()
	d := &document{uri: t.URI, path: s.pathOf(t.URI), version: t.Version, src: newSource([]byte(t.Text), s.enc)}
	if old := s.docs[t.URI]; old != nil && old.settled != nil {
		close(old.settled)
	}
	s.docs[t.URI], s.byPath[d.path] = d, d
	s.outdate(false)
	s.touch(d)
	return nil
}

func (s *server) didChange(p *didChangeParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.docs[p.TextDocument.URI]
	if d == nil {
		return fmt.Errorf("%s is not open", p.TextDocument.URI)
	}
	src, err := d.src.edit(p.ContentChanges)
	d.src, d.modified = src, true
	if p.TextDocument.Version != nil {
		d.version = *p.TextDocument.Version
	}
	s.touch(d)
	return err
}

func (s *server) didClose(p *documentParams) error {
	s.mu.Lock()
	d := s.docs[p.TextDocument.URI]
	if d == nil {
		s.mu.Unlock()
		return nil
	}
	delete(s.docs, d.uri)
	if s.byPath[d.path] == d {
		delete(s.byPath, d.path)
	}
	if d.settled != nil {
		close(d.settled)
		d.settled = nil
	}
	s.interrupt(func(j *job) bool { return j.doc == d })
	if d.modified {
		s.outdate(true) // others were linted with what is thrown away
	}
	s.mu.Unlock()
	s.publishing.Lock()
	defer s.publishing.Unlock()
	return s.conn.Notify(context.Background(), "textDocument/publishDiagnostics", &publishParams{URI: d.uri, Diagnostics: []diagnostic{}})
}

func (s *server) didSave(p *documentParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.docs[p.TextDocument.URI]; d != nil {
		d.modified = false
		s.outdate(true)
	}
	return nil
}

func (s *server) didChangeWatchedFiles(p *watchedFilesParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range p.Changes {
		if d := s.byPath[s.pathOf(c.URI)]; d == nil || !d.modified {
			s.outdate(true)
			break
		}
	}
	return nil
}

// touch puts a document up for linting.
func (s *server) touch(d *document) {
	s.edits++
	d.stamp, d.dirty = s.edits, true
	if d.settled == nil {
		d.settled = make(chan struct{})
	}
	s.interrupt(func(j *job) bool { return j.doc == d || j.doc == nil })
	s.signal()
}

// outdate has configurations read again, since files of theirs may have changed,
// and with all, open documents linted again.
func (s *server) outdate(all bool) {
	clear(s.configs)
	for _, p := range s.projects {
		p.stale = true
	}
	if !all {
		return
	}
	for _, d := range s.docs {
		d.dirty = true
		if d.settled == nil {
			d.settled = make(chan struct{})
		}
	}
	s.signal()
}

func (s *server) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// interrupt ends the run that the worker is at, if it is one of those.
func (s *server) interrupt(which func(*job) bool) {
	if j := s.running; j != nil && which(j) {
		j.cancel()
	}
}

// patience is how long a request waits for the document to be linted.
const patience = 2 * time.Second

// open returns an open document as it is now, and with fresh what linting this
// very text gave, which may take a moment.
func (s *server) open(ctx context.Context, uri string, fresh bool) (*source, *document, *result, error) {
	s.mu.Lock()
	d := s.docs[uri]
	if d == nil {
		s.mu.Unlock()
		return nil, nil, nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: uri + " is not open"}
	}
	src, wait, r := d.src, d.settled, d.result
	s.mu.Unlock()
	if fresh && wait != nil {
		select {
		case <-wait:
		case <-time.After(patience):
		case <-ctx.Done():
			return nil, nil, nil, ctx.Err()
		}
		s.mu.Lock()
		r = d.result
		s.mu.Unlock()
	}
	if fresh && r != nil && r.src != src {
		r = nil // the text has changed since
	}
	return src, d, r, nil
}

// canonical names a file in the one way in which files are compared. The
// server's lock is held.
func (s *server) canonical(name string) string {
	if strings.Contains(name, "://") {
		return name
	}
	if c, ok := s.names[name]; ok {
		return c
	}
	full, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	c := full
	if real, err := filepath.EvalSymlinks(full); err == nil {
		c = real
	} else if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		c = filepath.Join(dir, filepath.Base(full)) // a file that is not saved yet
	}
	if len(s.names) > 100_000 {
		clear(s.names)
	}
	s.names[name] = c
	return c
}

// pathOf names the file of a URI as files are compared; the URI itself names
// what is no file.
func (s *server) pathOf(uri string) string {
	if p := filePath(uri); p != "" {
		return s.canonical(p)
	}
	return uri
}

// uriFor is the URI by which the client knows a file.
func (s *server) uriFor(path string) string {
	if d := s.byPath[path]; d != nil {
		return d.uri
	}
	if strings.Contains(path, "://") {
		return path
	}
	return uriOf(path)
}

// filePath returns the path of a file's URI, "" for any other.
func filePath(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return ""
	}
	p := u.Path
	if runtime.GOOS == "windows" && len(p) > 2 && p[0] == '/' && p[2] == ':' {
		p = p[1:]
	}
	return filepath.FromSlash(p)
}

// uriOf is the URI of a file.
func uriOf(path string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}
