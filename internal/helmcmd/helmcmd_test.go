package helmcmd_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/helmcmd"
	"github.com/helmvet/helmvet/internal/lint"
)

// parse returns what rules see of the text, as JSON has it.
func parse(t *testing.T, text string) []any {
	t.Helper()
	cmds, err := helmcmd.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	out := []any{}
	for _, c := range cmds {
		out = append(out, c.Input())
	}
	raw, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	var v []any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// line writes verb, release, chart and namespace of each command; ? stands for
// what is there and not known, - for what is not there.
func line(cmds []any) string {
	var out []string
	for _, c := range cmds {
		c := c.(map[string]any)
		field := func(key, field string) string {
			m, ok := c[key].(map[string]any)
			if !ok {
				return "-"
			}
			if s, ok := m[field].(string); ok {
				return s
			}
			return "?"
		}
		s := c["verb"].(string) + " " + field("release", "name") + " " + field("chart", "name") + " " + field("namespace", "value")
		if c["install"] == true {
			s += " install"
		}
		if c["open"] == true {
			s += " open"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"plain", "helm upgrade --install t0100 -f v.yaml tenant-100.0.1000067.tgz -n voice", "upgrade t0100 tenant voice install"},
		{"short flags in one word", "helm upgrade -if v.yaml -nvoice t0100 tenant.tgz", "upgrade t0100 tenant voice install"},
		{"short flag with equals sign", "helm upgrade -n=voice t0100 tenant.tgz", "upgrade t0100 tenant voice"},
		{"flags before the verb", "helm --debug -n voice uninstall t0100", "uninstall t0100 - voice"},
		{"install is off", "helm upgrade --install=false t0100 tenant.tgz", "upgrade t0100 tenant -"},
		{"aliases", "helm delete t0100\nhelm un t1\nhelm dep up ./c", "uninstall t0100 - -; uninstall t1 - -; dependency update - - -"},
		{"groups", "helm repo add x https://example.com; helm registry login example.com", "repo add - - -; registry login - - -"},
		{"end of flags", "helm uninstall -n voice -- t0100", "uninstall t0100 - voice"},
		{"last one wins", "helm upgrade -n a t0100 tenant.tgz --namespace=b", "upgrade t0100 tenant b"},
		{"install without a name", "helm install tenant.tgz -g", "install - tenant -"},
		{"helm 2", "helm install --name t0100 tenant.tgz", "install t0100 tenant -"},
		{"continued lines", "helm upgrade \\\n  t0100 \\\n  tenant.tgz \\\n  -n voice\n", "upgrade t0100 tenant voice"},
		{"continued lines of windows", "helm upgrade \\\r\n  t0100 tenant.tgz \\\r\n  -n voice\r\nhelm uninstall t1\r\n", "upgrade t0100 tenant voice; uninstall t1 - -"},
		{"quotes", `helm upgrade "t0100" 'tenant.tgz' --namespace="voice"`, "upgrade t0100 tenant voice"},
		{"escapes", `helm upgrade t\0100 "ten\ant.tgz" -n vo\ice`, `upgrade t0100 ten\ant voice`},
		{"comments", "# helm uninstall a\nhelm uninstall b # helm uninstall c", "uninstall b - -"},
		{"control flow", "set -e; if true; then helm uninstall a && helm uninstall b || helm uninstall c; fi | tee log", "uninstall a - -; uninstall b - -; uninstall c - -"},
		{"functions and substitutions", "f() { helm uninstall a; }\nX=$(helm uninstall b)", "uninstall a - -; uninstall b - -"},
		{"here documents are no commands", "cat <<EOF\nhelm uninstall a\nEOF\nhelm uninstall b", "uninstall b - -"},
		{"printed commands", "echo helm uninstall a\nprintf 'helm uninstall b'", ""},
		{"other words", "helmfile apply\nhelm\nhelm $VERB a\nls helm uninstall", ""},
		{"wrappers", "sudo -E helm uninstall a\ntime /usr/local/bin/helm3 uninstall b\n$ helm uninstall c", "uninstall a - -; uninstall b - -; uninstall c - -"},
		{"container", "docker run --rm -v $HOME/helm:/x alpine/helm:3.19.0 uninstall a -n voice", "uninstall a - voice"},
		{"nested scripts", "bash -ec 'cd x\nhelm uninstall a'; sh -c \"helm uninstall b\"", "uninstall a - -; uninstall b - -"},
		{"xargs adds words", "echo t0100 | xargs -n1 helm uninstall -n voice", "uninstall - - voice open"},
		{"plugins", "helm secrets upgrade t0100 tenant.tgz\nhelm diff upgrade t0100 tenant.tgz", "upgrade t0100 tenant -; diff upgrade t0100 tenant -"},

		{"variables", `helm upgrade "$REL" "$CHART" -n "$NS"`, "upgrade ? ? ?"},
		{"variables without quotes", `helm upgrade --install $REL $CHART -n $NS`, "upgrade ? ? ? install"},
		{"part of a word", `helm upgrade t$ID ${DIR}/tenant-${V}.tgz -n voice-$X`, "upgrade ? tenant ?"},
		{"one word too many is flags", "helm upgrade $FLAGS t0100 tenant.tgz", "upgrade t0100 tenant - open"},
		{"flags in an array", `helm upgrade "${FLAGS[@]}" t0100 tenant.tgz`, "upgrade t0100 tenant - open"},
		{"arguments of the script", `helm upgrade t0100 tenant.tgz "$@"`, "upgrade t0100 tenant - open"},
		{"optional flag", `helm upgrade t0100 tenant.tgz ${NS:+-n $NS}`, "upgrade t0100 tenant - open"},
		{"substitution as a value", "helm upgrade t0100 tenant.tgz -n $(cat ns)", "upgrade t0100 tenant ?"},
		{"unknown flag", "helm upgrade t0100 tenant.tgz --new-flag x", "upgrade - - - open"},
		{"flag that the shell names", "helm upgrade t0100 tenant.tgz --$FLAG", "upgrade t0100 tenant - open"},
		{"glob", "helm upgrade t0100 tenant-*.tgz", "upgrade t0100 tenant -"},
		{"ansi quotes", `helm upgrade $'t0100' $'ten\x61nt.tgz'`, "upgrade t0100 ? -"},

		{"pipeline expressions", "helm upgrade t0100 tenant-${{ inputs.version }}.tgz -n ${{ env.NS }}", "upgrade t0100 tenant ?"},
		{"template expressions", "helm upgrade {{ .Release }} tenant.tgz", "upgrade ? tenant -"},
		{"angle brackets", "helm upgrade --install <release name> tenant-<version>.tgz -n voice", "upgrade ? tenant voice install"},
		{"redirections are no brackets", "helm uninstall t0100 <in.txt >out.txt 2>&1", "uninstall t0100 - -"},

		{"namespace of the environment", "HELM_NAMESPACE=voice helm uninstall a\nhelm uninstall b", "uninstall a - voice; uninstall b - -"},
		{"exported namespace", "helm uninstall a\nexport HELM_NAMESPACE=voice\nhelm uninstall b\nHELM_NAMESPACE=$X\nhelm uninstall c -n z\nhelm uninstall d", "uninstall a - -; uninstall b - voice; uninstall c - z; uninstall d - ?"},
		{"env", "env HELM_NAMESPACE=voice helm uninstall a", "uninstall a - voice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := line(parse(t, tt.text)); got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
			}
		})
	}
}

