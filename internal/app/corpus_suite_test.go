package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// vendorMistakes are the errors in the example values that the suite is right
// to report: user 0 together with runAsNonRoot can never start.
var vendorMistakes = regexp.MustCompile(`/designer/0[24]_chart_designer(-das)?/override_values_k8s\.yaml:.*\[genesys-suite/security-context\]$`)

// confessed are the rules that find what the example values call unfit for
// production, or what their comments leave open.
var confessed = []string{"replicas", "lab-settings", "recommended-priority", "secret-store", "security-context"}

// TestCorpusSuite lints each chart of the vendor's example values as a release:
// without context there is no error; in production there are the findings that
// the files themselves confess.
func TestCorpusSuite(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	env := filepath.Join(t.TempDir(), "corpus.env")
	if err := os.WriteFile(env, []byte(corpusEnv), 0o644); err != nil {
		t.Fatal(err)
	}
	production := filepath.Join(t.TempDir(), "production.yaml")
	if err := os.WriteFile(production, []byte("context: {genesys-suite: {environment: production}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	charts, err := filepath.Glob(filepath.Join(dir, "genesys-multicloud-services/services/*/*_chart_*"))
	if err != nil || len(charts) == 0 {
		t.Fatalf("no charts in %s: %v", dir, err)
	}
	found := map[string]bool{}
	for _, chart := range charts {
		_, name, _ := strings.Cut(filepath.Base(chart), "_chart_")
		releases, _ := filepath.Glob(filepath.Join(chart, "*_release_*"))
		for _, release := range releases {
			for _, platform := range []string{"", "_gke", "_aks", "_k8s", "_openshift"} {
				layers := []string{"lint", "--env-file", env, "--chart", name, "--release", filepath.Base(release)[len("01_release_"):]}
				for _, layer := range []string{"override_values.yaml", "override_values" + platform + ".yaml"} {
					if file := filepath.Join(chart, layer); fileExists(file) && !slices.Contains(layers, file) {
						layers = append(layers, "-f", file)
					}
				}
				layers = append(layers, "-f", filepath.Join(release, "override_values.yaml"))
				for line := range strings.SplitSeq(lintCorpus(t, layers...), "\n") {
					if strings.Contains(line, ": error: ") && strings.Contains(line, "[genesys-suite/") && !vendorMistakes.MatchString(line) {
						t.Errorf("%s", line)
					}
				}
				for line := range strings.SplitSeq(lintCorpus(t, append(layers, "--config", production)...), "\n") {
					_, rule, ok := strings.Cut(line, "[genesys-suite/")
					if !ok {
						continue
					}
					rule = strings.TrimSuffix(rule, "]")
					found[rule] = true
					if !slices.Contains(confessed, rule) {
						t.Logf("production: %s", line)
					}
				}
			}
		}
	}
	for _, rule := range confessed {
		if !found[rule] {
			t.Errorf("nothing is found by genesys-suite/%s in production", rule)
		}
	}
}

func fileExists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
