package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
)

// AuthProvider is one configured social provider.
type AuthProvider struct {
	config.Provider
	Import string // import path of package social in the user's repository
}

// ProviderList returns social_gen.go: the list of social providers, with their settings. A provider
// that is turned off keeps its code and has no place in the list.
func (a Auth) ProviderList() ([]byte, error) {
	f := a.file()
	var constructors []jen.Code
	for _, p := range a.Providers {
		if p.Enabled {
			constructors = append(constructors, p.constructor())
		}
	}
	list := jen.Nil()
	if len(constructors) > 0 {
		list = jen.Index().Qual(a.Core, "Provider").Add(block(constructors))
	}
	f.Comment("providers are the social providers of betterauth.yaml, in its order.")
	f.Func().Id("providers").Params().Index().Qual(a.Core, "Provider").Block(jen.Return(list))
	for _, p := range a.Providers {
		if !p.Enabled || len(p.Settings) == 0 {
			continue
		}
		lines, err := printer{a.Imports}.assign(p.Settings)
		if err != nil {
			return nil, err
		}
		body := append([]jen.Code{jen.Id("o").Op(":=").Add(p.defaults())}, lines...)
		f.Line()
		f.Commentf("%s are the settings of social provider %s.", p.function(), p.ID)
		f.Func().Id(p.function()).Params().Qual(p.Import, p.OptionsType()).Block(append(body, jen.Return(jen.Id("o")))...)
	}
	return gofile.Render(f, a.Import)
}

// constructor returns social.Google(googleProvider(), socialFuncs("google")).
func (p AuthProvider) constructor() jen.Code {
	options := p.defaults()
	if len(p.Settings) > 0 {
		options = jen.Id(p.function()).Call()
	}
	return jen.Qual(p.Import, p.New).Call(options, jen.Id("socialFuncs").Call(jen.Lit(p.ID)))
}

func (p AuthProvider) defaults() *jen.Statement {
	if p.Defaults == "" {
		return jen.Qual(p.Import, p.OptionsType()).Values()
	}
	return jen.Qual(p.Import, p.Defaults).Call()
}

// function is the name of the function that returns the settings.
func (p AuthProvider) function() string { return variable(p.ID) + "Provider" }
