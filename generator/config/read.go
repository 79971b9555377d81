package config

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// value reads n as what o wants. Where upstream also takes an object or a function and we do not, the members of
// the object tell so better than its type would.
func (l *loader) value(n *node, o *option, path string) (Value, bool) {
	v := Value{Type: o.typ}
	if n.kind == mapNode && o.options == nil && o.elem == nil && l.reportMembers(n, path) {
		return v, false
	}
	t := deref(o.typ)
	switch {
	case t == reflect.TypeFor[Text]():
		return l.text(n, o, path, v)
	case t == reflect.TypeFor[FieldType]():
		return l.fieldType(n, path, v)
	case t == reflect.TypeFor[Scalar]():
		return l.anyScalar(n, path, v)
	case t == reflect.TypeFor[core.RateLimitRule]() && n.scalar == false:
		v.Kind = Struct // upstream's way to lift a limit; the zero rule says the same
		return v, true
	}
	switch t.Kind() {
	case reflect.Bool:
		v.Kind = Bool
		b, ok := n.scalar.(bool)
		if v.Bool = b; !ok {
			l.wrongType(n, path, "true or false")
		}
		return v, ok
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.Kind = Int
		i, ok := n.scalar.(int64)
		if v.Int = i; !ok {
			l.wrongType(n, path, "a whole number")
		}
		return v, ok
	case reflect.Float64:
		return l.float(n, path, v)
	case reflect.String:
		return l.text(n, o, path, v)
	case reflect.Slice, reflect.Map:
		if t.Kind() == reflect.Map || o.keyed {
			return l.object(n, o, path, v)
		}
		return l.list(n, o, path, v)
	case reflect.Struct:
		return l.structure(n, o, path, v)
	}
	l.errorf(n.pos, CodeType, "%shas the unsupported Go type %s", l.subject(path), t)
	return v, false
}

func (l *loader) float(n *node, path string, v Value) (Value, bool) {
	v.Kind = Float
	switch f := n.scalar.(type) {
	case float64:
		v.Float = f
	case int64:
		v.Float = float64(f)
	default:
		l.wrongType(n, path, "a number")
		return v, false
	}
	return v, true
}

func (l *loader) text(n *node, o *option, path string, v Value) (Value, bool) {
	v.Kind = String
	s, ok := n.scalar.(string)
	if n.scalar == false && slices.Contains(o.enum, "false") {
		return l.choice(n, "false", o, path, v)
	}
	if !ok {
		l.wrongType(n, path, "text")
		return v, false
	}
	text, err := parseText(s)
	switch {
	case err != nil:
		l.errorf(n.pos, CodeEnv, "%s%v", l.subject(path), err)
		return v, false
	case text.HasEnv() && o.generation && o.typ != reflect.TypeFor[Text]():
		l.errorf(n.pos, CodeEnv, "%scannot come from the environment, it decides what code is generated", l.subject(path))
		return v, false
	case o.enum != nil:
		return l.choice(n, s, o, path, v)
	}
	v.Text = text
	return v, true
}

// choice reads one of the allowed texts. Case is forgiven, upstream takes Lax for lax.
func (l *loader) choice(n *node, s string, o *option, path string, v Value) (Value, bool) {
	i := slices.IndexFunc(o.enum, func(allowed string) bool { return strings.EqualFold(allowed, s) })
	if i < 0 {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodeEnum, Pos: n.pos,
			Summary:    l.subject(path) + "expected one of " + strings.Join(o.enum, ", ") + ", got " + n.String(),
			Suggestion: Suggest(s, o.enum),
		})
		return v, false
	}
	v.Text = Text{{Literal: o.enum[i]}}
	return v, true
}

func (l *loader) list(n *node, o *option, path string, v Value) (Value, bool) {
	v.Kind = List
	switch {
	case n.kind == scalarNode && o.single:
		n = &node{kind: listNode, items: []*node{n}, pos: n.pos}
	case n.kind != listNode && o.single:
		l.wrongType(n, path, "text or a list")
		return v, false
	case n.kind != listNode:
		l.wrongType(n, path, "a list")
		return v, false
	}
	all := true
	for i, item := range n.items {
		element, ok := l.value(item, o.elem, path+"["+strconv.Itoa(i)+"]")
		v.Items = append(v.Items, element)
		all = all && ok
	}
	return v, all
}

