package config

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

//go:embed generation.go config.go load.go
var ownSource embed.FS

// coreDocs returns the comments of the options outside of plugins, by "Type.Field".
func coreDocs() (map[string]string, error) {
	docs, err := readDocs(templates.FS, "auth/core")
	if err != nil {
		return nil, err
	}
	own, err := readDocs(ownSource, ".")
	if err != nil {
		return nil, err
	}
	maps.Copy(docs, own)
	return docs, nil
}

// providerDocs returns the comments of the options of social providers.
func providerDocs() (map[string]string, error) {
	docs, err := readDocs(templates.FS, "auth/social")
	if err != nil {
		return nil, fmt.Errorf("social providers: %w", err)
	}
	return docs, nil
}

// pluginDocs returns the comments of a plugin's options.
func pluginDocs(p *plugins.Plugin) (map[string]string, error) {
	docs, err := readDocs(ownSource, ".")
	if err != nil || p.Source == nil {
		return docs, err
	}
	of, err := readDocs(p.Source, ".")
	if err != nil {
		return nil, fmt.Errorf("plugin %q: %w", p.ID, err)
	}
	maps.Copy(docs, of)
	return docs, nil
}

// readDocs collects the comments of all structs below dir, and of their fields.
func readDocs(fsys fs.FS, dir string) (map[string]string, error) {
	docs := map[string]string{}
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		structDocs(f, docs)
		return nil
	})
	return docs, err
}

func structDocs(f *ast.File, docs map[string]string) {
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.TYPE {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.TypeSpec)
			st, ok := spec.Type.(*ast.StructType)
			if !ok {
				continue
			}
			if gen.Doc != nil {
				docs[spec.Name.Name] = paragraph(gen.Doc)
			}
			fieldDocs(spec.Name.Name, st, docs)
		}
	}
}

func fieldDocs(typeName string, st *ast.StructType, docs map[string]string) {
	for _, field := range st.Fields.List {
		doc := field.Doc
		if doc == nil {
			doc = field.Comment
		}
		for _, name := range field.Names {
			if doc != nil {
				docs[typeName+"."+name.Name] = paragraph(doc)
			}
		}
	}
}

// paragraph joins the lines of a comment.
func paragraph(doc *ast.CommentGroup) string { return strings.Join(strings.Fields(doc.Text()), " ") }
