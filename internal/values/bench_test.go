package values_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/values"
)

// example writes a values file of about that many lines.
func example(lines int) []byte {
	var b strings.Builder
	for i := 0; i*13 < lines; i++ {
		fmt.Fprintf(&b, `service%d:
  image:
    repository: registry.example.com/team/app%d
    tag: "1.%d.0"
  replicas: %d
  enabled: true # as everywhere
  env:
    - name: LOG_LEVEL
      value: info
  url: 'https://example.com:8443/'
  volumes: |
    - name: data
      emptyDir: {}
`, i, i, i, i)
	}
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	data := example(300)
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		values.Parse("values.yaml", data, values.DefaultLimits)
	}
}

func BenchmarkMerge(b *testing.B) {
	l := values.Loader{Read: func(string) ([]byte, error) { return example(300), nil }}
	var layers []*values.Layer
	for range 3 {
		layer, _, err := l.Layer(values.File, "values.yaml")
		if err != nil {
			b.Fatal(err)
		}
		layers = append(layers, layer)
	}
	o := values.Options{Values: []string{"service1.image.tag=2,service2.replicas=3"}}
	b.ReportAllocs()
	for b.Loop() {
		v := values.MergeFiles(layers...)
		if problems := l.Apply(v, o); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
