package generator

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// The codes of the diagnostics about migrations.
const (
	CodeNoValue = "BA031" // required column that the rows there are have no value for
	CodeLossy   = "BA032" // change of type that could lose data
	CodeLog     = "BA033" // change log that contradicts itself or the configuration
	CodeAllowed = "BA034" // suppression of a finding that there is not
	CodeRename  = "BA037" // rename of a field that there is not
	CodeMissing = "BA038" // migration that is in the change log, but not in its folder
)

// ErrGenerateFirst: a migration of another kind cannot come before the one that is pending.
var ErrGenerateFirst = errors.New("betterauth.yaml has changes that are not in the code yet; run betterauth-gen generate first")

// ErrNoDatabase is returned where migrations are asked for and there is nothing to migrate.
var ErrNoDatabase = errors.New("nothing to migrate: database.dialect is " + config.NoDatabase + ", so there is no database")

// migrate adds the pending migrations, if the schema has changed, and their entries of the change log.
func (b *build) migrate(context.Context) error {
	if !b.plan.Model.Database {
		if b.Drop != "" {
			return ErrNoDatabase
		}
		return nil
	}
	log, err := migration.LoadLog(b.FS)
	if err != nil {
		return logProblem(err)
	}
	folder, err := b.migrationFolder()
	if err != nil {
		return err
	}
	if err := b.checkLedger(folder); err != nil {
		return err
	}
	if err := b.missingMigrations(log, folder); err != nil {
		return err
	}
	opts := migration.Options{
		Dialect: b.plan.Model.Dialect, Now: b.Now, Format: b.config.Generation.Migrations.Format,
		SchemaName: b.config.Generation.Database.SchemaName,
	}
	for _, text := range folder {
		opts.Existing = append(opts.Existing, path.Base(text.Name))
	}
	var files []*migration.File
	if b.Adopt != nil {
		if log, files, err = b.adopt(log, &opts); err != nil {
			return err
		}
	}
	pending, err := migration.Pending(log, b.plan.Model.Schema, opts)
	if err != nil {
		return b.planProblem(err)
	}
	if b.Drop != "" {
		if len(pending) > 0 {
			return ErrGenerateFirst
		}
		if pending, err = migration.Drop(log, b.plan.Model.Schema, b.Drop, opts); err != nil {
			return err
		}
	}
	b.lint(log, pending)
	b.plan.Migrations = append(files, pending...)
	return b.addMigrations(folder)
}

// adopt puts the tables of a database that is there already before the first migration.
func (b *build) adopt(log *migration.Log, opts *migration.Options) (*migration.Log, []*migration.File, error) {
	baseline, err := b.Adopt(b.plan.Model.Schema, *opts)
	if err != nil || baseline == nil {
		return log, nil, err
	}
	opts.Existing = append(opts.Existing, baseline.File.Entry.Migration)
	opts.Extra = baseline.Extra
	next, err := log.With(baseline.File.Entry)
	return next, []*migration.File{baseline.File}, err
}

// migrationFolder returns what is in the folder of the migrations.
func (b *build) migrationFolder() ([]migration.Text, error) {
	dir := b.config.Generation.Migrations.Dir
	paths, err := b.Reader.List(dir)
	if err != nil {
		return nil, err
	}
	texts := make([]migration.Text, len(paths))
	for i, name := range paths {
		data, err := b.Reader.ReadFile(name)
		if err != nil {
			return nil, err
		}
		texts[i] = migration.Text{Name: strings.TrimPrefix(name, dir+"/"), Data: data}
	}
	return texts, nil
}

// missingMigrations refuses to build on migrations that are not there: a new database would lack their tables.
func (b *build) missingMigrations(log *migration.Log, folder []migration.Text) error {
	var list diag.List
	for _, e := range log.Entries {
		if slices.ContainsFunc(folder, func(t migration.Text) bool { return t.Name == e.Migration }) {
			continue
		}
		list.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodeMissing, Pos: diag.Position{File: e.File},
			Summary:    path.Join(b.config.Generation.Migrations.Dir, e.Migration) + " is missing",
			Suggestion: "restore it from version control; if migrations.dir changed, move the files there",
		})
	}
	return list.Err()
}

// addMigrations adds the files of the plan's migrations, and the sum that Atlas keeps of its folder.
func (b *build) addMigrations(folder []migration.Text) error {
	o := b.config.Generation.Migrations
	for _, m := range b.plan.Migrations {
		for _, text := range m.Texts() {
			b.files = append(b.files, reconcile.File{Path: path.Join(o.Dir, text.Name), Class: workspace.Ledger, Data: text.Data})
			folder = append(folder, text)
		}
		b.files = append(b.files, reconcile.File{Path: m.Entry.File, Class: workspace.Ledger, Data: m.Log})
	}
	if o.Format != "atlas" || len(b.plan.Migrations) == 0 {
		return nil
	}
	folder = slices.DeleteFunc(folder, func(t migration.Text) bool { return strings.Contains(t.Name, "/") })
	sum, err := migration.SumAtlas(folder)
	if err != nil {
		return err
	}
	name := path.Join(o.Dir, migration.AtlasSum)
	before, err := b.optional(name)
	b.sums = []reconcile.Patch{{Path: name, Before: before, After: sum}}
	return err
}

