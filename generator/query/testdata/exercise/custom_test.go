package exercise

import (
	"math"
	"reflect"
	"testing"
	"time"

	"example.com/app/internal/auth/model"
)

// fill sets the additional fields of the custom schema.
func fill(u *model.User) {
	big, yes := int64(math.MaxInt64), true
	birthday := model.NewTime(time.Date(1999, 12, 31, 23, 59, 59, 1_000_000, time.UTC))
	u.Lang, u.Level, u.Since = "pt", math.MaxInt32, birthday
	u.Score, u.Vip, u.Birthday, u.Plan = &big, &yes, &birthday, text("pro")
	u.Prefs = model.JSON(`{"a": [1, null, "ü"]}`)
	u.Tags, u.Marks, u.Rights = model.Strings{"a", "b\"c", ""}, model.Numbers{1, 2.5}, model.Strings{}
}

// empty sets everything to null that can be.
func empty(u *model.User) {
	u.Score, u.Vip, u.Birthday, u.Plan = nil, nil, nil, nil
	u.Prefs, u.Tags, u.Marks = nil, nil, nil
}

func TestDefaults(t *testing.T) {
	var u model.User
	u.SetDefaults()
	no := false
	want := model.User{
		Lang: "en", Level: 1, Plan: text("free"), TwoFactorEnabled: &no,
		Since:  model.NewTime(time.Date(2020, 1, 2, 3, 4, 5, 6_000_000, time.UTC)),
		Tags:   model.Strings{"new", "old"},
		Marks:  model.Numbers{1, 2.5},
		Prefs:  model.JSON(`{"theme":"dark"}`),
		Rights: model.Strings{},
		Vip:    &no,
	}
	if !reflect.DeepEqual(u, want) {
		t.Errorf("got %+v\nwant %+v", u, want)
	}
}

func TestInput(t *testing.T) {
	var in model.UserInput
	if !in.Empty() || in.Missing() != "country" || in.Invalid() != "" {
		t.Errorf("empty input: %v %q %q", in.Empty(), in.Missing(), in.Invalid())
	}
	in.Country = model.Null[string]()
	if in.Empty() || in.Missing() != "country" {
		t.Errorf("null does not satisfy a required field: %q", in.Missing())
	}
	in.Country = model.Some("BR")
	in.Plan = model.Some("gold")
	if in.Missing() != "" || in.Invalid() != "plan" {
		t.Errorf("got %q, %q", in.Missing(), in.Invalid())
	}
	in.Plan = model.Null[string]()
	if in.Invalid() != "" {
		t.Errorf("null is refused")
	}
	u := model.User{Plan: text("free"), Tags: model.Strings{"x"}, Prefs: model.JSON("1"), Lang: "en"}
	in.Tags, in.Lang = model.Null[model.Strings](), model.Null[string]()
	in.Apply(&u)
	if u.Country != "BR" || u.Plan != nil || u.Tags != nil || string(u.Prefs) != "1" || u.Lang != "en" {
		t.Errorf("got %+v", u)
	}
	if want := map[string]bool{"score": false, "vip": true, "twoFactorEnabled": true}; !reflect.DeepEqual(in.ReadOnly(), want) {
		t.Errorf("read only: %v", in.ReadOnly())
	}
}
