package schema

// Patch is what a plugin adds to the schema: tables of its own, and columns on
// tables that exist without it, by table key.
type Patch struct {
	Tables  []Table
	Columns map[string][]Column
}
