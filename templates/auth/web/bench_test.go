package web

import (
	"net/http"
	"testing"
)

func BenchmarkReadSigned(b *testing.B) {
	header := http.Header{"Cookie": {"theme=dark; session_token=" + EncodeURIComponent(SignedValue("secret", "abcdefghijklmnopqrstuvwxyzABCDEF"))}}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := ReadCookies(header).Signed("secret", "session_token"); !ok {
			b.Fatal("not ours")
		}
	}
}

func BenchmarkSignedCookie(b *testing.B) {
	attributes := Attributes{MaxAge: 604800, Path: "/", HTTPOnly: true, SameSite: "lax"}
	b.ReportAllocs()
	for b.Loop() {
		header := http.Header{}
		SetCookie(header, Cookie{Name: "session_token", Value: SignedValue("secret", "abcdefghijklmnopqrstuvwxyzABCDEF"), Attributes: attributes})
	}
}

func BenchmarkDecode(b *testing.B) {
	text := `{"email":"ada@example.com","password":"correct horse battery","rememberMe":true}`
	b.ReportAllocs()
	for b.Loop() {
		var in struct {
			Email      string  `json:"email" check:"email"`
			Password   string  `json:"password" check:"min=1"`
			Image      *string `json:"image"`
			RememberMe *bool   `json:"rememberMe"`
		}
		if issues := decodeText(text, &in); len(issues) > 0 {
			b.Fatal(issues)
		}
	}
}

func BenchmarkTrustedURL(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if !NewTrusted("http://localhost:3000", "https://*.example.com").URL("https://shop.example.com", false) {
			b.Fatal("refused")
		}
	}
}
