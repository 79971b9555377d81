package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
)

// Auth describes the seams of package auth.
type Auth struct {
	Import  string         // import path of package auth in the user's repository
	Imports source.Imports // from reference code to the user's repository
	Core    string         // import path of package core there
	Store   string         // import path of package store there
	Redis   string         // import path of package redis there; "" without secondary storage
	// OpenTelemetry is the import path of package otelauth there; "" without spans.
	OpenTelemetry string

	Database  bool // false: rows are in memory
	Settings  []config.Setting
	Plugins   []AuthPlugin
	Providers []AuthProvider
	Fields    []string // Go names of the tables with fields of the user's: "User"
}

// AuthPlugin is one selected plugin.
type AuthPlugin struct {
	ID       string
	Import   string // import path of its package in the user's repository
	Package  string
	Settings []config.Setting
	New      []source.Param // parameters of its constructor
}

// Options returns options_gen.go: one assignment for each setting of betterauth.yaml.
func (a Auth) Options() ([]byte, error) {
	f := a.file()
	lines, err := printer{a.Imports}.assign(a.Settings)
	if err != nil {
		return nil, err
	}
	f.Comment("options are the settings of betterauth.yaml; what it leaves out has Better Auth's default.")
	f.Func().Id("options").Params().Qual(a.Core, "Options").Block(optionsBody(a.Core, a.defaults(), lines)...)
	return gofile.Render(f, a.Import)
}

// defaults names the function of package core that returns the options before the settings.
func (a Auth) defaults() string {
	switch {
	case a.Database:
		return "DefaultOptions"
	case a.Redis != "":
		return "NoDatabaseOptions"
	}
	return "StatelessOptions"
}

func optionsBody(importPath, defaults string, lines []jen.Code) []jen.Code {
	body := append([]jen.Code{jen.Id("o").Op(":=").Qual(importPath, defaults).Call()}, lines...)
	return append(body, jen.Return(jen.Id("o")))
}

// PluginList returns plugins_gen.go: the list of plugins, with their settings.
func (a Auth) PluginList() ([]byte, error) {
	f := a.file()
	var body, constructors []jen.Code
	if a.OpenTelemetry != "" {
		f.ImportName(a.OpenTelemetry, "otelauth")
		constructors = append(constructors, jen.Qual(a.OpenTelemetry, "New").Call())
	}
	if len(a.Fields) > 0 {
		body = []jen.Code{jen.Id("own").Op(":=").Id("fields").Call(), jen.Id("s").Dot("SetFields").Call(jen.Id("own"))}
		constructors = append(constructors, a.fieldChecks()...)
	}
	for _, p := range a.Plugins {
		call, err := p.constructor()
		if err != nil {
			return nil, err
		}
		constructors = append(constructors, call)
	}
	f.Comment("plugins are the plugins of betterauth.yaml, in its order.")
	parameter := jen.Id("s").Op("*").Qual(a.Store, "Store")
	list := jen.Index().Qual(a.Core, "Plugin").Values()
	if len(constructors) > 0 {
		list = jen.Index().Qual(a.Core, "Plugin").Add(block(constructors))
	}
	f.Func().Id("plugins").Params(parameter).Index().Qual(a.Core, "Plugin").Block(append(body, jen.Return(list))...)
	for _, p := range a.Plugins {
		if len(p.Settings) == 0 || !p.takes("Options") {
			continue
		}
		lines, err := printer{a.Imports}.assign(p.Settings)
		if err != nil {
			return nil, err
		}
		f.Line()
		f.Commentf("%sOptions are the settings of plugin %s.", p.variable(), p.ID)
		f.Func().Id(p.variable()+"Options").Params().Qual(p.Import, "Options").Block(optionsBody(p.Import, "DefaultOptions", lines)...)
	}
	return gofile.Render(f, a.Import)
}

