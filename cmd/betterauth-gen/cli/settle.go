package cli

import (
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// The answers to a conflict.
const (
	answerOurs   = "keep yours"
	answerTheirs = "take the new text"
	answerBoth   = "both, yours first"
	answerEdit   = "edit"
	answerSkip   = "skip this file"
)

// settle asks about every conflict of a plan. It returns the files that are settled, and whether all are.
func (a *App) settle(plan *generator.Plan) (settled map[string]reconcile.Resolution, all bool, err error) {
	settled, all = map[string]reconcile.Resolution{}, true
	for _, action := range plan.Files.Actions {
		if action.Kind != reconcile.Conflict {
			continue
		}
		picks, done, err := a.settleFile(action)
		if err != nil {
			return nil, false, err
		}
		if !done {
			all = false
			continue
		}
		next := 0
		text := action.Resolve(func(merge.Conflict) []byte {
			next++
			return picks[next-1]
		})
		settled[action.Path] = reconcile.Resolution{Ours: action.Ours, Theirs: action.Theirs, Text: text}
	}
	return settled, all, nil
}

// settleFile asks about the conflicts of one file. It is not done when the user skips one.
func (a *App) settleFile(action reconcile.Action) (picks [][]byte, done bool, err error) {
	options := []string{answerOurs, answerTheirs, answerBoth, answerEdit, answerSkip}
	for i, c := range action.Conflicts {
		fmt.Fprint(a.Err, "\n", merge.ConflictMessage(action.Path, c))
		question := fmt.Sprintf("%s, conflict %d of %d:", action.Path, i+1, len(action.Conflicts))
		answer, err := a.Prompt.Select(question, options, answerOurs)
		if err != nil {
			return nil, false, err
		}
		var text []byte
		switch answer {
		case answerOurs:
			text = merge.Ours(c)
		case answerTheirs:
			text = merge.Theirs(c)
		case answerBoth:
			text = merge.Both(c)
		case answerEdit:
			if text, err = a.edit(action.Path, c); err != nil {
				return nil, false, err
			}
		default:
			return nil, false, nil
		}
		picks = append(picks, text)
	}
	return picks, true, nil
}

// edit opens the editor on a conflict until no markers are left.
func (a *App) edit(path string, c merge.Conflict) ([]byte, error) {
	text := merge.Marked(c)
	for merge.HasMarkers(text) {
		edited, err := a.Prompt.Edit(text, path, term.EditorFrom(a.Getenv))
		if err != nil {
			return nil, err
		}
		if string(edited) == string(text) {
			again, err := a.Prompt.Confirm("There are conflict markers left. Edit again?", true)
			if err != nil {
				return nil, err
			}
			if !again {
				return merge.Ours(c), nil
			}
		}
		text = edited
	}
	return text, nil
}
