package config

import (
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// option is an option or a group of options, as a Go type declares it.
type option struct {
	key        string
	field      string // Go selector below the struct the option is declared in
	generation bool   // declared in Generation
	typ        reflect.Type
	enum       []string
	limits     limits // of a whole number
	doc        string
	def        reflect.Value // default; invalid inside maps and lists
	options    []*option     // of a struct
	elem       *option       // of a list or map
	group      bool          // a struct whose members are options of their own
	long       *option       // the group that may be written instead: a later field with the same key
	single     bool          // a list that may be written as its only element
	toggle     string        // field of a struct that true or false in its place sets
	keyed      bool          // a map that keeps the order of the file: a list of structs of a key and a value
}

// child returns the option of a group or struct with the given key.
func (o *option) child(key string) *option {
	if o.long != nil {
		o = o.long
	}
	for _, c := range o.options {
		if c.key == key {
			return c
		}
	}
	return nil
}

// at returns the option at path, or nil; an element of a list or map has any key.
func (o *option) at(path string) *option {
	for key := range strings.SplitSeq(path, ".") {
		if o.elem != nil {
			o = o.elem
			continue
		}
		if o = o.child(key); o == nil {
			return nil
		}
	}
	return o
}

func (o *option) keys() []string {
	out := make([]string, len(o.options))
	for i, c := range o.options {
		out[i] = c.key
	}
	return out
}

// builder turns Go types into options. docs holds their comments, by "Type.Field".
type builder struct {
	docs       map[string]string
	generation bool
}

// options returns the group a struct with its defaults stands for.
func (b builder) options(defaults reflect.Value) *option {
	root := &option{typ: defaults.Type(), def: defaults, group: true}
	b.fields(root)
	return root
}

func (b builder) fields(o *option) { b.fieldsOf(o, deref(o.typ), o.def) }

// fieldsOf adds the fields of struct t to o, those of embedded structs as if they were its own: that is
// how Go selects them, too. def is the struct with its defaults.
func (b builder) fieldsOf(o *option, t reflect.Type, def reflect.Value) {
	for i := range t.NumField() {
		f := t.Field(i)
		var of reflect.Value
		if def.IsValid() && def.Kind() == reflect.Struct {
			of = def.Field(i)
		}
		if f.Anonymous {
			b.fieldsOf(o, f.Type, of)
		} else if key := keyOf(f); f.IsExported() && key != "-" && isData(f.Type) {
			b.add(o, b.field(o, t, f, key, of))
		}
	}
}

// add makes c an option of o. A group with the key of a plain option is its long form.
func (b builder) add(o, c *option) {
	if short := o.child(c.key); short != nil && c.group {
		short.long = c
		return
	}
	o.options = append(o.options, c)
}

func (b builder) field(in *option, t reflect.Type, f reflect.StructField, key string, def reflect.Value) *option {
	o := &option{key: key, field: f.Name, generation: b.generation, typ: f.Type, doc: b.doc(t, f, key), def: def}
	if in.group && in.field != "" {
		o.field = in.field + "." + f.Name
	}
	if tag := f.Tag.Get("enum"); tag != "" {
		o.enum = strings.Split(tag, ",")
	}
	o.single = f.Tag.Get("single") == "true"
	o.toggle = f.Tag.Get("switch")
	o.keyed = f.Tag.Get("keys") != "" || isOrdered(f.Type)
	o.group = in.group && f.Type.Kind() == reflect.Struct && !isSpecial(f.Type) && o.toggle == ""
	b.inner(o)
	if o.elem != nil {
		o.elem.enum, o.enum = o.enum, nil
	}
	return o
}

// inner adds what is inside a struct, list or map.
func (b builder) inner(o *option) {
	t := deref(o.typ)
	switch {
	case isSpecial(t):
	case t.Kind() == reflect.Struct:
		b.fields(o)
	case o.keyed:
		o.elem = b.element(t.Elem().Field(1).Type)
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Map:
		o.elem = b.element(t.Elem())
	}
}

func (b builder) element(t reflect.Type) *option {
	o := &option{typ: t, generation: b.generation}
	b.inner(o)
	return o
}

// doc returns the comment of a field with the key in place of the Go name; without one, that of its
// type with the name left out.
func (b builder) doc(t reflect.Type, f reflect.StructField, key string) string {
	if doc := b.docs[t.Name()+"."+f.Name]; doc != "" {
		if rest, ok := strings.CutPrefix(doc, f.Name+" "); ok {
			return key + " " + rest
		}
		return doc
	}
	name := deref(f.Type).Name()
	doc := strings.TrimPrefix(b.docs[name], name+" ")
	if doc == "" {
		return ""
	}
	return strings.ToUpper(doc[:1]) + doc[1:]
}

// merge adds the options of other to o; groups with the same key become one.
func (o *option) merge(other *option) {
	for _, theirs := range other.options {
		if ours := o.child(theirs.key); ours != nil && ours.group && theirs.group {
			ours.merge(theirs)
			continue
		}
		o.options = append(o.options, theirs)
	}
}

// keyOf returns the key of a field: the tag name, or the Go name with its first word in lower case.
func keyOf(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	return lowerCamel(f.Name)
}

// lowerCamel lowers the leading run of capitals, but not the one that begins the next word:
// BaseURL is baseURL, IPAddress is ipAddress, URL is url.
func lowerCamel(name string) string {
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsUpper(r) {
			break
		}
		if i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			break
		}
		runes[i] = unicode.ToLower(r)
	}
	return string(runes)
}

func deref(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

func isOrdered(t reflect.Type) bool { return t.Implements(reflect.TypeFor[orderedMap]()) }

// isSpecial reports types that are not what their Go kind says.
func isSpecial(t reflect.Type) bool {
	special := []reflect.Type{reflect.TypeFor[Text](), reflect.TypeFor[FieldType](), reflect.TypeFor[Scalar]()}
	return slices.Contains(special, deref(t))
}

// isData reports whether values of the type can be written in YAML; functions cannot.
func isData(t reflect.Type) bool {
	switch deref(t).Kind() {
	case reflect.Func, reflect.Chan, reflect.Interface, reflect.UnsafePointer:
		return false
	}
	return true
}
