package fix

// Text back to the bytes of its file.

import (
	"bytes"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/voipcheck/voipcheck/internal/source"
)

// encoded is text in a file's own encoding, with a byte order mark where the old bytes have one.
func encoded(text []byte, e source.Encoding, old []byte) ([]byte, error) {
	marked := unicode.IgnoreBOM
	if bytes.HasPrefix(old, []byte{0xFF, 0xFE}) || bytes.HasPrefix(old, []byte{0xFE, 0xFF}) {
		marked = unicode.UseBOM
	}
	var in encoding.Encoding
	switch e {
	case source.UTF8BOM:
		return append([]byte("\uFEFF"), text...), nil
	case source.UTF16LE:
		in = unicode.UTF16(unicode.LittleEndian, marked)
	case source.UTF16BE:
		in = unicode.UTF16(unicode.BigEndian, marked)
	case source.GBK:
		in = simplifiedchinese.GB18030
	default:
		return text, nil
	}
	return in.NewEncoder().Bytes(text)
}
