package migration

import "fmt"

// SettingError reports an option that does not go with the migrations there are:
// they would begin anew, beside the tables that have the rows.
type SettingError struct {
	Option  string // of betterauth.yaml: "database.dialect"
	Problem string
	Advice  string
}

// Error implements error.
func (e *SettingError) Error() string { return e.Problem + ": " + e.Advice }

// Fits reports as a [SettingError] what the migrations of the log were not made
// for. An empty log goes with everything.
func (l *Log) Fits(opts Options) error {
	if len(l.Entries) == 0 {
		return nil
	}
	first := l.Entries[0]
	if first.Dialect != opts.Dialect {
		return &SettingError{"database.dialect",
			fmt.Sprintf("the change log is for %s, not %s", first.Dialect, opts.Dialect),
			fmt.Sprintf("to change the database, move %s and the migrations away and start again", LogDir)}
	}
	if first.SchemaName != opts.SchemaName {
		return &SettingError{"database.schemaName",
			fmt.Sprintf("the migrations there are for %s, not %s", schemaNamed(first.SchemaName), schemaNamed(opts.SchemaName)),
			fmt.Sprintf("set it back, or move the tables and betterauth_migrations (ALTER TABLE … SET SCHEMA) and change schemaName in every file of %s", LogDir)}
	}
	was, err := FormatNamed(first.Format)
	if err != nil {
		return err
	}
	is, err := FormatNamed(opts.Format)
	if err == nil && was.Name() != is.Name() {
		return &SettingError{"migrations.format",
			fmt.Sprintf("the migrations there are in the format %s, not %s", was.Name(), is.Name()),
			fmt.Sprintf("set migrations.format back, or rewrite them and their entries in %s", LogDir)}
	}
	return err
}

func schemaNamed(name string) string {
	if name == "" {
		return "the first schema of search_path"
	}
	return fmt.Sprintf("the schema %q", name)
}

// accepts returns the format of new migrations, if they go with those there are.
func (l *Log) accepts(opts Options) (Formatter, error) {
	if err := l.Fits(opts); err != nil {
		return nil, err
	}
	return FormatNamed(opts.Format)
}
