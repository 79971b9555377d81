package generator

import "github.com/betterauth-gen/betterauth-gen/generator/workspace"

// reader reads every file once. The stages of a run see the same text, whatever an editor does
// meanwhile, and a run takes half as long.
type reader struct {
	workspace.Reader
	files map[string]contents
}

type contents struct {
	data []byte
	err  error
}

var _ workspace.Reader = (*reader)(nil)

func newReader(r workspace.Reader) *reader { return &reader{r, map[string]contents{}} }

// ReadFile implements workspace.Reader.
func (r *reader) ReadFile(path string) ([]byte, error) {
	c, known := r.files[path]
	if !known {
		c.data, c.err = r.Reader.ReadFile(path)
		r.files[path] = c
	}
	return c.data, c.err
}
