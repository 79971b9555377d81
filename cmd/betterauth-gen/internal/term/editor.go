package term

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// EditorFrom returns the command of the user's editor: VISUAL, EDITOR, or vi.
func EditorFrom(getenv func(string) string) string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if command := strings.TrimSpace(getenv(name)); command != "" {
			return command
		}
	}
	return "vi"
}

// Edit implements Prompter. The file the editor opens has the extension of name, so that it is shown as what
// it is. The command may have arguments, as in "code --wait".
func (surveyPrompter) Edit(text []byte, name, command string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "betterauth-gen-")
	if err != nil {
		return nil, fmt.Errorf("editor: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, filepath.Base(name))
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, fmt.Errorf("editor: %w", err)
	}
	words := strings.Fields(command)
	cmd := exec.Command(words[0], append(words[1:], file)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("editor %s: %w", command, err)
	}
	return os.ReadFile(file)
}

// Edit implements Prompter.
func (refuser) Edit(_ []byte, name, _ string) ([]byte, error) {
	return nil, &MissingAnswerError{"how to edit " + name}
}
