{{- define "board.presets" -}}
url: {{ printf "https://%s" .Values.service.type }}
timeout: 30s
{{- end -}}
{{- define "board.cm" -}}
{{- $presets := include "board.presets" $ | fromYaml -}}
{{- $config := omit .Values.configs.cm "create" "annotations" -}}
{{- range $key, $value := mergeOverwrite $presets $config }}
{{- $fmt := $value | toString }}
{{- if not (eq $fmt "") }}
{{ $key }}: {{ $fmt | toYaml }}
{{- end }}
{{- end }}
{{- end -}}
{{- define "board.params" -}}
{{- range $key, $value := omit .Values.configs.params "create" "annotations" }}
{{ $key }}: {{ toString $value | toYaml }}
{{- end }}
{{- end -}}
{{- define "board.ini" -}}
{{- $root := . -}}
{{- range $section := keys (index .Values "board.ini") | sortAlpha }}
[{{ $section }}]
{{- $content := index (index $root.Values "board.ini") $section }}
{{- range $k := sortAlpha (keys $content) }}
{{- $v := index $content $k }}
{{- if kindIs "invalid" $v }}
{{ $k }} =
{{- else if kindIs "string" $v }}
{{ $k }} = {{ tpl $v $root }}
{{- else }}
{{ $k }} = {{ $v }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
{{- define "board.workload" -}}
{{- $ := index . 0 -}}
{{- $name := index . 1 -}}
{{- with index . 2 }}
name: {{ .name }}-{{ $name }}
{{- with (mergeOverwrite (deepCopy ($.Values.global).podLabels) .podLabels) }}
labels: {{ toYaml . }}
{{- end }}
{{- with (concat (($.Values.global).env | default list) .env) }}
env: {{ toYaml . }}
{{- end }}
resources: {{ toYaml (.resources | default dict) }}
{{- if .autoscaling.enabled }}
min: {{ .autoscaling.minReplicas }}
max: {{ .autoscaling.maxReplicas }}
{{- with .autoscaling.behavior }}
behavior: {{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
