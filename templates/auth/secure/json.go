package secure

import (
	"bytes"
	"encoding/json"
)

// JSON returns v as JavaScript's JSON.stringify writes it: unlike json.Marshal it leaves <, >, &,
// U+2028 and U+2029 as they are. Signatures over JSON text depend on it, because JavaScript checks
// them over the text it writes itself.
func JSON(v any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return unescapeJSON(bytes.TrimSuffix(text.Bytes(), []byte("\n"))), nil
}

// unescapeJSON spells out the characters encoding/json escapes and JavaScript does not. An escaped
// backslash before u2028 is not the start of an escape.
func unescapeJSON(text []byte) []byte {
	if !bytes.Contains(text, []byte(`\u2028`)) && !bytes.Contains(text, []byte(`\u2029`)) && !bytes.Contains(text, []byte(`\ufffd`)) {
		return text
	}
	plain := make([]byte, 0, len(text))
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			break
		}
		plain, text = append(plain, text[:i]...), text[i:]
		n := 2 // an escape is two bytes long, or six that are kept as they come
		switch {
		case bytes.HasPrefix(text, []byte(`\u2028`)):
			plain, n = append(plain, "\u2028"...), 6
		case bytes.HasPrefix(text, []byte(`\u2029`)):
			plain, n = append(plain, "\u2029"...), 6
		case bytes.HasPrefix(text, []byte(`\ufffd`)):
			plain, n = append(plain, "\ufffd"...), 6
		default:
			plain = append(plain, text[:n]...)
		}
		text = text[n:]
	}
	return append(plain, text...)
}
