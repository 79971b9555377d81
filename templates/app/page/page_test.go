package page

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, authPath string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	Handler(authPath).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d", w.Code)
	}
	return w
}

func TestPolicy(t *testing.T) {
	first, second := get(t, "/api/auth"), get(t, "/api/auth")
	policy := first.Header().Get("Content-Security-Policy")
	if policy == second.Header().Get("Content-Security-Policy") {
		t.Error("two answers have the same nonce")
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("lax policy: %s", policy)
	}
	nonce := regexp.MustCompile(`script-src 'nonce-([^']+)'`).FindStringSubmatch(policy)
	if nonce == nil {
		t.Fatalf("no nonce in %s", policy)
	}
	for _, tag := range []string{"<script", "<style"} {
		if !strings.Contains(first.Body.String(), tag+` nonce="`+nonce[1]+`">`) {
			t.Errorf("%s does not carry the nonce", tag)
		}
	}
}

// TestNothingThePolicyForbids keeps the page from breaking silently in the browser.
func TestNothingThePolicyForbids(t *testing.T) {
	text := get(t, "/api/auth").Body.String()
	for _, pattern := range []string{`\son[a-z]+=`, `\sstyle=`, `javascript:`, `https?://`, `innerHTML`, `\beval\(`, `\{\{`} {
		if found := regexp.MustCompile(pattern).FindString(text); found != "" {
			t.Errorf("the page contains %q", found)
		}
	}
	if count := strings.Count(text, "<script"); count != 1 {
		t.Errorf("%d scripts, want 1", count)
	}
}

func TestAuthPath(t *testing.T) {
	if text := get(t, "/accounts").Body.String(); !strings.Contains(text, `data-auth="/accounts"`) {
		t.Error("the page does not know the base path")
	}
	if text := get(t, `/"><script>`).Body.String(); strings.Contains(text, `"><script>`) {
		t.Error("the base path is not escaped")
	}
}

func TestProviders(t *testing.T) {
	w := httptest.NewRecorder()
	Handler("/api/auth", "google", `"><script>`).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if text := w.Body.String(); !strings.Contains(text, `data-providers="google &#34;&gt;&lt;script&gt;"`) {
		t.Error("the page does not know the providers, or they are not escaped")
	}
	if text := get(t, "/api/auth").Body.String(); !strings.Contains(text, `data-providers=""`) {
		t.Error("the page knows providers there are not")
	}
}

// TestEveryElementTheScriptNames finds spelling mistakes between the script and the markup.
func TestEveryElementTheScriptNames(t *testing.T) {
	text := get(t, "/api/auth").Body.String()
	patterns := []string{`\$\("([a-z-]+)"\)`, `onSubmit\("([a-z-]+)"`, `onClick\("([a-z-]+)"`, `show\("([a-z-]+)"`, `data-show="([a-z-]+)"`}
	for _, pattern := range patterns {
		names := regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1)
		if len(names) == 0 {
			t.Errorf("%s matches nothing", pattern)
		}
		for _, name := range names {
			if count := strings.Count(text, ` id="`+name[1]+`"`); count != 1 {
				t.Errorf("%s names %s, which %d elements have", pattern, name[1], count)
			}
		}
	}
}
