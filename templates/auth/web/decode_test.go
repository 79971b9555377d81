package web

import (
	"encoding/json"
	"math"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// flag is a field that decodes itself and tells missing from null.
type flag struct{ state string }

func (f *flag) DecodeJSON(raw json.RawMessage) (expected string, ok bool) {
	switch string(raw) {
	case "", "null", "true":
		f.state = "got " + string(raw)
		return "boolean", string(raw) != ""
	}
	return "boolean", false
}

// texts is a union, whose message names no type.
type texts []string

func (u *texts) DecodeJSON(raw json.RawMessage) (expected string, ok bool) {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*u = texts{one}
		return "", true
	}
	return "", json.Unmarshal(raw, (*[]string)(u)) == nil
}

// decodeText decodes the object a JSON text is.
func decodeText(text string, into any) Issues {
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		panic(err)
	}
	return Decode(members, "body", into)
}

type inner struct {
	B string `json:"b"`
}

type strictInner struct {
	A string `json:"a"`
}

func (*strictInner) Strict() bool { return true }

// The right-hand sides were recorded from zod 4.6.7, which Better Auth 1.7.5
// installs. Each entry is a value of member a.
func TestMessages(t *testing.T) {
	type (
		str struct {
			A string `json:"a"`
		}
		optStr struct {
			A *string `json:"a"`
		}
		boolean struct {
			A bool `json:"a"`
		}
		number struct {
			A float64 `json:"a"`
		}
		integer struct {
			A int64 `json:"a"`
		}
		array struct {
			A []string `json:"a"`
		}
		record struct {
			A map[string]string `json:"a"`
		}
		object struct {
			A inner `json:"a"`
		}
		anything struct {
			A any `json:"a"`
		}
		raw struct {
			A json.RawMessage `json:"a"`
		}
		oneof struct {
			A string `json:"a" check:"oneof=p|q"`
		}
		optOneof struct {
			A *string `json:"a" check:"oneof=p|q"`
		}
		constant struct {
			A string `json:"a" check:"const=p"`
		}
		isTrue struct {
			A bool `json:"a" check:"const=true"`
		}
		isThree struct {
			A float64 `json:"a" check:"const=3"`
		}
		email struct {
			A string `json:"a" check:"email"`
		}
		optEmail struct {
			A *string `json:"a" check:"email"`
		}
		link struct {
			A string `json:"a" check:"url"`
		}
		min1 struct {
			A string `json:"a" check:"min=1"`
		}
		max0 struct {
			A string `json:"a" check:"max=0"`
		}
		min3max5 struct {
			A string `json:"a" check:"min=3,max=5"`
		}
		numMin struct {
			A float64 `json:"a" check:"min=2"`
		}
		numMax struct {
			A float64 `json:"a" check:"max=0"`
		}
		intMin struct {
			A int `json:"a" check:"min=1"`
		}
		arrMin struct {
			A []string `json:"a" check:"min=3"`
		}
		arrMax struct {
			A []string `json:"a" check:"max=0"`
		}
		minEmail struct {
			A string `json:"a" check:"min=5,email"`
		}
		emailMin struct {
			A string `json:"a" check:"email,min=5"`
		}
		nullish struct {
			A *string `json:"a" check:"nullable"`
		}
		nullNum struct {
			A *float64 `json:"a" check:"nullable,min=1"`
		}
		union struct {
			A texts `json:"a" check:"required"`
		}
		optUnion struct {
			A texts `json:"a"`
		}
		self struct {
			A flag `json:"a"`
		}
		reqSelf struct {
			A flag `json:"a" check:"required"`
		}
		strict struct {
			A strictInner `json:"a"`
		}
		omit struct {
			A []string `json:"a,omitempty"`
		}
	)
	const undefined = ""
	tests := []struct {
		into  any
		value string
		want  string
	}{
		{&str{}, undefined, "[body.a] Invalid input: expected string, received undefined"},
		{&str{}, "null", "[body.a] Invalid input: expected string, received null"},
		{&str{}, "1.5", "[body.a] Invalid input: expected string, received number"},
		{&str{}, "true", "[body.a] Invalid input: expected string, received boolean"},
		{&str{}, "[]", "[body.a] Invalid input: expected string, received array"},
		{&str{}, "{}", "[body.a] Invalid input: expected string, received object"},
		{&str{}, `""`, ""},
		{&optStr{}, undefined, ""},
		{&optStr{}, "null", "[body.a] Invalid input: expected string, received null"},
		{&optStr{}, `"x"`, ""},
		{&boolean{}, undefined, "[body.a] Invalid input: expected boolean, received undefined"},
		{&boolean{}, `"false"`, "[body.a] Invalid input: expected boolean, received string"},
		{&boolean{}, "1", "[body.a] Invalid input: expected boolean, received number"},
		{&number{}, undefined, "[body.a] Invalid input: expected number, received undefined"},
		{&number{}, `"1"`, "[body.a] Invalid input: expected number, received string"},
		{&number{}, "1e999", "[body.a] Invalid input: expected number, received Infinity"},
		{&number{}, "1.5", ""},
		{&integer{}, undefined, "[body.a] Invalid input: expected number, received undefined"},
		{&integer{}, "1.5", "[body.a] Invalid input: expected int, received number"},
		{&integer{}, "1.0", ""},
		{&integer{}, "9007199254740993", "[body.a] Too big: expected int to be <=9007199254740991"},
		{&integer{}, "-9007199254740993", "[body.a] Too small: expected int to be >=-9007199254740991"},
		{&integer{}, "1e300", "[body.a] Too big: expected int to be <=9007199254740991"},
		{&array{}, undefined, "[body.a] Invalid input: expected array, received undefined"},
		{&array{}, `"x"`, "[body.a] Invalid input: expected array, received string"},
		{&array{}, `[1,null,"x"]`, "[body.a.0] Invalid input: expected string, received number; [body.a.1] Invalid input: expected string, received null"},
		{&record{}, undefined, "[body.a] Invalid input: expected record, received undefined"},
		{&record{}, "[]", "[body.a] Invalid input: expected record, received array"},
		{&record{}, `{"x":1,"y":"z","z":null}`, "[body.a.x] Invalid input: expected string, received number; [body.a.z] Invalid input: expected string, received null"},
		{&object{}, undefined, "[body.a] Invalid input: expected object, received undefined"},
		{&object{}, "[]", "[body.a] Invalid input: expected object, received array"},
		{&object{}, "{}", "[body.a.b] Invalid input: expected string, received undefined"},
		{&anything{}, undefined, ""},
		{&anything{}, "null", ""},
		{&raw{}, undefined, ""},
		{&raw{}, "{}", ""},
		{&oneof{}, undefined, `[body.a] Invalid option: expected one of "p"|"q"`},
		{&oneof{}, "null", `[body.a] Invalid option: expected one of "p"|"q"`},
		{&oneof{}, "1", `[body.a] Invalid option: expected one of "p"|"q"`},
		{&oneof{}, `"x"`, `[body.a] Invalid option: expected one of "p"|"q"`},
		{&oneof{}, `"q"`, ""},
		{&optOneof{}, undefined, ""},
		{&optOneof{}, "null", `[body.a] Invalid option: expected one of "p"|"q"`},
		{&constant{}, undefined, `[body.a] Invalid input: expected "p"`},
		{&constant{}, `"x"`, `[body.a] Invalid input: expected "p"`},
		{&constant{}, `"p"`, ""},
		{&isTrue{}, undefined, "[body.a] Invalid input: expected true"},
		{&isTrue{}, "false", "[body.a] Invalid input: expected true"},
		{&isTrue{}, `"x"`, "[body.a] Invalid input: expected true"},
		{&isTrue{}, "true", ""},
		{&isThree{}, "4", "[body.a] Invalid input: expected 3"},
		{&isThree{}, "3", ""},
		{&email{}, undefined, "[body.a] Invalid input: expected string, received undefined"},
		{&email{}, `""`, "[body.a] Invalid email address"},
		{&email{}, `"a@b.co\n"`, "[body.a] Invalid email address"},
		{&email{}, `"a@b.co"`, ""},
		{&optEmail{}, undefined, ""},
		{&optEmail{}, `""`, "[body.a] Invalid email address"},
		{&link{}, `"x"`, "[body.a] Invalid URL"},
		{&link{}, `"https://example.com"`, ""},
		{&min1{}, `""`, "[body.a] Too small: expected string to have >=1 characters"},
		{&min1{}, "[]", "[body.a] Invalid input: expected string, received array; [body.a] Too small: expected array to have >=1 items"},
		{&min1{}, "[1]", "[body.a] Invalid input: expected string, received array"},
		{&min1{}, undefined, "[body.a] Invalid input: expected string, received undefined"},
		{&max0{}, `"x"`, "[body.a] Too big: expected string to have <=0 characters"},
		{&max0{}, "[1]", "[body.a] Invalid input: expected string, received array; [body.a] Too big: expected array to have <=0 items"},
		{&min3max5{}, `"abcdef"`, "[body.a] Too big: expected string to have <=5 characters"},
		{&min3max5{}, `"😀"`, "[body.a] Too small: expected string to have >=3 characters"},
		{&min3max5{}, `"👨‍👩‍👧"`, ""},
		{&numMin{}, "1", "[body.a] Too small: expected number to be >=2"},
		{&numMin{}, `"x"`, "[body.a] Invalid input: expected number, received string"},
		{&numMax{}, "1", "[body.a] Too big: expected number to be <=0"},
		{&intMin{}, "0.5", "[body.a] Invalid input: expected int, received number"},
		{&intMin{}, "0", "[body.a] Too small: expected number to be >=1"},
		{&arrMin{}, "[1]", "[body.a.0] Invalid input: expected string, received number; [body.a] Too small: expected array to have >=3 items"},
		{&arrMax{}, `["x"]`, "[body.a] Too big: expected array to have <=0 items"},
		{&minEmail{}, `"x"`, "[body.a] Too small: expected string to have >=5 characters; [body.a] Invalid email address"},
		{&emailMin{}, `"x"`, "[body.a] Invalid email address; [body.a] Too small: expected string to have >=5 characters"},
		{&nullish{}, undefined, ""},
		{&nullish{}, "null", ""},
		{&nullish{}, "1", "[body.a] Invalid input: expected string, received number"},
		{&nullNum{}, "null", ""},
		{&nullNum{}, "0", "[body.a] Too small: expected number to be >=1"},
		{&nullNum{}, `"x"`, "[body.a] Invalid input: expected number, received string"},
		{&union{}, undefined, "[body.a] Invalid input"},
		{&union{}, "1", "[body.a] Invalid input"},
		{&union{}, `"x"`, ""},
		{&optUnion{}, undefined, ""},
		{&optUnion{}, `["x"]`, ""},
		{&self{}, undefined, ""},
		{&self{}, "null", ""},
		{&self{}, "1", "[body.a] Invalid input: expected boolean, received number"},
		{&reqSelf{}, undefined, "[body.a] Invalid input: expected boolean, received undefined"},
		{&strict{}, `{"a":"1","b":2}`, `[body.a] Unrecognized key: "b"`},
		{&strict{}, `{"b":1,"c":2}`, `[body.a.a] Invalid input: expected string, received undefined; [body.a] Unrecognized keys: "b", "c"`},
		{&omit{}, undefined, ""},
		{&omit{}, "null", "[body.a] Invalid input: expected array, received null"},
	}
	for _, tt := range tests {
		text := "{}"
		if tt.value != undefined {
			text = `{"unknown":1, "a": ` + tt.value + " }"
		}
		if issues := decodeText(text, tt.into); issues.String() != tt.want {
			t.Errorf("%T of %s:\n got %s\nwant %s", tt.into, text, issues, tt.want)
		}
	}
}

