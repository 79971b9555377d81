package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const (
	maxCookieSize   = 4050 // Safari drops cookies of 4093 bytes and more
	maxCookieChunks = 100
)

// SetChunkedCookie sets c, or when it is too long for one cookie the numbered
// chunks c.Name.0, c.Name.1 and so on. Pieces in the request that no longer
// count are expired. For a value that a hundred chunks cannot hold that is all
// it does, and it reports false. The value must need no escaping, like base64url.
func SetChunkedCookie(h http.Header, request Cookies, c Cookie) bool {
	pieces, ok := c.chunks()
	ExpireChunkedCookie(h, request, c.Name, c.Attributes)
	for _, piece := range pieces {
		SetCookie(h, piece)
	}
	return ok
}

// ExpireChunkedCookie expires a cookie and those of its chunks that the request
// carries. A cookie the browser does not have is not mentioned.
func ExpireChunkedCookie(h http.Header, request Cookies, name string, a Attributes) {
	dropCookies(h, func(n string) bool { return n == name || isChunk(n, name) })
	ExpireSentChunks(h, request, name, a)
}

// ExpireSentChunks is ExpireChunkedCookie after an ExpireCookie, which has taken
// back what the response set.
func ExpireSentChunks(h http.Header, request Cookies, name string, a Attributes) {
	a.MaxAge = -1
	for _, cookie := range request {
		if cookie.Name == name || isChunk(cookie.Name, name) {
			SetCookie(h, Cookie{Name: cookie.Name, Attributes: a})
		}
	}
}

// Chunked returns the value of a cookie that may have been chunked: the whole
// cookie first, else its chunks joined by number.
func (c Cookies) Chunked(name string) (value string, ok bool) {
	if value, _ := c.Get(name); value != "" {
		return value, true
	}
	values := map[int]string{}
	for _, cookie := range c {
		index, ok := chunkIndex(cookie.Name, name)
		if _, seen := values[index]; ok && !seen {
			values[index] = cookie.Value
		}
	}
	indexes := make([]int, 0, len(values))
	for index := range values {
		indexes = append(indexes, index)
	}
	slices.Sort(indexes)
	var b strings.Builder
	for _, index := range indexes {
		b.WriteString(values[index])
	}
	return b.String(), len(indexes) > 0
}

// chunks splits c so that each piece, written with its attributes, fits.
func (c Cookie) chunks() (pieces []Cookie, ok bool) {
	empty := Cookie{Name: c.Name + "." + strconv.Itoa(maxCookieChunks-1), Attributes: c.Attributes}
	size := maxCookieSize - len(empty.String())
	if size <= 0 || len(c.Value) > size*maxCookieChunks {
		return nil, false
	}
	if len(c.Value) <= size {
		return []Cookie{c}, true
	}
	rest := c.Value
	for i := 0; rest != ""; i++ {
		n := min(size, len(rest))
		pieces = append(pieces, Cookie{Name: c.Name + "." + strconv.Itoa(i), Value: rest[:n], Attributes: c.Attributes})
		rest = rest[n:]
	}
	return pieces, true
}

func isChunk(name, of string) bool {
	_, ok := chunkIndex(name, of)
	return ok
}

// chunkIndex returns the number of a chunk's name. Only the plain decimal form
// counts: name.01 is another cookie.
func chunkIndex(name, of string) (index int, ok bool) {
	suffix, ok := strings.CutPrefix(name, of+".")
	if !ok {
		return 0, false
	}
	index, err := strconv.Atoi(suffix)
	return index, err == nil && index >= 0 && strconv.Itoa(index) == suffix
}