// SecondaryStorage returns storage_gen.go: the storage beside the database.
func (a Auth) SecondaryStorage() ([]byte, error) {
	f := a.file()
	result := jen.Params(jen.Qual(a.Core, "SecondaryStorage"), jen.Error())
	if a.Redis == "" {
		comment := "secondaryStorage is nil: sessions and single-use values are in the database."
		if !a.Database {
			comment = "secondaryStorage is nil: sessions are in cookies."
		}
		f.Comment(comment)
		f.Func().Id("secondaryStorage").Params().Add(result).Block(jen.Return(jen.Nil(), jen.Nil()))
		return gofile.Render(f, a.Import)
	}
	f.ImportName(a.Redis, "redis")
	f.Comment("secondaryStorage is the Redis at REDIS_URL.")
	f.Func().Id("secondaryStorage").Params().Add(result).Block(
		jen.Return(jen.Qual(a.Redis, "Open").Call(jen.Qual("os", "Getenv").Call(jen.Lit("REDIS_URL")))))
	return gofile.Render(f, a.Import)
}

// fieldChecks lists the plugin that validates the user's fields, if a client may send some.
func (a Auth) fieldChecks() []jen.Code {
	var checks []jen.Code
	for _, table := range a.Fields {
		if table != "Account" { // no request has fields of accounts
			checks = append(checks, jen.Id(table).Op(":").Id("own").Dot(table).Dot("Check"))
		}
	}
	if len(checks) == 0 {
		return nil
	}
	return []jen.Code{jen.Qual(a.Core, "FieldChecks").Values(checks...)}
}

// FieldFunctions returns fields.go, which is the user's from then on.
func (a Auth) FieldFunctions(model string) ([]byte, error) {
	f := jen.NewFilePathName(a.Import, "auth")
	f.ImportName(model, "model")
	f.Comment("fields are the functions of the fields in betterauth.yaml: what clients may send, how a value is stored and")
	f.Comment("shown, and what it becomes when its row changes. model.Fields lists the fields. For example:")
	f.Comment("")
	f.Comment("\tUser: model.UserFields{Nickname: model.Field[string]{")
	f.Comment("\t\tValidate: func(value string) (string, error) {")
	f.Comment("\t\t\tif len(value) > 20 {")
	f.Comment("\t\t\t\treturn \"\", errors.New(\"nickname is too long\")")
	f.Comment("\t\t\t}")
	f.Comment("\t\t\treturn strings.TrimSpace(value), nil")
	f.Comment("\t\t},")
	f.Comment("\t}},")
	f.Func().Id("fields").Params().Qual(model, "Fields").Block(jen.Return(jen.Qual(model, "Fields").Values()))
	return gofile.Render(f, a.Import)
}

func (a Auth) file() *jen.File {
	f := newFile(a.Import, "auth")
	f.ImportName(a.Core, "core")
	f.ImportName(a.Store, "store")
	for _, p := range a.Plugins {
		f.ImportName(p.Import, p.Package)
	}
	for _, p := range a.Providers {
		f.ImportName(p.Import, "social")
	}
	return f
}

// constructor returns the call of the plugin's New with what it takes: its options, the store, and
// the functions the user writes in a file of package auth.
func (p AuthPlugin) constructor() (jen.Code, error) {
	args := make([]jen.Code, len(p.New))
	for i, param := range p.New {
		switch param.Type {
		case "Options":
			args[i] = jen.Qual(p.Import, "DefaultOptions").Call()
			if len(p.Settings) > 0 {
				args[i] = jen.Id(p.variable() + "Options").Call()
			}
		case "Store":
			args[i] = jen.Id("s")
		case "Funcs":
			args[i] = jen.Id(p.variable() + "Funcs").Call()
		default:
			return nil, fmt.Errorf("plugin %s: New takes a %s; want Options, Store or Funcs", p.ID, param.Type)
		}
	}
	return jen.Qual(p.Import, "New").Call(args...), nil
}

func (p AuthPlugin) takes(typeName string) bool {
	for _, param := range p.New {
		if param.Type == typeName {
			return true
		}
	}
	return false
}

func (p AuthPlugin) variable() string { return variable(p.ID) }

// variable is an id as the start of a Go name: two-factor is twoFactor.
func variable(id string) string {
	words := strings.Split(id, "-")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