type signUp struct {
	Name     string `json:"name"`
	Email    string `json:"email" check:"email"`
	Password string `json:"password" check:"min=1"`
	profile
	Extra map[string]json.RawMessage `json:"-" check:"rest"`
}

type profile struct {
	Image      *string  `json:"image"`
	RememberMe *bool    `json:"rememberMe"`
	Age        *float64 `json:"age"`
	Ignored    string
	hidden     string
}

func TestDecodeValues(t *testing.T) {
	var in signUp
	issues := decodeText(`{
		"name": "N\u00e9", "email": "a@b.co", "password": "p", "NAME": "other case", "Ignored": "x", "hidden": "y",
		"image": "i", "rememberMe": false, "age": 1.5, "theme": {"dark": true}, "name": "last wins"}`, &in)
	if issues != nil {
		t.Fatal(issues)
	}
	image, remember, age := "i", false, 1.5
	want := signUp{
		Name: "last wins", Email: "a@b.co", Password: "p",
		profile: profile{Image: &image, RememberMe: &remember, Age: &age},
		Extra: map[string]json.RawMessage{
			"NAME": json.RawMessage(`"other case"`), "Ignored": json.RawMessage(`"x"`), "hidden": json.RawMessage(`"y"`),
			"theme": json.RawMessage(`{"dark": true}`),
		},
	}
	if !reflect.DeepEqual(in, want) {
		t.Errorf("got %+v\nwant %+v", in, want)
	}
	if in.hidden != "" {
		t.Error("an unexported field was written")
	}
}

