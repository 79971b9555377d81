// Record fetches the merges that sources.txt lists from the module proxy and writes them to testdata. Run
// it in generator/reconcile/internal/replay, with the names of the merges to fetch, or none for all:
//
//	go run ./record [NAME…]
//
// It needs the network, and some gigabytes in the module cache for the largest projects. What it writes
// depends on nothing but the list.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile/internal/replay"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func run(only []string) error {
	list, err := os.Open("sources.txt")
	if err != nil {
		return err
	}
	defer func() { _ = list.Close() }()
	notice := bytes.NewBufferString(noticeHead)
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) < 6 {
			return fmt.Errorf("sources.txt: %q is not a merge", line)
		}
		fmt.Fprintf(notice, "\n%s (%s)\n", fields[0], fields[1])
		for _, module := range fields[2:6] {
			fmt.Fprintf(notice, "\t%s\n", module)
		}
		if len(only) > 0 && !slices.Contains(only, fields[0]) {
			continue
		}
		if err := record(fields[0], fields[1], fields[2:6], fields[6:]); err != nil {
			return fmt.Errorf("%s: %w", fields[0], err)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return os.WriteFile("testdata/NOTICE", notice.Bytes(), 0o644)
}

const noticeHead = `The files *.json.gz in this folder hold excerpts of the source code of the projects below: of some Go files the text
of one release, and what other releases have otherwise. They are test data, are compiled into no program, and are not
covered by the licence of this repository. Each of them contains the licences and notices of its project in full, under
the key Notices. Nothing was changed but that files and unchanged lines were left out.
`

// record fetches one merge: the modules of its four versions, and the folders it is limited to.
func record(name, licence string, modules, under []string) (err error) {
	m := replay.Merge{
		Project: name, Licence: licence, Notices: map[string]string{},
		Base: modules[0], Ours: modules[1], Theirs: modules[2], Result: modules[3],
	}
	var trees [4]map[string][]byte
	for i, module := range modules {
		dir, err := fetch(module)
		if err != nil {
			return err
		}
		if trees[i], err = goFiles(dir, under); err != nil {
			return err
		}
		if err := notices(dir, m.Notices); err != nil {
			return err
		}
	}
	files := map[string]replay.Versions{}
	contested := 0
	for _, tree := range trees[:3] {
		for file := range tree {
			if _, known := files[file]; known {
				continue
			}
			v := replay.Versions{Base: trees[0][file], Ours: trees[1][file], Theirs: trees[2][file], Result: trees[3][file]}
			if v.Contested() {
				contested++
				if v.Git, err = gitMerges(v); err != nil {
					return err
				}
			}
			files[file] = v
		}
	}
	m.Select(files)
	out := filepath.Join("testdata", name+".json.gz")
	if err := m.Write(out); err != nil {
		return err
	}
	info, err := os.Stat(out)
	if err != nil {
		return err
	}
	fmt.Printf("%-24s %4d files changed on both sides, %4d in all, %5d KB\n", name, contested, len(m.Files), info.Size()/1024)
	return nil
}

// fetch returns the folder of a module, or of the folder in it that follows a double slash.
func fetch(module string) (string, error) {
	module, sub, _ := strings.Cut(module, "//")
	out, err := exec.Command("go", "mod", "download", "-json", module).Output()
	var answer struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &answer); jsonErr != nil {
		return "", fmt.Errorf("go mod download %s: %w", module, err)
	}
	if answer.Error != "" {
		return "", fmt.Errorf("go mod download %s: %s", module, answer.Error)
	}
	return filepath.Join(answer.Dir, sub), nil
}

// gitMerges asks git merge-file.
func gitMerges(v replay.Versions) (clean bool, err error) {
	dir, err := os.MkdirTemp("", "replay-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	names := []string{"ours", "base", "theirs"}
	for i, text := range [][]byte{v.Ours, v.Base, v.Theirs} {
		if err := os.WriteFile(filepath.Join(dir, names[i]), text, 0o600); err != nil {
			return false, err
		}
	}
	cmd := exec.Command("git", "merge-file", "-p", "ours", "base", "theirs")
	cmd.Dir = dir
	err = cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code < 0 || code > 127 {
		return false, fmt.Errorf("git merge-file: %w", err)
	}
	return err == nil, nil
}

// maxSize is of a file, in bytes. Longer ones are tables, nearly always.
const maxSize = 100_000

// generated is the line that the go command knows generated code by.
var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// goFiles reads what people wrote.
func goFiles(dir string, under []string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if e.IsDir() {
			if base := e.Name(); rel != "." && (base == "vendor" || base == "testdata" || base[0] == '_' || base[0] == '.') {
				return fs.SkipDir
			}
			return nil
		}
		inside := func(folder string) bool { return strings.HasPrefix(rel, folder+"/") }
		if path.Ext(rel) != ".go" || len(under) > 0 && !slices.ContainsFunc(under, inside) {
			return nil
		}
		text, err := os.ReadFile(name)
		if err == nil && len(text) <= maxSize && !generated.Match(text) && !bytes.Contains(text, []byte{0}) {
			out[rel] = text
		}
		return err
	})
	return out, err
}

// notices collects the licence of a module, and what has to go with it.
func notices(dir string, into map[string]string) error {
	for ; dir != filepath.Dir(dir) && !strings.HasSuffix(dir, "mod"); dir = filepath.Dir(dir) {
		found, err := filepath.Glob(filepath.Join(dir, "[LNC]*"))
		if err != nil {
			return err
		}
		for _, file := range found {
			base := strings.ToUpper(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
			if base != "LICENSE" && base != "LICENCE" && base != "NOTICE" && base != "COPYING" {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			if !slices.Contains(slices.Collect(maps.Values(into)), string(text)) {
				into[fmt.Sprintf("%s %d", base, len(into)+1)] = string(text)
			}
		}
		if len(found) > 0 && len(into) > 0 {
			return nil
		}
	}
	return fmt.Errorf("no licence in %s", dir)
}
