package secure

import "testing"

func TestJSONIsJavaScripts(t *testing.T) {
	for text, want := range map[string]string{
		"<b> & 'c'":         `"<b> & 'c'"`,
		"\u2028 \u2029":     "\"\u2028 \u2029\"",
		`\u2028`:            `"\\u2028"`,
		"\\\u2028":          "\"\\\\\u2028\"",
		"\b\f\n\r\t\x1f\"":  `"\b\f\n\r\t\u001f\""`,
		"\x7f é 😀":          "\"\x7f é 😀\"",
		"not UTF-8: \xff":   "\"not UTF-8: \ufffd\"",
		"replaced: \ufffd.": "\"replaced: \ufffd.\"",
	} {
		if got, err := JSON(text); err != nil || string(got) != want {
			t.Errorf("JSON(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
	if got, _ := JSON([]float64{1, 1.5, 1e21, 1e-7, 100000}); string(got) != "[1,1.5,1e+21,1e-7,100000]" {
		t.Errorf("numbers %s", got)
	}
	if _, err := JSON(func() {}); err == nil {
		t.Error("a function was encoded")
	}
}
