package files

// Bytes on disk to text: the encodings that editors on Chinese systems leave behind.

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/voipcheck/voipcheck/internal/source"
)

var (
	utf8Mark    = []byte{0xEF, 0xBB, 0xBF}
	utf16LEMark = []byte{0xFF, 0xFE}
	utf16BEMark = []byte{0xFE, 0xFF}
)

// encodingOf tells what raw is encoded in, by its byte order mark or its looks.
func encodingOf(raw []byte) source.Encoding {
	switch {
	case bytes.HasPrefix(raw, utf8Mark):
		return source.UTF8BOM
	case bytes.HasPrefix(raw, utf16LEMark):
		return source.UTF16LE
	case bytes.HasPrefix(raw, utf16BEMark):
		return source.UTF16BE
	}
	if e, ok := unmarkedUTF16(raw); ok {
		return e
	}
	if !utf8.Valid(raw) {
		return source.GBK
	}
	return source.UTF8
}

// unmarkedUTF16 recognises UTF-16 without a mark by the zero byte in each of its first
// characters, which configuration and code begin with ASCII.
func unmarkedUTF16(raw []byte) (source.Encoding, bool) {
	if len(raw) < 4 || len(raw)%2 != 0 {
		return 0, false
	}
	switch {
	case raw[0] != 0 && raw[1] == 0 && raw[2] != 0 && raw[3] == 0:
		return source.UTF16LE, true
	case raw[0] == 0 && raw[1] != 0 && raw[2] == 0 && raw[3] != 0:
		return source.UTF16BE, true
	}
	return 0, false
}

// Decode returns raw as UTF-8 without a mark. Bytes that are text in no known
// encoding stay as they are.
func Decode(raw []byte) ([]byte, source.Encoding) {
	e := encodingOf(raw)
	switch e {
	case source.UTF8BOM:
		return raw[len(utf8Mark):], e
	case source.UTF16LE:
		return convert(raw, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), e
	case source.UTF16BE:
		return convert(raw, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)), e
	case source.GBK:
		text := convert(raw, simplifiedchinese.GB18030)
		if bytes.ContainsRune(text, utf8.RuneError) {
			return raw, source.UTF8
		}
		return text, e
	}
	return raw, e
}

func convert(raw []byte, e encoding.Encoding) []byte {
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return raw
	}
	return text
}
