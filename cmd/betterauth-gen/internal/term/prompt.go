package term

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/terminal"
)

// ErrInterrupted is returned when the person at the terminal pressed Ctrl-C.
var ErrInterrupted = errors.New("interrupted")

// A Prompter asks questions.
type Prompter interface {
	Input(question, preset, help string, valid func(string) error) (string, error)
	Select(question string, options []string, preset string) (string, error)
	MultiSelect(question string, options, preset []string) ([]string, error)
	Confirm(question string, preset bool) (bool, error)
	// Edit opens text in an editor, as a file called name, and returns what became of it.
	Edit(text []byte, name, editor string) ([]byte, error)
}

// NewPrompter returns a prompter on a terminal, or one that refuses every question when nobody is there
// to answer it.
func NewPrompter(s *Streams) Prompter {
	if !s.Interactive {
		return refuser{}
	}
	return surveyPrompter{}
}

// MissingAnswerError is what a question without a terminal comes to.
type MissingAnswerError struct{ Question string }

// Error implements error.
func (e *MissingAnswerError) Error() string {
	return fmt.Sprintf("cannot ask %q: there is no terminal", strings.TrimSuffix(e.Question, ":"))
}

type refuser struct{}

func (refuser) Input(question, _, _ string, _ func(string) error) (string, error) {
	return "", &MissingAnswerError{question}
}
func (refuser) Select(question string, _ []string, _ string) (string, error) {
	return "", &MissingAnswerError{question}
}
func (refuser) MultiSelect(question string, _, _ []string) ([]string, error) {
	return nil, &MissingAnswerError{question}
}
func (refuser) Confirm(question string, _ bool) (bool, error) {
	return false, &MissingAnswerError{question}
}

type surveyPrompter struct{}

// Input implements Prompter.
func (surveyPrompter) Input(question, preset, help string, valid func(string) error) (string, error) {
	var answer string
	var options []survey.AskOpt
	if valid != nil {
		options = append(options, survey.WithValidator(func(v any) error { return valid(fmt.Sprint(v)) }))
	}
	err := survey.AskOne(&survey.Input{Message: question, Default: preset, Help: help}, &answer, options...)
	return strings.TrimSpace(answer), interrupted(err)
}

// Select implements Prompter.
func (surveyPrompter) Select(question string, options []string, preset string) (string, error) {
	var answer string
	err := survey.AskOne(&survey.Select{Message: question, Options: options, Default: preset}, &answer)
	return answer, interrupted(err)
}

// MultiSelect implements Prompter.
func (surveyPrompter) MultiSelect(question string, options, preset []string) ([]string, error) {
	if len(options) == 0 {
		return nil, nil
	}
	var answer []string
	err := survey.AskOne(&survey.MultiSelect{Message: question, Options: options, Default: preset}, &answer)
	return answer, interrupted(err)
}

// Confirm implements Prompter.
func (surveyPrompter) Confirm(question string, preset bool) (bool, error) {
	var answer bool
	err := survey.AskOne(&survey.Confirm{Message: question, Default: preset}, &answer)
	return answer, interrupted(err)
}

// interrupted tells Ctrl-C from other failures. A terminal that is closed counts as Ctrl-C.
func interrupted(err error) error {
	if errors.Is(err, terminal.InterruptErr) || errors.Is(err, io.EOF) {
		return ErrInterrupted
	}
	return err
}
