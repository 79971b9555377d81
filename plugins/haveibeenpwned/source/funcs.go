package haveibeenpwned

import "net/http"

// Funcs are the parts of the plugin that only the application can know. Every member may be nil.
type Funcs struct {
	// Transport carries the requests to the service, for example through a proxy or to a mirror of the
	// data. Nil: http.DefaultTransport.
	Transport http.RoundTripper
}
