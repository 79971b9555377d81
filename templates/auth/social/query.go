package social

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// Param is a parameter of a request.
type Param struct{ Name, Value string }

// Query is a list of parameters in the order in which they are sent. Names are unique.
type Query []Param

// Get returns the value of a parameter, or "".
func (q Query) Get(name string) string {
	if i := q.index(name); i >= 0 {
		return q[i].Value
	}
	return ""
}

// Set adds parameters that have a value, or changes them where they are.
func (q *Query) Set(params ...Param) {
	for _, p := range params {
		if p.Value != "" {
			q.put(p)
		}
	}
}

// Pick returns the named parameters, in that order, as far as they are set.
func (q Query) Pick(names ...string) Query {
	var out Query
	for _, name := range names {
		out.Set(Param{name, q.Get(name)})
	}
	return out
}

// Without returns all parameters but one.
func (q Query) Without(name string) Query {
	return slices.DeleteFunc(slices.Clone(q), func(p Param) bool { return p.Name == name })
}

func (q *Query) put(p Param) {
	if i := q.index(p.Name); i >= 0 {
		(*q)[i].Value = p.Value
		return
	}
	*q = append(*q, p)
}

func (q Query) index(name string) int {
	return slices.IndexFunc(q, func(p Param) bool { return p.Name == name })
}

// sort brings parameters into the given order; others follow in theirs.
func (q Query) sort(order []string) {
	position := func(p Param) int {
		if i := slices.Index(order, p.Name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(q, func(a, b Param) int { return cmp.Compare(position(a), position(b)) })
}

// values returns the parameters as a form.
func (q Query) values() url.Values {
	form := url.Values{}
	for _, p := range q {
		form.Set(p.Name, p.Value)
	}
	return form
}

// encode writes the parameters as a query.
func (q Query) encode() string {
	pairs := make([]string, len(q))
	for i, p := range q {
		pairs[i] = url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value)
	}
	return strings.Join(pairs, "&")
}
