// Command handwritten is the yardstick of the benchmarks: the same answers to the same requests on the
// same tables as an emitted server, by the shortest code that does the work. It has no checks of
// origins, no hooks, no options, no error bodies, and is nothing to build on.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/crypto/scrypt"
)

const (
	cookieName = "better-auth.session_token"
	week       = 7 * 24 * time.Hour
	alphabet   = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
)

// instant is a time in the one spelling of the protocol.
type instant struct{ time.Time }

func (t instant) text() string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func (t instant) MarshalJSON() ([]byte, error) { return []byte(`"` + t.text() + `"`), nil }

type user struct {
	Name          string  `json:"name"`
	Email         string  `json:"email"`
	EmailVerified bool    `json:"emailVerified"`
	Image         *string `json:"image"`
	CreatedAt     instant `json:"createdAt"`
	UpdatedAt     instant `json:"updatedAt"`
	ID            string  `json:"id"`
}

type session struct {
	ExpiresAt instant `json:"expiresAt"`
	Token     string  `json:"token"`
	CreatedAt instant `json:"createdAt"`
	UpdatedAt instant `json:"updatedAt"`
	IPAddress *string `json:"ipAddress"`
	UserAgent *string `json:"userAgent"`
	UserID    string  `json:"userId"`
	ID        string  `json:"id"`
}

// database runs the statements.
type database interface {
	session(ctx context.Context, token string) (session, user, error)
	credential(ctx context.Context, email string) (u user, hash string, err error)
	insertSession(ctx context.Context, s session) error
	signUp(ctx context.Context, u user, hash string, s session) error
}

type server struct {
	db     database
	secret []byte
	slots  chan struct{} // hashes at once
}

func main() {
	ctx := context.Background()
	s := &server{secret: []byte(os.Getenv("BETTER_AUTH_SECRET")), slots: make(chan struct{}, 2)}
	var err error
	if dsn := os.Getenv("DATABASE_URL"); strings.HasPrefix(dsn, "postgres") {
		s.db, err = openPostgres(ctx, dsn)
	} else {
		s.db, err = openSQLite(ctx, dsn)
	}
	if err != nil {
		log.Fatal(err)
	}
	if url := os.Getenv("REDIS_URL"); url != "" {
		if s.db, err = withRedis(s.db, url); err != nil {
			log.Fatal(err)
		}
	}
	http.HandleFunc("GET /api/auth/get-session", s.getSession)
	http.HandleFunc("POST /api/auth/sign-in/email", s.signIn)
	http.HandleFunc("POST /api/auth/sign-up/email", s.signUp)
	http.HandleFunc("POST /api/auth/hash", s.hash)
	listener := &http.Server{ // with the deadlines of an emitted program, which a server needs
		Addr:              "127.0.0.1:" + os.Getenv("PORT"),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
	}
	log.Fatal(listener.ListenAndServe())
}

func (s *server) getSession(w http.ResponseWriter, r *http.Request) {
	token, ok := s.token(r)
	if !ok {
		http.Error(w, "null", http.StatusUnauthorized)
		return
	}
	if cache, err := r.Cookie(cacheName); err == nil {
		s.cachedSession(w, cache.Value, token)
		return
	}
	found, owner, err := s.db.session(r.Context(), token)
	if err != nil || found.ExpiresAt.Before(time.Now()) {
		http.Error(w, "null", http.StatusUnauthorized)
		return
	}
	respond(w, struct {
		Session session `json:"session"`
		User    user    `json:"user"`
	}{found, owner})
}

type credentials struct {
	Name, Email, Password string
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	var in credentials
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	owner, hash, err := s.db.credential(r.Context(), strings.ToLower(in.Email))
	if err != nil || !s.verify(in.Password, hash) {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	opened := newSession(r, owner.ID)
	if err := s.db.insertSession(r.Context(), opened); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.setCookie(w, opened.Token)
	respond(w, struct {
		Redirect bool   `json:"redirect"`
		Token    string `json:"token"`
		User     user   `json:"user"`
	}{false, opened.Token, owner})
}

func (s *server) signUp(w http.ResponseWriter, r *http.Request) {
	var in credentials
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	hash := hex.EncodeToString(salt)
	hash += ":" + hex.EncodeToString(s.key(in.Password, hash))
	now := instant{time.Now()}
	created := user{Name: in.Name, Email: strings.ToLower(in.Email), CreatedAt: now, UpdatedAt: now, ID: text()}
	opened := newSession(r, created.ID)
	if err := s.db.signUp(r.Context(), created, hash, opened); err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	s.setCookie(w, opened.Token)
	respond(w, struct {
		Token string `json:"token"`
		User  user   `json:"user"`
	}{opened.Token, created})
}

// hash does nothing but hash, to know what that alone costs.
func (s *server) hash(w http.ResponseWriter, _ *http.Request) {
	respond(w, len(s.key("password", "salt")))
}

func newSession(r *http.Request, userID string) session {
	now := instant{time.Now()}
	address, agent := "", r.UserAgent()
	return session{
		ExpiresAt: instant{now.Add(week)}, Token: text(), CreatedAt: now, UpdatedAt: now,
		IPAddress: &address, UserAgent: &agent, UserID: userID, ID: text(),
	}
}

func (s *server) verify(password, stored string) bool {
	salt, key, _ := strings.Cut(stored, ":")
	want, err := hex.DecodeString(key)
	return err == nil && subtle.ConstantTimeCompare(s.key(password, salt), want) == 1
}

func (s *server) key(password, salt string) []byte {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	key, err := scrypt.Key([]byte(password), []byte(salt), 16384, 16, 1, 64)
	if err != nil {
		log.Fatal(err) // only for parameters that cannot be
	}
	return key
}

func (s *server) token(r *http.Request) (string, bool) {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return "", false
	}
	signed, err := url.PathUnescape(cookie.Value)
	if err != nil {
		return "", false
	}
	token, signature, _ := strings.Cut(signed, ".")
	return token, hmac.Equal([]byte(signature), []byte(s.sign(token)))
}

func (s *server) setCookie(w http.ResponseWriter, token string) {
	w.Header().Set("Set-Cookie", cookieName+"="+url.QueryEscape(token+"."+s.sign(token))+
		"; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax")
}

func (s *server) sign(token string) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte(token))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func respond(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(body)
}

// text returns 32 random characters.
func text() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw)
	for i, b := range raw {
		raw[i] = alphabet[b%64]
	}
	return string(raw)
}
