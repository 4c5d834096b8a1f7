package cuecheck_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/values"
)

// product makes a schema of about 450 lines and values of about 300, as large
// as those of a real product.
func product() (schema, text string) {
	var s, v strings.Builder
	s.WriteString("#Values: {\n\tid!: =~\"^[0-9a-f]{4}$\"\n")
	v.WriteString("id: 0aff\n")
	for i := range 30 {
		fmt.Fprintf(&s, "\t// Component %d.\n\tpart%d?: #Part%d @facts(\"F-%d\") @expect(\"a mapping\")\n", i, i, i, i)
		fmt.Fprintf(&v, "part%d:\n  image:\n    tag: 1.2.%d\n    enable: \"true\"\n  replicas: %d\n  mode: full\n  pwd:\n    secretName: /x/y\n  volumes: |\n    - name: a\n", i, i, i%9+1)
	}
	s.WriteString("}\n#Image: {tag?: =~\"^[0-9.]+$\", enable?: \"true\" | \"false\"}\n#Ref: {secretName!: string}\n#Volume: {name?: string}\n")
	for i := range 30 {
		fmt.Fprintf(&s, "#Part%d: {\n\t// The image.\n\timage?: #Image @facts(\"F-%d\")\n\t// How many.\n\treplicas?: int & >0 & <10 @rule(\"acme/count\", severity=error)\n\t// What it does.\n\tmode?: \"full\" | \"part\" @expect(\"full or part\")\n\tpwd?: #Ref | string @secret()\n\tvolumes?: [...#Volume] @yaml()\n}\n", i, i)
	}
	return s.String(), v.String()
}

func BenchmarkCompile(b *testing.B) {
	schema, _ := product()
	fsys := pack(map[string]string{"values.cue": schema})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cuecheck.Compile("acme", fsys); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	schema, text := product()
	fsys := pack(map[string]string{"values.cue": schema})
	d := values.Parse("v.yaml", []byte(text), values.DefaultLimits)
	if len(d.Problems) > 0 {
		b.Fatal(d.Problems)
	}
	check := func(b *testing.B, s *cuecheck.Schema) {
		if r := s.Check(d.Values(), cuecheck.Options{Whole: true}); len(r.Findings) > 0 {
			b.Fatal(lines(r))
		}
	}
	b.Run("first", func(b *testing.B) { // with what is worked out on first use
		for b.Loop() {
			b.StopTimer()
			s, err := cuecheck.Compile("acme", fsys)
			if err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			check(b, s)
		}
	})
	b.Run("next", func(b *testing.B) {
		s, err := cuecheck.Compile("acme", fsys)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			check(b, s)
		}
	})
}
