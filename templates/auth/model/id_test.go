package model

import "testing"

func TestIDsThatAreNoneBelongToNoRow(t *testing.T) {
	for _, text := range []string{"", "abc", "12abc", "1.5", "99999999999999999999", "' OR 1=1"} {
		if v, err := SerialID(text).Value(); err != nil || v != int64(0) {
			t.Errorf("serial %q: %v, %v", text, v, err)
		}
		if v, err := UUID(text).Value(); err != nil || v != noUUID {
			t.Errorf("uuid %q: %v, %v", text, v, err)
		}
	}
}

func TestIDsSurviveTheDatabase(t *testing.T) {
	var serial SerialID
	for _, stored := range []any{int64(42), []byte("42"), "42"} {
		if err := serial.Scan(stored); err != nil || serial != "42" {
			t.Errorf("%T: %q, %v", stored, serial, err)
		}
	}
	if v, err := serial.Value(); err != nil || v != int64(42) {
		t.Errorf("%v, %v", v, err)
	}
	const text = "018f7a3e-6f9c-7b1e-8a55-0c2f4d5e6a7b"
	var id UUID
	for _, stored := range []any{text, []byte(text)} {
		if err := id.Scan(stored); err != nil || id != text {
			t.Errorf("%T: %q, %v", stored, id, err)
		}
	}
	if v, err := id.Value(); err != nil || v != text {
		t.Errorf("%v, %v", v, err)
	}
	if serial.Scan(1.5) == nil || id.Scan(int64(1)) == nil {
		t.Error("a value of another type was taken for an id")
	}
}
