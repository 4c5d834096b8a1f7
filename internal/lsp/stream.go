package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

// maxMessage bounds one message of the client.
const maxMessage = 64 << 20

// maxHeader bounds the headers of one message; real ones have 30 bytes.
const maxHeader = 4 << 10

// stream frames messages as the protocol wants it. Unlike that of the library,
// it survives a message whose frame is whole and whose content is not JSON-RPC:
// the client is told, and the next message is read.
type stream struct {
	in  *bufio.Reader
	out io.Writer
	end func() error

	mu sync.Mutex // of out
}

func newStream(rw io.ReadWriteCloser) *stream {
	return &stream{in: bufio.NewReader(rw), out: rw, end: rw.Close}
}

// ReadObject implements jsonrpc2.ObjectStream.
func (s *stream) ReadObject(v any) error {
	for {
		body, err := s.frame()
		if err != nil {
			return err
		}
		if err = json.Unmarshal(body, v); err == nil {
			return nil
		}
		code := jsonrpc2.CodeInvalidRequest
		if !json.Valid(body) {
			code = jsonrpc2.CodeParseError
		}
		// What cannot be read has no id to answer to; the protocol says null.
		answer := struct {
			JSONRPC string          `json:"jsonrpc"`
			ID      *int            `json:"id"`
			Error   *jsonrpc2.Error `json:"error"`
		}{"2.0", nil, &jsonrpc2.Error{Code: int64(code), Message: "message is not JSON-RPC: " + err.Error()}}
		if err := s.WriteObject(answer); err != nil {
			return err
		}
	}
}

func (s *stream) frame() ([]byte, error) {
	length, total := -1, 0
	for {
		line, err := s.in.ReadSlice('\n')
		total += len(line)
		switch {
		case errors.Is(err, io.EOF) && total == 0:
			return nil, io.EOF
		case errors.Is(err, io.EOF):
			return nil, io.ErrUnexpectedEOF
		case errors.Is(err, bufio.ErrBufferFull), total > maxHeader:
			return nil, errors.New("no message: the headers do not end; is this the input of a language client?")
		case err != nil:
			return nil, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			if length < 0 {
				return nil, errors.New("message without Content-Length")
			}
			body := make([]byte, length)
			_, err := io.ReadFull(s.in, body)
			return body, err
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return nil, fmt.Errorf("header %.40q has no colon; is this the input of a language client?", text)
		}
		if strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil || n < 0 || n > maxMessage {
				return nil, fmt.Errorf("Content-Length %.40q is no number from 0 to %d", value, maxMessage)
			}
			length = n
		}
	}
}

// WriteObject implements jsonrpc2.ObjectStream.
func (s *stream) WriteObject(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	head := "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n"
	_, err = s.out.Write(append([]byte(head), body...))
	return err
}

// Close implements jsonrpc2.ObjectStream.
func (s *stream) Close() error { return s.end() }
