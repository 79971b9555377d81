// Package yamledit adds plugins to betterauth.yaml and takes them out again, by editing lines: comments,
// order and layout of everything else stay as they are.
package yamledit

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Plugin is one to add, with its options. The value of an option is YAML.
type Plugin struct {
	ID      string
	Options []Option
}

// Option is one option of a plugin: a path such as "totp.issuer", and its value.
type Option struct{ Path, Value string }

// errByHand is said when the file is written in a way that cannot be edited by line.
var errByHand = errors.New("betterauth.yaml is written in a way that cannot be edited safely; change plugins: by hand, then run betterauth-gen generate")

// Add returns text with plugins added at the end of plugins:. Those that are there already stay as they are.
func Add(text []byte, plugins []Plugin) ([]byte, error) {
	before, err := pluginIDs(text)
	if err != nil {
		return nil, err
	}
	want := slices.Clone(before)
	out := string(text)
	for _, p := range plugins {
		if slices.Contains(want, p.ID) {
			continue
		}
		want = append(want, p.ID)
		if out, err = add(out, p); err != nil {
			return nil, err
		}
	}
	return checked(out, want)
}

// Remove returns text without the plugins.
func Remove(text []byte, ids []string) ([]byte, error) {
	want, err := pluginIDs(text)
	if err != nil {
		return nil, err
	}
	out := string(text)
	for _, id := range ids {
		if !slices.Contains(want, id) {
			return nil, fmt.Errorf("plugin %q is not in betterauth.yaml", id)
		}
		want = slices.DeleteFunc(want, func(other string) bool { return other == id })
		if out, err = remove(out, id); err != nil {
			return nil, err
		}
	}
	return checked(out, want)
}

// checked reads what became of the file: it must hold the plugins that it should, and all else as before is
// what editing by line is for.
func checked(out string, want []string) ([]byte, error) {
	got, err := pluginIDs([]byte(out))
	if err != nil || !slices.Equal(got, want) {
		return nil, errByHand
	}
	return []byte(out), nil
}

