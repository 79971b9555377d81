package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// journal says what a commit is about to do: enough to undo it.
type journal struct {
	Steps []step   `json:"steps"`
	Dirs  []string `json:"dirs,omitempty"` // created, outermost first
}

// step replaces one file. Sums are of the exact bytes; "" means no file.
type step struct {
	Path string `json:"path"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
}

func newName(i int) string { return fmt.Sprintf("%s/%04d.new", stageDir, i) }
func oldName(i int) string { return fmt.Sprintf("%s/%04d.old", stageDir, i) }

func exactSum(data []byte) string {
	if data == nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (j *journal) add(d disk, c Change) error {
	if c.After != nil {
		dirs, err := missingDirs(d, c.Path)
		if err != nil {
			return err
		}
		for _, dir := range dirs {
			if !slices.Contains(j.Dirs, dir) {
				j.Dirs = append(j.Dirs, dir)
			}
		}
	}
	j.Steps = append(j.Steps, step{Path: c.Path, Old: exactSum(c.Before), New: exactSum(c.After)})
	return nil
}

// save writes the journal under another name first, so that a journal is
// either whole or not there.
func (j *journal) save(d disk) error {
	text, err := json.MarshalIndent(j, "", "\t")
	if err != nil {
		return fmt.Errorf("encode journal: %w", err)
	}
	const draft = stageDir + "/journal"
	if err := d.write(draft, append(text, '\n'), 0o644, false); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	if err := d.rename(draft, journalPath); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	if err := d.syncDir(Home); err != nil {
		return fmt.Errorf("sync %s: %w", Home, err)
	}
	return nil
}

func loadJournal(d disk) (*journal, error) {
	data, err := d.readFile(journalPath)
	if err != nil {
		return nil, err
	}
	j := &journal{}
	if err := json.Unmarshal(data, j); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", journalPath, err)
	}
	for _, s := range j.Steps {
		if err := CheckPath(s.Path); err != nil {
			return nil, fmt.Errorf("%s is damaged: %w", journalPath, err)
		}
	}
	return j, nil
}
