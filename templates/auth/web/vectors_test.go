package web

import (
	"encoding/json"
	"os"
	"testing"
)

// vectors were recorded by running Better Auth 1.7.5.
type vectors struct {
	Secret        string
	SignedCookies []struct {
		Name, Value, SetCookie, DecodedValue string
		Options                              struct {
			Path, Domain, SameSite string
			HTTPOnly, Secure       bool
			MaxAge                 int
		}
	}
	RateLimit struct {
		IP, Key   string
		Count     int
		Responses []struct {
			Status     int
			RetryAfter string
		}
	}
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.SignedCookies)*len(v.RateLimit.Responses) == 0 {
		t.Fatal("a section of the vectors is empty")
	}
	return v
}
