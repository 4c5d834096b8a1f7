package app_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/render"
	"github.com/helmvet/helmvet/testdata/fleet"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// rough are files that put into a report what formats have to take care of:
// flags as places, related places, fixes, control characters, markup, long
// spans, broken YAML, names with blanks.
var rough = map[string]string{
	"base.yaml": "tenantid: 9350e2fc-a1dd-1c65-8d40-1f75a2e00100\nimages:\n  tenant:\n    tag: 1.10\n  pgdbInit:\n    tag: 100.0.1000067\n    enable: yes\n" +
		"tenant:\n  secrets:\n    kafka:\n      pwd:\n        secretName: /opt/genesys/kafka-secret/kafka-secrets\n      volumes: |\n        - name: kafka-secrets\n          secret:\n            secretName: x\n" +
		"      mounts:\n        - name: kafka-secrets\n          mountPath: /opt/genesys/kafka-secrets\n",
	"prod: 100%.yaml": "images: {pgdbInit: {tag: 100.0.1000068}}\n\"::error::%0A](1)\": 'a|b`c'\n\"<script>\": \"\\u0007\"\nk: 0755\nk: 0750\n",
	"broken.yaml":     "a: [1\nb: \"x\n",
	"clean.yaml":      "replicas: 3\n",
}

// report lints the rough files in one format, as a release and by themselves.
func report(t *testing.T, format string) []string {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range rough {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return []string{
		run(t, 1, "lint", "--output", format, "-f", "base.yaml", "-f", "prod: 100%.yaml", "--set", "images.pgdbInit.enable=maybe,tenant.a=1.20,images.tenant.tag=latest",
			"--release", "t0100", "--location", "westus2", "--chart", "tenant", "--pack", "genesys-tenant"),
		run(t, 1, "lint", "--output", format, "base.yaml", "prod: 100%.yaml", "broken.yaml"),
		run(t, 0, "lint", "--output", format, "clean.yaml"),
	}
}

func compile(t *testing.T, name string, change func(any)) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(doc)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("file:///schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("file:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, text string) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if err := s.Validate(doc); err != nil {
		t.Errorf("%v", err)
	}
}

// TestSARIF holds the output against the official schema, and against what
// GitHub wants beyond it.
func TestSARIF(t *testing.T) {
	schema := compile(t, "../render/testdata/sarif-2.1.0.json", func(doc any) { delete(doc.(map[string]any), "$id") })
	for _, out := range report(t, "sarif") {
		validate(t, schema, out)
		var log struct {
			Runs []struct {
				Tool struct {
					Driver struct {
						Rules []struct {
							ID    string
							Short struct{ Text string } `json:"shortDescription"`
							Full  struct{ Text string } `json:"fullDescription"`
							Help  struct{ Text string }
						}
					}
				}
				Results []struct {
					RuleID    string
					RuleIndex int
					Message   struct{ Text string }
					Locations []struct {
						PhysicalLocation struct {
							ArtifactLocation struct{ URI string }
							Region           map[string]int
						}
					}
					RelatedLocations    []struct{ ID int }
					PartialFingerprints map[string]string
				}
			}
		}
		if err := json.Unmarshal([]byte(out), &log); err != nil {
			t.Fatal(err)
		}
		rules := log.Runs[0].Tool.Driver.Rules
		for _, r := range rules {
			if r.Short.Text == "" || r.Full.Text == "" || r.Help.Text == "" {
				t.Errorf("rule %s has no words", r.ID)
			}
		}
		prints := map[string]bool{}
		for _, r := range log.Runs[0].Results {
			if rules[r.RuleIndex].ID != r.RuleID {
				t.Errorf("%s has the index of %s", r.RuleID, rules[r.RuleIndex].ID)
			}
			if len(r.Locations) != 1 {
				t.Fatalf("%s has %d locations, want 1", r.RuleID, len(r.Locations))
			}
			at := r.Locations[0].PhysicalLocation
			if _, err := url.Parse(at.ArtifactLocation.URI); err != nil {
				t.Error(err)
			}
			if g := at.Region; g["startLine"] < 1 || g["startColumn"] < 1 || g["endLine"] < g["startLine"] || g["endColumn"] < 1 || g["endLine"] == g["startLine"] && g["endColumn"] < g["startColumn"] {
				t.Errorf("%s: bad region %v", r.RuleID, g)
			}
			for _, rel := range r.RelatedLocations {
				if !strings.Contains(r.Message.Text, fmt.Sprintf("](%d)", rel.ID)) {
					t.Errorf("%s: no link to related place %d, so GitHub does not show it: %s", r.RuleID, rel.ID, r.Message.Text)
				}
			}
			print := r.PartialFingerprints["primaryLocationLineHash"]
			if print == "" || prints[print] {
				t.Errorf("%s: fingerprint %q is empty or taken", r.RuleID, print)
			}
			prints[print] = true
		}
	}
}

