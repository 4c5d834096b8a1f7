package chaingraph

import (
	"fmt"
	"slices"
	"strings"
)

// Text writes one line for each move: the way, or what the chain leads to
// instead.
func Text(moves []Move) string {
	var b strings.Builder
	for _, m := range moves {
		fmt.Fprintf(&b, "%s: %s\n", m.subject(), m.way())
	}
	return b.String()
}

func (m Move) subject() string {
	if m.Service == "" {
		return m.Owner
	}
	return m.Owner + ", service " + m.Service
}

func (m Move) way() string {
	blocked := m.From + " -x-> " + m.To
	switch {
	case len(m.Path) > 0:
		hops := "1 hop"
		if n := len(m.Path) - 1; n != 1 {
			hops = fmt.Sprintf("%d hops", n)
		}
		return fmt.Sprintf("%s (%s, chain %s)", strings.Join(m.Path, " -> "), hops, m.Chain.Label())
	case m.Chain != nil:
		there := m.Chain.Reachable(m.From)
		if len(there) == 0 {
			return fmt.Sprintf("%s (chain %s leads nowhere from there)", blocked, m.Chain.Label())
		}
		return fmt.Sprintf("%s (chain %s leads to %s only)", blocked, m.Chain.Label(), strings.Join(there, ", "))
	case m.Named != "":
		return fmt.Sprintf("%s -?-> %s (chain %s is not among the manifests)", m.From, m.To, m.Named)
	case m.Service == "":
		return fmt.Sprintf("%s -?-> %s (no ClusterTemplateChain among the manifests lists %s)", m.From, m.To, m.From)
	}
	return blocked + " (the service names no chain)"
}

// Mermaid draws the chains of the moves as a flowchart: every template and every
// allowed step, thick where the move goes, dotted where a step is missing.
func Mermaid(moves []Move) string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i, m := range moves {
		d := drawing{b: &b, prefix: fmt.Sprintf("m%d", i)}
		fmt.Fprintf(&b, "  subgraph %s[\"%s\"]\n", d.prefix, escape(m.title()))
		d.move(m)
		b.WriteString("  end\n")
	}
	return b.String()
}

func (m Move) title() string {
	if m.Chain == nil {
		return m.subject()
	}
	return m.subject() + ", chain " + m.Chain.Label()
}

type drawing struct {
	b      *strings.Builder
	prefix string
	nodes  []string
}

func (d *drawing) move(m Move) {
	templates := []string{m.From, m.To}
	if m.Chain != nil {
		templates = append(slices.Clone(m.Chain.Templates), templates...)
	}
	for _, t := range templates {
		d.node(t)
	}
	if m.Chain != nil {
		for _, from := range m.Chain.Templates {
			for _, to := range m.Chain.Next(from) {
				arrow := "-->"
				if i := slices.Index(m.Path, from); i >= 0 && i+1 < len(m.Path) && m.Path[i+1] == to {
					arrow = "==>"
				}
				fmt.Fprintf(d.b, "    %s %s %s\n", d.node(from), arrow, d.node(to))
			}
		}
	}
	if len(m.Path) == 0 {
		fmt.Fprintf(d.b, "    %s -. no way .-> %s\n", d.node(m.From), d.node(m.To))
	}
}

// node returns the id of a template, and declares it when it is new.
func (d *drawing) node(template string) string {
	i := slices.Index(d.nodes, template)
	if i < 0 {
		i = len(d.nodes)
		d.nodes = append(d.nodes, template)
		fmt.Fprintf(d.b, "    %st%d[\"%s\"]\n", d.prefix, i, escape(template))
	}
	return fmt.Sprintf("%st%d", d.prefix, i)
}

// escape writes a text for a quoted label.
func escape(s string) string {
	return strings.NewReplacer(`"`, "#quot;", "#", "#35;", "<", "#lt;", ">", "#gt;", "\n", " ").Replace(s)
}
