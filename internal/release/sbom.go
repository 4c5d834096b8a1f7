package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// describe lists what a program is made of, as SPDX 2.3: the modules that the Go
// linker notes in it (`go version -m`).
func describe(program []byte, name, version string, when time.Time) ([]byte, error) {
	info, err := buildinfo.Read(bytes.NewReader(program))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	sum := sha256.Sum256(program)
	one := func(id, path, version string) object {
		return object{
			"SPDXID": id, "name": path, "versionInfo": version, "downloadLocation": "NOASSERTION", "filesAnalyzed": false,
			"externalRefs": []object{{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:golang/" + path + "@" + version}},
		}
	}
	self := one("SPDXRef-helmvet", info.Main.Path, "v"+version)
	self["licenseDeclared"] = "Apache-2.0"
	self["checksums"] = []object{{"algorithm": "SHA256", "checksumValue": hex.EncodeToString(sum[:])}}
	packages := []object{self, one("SPDXRef-go", "stdlib", strings.TrimPrefix(info.GoVersion, "go"))}
	relations := []object{
		{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-helmvet"},
		{"spdxElementId": "SPDXRef-helmvet", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-go"},
	}
	for i, d := range info.Deps {
		if d.Replace != nil {
			d = d.Replace
		}
		p := one(fmt.Sprintf("SPDXRef-%d", i+1), d.Path, d.Version)
		// The hash of go.sum is one of the module's files; SPDX has no name for it.
		if raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(d.Sum, "h1:")); err == nil && len(raw) == sha256.Size {
			p["comment"] = "go.sum " + d.Sum
		}
		packages = append(packages, p)
		relations = append(relations, object{"spdxElementId": "SPDXRef-helmvet", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": p["SPDXID"]})
	}
	return json.MarshalIndent(object{
		"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": name,
		"documentNamespace": fmt.Sprintf("https://github.com/helmvet/helmvet/spdx/%s-%x", name, sum[:8]),
		"creationInfo":      object{"created": when.Format(time.RFC3339), "creators": []string{"Tool: helmvet-release"}},
		"packages":          packages, "relationships": relations,
	}, "", "  ")
}
