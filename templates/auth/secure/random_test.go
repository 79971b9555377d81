package secure

import (
	"regexp"
	"strings"
	"testing"
)

func TestTextShape(t *testing.T) {
	tests := []struct {
		alphabet string
		pattern  string
	}{
		{Alphanumeric, `^[a-zA-Z0-9]{500}$`},
		{URLSafe, `^[a-zA-Z0-9_-]{500}$`},
		{LowerAlphanumeric, `^[a-z0-9]{500}$`},
		{Letters, `^[a-zA-Z]{500}$`},
		{Digits, `^[0-9]{500}$`},
		{"ab", `^[ab]{500}$`},
		{"", `^[a-zA-Z0-9]{500}$`},
		{"x", `^[a-zA-Z0-9]{500}$`},
	}
	for _, tt := range tests {
		if got := Text(500, tt.alphabet); !regexp.MustCompile(tt.pattern).MatchString(got) {
			t.Errorf("Text(500, %q) = %q", tt.alphabet, got)
		}
	}
	if got := Text(0, Digits) + Text(-1, Digits); got != "" {
		t.Errorf("no characters asked for, got %q", got)
	}
}

// security: 9
func TestTokensAreLongAndDistinct(t *testing.T) {
	seen := map[string]bool{}
	for range 2000 {
		for _, value := range []string{ID(), Token()} {
			if len(value) != 32 || seen[value] {
				t.Fatalf("value %q is short or repeated", value)
			}
			seen[value] = true
		}
	}
}

// A modulo without rejection would show the first four of these ten digits
// 4% more often, which 200000 draws tell apart from chance.
func TestTextIsUnbiased(t *testing.T) {
	const draws = 200_000
	text := Text(draws, Digits)
	chi := 0.0
	for _, digit := range Digits {
		expected := float64(draws) / 10
		diff := float64(strings.Count(text, string(digit))) - expected
		chi += diff * diff / expected
	}
	// 9 degrees of freedom: a fair generator passes 50 once in ten million runs.
	if chi > 50 {
		t.Errorf("chi-square %.1f over the ten digits", chi)
	}
}

func TestUUID(t *testing.T) {
	pattern := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if a, b := UUID(), UUID(); a == b || !pattern.MatchString(a) || !pattern.MatchString(b) {
		t.Errorf("UUIDs %s and %s", a, b)
	}
}
