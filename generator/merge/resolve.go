package merge

import "bytes"

// Resolve returns the merged text with every conflict replaced by what pick
// says of it.
func (r Result) Resolve(pick func(Conflict) []byte) []byte {
	var out bytes.Buffer
	at := 0
	for _, c := range r.Conflicts {
		out.Write(r.Text[at:c.at.lo])
		out.Write(WithEndings(pick(c), r.Text))
		at = c.at.hi
	}
	out.Write(r.Text[at:])
	return out.Bytes()
}

// Ours, Theirs and Both are the answers to a conflict that need no editor.
func Ours(c Conflict) []byte   { return c.Ours.Text }
func Theirs(c Conflict) []byte { return c.Theirs.Text }
func Both(c Conflict) []byte   { return append(bytes.Clone(c.Ours.Text), c.Theirs.Text...) }
