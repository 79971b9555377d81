package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

const cacheName = "better-auth.session_data"

// cachedSession answers from the cookie cache, whose form is compact: it checks the signature and the
// expiry, and nothing else.
func (s *server) cachedSession(w http.ResponseWriter, cookie, token string) {
	text, err := base64.RawURLEncoding.DecodeString(cookie)
	body, _ := bytes.CutPrefix(text, []byte(`{"session":`))
	at, end := bytes.LastIndex(body, []byte(`,"expiresAt":`)), bytes.LastIndex(body, []byte(`,"signature":"`))
	if err != nil || at < 1 || end < at {
		http.Error(w, "null", http.StatusUnauthorized)
		return
	}
	payload, expiry := body[:at], body[at:end]
	mac := hmac.New(sha256.New, s.secret)
	mac.Write(payload[:len(payload)-1])
	mac.Write(expiry)
	mac.Write([]byte("}"))
	signature := bytes.TrimSuffix(body[end+len(`,"signature":"`):], []byte(`"}`))
	expires, err := strconv.ParseInt(string(expiry[len(`,"expiresAt":`):]), 10, 64)
	var cached struct {
		Session session `json:"session"`
		User    user    `json:"user"`
	}
	if !hmac.Equal(signature, []byte(base64.RawURLEncoding.EncodeToString(mac.Sum(nil)))) || err != nil ||
		expires < time.Now().UnixMilli() || json.Unmarshal(payload, &cached) != nil || cached.Session.Token != token {
		http.Error(w, "null", http.StatusUnauthorized)
		return
	}
	respond(w, cached)
}
