package app_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/app"
)

// TestExamplesAreClean lints the example of a planned upgrade, which has no
// mistakes.
func TestExamplesAreClean(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	code := app.Run(t.Context(), []string{"lint", "--config", "../../examples/usage-engine/.helmvet.yaml"}, app.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	if code != 0 || out.Len() > 0 {
		t.Errorf("exit code %d\n%s%s", code, out.String(), errs.String())
	}
}
