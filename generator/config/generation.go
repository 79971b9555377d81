package config

// Generation holds the options that shape the emitted code. They have no member in core.Options,
// because nothing is left to decide when the server starts.
type Generation struct {
	// Output is the folder the code is written to, relative to the root of the module.
	Output string
	// Framework is the web framework the auth handler is mounted in.
	Framework string `enum:"nethttp,chi,gin,echo,fiber"`
	// Clients are files with a ready Better Auth client, for the front ends in this repository.
	Clients []ClientOptions

	// SecondaryStorage keeps sessions, verification values and rate limits outside of the database: redis, at
	// REDIS_URL. Unset: everything is in the database. For storage of your own set Config.SecondaryStorage
	// in auth.go.
	SecondaryStorage string `enum:"redis"`

	Database     DatabaseOptions
	User         TableOptions
	Session      TableOptions
	Account      TableOptions
	Verification TableOptions
	RateLimit    NameOptions
	Advanced     AdvancedGeneration
	Telemetry    TelemetryOptions
	Experimental ExperimentalOptions
	Migrations   MigrationOptions
	Advisories   AdvisoryOptions
}

// MigrationOptions say how migrations are written.
type MigrationOptions struct {
	// Dir is the folder of the migrations, relative to the root of the module.
	Dir string
	// Format is the tool whose files they are. betterauth-gen migrate applies goose and plain itself.
	Format string `enum:"goose,golang-migrate,atlas,plain"`
	// Allow silences findings about migrations: each key is a code and what it is about, as in
	// "DD101 user.handle", and the value says why it is fine.
	Allow Map[string]
}

// AdvisoryOptions say which known flaws are none in this code.
type AdvisoryOptions struct {
	// Allow silences advisories: each key is the id of one, and the value says why the code is fine.
	Allow Map[string]
}

// ClientOptions describe a file with a Better Auth client in TypeScript.
type ClientOptions struct {
	// Framework is what the front end is written with.
	Framework string `enum:"vanilla,react,vue,svelte,solid"`
	// Path is where the file goes, relative to the root of the module: web/src/lib/auth-client.ts
	Path string
	// BaseURL is the origin of the server. Unset: that of the page, or what the client finds in the
	// environment of the front end.
	BaseURL string
}

// DatabaseOptions say where rows are kept.
type DatabaseOptions struct {
	// Dialect is the database the code is written for. mysql covers MariaDB. none is no database: sessions are
	// in cookies, and the rest in the memory of the process.
	Dialect string `enum:"sqlite,postgres,mysql,none"`
	// URL is where the server finds the database: file:auth.db, postgres://… or mysql://…
	// Keep passwords in the environment: ${DATABASE_URL}.
	URL Text
	// SchemaName is the PostgreSQL schema that has the tables. Unset: the first of search_path.
	SchemaName string
	// UsePlural puts an s behind the names of all tables: users, sessions, …
	UsePlural bool
}

// NoDatabase is the dialect of an application without a database.
const NoDatabase = "none"

// AdvancedGeneration are the low-level options that shape code.
type AdvancedGeneration struct {
	Database IDOptions
}

// IDOptions say how rows get their ids. In JSON and in Go an id is always text.
type IDOptions struct {
	// GenerateID makes ids uuid, numbers that the database counts up (serial), or leaves texts to a default
	// of the column's, which you may change (false). Unset: 32 random letters and digits, or what Config.GenerateID returns.
	GenerateID string `name:"generateId" enum:"uuid,serial,false"`
}

// TableOptions change one of the core tables.
type TableOptions struct {
	// ModelName is the name of the table in the database.
	ModelName string
	// Fields maps columns to their names in the database.
	Fields Map[string]
	// AdditionalFields are columns of yours.
	AdditionalFields Map[Field]
}

// NameOptions change the names of a table that takes no columns of yours.
type NameOptions struct {
	// ModelName is the name of the table in the database.
	ModelName string
	// Fields maps columns to their names in the database.
	Fields Map[string]
}

// Field is a column of yours.
type Field struct {
	// Type is the kind of value; a list of texts allows just those. A number is a whole one. A date on MySQL and
	// MariaDB is a timestamp(3), which has nothing before 1970.
	Type FieldType
	// Required fields must be given when a row is created. Unset: true.
	Required *bool
	// Unique keeps two rows from having the same value.
	Unique bool
	// Index speeds up finding rows by the field.
	Index bool
	// Sortable makes a string short enough for MySQL to sort and compare: 255 characters.
	Sortable bool
	// BigInt gives a number 64 bits instead of 32.
	BigInt bool `name:"bigint"`
	// Input is false for fields clients may not set. Unset: true.
	Input *bool
	// Returned is false for fields that never leave the server. Unset: true.
	Returned *bool
	// DefaultValue is used when a new row comes without the field; now is the current time of a date.
	DefaultValue Scalar
	// FieldName is the name of the column in the database.
	FieldName string
	// RenamedFrom is the key the field had before; the migration renames the column instead of adding one.
	RenamedFrom string
	// References makes the field a foreign key.
	References *References
}

// References is a foreign key.
type References struct {
	// Model is the table referred to.
	Model string
	// Field is the column referred to. Unset: id.
	Field string
	// OnDelete says what happens to the row when the one it refers to goes. Unset: cascade.
	OnDelete string `enum:"no action,restrict,cascade,set null,set default"`
}

// TelemetryOptions exist so that configurations which turn telemetry off stay valid.
type TelemetryOptions struct {
	// Enabled must be false: neither the generator nor the emitted code sends anything anywhere.
	Enabled bool
}

// ExperimentalOptions are Better Auth's; it may still rename them.
type ExperimentalOptions struct {
	Instrumentation InstrumentationOptions
}

// InstrumentationOptions turn on OpenTelemetry.
type InstrumentationOptions struct {
	// Enabled makes an OpenTelemetry span of each request for an endpoint. The program sets the TracerProvider, and the
	// propagator that reads the caller's traceparent. Off,
	// which is the default here, nothing of OpenTelemetry is in the code or in go.mod.
	Enabled bool
}

// DefaultGeneration returns the defaults.
func DefaultGeneration() Generation {
	return Generation{
		Output:     "internal/auth",
		Framework:  "nethttp",
		Database:   DatabaseOptions{Dialect: "sqlite", URL: Text{{Env: "DATABASE_URL"}}},
		Migrations: MigrationOptions{Dir: "migrations", Format: "goose"},
	}
}