func TestIssuesOfAllFields(t *testing.T) {
	issues := decodeText(`{"email":"x","age":"1","password":""}`, &signUp{})
	want := "[body.name] Invalid input: expected string, received undefined; [body.email] Invalid email address; " +
		"[body.password] Too small: expected string to have >=1 characters; [body.age] Invalid input: expected number, received string"
	if issues.String() != want {
		t.Errorf("got  %s\nwant %s", issues, want)
	}
}

func TestDecodeQueryAndForm(t *testing.T) {
	type query struct {
		Token   string  `json:"token"`
		Refresh Truthy  `json:"disableRefresh"`
		Limit   *string `json:"limit"`
	}
	values, _ := url.ParseQuery("token=a&token=b&limit=1")
	if got, want := Decode(QueryMembers(values), "query", &query{}).String(), "[query.token] Invalid input: expected string, received array"; got != want {
		t.Errorf("repeated key: %s", got)
	}
	for text, want := range map[string]Truthy{
		"token=a": false, "token=a&disableRefresh=": false, "token=a&disableRefresh=false": true,
		"token=a&disableRefresh=0": true, "token=a&disableRefresh=1&disableRefresh=2": true,
	} {
		values, _ := url.ParseQuery(text)
		var q query
		if issues := Decode(QueryMembers(values), "query", &q); issues != nil || q.Refresh != want || q.Token != "a" {
			t.Errorf("%s: %+v, %s", text, q, issues)
		}
	}
	form := url.Values{"name": {"n"}, "email": {"x", "a@b.co"}, "password": {"p"}, "rememberMe": {"false"}, "none": {}}
	var in signUp
	if got, want := Decode(FormMembers(form), "body", &in).String(), "[body.rememberMe] Invalid input: expected boolean, received string"; got != want || in.Email != "a@b.co" {
		t.Errorf("form: %s, %+v", got, in)
	}
	if got := Decode(QueryMembers(nil), "query", &query{}).String(); got != "[query.token] Invalid input: expected string, received undefined" {
		t.Errorf("no query: %s", got)
	}
}