// TestSARIFListsAllRules wants every rule of the packs that ran.
func TestSARIFListsAllRules(t *testing.T) {
	out := report(t, "sarif")[0]
	cat, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range cat.Rules {
		name, _, _ := strings.Cut(r.ID, "/")
		if got, want := strings.Contains(out, fmt.Sprintf("\"id\": %q", r.ID)), name == pack.Core || name == "genesys-tenant"; got != want {
			t.Errorf("rule %s listed: %t, want %t", r.ID, got, want)
		}
	}
}

// TestJSON holds the output against the schema that is documented, and wants no
// field that the schema does not have.
func TestJSON(t *testing.T) {
	var closed func(any)
	closed = func(doc any) {
		switch d := doc.(type) {
		case map[string]any:
			if _, ok := d["properties"]; ok {
				d["additionalProperties"] = false
			}
			for _, v := range d {
				closed(v)
			}
		case []any:
			for _, v := range d {
				closed(v)
			}
		}
	}
	schema := compile(t, "../../docs/helmvet-report.schema.json", closed)
	for _, out := range report(t, "json") {
		validate(t, schema, out)
	}
}

// TestXML wants JUnit and Checkstyle to be XML whatever the files hold, and the
// sums of JUnit to be right.
func TestXML(t *testing.T) {
	for _, format := range []string{"junit", "checkstyle"} {
		for _, out := range report(t, format) {
			var doc struct {
				Tests    int `xml:"tests,attr"`
				Failures int `xml:"failures,attr"`
				Suites   []struct {
					Cases []struct {
						Name    string `xml:"name,attr"`
						Class   string `xml:"classname,attr"`
						Failure *struct {
							Message string `xml:"message,attr"`
						} `xml:"failure"`
					} `xml:"testcase"`
				} `xml:"testsuite"`
			}
			if err := xml.Unmarshal([]byte(out), &doc); err != nil {
				t.Fatalf("%s: %v\n%s", format, err, out)
			}
			tests, failures, names := 0, 0, map[string]bool{}
			for _, s := range doc.Suites {
				for _, c := range s.Cases {
					tests++
					if c.Failure != nil {
						failures++
					}
					if key := c.Class + "\n" + c.Name; names[key] {
						t.Errorf("two cases are named %q", key)
					} else {
						names[key] = true
					}
				}
			}
			if tests != doc.Tests || failures != doc.Failures {
				t.Errorf("%s says %d tests and %d failures, but has %d and %d", format, doc.Tests, doc.Failures, tests, failures)
			}
		}
	}
}

// TestGitLab wants what GitLab reads, and fingerprints without repetition.
func TestGitLab(t *testing.T) {
	for _, out := range report(t, "gitlab") {
		var issues []struct {
			Description, Fingerprint, Severity string
			CheckName                          string `json:"check_name"`
			Location                           struct {
				Path  string
				Lines struct{ Begin int }
			}
		}
		if err := json.Unmarshal([]byte(out), &issues); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			if i.Description == "" || i.CheckName == "" || i.Location.Path == "" || strings.HasPrefix(i.Location.Path, "./") || i.Location.Lines.Begin < 1 {
				t.Errorf("incomplete: %+v", i)
			}
			if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity) {
				t.Errorf("severity %q", i.Severity)
			}
			if seen[i.Fingerprint] {
				t.Errorf("fingerprint of %s is taken", i.CheckName)
			}
			seen[i.Fingerprint] = true
		}
	}
}

// TestGitHub wants one command for each finding, whatever the files hold.
func TestGitHub(t *testing.T) {
	command := regexp.MustCompile(`^::(error|warning|notice) ((file|line|endLine|col|endColumn|title)=[^,:]*(,|$))+$`)
	for _, out := range report(t, "github") {
		for line := range strings.SplitSeq(strings.TrimSuffix(out, "\n"), "\n") {
			if line == "" {
				continue
			}
			end := strings.Index(line[2:], "::")
			if end < 0 || !command.MatchString(line[:end+2]) {
				t.Errorf("no workflow command: %s", line)
			}
		}
	}
}

