package env

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// unset removes a variable until the test ends.
func unset(t *testing.T, name string) {
	t.Helper()
	t.Setenv(name, "") // restores what was there
	if err := os.Unsetenv(name); err != nil {
		t.Fatal(err)
	}
}

func TestLoad(t *testing.T) {
	tests := map[string]string{
		"ENV_TEST=plain":                             "plain",
		"  ENV_TEST = spaced out  ":                  "spaced out",
		"ENV_TEST=value # comment":                   "value",
		"ENV_TEST=a#b=c":                             "a#b=c",
		"ENV_TEST=":                                  "",
		"ENV_TEST= # nothing":                        "",
		"export ENV_TEST=exported":                   "exported",
		`ENV_TEST="two\nlines \"quoted\"" # comment`: "two\nlines \"quoted\"",
		`ENV_TEST='as $it \n stands'`:                `as $it \n stands`,
		"# comment\n\nENV_TEST=third line\r\n":       "third line",
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			unset(t, "ENV_TEST")
			if err := Load(write(t, text)); err != nil {
				t.Fatal(err)
			}
			if got := os.Getenv("ENV_TEST"); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestLoadKeepsWhatIsSet(t *testing.T) {
	for _, value := range []string{"from outside", ""} {
		t.Setenv("ENV_TEST", value)
		if err := Load(write(t, "ENV_TEST=from the file")); err != nil {
			t.Fatal(err)
		}
		if got := os.Getenv("ENV_TEST"); got != value {
			t.Errorf("got %q, want %q", got, value)
		}
	}
}

func TestLoadWithoutFile(t *testing.T) {
	if err := Load(filepath.Join(t.TempDir(), ".env")); err != nil {
		t.Error(err)
	}
}

func TestLoadErrors(t *testing.T) {
	for _, line := range []string{"s3cret", "=s3cret", "A B=s3cret", `A="s3cret`, `A="s3cret\q"`, "A='s3cret", `A="s3cret" more`} {
		err := Load(write(t, "# first\n"+line))
		switch {
		case err == nil:
			t.Errorf("%s: no error", line)
		case !strings.Contains(err.Error(), ".env:2: "):
			t.Errorf("%s: %v does not name the line", line, err)
		case strings.Contains(err.Error(), "s3cret"):
			t.Errorf("%s: the error shows the value: %v", line, err)
		}
	}
}