type pair struct {
	First  string `json:"first"`
	Second string `json:"second"`
}

func (p *pair) Check() Issues {
	if p.First == p.Second {
		return Issues{{[]string{"second"}, "must differ"}, {nil, "not equal"}}
	}
	return nil
}

func TestCheckerRunsLast(t *testing.T) {
	for text, want := range map[string]string{
		`{"first":"a","second":"b"}`: "",
		`{"first":"a","second":"a"}`: "[body.second] must differ; [body] not equal",
		`{"first":"a"}`:              "[body.second] Invalid input: expected string, received undefined",
	} {
		if issues := decodeText(text, &pair{}); issues.String() != want {
			t.Errorf("%s: %s", text, issues)
		}
	}
}

func TestIssuesAreBounded(t *testing.T) {
	text := `{"list":[` + strings.Repeat("1,", 50_000) + `1]}`
	var in struct {
		List []string `json:"list"`
	}
	if issues := decodeText(text, &in); len(issues) != maxIssues {
		t.Errorf("%d issues", len(issues))
	}
}

func TestFieldsNoJSONSuits(t *testing.T) {
	var in struct {
		C chan int `json:"c"`
	}
	if issues := decodeText(`{"c":1}`, &in); issues.String() != "[body.c] Invalid input" {
		t.Error(issues)
	}
	var bad struct {
		S string `json:"s" check:"min=many"`
	}
	if issues := decodeText(`{"s":"x"}`, &bad); len(issues) != 1 {
		t.Error("a rule with a mistake accepts a value")
	}
}

func TestLength(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "é": 1, "😀😀😀😀": 8, "\xff": 1} {
		if got := Length(text); got != want {
			t.Errorf("Length(%q) = %d, want %d", text, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"name":"n","email":"a@b.co","password":"p","image":null,"x":[{"y":1e999}]}`)
	f.Add(`{"name":{"a":[]},"email":["x"],"rememberMe":1}`)
	f.Fuzz(func(t *testing.T, text string) {
		var members map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &members) != nil {
			return
		}
		var in signUp
		if Decode(members, "body", &in) == nil &&
			(!ValidEmail(in.Email) || in.Password == "" || in.Age != nil && math.IsInf(*in.Age, 0)) {
			t.Fatalf("%q accepted as %+v", text, in)
		}
	})
}
