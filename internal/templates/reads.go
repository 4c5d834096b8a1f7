package templates

import (
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
)

// Site is a place in a template.
type Site struct {
	File string
	Line int
}

// Guard is a condition that is false with the values at hand, so that a
// template does not look at what stands below it.
type Guard struct {
	Path lint.Path // of the value that decides, from the root
	Want bool      // what it would have to be: set, or not
	Site Site
}

// Node is what templates do with the value at one path.
type Node struct {
	// Read: some template looks at the value; Deep: at everything below it, too.
	Read, Deep bool
	// Sites are the first few places that read it, those that are reached first.
	Sites []Site
	// Guards are the conditions that keep the templates from it, when nothing
	// reads it that is reached.
	Guards []Guard
	// Printed are the places where it is printed as it is, as a number of a file
	// would be; Quoted tells those that print it inside a text.
	Printed []Site
	Quoted  bool

	live     bool
	children map[string]*Node
	any      *Node
}

const mostSites = 6

func (n *Node) child(key string) *Node {
	if key == any_ {
		if n.any == nil {
			n.any = &Node{}
		}
		return n.any
	}
	c := n.children[key]
	if c == nil {
		if n.children == nil {
			n.children = map[string]*Node{}
		}
		c = &Node{}
		n.children[key] = c
	}
	return c
}

func (n *Node) mark(s Site, guard *Guard) {
	n.Read = true
	if guard == nil {
		if !n.live {
			n.live, n.Sites, n.Guards = true, nil, nil
		}
	} else {
		if n.live {
			return
		}
		if len(n.Guards) < mostSites && !slices.ContainsFunc(n.Guards, func(g Guard) bool { return g.Path.Equal(guard.Path) && g.Want == guard.Want }) {
			n.Guards = append(n.Guards, *guard)
		}
	}
	if len(n.Sites) < mostSites && !slices.Contains(n.Sites, s) {
		n.Sites = append(n.Sites, s)
	}
}

// Keys are the keys below the node that templates look at by name, sorted.
func (n *Node) Keys() []string {
	var out []string
	for k := range n.children {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Open reports whether templates look at keys below the node without knowing
// their names.
func (n *Node) Open() bool { return n.Deep || n.any != nil }

// Live reports whether a template that is reached reads the value or something
// below it.
func (n *Node) Live() bool {
	if n.live || n.any != nil && n.any.Live() {
		return true
	}
	for _, c := range n.children {
		if c.Live() {
			return true
		}
	}
	return false
}

// Lookup returns what is done with the values at the path: the nodes of that
// very path, several where a key is also read by a range, and whether something
// further up is read as a whole.
func (n *Node) Lookup(p lint.Path) (at []*Node, whole []*Node) {
	at = []*Node{n}
	for _, s := range p {
		var next []*Node
		for _, m := range at {
			if m.Deep {
				whole = append(whole, m)
			}
			if m.any != nil {
				next = append(next, m.any)
			}
			if c := m.children[s.Key]; c != nil && !s.IsIndex {
				next = append(next, c)
			}
		}
		at = next
	}
	return at, whole
}

// Walk calls f for each node that is read by name, in order.
func (n *Node) Walk(p lint.Path, f func(lint.Path, *Node)) {
	f(p, n)
	for _, k := range n.Keys() {
		n.children[k].Walk(p.Key(k), f)
	}
}
