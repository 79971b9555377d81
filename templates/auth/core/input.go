package core

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// maxBody bounds the body of a request. No endpoint needs more.
const maxBody = 1 << 20

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

// requestBody is the body of a request, parsed but not yet typed.
type requestBody struct {
	// raw is the JSON text; nil when there was none.
	raw json.RawMessage
	// members are those of the JSON object or of the form; nil when it was neither.
	members map[string]json.RawMessage
}

// readBody parses the body of r for an endpoint. An empty body, or one that does not say what it is,
// counts as none.
func readBody(r *http.Request, endpoint *route) (*requestBody, error) {
	given := r.Header.Get("Content-Type")
	if r.Method == http.MethodGet || r.Body == nil || given == "" {
		return &requestBody{}, nil
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, ErrBadJSON
	}
	if len(text) > maxBody {
		return nil, NewError(http.StatusRequestEntityTooLarge, "", "")
	}
	if len(text) == 0 {
		return &requestBody{}, nil
	}
	mediaType, _, _ := mime.ParseMediaType(given)
	switch {
	case mediaType == jsonType:
		return parseJSON(text)
	case mediaType == formType && endpoint.form:
		return parseForm(string(text))
	}
	return nil, unsupportedMediaType(given, endpoint.form)
}

func unsupportedMediaType(given string, form bool) error {
	allowed := jsonType
	if form {
		allowed = formType + ", " + jsonType
	}
	return ErrUnsupportedMediaType.With(`Content-Type "` + given + `" is not allowed. Allowed types: ` + allowed)
}

func parseJSON(text []byte) (*requestBody, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !json.Valid(text) {
		return nil, ErrBadJSON
	}
	body := &requestBody{raw: bytes.TrimSpace(text)}
	if body.raw[0] == '{' {
		_ = json.Unmarshal(body.raw, &body.members) // it is valid
	}
	return body, nil
}

func parseForm(text string) (*requestBody, error) {
	values, err := url.ParseQuery(text)
	if err != nil {
		return nil, ErrBadJSON
	}
	return &requestBody{members: web.FormMembers(values)}, nil
}

// text returns a member that is a string.
func (b *requestBody) text(name string) (value string, isText, present bool) {
	raw, present := b.members[name]
	if !present {
		return "", false, false
	}
	return value, json.Unmarshal(raw, &value) == nil && raw[0] == '"', true
}

// decodeInput fills in from the body of a POST or the query of a GET, and from the path parameters.
func decodeInput(call *Call, params map[string]string, body *requestBody, r *route, in any) error {
	if _, none := in.(*NoInput); none {
		return nil
	}
	members, where := body.members, "body"
	switch {
	case call.request.Method == http.MethodGet || r.query:
		members, where = web.QueryMembers(call.request.URL.Query()), "query"
	case members == nil && (body.raw != nil || !r.optional):
		return ErrValidation.With(notAnObject(body, r.kinds))
	case members == nil && len(params) == 0:
		return nil
	case members == nil:
		members = map[string]json.RawMessage{}
	}
	for name, value := range params {
		members[name], _ = json.Marshal(value)
	}
	if issues := web.Decode(members, where, in); len(issues) > 0 {
		return ErrValidation.With(issues.String())
	}
	return refuseReadOnly(in, members)
}

// notAnObject is the message for a body that is none. Upstream's schemas of endpoints with configured
// fields are a "record", or an "object" and a "record"; no kind stands for one of several objects.
func notAnObject(body *requestBody, kinds []string) string {
	if len(kinds) == 0 {
		return "[body] Invalid input"
	}
	var issues []string
	for _, kind := range kinds {
		issues = append(issues, "[body] Invalid input: expected "+kind+", received "+web.TypeName(body.raw))
	}
	return strings.Join(issues, "; ")
}

// readOnlyFields is implemented by the inputs that take configured fields.
type readOnlyFields interface{ ReadOnly() map[string]bool }

// refuseReadOnly reports a value for a field clients may not set. A new row silently takes the
// default of such a field; there is nothing to fall back to on update, or without a default.
func refuseReadOnly(in any, members map[string]json.RawMessage) error {
	fields, ok := in.(readOnlyFields)
	if !ok {
		return nil
	}
	_, creating := in.(interface{ creates() })
	readOnly := fields.ReadOnly()
	for _, name := range slices.Sorted(maps.Keys(readOnly)) {
		hasDefault := readOnly[name]
		if raw, present := members[name]; present && truthy(raw) && !(creating && hasDefault) {
			return ErrFieldNotAllowed.With(name + " is not allowed to be set")
		}
	}
	return nil
}

// truthy is JavaScript's idea of a JSON value that counts as true.
func truthy(raw json.RawMessage) bool {
	var t web.Truthy
	t.DecodeJSON(raw)
	return bool(t)
}

// configuredFields is implemented by the inputs that take configured fields.
type configuredFields interface{ Invalid() string }

// checkFields reports a configured field with a value it may not have.
func checkFields(in configuredFields) error {
	if name := in.Invalid(); name != "" {
		return ErrValidation.With("[body." + name + "] Invalid input")
	}
	return nil
}
