package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/pipeline"
	"github.com/helmvet/helmvet/internal/values"
)

func TestRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string // LINE:COLUMN JOB TOOL: first and last word
	}{
		{"plan.sh", "set -e\n# helm upgrade\nhelm history uepe -n uepe\nA=1\n", []string{"1:1 - set: set..-e@1:5", "3:1 - helm: helm..uepe@3:22", "4:1 - : 1..1@4:1"}},
		{"gitlab.yml", "test:\n  script:\n    - helm repo update\n    - \"kubectl get pods\"\ndeploy:\n  variables: {RG: my-rg, N: 1}\n  script: |\n    helm list\n      kubectl get ns\n", []string{
			"3:7 test helm: helm..update@3:17", "4:8 test kubectl: kubectl..pods@4:20",
			"6:14 deploy : ..@6:29", "8:5 deploy helm: helm..list@8:10", "9:7 deploy kubectl: kubectl..ns@9:19",
		}},
		{"github.yaml", "jobs:\n  a:\n    steps:\n      - uses: x\n      - run: |\n          az login\n  b:\n    steps: [{run: helm list}]\n", []string{"6:11 jobs.a az: az..login@6:14", "8:19 jobs.b helm: helm..list@8:24"}},
		{"reference.yml", "deploy:\n  script:\n    - !reference [.base, script]\n    - helm list\n", []string{"4:7 deploy helm: helm..list@4:12"}},
		{"list.yaml", "steps:\n  - env: [{name: A, value: x}]\n    script: az login\n", []string{"2:10 steps : ..@2:28", "3:13 steps az: az..login@3:16"}},
		{"folded.yaml", "steps:\n  - bash: >-\n      helm\n      list\n", []string{"2:11 steps helm: helm..list@2:11"}},
	}
	for _, tt := range tests {
		steps, _, err := pipeline.Read(tt.name, []byte(tt.text), values.DefaultLimits)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, s := range steps {
			first, last := "", ""
			if n := len(s.Command.Words); n > 0 {
				first, last = s.Command.Words[0].Text, s.Command.Words[n-1].Text
			}
			job := s.Job
			if job == "" {
				job = "-"
			}
			end := s.Words[len(s.Words)-1]
			got = append(got, fmt.Sprintf("%d:%d %s %s: %s..%s@%d:%d", s.At.Line, s.At.Column, job, s.Tool, first, last, end.Line, end.Column))
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s:\n%s", tt.name, d)
		}
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plan.sh":     "helm list |\n",
		"plan.yaml":   "job: {script: \"helm list |\"}\n",
		"broken.yaml": "a: [\n",
	} {
		if _, _, err := pipeline.Read(name, []byte(text), values.DefaultLimits); err == nil || !strings.HasPrefix(err.Error(), name+":") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestNamespace wants HELM_NAMESPACE of the pipeline, the job and the step.
func TestNamespace(t *testing.T) {
	t.Parallel()
	text := "env: {HELM_NAMESPACE: outer}\njobs:\n  a:\n    steps: [{run: helm list}, {run: helm list, env: {HELM_NAMESPACE: inner}}, {run: helm list -n own}]\n  b:\n    variables: {HELM_NAMESPACE: $NS}\n    script: helm list\n"
	steps, _, err := pipeline.Read("p.yaml", []byte(text), values.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range steps {
		if s.Tool == "helm" {
			got = append(got, fmt.Sprintf("%s %t", s.Namespace.Text, s.Namespace.Known))
		}
	}
	if d := cmp.Diff([]string{"outer true", "inner true", "own true", "$NS false"}, got); d != "" {
		t.Error(d)
	}
}
