{{- define "kit.render" -}}
{{- $v := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" (toJson .value) }}
{{- if .scope }}{{ tpl (cat "{{- with $.RelativeScope -}}" $v "{{- end }}") (merge (dict "RelativeScope" .scope) .context) }}{{ else }}{{ tpl $v .context }}{{ end }}
{{- else }}{{ $v }}{{ end -}}
{{- end -}}
{{- define "kit.merge" -}}
{{- $dst := dict -}}
{{- range .values -}}
{{- $dst = include "kit.render" (dict "value" . "context" $.context) | fromYaml | merge $dst -}}
{{- end -}}
{{ $dst | toYaml }}
{{- end -}}
{{- define "kit.lookup" -}}
{{- $parts := splitList "." .key -}}
{{- $value := "" -}}
{{- $at := $.context.Values -}}
{{- range $parts -}}
{{- if not $at -}}{{ printf "no %s" $.key | fail }}{{- end -}}
{{- $value = (index $at .) -}}
{{- $at = $value -}}
{{- end -}}
{{- printf "%v" (default "" $value) -}}
{{- end -}}
{{- define "kit.firstSet" -}}
{{- $key := first .keys -}}
{{- range (reverse .keys) }}
{{- $value := include "kit.lookup" (dict "key" . "context" $.context) }}
{{- if $value -}}{{- $key = . }}{{- end -}}
{{- end -}}
{{- printf "%s" $key -}}
{{- end -}}
{{- define "kit.password" -}}
{{- $key := include "kit.firstSet" (dict "keys" .provided "context" $.context) }}
{{- $value := include "kit.lookup" (dict "key" $key "context" $.context) }}
{{- $old := (lookup "v1" "Secret" (include "kit.namespace" .context) .secret).data }}
{{- if and $old (hasKey $old .key) }}{{ index $old .key }}{{ else if $value }}{{ $value | b64enc | quote }}{{ else }}{{ randAlphaNum 10 | b64enc | quote }}{{ end }}
{{- end -}}
