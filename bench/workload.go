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
	redisSession  = workload{name: "get-session, Redis", connections: 8, answer: 300, request: getSession.request}
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

// workloads returns all, in the order of the report.
func workloads() []workload {
	return []workload{getSession, cachedSession, redisSession, bareHash, signIn, signUp}
}

// cachedRequest is a session read whose answer is in the cookies it brings.
var cachedRequest = sync.OnceValue(func() []byte {
	now := model.NewTime(time.Now())
	copied := sessionOf(0)
	copied["updatedAt"], copied["version"] = now.UnixMilli(), "1"
	payload, err := secure.JSON(copied)
	if err != nil {
		panic(err) // texts and dates can always be encoded
	}
	return fmt.Appendf(nil, "GET /api/auth/get-session HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n"+
		"Cookie: better-auth.session_token=%s; better-auth.session_data=%s\r\n\r\n",
		url.QueryEscape(web.SignedValue(secret, tokenOf(0))), secure.SignCompact(secret, payload, now.Add(time.Hour).Time))
})

// sessionOf returns the session of a user as it is in a cookie and in Redis.
func sessionOf(user int) map[string]any {
	now, id := model.NewTime(time.Now()), fmt.Sprint("user", user)
	address, agent := "127.0.0.1", "bench"
	return map[string]any{
		"session": map[string]any{
			"expiresAt": now.Add(7 * 24 * time.Hour), "token": tokenOf(user), "createdAt": now, "updatedAt": now,
			"ipAddress": address, "userAgent": agent, "userId": id, "id": id,
		},
		"user": map[string]any{
			"name": "Somebody", "email": id + "@example.com", "emailVerified": false, "image": nil,
			"createdAt": now, "updatedAt": now, "id": id,
		},
	}
}

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
