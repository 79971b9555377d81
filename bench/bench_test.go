package main

import (
	"bufio"
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// message is one of a PostgreSQL client.
func message(kind string, content string) string {
	return kind + string([]byte{0, 0, 0, byte(len(content) + 4)}) + content
}

func TestTapCountsStatements(t *testing.T) {
	sent := message("", "startup") + message("Q", "BEGIN;\x00") + message("P", "select 1\x00") + message("E", "x") +
		message("S", "") + message("Q", "select 2\x00") + message("Q", "commit\x00")
	var passed bytes.Buffer
	var tapped tap
	tapped.forward(&passed, strings.NewReader(sent))
	if n := tapped.statements.Load(); n != 2 || passed.String() != sent {
		t.Errorf("%d statements, want 2; passed on %q", n, passed.String())
	}
}

func TestGenerate(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/hash") {
			_, _ = w.Write([]byte("64"))
		}
	}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	result, err := generate(t.Context(), address, bareHash, 0)
	if err != nil || result.requests != bareHash.requests || result.allOK() != nil {
		t.Errorf("%+v, %v", result, err)
	}
	one := getSession
	one.requests = 1
	if _, err := generate(t.Context(), address, one, 0); err == nil {
		t.Error("an empty answer counts as a session")
	}
}

func TestGenerateEndsWithContext(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") // accepts, and never answers
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := generate(ctx, listener.Addr().String(), bareHash, 0); err == nil {
		t.Error("no error")
	}
}

func TestRequestsAreValid(t *testing.T) {
	for _, w := range workloads() {
		r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(w.request(7))))
		path, _, _ := strings.Cut(w.name, ",")
		if err != nil || !strings.HasSuffix(r.URL.Path, path) {
			t.Errorf("%s: %v", w.name, err)
		}
	}
}

func TestYardstick(t *testing.T) {
	list := []contender{{name: handWritten}, {name: "bare hash", only: bareHash.name}, {name: handWritten + ", Redis", only: redisSession.name}}
	for _, a := range applications {
		list = append(list, contender{name: a.name, only: a.only})
	}
	for w, want := range map[string]string{
		getSession.name: handWritten, cachedSession.name: handWritten, signIn.name: handWritten, signUp.name: handWritten,
		redisSession.name: handWritten + ", Redis", bareHash.name: "",
	} {
		if got := yardstick(list, workload{name: w}); got != want {
			t.Errorf("%s is compared with %q, want %q", w, got, want)
		}
	}
}

func TestRefusalsAreCounted(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	one := getSession
	one.requests = 1
	result, err := generate(t.Context(), strings.TrimPrefix(server.URL, "http://"), one, 0)
	if err != nil || result.statuses[http.StatusNotFound] != 1 || result.allOK() == nil {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestSpread(t *testing.T) {
	samples := []sample{{cpu: 3 * time.Millisecond}, {cpu: time.Millisecond}, {cpu: 2 * time.Millisecond}}
	if got := cpuOf(samples).String(); got != "2000 (1000–3000)" {
		t.Error(got)
	}
	for n, want := range map[float64]string{0.456: "0.46", 12.345: "12.3", 1234.5: "1234"} {
		if got := short(n); got != want {
			t.Errorf("%v is %s, want %s", n, got, want)
		}
	}
}
