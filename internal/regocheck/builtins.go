package regocheck

import (
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// What a rule may not call, and what its author can do instead. A lint has to
// give the same result on every run and every machine.
const (
	noNetwork  = "policies cannot use the network; pass what the rule must know in through input.context"
	noClock    = "policies cannot read the clock; pass the date in through input.context"
	noChance   = "policies cannot use chance; findings must be the same on every run"
	noSystem   = "policies cannot see the environment; pass what the rule must know in through input.context"
	noKeys     = "policies do not verify or sign tokens and certificates; check the text instead"
	noMetadata = "METADATA is not loaded when rules run; write the text into the rule"
	noRego     = "policies cannot read policies"
	noTrace    = "trace has nowhere to write; run the rule with the opa command to debug it"
)

var forbiddenBuiltins = map[string]string{
	"http.send":              noNetwork,
	"net.lookup_ip_addr":     noNetwork,
	"providers.aws.sign_req": noNetwork,
	"time.now_ns":            noClock,
	"rand.intn":              noChance,
	"uuid.rfc4122":           noChance,
	"opa.runtime":            noSystem,
	"rego.metadata.chain":    noMetadata,
	"rego.metadata.rule":     noMetadata,
	"rego.parse_module":      noRego,
	"trace":                  noTrace,
	// These compare with the time of the run.
	"crypto.x509.parse_and_verify_certificates":              noKeys,
	"crypto.x509.parse_and_verify_certificates_with_options": noKeys,
}

// forbidden says why there is no such built-in function, or "".
func forbidden(name string) string {
	if strings.HasPrefix(name, "io.jwt.") {
		return noKeys
	}
	return forbiddenBuiltins[name]
}

// capabilities are OPA's without what is forbidden. Pure functions of the net
// family (net.cidr_contains and the like) stay.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(slices.Clone(c.Builtins), func(b *ast.Builtin) bool {
		return b.Nondeterministic || forbidden(b.Name) != ""
	})
	c.AllowNet = []string{} // empty, unlike nil: JSON Schemas are not fetched
	return c
})