func pluginIDs(text []byte) ([]string, error) {
	var file struct {
		Plugins yaml.MapSlice `yaml:"plugins"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("betterauth.yaml: %w", err)
	}
	var ids []string
	for _, item := range file.Plugins {
		ids = append(ids, fmt.Sprint(item.Key))
	}
	return ids, nil
}

// section is where the plugins are in the file.
type section struct {
	lines   []string // with their endings
	key     int      // the line of plugins:, or -1
	entries []entry
	flow    *ast.MappingNode
}

// entry is one plugin: its lines, from zero, and its column.
type entry struct {
	id     string
	lo, hi int
	indent string
}

func locate(text string) (*section, error) {
	if strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		return nil, errByHand // lines end differently for YAML than for us
	}
	file, err := parser.ParseBytes([]byte(text), parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("betterauth.yaml: %w", err)
	}
	s := &section{lines: strings.SplitAfter(text, "\n"), key: -1}
	if last := len(s.lines) - 1; s.lines[last] == "" {
		s.lines = s.lines[:last]
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return s, nil
	}
	root, ok := file.Docs[0].Body.(*ast.MappingNode)
	if !ok {
		if one, single := file.Docs[0].Body.(*ast.MappingValueNode); single {
			root, ok = &ast.MappingNode{Values: []*ast.MappingValueNode{one}}, true
		}
	}
	if !ok {
		if _, comment := file.Docs[0].Body.(*ast.CommentGroupNode); comment {
			return s, nil
		}
		return nil, errByHand
	}
	if root.IsFlowStyle {
		return nil, errByHand
	}
	for _, v := range root.Values {
		if v.Key.GetToken().Value == "plugins" {
			s.key = v.Key.GetToken().Position.Line - 1
			if s.key < 0 || s.key >= len(s.lines) || !strings.HasPrefix(s.lines[s.key], "plugins:") {
				return nil, errByHand
			}
			return s, s.read(v.Value)
		}
	}
	return s, nil
}

// read finds the plugins below plugins:.
func (s *section) read(value ast.Node) error {
	var values []*ast.MappingValueNode
	switch v := value.(type) {
	case *ast.NullNode:
		return nil
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{v}
	case *ast.MappingNode:
		if v.IsFlowStyle {
			s.flow = v
			return nil
		}
		values = v.Values
	default:
		return errByHand
	}
	for _, v := range values {
		pos := v.Key.GetToken().Position
		if pos.Line < 1 || pos.Line > len(s.lines) || pos.Column < 1 {
			return errByHand
		}
		e := entry{id: v.Key.GetToken().Value, lo: pos.Line - 1, indent: strings.Repeat(" ", pos.Column-1)}
		e.hi = s.endOf(e)
		s.entries = append(s.entries, e)
	}
	return nil
}

// endOf returns the line after an entry: what follows is indented more, or blank or a comment before
// something that is.
func (s *section) endOf(e entry) int {
	end := e.lo + 1
	for i := e.lo + 1; i < len(s.lines); i++ {
		body := strings.TrimLeft(s.lines[i], " ")
		switch {
		case strings.TrimSpace(body) == "" || strings.HasPrefix(body, "#"):
			continue
		case len(s.lines[i])-len(body) <= len(e.indent):
			return end
		}
		end = i + 1
	}
	return end
}

func (s *section) text() string { return strings.Join(s.lines, "") }

// eol is the line ending of the file.
func (s *section) eol() string {
	if len(s.lines) > 0 && strings.HasSuffix(s.lines[0], "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// insert puts lines before line at, and ends the line before if it is the last one and not ended.
func (s *section) insert(at int, lines ...string) {
	if at > 0 && at == len(s.lines) && !strings.HasSuffix(s.lines[at-1], "\n") {
		s.lines[at-1] += s.eol()
	}
	for i := range lines {
		lines[i] += s.eol()
	}
	s.lines = slices.Insert(s.lines, at, lines...)
}

// The forms of the line above the plugins: as init leaves it when there are none, with nothing after the
// colon, and with null spelled out.
var (
	offered = regexp.MustCompile(`^# plugins:\s*$`)
	bare    = regexp.MustCompile(`^plugins:\s*(#.*)?\s*$`)
	null    = regexp.MustCompile(`^plugins:\s*(null|~)\s*$`)
)

func add(text string, p Plugin) (string, error) {
	s, err := locate(text)
	if err != nil {
		return "", err
	}
	if s.flow != nil {
		return s.addToFlow(p)
	}
	switch {
	case s.key >= 0 && null.MatchString(s.lines[s.key]):
		s.lines[s.key] = "plugins:" + s.eol()
	case s.key >= 0 && !bare.MatchString(s.lines[s.key]):
		return "", errByHand
	case s.key < 0:
		s.key = slices.IndexFunc(s.lines, offered.MatchString)
		if s.key < 0 {
			s.insert(len(s.lines), "plugins:")
			s.key = len(s.lines) - 1
		} else {
			s.lines[s.key] = "plugins:" + s.eol()
		}
	}
	at, indent := s.key+1, "  "
	if n := len(s.entries); n > 0 {
		at, indent = s.entries[n-1].hi, s.entries[n-1].indent
	}
	s.insert(at, p.block(indent)...)
	s.withdraw(p.ID)
	return s.text(), nil
}

// withdraw takes out the commented line that offered the plugin.
func (s *section) withdraw(id string) {
	offer := regexp.MustCompile(`^#\s+` + regexp.QuoteMeta(id) + `:\s*$`)
	if i := slices.IndexFunc(s.lines, offer.MatchString); i > s.key {
		s.lines = slices.Delete(s.lines, i, i+1)
	}
}

// block is the lines of a plugin. Options with a common start share it.
func (p Plugin) block(indent string) []string {
	lines := []string{indent + p.ID + ":"}
	var open []string
	for _, o := range p.Options {
		path := strings.Split(o.Path, ".")
		groups, key := path[:len(path)-1], path[len(path)-1]
		shared := 0
		for shared < len(open) && shared < len(groups) && open[shared] == groups[shared] {
			shared++
		}
		for depth := shared; depth < len(groups); depth++ {
			lines = append(lines, indent+strings.Repeat("  ", depth+1)+groups[depth]+":")
		}
		open = groups
		lines = append(lines, indent+strings.Repeat("  ", len(groups)+1)+key+": "+o.Value)
	}
	return lines
}

// addToFlow puts a plugin before the closing brace of {a: , b: }.
func (s *section) addToFlow(p Plugin) (string, error) {
	end := s.flow.End
	if end == nil {
		return "", errByHand
	}
	line := end.Position.Line - 1
	if line < 0 || line >= len(s.lines) {
		return "", errByHand
	}
	at := braceAt(s.lines[line], end.Position.Column-1)
	if at < 0 {
		return "", errByHand
	}
	separator := ", "
	if len(s.flow.Values) == 0 {
		separator = ""
	}
	value := "{}"
	if len(p.Options) > 0 {
		var parts []string
		for _, o := range p.Options {
			if strings.Contains(o.Path, ".") {
				return "", errByHand
			}
			parts = append(parts, o.Path+": "+o.Value)
		}
		value = "{" + strings.Join(parts, ", ") + "}"
	}
	l := s.lines[line]
	s.lines[line] = strings.TrimRight(l[:at], " ") + separator + p.ID + ": " + value + l[at:]
	return s.text(), nil
}

// braceAt returns the byte of the closing brace at or around a column, which counts characters.
func braceAt(line string, column int) int {
	n := 0
	for i, r := range line {
		if n == column && r == '}' {
			return i
		}
		n++
	}
	return -1
}

func remove(text, id string) (string, error) {
	s, err := locate(text)
	if err != nil {
		return "", err
	}
	if s.flow != nil {
		return s.removeFromFlow(id)
	}
	i := slices.IndexFunc(s.entries, func(e entry) bool { return e.id == id })
	if i < 0 {
		return "", errByHand
	}
	s.lines = slices.Delete(s.lines, s.entries[i].lo, s.entries[i].hi)
	return s.text(), nil
}

// removeFromFlow takes a plugin out of {a: , b: }. The text is cut between the keys.
func (s *section) removeFromFlow(id string) (string, error) {
	values := s.flow.Values
	i := slices.IndexFunc(values, func(v *ast.MappingValueNode) bool { return v.Key.GetToken().Value == id })
	if i < 0 || s.flow.End == nil {
		return "", errByHand
	}
	place := func(line, column int) int {
		at := 0
		for _, l := range s.lines[:line-1] {
			at += len(l)
		}
		n := 1
		for j := range s.lines[line-1] {
			if n == column {
				return at + j
			}
			n++
		}
		return at + len(s.lines[line-1])
	}
	key := func(j int) int {
		pos := values[j].Key.GetToken().Position
		return place(pos.Line, pos.Column)
	}
	text := s.text()
	from, to := key(i), place(s.flow.End.Position.Line, s.flow.End.Position.Column)
	switch {
	case i+1 < len(values):
		to = key(i + 1)
	case i > 0:
		comma := strings.LastIndexByte(text[:from], ',')
		if comma < key(i-1) {
			return "", errByHand
		}
		from = comma
	}
	return text[:from] + text[to:], nil
}
