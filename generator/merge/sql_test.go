package merge

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// queries is a file of queries, to be edited as people do.
type queries []string

func (q queries) text() []byte { return []byte("-- Queries of a test.\n\n" + strings.Join(q, "\n")) }

func query(r *rand.Rand, name string) string {
	doc := ""
	if r.IntN(2) == 0 {
		doc = "-- " + name + " does its part.\n"
	}
	return fmt.Sprintf("%s-- name: %s :one\nSELECT *\nFROM account\nWHERE id = $1\n  AND kind = %d;\n", doc, name, r.IntN(9))
}

// mutate makes k edits. What it adds has prefix in it.
func (q queries) mutate(r *rand.Rand, k int, prefix string) queries {
	q = slices.Clone(q)
	for i := range k {
		at := r.IntN(len(q))
		unique := fmt.Sprintf("%s%d", prefix, i)
		switch r.IntN(7) {
		case 0, 1:
			q = slices.Insert(q, r.IntN(len(q)+1), query(r, unique))
		case 2:
			if len(q) > 1 {
				q = slices.Delete(q, at, at+1)
			}
		case 3:
			moved := q[at]
			q = slices.Delete(q, at, at+1)
			q = slices.Insert(q, r.IntN(len(q)+1), moved)
		case 4:
			q[at] = "-- " + unique + " says so.\n" + q[at]
		case 5:
			q[at] = strings.Replace(q[at], "SELECT *\n", "SELECT *, "+unique+"\n", 1)
		case 6:
			q[at] = strings.Replace(q[at], ";\n", "\n  AND "+unique+";\n", 1)
		}
	}
	return q
}

// TestQueryProperties makes random edits of queries on both sides. No query is in a clean result twice,
// and everything either side added is in any result.
func TestQueryProperties(t *testing.T) {
	clean, byLine := 0, 0
	cases := scripts(t, 400)
	for seed := range uint64(cases) {
		r := rand.New(rand.NewPCG(seed, 24))
		var q queries
		for i := range 3 + r.IntN(12) {
			q = append(q, query(r, fmt.Sprintf("Query%d", i)))
		}
		b, o, th := q.text(), q.mutate(r, 1+r.IntN(5), "Ours").text(), q.mutate(r, 1+r.IntN(5), "Theirs").text()
		got := File("q.sql", b, o, th)
		for side, text := range map[string][]byte{"Ours": o, "Theirs": th} {
			for _, l := range additions(text, side) {
				if !bytes.Contains(got.Text, []byte(l)) {
					t.Fatalf("seed %d: %q is gone\n%s", seed, l, got.Text)
				}
			}
		}
		if Merge(b, o, th).Clean() {
			byLine++
		}
		if !got.Clean() {
			continue
		}
		clean++
		if _, ok := parseSQL("q.sql", got.Text); !ok {
			t.Fatalf("seed %d: a query is there twice\n%s", seed, got.Text)
		}
	}
	t.Logf("%d cases: clean by line %d, clean by query %d", cases, byLine, clean-byLine)
	if clean <= byLine {
		t.Error("queries resolve nothing")
	}
}
