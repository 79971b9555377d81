package check

import (
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// collect turns what the loader says about pkgs and everything they import
// into diagnostics at the user's files. Other modules are taken to be right:
// only that they are missing is reported, and where they are imported.
func collect(roots []string, pkgs []*packages.Package) diag.List {
	c := collector{root: roots[0], roots: roots, missing: map[string]packages.Error{}, told: map[string]bool{}}
	packages.Visit(pkgs, nil, c.listErrors)
	packages.Visit(pkgs, nil, c.sourceErrors)
	for _, path := range c.order {
		c.leftOver(path)
	}
	c.out.Sort()
	return c.out
}

type collector struct {
	root    string                    // of the module, which positions are relative to
	roots   []string                  // of the user's own source
	missing map[string]packages.Error // package path → why it has no source
	order   []string                  // its keys, as found
	told    map[string]bool           // of those, what the source errors say
	out     diag.List
}

// listErrors notes what the go command could not find or make sense of.
func (c *collector) listErrors(p *packages.Package) {
	for _, e := range p.Errors {
		if _, known := c.missing[p.PkgPath]; !known && (e.Kind == packages.ListError || e.Kind == packages.UnknownError) {
			c.missing[p.PkgPath] = e
			c.order = append(c.order, p.PkgPath)
		}
	}
}

// unresolved reads the type checker's report of an import without a package.
// Why it is missing only the package itself knows.
func unresolved(msg string) (path string, ok bool) {
	path, ok = strings.CutPrefix(msg, "could not import ")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(path, ` (invalid package name: "")`)
}

func (c *collector) sourceErrors(p *packages.Package) {
	for _, e := range p.Errors {
		pos, ok := c.position(e.Pos)
		if !ok || e.Kind != packages.ParseError && e.Kind != packages.TypeError {
			continue
		}
		c.told[p.PkgPath] = true
		code := CodeType
		if e.Kind == packages.ParseError {
			code = CodeSyntax
		}
		d := diag.Diagnostic{Severity: diag.Error, Code: code, Pos: pos, Summary: e.Msg}
		if path, ok := unresolved(e.Msg); ok {
			if why, ok := c.missing[path]; ok {
				c.told[path] = true
				d = c.missingPackage(pos, path, why)
			}
		}
		c.out.Add(d)
	}
}

// noFiles is said of a folder whose files are all excluded from the build. That
// matters only to those who import it.
const noFiles = "build constraints exclude all Go files"

// leftOver reports a list error that no source error has made visible.
func (c *collector) leftOver(path string) {
	e := c.missing[path]
	if c.told[path] || strings.Contains(e.Msg, noFiles) {
		return
	}
	pos, _ := c.position(e.Pos)
	c.out.Add(c.missingPackage(pos, path, e))
}

func (c *collector) missingPackage(pos diag.Position, path string, e packages.Error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Code: CodePackage, Pos: pos}
	text, remedy, _ := strings.Cut(e.Msg, "; to add it:")
	if remedy = strings.TrimSpace(remedy); strings.HasPrefix(remedy, "go get ") {
		d.Suggestion = remedy
	}
	if strings.Contains(text, noFiles) {
		text = "no Go files are left in package " + path
	}
	first, detail, _ := strings.Cut(strings.TrimSpace(text), "\n")
	d.Summary = strings.ReplaceAll(first, c.root+string(filepath.Separator), "")
	d.Detail = strings.ReplaceAll(detail, c.root+string(filepath.Separator), "")
	return d
}

// position reads "file:line:col", where the file may be absolute or relative
// to the module and line and col may be missing. It is not ok outside the
// user's own source, in temporary files for example.
func (c *collector) position(s string) (diag.Position, bool) {
	var nums []int
	for len(nums) < 2 {
		i := strings.LastIndexByte(s, ':')
		n, err := strconv.Atoi(s[i+1:])
		if i < 0 || err != nil {
			break
		}
		s, nums = s[:i], append([]int{n}, nums...)
	}
	if s == "" || s == "-" {
		return diag.Position{}, false
	}
	if !filepath.IsAbs(s) {
		s = filepath.Join(c.root, s)
	}
	if !within(c.roots, s) {
		return diag.Position{}, false
	}
	rel, err := filepath.Rel(c.root, s)
	if err != nil {
		return diag.Position{}, false
	}
	pos := diag.Position{File: filepath.ToSlash(rel)}
	if len(nums) > 0 {
		pos.Line = nums[0]
	}
	if len(nums) > 1 {
		pos.Col = nums[1]
	}
	return pos, true
}
