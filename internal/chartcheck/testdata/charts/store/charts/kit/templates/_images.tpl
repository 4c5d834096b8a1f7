{{- define "kit.image" -}}
{{- $registry := default .imageRoot.registry ((.global).imageRegistry) -}}
{{- $sep := ":" -}}
{{- $tag := .imageRoot.tag | toString -}}
{{- if not .imageRoot.tag }}{{ if .chart }}{{ $tag = .chart.AppVersion | toString }}{{ end }}{{ end -}}
{{- if .imageRoot.digest }}{{ $sep = "@" }}{{ $tag = .imageRoot.digest | toString }}{{ end -}}
{{- if $registry }}{{ printf "%s/%s%s%s" $registry .imageRoot.repository $sep $tag }}{{ else }}{{ printf "%s%s%s" .imageRoot.repository $sep $tag }}{{ end -}}
{{- end -}}
{{- define "kit.pullSecrets" -}}
{{- $names := list }}
{{- $context := .context }}
{{- range (($context.Values.global).imagePullSecrets) -}}
{{- if kindIs "map" . }}{{ $names = append $names (tpl .name $context) }}{{ else }}{{ $names = append $names (tpl . $context) }}{{ end }}
{{- end -}}
{{- range .images -}}{{- range .pullSecrets -}}{{ $names = append $names . }}{{- end -}}{{- end -}}
{{- if $names }}
imagePullSecrets:
{{- range $names | uniq }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}
