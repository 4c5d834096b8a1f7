package regocheck

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// generated is a pack of n rules of ordinary size.
func generated(n int) Source {
	fs := fstest.MapFS{"lib/lib.rego": {Data: []byte(`package policies.bench.lib

mounts contains {"path": ["groups", group, "mounts", i], "mount": mount} if {
	some group
	some i, mount in input.expanded.groups[group].mounts
}

volume_names contains volume.name if {
	some group
	some volume in input.expanded.groups[group].volumes
}
`)}}
	for i := range n {
		text := fmt.Sprintf(`import data.policies.bench.lib

findings contains {"path": ["groups", group, "host"], "message": msg} if {
	some group, content in input.values.groups
	content.enabled
	not startswith(content.host, "host-")
	msg := sprintf("host %%q of group %%s does not begin with %%q; rename it", [content.host, group, "host-%d"])
}

findings contains {"path": array.concat(entry.path, ["name"]), "message": msg} if {
	some entry in lib.mounts
	not entry.mount.name in lib.volume_names
	not endswith(entry.mount.mountPath, "/extra%d")
	msg := sprintf("mount %%q has no volume; declare it or remove the mount", [entry.mount.name])
}

findings contains {"path": ["replicas"], "message": "replicas are too many"} if input.values.replicas > limit

limit := %d if input.release.name == "big"

else := 100
`, i, i, 1000+i)
		for name, f := range rules("bench", map[string]string{fmt.Sprintf("rule-%02d", i): text}) {
			fs[name] = f
		}
	}
	return Source{Pack: "bench", FS: fs, Trusted: true}
}

func generatedValues(t testing.TB) *Tree {
	var b strings.Builder
	b.WriteString("replicas: 3\ngroups:\n")
	for i := range 20 {
		fmt.Fprintf(&b, `  group%d:
    enabled: true
    host: host-%d.example.com
    image: {repository: registry.example.com/app, tag: "1.%d", pullPolicy: IfNotPresent}
    volumes: |
      - name: vol%d
        secret:
          secretName: secret%d
    mounts:
      - name: vol%d
        mountPath: /opt/app/%d
        readOnly: true
`, i, i, i, i, i, i, i)
	}
	return tree(t, b.String())
}

func BenchmarkCompile(b *testing.B) {
	for _, trusted := range []bool{false, true} {
		b.Run(fmt.Sprintf("trusted=%t", trusted), func(b *testing.B) {
			s := generated(40)
			s.Trusted = trusted
			b.ReportAllocs()
			for b.Loop() {
				compile(b, []Source{s}, Options{})
			}
		})
	}
}

func BenchmarkEval(b *testing.B) {
	p := compile(b, []Source{generated(40)}, Options{})
	node := generatedValues(b).Node
	b.ReportAllocs()
	for b.Loop() {
		run(b, p, &Input{Values: NewTree(node)})
	}
}

func BenchmarkInput(b *testing.B) {
	node := generatedValues(b).Node
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (&Input{Values: NewTree(node)}).document("bench", keyValues|keyExpanded); err != nil {
			b.Fatal(err)
		}
	}
}

// The generated rules must do what ordinary rules do, or the numbers mean nothing.
func TestGeneratedRules(t *testing.T) {
	t.Parallel()
	p := compile(t, []Source{generated(3)}, Options{Strict: true})
	if got := run(t, p, &Input{Values: generatedValues(t)}); len(got) != 0 {
		t.Errorf("good values: %v", brief(got))
	}
	bad := tree(t, "replicas: 2000\ngroups: {g: {enabled: true, host: x, mounts: [{name: v, mountPath: /m}]}}\n")
	if got := run(t, p, &Input{Values: bad}); len(got) != 9 {
		t.Errorf("bad values: %v", brief(got))
	}
}
