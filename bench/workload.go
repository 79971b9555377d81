package main

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

const (
	users    = 10_000 // rows of the database
	password = "correct horse battery"
)

// A workload is one kind of request.
type workload struct {
	name        string
	connections int
	requests    int   // in a round; 0: as many as fit into its time
	answer      int64 // the least an answer has, in bytes: "null" is no session
	// request returns the bytes of the nth request of a run.
	request func(n int) []byte
}

var (
	getSession = workload{name: "get-session", connections: 8, answer: 300, request: func(n int) []byte {
		token := tokenOf(n % users)
		return fmt.Appendf(nil, "GET /api/auth/get-session HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n"+
			"Cookie: better-auth.session_token=%s\r\n\r\n", url.QueryEscape(web.SignedValue(secret, token)))
	}}
	cachedSession = workload{name: "get-session, cookie cache", connections: 8, answer: 300, request: func(int) []byte {
		return cachedRequest()
	}}
	signIn = workload{name: "sign-in/email", connections: 4, requests: 32, answer: 100, request: func(n int) []byte {
		return post("sign-in/email", fmt.Sprintf(`{"email":"user%d@example.com","password":"%s"}`, n%users, password))
	}}
	signUp = workload{name: "sign-up/email", connections: 4, requests: 32, answer: 100, request: func(int) []byte {
		return post("sign-up/email", fmt.Sprintf(`{"email":"new%d@example.com","password":"%s","name":"Somebody"}`, newcomers.Add(1), password))
	}}
	bareHash = workload{name: "hash", connections: 4, requests: 32, request: func(int) []byte { return post("hash", "{}") }}
)

// cachedRequest is a session read whose answer is in the cookies it brings.
var cachedRequest = sync.OnceValue(func() []byte {
	now, token := model.NewTime(time.Now()), tokenOf(0)
	address, agent := "", "bench"
	payload, err := secure.JSON(map[string]any{
		"session": map[string]any{
			"expiresAt": now.Add(time.Hour), "token": token, "createdAt": now, "updatedAt": now,
			"ipAddress": address, "userAgent": agent, "userId": "user", "id": "session",
		},
		"user": map[string]any{
			"name": "Somebody", "email": "user0@example.com", "emailVerified": true, "image": nil,
			"createdAt": now, "updatedAt": now, "id": "user",
		},
		"updatedAt": now.UnixMilli(), "version": "1",
	})
	if err != nil {
		panic(err) // texts and dates can always be encoded
	}
	return fmt.Appendf(nil, "GET /api/auth/get-session HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n"+
		"Cookie: better-auth.session_token=%s; better-auth.session_data=%s\r\n\r\n",
		url.QueryEscape(web.SignedValue(secret, token)), secure.SignCompact(secret, payload, now.Add(time.Hour).Time))
})

// newcomers numbers the addresses of sign-ups, which must all be new.
var newcomers atomic.Int64

// tokenOf returns the session token of a user of the database.
func tokenOf(user int) string { return fmt.Sprintf("token%027d", user) }

func post(path, body string) []byte {
	return []byte(strings.Join([]string{
		"POST /api/auth/" + path + " HTTP/1.1", "Host: 127.0.0.1", "User-Agent: bench",
		"Content-Type: application/json", fmt.Sprint("Content-Length: ", len(body)), "", body,
	}, "\r\n"))
}
