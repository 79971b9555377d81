package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// The answers to a conflict.
const (
	answerOurs   = "keep yours"
	answerTheirs = "take the new text"
	answerBoth   = "both, yours first"
	answerEdit   = "edit"
	answerAgain  = "edit what you chose before"
	answerSkip   = "skip this file"
)

// settlement is a talk about conflicts. It goes on until what was chosen compiles, and forgets nothing meanwhile.
type settlement struct {
	app    *App
	chosen map[string][][]byte      // path → what was chosen for each of its conflicts
	shown  map[diag.Diagnostic]bool // what was printed before
}

// plan plans a run, asks about its conflicts, and plans again with what was chosen.
func (s *settlement) plan(ctx context.Context, req generator.Request) (*generator.Plan, error) {
	req.Choices.Resolved = map[string]reconcile.Resolution{}
	for {
		plan, err := s.app.run(ctx, req)
		var broken *diag.ListError
		switch {
		case errors.Is(err, reconcile.ErrConflict) && !errors.Is(err, reconcile.ErrRefused):
			s.print(plan.Diags, isNoConflict)
			all, askErr := s.settle(ctx, plan, req.Choices.Resolved)
			if askErr != nil {
				return plan, askErr
			}
			if !all {
				return plan, err
			}
		case errors.As(err, &broken) && len(req.Choices.Resolved) > 0:
			s.print(plan.Diags, isNoConflict)
			s.app.printError(err)
			again, askErr := s.app.Prompt.Confirm("That does not compile, so nothing was written. Choose again?", true)
			if askErr != nil {
				return plan, askErr
			}
			if !again {
				return plan, &codeError{code: exitError}
			}
			reopen(req.Choices.Resolved, broken.List)
		default:
			if plan != nil {
				s.print(plan.Diags, func(diag.Diagnostic) bool { return true })
			}
			return plan, err
		}
	}
}

// print prints those of list that wanted wants, once in the talk.
func (s *settlement) print(list diag.List, wanted func(diag.Diagnostic) bool) {
	var fresh diag.List
	for _, d := range list {
		if wanted(d) && !s.shown[d] {
			s.shown[d] = true
			fresh = append(fresh, d)
		}
	}
	s.app.printDiagnostics(fresh)
}

// isNoConflict leaves out what a question will show.
func isNoConflict(d diag.Diagnostic) bool { return d.Code != reconcile.CodeConflict }

// reopen takes back what was chosen about the files that do not compile, or about all, if the fault shows elsewhere.
func reopen(resolved map[string]reconcile.Resolution, faults diag.List) {
	found := false
	for _, d := range faults {
		if _, ok := resolved[d.Pos.File]; ok && d.Severity == diag.Error {
			found = true
			delete(resolved, d.Pos.File)
		}
	}
	if !found {
		clear(resolved)
	}
}

// settle asks about every conflict of a plan and adds the files that are settled to resolved. It reports whether all
// are; of the others it says what can be done.
func (s *settlement) settle(ctx context.Context, plan *generator.Plan, resolved map[string]reconcile.Resolution) (all bool, err error) {
	var skipped diag.List
	for _, action := range plan.Files.Actions {
		if action.Kind != reconcile.Conflict {
			continue
		}
		picks, done, err := s.file(ctx, action)
		if err != nil {
			return false, err
		}
		if !done {
			d, _ := action.Diagnostic()
			d.Detail = "" // it has been shown
			skipped = append(skipped, d)
			continue
		}
		s.chosen[action.Path] = picks
		next := 0
		text := action.Resolve(func(merge.Conflict) []byte {
			next++
			return picks[next-1]
		})
		resolved[action.Path] = reconcile.Resolution{Ours: action.Ours, Theirs: action.Theirs, Text: text}
	}
	s.app.printDiagnostics(skipped)
	return len(skipped) == 0, nil
}

// file asks about the conflicts of one file. It is not done when the user skips one.
func (s *settlement) file(ctx context.Context, action reconcile.Action) (picks [][]byte, done bool, err error) {
	before := s.chosen[action.Path]
	if len(before) != len(action.Conflicts) {
		before = nil
	}
	for i, c := range action.Conflicts {
		fmt.Fprint(s.app.Err, "\n", merge.ConflictMessage(action.Path, c))
		question := fmt.Sprintf("%s, conflict %d of %d:", action.Path, i+1, len(action.Conflicts))
		var last []byte
		if before != nil {
			last = before[i]
		}
		text, picked, err := s.pick(ctx, question, action.Path, c, last)
		if err != nil || !picked {
			return nil, false, err
		}
		picks = append(picks, text)
	}
	return picks, true, nil
}

// pick asks about one conflict, again and again while the editor fails. Last is what was chosen before, if anything.
func (s *settlement) pick(ctx context.Context, question, path string, c merge.Conflict, last []byte) (text []byte, picked bool, err error) {
	options := []string{answerOurs, answerTheirs, answerBoth, answerEdit, answerSkip}
	preset := answerOurs
	if last != nil {
		options, preset = slices.Insert(options, 0, answerAgain), answerAgain
	}
	for {
		answer, err := s.app.Prompt.Select(question, options, preset)
		if err != nil {
			return nil, false, err
		}
		switch answer {
		case answerOurs:
			return merge.Ours(c), true, nil
		case answerTheirs:
			return merge.Theirs(c), true, nil
		case answerBoth:
			return merge.Both(c), true, nil
		case answerEdit:
			text, err = s.app.edit(path, merge.Marked(c))
		case answerAgain:
			text, err = s.app.edit(path, last)
		default:
			return nil, false, nil
		}
		if err == nil && !merge.HasMarkers(text) {
			return text, true, nil
		}
		if ctx.Err() != nil || errors.Is(err, term.ErrInterrupted) || childInterrupted(err) {
			return nil, false, errors.Join(err, ctx.Err())
		}
		if err != nil {
			s.app.printError(err)
		}
	}
}

// edit opens the editor on text until no markers are left, or the user gives up.
func (a *App) edit(path string, text []byte) ([]byte, error) {
	for {
		edited, err := a.Prompt.Edit(text, path, term.EditorFrom(a.Getenv))
		if err != nil || !merge.HasMarkers(edited) {
			return edited, err
		}
		again, err := a.Prompt.Confirm("There are conflict markers left. Edit again?", true)
		if err != nil || !again {
			return edited, err
		}
		text = edited
	}
}
