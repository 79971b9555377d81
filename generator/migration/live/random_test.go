package live

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// TestRandomScenarios migrates between random user tables. Names, nullability,
// indexes and references vary; types do not, since most changes of type are
// refused.
func TestRandomScenarios(t *testing.T) {
	seeds := map[schema.Dialect]uint64{schema.SQLite: 25, schema.Postgres: 12, schema.MySQL: 12}
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		for seed := range seeds[d] {
			g := columns{rand.New(rand.NewPCG(seed, uint64(d)))}
			s := scenario{from: g.schema(), to: g.schema(), keepsDefault: true}
			if !s.needsMigration(d) {
				continue
			}
			t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
				for _, p := range append(s.from.Validate(), s.to.Validate()...) {
					t.Fatal(p)
				}
				s.run(t, d)
			})
		}
	})
}

// columns draws random columns of the user table.
type columns struct{ *rand.Rand }

func (g columns) maybe() bool { return g.IntN(2) == 0 }

func (g columns) schema() schema.Schema {
	pool := []schema.Column{
		g.vary(column("aText", schema.String), "x"),
		g.vary(column("bText", schema.String), "it's"),
		g.vary(column("cNumber", schema.Number), 5),
		g.vary(column("dDate", schema.Date), "2001-02-03T04:05:06.007Z"),
		references(g.vary(column("eId", schema.String), "u1"), "user", []string{"cascade", "restrict"}[g.IntN(2)]),
	}
	var chosen []schema.Column
	for _, c := range pool {
		if g.maybe() {
			chosen = append(chosen, c)
		}
	}
	s := with(chosen...)
	if len(chosen) > 1 && g.maybe() {
		s = withIndex(s, chosen[0].Key, chosen[len(chosen)-1].Key)
	}
	return s
}

func (g columns) vary(c schema.Column, value any) schema.Column {
	c.Unique, c.Index, c.Sortable = g.IntN(4) == 0, g.maybe(), g.maybe()
	if g.IntN(3) == 0 {
		c.Name += "_renamed"
	}
	if c.Type == schema.Date && g.maybe() {
		c.Default = &schema.Default{Now: true}
	} else {
		c.Default = &schema.Default{Value: value}
	}
	c.Required = g.maybe()
	return c
}
