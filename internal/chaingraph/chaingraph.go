// Package chaingraph reads k0rdent's template chains as graphs, finds the way
// of each template that changes, and draws it. It judges nothing; the rules of
// the pack k0rdent do.
package chaingraph

import (
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// SystemNamespace is where k0rdent runs when nothing tells another namespace.
const SystemNamespace = "kcm-system"

const group = "k0rdent.mirantis.com/"

// Chain is a ServiceTemplateChain or a ClusterTemplateChain.
type Chain struct {
	Kind, Namespace, Name string
	Templates             []string // supported, in the order of the object
	next                  map[string][]string
}

// Move is a template that changes: that of a service, or that of a cluster.
type Move struct {
	Owner    string // ClusterDeployment tenant42/edge-1
	Service  string // namespace/name; "" when the cluster's own template changes
	From, To string
	Chain    *Chain   // that should lead there; nil when none is named, or given
	Named    string   // the chain that the service names
	Path     []string // a shortest way, from From to To; nil when there is none
}

// Objects returns the Kubernetes objects of documents, Lists taken apart.
func Objects(docs []*values.Document) []*values.Node {
	var out []*values.Node
	var collect func(n *values.Node)
	collect = func(n *values.Node) {
		if items := n.Get("items"); items != nil && items.Value.Kind == values.List {
			for _, it := range items.Value.Items {
				collect(it)
			}
			return
		}
		if n.Kind == values.Map {
			out = append(out, n)
		}
	}
	for _, d := range docs {
		for _, r := range d.Roots {
			collect(r)
		}
	}
	return out
}

// Chains returns the chains among the objects, in their order.
func Chains(objects []*values.Node) []*Chain {
	var out []*Chain
	for _, o := range objects {
		kind := text(o, "kind")
		if !ours(o) || kind != "ServiceTemplateChain" && kind != "ClusterTemplateChain" {
			continue
		}
		c := &Chain{Kind: kind, Namespace: text(o, "metadata", "namespace"), Name: text(o, "metadata", "name"), next: map[string][]string{}}
		for _, e := range items(o, "spec", "supportedTemplates") {
			name := text(e, "name")
			if name == "" || slices.Contains(c.Templates, name) {
				continue
			}
			c.Templates = append(c.Templates, name)
			for _, u := range items(e, "availableUpgrades") {
				if to := text(u, "name"); to != "" && !slices.Contains(c.next[name], to) {
					c.next[name] = append(c.next[name], to)
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// Next returns the templates that may follow a template.
func (c *Chain) Next(template string) []string { return c.next[template] }

// Label is what the chain is called, with its namespace.
func (c *Chain) Label() string { return join(c.Namespace, c.Name) }

// Path returns a shortest way between two templates of the chain; of several,
// the one whose templates stand first in the object. It is nil when there is
// none, and when the chain does not support one of the two.
func (c *Chain) Path(from, to string) []string {
	if !slices.Contains(c.Templates, from) || !slices.Contains(c.Templates, to) {
		return nil
	}
	before, queue := map[string]string{from: ""}, []string{from}
	for len(queue) > 0 && queue[0] != to {
		at := queue[0]
		queue = queue[1:]
		for _, n := range c.next[at] {
			if _, seen := before[n]; !seen && slices.Contains(c.Templates, n) {
				before[n] = at
				queue = append(queue, n)
			}
		}
	}
	if len(queue) == 0 {
		return nil
	}
	var path []string
	for at := to; at != ""; at = before[at] {
		path = append(path, at)
	}
	slices.Reverse(path)
	return path
}

// Reachable returns the templates that the chain leads to from a template,
// without that one, in the order of the chain.
func (c *Chain) Reachable(from string) []string {
	var out []string
	for _, t := range c.Templates {
		if t != from && c.Path(from, t) != nil {
			out = append(out, t)
		}
	}
	return out
}

// Moves compares the objects before and after a change. A chain counts where
// its object is looked up: beside a ClusterDeployment, or in the system
// namespace, which access rules may distribute from.
func Moves(old, new []*values.Node, systemNamespace string) []Move {
	if systemNamespace == "" {
		systemNamespace = SystemNamespace
	}
	chains := Chains(new)
	var out []Move
	for _, n := range new {
		kind := text(n, "kind")
		if !ours(n) || kind != "ClusterDeployment" && kind != "MultiClusterService" {
			continue
		}
		i := slices.IndexFunc(old, func(o *values.Node) bool {
			return ours(o) && text(o, "kind") == kind && text(o, "metadata", "name") == text(n, "metadata", "name") &&
				text(o, "metadata", "namespace") == text(n, "metadata", "namespace")
		})
		if i < 0 {
			continue
		}
		owner := kind + " " + join(text(n, "metadata", "namespace"), text(n, "metadata", "name"))
		places := []string{text(n, "metadata", "namespace"), systemNamespace}
		if kind == "MultiClusterService" {
			places = places[1:]
		}
		if from, to := text(old[i], "spec", "template"), text(n, "spec", "template"); from != to && from != "" && to != "" && kind == "ClusterDeployment" {
			out = append(out, clusterMove(owner, from, to, chains, places))
		}
		for _, s := range items(n, "spec", "serviceSpec", "services") {
			for _, before := range items(old[i], "spec", "serviceSpec", "services") {
				from, to := text(before, "template"), text(s, "template")
				if serviceKey(before) != serviceKey(s) || from == to || from == "" || to == "" {
					continue
				}
				m := Move{Owner: owner, Service: serviceKey(s), From: from, To: to, Named: text(s, "templateChain")}
				if m.Chain = lookup(chains, "ServiceTemplateChain", m.Named, places); m.Chain != nil {
					m.Path = m.Chain.Path(from, to)
				}
				out = append(out, m)
			}
		}
	}
	return out
}

// clusterMove takes the chain with a shortest way, for a cluster names none.
func clusterMove(owner, from, to string, chains []*Chain, places []string) Move {
	m := Move{Owner: owner, From: from, To: to}
	for _, c := range chains {
		if c.Kind != "ClusterTemplateChain" || !slices.Contains(places, c.Namespace) || !slices.Contains(c.Templates, from) {
			continue
		}
		path := c.Path(from, to)
		if m.Chain == nil || path != nil && (m.Path == nil || len(path) < len(m.Path)) {
			m.Chain, m.Path = c, path
		}
	}
	return m
}

func lookup(chains []*Chain, kind, name string, places []string) *Chain {
	for _, ns := range places {
		for _, c := range chains {
			if c.Kind == kind && c.Name == name && c.Namespace == ns && name != "" {
				return c
			}
		}
	}
	return nil
}

func serviceKey(s *values.Node) string {
	ns := text(s, "namespace")
	if ns == "" {
		ns = "default"
	}
	return join(ns, text(s, "name"))
}

func join(namespace, name string) string {
	if namespace == "" {
		return name
	}
	return namespace + "/" + name
}

func ours(o *values.Node) bool { return strings.HasPrefix(text(o, "apiVersion"), group) }

func text(n *values.Node, path ...string) string {
	if v := n.Lookup(lint.Keys(path...)); v != nil && v.Kind == values.String {
		return v.Str
	}
	return ""
}

func items(n *values.Node, path ...string) []*values.Node {
	if v := n.Lookup(lint.Keys(path...)); v != nil && v.Kind == values.List {
		return v.Items
	}
	return nil
}
