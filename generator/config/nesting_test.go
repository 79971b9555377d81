package config

import (
	"runtime"
	"strings"
	"testing"
)

// TestNesting: what is nested beyond reason is refused before the parser, which is quadratic, takes gigabytes for it.
func TestNesting(t *testing.T) {
	for _, deep := range []string{"user: " + strings.Repeat("[", 60_000), strings.Repeat("{a: ", 30_000), strings.Repeat("- ", 60_000)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, diags := Load(FileName, []byte(deep), nil)
		runtime.ReadMemStats(&after)
		if !strings.Contains(printed(diags), "nested more than 32 deep") {
			t.Errorf("%.12s…: %s", deep, printed(diags))
		}
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 100 {
			t.Errorf("%.12s…: took %d MB", deep, mb)
		}
	}
	_, diags := Load(FileName, []byte("trustedOrigins: ["+strings.Repeat("'https://a.example/[x]{y} - z', ", 400)+"]"), nil)
	if strings.Contains(printed(diags), "nested") {
		t.Errorf("a long list: %s", printed(diags))
	}
}
