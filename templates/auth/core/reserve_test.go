package core_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// security: 28
func TestReserveOnce(t *testing.T) {
	server := authtest.New(t, authtest.WithSharedStore())
	until := server.Auth.Now().Add(time.Hour)
	var wins atomic.Int64
	authtest.Together(50, func(int) {
		ok, err := server.Auth.Reserve(t.Context(), "something", until)
		if err != nil {
			t.Error(err)
		}
		if ok {
			wins.Add(1)
		}
	})
	if wins.Load() != 1 {
		t.Errorf("%d claims, want 1", wins.Load())
	}
	if ok, err := server.Auth.Reserve(t.Context(), "something else", until); err != nil || !ok {
		t.Errorf("another claim: %v, %v", ok, err)
	}
}

// security: 28
func TestConsumeOnce(t *testing.T) {
	server := authtest.New(t, authtest.WithSharedStore())
	if err := server.Auth.CreateVerification(t.Context(), "id", "value", time.Minute); err != nil {
		t.Fatal(err)
	}
	var wins atomic.Int64
	authtest.Together(50, func(int) {
		row, err := server.Auth.ConsumeVerification(t.Context(), "id")
		if err != nil {
			t.Error(err)
		}
		if row != nil {
			wins.Add(1)
		}
	})
	if wins.Load() != 1 {
		t.Errorf("%d winners, want 1", wins.Load())
	}
}

func TestEncryption(t *testing.T) {
	auth := authtest.New(t).Auth
	sealed, err := auth.Encrypt("text")
	if err != nil || sealed == "text" {
		t.Fatalf("%q, %v", sealed, err)
	}
	if text, err := auth.Decrypt(sealed); err != nil || text != "text" {
		t.Errorf("%q, %v", text, err)
	}
	other := "00"
	if sealed[:2] == other {
		other = "ff"
	}
	if _, err := auth.Decrypt(other + sealed[2:]); !errors.Is(err, secure.ErrDecrypt) {
		t.Errorf("changed: %v", err)
	}
	token := auth.TokenFor("text")
	if !auth.VerifyTokenFor("text", token) || auth.VerifyTokenFor("other", token) || auth.VerifyTokenFor("text", token+"x") {
		t.Error("tokens do not tell texts apart")
	}
}
