# helmvet. `make help` lists what there is.

GO          ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.1.4
CORPUS      ?= ../shared/corpus
BIN         := bin/helmvet
LDFLAGS     := -s -w
FUZZTIME    ?= 20s
MUTANTS     ?= 1000
VERSION     ?= 0.0.0-dev

.PHONY: help build test test-integration pack-report lint docs generate corpus catalog bench fuzz vscode release-dry-run vuln reproducible hostile clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 20

build: ## the binary, in bin/
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/helmvet

test: ## all tests
	$(GO) test ./...

test-integration: ## tests with other tools: conftest, cue, chromium, helm, pre-commit, nvim
	$(GO) test -tags integration -run Integration -timeout 20m -count=1 ./internal/bench ./internal/app ./internal/packbuild ./internal/lsp ./editors/vscode

vscode: ## the extension for VS Code, bin/helmvet.vsix; needs no network
	@mkdir -p bin
	$(GO) run ./editors/vscode bin/helmvet.vsix

lint: ## static checks of the Go and the Rego
	@test -z "$$(gofmt -l cmd editors internal schema policies)" || { gofmt -l cmd editors internal schema policies; echo "run: gofmt -w ."; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags integration ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) test -run 'Style|Stale' ./policies/... ./internal/docgen/... ./internal/pack/...
	@if command -v regal >/dev/null 2>&1; then regal lint policies; else echo "regal is not installed; the rules of policies_test.go stand in for it"; fi

docs: ## rewrite docs/rules, docs/coverage.md and the sample output in README.md
	$(GO) test ./internal/docgen -run Stale -update
	$(GO) test ./internal/app -run README -update

generate: ## rewrite what is generated from the packs
	$(GO) generate ./...

corpus: build ## run on the vendors' files beside the repository
	@test -d $(CORPUS) || { echo "no corpus at $(CORPUS); set CORPUS=DIR"; exit 1; }
	HELMVET_CORPUS=$(abspath $(CORPUS)) $(GO) test ./internal/app ./internal/linter -run "Corpus|CRDOracle" -count=1 -v

catalog: ## run the fragments of the fact catalog beside the repository
	HELMVET_CATALOG=$(abspath $(CORPUS))/../catalog $(GO) test ./internal/linter -run Catalog -count=1 -v

pack-report: ## what the tests of the built-in packs reach, and mistakes that no rule catches
	HELMVET_MUTANTS=$(MUTANTS) $(GO) test ./internal/packtest -run BuiltinReport -count=1 -v -timeout 30m

bench: ## benchmarks: parse, merge, schema, policy, fleets, cold start
	$(GO) test -run '^$$' -bench . -benchmem ./internal/values ./internal/core ./internal/cuecheck ./internal/regocheck ./internal/linter ./internal/lsp
	$(GO) test -run '^$$' -bench Fleet -benchmem -benchtime 3x ./internal/app
	$(GO) run ./internal/bench

fuzz: ## fuzz each target for FUZZTIME
	@for pkg in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$pkg 2>/dev/null | grep '^Fuzz'); do \
	    echo "$$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
	  done; done

release-dry-run: ## what a release holds, in dist/: archives, plugin, image, SBOMs, checksums
	$(GO) run ./internal/release -o dist -version $(VERSION)

hostile: ## inputs that mean harm, through every command: time, memory, messages
	HELMVET_HOSTILE=1 $(GO) test ./internal/app -run Hostile -count=1 -timeout 60m

vuln: ## known vulnerabilities of what is used; asks vuln.go.dev
	$(GO) run $(GOVULNCHECK) ./...

reproducible: ## build twice, from two folders and with empty caches; the bytes must be the same
	@tmp=$$(mktemp -d) && trap 'chmod -R u+w "$$tmp"; rm -rf "$$tmp"' EXIT && \
	cp -R . "$$tmp/elsewhere" && \
	GOCACHE=$$tmp/cache1 $(GO) build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o "$$tmp/one" ./cmd/helmvet && \
	(cd "$$tmp/elsewhere" && GOCACHE=$$tmp/cache2 $(GO) build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o "$$tmp/two" ./cmd/helmvet) && \
	cmp "$$tmp/one" "$$tmp/two" && sha256sum "$$tmp/one" | sed 's/ .*/  helmvet/'

clean: ## remove what the build made
	rm -rf bin dist
