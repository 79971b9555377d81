package merge

import "testing"

func TestLineIn(t *testing.T) {
	ours, merged := []byte("a\nb\nc\nd\n"), []byte("a\nX\nb\nd\nY\n")
	for line, want := range map[int]struct {
		at   int
		ours bool
	}{1: {1, true}, 2: {2, false}, 3: {2, true}, 4: {4, true}, 5: {4, false}} {
		if at, isOurs := LineIn(ours, merged, line); at != want.at || isOurs != want.ours {
			t.Errorf("line %d is %d, %t, want %d, %t", line, at, isOurs, want.at, want.ours)
		}
	}
}
