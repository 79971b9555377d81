package replay

import (
	"errors"
	"fmt"
	"strings"
)

var errPatch = errors.New("the diff does not fit the text")

// patch applies a unified diff of merge.Unified. The empty one changes nothing.
func patch(text []byte, diff string) ([]byte, error) {
	if diff == "" {
		return text, nil
	}
	lines := strings.SplitAfter(diff, "\n")
	if len(lines) < 3 {
		return nil, errPatch
	}
	if lines[1] == "+++ /dev/null\n" {
		return nil, nil
	}
	p := patcher{old: strings.SplitAfter(string(text), "\n")}
	for i, l := range lines[2:] {
		bare := i+3 < len(lines) && strings.HasPrefix(lines[i+3], `\`)
		if err := p.line(l, bare); err != nil {
			return nil, err
		}
	}
	p.through(len(p.old))
	return []byte(p.out.String()), nil
}

type patcher struct {
	old []string
	at  int
	out strings.Builder
}

// through copies lines up to a place.
func (p *patcher) through(to int) {
	for ; p.at < to && p.at < len(p.old); p.at++ {
		p.out.WriteString(p.old[p.at])
	}
}

// line carries out one line of a diff. Bare is one that no newline ends.
func (p *patcher) line(l string, bare bool) error {
	if l == "" || l[0] == '\\' {
		return nil
	}
	text := l[1:]
	if bare {
		text = strings.TrimSuffix(text, "\n")
	}
	switch l[0] {
	case '@':
		var start, count int
		if n, _ := fmt.Sscanf(l, "@@ -%d,%d", &start, &count); n < 2 {
			count = 1
		}
		if count > 0 {
			start--
		}
		if start < p.at {
			return errPatch
		}
		p.through(start)
	case '+':
		p.out.WriteString(text)
	case '-', ' ':
		if p.at >= len(p.old) || p.old[p.at] != text {
			return errPatch
		}
		if l[0] == ' ' {
			p.out.WriteString(text)
		}
		p.at++
	default:
		return errPatch
	}
	return nil
}
