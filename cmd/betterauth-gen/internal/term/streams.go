// Package term is the side of the command line that faces a person: streams, colour, prompts and
// progress. Everything else takes a Streams and never looks at the process.
package term

import (
	"io"
	"os"

	"golang.org/x/term"
)

// Streams are where a command reads and writes. Data goes to Out; progress and diagnostics go to Err.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	// Interactive: a person can answer prompts.
	Interactive bool
	// Colour: Err may be coloured.
	Colour bool
	// OutColour: Out may be coloured.
	OutColour bool
	// Progress: Err is a terminal, where a line can be rewritten.
	Progress bool
}

// System returns the streams of the process. NO_COLOR (https://no-color.org) turns colour off, and so
// does TERM=dumb.
func System() *Streams {
	errTerminal, outTerminal := term.IsTerminal(int(os.Stderr.Fd())), term.IsTerminal(int(os.Stdout.Fd()))
	colour := os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return &Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Interactive: term.IsTerminal(int(os.Stdin.Fd())) && outTerminal,
		Colour:      errTerminal && colour,
		OutColour:   outTerminal && colour,
		Progress:    errTerminal && os.Getenv("TERM") != "dumb",
	}
}

// The colours of this program.
const (
	Red    = "31"
	Green  = "32"
	Yellow = "33"
	Bold   = "1"
	Faint  = "2"
)

// Paint returns text in a colour, or as it is when colour is off.
func (s *Streams) Paint(colour, text string) string {
	if !s.Colour || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}
