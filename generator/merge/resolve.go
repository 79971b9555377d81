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

// Ours settles a conflict as the user has it.
func Ours(c Conflict) []byte { return c.Ours.Text }

// Theirs settles a conflict as the new version has it.
func Theirs(c Conflict) []byte { return c.Theirs.Text }

// Both settles a conflict with the one after the other, the user's first.
func Both(c Conflict) []byte { return append(bytes.Clone(c.Ours.Text), c.Theirs.Text...) }

// Marked is a conflict between markers, for an editor.
func Marked(c Conflict) []byte {
	var out bytes.Buffer
	for _, part := range []struct {
		mark string
		text []byte
	}{
		{markOurs + labelOurs, c.Ours.Text},
		{markBase + labelBase, c.Base.Text},
		{markSplit, c.Theirs.Text},
		{markTheirs + labelTheirs, nil},
	} {
		out.WriteString(part.mark + "\n")
		out.Write(part.text)
	}
	return out.Bytes()
}
