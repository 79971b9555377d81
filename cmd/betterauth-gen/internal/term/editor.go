package term

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
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
// it is. The command is the shell's, as it is git's: it may have arguments, and quotes around them.
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
	cmd := editorCommand(command, file)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("editor %s: %w", command, err)
	}
	return os.ReadFile(file)
}

// editorCommand runs command on file. Where there is no shell, spaces part words and nothing is quoted.
func editorCommand(command, file string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		words := strings.Fields(command)
		return exec.Command(words[0], append(words[1:], file)...)
	}
	return exec.Command("sh", "-c", command+` "$@"`, command, file)
}

// Edit implements Prompter.
func (refuser) Edit(_ []byte, name, _ string) ([]byte, error) {
	return nil, &MissingAnswerError{"how to edit " + name}
}
