package core

// Routes lists the endpoints for tests, as "METHOD /path".
func Routes(a *Auth) []string {
	var routes []string
	for _, r := range a.mux {
		for _, method := range r.methods {
			routes = append(routes, method+" "+r.pattern)
		}
	}
	return routes
}
