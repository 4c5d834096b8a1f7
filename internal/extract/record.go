package extract

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/values"
	"sigs.k8s.io/yaml"
)

// secretType is the type of the Secrets that Helm 3 and 4 keep releases in.
const secretType = "helm.sh/release.v1"

// namePrefix begins the names of the Secrets and ConfigMaps of Helm.
const namePrefix = "sh.helm.release.v1."

// payloadOnly matches the bare content of a release Secret: base64 of gzip, or
// base64 of that.
var payloadOnly = lazyregexp.New(`^(?:H4sI|SDRzSU)[A-Za-z0-9+/\s]*={0,2}\s*$`)

// IsRecord reports whether a text is surely meant to be a release that helm
// stored, whether or not it can be read.
func IsRecord(text []byte) bool { return bytes.Contains(text, []byte(secretType)) }

// record reads a stored release. It returns nothing when the text is none.
func record(text []byte, lim values.Limits) (*Found, error) {
	if payloadOnly.Match(text) {
		return unpack("the base64 text", string(text), lim)
	}
	if !bytes.Contains(text, []byte(secretType)) && !bytes.Contains(text, []byte(namePrefix)) {
		return nil, nil
	}
	var stored []*values.Node
	d := values.Parse("", text, lim)
	for _, r := range d.Roots {
		stored = collect(stored, r)
	}
	switch len(stored) {
	case 0:
		return nil, nil
	case 1:
	default:
		var names []string
		for _, n := range stored {
			names = append(names, str(n, "metadata", "name"))
		}
		return nil, fail("holds %d stored releases (%s); give one of them, such as with kubectl get secret %s -o yaml", len(stored), strings.Join(names, ", "), names[len(names)-1])
	}
	name := str(stored[0], "metadata", "name")
	for _, field := range []string{"data", "stringData"} {
		if payload := str(stored[0], field, "release"); payload != "" {
			return unpack(name, payload, lim)
		}
	}
	return nil, fail("%s %s has no data.release; it was cut, or kubectl describe printed it: use kubectl get -o yaml", str(stored[0], "kind"), name)
}

// collect finds the objects that hold releases, in lists, too.
func collect(out []*values.Node, n *values.Node) []*values.Node {
	if items := n.Get("items"); items != nil && n.Get("kind") != nil {
		for _, it := range items.Value.Items {
			out = collect(out, it)
		}
		return out
	}
	switch str(n, "kind") {
	case "Secret":
		if str(n, "type") == secretType || strings.HasPrefix(str(n, "metadata", "name"), namePrefix) {
			out = append(out, n)
		}
	case "ConfigMap":
		if strings.HasPrefix(str(n, "metadata", "name"), namePrefix) {
			out = append(out, n)
		}
	}
	return out
}

func str(n *values.Node, keys ...string) string {
	for _, k := range keys {
		f := n.Get(k)
		if f == nil {
			return ""
		}
		n = f.Value
	}
	return n.Str
}

// stored is what is of interest in a release.
type stored struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Version   int    `json:"version"`
	Info      struct {
		Status string `json:"status"`
	} `json:"info"`
	Chart struct {
		Metadata struct {
			Name    string `json:"name"`
			Version string `json:"version"`
		} `json:"metadata"`
	} `json:"chart"`
	Config map[string]any `json:"config"`
}

// unpack undoes what helm and Kubernetes did to a release: base64, in a Secret
// twice, around gzip.
func unpack(name, payload string, lim values.Limits) (*Found, error) {
	b := []byte(payload)
	for range 2 {
		raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(b)), ""))
		if err != nil {
			return nil, fail("release in %s is no base64 (%s); it was cut or changed, fetch it again with kubectl get -o yaml", name, err)
		}
		if b = raw; isPacked(b) || len(b) > 0 && b[0] == '{' {
			break
		}
	}
	if isPacked(b) {
		var err error
		if b, err = gunzip(b, lim.Bytes); err != nil {
			return nil, fail("release in %s %s", name, err)
		}
	}
	var rel stored
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&rel); err != nil {
		return nil, fail("release in %s is no JSON that helm wrote: %s", name, err)
	}
	out := []byte("{}\n")
	if len(rel.Config) > 0 {
		var err error
		if out, err = yaml.Marshal(rel.Config); err != nil {
			return nil, fail("values of the release in %s cannot be written as YAML: %s", name, err)
		}
	}
	f := &Found{Form: Record, Values: out, Release: Release{
		Name: rel.Name, Namespace: rel.Namespace, Status: rel.Info.Status,
		Chart: rel.Chart.Metadata.Name, Version: rel.Chart.Metadata.Version,
	}}
	if rel.Version > 0 {
		f.Release.Revision = strconv.Itoa(rel.Version)
	}
	return f, f.check(lim, "the values of the release: ")
}

func isPacked(b []byte) bool { return bytes.HasPrefix(b, []byte{0x1f, 0x8b, 0x08}) }

// gunzip unpacks up to a limit, because a small text can unpack to anything.
func gunzip(b []byte, limit int) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("is damaged gzip (%w); fetch it again", err)
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(limit)+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("breaks off; fetch it again with kubectl get -o yaml")
	case err != nil:
		return nil, fmt.Errorf("is damaged gzip (%w); fetch it again", err)
	case len(out) > limit:
		return nil, fmt.Errorf("unpacks to more than %d MiB; helm stores nothing of that size", limit>>20)
	}
	return out, nil
}