func TestCharts(t *testing.T) {
	t.Parallel()
	tests := []struct{ ref, want string }{
		{"tenant-100.0.1000067.tgz", "file tenant 100.0.1000067"},
		{"./charts/tenant-monitor-100.0.1000067.tgz", "file tenant-monitor 100.0.1000067"},
		{"tenant-2-x-v1.2.3-rc.1+b.tar.gz", "file tenant-2-x v1.2.3-rc.1+b"},
		{"tenant-7.tgz", "file tenant 7"},
		{"tenant.tgz", "file tenant unversioned"},
		{"tenant-.tgz", "file tenant unversioned"},
		{"tenant-$V.tgz", "file tenant"},
		{"tenant-100.0.$V.tgz", "file tenant"},
		{"$C.tgz", "file"},
		{"$C-1.0.0.tgz", "file 1.0.0"},
		{"https://example.com/helm/tenant-1.0.0.tgz?x=y", "url tenant 1.0.0"},
		{"https://me:s3cret@example.com/tenant-1.0.0.tgz", "url tenant 1.0.0 credentials"},
		{"https://$USER:$PW@example.com/tenant-1.0.0.tgz", "url tenant 1.0.0"},
		{"https://example.com/download", "url"},
		{"oci://example.com/charts/tenant:1.0.0", "oci tenant 1.0.0"},
		{"oci://example.com/charts/tenant@sha256:00", "oci tenant"},
		{"oci://$REG/tenant", "oci tenant"},
		{"genesys/tenant", "repo tenant"},
		{"$REPO/tenant", "tenant"},
		{"./tenant", "dir tenant"},
		{"charts/", "dir charts"},
		{".", "dir"},
		{"tenant", "dir tenant"},
		{"tenant --repo https://example.com", "repo tenant"},
	}
	for _, tt := range tests {
		cmd := parse(t, "helm upgrade t0100 "+tt.ref)[0].(map[string]any)
		c := cmd["chart"].(map[string]any)
		var got []string
		for _, k := range []string{"kind", "name", "version"} {
			if s, ok := c[k].(string); ok {
				got = append(got, s)
			}
		}
		if c["unversioned"] == true {
			got = append(got, "unversioned")
		}
		if cmd["args"].([]any)[1].(map[string]any)["credentials"] == true {
			got = append(got, "credentials")
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: got %q, want %q", tt.ref, s, tt.want)
		}
	}
}

