package e2e_test

import "testing"

// TestInstances runs two emitted servers on one database server, behind a balancer.
//
// security: 11, 28, 50
func TestInstances(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	onDialects(t, []string{"postgres", "mysql"}, func(t *testing.T, dialect string) { // SQLite belongs to one machine
		p.mustBuild(t, dialect, "take-over")
		t.Log(p.node("instances.mjs", "--exec", p.serve, "--dialect", dialect).run(t))
	})
}
