package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/helmvet/helmvet/internal/app"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/xeipuuv/gojsonschema"
)

// TestCorpusChartSchemas reads a schema off every chart of the corpus, which
// must take the chart's own values.
func TestCorpusChartSchemas(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	n := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "Chart.yaml" {
			return err
		}
		at := filepath.Dir(name)
		data, err := os.ReadFile(filepath.Join(at, "values.yaml"))
		if err != nil {
			return nil //nolint:nilerr // a chart without values
		}
		for _, form := range []string{"overlay", "merged"} {
			var out, errs bytes.Buffer
			if code := app.Run(context.Background(), []string{"schema", "--chart", at, "--form", form}, app.Streams{Out: &out, Err: &errs}); code != 0 {
				t.Errorf("%s: exit code %d: %s", at, code, errs.String())
				continue
			}
			raw, err := json.Marshal(values.Parse(name, data, values.DefaultLimits).Values().Any())
			if err != nil {
				return err
			}
			r, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(out.Bytes()), gojsonschema.NewBytesLoader(raw))
			if err != nil {
				t.Errorf("%s: %v", at, err)
			} else if !r.Valid() {
				t.Errorf("%s %s: its own values are refused: %v", at, form, r.Errors())
			}
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d schemas", n)
}