// TestLineFormats counts the lines of rdjsonl and the tests of TAP.
func TestLineFormats(t *testing.T) {
	var counts []int
	for _, out := range report(t, "json") {
		var doc struct{ Findings []any }
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Fatal(err)
		}
		counts = append(counts, len(doc.Findings))
	}
	for i, out := range report(t, "rdjsonl") {
		n := 0
		for line := range strings.Lines(out) {
			var d struct {
				Message  string
				Severity string
				Location struct{ Path string }
			}
			if err := json.Unmarshal([]byte(line), &d); err != nil || d.Message == "" || d.Location.Path == "" || d.Severity == "" {
				t.Errorf("%v: %s", err, line)
			}
			n++
		}
		if n != counts[i] {
			t.Errorf("%d lines, want %d", n, counts[i])
		}
	}
	tests := regexp.MustCompile(`(?m)^(not )?ok \d+ - `)
	for i, out := range report(t, "tap") {
		if n := len(tests.FindAllString(out, -1)); n != max(counts[i], 1) || !strings.Contains(out, fmt.Sprintf("1..%d\n", n)) {
			t.Errorf("%d tests, want %d\n%s", n, counts[i], out)
		}
	}
}

// TestSameBytes wants every format to say the same on each run, also where
// releases share a file and only one of them lets the values of it through.
func TestSameBytes(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"base.yaml": rough["base.yaml"] + "    pgdb:\n      pwd: hunter2hunter2\n",
		"over.yaml": "tenant: {secrets: {pgdb: {pwd: {secretName: a, secretKey: b}}}}\n",
		".helmvet.yaml": "releases:\n" +
			"  - {name: t0100, location: west, chart: {name: tenant}, values: [base.yaml, over.yaml]}\n" +
			"  - {name: t0100, location: east, chart: {name: tenant}, values: [base.yaml]}\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"lint", "--jobs", "2"}
	for _, format := range render.Names() {
		args = append(args, "--output", format+"="+format+".out")
	}
	first := map[string]string{}
	for range 8 {
		run(t, 1, args...)
		for _, format := range render.Names() {
			data, err := os.ReadFile(format + ".out")
			if err != nil {
				t.Fatal(err)
			}
			if old, ok := first[format]; ok && old != string(data) {
				t.Fatalf("%s differs from run to run", format)
			}
			first[format] = string(data)
		}
	}
	if !strings.Contains(first["text"], "base.yaml") {
		t.Error("nothing was found")
	}
}

// TestSameBytesAnyJobs wants the same bytes from any number of workers: over a
// fleet with mistakes, a tree of manifests, and an upgrade of both.
func TestSameBytesAnyJobs(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, side := range []string{"old", "new"} {
		if err := fleet.Write(side, 12, 3); err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			put(t, side, fmt.Sprintf("objects/%02d.yaml", i), fmt.Sprintf("apiVersion: k0rdent.mirantis.com/v1beta1\nkind: ClusterDeployment\nmetadata: {name: c%d}\nspec: {template: %q, config: {a%s: 1}, unknown%d: x}\n", i%7, side, side, i))
			put(t, side, fmt.Sprintf("loose/values-%02d.yaml", i), fmt.Sprintf("a%d: 0755\nb: yes\ntag: 1.%d0\n%s: 0644\n", i, i, side))
		}
	}
	for name, args := range map[string][]string{
		"fleet":     {"lint", "--config", "new/.helmvet.yaml", "--verbose"},
		"files":     {"lint", "new/loose", "--verbose"},
		"manifests": {"lint", "new/objects", "--complete", "--verbose"},
		"upgrade":   {"upgrade", "--from", "old", "--to", "new", "--verbose"},
		"loose":     {"upgrade", "--from", "old/loose", "--to", "new/loose", "--verbose"},
	} {
		first := ""
		for i, jobs := range []string{"1", "2", "8", "1", "8"} {
			said := run(t, -1, append(args, "--jobs", jobs, "--output", "json=out.json", "--output", "text")...)
			data, err := os.ReadFile("out.json")
			if err != nil {
				t.Fatal(err)
			}
			said += string(data)
			if i == 0 {
				first = said
				if name != "fleet" && name != "upgrade" && !strings.Contains(said, "\"rule\"") {
					t.Errorf("%s: nothing was found, so this proves nothing\n%s", name, said)
				}
			}
			if said != first {
				t.Fatalf("%s: --jobs %s says something else than --jobs 1", name, jobs)
			}
		}
	}
}
