{{- define "kit.preset" -}}
{{- $presets := dict
  "nano" (dict "requests" (dict "cpu" "100m"))
  "small" (dict "requests" (dict "cpu" "500m")) }}
{{- if hasKey $presets .type }}{{ index $presets .type | toYaml }}{{ else }}{{ printf "no preset %s" .type | fail }}{{ end }}
{{- end -}}
