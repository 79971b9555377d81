// Package env reads .env files, which keep the settings of a development machine out of the shell.
package env

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// Load sets the variables named in the file at path. A variable that is already set keeps its value, and
// a missing file is no error.
//
// A line is NAME=value, with or without "export"; empty lines and lines that start with # are skipped. A value is
// taken as it stands up to " #", 'in single quotes' literally, and "in double quotes" with escapes such as \n.
func Load(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("environment file: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for number := 1; lines.Scan(); number++ {
		if err := set(lines.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, number, err)
		}
	}
	return lines.Err()
}

// set carries out one line. Its errors do not quote the line, which may hold a secret.
func set(line string) error {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return nil
	}
	name, rest, found := strings.Cut(strings.TrimPrefix(line, "export "), "=")
	name = strings.TrimSpace(name)
	if !found || name == "" || strings.ContainsAny(name, " \t'\"") {
		return errors.New("not of the form NAME=value")
	}
	value, err := unquote(strings.TrimSpace(rest))
	if err != nil {
		return fmt.Errorf("value of %s: %w", name, err)
	}
	if _, isSet := os.LookupEnv(name); isSet {
		return nil
	}
	return os.Setenv(name, value)
}

// unquote returns the value that text, the part after the equals sign, stands for.
func unquote(text string) (string, error) {
	switch {
	case strings.HasPrefix(text, `"`):
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return "", errors.New("bad escape or no closing quote")
		}
		value, err := strconv.Unquote(quoted)
		if err != nil {
			return "", errors.New("bad escape")
		}
		return value, onlyComment(text[len(quoted):])
	case strings.HasPrefix(text, "'"):
		value, rest, closed := strings.Cut(text[1:], "'")
		if !closed {
			return "", errors.New("no closing quote")
		}
		return value, onlyComment(rest)
	case strings.HasPrefix(text, "#"):
		return "", nil
	}
	value, _, _ := strings.Cut(text, " #")
	return strings.TrimSpace(value), nil
}

// onlyComment reports text after a closing quote that is not a comment.
func onlyComment(text string) error {
	if text = strings.TrimSpace(text); text != "" && text[0] != '#' {
		return errors.New("text after the closing quote")
	}
	return nil
}
