package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// SchemaFile is where init and generate write the JSON Schema, relative to the configuration.
const SchemaFile = ".betterauth/schema.json"

// JSONSchema returns the JSON Schema (draft 2020-12) of a configuration with the known plugins, for
// editors to complete and check options.
func JSONSchema(known []*plugins.Plugin) ([]byte, error) {
	docs, err := coreDocs()
	if err != nil {
		return nil, fmt.Errorf("reading the comments of the options: %w", err)
	}
	root := objectSchema(coreOptions(docs))
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = FileName
	root["description"] = "Text may contain ${NAME}, which is read from the environment when the server starts."
	properties := root["properties"].(object)
	if properties["plugins"], err = pluginsSchema(known); err != nil {
		return nil, err
	}
	if properties["socialProviders"], err = providersSchema(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("encoding the JSON Schema: %w", err)
	}
	return out.Bytes(), nil
}

type object map[string]any

func pluginsSchema(known []*plugins.Plugin) (object, error) {
	properties := object{}
	for _, p := range known {
		docs, err := pluginDocs(p)
		if err != nil {
			return nil, err
		}
		s := objectSchema(pluginOptions(p, docs))
		describe(s, p.Summary)
		s["type"] = []string{"object", "null"}
		properties[p.ID] = s
	}
	return object{
		"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false,
		"description": "Plugins with their options; nothing after the colon takes the defaults.",
	}, nil
}

func providersSchema() (object, error) {
	docs, err := providerDocs()
	if err != nil {
		return nil, err
	}
	properties := object{}
	for _, p := range provider.List() {
		s := objectSchema(providerOptions(p, docs))
		describe(s, strings.TrimPrefix(docs[p.OptionsType()], p.OptionsType()+" "))
		properties[p.ID] = s
	}
	return object{
		"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false,
		"description": "Social providers with their options.",
	}, nil
}

// objectSchema describes a struct.
func objectSchema(o *option) object {
	properties := object{}
	for _, member := range o.options {
		properties[member.key] = optionSchema(member)
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// optionSchema describes one option or group.
func optionSchema(o *option) object {
	if o.long != nil {
		short := *o
		short.long = nil
		return object{"oneOf": []object{optionSchema(&short), optionSchema(o.long)}}
	}
	s := typeSchema(o)
	describe(s, o.doc)
	if o.enum != nil {
		s["enum"] = o.enum
	}
	if slices.Contains(o.enum, "false") { // which YAML takes for no text
		s["enum"] = append(slices.DeleteFunc(anyList(o.enum), func(v any) bool { return v == "false" }), false)
		delete(s, "type")
	}
	if def, ok := defaultOf(o); ok {
		s["default"] = def
	}
	return s
}

func anyList(texts []string) []any {
	out := make([]any, len(texts))
	for i, text := range texts {
		out[i] = text
	}
	return out
}

func describe(s object, doc string) {
	if doc != "" {
		s["description"] = doc
	}
}

func typeSchema(o *option) object {
	t := deref(o.typ)
	switch t {
	case reflect.TypeFor[Text]():
		return object{"type": "string"}
	case reflect.TypeFor[Scalar]():
		return object{"type": []string{"string", "number", "boolean", "array"}}
	case reflect.TypeFor[FieldType]():
		return object{"oneOf": []object{
			{"enum": fieldTypes()},
			{"type": "array", "items": object{"type": "string"}, "minItems": 1},
		}}
	case reflect.TypeFor[core.RateLimitRule]():
		rule := objectSchema(o)
		rule["required"] = []string{"window", "max"}
		return object{"oneOf": []object{{"const": false}, rule}}
	}
	switch t.Kind() {
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return numberSchema(o)
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Struct:
		return structSchema(o, t)
	}
	if t.Kind() == reflect.Map || o.keyed {
		return object{"type": "object", "additionalProperties": optionSchema(o.elem)}
	}
	list := object{"type": "array", "items": typeSchema(o.elem)}
	if o.single {
		return object{"oneOf": []object{typeSchema(o.elem), list}}
	}
	return list
}

func structSchema(o *option, t reflect.Type) object {
	s := objectSchema(o)
	if o.toggle != "" {
		return object{"oneOf": []object{{"type": "boolean"}, s}}
	}
	if t == reflect.TypeFor[Field]() {
		s["required"] = []string{"type"}
	}
	return s
}

func numberSchema(o *option) object {
	s := object{"type": "integer", "minimum": o.limits.min}
	if o.limits.max > 0 {
		s["maximum"] = o.limits.max
	}
	return s
}

// defaultOf returns the default of an option that has a telling one.
func defaultOf(o *option) (any, bool) {
	if !o.def.IsValid() || o.group {
		return nil, false
	}
	switch o.def.Kind() {
	case reflect.Bool, reflect.Int:
		return o.def.Interface(), true
	case reflect.String:
		return o.def.String(), o.def.Len() > 0
	case reflect.Slice:
		list, ok := o.def.Interface().([]string)
		return list, ok && len(list) > 0
	}
	return nil, false
}

func frameworks() []string {
	f, _ := reflect.TypeFor[Generation]().FieldByName("Framework")
	return strings.Split(f.Tag.Get("enum"), ",")
}
