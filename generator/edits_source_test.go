package generator_test

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// goSource is a file as pieces that can be moved about.
type goSource struct {
	head    string
	imports []string // "name path" as in the source
	decls   []string
	made    []byte // the text, while there are no edits
}

func sourceOf(t *testing.T, dir string) map[string]*goSource {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*goSource{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f := cut(t, readFile(t, name))
		f.made = f.text()
		out[filepath.Base(name)] = f
	}
	return out
}

func cut(t *testing.T, text string) *goSource {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	s := &goSource{head: text[:offset(f.Name.End())]}
	at := offset(f.Name.End())
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			for _, spec := range g.Specs {
				s.imports = append(s.imports, text[offset(spec.Pos()):offset(spec.End())])
			}
			at = offset(d.End())
			continue
		}
		end := offset(d.End())
		if eol := strings.IndexByte(text[end:], '\n'); eol >= 0 {
			end += eol
		}
		s.decls = append(s.decls, strings.TrimSpace(text[at:end]))
		at = end
	}
	return s
}

// text puts a file together, with those of its imports that it uses.
func (s *goSource) text() []byte {
	if s.made != nil {
		return s.made
	}
	body := strings.Join(s.decls, "\n\n")
	var lines []string
	for _, i := range s.imports {
		if mentions(body, importName(i)+".") {
			lines = append(lines, "\t"+i)
		}
	}
	slices.SortFunc(lines, func(a, b string) int {
		return strings.Compare(strings.Trim(a[strings.IndexByte(a, '"'):], `"`), strings.Trim(b[strings.IndexByte(b, '"'):], `"`))
	})
	block := ""
	if len(lines) > 0 {
		block = "import (\n" + strings.Join(slices.Compact(lines), "\n") + "\n)\n\n"
	}
	out, err := format.Source([]byte(s.head + "\n\n" + block + body + "\n"))
	if err != nil {
		return []byte(s.head + "\n\n" + block + body + "\n")
	}
	return out
}

// mentions reports that a word, which may end in a dot, is in text.
func mentions(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		i += at
		at = i + len(word)
		before := i == 0 || !inWord(text[i-1])
		after := strings.HasSuffix(word, ".") || at == len(text) || !inWord(text[at])
		if before && after {
			return true
		}
	}
}

func inWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

func importName(spec string) string {
	name, quoted, named := strings.Cut(spec, " ")
	if named && quoted != "" {
		return name
	}
	p := strings.Trim(spec, `"`)
	if base := path.Base(p); !majorVersion.MatchString(base) {
		return base
	}
	return path.Base(path.Dir(p))
}

func texts(files map[string]*goSource) map[string][]byte {
	out := map[string][]byte{}
	for name, f := range files {
		out[name] = f.text()
	}
	return out
}

func clonePackage(files map[string]*goSource) map[string]*goSource {
	out := map[string]*goSource{}
	for name, f := range files {
		out[name] = &goSource{f.head, slices.Clone(f.imports), slices.Clone(f.decls), f.made}
	}
	return out
}

var (
	// funcLine is where a function begins that has a body of its own lines.
	funcLine = regexp.MustCompile(`(?m)^func .*\{\n`)
	// plainFunc finds the name of a function without a receiver.
	plainFunc = regexp.MustCompile(`(?m)^func (\w+)\(`)
	// structLine is where a struct begins.
	structLine = regexp.MustCompile(`(?m)^type \w+ struct \{\n`)
	// failure is a variable people like to call otherwise.
	failure      = regexp.MustCompile(`\berr\b`)
	notAVariable = regexp.MustCompile(`\.err\b|\berr:[^=]`)
)

// edit makes k edits after which a package that compiled compiles, nearly always.
func edit(r *rand.Rand, files map[string]*goSource, hot string, k int, who string) {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(n string) bool { return len(files[n].decls) == 0 })
	if r.IntN(3) == 0 {
		hot = names[r.IntN(len(names))]
	}
	for i := range k {
		name := names[r.IntN(len(names))]
		if r.IntN(3) > 0 && files[hot] != nil {
			name = hot
		}
		if f := files[name]; f != nil && len(f.decls) > 0 {
			f.made = nil
			editFile(r, files, name, fmt.Sprintf("%s%d", who, i))
		}
	}
}

// editFile makes one edit, which leaves unique in the text unless it only moves or deletes.
func editFile(r *rand.Rand, files map[string]*goSource, name, unique string) {
	f := files[name]
	at := r.IntN(len(f.decls))
	d := &f.decls[at]
	switch r.IntN(16) {
	case 0, 1:
		f.decls = slices.Insert(f.decls, r.IntN(len(f.decls)+1), fmt.Sprintf("// %[1]s is new.\nfunc %[1]s() int { return %d }", unique, at))
	case 2:
		f.imports = append(f.imports, `"unicode/utf8"`)
		f.decls = append(f.decls, fmt.Sprintf("func %s(s string) int { return utf8.RuneCountInString(s) }", unique))
	case 3, 4:
		*d = funcLine.ReplaceAllStringFunc(*d, func(line string) string { return line + fmt.Sprintf("\t_ = %q\n", unique) })
	case 5:
		*d = "// " + unique + " stands alone.\n\n" + *d
	case 6: // at the end of a line
		if lines := strings.SplitAfter(*d, "{\n"); len(lines) > 1 {
			i := r.IntN(len(lines) - 1)
			lines[i] = strings.TrimSuffix(lines[i], "\n") + " // " + unique + "\n"
			*d = strings.Join(lines, "")
		}
	case 7:
		*d = structLine.ReplaceAllStringFunc(*d, func(line string) string { return line + "\t" + unique + " int `json:\"-\"`\n" })
	case 8: // a parameter to each line
		*d = funcLine.ReplaceAllStringFunc(*d, func(line string) string { return strings.ReplaceAll(line, ", ", ",\n\t") })
	case 9: // a local variable gets another name
		if !notAVariable.MatchString(*d) && strings.HasPrefix(unique, "Ours") {
			*d = failure.ReplaceAllString(*d, "problem")
		}
	case 10, 11: // to another place of the file
		moved := *d
		f.decls = slices.Delete(f.decls, at, at+1)
		f.decls = slices.Insert(f.decls, r.IntN(len(f.decls)+1), moved)
	case 12, 13: // to a file of its own
		files[strings.ToLower(unique)+".go"] = &goSource{head: f.head[strings.LastIndex(f.head, "package "):], imports: slices.Clone(f.imports), decls: []string{*d}}
		if f.decls = slices.Delete(f.decls, at, at+1); len(f.decls) == 0 {
			delete(files, name)
		}
	case 14: // the file gets another name
		if strings.Count(f.head, "\n") == 0 {
			files[strings.ToLower(unique)+"_renamed.go"] = f
			delete(files, name)
		}
	case 15: // what nothing needs is deleted
		if m := plainFunc.FindStringSubmatch(*d); m != nil && len(f.decls) > 1 && !used(files, m[1], *d) {
			f.decls = slices.Delete(f.decls, at, at+1)
		}
	}
}

// used reports that a declaration other than itself mentions name.
func used(files map[string]*goSource, name, itself string) bool {
	for _, f := range files {
		for _, d := range f.decls {
			if d != itself && mentions(d, name) {
				return true
			}
		}
	}
	return name == "init"
}
