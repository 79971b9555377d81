package workspace

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
)

// Sum is the SHA-256 of a text with LF line endings, in hex. Line endings are
// left out because git may change them in a checkout, which is no edit.
type Sum string

// SumOf computes the Sum of data.
func SumOf(data []byte) Sum {
	sum := sha256.Sum256(merge.Normalize(data))
	return Sum(hex.EncodeToString(sum[:]))
}

// Entry records one emitted file: its class and the sum of the text as it
// was last emitted, which for an edited file is not the text on disk.
type Entry struct {
	Class Class
	Sum   Sum
	Path  string
}

// Lock is the record of a module's emitted files.
type Lock struct {
	Version string // of the generator that wrote it
	Entries []Entry
	// Deleted are recorded files that the user deleted, and was told so. They
	// stay deleted.
	Deleted []string
}

// Find returns the entry of path.
func (l *Lock) Find(path string) (Entry, bool) {
	for _, e := range l.Entries {
		if e.Path == path {
			return e, true
		}
	}
	return Entry{}, false
}

const (
	lockHeader    = "# Which files betterauth-gen emitted, and their checksums. Commit this file."
	versionPrefix = "version: "
	filesHeader   = "files:"
	deletedHeader = "deleted:"
	entryPrefix   = "- "
)

// Format is the text of the lock file: YAML, but strictly one line per file,
// sorted by path, so that version control merges it line by line.
func (l *Lock) Format() []byte {
	entries := slices.Clone(l.Entries)
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	var out bytes.Buffer
	fmt.Fprintln(&out, lockHeader)
	fmt.Fprintf(&out, "%s%s\n", versionPrefix, l.Version)
	fmt.Fprintln(&out, filesHeader)
	for _, e := range entries {
		fmt.Fprintf(&out, "%s%s %s %s\n", entryPrefix, e.Class, e.Sum, e.Path)
	}
	if len(l.Deleted) > 0 {
		fmt.Fprintln(&out, deletedHeader)
		for _, path := range slices.Compact(slices.Sorted(slices.Values(l.Deleted))) {
			fmt.Fprintf(&out, "%s%s\n", entryPrefix, path)
		}
	}
	return out.Bytes()
}

// ParseLock reads what Format wrote. It is strict, because a lock misread is
// a file overwritten; entries may however be out of order, as after a merge.
func ParseLock(data []byte) (*Lock, error) {
	if merge.HasMarkers(data) {
		return nil, lockError(1, 1, "unresolved merge conflict", "betterauth-gen generate --rebase takes what both sides have")
	}
	p := lockParser{lock: &Lock{}, seen: map[string]int{}}
	for i, text := range strings.Split(strings.TrimSuffix(string(merge.Normalize(data)), "\n"), "\n") {
		p.line(i+1, text)
	}
	if p.section == 0 && len(p.diags) == 0 {
		return nil, lockError(1, 1, "no version line", "restore the file from version control")
	}
	if err := p.diags.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(p.lock.Entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	return p.lock, nil
}

func lockError(line, col int, summary, suggestion string) error {
	return diag.List{{
		Severity: diag.Error, Code: "BA101", Summary: summary, Suggestion: suggestion,
		Pos: diag.Position{File: LockPath, Line: line, Col: col},
	}}.Err()
}

type lockParser struct {
	lock    *Lock
	seen    map[string]int // path → line
	section int            // 0 before version, 1 after it, 2 in files, 3 in deleted
	diags   diag.List
}

func (p *lockParser) errorf(line, col int, format string, args ...any) {
	p.diags.Errorf(diag.Position{File: LockPath, Line: line, Col: col}, "BA101", format, args...)
}

func (p *lockParser) line(n int, text string) {
	switch {
	case strings.HasPrefix(text, "#"):
	case p.section == 0:
		version, ok := strings.CutPrefix(text, versionPrefix)
		if !ok || version == "" || strings.TrimSpace(version) != version {
			p.errorf(n, 1, "expected %q and a version", versionPrefix)
		}
		p.lock.Version, p.section = version, 1
	case p.section == 1:
		if text != filesHeader {
			p.errorf(n, 1, "expected %q", filesHeader)
		}
		p.section = 2
	case p.section == 2 && text == deletedHeader:
		p.section = 3
	case p.section == 3:
		p.deleted(n, text)
	default:
		p.entry(n, text)
	}
}

func (p *lockParser) deleted(n int, text string) {
	path, ok := strings.CutPrefix(text, entryPrefix)
	if err := CheckPath(path); !ok || err != nil {
		p.errorf(n, 1, `expected "- path"`)
		return
	}
	p.lock.Deleted = append(p.lock.Deleted, path)
}

func (p *lockParser) entry(n int, text string) {
	rest, ok := strings.CutPrefix(text, entryPrefix)
	word, rest, ok2 := strings.Cut(rest, " ")
	sum, path, ok3 := strings.Cut(rest, " ")
	if !ok || !ok2 || !ok3 {
		p.errorf(n, 1, `expected "- class checksum path"`)
		return
	}
	col := len(entryPrefix) + 1
	class, ok := parseClass(word)
	if !ok {
		p.errorf(n, col, "unknown class %q", word)
	}
	col += len(word) + 1
	if raw, err := hex.DecodeString(sum); err != nil || len(raw) != sha256.Size || strings.ToLower(sum) != sum {
		p.errorf(n, col, "%q is not a SHA-256 checksum", sum)
	}
	col += len(sum) + 1
	if err := CheckPath(path); err != nil {
		p.errorf(n, col, "%v", err)
	}
	if first, dup := p.seen[path]; dup {
		p.errorf(n, col, "%s is already on line %d; keep one of the two", path, first)
	}
	p.seen[path] = n
	p.lock.Entries = append(p.lock.Entries, Entry{Class: class, Sum: Sum(sum), Path: path})
}

// ReadLock reads a module's lock; a module without one has an empty lock.
func ReadLock(r Reader) (*Lock, error) {
	data, err := r.ReadFile(LockPath)
	if errors.Is(err, fs.ErrNotExist) {
		return &Lock{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", LockPath, err)
	}
	return ParseLock(data)
}

// ReadBothLocks reads a lock that may hold the conflict markers of version
// control: files that either side has recorded are recorded, as ours has them
// where both do.
func ReadBothLocks(r Reader) (*Lock, error) {
	data, err := r.ReadFile(LockPath)
	if err != nil || !merge.HasMarkers(data) {
		return ReadLock(r)
	}
	both := Lock{}
	seen := map[string]bool{}
	inBase := false
	for text := range strings.SplitSeq(string(merge.Normalize(data)), "\n") {
		switch fields := strings.Fields(text); {
		case strings.HasPrefix(text, "|||||||"):
			inBase = true
		case strings.HasPrefix(text, "======="):
			inBase = false
		case inBase, len(fields) < 2:
		case strings.HasPrefix(text, versionPrefix) && both.Version == "":
			both.Version = fields[1]
		case fields[0] == "-" && len(fields) == 2:
			both.Deleted = append(both.Deleted, fields[1])
		case fields[0] == "-" && len(fields) > 3 && !seen[text[strings.Index(text, fields[3]):]]:
			path := text[strings.Index(text, fields[3]):]
			class, _ := parseClass(fields[1]) // Format makes a line of it that ParseLock refuses
			both.Entries = append(both.Entries, Entry{class, Sum(fields[2]), path})
			seen[path] = true
		}
	}
	return ParseLock(both.Format())
}
