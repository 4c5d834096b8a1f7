package app

import (
	"errors"
	"os"
	"path"
	"strings"

	"github.com/spf13/cobra"
)

// newHelmVet is what the Helm plugin runs: helm vet [NAME] CHART.
func newHelmVet(s Streams) *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use:    "helm-vet [NAME] CHART",
		Short:  "Judge the values of a release, named as for helm install",
		Hidden: true,
		Long: `Takes the arguments of helm install or helm upgrade --install, and reports what is
wrong with the values that the chart would get. Nothing is installed, and no
cluster is asked.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 bad usage or
unreadable input, 3 a defect of helmvet's own. So it can stand before an
installation: helm vet -f values.yaml CHART && helm install ...`,
		Example: `  helm vet -f values.yaml ./tenant
  helm vet t0100 tenant-100.0.1.tgz -n voice -f common.yaml -f westus2.yaml --set images.tenant.tag=100.0.1000076`,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 1:
				f.chart = args[0]
			case 2:
				f.release, f.chart = args[0], args[1]
			default:
				return errors.New("name the chart: helm vet [NAME] CHART -f values.yaml")
			}
			if _, err := os.Stat(f.chart); err != nil && !strings.HasSuffix(f.chart, ".tgz") {
				f.chart = path.Base(f.chart) // of a repository or registry, which is not asked
			}
			// Helm takes -n for itself and tells it this way; "default" is what it
			// says when nobody named one.
			if ns := os.Getenv("HELM_NAMESPACE"); f.namespace == "" && ns != "default" {
				f.namespace = ns
			}
			return runLint(cmd.Context(), s, &f, nil)
		},
	}
	f.register(cmd)
	for _, name := range []string{"chart", "release", "changed"} {
		_ = cmd.Flags().MarkHidden(name)
	}
	cmd.SetUsageTemplate(strings.ReplaceAll(cmd.UsageTemplate(), "{{.UseLine}}", "helm vet [NAME] CHART [flags]"))
	return cmd
}
