package lsp

// Messages between the bytes of two pipes: a header, an empty line, and JSON.

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// The largest message and header line that are read, in bytes.
const (
	maxMessage = 64 << 20
	maxHeader  = 4 << 10
)

// stream reads and writes messages. A message that is none is answered with an error, and the next one is read; without a header
// nobody knows where the next one begins, and the stream ends.
type stream struct {
	in  *bufio.Reader
	out io.Writer
	// close ends the reading; nil where nothing has to be done.
	close func() error

	writing sync.Mutex
	mu      sync.Mutex
	failure error
}

var _ jsonrpc2.ObjectStream = (*stream)(nil)

// WriteObject writes a message.
func (s *stream) WriteObject(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.write(body)
}

func (s *stream) write(body []byte) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	message := append([]byte("Content-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"), body...)
	_, err := s.out.Write(message)
	return err
}

// ReadObject reads the next message that is one.
func (s *stream) ReadObject(v any) error {
	for {
		body, err := s.body()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.mu.Lock()
				s.failure = err
				s.mu.Unlock()
			}
			return err
		}
		code, said := jsonrpc2.CodeParseError, "the message is not valid JSON"
		if json.Valid(body) {
			if err = json.Unmarshal(body, v); err == nil {
				return nil
			}
			code, said = jsonrpc2.CodeInvalidRequest, "the message is neither a request, a notification nor a response"
		}
		if err := s.refuse(body, code, said); err != nil {
			return err
		}
	}
}

// refuse answers a message that is none, by its id where that can be told.
func (s *stream) refuse(body []byte, code int, said string) error {
	var named struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(body, &named) != nil || len(named.ID) == 0 {
		named.ID = json.RawMessage("null")
	}
	answer, err := json.Marshal(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   jsonrpc2.Error  `json:"error"`
	}{"2.0", named.ID, jsonrpc2.Error{Code: int64(code), Message: said}})
	if err != nil {
		return err
	}
	return s.write(answer)
}

// body reads a header and what it announces.
func (s *stream) body() ([]byte, error) {
	length := -1
	for first := true; ; first = false {
		line, err := s.line()
		if errors.Is(err, io.EOF) && first && line == "" {
			return nil, io.EOF
		}
		if err != nil {
			return nil, lang.Errorf(lang.T("the header of a message is incomplete: %s", "消息头不完整：%s"), err)
		}
		if line == "" && length >= 0 {
			break
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, lang.Errorf(lang.T("a message without a header: %q", "消息缺少消息头：%q"), line)
		}
		if strings.EqualFold(name, "Content-Length") {
			length, err = strconv.Atoi(strings.TrimSpace(value))
			if err != nil || length < 0 || length > maxMessage {
				return nil, lang.Errorf(lang.T("a message of a length that is not read: %q", "消息长度无法处理：%q"), value)
			}
		}
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(s.in, body); err != nil {
		return nil, lang.Errorf(lang.T("a message is incomplete: %s", "消息不完整：%s"), err)
	}
	return body, nil
}

// line reads a line of a header, without its end.
func (s *stream) line() (string, error) {
	var line []byte
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return string(line), err
		}
		if c == '\n' {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		if line = append(line, c); len(line) > maxHeader {
			return "", lang.Errorf(lang.T("it is longer than %d bytes", "它超过 %d 字节"), maxHeader)
		}
	}
}

// failed is why the reading ended, nil where the other side closed it.
func (s *stream) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failure
}

// Close ends the reading.
func (s *stream) Close() error {
	if s.close == nil {
		return nil
	}
	return s.close()
}
