package upgrade

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// renames finds out where keys of the old chart went. A wrong answer would be
// worse than none, so it only answers what is certain: one mapping, and no
// other, with the same keys and mostly the same values; or one value, and no
// other, of the same name with the same unusual default.
type renames struct {
	old, new *side
	fresh    []place // all values of the new chart that the old one does not have
	// times is how often a default value stands in the old and in the new chart.
	times [2]map[string]int
}

type place struct {
	path lint.Path
	node *values.Node
}

func newRenames(before, after *side) *renames {
	r := &renames{old: before, new: after}
	for i, s := range []*side{before, after} {
		r.times[i] = map[string]int{}
		leaves(s.defaults, nil, func(_ lint.Path, n *values.Node) { r.times[i][literal(n)]++ })
	}
	after.defaults.Walk(nil, func(p lint.Path, n *values.Node) bool {
		if len(p) > 0 && p[len(p)-1].IsIndex {
			return false
		}
		if len(p) > 0 && !before.documents(p) {
			r.fresh = append(r.fresh, place{slices.Clone(p), n})
		}
		return true
	})
	return r
}

// of returns where the value at a path of the old chart went, nil when that is
// not certain.
func (r *renames) of(p lint.Path) lint.Path {
	n := r.old.defaults.Lookup(p)
	if n == nil {
		return nil
	}
	same := func(q place) bool {
		name := fold(p.Last().Key) == fold(q.path.Last().Key)
		if n.Kind == values.Map && len(n.Fields) > 0 {
			return r.alike(n, q.node, name)
		}
		if q.node.Kind != n.Kind || n.Kind == values.Map {
			return false
		}
		if name && q.path.Parent().Equal(p.Parent()) {
			return true // written in another way: node_port, nodePort
		}
		return name && r.telling(n) && reflect.DeepEqual(n.Any(), q.node.Any())
	}
	var found []lint.Path
	for _, q := range r.fresh {
		if same(q) {
			found = append(found, q.path)
		}
	}
	if len(found) != 1 || !r.only(p, n, found[0]) {
		return nil
	}
	return found[0]
}

// only reports whether no other value that is gone would have gone to the same
// place.
func (r *renames) only(p lint.Path, n *values.Node, to lint.Path) bool {
	target := r.new.defaults.Lookup(to)
	alone := true
	r.old.defaults.Walk(nil, func(q lint.Path, m *values.Node) bool {
		if len(q) == 0 || q.Equal(p) || r.new.has(q) {
			return alone
		}
		if q.Last().IsIndex {
			return false
		}
		if n.Kind == values.Map {
			alone = alone && !(len(q) == len(p) && r.alike(m, target, fold(q.Last().Key) == fold(to.Last().Key)))
		} else if fold(q.Last().Key) == fold(to.Last().Key) && m.Kind == n.Kind && reflect.DeepEqual(m.Any(), target.Any()) {
			alone = false
		}
		return alone
	})
	return alone
}

// alike reports whether a mapping lives on in another: all its keys are there,
// at least two of three values are the same, and one of them is found nowhere
// else. Without the same name, both must have exactly the same keys, three or
// more of them.
func (r *renames) alike(old, now *values.Node, sameName bool) bool {
	if old.Kind != values.Map || now.Kind != values.Map || len(old.Fields) == 0 {
		return false
	}
	total, equal, missing := 0, 0, 0
	telling := false
	leaves(old, nil, func(p lint.Path, n *values.Node) {
		total++
		m := now.Lookup(p)
		switch {
		case m == nil || m.Kind != n.Kind && n.Kind != values.Null && m.Kind != values.Null:
			missing++
		case reflect.DeepEqual(m.Any(), n.Any()):
			equal++
			telling = telling || r.telling(n)
		}
	})
	count := 0
	leaves(now, nil, func(lint.Path, *values.Node) { count++ })
	if missing > 0 || total < 2 || 3*equal < 2*total || !telling {
		return false
	}
	return sameName || total == count && total >= 3
}

// telling reports whether a default belongs to one key: it is unusual, and
// stands in each chart once.
func (r *renames) telling(n *values.Node) bool {
	return unusual(n) && r.times[0][literal(n)] == 1 && r.times[1][literal(n)] == 1
}

// literal is a value as text, with its kind.
func literal(n *values.Node) string { return fmt.Sprintf("%d %v", n.Kind, n.Any()) }

// unusual reports whether a default tells one key from another: true, 1 and ""
// stand everywhere.
func unusual(n *values.Node) bool {
	switch n.Kind {
	case values.String:
		return len(n.Str) >= 4 && !slices.Contains([]string{"true", "false", "none", "null", "info", "Always", "IfNotPresent", "ClusterIP"}, n.Str)
	case values.Number:
		return n.Number < 0 || n.Number > 10
	case values.List:
		return len(n.Items) > 0
	}
	return false
}

// maybe is the name of a key of the new chart that may have been meant, "" when
// none is near. It is only said, never acted upon.
func (r *renames) maybe(p lint.Path) string {
	n := r.old.defaults.Lookup(p)
	best, at := "", 4
	for _, q := range r.fresh {
		if n != nil && n.Kind != q.node.Kind && n.Kind != values.Null && q.node.Kind != values.Null {
			continue
		}
		d := 4
		switch a, b := fold(p.Last().Key), fold(q.path.Last().Key); {
		case a == b:
			d = 1
		case q.path.Parent().Equal(p.Parent()):
			if d = levenshtein.Distance(a, b, nil); d > min(len(a), len(b))/3 {
				d = 4
			}
			if d > 2 && len(a) > 3 && len(b) > 3 && (strings.Contains(a, b) || strings.Contains(b, a)) {
				d = 2
			}
		}
		switch {
		case d < at:
			best, at = q.path.String(), d
		case d == at:
			best = "" // several are as near
		}
	}
	if at == 4 {
		return ""
	}
	return best
}

// fold makes the ways to write a name equal.
func fold(key string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(key))
}
