package gotype

import "github.com/betterauth-gen/betterauth-gen/schema"

// TakesInput reports whether clients may send fields of the table that an endpoint of Better Auth
// knows nothing about: sign-up, update-user and update-session do that.
func TakesInput(table string) bool { return table == "user" || table == "session" }

// Taken lists the Go names that no field of the table may have, because the types that are made of its
// columns have methods, or an embedded row, of these names. A test compares it with what is emitted.
func Taken(table string) []string {
	names := []string{"SetDefaults"}
	if TakesInput(table) {
		names = append(names, "Apply", "Missing", "Invalid", "Values", "Empty", "ReadOnly", "Stored", "Row", schema.GoName(table))
	}
	return names
}

// TakenByFunctions is Taken for the functions of the user's own fields, which verification has none of.
func TakenByFunctions(table string) []string {
	if table == "verification" {
		return nil
	}
	names := []string{"ToStore", "FromStore", "Update"}
	if TakesInput(table) {
		names = append(names, "Check")
	}
	return names
}
