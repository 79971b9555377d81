package main

import (
	"context"
	"encoding/binary"
	"io"
	"log"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
)

// counted is how many requests of each kind statements are counted over.
const counted = 20

// countStatements finds how many SQL statements each server sends to PostgreSQL for a request, without
// the beginning and end of transactions, by reading along on the wire.
func countStatements(ctx context.Context, list []contender, databaseURL string) (map[key]float64, error) {
	log.Print("counting statements")
	proxy, err := newTap(databaseURL)
	if err != nil {
		return nil, err
	}
	defer func() { _ = proxy.listener.Close() }()
	counts := map[key]float64{}
	for _, c := range list {
		p, err := start(c, proxy.url)
		if err != nil {
			return nil, err
		}
		for _, w := range []workload{getSession, redisSession, signIn, signUp} {
			if !c.serves(w) {
				continue
			}
			w.connections, w.requests = 1, counted
			if _, err = generate(ctx, p.address, w, 0); err != nil { // connections get ready
				break
			}
			before := proxy.statements.Load()
			if _, err = generate(ctx, p.address, w, 0); err != nil {
				break
			}
			counts[key{c.name, w.name}] = float64(proxy.statements.Load()-before) / counted
		}
		p.stop()
		if err != nil {
			return nil, err
		}
	}
	return counts, nil
}

// A tap forwards connections to PostgreSQL and counts what is executed on them.
type tap struct {
	listener   net.Listener
	target     string
	url        string // of the database, through the tap
	statements atomic.Int64
}

func newTap(databaseURL string) (*tap, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return nil, err
	}
	t := &tap{target: u.Host}
	if t.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	u.Host = t.listener.Addr().String()
	t.url = u.String()
	go t.accept()
	return t, nil
}

func (t *tap) accept() {
	for {
		client, err := t.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", t.target)
		if err != nil {
			_ = client.Close()
			continue
		}
		go func() { _, _ = io.Copy(client, server); _ = client.Close() }()
		go func() { t.forward(server, client); _ = server.Close() }()
	}
}

// forward copies the messages of a client: a type, but for the first one, four bytes of length that
// count themselves, and the content.
func (t *tap) forward(server io.Writer, client io.Reader) {
	first := true
	for {
		head := make([]byte, 5)
		if first {
			head = head[:4]
		}
		if _, err := io.ReadFull(client, head); err != nil {
			return
		}
		content := make([]byte, binary.BigEndian.Uint32(head[len(head)-4:])-4)
		if _, err := io.ReadFull(client, content); err != nil {
			return
		}
		if !first {
			t.count(head[0], content)
		}
		first = false
		if _, err := server.Write(append(head, content...)); err != nil {
			return
		}
	}
}

// count counts Execute and Query messages. Transactions are begun and ended with the latter.
func (t *tap) count(kind byte, content []byte) {
	switch kind {
	case 'E':
		t.statements.Add(1)
	case 'Q':
		word, _, _ := strings.Cut(strings.ToLower(strings.Trim(string(content), "\x00; ")), " ")
		if word != "begin" && word != "commit" && word != "rollback" && word != "start" {
			t.statements.Add(1)
		}
	}
}
