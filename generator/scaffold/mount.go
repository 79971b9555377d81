package scaffold

// Mount returns the two lines that put the auth server into an existing program.
func Mount(c Choices, d Detected) []string {
	open := `server, err := auth.Open(ctx, os.Getenv("DATABASE_URL"))`
	switch c.Framework {
	case "chi", "gin", "echo", "fiber":
		return []string{open, c.Framework + "auth.Mount(router, server) // package " + c.Module + "/" + c.Output + "/" + c.Framework + "auth"}
	}
	if d.Mount != "" {
		return []string{open, d.Mount}
	}
	return []string{open, `mux.Handle("/api/auth/", server.Handler())`}
}
