package merge

import (
	"bytes"
	"strings"
)

// queryMark starts the line that names a query for sqlc.
const queryMark = "-- name:"

// parseSQL cuts a file of queries. A query is its "-- name:" line, the
// comments before it and the statement after it; what follows the statement
// belongs to the next query.
func parseSQL(name string, src []byte) (*document, bool) {
	lines := strings.SplitAfter(string(src), "\n")
	var marks []int
	for i, l := range lines {
		if strings.HasPrefix(l, queryMark) {
			marks = append(marks, i)
		}
	}
	if len(marks) == 0 {
		return nil, false
	}
	doc := &document{path: name, space: "sql"}
	seen := map[string]bool{}
	start := firstComment(lines, marks[0])
	doc.head = piece(lines, 0, start)
	for i, mark := range marks {
		end := len(lines)
		if i+1 < len(marks) {
			end = marks[i+1]
		}
		end = lastStatement(lines, mark, end)
		fields := strings.Fields(strings.TrimPrefix(lines[mark], queryMark))
		if len(fields) == 0 || seen[fields[0]] || strings.Contains(strings.Join(lines[start:end], ""), "/*") {
			return nil, false // block comments could hide a mark
		}
		seen[fields[0]] = true
		c := piece(lines, start, end)
		c.key, c.name = "query "+fields[0], "query "+fields[0]
		doc.chunks = append(doc.chunks, c)
		start = end
	}
	doc.tail = piece(lines, start, len(lines))
	return doc, true
}

func piece(lines []string, lo, hi int) chunk {
	return chunk{text: []byte(strings.Join(lines[lo:hi], "")), line: lo + 1}
}

// firstComment goes back from the mark of the first query over the comments
// that belong to it. What a blank line sets apart is the head of the file.
func firstComment(lines []string, mark int) int {
	for mark > 0 && strings.HasPrefix(lines[mark-1], "--") {
		mark--
	}
	for mark > 0 && strings.TrimSpace(lines[mark-1]) == "" {
		mark--
	}
	return mark
}

// lastStatement returns the end of the statement that starts at mark.
func lastStatement(lines []string, mark, end int) int {
	for end > mark+1 {
		l := strings.TrimSpace(lines[end-1])
		if l != "" && !strings.HasPrefix(l, "--") {
			break
		}
		end--
	}
	return end
}

// sameSQL reports whether two queries differ in blank lines around them and
// spaces at the end of lines only.
func sameSQL(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	trim := func(text []byte) string {
		var out strings.Builder
		for l := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n") {
			out.WriteString(strings.TrimRight(l, " \t") + "\n")
		}
		return out.String()
	}
	return trim(a) == trim(b)
}
