package extract_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/extract"
	"github.com/helmvet/helmvet/internal/values"
)

const header = "NAME: uepe\nLAST DEPLOYED: Fri May 10 15:02:37 2024\nNAMESPACE: uepe\nSTATUS: deployed\nREVISION: 3\nTEST SUITE: None\n"

func TestTexts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
		form             extract.Form
		lines            int
	}{
		{"all", header + "USER-SUPPLIED VALUES:\n# why\na: 1   # kept\n\nCOMPUTED VALUES:\na: 1\nb: 2\n\nHOOKS:\n---\nMANIFEST:\n---\nkind: X\n", "# why\na: 1   # kept\n", extract.GetAll, 7},
		{"no values", header + "USER-SUPPLIED VALUES:\nnull\n\nCOMPUTED VALUES:\na: 1\n", "null\n", extract.GetAll, 7},
		{"empty", "USER-SUPPLIED VALUES:\nCOMPUTED VALUES:\na: 1\n", "", extract.GetAll, 1},
		{"blanks behind the headings", "USER-SUPPLIED VALUES: \t\na: 1\n\nCOMPUTED VALUES:  \n", "a: 1\n", extract.GetAll, 1},
		{"line ends of Windows", "NAME: u\r\nUSER-SUPPLIED VALUES:\r\na: 1\r\n\r\nCOMPUTED VALUES:\r\n", "a: 1\r\n", extract.GetAll, 2},
		{"a blank line of a block string", "USER-SUPPLIED VALUES:\na: |+\n  x\n\n\nCOMPUTED VALUES:\n", "a: |+\n  x\n\n", extract.GetAll, 1},
		{"headings inside a block string", "USER-SUPPLIED VALUES:\na: |\n  COMPUTED VALUES:\n  x\n\nCOMPUTED VALUES:\n", "a: |\n  COMPUTED VALUES:\n  x\n", extract.GetAll, 1},
		{"prompt before it", "$ helm -n uepe get all uepe\n" + header + "USER-SUPPLIED VALUES:\na: 1\n\nCOMPUTED VALUES:\n", "a: 1\n", extract.GetAll, 8},
		{"get values", "USER-SUPPLIED VALUES:\na: 1\nb: off", "a: 1\nb: off", extract.GetValues, 1},
		{"get values with a mark", "\ufeffUSER-SUPPLIED VALUES:\na: 1\n", "a: 1\n", extract.GetValues, 1},
		{"yaml", "a: 1 # c\n", "a: 1 # c\n", extract.Plain, 0},
		{"json", `{"a":1}`, `{"a":1}`, extract.Plain, 0},
		{"utf-16", "\xff\xfea\x00:\x00 \x001\x00\n\x00", "a: 1\n", extract.Plain, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := extract.Values([]byte(tt.text), values.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if string(f.Values) != tt.want || f.Form != tt.form || f.Lines != tt.lines {
				t.Errorf("got %q, %s, %d lines before\nwant %q, %s, %d", f.Values, f.Form, f.Lines, tt.want, tt.form, tt.lines)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"nothing", " \n", "is empty"},
		{"header only", header, "no line \"USER-SUPPLIED VALUES:\""},
		{"broken off", header + "USER-SUPPLIED VALUES:\na: 1\n", "7:1: the text breaks off"},
		{"computed alone", "COMPUTED VALUES:\na: 1\n", "1:1: \"COMPUTED VALUES:\" stands here without"},
		{"order", "COMPUTED VALUES:\na: 1\nUSER-SUPPLIED VALUES:\na: 1\n", "1:1: \"COMPUTED VALUES:\" stands before"},
		{"sections without computed values", "USER-SUPPLIED VALUES:\na: 1\nMANIFEST:\n", "3:1: this section begins before"},
		{"no yaml inside", "USER-SUPPLIED VALUES:\na: [\n\nCOMPUTED VALUES:\n", "2:4: the values of the user: "},
		{"a list inside", "USER-SUPPLIED VALUES:\n- a\n\nCOMPUTED VALUES:\n", "the values of the user: "},
		{"prose", "Dear all,\nplease find the values attached.\n", "neither values nor the text"},
		{"error of helm", "Error: release: not found\n", "is an error of helm (release: not found)"},
		{"manifest", "---\napiVersion: v1\nkind: Service\n", "3:7: is a Kubernetes manifest (Service)"},
		{"secret without data", secret("x", ""), "has no data.release"},
		{"secret that is no base64", secret("x", "%%%"), "no base64"},
		{"secret that is no release", secret("x", pack(t, "[]", 2)), "no JSON that helm wrote"},
		{"secret that was cut", secret("x", base64.StdEncoding.EncodeToString([]byte(pack(t, `{"name":"x"}`, 1)[:24]))), "breaks off"},
		{"two secrets", secret("x.v1", "a") + "---\n" + secret("x.v2", "a"), "holds 2 stored releases (sh.helm.release.v1.x.v1, sh.helm.release.v1.x.v2)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := extract.Values([]byte(tt.text), values.DefaultLimits)
			var want *extract.Error
			if !errors.As(err, &want) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	release := `{"name":"uepe","namespace":"ns","version":3,"info":{"status":"deployed"},"chart":{"metadata":{"name":"c","version":"4.0.0"}},"config":{"b":"off","a":{"n":12345678901,"t":"1.10","s":"<x>"},"l":[1,2]}}`
	want := "a:\n  \"n\": 12345678901\n  s: <x>\n  t: \"1.10\"\nb: \"off\"\nl:\n- 1\n- 2\n"
	configMap := strings.NewReplacer("kind: Secret", "kind: ConfigMap", "type: helm.sh/release.v1\n", "").Replace(secret("x", pack(t, release, 1)))
	for name, text := range map[string]string{
		"secret":     secret("x", pack(t, release, 2)),
		"list":       "apiVersion: v1\nkind: List\nitems:\n- " + strings.ReplaceAll(strings.TrimSpace(secret("x", pack(t, release, 2))), "\n", "\n  ") + "\n",
		"string":     strings.Replace(secret("x", pack(t, release, 1)), "data:", "stringData:", 1),
		"config map": configMap,
		"payload":    pack(t, release, 2) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := extract.Values([]byte(text), values.DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if string(f.Values) != want || f.Form != extract.Record {
				t.Errorf("got %s\n%s\nwant\n%s", f.Form, f.Values, want)
			}
			if r := (extract.Release{Name: "uepe", Namespace: "ns", Status: "deployed", Revision: "3", Chart: "c", Version: "4.0.0"}); f.Release != r {
				t.Errorf("got %+v\nwant %+v", f.Release, r)
			}
		})
	}
}

// TestBomb unpacks a release that is far larger than it looks.
func TestBomb(t *testing.T) {
	t.Parallel()
	text := secret("x", pack(t, `{"config":{"a":"`+strings.Repeat("x", 1<<20)+`"}}`, 2))
	lim := values.DefaultLimits
	lim.Bytes = len(text) + 1024
	_, err := extract.Values([]byte(text), lim)
	if err == nil || !strings.Contains(err.Error(), "unpacks to more than") {
		t.Errorf("got %v", err)
	}
}

// FuzzValues wants that bytes of a text are never changed and that positions in
// Aligned are those of the text.
func FuzzValues(f *testing.F) {
	f.Add(header + "USER-SUPPLIED VALUES:\na: 1\n\nCOMPUTED VALUES:\nb: 2\n")
	f.Add("USER-SUPPLIED VALUES:\r\na: |+\r\n  x\r\n\r\nCOMPUTED VALUES:")
	f.Add(secret("x", pack(f, `{"config":{"a":1}}`, 2)))
	f.Add("a: 1")
	lim := values.DefaultLimits
	lim.Bytes = 1 << 16
	f.Fuzz(func(t *testing.T, text string) {
		found, err := extract.Values([]byte(text), lim)
		if err != nil || found.Form == extract.Record || strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
			return
		}
		if text[found.Start:found.End] != string(found.Values) {
			t.Errorf("bytes %d to %d are not the values", found.Start, found.End)
		}
		if n := strings.Count(text[:found.Start], "\n"); n != found.Lines {
			t.Errorf("%d lines before, want %d", found.Lines, n)
		}
		again, err := extract.Values(found.Values, lim)
		if err == nil && !bytes.Equal(again.Values, found.Values) && again.Form == extract.Plain {
			t.Error("values change when they are extracted again")
		}
	})
}

func secret(name, payload string) string {
	data := ""
	if payload != "" {
		data = fmt.Sprintf("data:\n  release: %q\n", payload)
	}
	return fmt.Sprintf("apiVersion: v1\nkind: Secret\nmetadata:\n  name: sh.helm.release.v1.%s\ntype: helm.sh/release.v1\n%s", name, data)
}

// pack does what helm and Kubernetes do to a release.
func pack(t testing.TB, release string, times int) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(release)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	for range times {
		out = base64.StdEncoding.EncodeToString([]byte(out))
	}
	return out
}