func (l *loader) object(n *node, o *option, path string, v Value) (Value, bool) {
	v.Kind = Object
	if n.kind != mapNode {
		l.wrongType(n, path, "a map")
		return v, false
	}
	all := true
	for _, m := range n.members {
		element, ok := l.value(m.value, o.elem, join(path, m.key))
		if ok {
			v.Members = append(v.Members, Member{m.key, element})
		}
		all = all && ok
	}
	// What is in order counts even when the rest is not: the file is refused anyway.
	return v, all || len(v.Members) > 0
}

func (l *loader) structure(n *node, o *option, path string, v Value) (Value, bool) {
	v.Kind = Struct
	want := "a map of options"
	if o.toggle != "" {
		want = "true, false or a map of options"
		on, isBool := n.scalar.(bool)
		v.Members = []Member{{o.toggle, Value{Kind: Bool, Type: reflect.TypeFor[bool](), Bool: on || n.kind == mapNode}}}
		if isBool {
			return v, true
		}
	}
	if n.kind != mapNode {
		l.wrongType(n, path, want)
		return v, false
	}
	all := true
	for _, m := range n.members {
		p := join(path, m.key)
		member := o.child(m.key)
		if member == nil {
			l.unknown(m, o, p)
			all = false
			continue
		}
		inner, ok := l.value(m.value, member, p)
		v.Members = append(v.Members, Member{member.field, inner})
		all = all && ok
	}
	return v, all
}

// fieldType reads "string", or the list of the allowed texts.
func (l *loader) fieldType(n *node, path string, v Value) (Value, bool) {
	v.Kind = Struct
	switch {
	case n.kind == listNode:
		enum := &option{typ: reflect.TypeFor[[]string](), generation: true, elem: &option{typ: reflect.TypeFor[string](), generation: true}}
		list, ok := l.value(n, enum, path)
		if ok && len(list.Items) == 0 {
			l.errorf(n.pos, CodeField, "%slists no values", l.subject(path))
		}
		v.Members = []Member{{"Enum", list}}
		return v, ok && len(list.Items) > 0
	case n.kind == scalarNode:
		name, ok := l.text(n, &option{typ: reflect.TypeFor[string](), enum: fieldTypes()}, path, Value{Type: reflect.TypeFor[string]()})
		v.Members = []Member{{"Name", name}}
		return v, ok
	}
	l.wrongType(n, path, "a type or a list of allowed texts")
	return v, false
}

// anyScalar reads a value whose type is checked later, or a list of such.
func (l *loader) anyScalar(n *node, path string, v Value) (Value, bool) {
	switch s := n.scalar.(type) {
	case bool:
		v.Kind, v.Bool = Bool, s
	case int64:
		v.Kind, v.Int = Int, s
	case float64:
		v.Kind, v.Float = Float, s
	case string:
		v.Kind, v.Text = String, Text{{Literal: s}} // data, in which ${ has no meaning
	default:
		if n.kind != listNode {
			l.wrongType(n, path, "a value or a list of values")
			return v, false
		}
		v.Kind = List
		all := true
		for i, item := range n.items {
			element, ok := l.anyScalar(item, path+"["+strconv.Itoa(i)+"]", Value{Type: v.Type})
			v.Items = append(v.Items, element)
			all = all && ok
		}
		return v, all
	}
	return v, true
}

// typeHint says how to write what was probably meant.
func typeHint(n *node, want string) string {
	s, isText := n.scalar.(string)
	switch {
	case want == "a list" && isText:
		return "write [" + s + "]"
	case want == "text" && n.kind == scalarNode && !isText:
		return "put it in quotes"
	case want == "true or false" && slices.Contains([]string{"yes", "on"}, strings.ToLower(s)):
		return "write true"
	case want == "true or false" && slices.Contains([]string{"no", "off"}, strings.ToLower(s)):
		return "write false"
	case want == "a whole number" && strings.Contains(s, "${"):
		return "only text is read from the environment"
	case want == "a whole number" && isText:
		return secondsHint(s)
	}
	return ""
}

// secondsHint turns "7d" into a number of seconds.
func secondsHint(s string) string {
	s = strings.TrimSpace(s)
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.ParseInt(days, 10, 16); err == nil {
			return "write " + strconv.FormatInt(n*24*60*60, 10) + ", durations are seconds"
		}
	}
	if d, err := time.ParseDuration(s); err == nil && d >= time.Second {
		return "write " + strconv.FormatInt(int64(d/time.Second), 10) + ", durations are seconds"
	}
	return ""
}
