package query

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Generate returns the generated files of package store, by their path below it: what [Render]
// returns, db/*.go and store_gen.go.
func Generate(ctx context.Context, in Input) (map[string][]byte, error) {
	files, err := Render(in)
	if err != nil {
		return nil, err
	}
	compiled, err := Compile(ctx, in, files)
	if err != nil {
		return nil, err
	}
	maps.Copy(files, compiled)
	return files, nil
}

// Compile returns db/*.go and store_gen.go for texts of [Render] the user may have edited since.
func Compile(ctx context.Context, in Input, texts map[string][]byte) (map[string][]byte, error) {
	l := newLocator(in, texts)
	if err := checkASCII(in, texts, l).Err(); err != nil {
		return nil, err
	}
	files, err := sqlc(ctx, texts)
	var bad *childError
	if errors.As(err, &bad) {
		return nil, l.translate(bad.stderr)
	}
	if err != nil {
		return nil, err
	}
	parsed, err := parseCode(files)
	if err != nil {
		return nil, err
	}
	if err := check(in.Dialect, parsed, l).Err(); err != nil {
		return nil, err
	}
	adapters, err := adapt(in, parsed, l)
	if err != nil {
		return nil, err
	}
	files["store_gen.go"] = adapters
	return files, nil
}

// sqlc runs sqlc over texts in a directory of its own and returns db/*.go.
func sqlc(ctx context.Context, texts map[string][]byte) (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "betterauth-gen-")
	if err != nil {
		return nil, fmt.Errorf("sqlc: %w", err)
	}
	defer os.RemoveAll(dir)
	for name, text := range texts {
		target := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return nil, fmt.Errorf("sqlc: %w", err)
		}
		if err := os.WriteFile(target, text, 0o600); err != nil {
			return nil, fmt.Errorf("sqlc: %w", err)
		}
	}
	if err := runSqlc(ctx, dir); err != nil {
		return nil, err
	}
	return readOutput(dir)
}

func readOutput(dir string) (map[string][]byte, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "db", "*.go"))
	if err != nil {
		return nil, fmt.Errorf("output of sqlc: %w", err)
	}
	files := map[string][]byte{}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			return nil, fmt.Errorf("output of sqlc: %w", err)
		}
		files["db/"+filepath.Base(p)] = text
	}
	return files, nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
