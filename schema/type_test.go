package schema_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestTypeSpelling(t *testing.T) {
	for _, typ := range schema.Types() {
		if got, err := schema.ParseType(typ.String()); err != nil || got != typ {
			t.Errorf("ParseType(%q) = %v, %v", typ, got, err)
		}
	}
	if _, err := schema.ParseType("text"); err == nil || !strings.Contains(err.Error(), "number[]") {
		t.Errorf("ParseType(text) = %v, want an error that lists the types", err)
	}
}

func TestDialectSpelling(t *testing.T) {
	for _, d := range schema.Dialects() {
		if got, err := schema.ParseDialect(d.String()); err != nil || got != d {
			t.Errorf("ParseDialect(%q) = %v, %v", d, got, err)
		}
	}
	if _, err := schema.ParseDialect("oracle"); err == nil {
		t.Error("ParseDialect(oracle) succeeded")
	}
}
