{{- define "cache.name" -}}{{ .Values.nameOverride | default "cache" }}{{- end -}}
