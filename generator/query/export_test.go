package query

// SQL returns the statements in the Go sqlc wrote, by query.
func SQL(files map[string][]byte) (map[string]string, error) {
	c, err := parseCode(files)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for name, q := range c.queries {
		texts[name] = q.SQL
	}
	return texts, nil
}
