package authtest

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	mathrand "math/rand/v2"
	"reflect"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// SignUpBody returns the JSON of a sign-up of ada@example.com, with the members of more.
func SignUpBody(more M) string {
	body := Required()
	maps.Copy(body, M{"name": "Ada", "email": "ada@example.com", "password": Password})
	maps.Copy(body, more)
	text, _ := json.Marshal(body) // texts, numbers and dates always have a JSON text
	return string(text)
}

// Required returns a value for each configured field that a new user must have, texts and numbers that nobody
// else has. Sign-ups sent with Post get them, so that tests need not know which fields an application has.
func Required() M {
	fields, in := M{}, model.UserInput{}
	for name := in.Missing(); name != "" && fields[name] == nil; name = in.Missing() {
		fields[name] = fill(reflect.ValueOf(&in).Elem(), name)
		if allowed := in.Values()[name]; len(allowed) > 0 {
			fields[name] = allowed[0]
		}
	}
	return fields
}

// fill gives the field of that JSON name a value and returns it as JSON would have it.
func fill(in reflect.Value, name string) any {
	for i := range in.NumField() {
		tag, _, _ := strings.Cut(in.Type().Field(i).Tag.Get("json"), ",")
		if tag != name {
			continue
		}
		in.Field(i).FieldByName("Set").SetBool(true)
		return sample(in.Field(i).FieldByName("Value").Interface())
	}
	return ""
}

func sample(value any) any {
	switch value.(type) {
	case string:
		return rand.Text()
	case bool:
		return true
	case int64, float64:
		return mathrand.IntN(1e9)
	case model.Time:
		return "2026-01-02T03:04:05.000Z"
	case model.Strings, model.Numbers:
		return []any{}
	}
	return M{}
}

// withRequired completes the body of a sign-up.
func withRequired(path string, body any) any {
	given, ok := body.(M)
	if !ok || path != "/sign-up/email" {
		return body
	}
	full := Required()
	maps.Copy(full, given)
	return full
}
