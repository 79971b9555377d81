package check

import "bytes"

// strip empties the function bodies and the composite literals of package-level variables of a Go
// file. Neither says anything about what the file declares, and together they are most of the text of
// other modules: leaving them out before parsing spares two thirds of a check.
//
// A literal of type [...]T stays, for its length is part of the variable's type. Text that does not
// look like Go comes back as it is; the parser knows better what is wrong with it.
func strip(src []byte) []byte {
	s := stripper{src: src, out: make([]byte, 0, len(src)/2)}
	for s.pos < len(src) {
		keyword := s.word()
		switch {
		case string(keyword) == "func":
			s.declaration(false)
		case string(keyword) == "var":
			s.declaration(true)
		case len(keyword) == 0:
			s.copyToken()
		}
		if s.broken {
			return src
		}
	}
	return s.out
}

// stripper walks over a file token by token, as far as it needs to tell them apart.
type stripper struct {
	src, out []byte
	pos      int
	broken   bool
}

// word copies an identifier or keyword and returns it; it is empty when there is none here.
func (s *stripper) word() []byte {
	start := s.pos
	for s.pos < len(s.src) && inWord(s.src[s.pos]) {
		s.pos++
	}
	s.out = append(s.out, s.src[start:s.pos]...)
	return s.src[start:s.pos]
}

func inWord(c byte) bool {
	return c == '_' || c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// copyToken copies a comment, a string, or a single byte, and returns its first byte.
func (s *stripper) copyToken() byte {
	if c := s.src[s.pos]; plain(c) {
		s.out = append(s.out, c)
		s.pos++
		return c
	}
	start := s.pos
	c := s.skipToken()
	s.out = append(s.out, s.src[start:s.pos]...)
	return c
}

// skipToken moves over a comment, a string, or a single byte.
func (s *stripper) skipToken() byte {
	c, rest := s.src[s.pos], s.src[s.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		s.through("\n")
		s.pos-- // a newline can end a statement
		return ' '
	case bytes.HasPrefix(rest, []byte("/*")):
		s.pos += 2
		s.through("*/")
		return ' '
	case c == '`':
		s.pos++
		s.through("`")
	case c == '"', c == '\'':
		s.quoted(c)
	default:
		s.pos++
	}
	return c
}

// through moves behind the next end.
func (s *stripper) through(end string) {
	i := bytes.Index(s.src[s.pos:], []byte(end))
	if i < 0 {
		s.pos, s.broken = len(s.src), true
		return
	}
	s.pos += i + len(end)
}

func (s *stripper) quoted(quote byte) {
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '\\':
			s.pos++
		case quote:
			s.pos++
			return
		case '\n':
			s.broken = true
			return
		}
	}
	s.broken = true
}

// declaration copies what follows func or var, up to the end of its line, and empties the blocks in
// it. A block that follows struct or interface is a type, and is copied.
func (s *stripper) declaration(variable bool) {
	depth := 0 // of parentheses and brackets
	var last []byte
	sized := false // by its elements: [...]
	group := variable && s.opensGroup()
	for s.pos < len(s.src) && !s.broken {
		if group && depth == 1 && s.src[s.pos] == '\n' {
			sized = false // the next variable
		}
		if w := s.word(); len(w) > 0 {
			last = w
			continue
		}
		c := s.src[s.pos]
		switch {
		case c == '{' && (string(last) == "struct" || string(last) == "interface"):
			s.block(true)
			last = nil
			continue
		case c == '{':
			s.block(sized)
			last = nil
			if !variable && depth == 0 {
				return
			}
			continue
		case c == '(' || c == '[':
			depth++
			sized = sized || bytes.HasPrefix(s.src[s.pos:], []byte("[...]"))
		case c == ')' || c == ']':
			depth--
		case c == '\n' && depth == 0:
			s.copyToken()
			return
		}
		if s.copyToken(); c != ' ' && c != '\t' {
			last = nil
		}
		if group && depth == 0 && c == ')' {
			return
		}
	}
	s.broken = s.broken || depth != 0
}

// opensGroup reports that a parenthesis follows: var ( … ).
func (s *stripper) opensGroup() bool {
	rest := bytes.TrimLeft(s.src[s.pos:], " \t")
	return len(rest) > 0 && rest[0] == '('
}

// plain reports a byte that neither opens nor closes anything. Most are letters.
func plain(c byte) bool {
	return c > '/' && c != '`' && c != '{' && c != '}' || c <= ' '
}

// block copies a block in braces, or only the braces.
func (s *stripper) block(keep bool) {
	start, depth := s.pos, 0
	for s.pos < len(s.src) && !s.broken {
		if plain(s.src[s.pos]) {
			s.pos++
			continue
		}
		switch s.skipToken() {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			if keep {
				s.out = append(s.out, s.src[start:s.pos]...)
			} else {
				s.out = append(s.out, '{', '}')
			}
			return
		}
	}
	s.broken = true
}
