#!/bin/sh
# Builds the helmvet of this very plugin: what runs is what was installed, and
# go.sum verifies the rest. A release archive holds it already.
set -eu
cd "$HELM_PLUGIN_DIR"
if [ -f go.mod ] && command -v go >/dev/null 2>&1; then
  go build -trimpath -o bin/helmvet ./cmd/helmvet
  exit 0
fi
if [ -x bin/helmvet ]; then
  exit 0
fi
if found=$(command -v helmvet); then
  mkdir -p bin
  ln -sf "$found" bin/helmvet
  exit 0
fi
echo "helm vet: neither Go, to build helmvet, nor helmvet itself is installed; install one of them and run: helm plugin update vet" >&2
exit 1
