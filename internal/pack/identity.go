package pack

import "github.com/helmvet/helmvet/internal/cuecheck"

//go:generate go run ./gen
//go:generate go run ./schemas

// BuiltinNames are the product packs that are built in, in the order in which
// they are asked.
var BuiltinNames = []string{"genesys-tenant", "genesys-tenant-monitor", "genesys-suite", "k0rdent", "usage-engine"}

// IdentityOf is what a pack.cue tells of whose values the pack judges.
func IdentityOf(i cuecheck.PackInfo) Identity {
	id := Identity{
		Name: i.Name, Title: i.Title, Description: i.Description,
		Charts: i.Charts, Markers: i.Markers, Keys: i.Keys, Exclude: i.Not, Never: i.Never, Kinds: i.Kinds, Fleet: i.Fleet, Beside: i.Beside,
		WholeAt: i.Whole.AtLeast, WholeOf: i.Whole.Of, Version: i.Version, Requires: i.Requires,
	}
	if len(i.Cites) > 0 {
		id.Cites = make(map[string]Cite, len(i.Cites))
		for rule, c := range i.Cites {
			id.Cites[rule] = Cite{Facts: c.Facts, Severity: c.Severity, Final: c.Final, By: c.By}
		}
	}
	return id
}