func TestSets(t *testing.T) {
	t.Parallel()
	tests := []struct{ arg, want, fault string }{
		{"--set a.b=true", `a.b=true`, ""},
		{"--set a=TRUE,b=7,c=07,d=1.5,e=null,f=", `a=true b=7 c="07" d="1.5" e=null f=""`, ""},
		{"--set-string a=true,b=null", `a="true" b="null"`, ""},
		{"--set-literal a=1,b=2", `a="1,b=2"`, ""},
		{`--set a='x\,y,b=1'`, `a="x,y" b=1`, ""},
		{"--set 'a={1,x},b=2'", `a=[1,"x"] b=2`, ""},
		{"--set 'a[0].b=1,c[1]=x'", `a[0].b=1 c[1]="x"`, ""},
		{`--set 'a\.b.c=1'`, `a\.b.c=1`, ""},
		{`--set-json 'a={"b":[1,2]},c="x,y"'`, `a={"b":[1,2]} c="x,y"`, ""},
		{`--set-json '{"a": {"b": 1}}'`, `={"a":{"b":1}}`, ""},
		{"--set-file a=x.txt", `a`, ""},
		{"--set a=$X,b=1", `a b=1`, ""},
		{"--set $K=1,b=2", `? b=2`, ""},
		{"--set a=$(echo x,y=z),b=2", `a b=2`, ""},
		{"--set a=x:1,y:2", `a="x:1"`, `failed parsing --set data: key "y:2" has no value`},
		{"--set-string a", ``, `failed parsing --set-string data: key "a" has no value`},
		{"--set 'a[0=1'", `?`, ""},
		{"--set-json a=b", `a`, `failed parsing --set-json data a=b`},
		{"--set-json '{'", ``, `failed parsing --set-json data JSON: {`},
	}
	for _, tt := range tests {
		cmds, err := helmcmd.Parse("helm upgrade t0100 tenant.tgz " + tt.arg)
		if err != nil {
			t.Fatal(err)
		}
		if len(cmds[0].Sets) != 1 {
			t.Fatalf("%s: %d arguments", tt.arg, len(cmds[0].Sets))
		}
		var got []string
		for _, a := range cmds[0].Sets[0].Assignments {
			s := a.Path.String()
			if a.Path == nil {
				s = "?"
			}
			if a.Known {
				raw, err := json.Marshal(a.Value)
				if err != nil {
					t.Fatal(err)
				}
				s += "=" + string(raw)
			}
			if s != "" {
				got = append(got, s)
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: got %s, want %s", tt.arg, s, tt.want)
		}
		if got := cmds[0].Sets[0].Error; got != tt.fault {
			t.Errorf("%s: error %q, want %q", tt.arg, got, tt.fault)
		}
	}
}

func TestInput(t *testing.T) {
	t.Parallel()
	got := parse(t, `helm upgrade -i --wait --force --timeout 600s t0100 tenant.tgz -f a.yaml,b.yaml --values "$V" \
  --version 1.0.0 --set a=1 --set-string b --password s3cret --password=$PW --username me --dry-run <x>`)
	want := []any{map[string]any{
		"tool": "helm", "verb": "upgrade", "install": true, "wait": true, "force": true, "dry_run": true, "open": true,
		"args":    []any{map[string]any{"word": 7., "value": "t0100", "credentials": false}, map[string]any{"word": 8., "value": "tenant.tgz", "credentials": false}, map[string]any{"word": 25., "credentials": false}},
		"values":  []any{map[string]any{"word": 10., "name": "a.yaml"}, map[string]any{"word": 10., "name": "b.yaml"}, map[string]any{"word": 12.}},
		"version": map[string]any{"word": 14., "value": "1.0.0"},
		"timeout": map[string]any{"word": 6., "value": "600s", "seconds": 600.},
		"sets":    []any{map[string]any{"flag": "set", "word": 16., "path": []any{"a"}, "value": 1.}},
		"set_errors": []any{map[string]any{
			"flag": "set-string", "word": 18., "paths": []any{}, "message": `failed parsing --set-string data: key "b" has no value`,
		}},
		"flags": []any{
			map[string]any{"name": "install", "word": 2.},
			map[string]any{"name": "wait", "word": 3.},
			map[string]any{"name": "force", "word": 4.},
			map[string]any{"name": "timeout", "word": 5., "at": 6., "value": "600s"},
			map[string]any{"name": "values", "word": 9., "at": 10., "value": "a.yaml,b.yaml"},
			map[string]any{"name": "values", "word": 11., "at": 12.},
			map[string]any{"name": "version", "word": 13., "at": 14., "value": "1.0.0"},
			map[string]any{"name": "set", "word": 15., "at": 16.},
			map[string]any{"name": "set-string", "word": 17., "at": 18.},
			map[string]any{"name": "password", "word": 19., "at": 20., "literal": true},
			map[string]any{"name": "password", "word": 21., "at": 21., "literal": false},
			map[string]any{"name": "username", "word": 22., "at": 23., "value": "me"},
			map[string]any{"name": "dry-run", "word": 24.},
		},
		"blanks": []any{map[string]any{"word": 25., "text": "<x>"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	repo := parse(t, "helm repo add x https://me:s3cret@example.com; helm pull tenant --repo https://me:s3cret@example.com")
	if raw, err := json.Marshal(repo[1].(map[string]any)["flags"]); err != nil || strings.Contains(string(raw), "s3cret") {
		t.Errorf("flags are %s, error %v", raw, err)
	}
	if repo[0].(map[string]any)["args"].([]any)[1].(map[string]any)["credentials"] != true {
		t.Error("the password in the URL of a repository is not seen")
	}
	roll := parse(t, "helm rollback t0100 3\nhelm rollback t0100 $R --timeout 600")
	if got := roll[0].(map[string]any)["revision"]; !cmp.Equal(got, map[string]any{"word": 3., "value": 3.}) {
		t.Errorf("revision is %v", got)
	}
	second := roll[1].(map[string]any)
	if !cmp.Equal(second["revision"], map[string]any{"word": 3.}) || !cmp.Equal(second["timeout"], map[string]any{"word": 5., "value": "600"}) {
		t.Errorf("revision is %v, timeout %v", second["revision"], second["timeout"])
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	text := "#!/bin/sh\necho ö; helm upgrade \\\n  'tö 1' tenant.tgz\n  bash -c 'x\n  helm uninstall a'\n"
	cmds, err := helmcmd.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var got []lint.Span
	for _, c := range cmds {
		got = append(got, c.Span)
		for _, w := range c.Words {
			got = append(got, w.Span)
		}
	}
	want := []lint.Span{
		{Line: 2, Column: 9, EndLine: 3, EndCol: 20},
		{Line: 2, Column: 9, EndLine: 2, EndCol: 13}, {Line: 2, Column: 14, EndLine: 2, EndCol: 21},
		{Line: 3, Column: 3, EndLine: 3, EndCol: 9}, {Line: 3, Column: 10, EndLine: 3, EndCol: 20},
		{Line: 5, Column: 3, EndLine: 5, EndCol: 19},
		{Line: 5, Column: 3, EndLine: 5, EndCol: 7}, {Line: 5, Column: 8, EndLine: 5, EndCol: 17}, {Line: 5, Column: 18, EndLine: 5, EndCol: 19},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFault(t *testing.T) {
	t.Parallel()
	cmds, err := helmcmd.Parse("helm uninstall a\nhelm uninstall 'b\n")
	if err == nil || !strings.Contains(err.Error(), "line 2, column 16") {
		t.Errorf("error is %v", err)
	}
	if len(cmds) != 1 {
		t.Errorf("%d commands before the fault", len(cmds))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"helm upgrade -if v.yaml t0100 tenant-1.0.0.tgz --set 'a={1,2},b[0].c=x' -n voice",
		"X=1 helm install \"$A\" ${B:+-n x} <name> ${{ x }} --set-json 'a={' \\\r\n --set $K=1",
		"bash -c 'helm rollback t 3'", "docker run helm/helm:1 uninstall $'\\n' <<EOF\n{{ x }}\nEOF\n",
		"helm upgrade oci://u:p@x/tenant:1@sha256:0 https://a:%zz@b/c.tgz", "helm `helm repo add <a>`", "helm -- --set a[",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 || !utf8.ValidString(text) {
			return
		}
		cmds, _ := helmcmd.Parse(text)
		lines := strings.Count(text, "\n") + 1
		for _, c := range cmds {
			if _, err := json.Marshal(c.Input()); err != nil {
				t.Fatal(err)
			}
			for _, w := range c.Words {
				s := w.Span
				if s.Line < 1 || s.Column < 1 || s.EndLine > lines || s.EndLine < s.Line || s.EndLine == s.Line && s.EndCol < s.Column {
					t.Fatalf("word %q has the span %+v", w.Text, s)
				}
			}
			for _, f := range c.Flags {
				if f.Word < 1 || f.Word >= len(c.Words) || f.HasValue && f.Value.Word < f.Word {
					t.Fatalf("flag %+v", f)
				}
			}
		}
	})
}
