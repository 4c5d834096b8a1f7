{{- define "store.image" -}}
{{ include "kit.image" (dict "imageRoot" .Values.image "global" .Values.global "chart" .Chart) }}
{{- end -}}
{{- define "store.secretName" -}}
{{- coalesce .Values.global.auth.existingSecret .Values.auth.existingSecret (include "kit.fullname" .) -}}
{{- end -}}
{{- define "store.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}{{ default (include "kit.fullname" .) .Values.serviceAccount.name }}{{ else }}{{ default "default" .Values.serviceAccount.name }}{{ end -}}
{{- end -}}
{{- define "store.labels" -}}
{{- if and (hasKey . "customLabels") (hasKey . "context") -}}
{{ merge (include "kit.render" (dict "value" .customLabels "context" .context) | fromYaml) (dict "app" .context.Chart.Name) | toYaml }}
{{- else -}}
app: {{ .Chart.Name }}
{{- end -}}
{{- end -}}
{{- define "store.roles" -}}
- primary
- replica
{{- end -}}
