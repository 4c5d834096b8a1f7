package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"time"
)

func tarGz(entries []entry, when time.Time) ([]byte, []byte, error) {
	var plain, packed bytes.Buffer
	if err := writeTar(&plain, entries, when); err != nil {
		return nil, nil, err
	}
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, nil, err
	}
	if _, err := z.Write(plain.Bytes()); err != nil {
		return nil, nil, err
	}
	if err := z.Close(); err != nil {
		return nil, nil, err
	}
	return plain.Bytes(), packed.Bytes(), nil
}

func writeTar(b *bytes.Buffer, entries []entry, when time.Time) error {
	w := tar.NewWriter(b)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Mode: e.mode, Size: int64(len(e.data)), ModTime: when, Typeflag: tar.TypeReg, Format: tar.FormatPAX}
		if strings.HasSuffix(e.name, "/") {
			h.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		if _, err := w.Write(e.data); err != nil {
			return err
		}
	}
	return w.Close()
}

func writeTarGz(name string, entries []entry, when time.Time) error {
	_, data, err := tarGz(entries, when)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

func writeZip(name string, entries []entry, when time.Time) error {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: when}
		h.SetMode(os.FileMode(e.mode))
		f, err := w.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := f.Write(e.data); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// image is the program of one architecture.
type image struct {
	arch    string
	program []byte
}

type object map[string]any

// writeImage writes an OCI archive, as `docker load`, `podman load` and `skopeo
// copy oci-archive:` take it: the program alone, run by a user that is not root.
func writeImage(name, version string, images []image, when time.Time) error {
	var files []entry
	blob := func(kind string, data []byte) object {
		sum := sha256.Sum256(data)
		digest := hex.EncodeToString(sum[:])
		files = append(files, entry{"blobs/sha256/" + digest, 0o644, data})
		return object{"mediaType": "application/vnd.oci.image." + kind, "digest": "sha256:" + digest, "size": len(data)}
	}
	inJSON := func(v object) []byte {
		data, err := json.Marshal(v)
		if err != nil {
			panic(err) // maps of strings and numbers can be written
		}
		return data
	}
	var manifests []object
	for _, i := range images {
		plain, packed, err := tarGz([]entry{{"helmvet", 0o755, i.program}, {"work/", 0o755, nil}}, when)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(plain)
		layer := blob("layer.v1.tar+gzip", packed)
		config := blob("config.v1+json", inJSON(object{
			"created": when.Format(time.RFC3339), "os": "linux", "architecture": i.arch,
			"config": object{
				"User": "65532:65532", "WorkingDir": "/work", "Entrypoint": []string{"/helmvet"},
				"Labels": object{"org.opencontainers.image.version": version, "org.opencontainers.image.source": "https://github.com/helmvet/helmvet", "org.opencontainers.image.licenses": "Apache-2.0"},
			},
			"rootfs": object{"type": "layers", "diff_ids": []string{"sha256:" + hex.EncodeToString(sum[:])}},
		}))
		m := blob("manifest.v1+json", inJSON(object{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": []object{layer}}))
		m["platform"] = object{"os": "linux", "architecture": i.arch}
		manifests = append(manifests, m)
	}
	index := blob("index.v1+json", inJSON(object{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests}))
	index["annotations"] = object{"org.opencontainers.image.ref.name": "v" + version, "io.containerd.image.name": "ghcr.io/helmvet/helmvet:v" + version}
	files = append([]entry{
		{"oci-layout", 0o644, []byte(`{"imageLayoutVersion":"1.0.0"}`)},
		{"index.json", 0o644, inJSON(object{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []object{index}})},
	}, files...)
	var b bytes.Buffer
	if err := writeTar(&b, files, when); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}
