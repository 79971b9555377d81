// Package generator turns betterauth.yaml into a plan for the user's repository, and carries it out.
//
// A run has six stages, in this order: load the configuration, resolve it to a model, render the
// pristine tree, reconcile it with what is on disk, verify that the result compiles, commit. Only the
// last one writes.
package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/advisory"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/render"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// schemaFile describes betterauth.yaml to editors.
const schemaFile = ".betterauth/schema.json"

// Request says what to plan.
type Request struct {
	// Root is the absolute path of the folder with go.mod and betterauth.yaml.
	Root string
	// Reader reads files below Root, and so does FS.
	Reader workspace.Reader
	FS     fs.FS
	// Known are the plugins that may be named in betterauth.yaml.
	Known []*plugins.Plugin
	// Now dates a new migration.
	Now time.Time
	// Choices are what the user said about single files.
	Choices reconcile.Choices
	// Repo is the repository the module is in; nil: there is none, or what it says does not matter.
	Repo Repository
	// AllowDirty merges into files whose content is not committed.
	AllowDirty bool
	// First holds what init adds to a run; nil afterwards.
	First *First
	// Drop names what nobody uses any more and is to be dropped; empty: nothing.
	Drop string
	// Adopt describes the tables of a database that was there before the first migration, given what the
	// configuration asks for. It may be nil, and return nil.
	Adopt func(target schema.Schema, opts migration.Options) (*migration.Adoption, error)
	// Advisories are the known flaws to look for in the user's code.
	Advisories []advisory.Advisory
	// Progress is told what the run is busy with. It may be nil.
	Progress func(step string)
}

// Repository is what is asked of version control.
type Repository interface {
	// Uncommitted returns those of paths whose content could not be brought back.
	Uncommitted(ctx context.Context, paths []string) ([]string, error)
	// Ancestor returns a file as it was before the branches of an unfinished merge parted, or nil.
	Ancestor(ctx context.Context, path string) ([]byte, error)
}

// First are the files of the user's that init makes. They belong to the user from then on.
type First struct {
	Files []reconcile.Patch // betterauth.yaml, .env, main.go …; each must be new or an edit of Before
	Mod   []byte            // go.mod of a new module; nil: there is one already
}

// Build plans a run. The error is a *diag.ListError when the user has something to mend.
func Build(ctx context.Context, req Request) (*Plan, error) {
	req.Reader = newReader(req.Reader)
	b := &build{Request: req, plan: &Plan{}}
	b.module.root = req.Root
	if req.First != nil && req.First.Mod != nil {
		remove, err := b.stageModule()
		if err != nil {
			return nil, err
		}
		defer remove()
	}
	stages := []struct {
		name string
		run  func(context.Context) error
	}{
		{"reading betterauth.yaml", b.load},
		{"resolving plugins", b.resolve},
		{"rendering", b.render},
		{"planning the migration", b.migrate},
		{"compiling queries", b.compile},
		{"comparing with your files", b.reconcile},
		{"type-checking", b.verify},
	}
	for _, stage := range stages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if req.Progress != nil {
			req.Progress(stage.name)
		}
		if err := stage.run(ctx); err != nil {
			return b.plan, err
		}
	}
	return b.plan, nil
}

// build is the state of one run of Build.
type build struct {
	Request
	plan   *Plan
	text   []byte // betterauth.yaml
	config *config.Config
	module moduleState
	files  []reconcile.File
	sums   []reconcile.Patch // of the folder of the migrations
	stores []render.Store
}

// load reads the configuration and the module it is in.
func (b *build) load(context.Context) error {
	if err := b.loadModule(); err != nil {
		return err
	}
	text, err := b.read(config.FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s in %s; betterauth-gen init makes one", config.FileName, b.Root)
	}
	if err != nil {
		return err
	}
	b.text = text
	cfg, diags := config.Load(config.FileName, text, b.Known)
	b.config = cfg
	return b.note(diags)
}

// read returns a file as it will be after the files of First are written.
func (b *build) read(path string) ([]byte, error) {
	if b.First != nil {
		for _, f := range b.First.Files {
			if f.Path == path {
				return f.After, nil
			}
		}
	}
	return b.Reader.ReadFile(path)
}

// note keeps warnings for the report and returns errors.
func (b *build) note(diags diag.List) error {
	if err := diags.Err(); err != nil {
		return err
	}
	b.plan.Diags = append(b.plan.Diags, diags...)
	return nil
}

func (b *build) resolve(context.Context) error {
	m, diags := resolve.Resolve(b.config, b.Known, b.module.path())
	b.plan.Model = m
	return b.note(diags)
}

func (b *build) render(context.Context) (err error) {
	if b.files, b.stores, err = render.Tree(b.plan.Model); err != nil {
		return err
	}
	editor, err := config.JSONSchema(b.Known)
	b.files = append(b.files, reconcile.File{Path: schemaFile, Class: workspace.Gen, Data: editor})
	return err
}

// reconcile decides about every file.
func (b *build) reconcile(ctx context.Context) error {
	if err := b.patch(ctx); err != nil {
		return err
	}
	return b.report()
}

// report tells what was decided, and why the run ends here, if it does.
func (b *build) report() error {
	b.plan.Diags = append(b.plan.Diags, b.plan.Files.Diags()...)
	if err := b.advise(); err != nil {
		return err
	}
	return b.plan.Files.Err()
}

// patch decides, with go.mod and go.sum as far as they are known.
func (b *build) patch(ctx context.Context) (err error) {
	b.plan.Files, err = b.decide(ctx, b.files, b.patches())
	return err
}

// decide compares files with the disk.
func (b *build) decide(ctx context.Context, files []reconcile.File, patches []reconcile.Patch) (*reconcile.Plan, error) {
	tree, err := reconcile.NewTree(files...)
	if err != nil {
		return nil, err
	}
	tree.Output = b.plan.Model.Output
	in, err := reconcile.Load(b.Reader, tree, b.ancestor(ctx))
	if err != nil {
		return nil, err
	}
	in.Version, in.Patches, in.Choices = Version(), patches, b.Choices
	plan := reconcile.Decide(in)
	merges := plan.Merges()
	if b.Repo == nil || b.AllowDirty || len(merges) == 0 {
		return plan, nil
	}
	dirty, err := b.Repo.Uncommitted(ctx, merges)
	plan.RefuseUncommitted(dirty)
	return plan, err
}

// ancestor asks version control for older bases, if the user wants that.
func (b *build) ancestor(ctx context.Context) func(string) ([]byte, error) {
	if !b.Choices.Rebase {
		return nil
	}
	return func(path string) ([]byte, error) {
		if b.Repo == nil {
			return nil, nil
		}
		return b.Repo.Ancestor(ctx, path)
	}
}

// Version is the release of this program, as the module system knows it.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// Load reads and resolves the configuration, for commands that only look. The list holds warnings.
func Load(ctx context.Context, req Request) (*resolve.Model, diag.List, error) {
	b := &build{Request: req, plan: &Plan{}}
	if err := b.load(ctx); err != nil {
		return nil, b.plan.Diags, err
	}
	if err := b.resolve(ctx); err != nil {
		return nil, b.plan.Diags, err
	}
	return b.plan.Model, b.plan.Diags, nil
}