// planProblem puts an error of the planner where the field is.
func (b *build) planProblem(err error) error {
	var noValue *migration.NoValueError
	var lossy *migration.LossyError
	var renamed *migration.RenameError
	var setting *migration.SettingError
	var conflict *schema.ConflictError
	d := diag.Diagnostic{Severity: diag.Error, Summary: err.Error()}
	switch {
	case errors.As(err, &noValue):
		d.Code, d.Pos, d.Summary = CodeNoValue, position(noValue.Column.Origin), noValue.Error()
		d.Detail = choices(noValue.Choices())
	case errors.As(err, &lossy):
		d.Code, d.Pos, d.Summary = CodeLossy, position(lossy.To.Origin), lossy.Error()
		d.Detail = choices(lossy.Choices())
	case errors.As(err, &renamed):
		d.Code, d.Pos, d.Summary = CodeRename, position(renamed.Column.Origin), renamed.Error()
		d.Detail = choices(renamed.Choices())
	case errors.As(err, &setting):
		d.Code, d.Pos, d.Summary, d.Detail = CodeLog, b.config.Pos(setting.Option), setting.Problem, setting.Advice
	case errors.As(err, &conflict):
		d.Code, d.Pos = CodeLog, b.place(migration.Finding{Subject: conflict.Change.Subject()})
		d.Detail = "give it another name; a column or table that nobody asks for any more goes with betterauth-gen migrate drop"
	default:
		return err
	}
	return diag.List{d}.Err()
}

func choices(ways []string) string {
	if len(ways) == 1 {
		return ways[0]
	}
	return "one of these:\n- " + strings.Join(ways, "\n- ")
}

// logProblem says where the change log is wrong.
func logProblem(err error) error {
	var clash *migration.ClashError
	if !errors.As(err, &clash) {
		return err
	}
	return diag.List{{
		Severity: diag.Error, Code: CodeLog, Pos: diag.Position{File: clash.File}, Summary: clash.Error(),
	}}.Err()
}

// lint reports what there is to know about the new migrations, but for what the configuration allows, and what it
// allows for nothing.
func (b *build) lint(log *migration.Log, files []*migration.File) {
	allow := b.config.Generation.Migrations.Allow
	entries := slices.Clone(log.Entries)
	for _, f := range files {
		entries = append(entries, f.Entry)
	}
	known := migration.Findings(entries)
	for _, e := range allow {
		if !slices.ContainsFunc(known, func(f migration.Finding) bool { return f.Key() == e.Key }) {
			b.plan.Diags = append(b.plan.Diags, diag.Diagnostic{
				Severity: diag.Warning, Code: CodeAllowed, Pos: b.config.Pos("migrations.allow." + e.Key),
				Summary: fmt.Sprintf("migrations.allow: nothing was found under %q; take the line out, or correct it", e.Key),
			})
		}
	}
	before := log.Schema()
	for _, f := range files {
		for _, found := range migration.Lint(f.Entry.Dialect, before, f.Entry.Changes) {
			if _, ok := allow.Get(found.Key()); ok {
				continue
			}
			b.plan.Diags = append(b.plan.Diags, diag.Diagnostic{
				Severity: diag.Warning, Code: found.Code, Pos: b.place(found),
				Summary:    found.Code + " " + found.Subject + ": " + found.Text,
				Suggestion: `if that is fine, say why: migrations.allow: {"` + found.Key() + `": …}`,
			})
		}
		if next, err := schema.Apply(before, f.Entry.Changes); err == nil {
			before = next
		}
	}
}

// place returns where the configuration asks for what is found, if it does.
func (b *build) place(f migration.Finding) diag.Position {
	table, column, _ := strings.Cut(f.Subject, ".")
	if c, ok := b.plan.Model.Schema.Column(table, column); ok {
		return position(c.Origin)
	}
	if t, ok := b.plan.Model.Schema.Table(f.Subject); ok {
		return position(t.Origin)
	}
	return position(f.Origin)
}

// position reads the place of an origin, "betterauth.yaml:14:7".
func position(o schema.Origin) diag.Position {
	p := diag.Position{File: config.FileName}
	parts := strings.Split(o.Pos, ":")
	if len(parts) == 3 {
		p.File = parts[0]
		p.Line, _ = strconv.Atoi(parts[1])
		p.Col, _ = strconv.Atoi(parts[2])
	}
	return p
}

// Migrate plans the migrations of a run and nothing else. The plan has no files.
func Migrate(ctx context.Context, req Request) (*Plan, error) {
	req.Reader = newReader(req.Reader)
	b := &build{Request: req, plan: &Plan{}}
	b.module.root = req.Root
	for _, stage := range []func(context.Context) error{b.load, b.resolve, b.migrate} {
		if err := stage(ctx); err != nil {
			return nil, err
		}
	}
	if !b.plan.Model.Database {
		return nil, ErrNoDatabase
	}
	return b.plan, nil
}
