package web

import "strings"

// maxIssues bounds what is reported about one input, so that a large body full
// of mistakes is not answered by a larger one.
const maxIssues = 100

// Issue is one mistake in a body or query.
type Issue struct {
	Path    []string
	Message string
}

// Issues are the mistakes of an input; none means it was decoded.
type Issues []Issue

// String returns the issues as validation errors word them:
// "[body.email] Invalid email address; [body.name] …".
func (is Issues) String() string {
	texts := make([]string, len(is))
	for i, issue := range is {
		texts[i] = "[" + strings.Join(issue.Path, ".") + "] " + issue.Message
	}
	return strings.Join(texts, "; ")
}

func mismatch(expected, received string) string {
	return "Invalid input: expected " + expected + ", received " + received
}
