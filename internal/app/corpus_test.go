package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/app"
)

// corpusEnv are values for the variables of the vendor's files.
const corpusEnv = `IMAGE_REGISTRY=registry.example.com
TENANT_UUID=3f0c8d52-6a1e-4b7f-9c25-8e41d7a60100
TENANT_SID=100
LOCATION=/USW1
SIP_DOMAIN=t0100.voice.example.com
GAUTH_NAMESPACE=gauth
DNS_SCOPE=cluster.local
CONSUL_DC_LOCATION=westus2
`

// TestCorpus runs on the vendors' files, which lie beside the repository. None
// of them may give an error, alone or layered.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	env := filepath.Join(t.TempDir(), "corpus.env")
	if err := os.WriteFile(env, []byte(corpusEnv), 0o644); err != nil {
		t.Fatal(err)
	}
	tenant := filepath.Join(dir, "genesys-multicloud-services/services/tenant/02_chart_tenant")
	for _, platform := range []string{"", "gke", "k8s", "openshift"} {
		args := []string{"lint", "--env-file", env, "--release", "t100", "-n", "voice", "-f", filepath.Join(tenant, "override_values.yaml")}
		if platform != "" {
			args = append(args, "-f", filepath.Join(tenant, "override_values_"+platform+".yaml"))
		}
		args = append(args, "-f", filepath.Join(tenant, "01_release_t100/override_values.yaml"))
		for _, complete := range []string{"--complete=false", "--complete"} {
			if out := lintCorpus(t, append(args, complete)...); strings.Contains(out, ": error: ") {
				t.Errorf("the tenant on %q has errors\n%s", platform, out)
			} else {
				t.Logf("tenant on %q %s:\n%s", platform, complete, out)
			}
		}
	}
	files := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".yaml" {
			return err
		}
		files++
		for _, args := range [][]string{{"lint", name}, {"lint", "--env-file", env, name}} {
			out := lintCorpus(t, args...)
			// Variables that a deployment script sets are no mistake of the file.
			for line := range strings.SplitSeq(out, "\n") {
				if strings.Contains(line, ": error: ") && !vendorMistakes.MatchString(line) && !(len(args) > 2 && strings.Contains(line, "[core/placeholder]")) {
					t.Errorf("%s", line)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", files)
}

func lintCorpus(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := app.Run(context.Background(), args, app.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	if code > 1 {
		t.Errorf("helmvet %s: exit code %d\n%s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// TestCorpusK0rdent runs on k0rdent's own manifests, one by one and as a folder,
// with and without values for their variables. No rule of the pack has
// anything to say about them.
func TestCorpusK0rdent(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	config := filepath.Join(dir, "k0rdent-kcm/config/dev")
	names, err := filepath.Glob(filepath.Join(config, "*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no manifests: %v", err)
	}
	for _, name := range append(names, config) {
		for _, env := range [][]string{nil, {"--env", "NAMESPACE=kcm-system", "--env", "CLUSTER_NAME_SUFFIX=dev", "--complete"}} {
			out := lintCorpus(t, append(append([]string{"lint", "--output", "json"}, env...), name)...)
			if !strings.Contains(out, `"k0rdent"`) {
				t.Errorf("%s is not judged by the pack", name)
			}
			if strings.Contains(out, `"k0rdent/`) {
				t.Errorf("%s %v\n%s", name, env, out)
			}
		}
	}
}

// TestCorpusInit writes the project file of the vendor's tree and lints what it
// names. By hand there are 20 folders of releases and one chart without any.
func TestCorpusInit(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	tree := filepath.Join(dir, "genesys-multicloud-services")
	byHand := 0
	for _, pattern := range []string{"services/*/[0-9][0-9]_chart_*/[0-9][0-9]_release_*", "services/designer/01_chart_designer"} {
		hits, err := filepath.Glob(filepath.Join(tree, pattern))
		if err != nil {
			t.Fatal(err)
		}
		byHand += len(hits)
	}
	var text bytes.Buffer
	if code := app.Run(context.Background(), []string{"init", "--stdout", tree}, app.Streams{Out: &text, Err: &text}); code != 0 {
		t.Fatalf("init: exit code %d\n%s", code, text.String())
	}
	copied := filepath.Join(t.TempDir(), "tree")
	if err := os.CopyFS(copied, os.DirFS(tree)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(copied, ".helmvet.yaml")
	for _, platform := range []string{"", "gke", "openshift"} {
		cfg := text.String()
		if platform != "" {
			cfg = strings.Replace(cfg, "# platform: aks", "platform: "+platform, 1)
		}
		if err := os.WriteFile(name, []byte(cfg), 0o644); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		code := app.Run(context.Background(), []string{"lint", "--config", name, "--output", "json"}, app.Streams{Out: &out, Err: &errs})
		if code > 1 {
			t.Fatalf("lint: exit code %d\n%s", code, errs.String())
		}
		var report struct {
			Summary struct{ Releases int }
		}
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
		if report.Summary.Releases != byHand || byHand != 21 {
			t.Errorf("platform %q: %d releases found, %d by hand", platform, report.Summary.Releases, byHand)
		}
	}
}
