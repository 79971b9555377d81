package cli

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestJSONIsDocumented finds every member of the JSON that commands print in docs/json.md.
func TestJSONIsDocumented(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "json.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []any{planJSON{}, infoJSON{}, migrationJSON{}, driftJSON{}} {
		for _, member := range members(reflect.TypeOf(v)) {
			found := strings.Contains(string(text), "`"+member+"`") || strings.Contains(string(text), "."+member+"`") ||
				strings.Contains(string(text), "`"+member+"[]`")
			if !found {
				t.Errorf("docs/json.md does not tell of %q", member)
			}
		}
	}
}

func members(typ reflect.Type) []string {
	for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct || !strings.HasSuffix(typ.PkgPath(), "/cli") {
		return nil
	}
	var out []string
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		if !typ.Field(i).Anonymous {
			out = append(out, name)
		}
		out = append(out, members(typ.Field(i).Type)...)
	}
	return out
}
