package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// load is what one run of a workload gave.
type load struct {
	requests  int
	statuses  map[int]int
	elapsed   time.Duration
	latencies []time.Duration // sorted
}

// generate sends a workload over keep-alive connections: requests many, or for a duration when that is
// 0. Each connection sends its next request when the last one has been answered.
func generate(ctx context.Context, address string, w workload, duration time.Duration) (load, error) {
	var next atomic.Int64
	begin := time.Now()
	more := func() (int, bool) {
		n := int(next.Add(1)) - 1
		if w.requests > 0 {
			return n, n < w.requests
		}
		return n, time.Since(begin) < duration
	}
	results, errs := make([]load, w.connections), make([]error, w.connections)
	var group sync.WaitGroup
	for i := range w.connections {
		group.Go(func() { results[i], errs[i] = converse(ctx, address, w, more) })
	}
	group.Wait()
	total := load{statuses: map[int]int{}, elapsed: time.Since(begin)}
	for i, r := range results {
		if errs[i] != nil {
			return load{}, fmt.Errorf("%s: %w", w.name, errs[i])
		}
		total.latencies = append(total.latencies, r.latencies...)
		for status, n := range r.statuses {
			total.statuses[status] += n
		}
	}
	slices.Sort(total.latencies)
	total.requests = len(total.latencies)
	return total, nil
}

// converse is the part of one connection.
func converse(ctx context.Context, address string, w workload, more func() (int, bool)) (load, error) {
	var dialer net.Dialer
	connection, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return load{}, err
	}
	defer func() { _ = connection.Close() }()
	defer context.AfterFunc(ctx, func() { _ = connection.Close() })()
	reader := bufio.NewReader(connection)
	result := load{statuses: map[int]int{}}
	for n, ok := more(); ok; n, ok = more() {
		begin := time.Now()
		status, err := exchange(connection, reader, w, n)
		if err != nil {
			return load{}, err
		}
		result.latencies = append(result.latencies, time.Since(begin))
		result.statuses[status]++
	}
	return result, nil
}

func exchange(connection net.Conn, reader *bufio.Reader, w workload, n int) (status int, err error) {
	if _, err := connection.Write(w.request(n)); err != nil {
		return 0, err
	}
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		return 0, err
	}
	size, err := io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode == http.StatusOK && size < w.answer { // refusals are counted, see allOK
		err = fmt.Errorf("an answer has %d bytes, expected %d or more", size, w.answer)
	}
	return response.StatusCode, err
}

// allOK returns an error unless every request was answered 200: figures of failures are worth nothing.
func (l load) allOK() error {
	if l.requests == 0 || l.statuses[http.StatusOK] != l.requests {
		return fmt.Errorf("%d requests, answered %v", l.requests, l.statuses)
	}
	return nil
}
