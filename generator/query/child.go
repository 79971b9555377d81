package query

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/sqlc-dev/sqlc/pkg/cli"
)

// Child is the hidden command under which a program that uses this package runs sqlc: when it is the
// first argument, main calls [RunChild] with the rest and exits with the result. sqlc lives in a
// process of its own because it exits on any error, which would take ours along halfway.
const Child = "__sqlc"

// RunChild runs sqlc and returns its exit code.
func RunChild(args []string) int { return cli.Run(args) }

const (
	childTimeout = 2 * time.Minute // a large schema takes a second or two
	killDelay    = 5 * time.Second
)

// childError is a run of sqlc that found mistakes, which stderr describes.
type childError struct{ stderr string }

func (e *childError) Error() string { return "sqlc: " + e.stderr }

// runSqlc runs sqlc on the configuration in dir.
func runSqlc(ctx context.Context, dir string) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("sqlc: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, childTimeout)
	defer cancel()
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, self, Child, "generate", "--file", "sqlc.yaml")
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, childEnv(os.Environ()), killDelay
	cmd.Stdout, cmd.Stderr = &stderr, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("sqlc: %w", context.Cause(ctx))
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return &childError{stderr.String()}
	}
	return fmt.Errorf("sqlc: %w: %s", err, strings.TrimSpace(stderr.String()))
}

// childEnv drops what changes sqlc's behaviour or prints into its output, and its credentials. The child
// lives for half a second, a third of which would be garbage collection.
func childEnv(env []string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		return strings.HasPrefix(entry, "SQLC") || strings.HasPrefix(entry, "SQLDEBUG=")
	})
	return append(env, "GOGC=400")
}
