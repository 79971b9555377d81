package config

// TableNames are the names of a table in a database that was there before.
type TableNames struct {
	Key    string
	Name   string // empty: the key
	Fields []FieldName
}

// FieldName is the name of a column.
type FieldName struct{ Key, Name string }

// Named returns the names of a core table, those that are not its keys; nil if all are.
func (c Choices) Named(key string) *TableNames {
	for _, t := range c.Names {
		if t.Key == key && (t.Name != "" || len(t.Fields) > 0) {
			return &t
		}
	}
	return nil
}

// PluginNamed returns the names of a plugin's tables and columns, those that are not their keys.
func (c Choices) PluginNamed(id string) []TableNames {
	var out []TableNames
	for _, t := range c.PluginNames[id] {
		if t.Name != "" || len(t.Fields) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// Unsectioned lists the core tables whose options the file does not mention otherwise.
func (c Choices) Unsectioned() []string { return []string{"user", "account", "verification"} }
