package chaingraph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/chaingraph"
	"github.com/helmvet/helmvet/internal/values"
)

func objects(t testing.TB, text string) []*values.Node {
	t.Helper()
	d := values.Parse("objects.yaml", []byte(text), values.DefaultLimits)
	if len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	return chaingraph.Objects([]*values.Document{d})
}

func chain(name, namespace string, entries ...string) string {
	return fmt.Sprintf("---\napiVersion: k0rdent.mirantis.com/v1beta1\nkind: ServiceTemplateChain\nmetadata: {name: %s, namespace: %s}\nspec:\n  supportedTemplates:\n  - %s\n",
		name, namespace, strings.Join(entries, "\n  - "))
}

func deployment(services string) string {
	return "---\napiVersion: k0rdent.mirantis.com/v1beta1\nkind: ClusterDeployment\nmetadata: {name: edge-1, namespace: tenant42}\nspec:\n  template: aws-1\n  serviceSpec:\n    services:\n" + services
}

func TestPath(t *testing.T) {
	t.Parallel()
	c := chaingraph.Chains(objects(t, chain("c", "n",
		"{name: a, availableUpgrades: [{name: b}, {name: c}]}", "{name: b, availableUpgrades: [{name: c}, {name: a}]}",
		"{name: c, availableUpgrades: [{name: d}, {name: gone}]}", "{name: d}", "{name: e}", "{name: a}")))[0]
	for _, tt := range []struct{ from, to, want string }{
		{"a", "d", "a c d"}, {"a", "a", "a"}, {"d", "a", ""}, {"a", "e", ""}, {"a", "gone", ""}, {"x", "a", ""}, {"b", "a", "b a"},
	} {
		if got := strings.Join(c.Path(tt.from, tt.to), " "); got != tt.want {
			t.Errorf("%s to %s: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
	if got := strings.Join(c.Reachable("b"), " "); got != "a c d" {
		t.Errorf("b leads to %q", got)
	}
}

func TestDraw(t *testing.T) {
	t.Parallel()
	old := objects(t, deployment(`    - {name: a, template: a-1, templateChain: c}
    - {name: b, template: b-1, templateChain: sys}
    - {name: d, template: d-1}
    - {name: e, template: e-1, templateChain: lost}
    - {name: f, template: f-1, templateChain: c}
`))
	new := objects(t, strings.Replace(deployment(`    - {name: a, namespace: default, template: a-3, templateChain: c}
    - {name: b, template: b-3, templateChain: sys}
    - {name: d, template: d-2}
    - {name: e, template: e-2, templateChain: lost}
    - {name: f, template: f-1, templateChain: c}
`), "aws-1", "aws-2", 1)+chain("c", "tenant42", "{name: a-1, availableUpgrades: [{name: a-2}]}", "{name: a-2, availableUpgrades: [{name: a-3}]}", "{name: a-3}")+
		chain("sys", "kcm-system", "{name: b-1, availableUpgrades: [{name: b-2}]}", "{name: b-2}", "{name: b-3}"))
	moves := chaingraph.Moves(old, new, "")
	want := `ClusterDeployment tenant42/edge-1: aws-1 -?-> aws-2 (no ClusterTemplateChain among the manifests lists aws-1)
ClusterDeployment tenant42/edge-1, service default/a: a-1 -> a-2 -> a-3 (2 hops, chain tenant42/c)
ClusterDeployment tenant42/edge-1, service default/b: b-1 -x-> b-3 (chain kcm-system/sys leads to b-2 only)
ClusterDeployment tenant42/edge-1, service default/d: d-1 -x-> d-2 (the service names no chain)
ClusterDeployment tenant42/edge-1, service default/e: e-1 -?-> e-2 (chain lost is not among the manifests)
`
	if diff := cmp.Diff(want, chaingraph.Text(moves)); diff != "" {
		t.Error(diff)
	}
	want = `flowchart LR
  subgraph m0["ClusterDeployment tenant42/edge-1, service default/a, chain tenant42/c"]
    m0t0["a-1"]
    m0t1["a-2"]
    m0t2["a-3"]
    m0t0 ==> m0t1
    m0t1 ==> m0t2
  end
  subgraph m1["ClusterDeployment tenant42/edge-1, service default/b, chain kcm-system/sys"]
    m1t0["b-1"]
    m1t1["b-2"]
    m1t2["b-3"]
    m1t0 --> m1t1
    m1t0 -. no way .-> m1t2
  end
`
	if diff := cmp.Diff(want, chaingraph.Mermaid(moves[1:3])); diff != "" {
		t.Error(diff)
	}
}

func TestClusterTemplates(t *testing.T) {
	t.Parallel()
	cluster := func(kind, template string) string {
		return fmt.Sprintf("---\napiVersion: k0rdent.mirantis.com/v1beta1\nkind: %s\nmetadata: {name: edge-1, namespace: team}\nspec: {template: %s}\n", kind, template)
	}
	long := strings.Replace(chain("long", "team", "{name: t-1, availableUpgrades: [{name: t-2}]}", "{name: t-2, availableUpgrades: [{name: t-3}]}", "{name: t-3}"), "Service", "Cluster", 1)
	short := strings.Replace(chain("short", "team", "{name: t-1, availableUpgrades: [{name: t-3}]}", "{name: t-3}"), "Service", "Cluster", 1)
	moves := chaingraph.Moves(objects(t, cluster("ClusterDeployment", "t-1")), objects(t, cluster("ClusterDeployment", "t-3")+long+short), "")
	if got := chaingraph.Text(moves); got != "ClusterDeployment team/edge-1: t-1 -> t-3 (1 hop, chain team/short)\n" {
		t.Errorf("got %q", got)
	}
	foreign := strings.ReplaceAll(cluster("ClusterDeployment", "t-1"), "k0rdent.mirantis.com", "example.com")
	if moves := chaingraph.Moves(objects(t, foreign), objects(t, cluster("ClusterDeployment", "t-3")), ""); len(moves) > 0 {
		t.Errorf("an object of another group moves: %+v", moves)
	}
	list := "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A}\n- {apiVersion: v1, kind: B}\n"
	if n := len(objects(t, list)); n != 2 {
		t.Errorf("a List of two holds %d objects", n)
	}
}
