// Package regocheck is the policy engine: it compiles the Rego of the chosen
// packs once and runs their rules against values, manifests and fleets.
//
// A rule is the package policies[pack][rule] with a partial set `findings`; the
// conventions are in docs/architecture.md. Rules see only their input and the
// library packages, so every run on the same input gives the same findings:
// built-in functions that reach for the network, the clock, the environment or
// chance do not exist for them.
//
// The order of work is Compile, then Eval for each Input (from as many
// goroutines as wanted), then Input.Locate, which turns paths into places.
// Describe reads what rules say about themselves.
package regocheck
