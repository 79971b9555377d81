package e2e_test

import (
	"os"
	"testing"
)

// TestInstances runs two emitted servers on one database, with Redis and without, behind a balancer.
//
// security: 11, 26, 28, 50
func TestInstances(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	onDialects(t, []string{"postgres", "mysql"}, func(t *testing.T, dialect string) { // SQLite belongs to one machine
		p.mustBuild(t, dialect, "instances")
		t.Log(p.node("instances.mjs", "--exec", p.serve, "--dialect", dialect).run(t))
	})
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		for _, variable := range []string{"TEST_POSTGRES_URL", "TEST_REDIS_URL"} {
			need(t, os.Getenv(variable) != "", variable, `scripts/services.sh up && eval "$(scripts/services.sh env)"`)
		}
		p.mustBuild(t, "postgres", "redis-instances")
		t.Log(p.node("instances.mjs", "--exec", p.serve, "--dialect", "postgres", "--redis").run(t))
	})
}
