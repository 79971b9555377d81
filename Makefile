# make demo   a running auth server in ./demo, on http://localhost:3000 (PORT overrides)
# make test   every test; installs and starts the services it needs
.PHONY: build demo test lint generate golden record bench fuzz programs recipes everywhere clean

build:
	@scripts/build.sh

demo: build
	@scripts/demo.sh

test:
	@scripts/test.sh

lint:
	@scripts/lint.sh

# The checked-in results of our own generator: the reference application's seams, the list of plugins.
generate:
	go generate ./plugins ./generator/provider
	cp go.mod templates/text/go.mod.txt
	go test ./generator/render -run TestReferenceSeams -update
	go test ./generator/config -update

# Golden files; refused unless the tree they describe compiles. And the session that README.md shows.
golden:
	go test ./generator -run TestGolden -update
	go test ./cmd/betterauth-gen/cli -run TestReadmeSession -update

# Records a project as this version generates it, for TestUpgrades: make record NAME=04-passkeys
record:
	go test ./generator -run TestRecord -record $(NAME)

bench:
	@scripts/bench.sh

fuzz:
	@scripts/fuzz.sh

# Our migration files under goose, golang-migrate and Atlas themselves.
programs:
	@scripts/services.sh up
	@eval "$$(scripts/services.sh env)" && CI_SERVICES=1 BETTERAUTH_PROGRAMS=1 go test ./generator/migration/live -run 'Program$$'

# The recipes of docs/frameworks.md for frameworks with packages of their own, which npm installs: about a gigabyte.
recipes:
	@scripts/node.sh --recipes
	@CI_SERVICES=1 BETTERAUTH_RECIPES=1 go test ./e2e -run 'OwnPackages$$' -count=1 -v

# The comparison with Better Auth, every configuration on every database.
everywhere:
	@scripts/services.sh up
	@scripts/node.sh
	@eval "$$(scripts/services.sh env)" && CI_SERVICES=1 E2E_EVERYWHERE=1 go test ./e2e -run '^TestDifferential$$' -count=1 -v -timeout 60m

clean:
	rm -rf bin demo .cache
